"""What ``vorzimmer retention`` does: says and chooses for how long things are kept."""

from __future__ import annotations

import re

from rich.text import Text

from vorzimmer.cli.commands import console
from vorzimmer.cli.tables import harmless, print_rows
from vorzimmer.desk import Desk
from vorzimmer.privacy_desk import PrivacyDesk
from vorzimmer.retention import KEEPS, KeptFor
from vorzimmer.settings import Settings
from vorzimmer.translation import Translator

FOR_EVER = 0
"""In place of a number of months."""


def run_retention(
    settings: Settings,
    _: Translator,
    *,
    name: str | None,
    months: int | None,
    is_recommended: bool,
    follows_settings: bool,
) -> None:
    """Choose for how long something is kept, and print for how long everything is.

    Args:
        settings: Those that hold.
        _: The language.
        name: Of what; ``None`` is all.
        months: ``FOR_EVER``, or how many; ``None`` chooses nothing.
        is_recommended: Whether to choose for all what we recommend.
        follows_settings: Whether the settings are to say it again.

    Raises:
        UnknownNameError: There is nothing of that name.
        ForgettingError: That is no number of months.
        StoreError: It cannot be stored.
    """
    with Desk.open(settings) as desk:
        privacy = desk.privacy
        names = [name] if name else [each.name for each in KEEPS]
        if is_recommended:
            privacy.recommend()
        elif follows_settings:
            privacy.follow_settings(names)
        elif months is not None:
            privacy.choose(dict.fromkeys(names, months or None))
        _print(privacy, _, name)


def _print(privacy: PrivacyDesk, _: Translator, name: str | None) -> None:
    kept = privacy.kept_for()
    if name is not None and name not in kept:
        privacy.follow_settings([name])  # says that there is none, and what is near
    # On a narrow screen, the end of a row is cut off.
    rows = [(_("Name"), _("Kept"), _("From"), _("What"))]
    rows += [
        (
            each.name,
            time_in_words(kept[each.name].months, _),
            _from(kept[each.name], _),
            _.say(each.title),
        )
        for each in KEEPS
        if name in {None, each.name}
    ]
    print_rows(rows, console=console())
    if any(each.months for each in kept.values()):
        sentence = _("What is due goes when the desk opens, or with “forget --due”.")
        console(stderr=True).print(Text(sentence))


def time_in_words(months: int | None, _: Translator) -> str:
    """Return so many months in words; ``None`` is for ever."""
    if months is None:
        return _("for ever")
    return _.plural("one month", "{count} months", months)


def _from(kept: KeptFor, _: Translator) -> str:
    place = harmless(re.split(r"[/\\]", kept.place)[-1])
    if not kept.is_chosen:
        return place or _("default")
    if not kept.is_in_settings:
        return _("chosen on the desk")
    time = time_in_words(kept.settings_say, _)
    return _("chosen on the desk; {place} says: {time}", place=place, time=time)
