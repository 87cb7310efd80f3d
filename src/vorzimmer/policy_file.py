"""Read policies from TOML: the presets that ship, and the member's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from vorzimmer.errors import ConfigurationError, UnknownNameError
from vorzimmer.languages import LANGUAGES
from vorzimmer.model import Action, Channel, Sentence, TieKind, say
from vorzimmer.policy import (
    BOUNDS,
    CONDITIONS,
    COUNTS,
    KINDS,
    YES_OR_NO,
    Clause,
    Condition,
    Policy,
    Range,
)
from vorzimmer.toml_places import line_of, nearest, read_toml

_CHOICES: dict[str, tuple[str, ...]] = {
    "tie": tuple(each.value for each in TieKind),
    "note": ("blank", "present", "unknown"),
    "channel": tuple(each.value for each in Channel),
    "language": LANGUAGES,
}


def read_policy(name: str, text: str, *, file: str) -> Policy:
    """Return the policy that a TOML text describes.

    Args:
        name: Its name.
        text: The TOML text; the form is in docs/reference/policies.md.
        file: For the error message.

    Raises:
        ConfigurationError: Any mistake, with file, line and nearest valid word.
    """
    return _Reader(text, file).policy(name)


@cache
def preset_policies() -> Mapping[str, Policy]:
    """Return the policies that come with the package, by name."""
    folder = files("vorzimmer") / "policies"
    return {
        each.name.removesuffix(".toml"): read_policy(
            each.name.removesuffix(".toml"), each.read_text("utf-8"), file=each.name
        )
        for each in sorted(folder.iterdir(), key=lambda each: each.name)
        if each.name.endswith(".toml")
    }


def preset_policy(name: str) -> Policy:
    """Return a preset.

    Raises:
        UnknownNameError: There is none of that name.
    """
    return named(preset_policies(), name)


def named(policies: Mapping[str, Policy], name: str) -> Policy:
    """Return the policy of that name.

    Raises:
        UnknownNameError: There is none.
    """
    if name not in policies:
        raise UnknownNameError(name, nearest(name, policies), what="policy")
    return policies[name]


class _Reader:
    """Reads one policy file; knows where each word stands in it."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.table = read_toml(text, file)

    def fail(
        self, path: tuple[str | int, ...], problem: Sentence, near: str | None = None
    ) -> ConfigurationError:
        return ConfigurationError(self.file, line_of(self.text, path), problem, near)

    def policy(self, name: str) -> Policy:
        known = ("title", "description", "clause", "otherwise")
        for key in self.table:
            no_part = say('"{word}" is no part of a policy.', word=key)
            self.check_word((key,), key, known, no_part)
        clauses = self.table.get("clause", [])
        if not isinstance(clauses, list) or not all(
            isinstance(each, dict) for each in clauses
        ):
            problem = say("Each clause begins with a line [[clause]].")
            raise self.fail(("clause",), problem)
        return Policy(
            name=name,
            title=self.languages("title", name),
            description=self.languages("description", ""),
            clauses=tuple(
                self.clause(each, number) for number, each in enumerate(clauses)
            ),
            otherwise=self.action(self.table.get("otherwise"), ("otherwise",)),
        )

    def languages(self, key: str, default: str) -> Mapping[str, str]:
        texts = self.table.get(key, default)
        if isinstance(texts, str):
            return {"de": texts, "en": texts}
        if not isinstance(texts, dict) or not all(
            isinstance(each, str) for each in texts.values()
        ):
            problem = say(
                '"{key}" has to be a text, or one text each for de and en.', key=key
            )
            raise self.fail((key,), problem)
        for language in texts:
            no_language = say('"{word}" is no language of the desk.', word=language)
            self.check_word((key, language), language, ("de", "en"), no_language)
        first = next(iter(texts.values()), default)
        return {"de": texts.get("de", first), "en": texts.get("en", first)}

    def clause(self, table: dict[str, Any], number: int) -> Clause:
        place: tuple[str | int, ...] = ("clause", number)
        for key in table:
            no_part = say('"{word}" is no part of a clause.', word=key)
            self.check_word((*place, key), key, ("name", "when", "then"), no_part)
        name = table.get("name")
        if not isinstance(name, str) or not name.strip():
            problem = say("This clause needs a name: it is shown with the proposal.")
            raise self.fail(place, problem)
        when = table.get("when", {})
        if not isinstance(when, dict) or not when:
            problem = say("This clause needs conditions: when = {{ … }}.")
            raise self.fail(place, problem)
        return Clause(
            name=name,
            action=self.action(table.get("then"), (*place, "then")),
            conditions=tuple(
                (key, self.condition(key, wanted, (*place, "when", key)))
                for key, wanted in when.items()
            ),
        )

    def action(self, value: object, place: tuple[str | int, ...]) -> Action:
        if value is None:
            problem = say(
                '"{key}" is missing here: it names the action.', key=place[-1]
            )
            raise self.fail(place[:-1] or place, problem)
        no_action = say('"{word}" is no action.', word=str(value))
        self.check_word(place, str(value), [each.value for each in Action], no_action)
        return Action(str(value))

    def condition(
        self, key: str, wanted: object, place: tuple[str | int, ...]
    ) -> Condition:
        no_condition = say('"{word}" is no condition.', word=key)
        self.check_word(place, key, CONDITIONS, no_condition)
        if key in KINDS or key in COUNTS or key == "reasons_against":
            return self.range(wanted, place)
        if key in YES_OR_NO:
            if not isinstance(wanted, bool):
                problem = say('"{key}" has to be true or false.', key=key)
                raise self.fail(place, problem)
            return wanted
        return self.choice(key, wanted, place)

    def range(self, wanted: object, place: tuple[str | int, ...]) -> Range:
        if not isinstance(wanted, dict) or not wanted:
            problem = say(
                '"{key}" needs {{ at_least = … }} or {{ below = … }}.', key=place[-1]
            )
            raise self.fail(place, problem)
        for bound, value in wanted.items():
            no_bound = say('"{word}" is no bound.', word=bound)
            self.check_word((*place, bound), bound, BOUNDS, no_bound)
            if isinstance(value, bool) or not isinstance(value, int | float):
                problem = say('"{key}" has to be a number.', key=bound)
                raise self.fail((*place, bound), problem)
            if place[-1] in KINDS and not 0 <= value <= 1:
                problem = say("A probability lies between 0 and 1.")
                raise self.fail((*place, bound), problem)
        least, below = wanted.get("at_least"), wanted.get("below")
        if least is not None and below is not None and not least < below:
            problem = say(
                'This can never hold: "at_least" has to be smaller than "below".'
            )
            raise self.fail(place, problem)
        return Range(least, below)

    def choice(
        self, key: str, wanted: object, place: tuple[str | int, ...]
    ) -> tuple[str, ...]:
        values = [wanted] if isinstance(wanted, str) else wanted
        if not isinstance(values, list) or not all(
            isinstance(each, str) for each in values
        ):
            problem = say('"{key}" has to be a word, or a list of words.', key=key)
            raise self.fail(place, problem)
        if not values:
            problem = say('The list "{key}" is empty, so this can never hold.', key=key)
            raise self.fail(place, problem)
        for value in values:
            if key in _CHOICES:
                no_value = say('"{key}" cannot be "{word}".', key=key, word=value)
                self.check_word(place, value, _CHOICES[key], no_value)
        return tuple(values)

    def check_word(
        self,
        place: tuple[str | int, ...],
        word: str,
        valid: Collection[str],
        problem: Sentence,
    ) -> None:
        if word not in valid:
            raise self.fail(place, problem, nearest(word, valid))
