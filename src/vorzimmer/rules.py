"""The member writes the rules: own policies, and what goes before all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from importlib.resources import files
from pathlib import Path
from threading import RLock
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from vorzimmer.errors import (
    ConfigurationError,
    UnknownNameError,
    VorzimmerError,
    WritingError,
)
from vorzimmer.model import Action, say
from vorzimmer.policy import Clause, Policy
from vorzimmer.policy_file import preset_policies, read_policy
from vorzimmer.policy_folder import (
    is_policy_said,
    languages_read,
    made_ready,
    open_policies,
    read_policy_text,
)
from vorzimmer.policy_text import PolicyText, policy_text
from vorzimmer.settings import SafetySettings, Settings, default_file, read_settings
from vorzimmer.store import Store
from vorzimmer.toml_places import nearest
from vorzimmer.whole_files import write_whole

# Windows does not know more, and an address shows no more.
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")
_FOLDER = "policies"


class RuleError(VorzimmerError):
    """A change of a policy that cannot be made."""


class RulesDesk:
    """What the member changes about policies; a file is whole and valid, or as before.

    Attributes:
        settings: Those that hold; changed here when the member changes them.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        changed: Callable[[Settings], None],
    ) -> None:
        """Take settings and store.

        Args:
            settings: Where policies lie.
            store: Knows which policy was chosen.
            changed: Told new settings.
        """
        self.settings = settings
        self._store = store
        self._changed = changed
        self._lock = RLock()

    def text(self, name: str) -> PolicyText:
        """Return the text of a policy, also of one with a mistake in it.

        Raises:
            UnknownNameError: There is none of that name.
            SourceError: Its file cannot be read.
        """
        file = self._own_file(name)
        if file is not None:
            return PolicyText(name, read_policy_text(file), str(file))
        if name in preset_policies():
            preset = files("vorzimmer") / "policies" / f"{name}.toml"
            return PolicyText(name, preset.read_text("utf-8"), f"{name}.toml")
        names = open_policies(self.settings).names
        raise UnknownNameError(name, nearest(name, names), what="policy")

    def _reads(self) -> frozenset[str]:
        with self._store.reading() as store:
            return languages_read(self.settings, store.member())

    def is_chosen(self) -> bool:
        """Return whether somebody said which policy to use, here or in the settings."""
        with self._store.reading() as store:
            chosen = store.preference("policy")
        return chosen is not None or is_policy_said(self.settings)

    def is_own(self, name: str) -> bool:
        """Return whether a policy is the member's own, and not a preset."""
        return self._own_file(name) is not None

    def unsaved(self, name: str, text: str) -> Policy:
        """Return the policy that a text would be, with the member's needs before it.

        Raises:
            ConfigurationError: It has a mistake.
        """
        policy = read_policy(name, text, file=f"{name}.toml")
        return made_ready(policy, self.settings, reads=self._reads)

    def copy(self, name: str, to: str) -> str:
        """Make an own policy of another, comments and all; return its name.

        Its title is what was wished, so that nobody takes it for the other.

        Raises:
            RuleError: The name is none, or taken.
        """
        return self.create(to, self.text(name).called(to.strip()).text)

    def keep(self, policy: Policy, to: str) -> str:
        """Make an own policy of one that was only thought of; return its name.

        Raises:
            RuleError: The name is none, or taken.
        """
        return self.create(to, policy_text(policy))

    def create(self, to: str, text: str) -> str:
        """Write a new own policy; return its name.

        Raises:
            RuleError: The name is none, or taken.
            ConfigurationError: The text has a mistake; nothing was written.
        """
        with self._lock:
            name = self._new_name(to)
            read_policy(name, text, file=f"{name}.toml")
            write_whole(self._folder() / f"{name}.toml", text)
        return name

    def write(self, name: str, text: str) -> None:
        """Give an own policy another text.

        Raises:
            ConfigurationError: It has a mistake; nothing was written.
            RuleError: It is a preset.
        """
        with self._lock:
            file = self._to_change(name)
            read_policy(name, text, file=str(file))
            write_whole(file, text)

    def set_clause(self, name: str, place: int, clause: Clause) -> None:
        """Change a clause of an own policy."""
        self._change(name, lambda text: text.with_clause(place, clause))

    def add_clause(self, name: str, place: int, clause: Clause) -> None:
        """Add a clause to an own policy, before this place."""
        self._change(name, lambda text: text.with_new_clause(place, clause))

    def remove_clause(self, name: str, place: int) -> None:
        """Remove a clause of an own policy."""
        self._change(name, lambda text: text.without_clause(place))

    def move_clause(self, name: str, place: int, to: int) -> None:
        """Move a clause of an own policy."""
        self._change(name, lambda text: text.with_moved_clause(place, to))

    def set_head(
        self,
        name: str,
        *,
        title: dict[str, str],
        description: dict[str, str],
        otherwise: Action,
    ) -> None:
        """Change title, description and last resort of an own policy."""
        self._change(
            name,
            lambda text: text.with_head(
                title=title, description=description, otherwise=otherwise
            ),
        )

    def rename(self, name: str, to: str) -> str:
        """Give an own policy another name; return it. One in use stays in use.

        Raises:
            RuleError: The name is none or taken, or the settings file names the old.
        """
        with self._lock:
            file = self._to_change(name)
            self._check_not_needed(name)
            new = self._new_name(to)
            _tell_of(lambda: file.rename(file.with_name(f"{new}.toml")))
            with self._store.transaction() as store:
                if store.preference("policy") == name:
                    store.put_preference("policy", new)
        return new

    def delete(self, name: str) -> None:
        """Delete an own policy.

        Raises:
            RuleError: It is a preset, or in use.
        """
        with self._lock:
            file = self._to_change(name)
            self._check_not_needed(name)
            with self._store.reading() as store:
                chosen = store.preference("policy")
            if chosen == name and name not in preset_policies():
                raise RuleError(
                    say("This policy is in use. Use another one first, then delete it.")
                )
            _tell_of(file.unlink)

    def set_safety(self, safety: SafetySettings) -> None:
        """Keep what the member needs to be safe in the settings file.

        Raises:
            ConfigurationError: The file has a mistake, or does not take it.
            WritingError: It cannot be written.
        """
        safety = replace(safety, hold_networks=", ".join(safety.networks))
        safety = self._as_environment_says(safety)
        values: dict[str, Any] = {
            "no_faceless_strangers": safety.no_faceless_strangers or None,
            "no_danger": safety.no_danger or None,
            "fold_abuse": safety.fold_abuse or None,
            "hold_networks": safety.hold_networks or None,
        }
        with self._lock:
            self._set(
                {
                    ("safety", key): value
                    for key, value in values.items()
                    if not self.is_fixed(key)
                }
            )
            self._take(replace(self.settings, safety=safety))

    def is_fixed(self, need: str) -> bool:
        """Return whether the environment says it, so that no file can."""
        origin = self.settings.origins.get(f"safety.{need}")
        return origin is not None and origin.source == "environment"

    def _as_environment_says(self, safety: SafetySettings) -> SafetySettings:
        now = self.settings.safety
        names = (each.name for each in fields(safety))
        fixed = {name: getattr(now, name) for name in names if self.is_fixed(name)}
        return replace(safety, **fixed)

    def _change(self, name: str, change: Callable[[PolicyText], PolicyText]) -> None:
        with self._lock:
            file = self._to_change(name)
            write_whole(file, change(self.text(name)).text)

    def _own_file(self, name: str) -> Path | None:
        folder = self.settings.policies_folder
        if folder is None or not re.fullmatch(r"[^/\\:\0]{1,200}", name):
            return None
        # Only what is listed there: a name never leads out of the folder.
        return next((each for each in folder.glob("*.toml") if each.stem == name), None)

    def _to_change(self, name: str) -> Path:
        file = self._own_file(name)
        if file is None:
            self.text(name)
            raise RuleError(
                say(
                    "This is a preset. Copy it to a policy of your own, and change"
                    " that."
                )
            )
        return file

    def _check_not_needed(self, name: str) -> None:
        if self.settings.policy == name and name not in preset_policies():
            raise RuleError(
                say("Your settings file names this policy. Change it there first.")
            )

    def _new_name(self, wished: str) -> str:
        name = wished.strip().casefold().replace(" ", "-")
        if not _NAME.fullmatch(name) or _RESERVED.fullmatch(name):
            raise RuleError(
                say(
                    "A policy needs a name of the letters a to z, digits and hyphens,"
                    " at most 60 of them: for example my-own."
                )
            )
        taken = {each.casefold() for each in open_policies(self.settings).names}
        if name in taken:
            raise RuleError(say("There is a policy of this name already."))
        return name

    def _folder(self) -> Path:
        """Return the folder of own policies; set where there is none."""
        folder = self.settings.policies_folder
        if folder is None:
            folder = (self.settings.file or default_file()).parent / _FOLDER
            self._set({("policies_folder",): _FOLDER})
            self._take(replace(self.settings, policies_folder=folder))
        return folder

    def _take(self, settings: Settings) -> None:
        self.settings = settings
        self._changed(settings)

    def _set(self, values: dict[tuple[str, ...], Any]) -> None:
        """Write values into the settings file, and keep everything else in it."""
        file = self.settings.file or default_file()
        old = ""
        if file.exists():
            read_settings(file, environment={})  # a mistake in it is told, not copied
            with file.open(encoding="utf-8", newline="") as stream:
                old = stream.read()
        new = _with_values(old, values, file)
        if new != old:
            write_whole(
                file, new, check=lambda made: read_settings(made, environment={})
            )


def _with_values(old: str, values: dict[tuple[str, ...], Any], file: Path) -> str:
    try:
        document = tomlkit.parse(old)
    except (TOMLKitError, RecursionError) as error:
        problem = say("The settings file has a mistake, so nothing was changed in it.")
        raise ConfigurationError(file, 0, problem) from error
    for way, value in values.items():
        table: Any = document
        if len(way) == 2:
            if way[0] not in document and value is not None:
                document[way[0]] = tomlkit.table()
            table = document.get(way[0], {})
        if value is None:
            table.pop(way[-1], None)
        else:
            table[way[-1]] = value
    return tomlkit.dumps(document)


def _tell_of(change: Callable[[], object]) -> None:
    try:
        change()
    except OSError as error:
        raise WritingError(error) from error
