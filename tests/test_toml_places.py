"""Lines of keys in TOML texts, and words that were meant."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vorzimmer.errors import ConfigurationError
from vorzimmer.toml_places import (
    LARGEST,
    TomlPath,
    line_of,
    lines_of,
    nearest,
    read_toml,
)

POLICY = '''# a policy
name = "own" # with a remark = here
[text]
"de.long" = """
[not.a.table]
x = 1 ""quoted"" """
en = 'C:\\[new]'

[[clause]]
when = { kind = "danger", over = 0.5 }
then = "block"

[[clause]]
when.kind = "known"
when . over = 0.9
list = [
  1.5,  # one
  [2, 3],
  { a = [true, 1979-05-27 07:32:00], "b c" = 1 },
]

  [[clause.but]]
  sender = "x"
  [[clause.but]]
  sender = "y"
[clause.more."quoted part".'and \\ raw']
z = 1
["a\\u0062c"]
end = 1'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 2),
        (("text",), 3),
        (("text", "de.long"), 4),
        (("text", "en"), 7),
        (("clause",), 9),
        (("clause", 0), 9),
        (("clause", 0, "when"), 10),
        (("clause", 0, "when", "over"), 10),
        (("clause", 0, "then"), 11),
        (("clause", 1), 13),
        (("clause", 1, "when"), 14),
        (("clause", 1, "when", "over"), 15),
        (("clause", 1, "list", 0), 17),
        (("clause", 1, "list", 1), 18),
        (("clause", 1, "list", 1, 1), 18),
        (("clause", 1, "list", 2, "a", 1), 19),
        (("clause", 1, "list", 2, "b c"), 19),
        (("clause", 1, "but", 0, "sender"), 23),
        (("clause", 1, "but", 1), 24),
        (("clause", 1, "but", 1, "sender"), 25),
        (("clause", 1, "more", "quoted part", "and \\ raw"), 26),
        (("clause", 1, "more", "quoted part", "and \\ raw", "z"), 27),
        (("abc", "end"), 29),
    ],
)
def test_a_key_is_found_on_its_line(path: TomlPath, line: int) -> None:
    assert line_of(POLICY, path) == line


def test_a_missing_key_is_shown_at_its_nearest_ancestor() -> None:
    assert line_of(POLICY, ("clause", 1, "missing", 7)) == 13
    assert line_of(POLICY, ("missing",)) == 1


def test_a_byte_order_mark_moves_no_line() -> None:
    text = "\ufeffa = 1\nb = 2\n"
    assert read_toml(text, "x.toml") == {"a": 1, "b": 2}
    assert [line_of(text, ("a",)), line_of(text, ("b",))] == [1, 2]


def test_windows_line_ends_count_once() -> None:
    assert line_of("a = 1\r\n\r\n[t]\r\nb = 2\r\n", ("t", "b")) == 4


WORDS = st.text("ab-_ .\"'\\ü[]{}#=,", max_size=6)
VALUES = st.recursive(
    st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)
    ),
    max_leaves=8,
)


def quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def inline(value: object) -> str:
    if isinstance(value, dict):
        pairs = (f"{quoted(key)} = {inline(each)}" for key, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[\n" + ",\n".join(inline(each) for each in value) + "\n]"
    return str(value).lower()


def paths_of(value: object, path: TomlPath = ()) -> set[TomlPath]:
    children: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    below = (paths_of(each, (*path, key)) for key, each in children)
    return {path, *(each for paths in below for each in paths)}


@settings(max_examples=40)
@given(st.dictionaries(WORDS, VALUES, max_size=3))
def test_exactly_the_paths_of_a_text_are_found(values: dict[str, Any]) -> None:
    text = "\n".join(f"{quoted(key)} = {inline(each)}" for key, each in values.items())
    assert tomllib.loads(text) == values
    assert set(lines_of(text)) == paths_of(values) - {()}


@given(st.text("ab[]{}=.,'\"#\n\\ ", max_size=40))
def test_a_broken_text_has_lines_too(text: str) -> None:
    last = text.count("\n") + 1
    assert all(1 <= line <= last for line in lines_of(text).values())


def test_broken_toml_is_told_with_its_line() -> None:
    with pytest.raises(ConfigurationError) as told:
        read_toml('a = 1\nb = "open\n', "own.toml")
    assert told.value.line == 2
    assert str(told.value).startswith("own.toml, line 2: This is no valid TOML. ")


def test_a_text_that_ends_too_early_is_told_with_its_last_line() -> None:
    with pytest.raises(ConfigurationError) as told:
        read_toml("a = 1\nb = [1,\n\n", "own.toml")
    assert told.value.line == 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = " + "[" * 50_000, "nested too deeply"),
        ("#" * (LARGEST + 1), "longer than"),
        ("a = " + "9" * 5_000, "too long or odd"),
    ],
)
def test_a_hostile_text_is_told_too(text: str, problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem):
        read_toml(text, "own.toml")


def test_the_lines_of_a_very_deep_key_cost_little() -> None:
    text = ".".join("a" * 20_000) + " = 1"
    assert len(lines_of(text)) <= 20


@pytest.mark.parametrize(
    ("word", "meant"),
    [("lanuage", "language"), ("POLICY", "policy"), ("zzz", None), ("", None)],
)
def test_the_nearest_word_is_the_one_that_was_meant(
    word: str, meant: str | None
) -> None:
    assert nearest(word, {"language", "policy", "port"}) == meant
