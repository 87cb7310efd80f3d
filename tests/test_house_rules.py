"""The shape of the code itself: small files, names that say something, no excuses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vorzimmer import cli
from vorzimmer.model import Action, Kind, TieKind
from vorzimmer.policy import CONDITIONS
from vorzimmer.policy_file import preset_policies
from vorzimmer.settings import SETTINGS
from vorzimmer.signals import all_signals

ROOT = Path(__file__).parent.parent
CODE = sorted(
    path
    for folder in ("src", "tests", "tools", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
)
SOURCES = [path for path in CODE if "src" in path.relative_to(ROOT).parts]
TEXTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "docs/**/*.json", ".pre-commit-config.yaml")
    for path in ROOT.glob(pattern)
)
MOST_LINES = 400
VAGUE = {"base", "common", "core", "misc"} | {
    word + end for word in ("helper", "manager", "util") for end in ("", "s")
}
# The last column of the glossary, as far as it names things of ours.
NOT_OUR_WORDS = re.compile(
    r"(?:^|_)(?:invite|lead|requester|user|customer|detector|heuristic|confidence|rating"
    r"|verdict|analysis|ruleset|workflow|disposition|outcome|connector|provider)s?(?:_|$)"
)
# A bare excuse hides what it excuses; a named one can be looked up.
BARE_EXCUSE = re.compile(r"#\s*noqa(?!:\s*[A-Z]+[0-9]+)|#\s*type:\s*ignore(?!\[)")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def headings(page: str) -> set[str]:
    text = (ROOT / "docs" / "reference" / page).read_text("utf-8")
    return {line.lstrip("# ").strip() for line in text.splitlines() if line[:1] == "#"}


def public_names(path: Path) -> Iterator[str]:
    yield path.stem
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name).casefold()


@pytest.mark.parametrize("path", CODE, ids=named)
def test_a_file_is_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", CODE, ids=named)
def test_a_file_has_a_name_that_says_something(path: Path) -> None:
    assert path.stem.strip("_") not in VAGUE


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_modules_and_classes_use_the_words_of_the_glossary(path: Path) -> None:
    assert [name for name in public_names(path) if NOT_OUR_WORDS.search(name)] == []


@pytest.mark.parametrize("path", CODE, ids=named)
def test_every_excuse_names_its_rule(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert [line for line in lines if BARE_EXCUSE.search(line)] == []


def test_a_bare_excuse_is_seen() -> None:
    assert BARE_EXCUSE.search("x = 1  # " + "noqa")
    assert BARE_EXCUSE.search("x = 1  # " + "type: ignore")
    assert not BARE_EXCUSE.search("x = 1  # noqa: S101 - why")
    assert not BARE_EXCUSE.search("x = 1  # type: ignore[arg-type]")


def test_a_word_that_is_not_ours_is_seen() -> None:
    assert NOT_OUR_WORDS.search("spam_detector")
    assert NOT_OUR_WORDS.search("users")
    assert not NOT_OUR_WORDS.search("leading_kind")


@pytest.mark.parametrize("path", [*CODE, *TEXTS], ids=named)
def test_no_path_of_one_machine_stands_anywhere(path: Path) -> None:
    text = path.read_text("utf-8")
    assert str(ROOT) not in text
    assert not re.search(r"/(?:root|work)/\w", text)


def test_every_command_has_its_heading() -> None:
    commands = {
        each.name or (each.callback.__name__ if each.callback else "")
        for each in cli.app.registered_commands
    }
    assert len(commands) >= 7
    assert commands <= headings("cli.md")


def test_every_setting_has_its_heading() -> None:
    assert {each.name for each in SETTINGS} <= headings("settings.md")


def test_every_importer_has_its_heading() -> None:
    files = (ROOT / "src/vorzimmer/importers").glob("[!_]*.py")
    importers = {path.stem for path in files}
    assert importers
    assert importers <= headings("importers.md")


def test_every_signal_has_its_heading() -> None:
    assert {each.name for each in all_signals()} <= headings("signals.md")


def test_every_policy_has_its_heading() -> None:
    assert set(preset_policies()) <= headings("policies.md")


def test_every_kind_has_its_heading() -> None:
    shown = {heading.partition(":")[0] for heading in headings("signals.md")}
    assert {kind.value for kind in Kind} <= shown


def test_every_word_of_a_policy_file_is_explained() -> None:
    page = (ROOT / "docs/reference/policies.md").read_text("utf-8")
    words = [*CONDITIONS, *Action, *Kind, *TieKind]
    assert [word for word in words if f"`{word}`" not in page] == []
