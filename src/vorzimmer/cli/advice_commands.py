"""What the commands do that advise: settings of the networks, the contact card."""

from __future__ import annotations

import sys

from rich.text import Text

from vorzimmer.cli.commands import console
from vorzimmer.contact_card import card_json, card_text
from vorzimmer.desk import Desk
from vorzimmer.settings import Settings
from vorzimmer.translation import Translator

_NETWORKS = {"linkedin": "LinkedIn", "xing": "XING"}


def run_network_settings(settings: Settings, _: Translator) -> None:
    """Print each setting with the choice that fits, its price and the way there."""
    out, language = console(), _.language
    with Desk.open(settings) as desk:
        title = desk.policy().title[language]
        advice = desk.advising.advice()
    out.print(Text(_("For your policy “{policy}”:", policy=title)))
    for each in advice:
        setting, choice = each.setting, each.choice
        head = f"{_NETWORKS[setting.network]} · {setting.title[language]}"
        out.print()
        out.print(Text(("○ " if each.is_due else "✓ ") + head, style="bold"))
        price = _("The price: {cost}", cost=choice.cost[language])
        out.print(Text(f"  {choice.title[language]}"))
        out.print(Text(f"  {price}", style="dim"))
        out.print(Text(f"  {' › '.join(setting.path[language])}", style="dim"))
    out.print()
    out.print(Text(_("Tick off on the desk, on the page “Network settings”.")))


def run_contact_card(settings: Settings, _: Translator, *, as_json: bool) -> None:
    """Print the card of the policy in use."""
    with Desk.open(settings) as desk:
        card = desk.advising.card()
    if as_json:
        sys.stdout.write(card_json(card))
        return
    console().print(Text(card_text(card, _.say)))
