"""Change the TOML of a policy and keep what people wrote around it; pure.

A clause is moved or removed as a block of lines, with the comments right above it; what
stands inside of one is changed by tomlkit, which keeps order, spaces and comments.
After every change the text is read again: what comes out is a valid policy, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable

from vorzimmer.errors import ConfigurationError
from vorzimmer.model import Action, say
from vorzimmer.policy import Clause, Condition, Policy, Range
from vorzimmer.policy_file import read_policy
from vorzimmer.toml_places import lines_of

MOST_CLAUSES = 100
"""Clauses that forms are shown for; a longer policy is changed as text."""


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy as its file has it.

    Attributes:
        name: The file's name, without ``.toml``.
        text: A valid policy.
        file: What to call it when something is wrong.
    """

    name: str
    text: str
    file: str

    @property
    def policy(self) -> Policy:
        """What the text says."""
        return read_policy(self.name, self.text, file=self.file)

    def with_text(self, text: str) -> PolicyText:
        """Return the same with another text.

        Raises:
            ConfigurationError: It has a mistake; the sentence says where.
        """
        read_policy(self.name, text, file=self.file)
        return replace(self, text=text)

    def with_head(
        self,
        *,
        title: Mapping[str, str],
        description: Mapping[str, str],
        otherwise: Action,
    ) -> PolicyText:
        """Return it with other words above, and another last resort."""
        policy = self.policy
        wanted = replace(
            policy, title=title, description=description, otherwise=otherwise
        )
        document = self._parsed(self.text)
        if policy.otherwise is not otherwise:
            document["otherwise"] = otherwise.value
        for key, old, new in (
            ("title", policy.title, title),
            ("description", policy.description, description),
        ):
            if dict(old) != dict(new):
                _set_languages(document, key, new)
        return self._checked(tomlkit.dumps(document), wanted)

    def called(self, title: str) -> PolicyText:
        """Return it with one title for all languages, where its form allows that."""
        policy = self.policy
        with suppress(ConfigurationError):
            return self.with_head(
                title=dict.fromkeys(policy.title, title),
                description=policy.description,
                otherwise=policy.otherwise,
            )
        return self

    def with_clause(self, place: int, clause: Clause) -> PolicyText:
        """Return it with another clause in this place, from 0.

        Raises:
            ConfigurationError: The clause cannot be written like that.
        """
        before, blocks = self._blocks()
        self._check_place(place, blocks)
        document = self._parsed(blocks[place])
        table: Any = document["clause"]
        table = table[0]
        old = self.policy.clauses[place]
        if old.name != clause.name:
            table["name"] = clause.name
        if old.conditions != clause.conditions:
            table["when"] = _when(clause)
        if old.action is not clause.action:
            table["then"] = clause.action.value
        blocks[place] = tomlkit.dumps(document)
        clauses = list(self.policy.clauses)
        clauses[place] = clause
        return self._joined(before, blocks, clauses)

    def with_new_clause(self, place: int, clause: Clause) -> PolicyText:
        """Return it with one clause more before this place; the last is the end."""
        before, blocks = self._blocks()
        place = max(0, min(place, len(blocks)))
        blocks.insert(place, clause_text(clause))
        clauses = list(self.policy.clauses)
        clauses.insert(place, clause)
        return self._joined(before, blocks, clauses)

    def without_clause(self, place: int) -> PolicyText:
        """Return it without a clause, and without the comments right above it."""
        before, blocks = self._blocks()
        self._check_place(place, blocks)
        clauses = list(self.policy.clauses)
        del blocks[place], clauses[place]
        return self._joined(before, blocks, clauses)

    def with_moved_clause(self, place: int, to: int) -> PolicyText:
        """Return it with a clause in another place, its comments with it."""
        before, blocks = self._blocks()
        self._check_place(place, blocks)
        to = max(0, min(to, len(blocks) - 1))
        clauses = list(self.policy.clauses)
        blocks.insert(to, blocks.pop(place))
        clauses.insert(to, clauses.pop(place))
        return self._joined(before, blocks, clauses)

    def _check_place(self, place: int, blocks: list[str]) -> None:
        if not 0 <= place < len(blocks):
            problem = say("There is no such clause. Load the page again.")
            raise ConfigurationError(self.file, 0, problem)

    def _parsed(self, text: str) -> tomlkit.TOMLDocument:
        try:
            return tomlkit.parse(text.removeprefix("\ufeff"))
        except (TOMLKitError, RecursionError) as error:
            raise self._not_by_forms() from error

    def _not_by_forms(self) -> ConfigurationError:
        problem = say(
            "This file is written in a way that forms cannot change without loss."
            " Change its text instead."
        )
        return ConfigurationError(self.file, 0, problem)

    def _blocks(self) -> tuple[str, list[str]]:
        """Return the text before the first clause, and each clause with its comments.

        Raises:
            ConfigurationError: Clauses do not begin with ``[[clause]]``, or something
                else stands between or behind them.
        """
        lines = [f"{each}\n" for each in self.text.removeprefix("\ufeff").split("\n")]
        places = lines_of(self.text)
        count = len(self.policy.clauses)
        starts = [places[("clause", number)] - 1 for number in range(count)]
        heads = (places[way] - 1 for way in places if len(way) == 1)
        first = starts[0] if starts else len(lines)
        is_plain = all(
            "".join(lines[start].split()).startswith("[[clause]]") for start in starts
        )
        if not is_plain or any(line > first for line in heads):
            raise self._not_by_forms()
        cuts = [_with_comments(lines, start) for start in starts] + [len(lines)]
        blocks = ["".join(lines[one:other]) for one, other in pairwise(cuts)]
        return "".join(lines[: cuts[0]]), blocks

    def _joined(
        self, before: str, blocks: Iterable[str], clauses: Iterable[Clause]
    ) -> PolicyText:
        parts = [each.strip("\r\n") + "\n" for each in (before, *blocks)]
        text = "\n".join(part for part in parts if part.strip())
        return self._checked(text, replace(self.policy, clauses=tuple(clauses)))

    def _checked(self, text: str, wanted: Policy) -> PolicyText:
        """Return the new text if it says what was wanted.

        Raises:
            ConfigurationError: It has a mistake, or says something else.
        """
        made = self.with_text(text)
        if made.policy != wanted:
            raise self._not_by_forms()
        return made


