"""Expressions of wordings are read as the engines read them, or not at all."""

from __future__ import annotations

import re

import pytest

from vorzimmer.expressions import (
    Choice,
    NotReadError,
    Part,
    Repeated,
    Sign,
    read_expression,
)
from vorzimmer.phrases import shipped_phrases


def signs(word: str) -> tuple[Sign, ...]:
    return tuple(Sign(frozenset(letter)) for letter in word)


def told(part: Part) -> str:
    """Return a part as an expression again, in a form of its own."""
    if isinstance(part, Sign):
        return f"[{''.join(sorted(part.one_of))}]" if part.one_of else "."
    if isinstance(part, Choice):
        return f"({'|'.join(''.join(map(told, each)) for each in part.among)})"
    often = "?" if part.is_optional else f"{{{part.least},}}"
    return f"{told(part.part)}{often}"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("ab", "[a][b]"),
        ("a|bc", "([a]|[b][c])"),
        ("(a|b)c", "([a]|[b])[c]"),
        ("(?:a|)b?", "([a]|)[b]?"),
        ("a*b+", "[a]{0,}[b]{1,}"),
        ("a{3}b{2,}c{0,1}d{,2}", None),
        ("a{3}b{2,}c{0,1}d{0,2}", "[a]{3,}[b]{2,}[c]?[d]{0,}"),
        (r"\w\.\d[- ]", ".[.].[ -]"),
        (r"[a-f][äü][\w-][^x]", ".[äü].."),
        (r"[\d.,]+ ?€", ".{1,}[ ]?[€]"),
        ("(a( b)?){0,3}", "([a]([ ][b])?){0,}"),
    ],
)
def test_an_expression_is_read_part_by_part(
    expression: str, expected: str | None
) -> None:
    if expected is None:
        with pytest.raises(NotReadError):
            read_expression(expression)
    else:
        assert "".join(map(told, read_expression(expression))) == expected


def test_letters_are_signs_one_by_one() -> None:
    assert read_expression("gut") == signs("gut")
    assert read_expression("") == ()


def test_what_may_be_missing_is_told_from_what_is_said_several_times() -> None:
    one, other = read_expression("a?b*")
    assert one == Repeated(Sign(frozenset("a")), least=0, is_optional=True)
    assert other == Repeated(Sign(frozenset("b")), least=0, is_optional=False)


@pytest.mark.parametrize(
    "expression",
    [
        "a+?",
        "(?=a)",
        "(?i)a",
        "^a",
        "a$",
        r"a\b",
        "a)",
        "(a",
        "*a",
        "[a",
        "a\\",
        "a{,2}",
    ],
)
def test_what_wordings_do_not_have_is_not_read(expression: str) -> None:
    with pytest.raises(NotReadError):
        read_expression(expression)


def test_every_shipped_wording_is_read() -> None:
    for phrase in shipped_phrases():
        parts = read_expression(phrase.wording.expression)
        again = re.compile("".join(map(told, parts)))
        assert again.groups >= phrase.wording.expression.count("(?:")
