"""The policies to choose from, and whether the settings name what there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vorzimmer.errors import ConfigurationError, SourceError, VorzimmerError
from vorzimmer.languages import languages_named
from vorzimmer.model import Member, say
from vorzimmer.policy import Policy, read_by
from vorzimmer.policy_file import named, preset_policies, read_policy
from vorzimmer.safety import made_safe
from vorzimmer.settings import Settings
from vorzimmer.signals import signals_by_name
from vorzimmer.toml_places import LARGEST


@dataclass(frozen=True, slots=True)
class Policies:
    """The policies to choose from.

    Attributes:
        good: Those that can be used, by name.
        mistakes: What is wrong with the others, by name.
    """

    good: Mapping[str, Policy]
    mistakes: Mapping[str, VorzimmerError]

    @property
    def names(self) -> frozenset[str]:
        """The names of all of them."""
        return frozenset((*self.good, *self.mistakes))

    def named(self, name: str) -> Policy:
        """Return the policy of that name.

        Raises:
            UnknownNameError: There is none.
            ConfigurationError: It has a mistake.
            SourceError: Its file cannot be read.
        """
        if name in self.mistakes:
            raise self.mistakes[name]
        return named(self.good, name)


Reads = Callable[[], frozenset[str]]
"""Gives the codes of the languages that a member reads; none is not known."""


def languages_read(settings: Settings, member: Member | None) -> frozenset[str]:
    """Return codes of the languages that a member reads; none: not known.

    Args:
        settings: What they say goes first.
        member: Whose profile may list some.
    """
    wanted = settings.languages
    listed = member.languages if member else ()
    return languages_named(wanted.split(",") if wanted else listed)


def made_ready(
    policy: Policy, settings: Settings, *, reads: Reads | None = None
) -> Policy:
    """Return the policy with the member's needs before it, and the languages.

    Args:
        policy: Any.
        settings: What the member needs, and reads.
        reads: Knows what the member reads; ``None`` is as the settings say.
    """
    safe = made_safe(policy, settings.safety)
    return read_by(safe, reads or (lambda: languages_read(settings, None)))


def open_policies(settings: Settings, reads: Reads | None = None) -> Policies:
    """Return the presets and the policies in the member's own folder.

    The member's needs for safety go before each of them. A file with a mistake is
    told, and hinders none of the others; it hides the preset of its name, since that
    is not what the member asked for.

    Args:
        settings: Where the folder is, and what the member needs.
        reads: Knows what the member reads; ``None`` is as the settings say.
    """
    good = dict(preset_policies())
    mistakes: dict[str, VorzimmerError] = {}
    folder = settings.policies_folder
    for file in sorted(folder.glob("*.toml")) if folder else ():
        try:
            good[file.stem] = policy_from(file)
        except (ConfigurationError, SourceError) as mistake:
            good.pop(file.stem, None)
            mistakes[file.stem] = mistake
    ready = {
        name: made_ready(each, settings, reads=reads) for name, each in good.items()
    }
    return Policies(ready, mistakes)


def policy_from(file: Path) -> Policy:
    """Return the policy in a file.

    Raises:
        ConfigurationError: It has a mistake.
        SourceError: It cannot be read.
    """
    return read_policy(file.stem, read_policy_text(file), file=str(file))


def read_policy_text(file: Path) -> str:
    """Return the text in a file, its line breaks as they are.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            return stream.read(LARGEST + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            file,
            say("This policy cannot be read."),
            say("Check that it is a text file in UTF-8 and that you may read it."),
        ) from error


def policy_in_settings(settings: Settings) -> Policy:
    """Return the policy that the settings name.

    Raises:
        ConfigurationError: There is none of that name, or it has a mistake.
        SourceError: Its file cannot be read.
    """
    policies = open_policies(settings)
    if settings.policy not in policies.names:
        problem = say('There is no policy "{name}".', name=settings.policy)
        mistake = settings.mistake("policy", problem, policies.good)
        raise mistake
    return policies.named(settings.policy)


def is_policy_said(settings: Settings) -> bool:
    """Return whether the settings name a policy, be it the one that is usual."""
    origin = settings.origins.get("policy")
    is_usual = settings.policy == Settings(database="").policy
    return not is_usual or (origin is not None and origin.source != "default")


def own_weights(settings: Settings) -> Mapping[str, float]:
    """Return the member's own weights by name of a signal.

    Raises:
        ConfigurationError: There is no such signal.
    """
    known = signals_by_name()
    for name in settings.weights:
        if name not in known:
            problem = say('There is no signal "{name}".', name=name)
            mistake = settings.mistake(f"weights.{name}", problem, known)
            raise mistake
    return settings.weights


def check_names(settings: Settings) -> None:
    """Refuse settings that name a policy or a signal which does not exist.

    Raises:
        ConfigurationError: With the file, the line and the nearest name.
    """
    policy_in_settings(settings)
    own_weights(settings)