def policy_text(policy: Policy) -> str:
    """Return a policy as a file has it; read again, it is the same."""
    document = tomlkit.document()
    document["otherwise"] = policy.otherwise.value
    for key, words in (("title", policy.title), ("description", policy.description)):
        table = tomlkit.table()
        table.update(dict(words))
        document[key] = table
    parts = [tomlkit.dumps(document), *(clause_text(each) for each in policy.clauses)]
    return "\n".join(parts)


def clause_text(clause: Clause) -> str:
    """Return a clause as a file has it."""
    table = tomlkit.table()
    table["name"] = clause.name
    table["when"] = _when(clause)
    table["then"] = clause.action.value
    clauses = tomlkit.aot()
    clauses.append(table)
    document = tomlkit.document()
    document["clause"] = clauses
    return tomlkit.dumps(document)


def _with_comments(lines: list[str], start: int) -> int:
    """Return the line where the comments right above a clause begin."""
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _set_languages(
    document: tomlkit.TOMLDocument, key: str, words: Mapping[str, str]
) -> None:
    there: Any = document.get(key)
    if not isinstance(there, dict):
        table = tomlkit.inline_table()
        table.update(dict(words))
        document[key] = table
        return
    for language, text in words.items():
        if there.get(language) != text:
            there[language] = text


def _when(clause: Clause) -> InlineTable:
    when = tomlkit.inline_table()
    for name, wanted in clause.conditions:
        when[name] = _written(wanted)
    return when


def _written(wanted: Condition) -> Any:  # noqa: ANN401 - whatever TOML has
    if isinstance(wanted, Range):
        bounds = tomlkit.inline_table()
        for bound in ("at_least", "below"):
            value = getattr(wanted, bound)
            if value is not None:
                bounds[bound] = value
        return bounds
    if isinstance(wanted, bool):
        return wanted
    return wanted[0] if len(wanted) == 1 else list(wanted)
