"""What can be set: one entry each, of which the reference page is made."""

from __future__ import annotations

import math
from dataclasses import dataclass

from vorzimmer.model import Sentence, say

MOST_MONTHS = 1_200
"""The longest time in months that can be set; besides, for ever."""

_HEAVIEST = 20.0
_MONTHS = say("Write a whole number of months from 1 to 1200, or 0 for ever.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that can be set; a row of the reference page.

    Attributes:
        name: Name in the file; ``web.port`` is ``port`` in the table ``[web]``.
        default: What holds when nothing is set; ``None`` says that it is found out.
        meaning: What it does, for people.
        form: What may be written.
        choices: The words that may be written; ``()`` is any.
        least: Smallest number that may be written.
        most: Largest number that may be written.
    """

    name: str
    default: object
    meaning: str
    form: Sentence
    choices: tuple[str, ...] = ()
    least: float = -math.inf
    most: float = math.inf

    @property
    def variable(self) -> str:
        """The environment variable that overrides the file."""
        return "VORZIMMER_" + self.name.upper().replace(".", "_")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepSettings:
    """For how many months things are kept; 0 is for ever."""

    declined: int = 0
    ignored: int = 0
    reported: int = 0
    later_messages: int = 0


def _keep(name: str, what: str) -> Setting:
    return Setting(
        name=f"keep.{name}",
        default=0,
        form=_MONTHS,
        least=0,
        most=MOST_MONTHS,
        meaning=f"For how many months {what}; 0 is for ever. What is chosen on the page"
        " Privacy goes before it.",
    )


SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="language",
        default="auto",
        choices=("auto", "de", "en"),
        form=say('Write "auto", "de" or "en".'),
        meaning="Language of pages and texts; auto follows your browser or system.",
    ),
    Setting(
        name="languages",
        default="",
        form=say("Write languages, divided by commas: “de, en”."),
        meaning="Languages that you read; by default those that your profile lists.",
    ),
    Setting(
        name="policy",
        default="ask-back",
        form=say("Write the name of a policy; “vorzimmer policies” lists them."),
        meaning="The policy that proposes what to do; see vorzimmer policies.",
    ),
    Setting(
        name="policies_folder",
        default=None,
        form=say("Write the path of a folder."),
        meaning="Where your own policies lie, one TOML file each; none by default.",
    ),
    Setting(
        name="database",
        default=None,
        form=say("Write a path, sqlite:///path or postgresql://user@host/name."),
        meaning="Where everything is kept; by default vorzimmer.db in your data "
        "folder.",
    ),
    Setting(
        name="looking_for_work",
        default=False,
        form=say("Write true or false."),
        meaning="Whether you look for work; beside a request, the desk then says "
        "whether the contact may help.",
    ),
    Setting(
        name="weights",
        default={},
        form=say("Write a table of numbers from -20 to 20."),
        least=-_HEAVIEST,
        most=_HEAVIEST,
        meaning="Your own weights of signals, in nats, by name; 0 switches a signal "
        "off. See vorzimmer signals.",
    ),
    Setting(
        name="ask.days",
        default=14,
        form=say("Write a whole number of days from 1 to 365."),
        least=1,
        most=365,
        meaning="How many days the answer to what you asked back is waited for.",
    ),
    Setting(
        name="web.port",
        default=8700,
        form=say("Write a whole number from 0 to 65535."),
        least=0,
        most=65_535,
        meaning="Port of the desk's pages on this machine; 0 takes any free one.",
    ),
    Setting(
        name="web.open_browser",
        default=True,
        form=say("Write true or false."),
        meaning="Whether vorzimmer desk opens your browser.",
    ),
    Setting(
        name="limits.archive_mb",
        default=2_048,
        form=say("Write a whole number from 1 to 65536."),
        least=1,
        most=65_536,
        meaning="Size in megabytes up to which the desk's page takes in a file.",
    ),
    Setting(
        name="mail.trusted_servers",
        default="",
        form=say("Write names of mail servers, divided by commas."),
        meaning="Names under which your own mail server writes whether a mail is "
        "genuine (Authentication-Results); only needed where it is not known already.",
    ),
    Setting(
        name="letters.form",
        default="note",
        choices=("note", "formal", "familiar"),
        form=say('Write "note", "formal" or "familiar".'),
        meaning="How German letters address people: as their note does (formally, with"
        " Sie, where it does not show), or always formal (Sie) or familiar (du).",
    ),
    Setting(
        name="letters.folder",
        default=None,
        form=say("Write the path of a folder."),
        meaning="Where your own templates of letters lie; by default the folder letters"
        " beside your settings file.",
    ),
    Setting(
        name="letters.reading",
        default="",
        form=say("Write addresses, divided by “ | ”."),
        meaning="What the long answer to collectors points to, instead of our short"
        " list; divided by “ | ”.",
    ),
    Setting(
        name="safety.no_faceless_strangers",
        default=False,
        form=say("Write true or false."),
        meaning="Never propose to accept a stranger unless a picture and a shared "
        "contact are known; you are asked to look yourself.",
    ),
    Setting(
        name="safety.no_danger",
        default=False,
        form=say("Write true or false."),
        meaning="Never propose to accept or answer what looks dangerous (more likely "
        "than not), whoever seems to send it.",
    ),
    Setting(
        name="safety.fold_abuse",
        default=False,
        form=say("Write true or false."),
        meaning="Keep notes that read like insults folded until you open them.",
    ),
    Setting(
        name="safety.hold_networks",
        default="",
        form=say("Write names of networks, divided by commas."),
        meaning="Propose nothing for requests from these networks (linkedin, xing, "
        "…); you look at each yourself.",
    ),
    _keep("declined", "strangers whom you declined are kept before they fade"),
    _keep(
        "ignored",
        "strangers whom you ignored, or who withdrew, are kept before they fade",
    ),
    _keep("reported", "strangers whom you reported or blocked are kept"),
    _keep("later_messages", "what people wrote after their request is kept"),
)
