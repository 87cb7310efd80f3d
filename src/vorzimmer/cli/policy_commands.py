"""Choose a policy on the command line, and see before what each would propose."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from vorzimmer.cli.commands import console
from vorzimmer.cli.own_database import has_database
from vorzimmer.cli.tables import harmless
from vorzimmer.desk import Desk
from vorzimmer.model import Action
from vorzimmer.policy import Policy
from vorzimmer.settings import Settings
from vorzimmer.translation import Translator


def run_use(name: str, settings: Settings, _: Translator) -> None:
    """Use a policy on the desk from now on, and say what it proposes.

    Args:
        name: Of a preset, or of a policy in the member's own folder.
        settings: Those that hold.
        _: The language.

    Raises:
        UnknownNameError: There is none of that name.
        ConfigurationError: It has a mistake.
    """
    with Desk.open(settings) as desk:
        policy = desk.use_policy(name)
        proposed = desk.rehearsal.proposed({name: policy}).get(name, {})
    words = _("From now on: {policy}", policy=harmless(policy.title[_.language]))
    console().print(Text(words, style="bold"))
    _print_one(policy, proposed, _)


def run_waiting(settings: Settings, _: Translator) -> None:
    """Print what each policy would propose for the requests that wait."""
    if not has_database(settings):
        console().print(Text(_("No request is waiting.")))
        return
    with Desk.open(settings) as desk:
        policies = desk.policies()
        in_use = desk.policy_name(policies)
        proposed = desk.rehearsal.proposed(policies.good)
        is_empty = not desk.session().open_count
    for name, policy in policies.good.items():
        mark = _(" (in use)") if name == in_use else ""
        to = Text(harmless(name), style="bold") + Text(mark, style="green")
        console().print(to)
        console().print(Text(harmless(policy.title[_.language])))
        _print_one(policy, proposed.get(name, {}), _)
        console().print()
    if is_empty:
        console().print(Text(_("No request is waiting.")))


def _print_one(policy: Policy, proposed: Mapping[Action, int], _: Translator) -> None:
    to = console()
    to.print(Text(harmless(policy.description[_.language]), style="dim"))
    if proposed:
        counts = " · ".join(
            f"{_.action(action)} {_.number(count)}"
            for action, count in proposed.items()
        )
        to.print(Text(_("Of what waits:") + " " + counts))
