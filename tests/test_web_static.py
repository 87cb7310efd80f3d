"""The files that the pages need: there, unchanged, and readable for everybody."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from web_client import Client, client_of, line, open_desk


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with open_desk(tmp_path, [line("anna")]) as desk:
        yield client_of(desk).enter()


def test_what_comes_from_elsewhere_is_what_was_checked() -> None:
    vendor = files("vorzimmer") / "web" / "static" / "vendor"
    sums = (vendor / "CHECKSUMS").read_text("utf-8").splitlines()
    rows = [row.split() for row in sums if not row.startswith("#")]
    listed = {name: digest for digest, name in rows}
    found = {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest()
        for each in vendor.iterdir()
        if each.name != "CHECKSUMS"
    }
    assert found == listed
    assert any("LICENSE" in name for name in found)


def test_every_file_that_a_page_names_is_there(client: Client) -> None:
    page = client.get("/").text
    named = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))
    assert len(named) >= 5
    for path in named:
        assert client.get(path).status_code == 200, path


def test_every_picture_that_a_page_uses_is_in_the_file(client: Client) -> None:
    templates = files("vorzimmer") / "web" / "templates"
    used = {
        name
        for each in templates.iterdir()
        for name in re.findall(r'parts\.icon\("(\w+)"\)', each.read_text("utf-8"))
    }
    drawn = set(re.findall(r'id="(\w+)"', client.get("/static/icons.svg").text))
    assert used <= drawn
    assert len(used) > 5


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_colour_of_text_has_enough_contrast(theme: int) -> None:
    css = (files("vorzimmer") / "web" / "static" / "page.css").read_text("utf-8")
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", css)
    colours = {name: luminance(pair[theme]) for name, *pair in pairs}

    def contrast(first: str, second: str) -> float:
        low, high = sorted((colours[first], colours[second]))
        return (high + 0.05) / (low + 0.05)

    surfaces = ("paper", "sheet", "wash", "accent-wash")
    washes = ("good-wash", "plain-wash", "caution-wash")
    poor = [
        (text, ground)
        for text, grounds in {
            "ink": surfaces + washes,
            "soft": (*surfaces, "plain-wash", "caution-wash"),
            "accent": (*surfaces, *washes),
            "on-accent": ("accent",),
            "good": ("paper", "sheet"),
        }.items()
        for ground in grounds
        if contrast(text, ground) < 4.5
    ]
    # Lines and borders that carry meaning need 3:1.
    poor += [
        (line_, ground)
        for line_, grounds in {
            "edge": ("paper", "sheet"),
            "good": ("good-wash",),
            "plain": ("plain-wash", "rule"),
            "caution": ("caution-wash", "rule"),
        }.items()
        for ground in grounds
        if contrast(line_, ground) < 3
    ]
    assert poor == []
