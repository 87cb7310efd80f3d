from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import HEADERS, Content, table, write_zip
from vorzimmer.errors import SourceError
from vorzimmer.structure import structure

# A busy machine is no fault of ours; hanging is.
UNHURRIED = settings(deadline=10_000, max_examples=50)
# Each value bears a mark that no word of ours has.
MARKED = st.text("abcdefghijklmnopqrstuvwxyzäöüßğАж -./", max_size=20).map(
    lambda text: f"qx{text}xq"
)
SECRETS = {
    *("Zacharias", "Quittenbaum", "quittenbaum", "Krähwinkel", "4711", "0815"),
    *("geheim", "Umzugsfirma", "zq"),
}
FILES: dict[str, Content] = {
    "Top/Connections.csv": [
        {
            "First Name": "Zacharias",
            "Last Name": "Quittenbaum",
            "URL": "https://www.linkedin.com/in/quittenbaum-4711",
            "Email Address": "zq@quittenbaum.example",
            "Company": "Umzugsfirma Krähwinkel",
            "Connected On": "05 Mar 2024",
        }
    ],
    "Invitations.csv": [
        {
            "From": "Zacharias Quittenbaum",
            "Sent At": f"9/20/26, {n}:10\u202fPM",
            "Message": "streng geheim 0815",
            "Direction": "INCOMING",
        }
        for n in range(1, 10)
    ],
    "Articles/Zacharias in Krähwinkel.html": "geheim",
    "quittenbaum.pdf": "geheim",
}


def test_the_structure_tells_headers_and_shapes(tmp_path: Path) -> None:
    lines = list(structure(write_zip(tmp_path / "a.zip", FILES)))
    assert "Invitations.csv: 9 rows, 0 notices, header in line 1" in lines
    assert "Connections.csv: 1 rows, 0 notices, header in line 4" in lines
    assert "  Sent At: 9/99/99, 9:99<U+202F>PM ×9" in lines
    assert "  Message: text of 18–18 characters ×9" in lines
    assert "  Direction: INCOMING ×9" in lines
    assert "  URL: https://www.linkedin.com/in/a-9999 ×1" in lines
    assert "  Position: always blank" in lines
    assert lines[-2:] == ["Not read: .html ×1", "Not read: .pdf ×1"]


def test_the_structure_holds_nothing_personal(tmp_path: Path) -> None:
    text = "\n".join(structure(write_zip(tmp_path / "a.zip", FILES)))
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize(
    "content",
    [
        "Zacharias,Quittenbaum,Umzugsfirma\nzq,geheim,4711\n",
        "Zacharias,URL,zq@quittenbaum.example\n",
        "geheim\n",
        'Notes:\n"Zacharias, streng geheim"\n',
        '"Zacharias',
        "",
    ],
)
def test_without_a_header_not_even_the_first_row_is_shown(
    tmp_path: Path, content: str
) -> None:
    source = write_zip(tmp_path / "a.zip", {"Connections.csv": content})
    text = "\n".join(structure(source))
    assert "Connections.csv: no header found" in text
    assert not [secret for secret in SECRETS if secret in text]


def test_a_header_in_another_language_is_shown(tmp_path: Path) -> None:
    text = "Voornaam,Achternaam,URL,Verbonden op\nZacharias,Quittenbaum,,1 jan 2024\n"
    lines = list(structure(write_zip(tmp_path / "a.zip", {"Connections.csv": text})))
    assert "  Verbonden op: text of 10–10 characters ×1" in lines
    assert not [secret for secret in SECRETS if secret in "\n".join(lines)]


@UNHURRIED
@given(rows=st.lists(st.tuples(MARKED, MARKED, MARKED), min_size=1, max_size=4))
def test_no_word_of_a_value_is_ever_shown(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.zip"
    header = HEADERS["messages.csv"]
    values = [
        {name: f"{row[n % 3]} {n}" for n, name in enumerate(header)} for row in rows
    ]
    text = "\n".join(
        structure(write_zip(path, {"messages.csv": table(values, header)}))
    )
    assert f"messages.csv: {len(rows)} rows" in text
    assert not re.search("qx|xq", text, re.IGNORECASE)


def test_rows_that_cannot_be_read_are_counted_apart(tmp_path: Path) -> None:
    files = {"Skills.csv": "Name\na,b\nc\n", "readme.xyz": ""}
    lines = list(structure(write_zip(tmp_path / "a.zip", files)))
    assert lines[0] == "Skills.csv: 1 rows, 1 notices, header in line 1"
    assert lines[-1] == "Not read: other files ×1"


def test_long_values_and_capitals_show_no_more_than_their_kind(tmp_path: Path) -> None:
    row = {"Sent At": "9-" * 300, "Direction": "EINGEHEND"}
    files = {"Invitations.csv": table([row], HEADERS["Invitations.csv"])}
    lines = list(structure(write_zip(tmp_path / "a.zip", files)))
    assert "  Sent At: a long text ×1" in lines
    assert "  Direction: A ×1" in lines


def test_the_number_of_shapes_kept_is_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vorzimmer.structure.MAX_COUNTED", 2)
    rows = [{"Sent At": "/" * n, "Direction": "?"} for n in range(1, 7)]
    files = {"Invitations.csv": table(rows, HEADERS["Invitations.csv"])}
    lines = list(structure(write_zip(tmp_path / "a.zip", files)))
    assert "  Sent At: other ×4 | / ×1 | // ×1" in lines


def test_many_shapes_are_summed_up(tmp_path: Path) -> None:
    rows = [{"Sent At": "9" * n, "Direction": "?"} for n in range(1, 8)]
    files = {"Invitations.csv": table(rows, HEADERS["Invitations.csv"])}
    lines = list(structure(write_zip(tmp_path / "a.zip", files)))
    [line] = [line for line in lines if "Sent At" in line]
    assert line.count("|") == 5
    assert line.endswith("… ×2")


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        list(structure(tmp_path / "missing.zip"))
