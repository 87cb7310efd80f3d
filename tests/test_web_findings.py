"""What a request looks like: clear cases in words, the evidence in figures."""

from __future__ import annotations

import re
from pathlib import Path

from vorzimmer.model import Kind
from web_client import client_of, line, open_desk

PITCH = "Hätten Sie 15 Minuten? Mehr unter https://calendly.com/rex/15min"
SHOWN = r'id="k-(\w+)".*?<span class="percent">(.*?)</span>\n'


def test_what_is_clear_is_said_in_words_and_its_evidence_in_figures(
    tmp_path: Path,
) -> None:
    with open_desk(tmp_path, [line("rex", PITCH)]) as desk:
        page = client_of(desk).enter().get("/?id=rex").text
        assessment = desk.card("rex").assessment
    shown = dict(re.findall(SHOWN, page, flags=re.DOTALL))
    chances = {kind: assessment.probability(Kind(kind)) for kind in shown}
    assert len(re.findall(r"Together, that is \d+%", page)) == len(shown)
    assert max(chances.values()) >= 0.9
    for kind, words in shown.items():
        assert ("very likely" in words) == (chances[kind] >= 0.9)
        assert ("hardly" in words) == (chances[kind] < 0.1)
        assert ("%" in words) == (0.1 <= chances[kind] < 0.9)
