"""The settings of the desk: one TOML file and the environment, read when asked.

Each value knows where it came from, so that ``vorzimmer settings`` can say it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from platformdirs import user_config_path, user_data_path

from vorzimmer.errors import ConfigurationError, SourceError
from vorzimmer.mailbox import Mailbox, read_mailboxes
from vorzimmer.model import Sentence, say
from vorzimmer.setting import SETTINGS, KeepSettings, Setting
from vorzimmer.toml_places import line_of, nearest, read_toml

__all__ = [
    "SETTINGS",
    "SETTINGS_VARIABLE",
    "AskSettings",
    "KeepSettings",
    "LetterSettings",
    "LimitSettings",
    "MailSettings",
    "Origin",
    "SafetySettings",
    "Setting",
    "Settings",
    "WebSettings",
    "default_database",
    "default_file",
    "read_settings",
]

SETTINGS_VARIABLE = "VORZIMMER_SETTINGS"
"""The environment variable that names the settings file."""

Source = Literal["default", "file", "environment"]


_BY_NAME = {each.name: each for each in SETTINGS}
_TABLES = {each.name.partition(".")[0] for each in SETTINGS if "." in each.name}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from.

    Attributes:
        source: What kind of place.
        place: The file, or the name of the variable; ``""`` for a default.
        line: Line in the file, from 1; 0 for a variable and for a default.
    """

    source: Source
    place: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """Settings of the pages; see ``SETTINGS`` for what they mean."""

    port: int = 8700
    open_browser: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSettings:
    """Settings of asking back."""

    days: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSettings:
    """Settings that bound what is read."""

    archive_mb: int = 2_048


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """Settings of what is read out of mails."""

    trusted_servers: str = ""

    @property
    def trusted(self) -> tuple[str, ...]:
        """The names of the servers that are trusted."""
        return tuple(self.trusted_servers.replace(",", " ").split())


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSettings:
    """Settings of letters; see ``SETTINGS`` for what they mean."""

    form: str = "note"
    folder: Path | None = None
    reading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetySettings:
    """What a member needs to be safe; it goes before every policy."""

    no_faceless_strangers: bool = False
    no_danger: bool = False
    fold_abuse: bool = False
    hold_networks: str = ""

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks whose requests are always left to the member."""
        words = self.hold_networks.casefold().replace(",", " ").split()
        return tuple(dict.fromkeys(words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings; see ``SETTINGS`` for what they mean.

    Attributes:
        file: The file that was read, or would be if it were there.
        mailboxes: The mailboxes that can be read, by the name given to them.
        origins: Where each value came from, by name of the setting; own weights
            by ``weights.`` and the name of the signal besides.
    """

    database: str
    language: str = "auto"
    languages: str = ""
    policy: str = "ask-back"
    policies_folder: Path | None = None
    looking_for_work: bool = False
    weights: Mapping[str, float] = field(default_factory=dict)
    ask: AskSettings = field(default_factory=AskSettings)
    web: WebSettings = field(default_factory=WebSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    letters: LetterSettings = field(default_factory=LetterSettings)
    safety: SafetySettings = field(default_factory=SafetySettings)
    keep: KeepSettings = field(default_factory=KeepSettings)
    mailboxes: Mapping[str, Mailbox] = field(default_factory=dict)
    file: Path | None = None
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def shown(self, name: str) -> str:
        """Return the value of a setting as text for people; passwords are hidden."""
        value: object = self
        for part in name.split("."):
            value = getattr(value, part)
        if isinstance(value, Mapping):
            return ", ".join(f"{key} = {each:g}" for key, each in value.items())
        if isinstance(value, bool):
            return str(value).lower()
        if name == "database":
            return re.sub(r"(://[^:/@]*):.*@", r"\1:***@", str(value))
        return "" if value is None else str(value)

    def mistake(
        self, name: str, problem: Sentence, valid: Collection[str]
    ) -> ConfigurationError:
        """Return the error to raise for a value that only others can judge.

        Args:
            name: A setting, or ``weights.`` and the name of a signal.
            problem: What is wrong with it.
            valid: The words that could have been meant.
        """
        origin = self.origins.get(name, Origin("default"))
        word = self.shown(name) if name in _BY_NAME else name.partition(".")[2]
        place = origin.place or str(self.file or "settings")
        return ConfigurationError(place, origin.line, problem, nearest(word, valid))


def default_file() -> Path:
    """Return where the settings file lies when nobody says otherwise."""
    folder: Path = user_config_path("vorzimmer", appauthor=False)
    return folder / "vorzimmer.toml"


def default_database() -> Path:
    """Return where the database lies when nobody says otherwise."""
    folder: Path = user_data_path("vorzimmer", appauthor=False)
    return folder / "vorzimmer.db"


def read_settings(
    file: Path | None = None, *, environment: Mapping[str, str] | None = None
) -> Settings:
    """Read the settings: defaults, over them the file, over it the environment.

    Args:
        file: The settings file; ``None`` is the one that ``VORZIMMER_SETTINGS``
            names, or else the default one, which need not be there.
        environment: Variables by name; ``None`` are those of the process.

    Raises:
        ConfigurationError: A mistake in the file or in a variable.
        SourceError: The file cannot be read.
    """
    variables = os.environ if environment is None else environment
    variable = variables.get(SETTINGS_VARIABLE)
    named = file or (Path(variable) if variable else None)
    path = named or default_file()
    with suppress(RuntimeError):  # ~somebody is nobody: there is no such file
        path = path.expanduser()
    found = _Found(values={each.name: each.default for each in SETTINGS})
    if (text := _text_of(path, may_be_missing=named is None)) is not None:
        _take_file(found, text, path)
    for setting in SETTINGS:
        if variables.get(setting.variable):
            _take_variable(found, setting, variables[setting.variable])
    return _settings(found, path)


@dataclass(slots=True)
class _Found:
    """The values met so far, and where."""

    values: dict[str, Any]
    mailboxes: Mapping[str, Mailbox] = field(default_factory=dict)
    origins: dict[str, Origin] = field(
        default_factory=lambda: {each.name: Origin("default") for each in SETTINGS}
    )


def _text_of(path: Path, *, may_be_missing: bool) -> str | None:
    try:
        with path.open("rb") as stream:
            raw = stream.read(1_000_000)
    except FileNotFoundError as error:
        if may_be_missing:
            return None
        problem = say("There is no such settings file.")
        mend = say("Check the name, or leave it out to use the default file.")
        raise SourceError(path, problem, mend) from error
    except OSError as error:
        problem = say("The settings file cannot be read.")
        mend = say("Check that it is a file and that you may read it.")
        raise SourceError(path, problem, mend) from error
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problem = say("This is no UTF-8 text. Save the file with the encoding UTF-8.")
        raise ConfigurationError(path, line, problem) from error


def _take_file(found: _Found, text: str, path: Path) -> None:
    for key, value in read_toml(text, path).items():
        if key == "mailbox":
            found.mailboxes = read_mailboxes(value, text, path)
        elif key not in _TABLES:
            _take_entry(found, (key,), value, text, path)
        elif isinstance(value, dict):
            for inner, each in value.items():
                _take_entry(found, (key, inner), each, text, path)
        else:
            problem = say(
                '"{key}" is a table: write [{key}], and its settings below.', key=key
            )
            raise ConfigurationError(path, line_of(text, (key,)), problem)


def _take_entry(
    found: _Found, way: tuple[str, ...], value: object, text: str, path: Path
) -> None:
    name = ".".join(way)
    line = line_of(text, way)
    if name not in _BY_NAME:
        problem = say('There is no setting "{name}".', name=name)
        hint = nearest(name, {*_BY_NAME, *_TABLES, "mailbox"})
        raise ConfigurationError(path, line, problem, hint)
    setting = _BY_NAME[name]
    if isinstance(value, dict) and isinstance(setting.default, dict):
        for word, each in value.items():
            origin = Origin("file", str(path), line_of(text, (*way, word)))
            _check(setting, {word: each}, origin)
            found.origins[f"{name}.{word}"] = origin
    origin = Origin("file", str(path), line)
    _check(setting, value, origin)
    found.values[name], found.origins[name] = value, origin


def _take_variable(found: _Found, setting: Setting, text: str) -> None:
    origin = Origin("environment", setting.variable)
    value = _value_of(setting, text.strip())
    _check(setting, value, origin)
    if isinstance(value, dict):
        for name in found.values[setting.name]:
            found.origins.pop(f"{setting.name}.{name}", None)
        found.origins |= {f"{setting.name}.{name}": origin for name in value}
    found.values[setting.name], found.origins[setting.name] = value, origin


def _value_of(setting: Setting, text: str) -> object:
    """Return what a variable says; text that does not fit stays text, and is told."""
    if isinstance(setting.default, bool):
        return {"true": True, "1": True, "false": False, "0": False}.get(
            text.casefold(), text
        )
    if isinstance(setting.default, int):
        return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else text
    if isinstance(setting.default, dict):
        pairs = (pair.partition("=") for pair in text.split(","))
        return {name.strip(): _number(value) for name, _, value in pairs}
    return text


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _check(setting: Setting, value: object, origin: Origin) -> None:
    """Refuse a value that does not fit, and say what would."""
    if isinstance(setting.default, dict):
        fits = isinstance(value, dict) and all(
            _is_within(setting, each, (int, float)) for each in value.values()
        )
    elif isinstance(setting.default, bool):
        fits = isinstance(value, bool)
    elif isinstance(setting.default, int):
        fits = _is_within(setting, value, int)
    else:
        fits = isinstance(value, str) and bool(value.strip()) and "\0" not in value
        fits = fits and (not setting.choices or value in setting.choices)
    if not fits:
        problem = say('This does not fit "{name}".', name=setting.name)
        hint = nearest(value, setting.choices) if isinstance(value, str) else None
        place, line, mend = origin.place, origin.line, setting.form
        raise ConfigurationError(place, line, problem, hint, mend=mend)


def _is_within(setting: Setting, value: object, kinds: type | tuple[type, ...]) -> bool:
    if isinstance(value, bool) or not isinstance(value, kinds):
        return False
    # Not a number compares as false with both ends.
    return bool(setting.least <= value <= setting.most)  # type: ignore[operator] # kinds are of numbers


def _settings(found: _Found, path: Path) -> Settings:
    values, origins = found.values, found.origins

    def placed(name: str) -> Path:
        """Return a path; in the file it is written from where the file lies."""
        origin = origins[name]
        start = path.parent if origin.source == "file" else Path()
        try:
            return (start / Path(values[name]).expanduser()).resolve()
        except RuntimeError as error:  # ~somebody, whom the system does not know
            problem = say('"{name}" begins with the home folder of nobody.', name=name)
            raise ConfigurationError(origin.place, origin.line, problem) from error

    folder, database = values["policies_folder"], values["database"]
    letters = None if values["letters.folder"] is None else placed("letters.folder")
    if database is None:
        database = str(default_database())
    elif "://" not in database:
        database = str(placed("database"))
    weights = {name: float(each) for name, each in values["weights"].items()}
    return Settings(
        language=values["language"],
        languages=values["languages"],
        policy=values["policy"],
        policies_folder=None if folder is None else placed("policies_folder"),
        database=database,
        looking_for_work=values["looking_for_work"],
        weights=MappingProxyType(weights),
        ask=AskSettings(days=values["ask.days"]),
        web=WebSettings(**_in_table("web", values)),
        limits=LimitSettings(archive_mb=values["limits.archive_mb"]),
        mail=MailSettings(trusted_servers=values["mail.trusted_servers"]),
        letters=LetterSettings(**_in_table("letters", values) | {"folder": letters}),
        safety=SafetySettings(**_in_table("safety", values)),
        keep=KeepSettings(**_in_table("keep", values)),
        mailboxes=MappingProxyType(dict(found.mailboxes)),
        file=path,
        origins=MappingProxyType(origins),
    )


def _in_table(table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    start = f"{table}."
    return {k.removeprefix(start): v for k, v in values.items() if k.startswith(start)}
