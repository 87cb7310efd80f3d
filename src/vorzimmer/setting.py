"""What can be set: one entry each, of which the reference page is made."""

from __future__ import annotations

import math
from dataclasses import dataclass

from vorzimmer.model import Sentence, say

_HEAVIEST = 20.0


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


SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="language",
        default="auto",
        choices=("auto", "de", "en"),
        form=say('Write "auto", "de" or "en".'),
        meaning="Language of pages and texts; auto follows your browser or system.",
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
)
