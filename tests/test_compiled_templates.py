"""Compiled templates are kept; changed and damaged ones are compiled anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from vorzimmer.web.compiled_templates import CompiledTemplates


def shown(folder: Path, source: str) -> str:
    made = Environment(
        loader=DictLoader({"page": source}),
        bytecode_cache=CompiledTemplates(folder),
        autoescape=True,
    )
    return made.get_template("page").render(name="<Maren>")


def never(*_: object, **__: object) -> None:
    raise AssertionError


def test_a_kept_template_is_not_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache"
    assert shown(folder, "Hallo {{ name }}") == "Hallo &lt;Maren&gt;"
    assert folder.stat().st_mode & 0o077 == 0
    monkeypatch.setattr(Environment, "compile", never)
    assert shown(folder, "Hallo {{ name }}") == "Hallo &lt;Maren&gt;"


def test_a_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    shown(tmp_path, "Hallo {{ name }}")
    assert shown(tmp_path, "Moin {{ name }}") == "Moin &lt;Maren&gt;"


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None])
def test_a_damaged_template_is_compiled_anew(
    tmp_path: Path, damage: bytes | None
) -> None:
    shown(tmp_path, "Hallo {{ name }}")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-9] if damage is None else damage)
    assert shown(tmp_path, "Hallo {{ name }}") == "Hallo &lt;Maren&gt;"
    assert file.read_bytes() == whole


def test_without_a_place_to_keep_them_they_are_compiled(tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("in the way", "utf-8")
    assert shown(no_folder / "cache", "Hallo {{ name }}") == "Hallo &lt;Maren&gt;"
