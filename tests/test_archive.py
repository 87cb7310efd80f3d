from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import write_folder, write_zip
from vorzimmer.archive import opened, tables
from vorzimmer.archive.tables import MAX_ROW_CHARS, Table
from vorzimmer.errors import SourceError, VorzimmerError
from vorzimmer.model import Skipped

# A busy machine is no fault of ours; hanging is.
UNHURRIED = settings(deadline=10_000, max_examples=50)
HEADER = b"name,town,since\n"


def is_header(cells: Sequence[str]) -> bool:
    return {"name", "since"} <= set(cells)


def rows(*chunks: bytes) -> list[tuple[int, list[str]]]:
    found = Table("people.csv", chunks, is_header=is_header)
    return [row for row in found if not isinstance(row, Skipped)]


def skipped(*chunks: bytes) -> list[tuple[int, str]]:
    found = Table("people.csv", chunks, is_header=is_header)
    return [(row.line, str(row.reason)) for row in found if isinstance(row, Skipped)]


def test_rows_come_with_the_physical_line_where_they_begin() -> None:
    text = b'Notes:\n"two\nlines"\n\n' + HEADER + b'Ada,"Ulm\nOst",1\n\nBo,Kiel,2\n'
    assert rows(text) == [(6, ["Ada", "Ulm\nOst", "1"]), (9, ["Bo", "Kiel", "2"])]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_every_way_to_end_a_line_is_read(ending: bytes) -> None:
    text = (HEADER + b"Ada,Ulm,1\nBo,Kiel,2").replace(b"\n", ending)
    assert rows(text) == [(2, ["Ada", "Ulm", "1"]), (3, ["Bo", "Kiel", "2"])]


@pytest.mark.parametrize("delimiter", [b";", b"\t"])
def test_a_spreadsheets_delimiters_are_found_out(delimiter: bytes) -> None:
    text = (HEADER + b"Ada,Ulm,1\n").replace(b",", delimiter)
    assert rows(text) == [(2, ["Ada", "Ulm", "1"])]


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    assert rows(b"\xef\xbb\xbf" + HEADER + b"Ada,Ulm,1\n") == [(2, ["Ada", "Ulm", "1"])]


def test_a_file_in_latin_1_is_read_and_that_is_said_once() -> None:
    text = HEADER + "Jörg,Köln,1\nAnaïs,Besançon,2\n".encode("latin-1")
    assert [cells[0] for _, cells in rows(text)] == ["Jörg", "Anaïs"]
    [(line, reason)] = skipped(text)
    assert line == 0
    assert "(Windows-1252): 2." in reason


def test_one_broken_letter_does_not_spoil_the_rest_of_the_file() -> None:
    text = HEADER + "Jörg,Köln,1\n".encode() + b"Ana\xefs,Ulm,2\n"
    assert [cells[0] for _, cells in rows(text)] == ["Jörg", "Anaïs"]


def test_utf_16_is_refused_with_the_way_out() -> None:
    with pytest.raises(SourceError, match="Save it as CSV in UTF-8"):
        rows("name,since\n".encode("utf-16"))


def test_nul_characters_are_left_out_and_that_is_said_once() -> None:
    text = HEADER + b"A\0da,Ulm,1\nBo,Ki\0el\0,2\n\0\0"
    assert [cells[:2] for _, cells in rows(text)] == [["Ada", "Ulm"], ["Bo", "Kiel"]]
    [(line, reason)] = skipped(text)
    assert line == 0
    assert "NUL" in reason


def test_short_rows_are_filled_up_and_blank_surplus_is_cut() -> None:
    assert rows(HEADER + b"Ada\nBo,Kiel,2,,\n") == [
        (2, ["Ada", "", ""]),
        (3, ["Bo", "Kiel", "2"]),
    ]


def test_a_row_with_too_many_cells_costs_only_itself() -> None:
    text = HEADER + b"Ada,Ulm,Ost,1\nBo,Kiel,2\n,,\n"
    assert rows(text) == [(3, ["Bo", "Kiel", "2"])]
    assert skipped(text) == [
        (2, "This row has 4 cells, but the header names 3 columns."),
        (4, "This row is empty."),
    ]


@pytest.mark.parametrize(
    "inside", [b"x" * 5_000_000, b"a long line of many\n" * 250_000]
)
def test_a_cell_of_megabytes_costs_only_its_row(inside: bytes) -> None:
    text = HEADER + b'Ada,"' + inside + b'",1\nBo,Kiel,2\n'
    pieces = [text[at : at + 65_536] for at in range(0, len(text), 65_536)]
    line = 3 + inside.count(b"\n")
    assert rows(*pieces) == [(line, ["Bo", "Kiel", "2"])]
    assert skipped(*pieces) == [
        (2, f"This row is longer than {MAX_ROW_CHARS} characters, so it was not read.")
    ]


def test_a_long_row_of_wide_letters_is_one_row() -> None:
    text = HEADER + ("Ада,Ulm," + "ж" * 131_000 + "\n").encode()
    pieces = [text[at : at + 65_536] for at in range(0, len(text), 65_536)]
    assert rows(*pieces) == [(2, ["Ада", "Ulm", "ж" * 131_000])]


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    pieces = (b"x" * 65_536 if n else HEADER for n in range(160))
    tracemalloc.start()
    try:
        assert len(list(Table("people.csv", pieces, is_header=is_header))) == 1
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3_000_000


def test_an_unclosed_quotation_mark_costs_only_its_own_line() -> None:
    text = HEADER + b'Ada,"Ulm,1\nBo,Kiel,2\nCy,Bonn,3\n'
    assert rows(text) == [(3, ["Bo", "Kiel", "2"]), (4, ["Cy", "Bonn", "3"])]
    [(line, reason)] = skipped(text)
    assert line == 2
    assert "never closed" in reason


def test_an_unclosed_quotation_mark_far_from_the_end_costs_only_its_own_line() -> None:
    after = b"".join(b"Bo,Kiel,%d\n" % n for n in range(20_000))
    found = rows(HEADER + b'Ada,"Ulm,1\n' + after)
    assert len(found) == 20_000
    assert found[-1] == (20_002, ["Bo", "Kiel", "19999"])


def test_an_unclosed_quotation_mark_before_a_quoted_cell_costs_only_its_line() -> None:
    text = HEADER + b'Ada,"Ulm,1\nBo,Kiel,2\nCy,"Bonn, Ost",3\nDi,Jena,4\n'
    assert [cells[0] for _, cells in rows(text)] == ["Bo", "Cy", "Di"]


def test_what_is_lost_at_the_end_of_a_cut_file_is_said() -> None:
    text = HEADER + b'Ada,Ulm,1\nBo,"a note\nof several\nlines that brea'
    assert rows(text) == [(2, ["Ada", "Ulm", "1"])]
    [(line, reason)] = skipped(text)
    assert line == 3
    assert "lines after this one: 1" in reason


def test_a_file_of_nothing_but_traps_is_given_up_soon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables, "MAX_REREAD_LINES", 50_000)
    with pytest.raises(SourceError, match="are broken"):
        rows(HEADER, b'a"b,"c,d\nx,y,z\n' * 12_000)


def test_rows_and_lines_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 3)
    with pytest.raises(SourceError, match="more than 3 rows"):
        rows(HEADER + b"Ada,Ulm,1\n" * 4)
    monkeypatch.setattr(tables, "MAX_LINES", 50)
    with pytest.raises(SourceError, match="more than 50 lines"):
        rows(HEADER + b"\n" * 60)


def test_without_a_header_the_first_rows_are_kept_for_the_report() -> None:
    found = Table("people.csv", [b"Name,Ort\nAda,Ulm\n"], is_header=is_header)
    assert found.header == ()
    assert found.head == [["Name", "Ort"], ["Ada", "Ulm"]]


@UNHURRIED
@given(st.lists(st.binary(max_size=300), max_size=5))
def test_arbitrary_bytes_raise_nothing_but_our_own_errors(chunks: list[bytes]) -> None:
    try:
        found = [*rows(HEADER, *chunks)]
    except VorzimmerError:
        return
    assert all(len(cells) == 3 for _, cells in found)


@UNHURRIED
@given(
    st.lists(
        st.sampled_from(
            [b'"', b'""', b",", b"\n", b"\r", b"Ada,Ulm,1\n", b"\0", b"\xff", b"x"]
        ),
        max_size=40,
    ),
    st.integers(1, 12),
)
def test_how_the_bytes_are_cut_into_pieces_changes_nothing(
    parts: list[bytes], size: int
) -> None:
    text = HEADER + b"".join(parts)
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert rows(*pieces) == rows(text)
    assert skipped(*pieces) == skipped(text)


@UNHURRIED
@given(parts=st.lists(st.binary(max_size=300), max_size=4), is_zip=st.booleans())
def test_arbitrary_bytes_as_an_archive_raise_nothing_but_our_own_errors(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], *, is_zip: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.zip"
    data = b"PK\x03\x04" + b"PK\x01\x02".join(parts) + b"PK\x05\x06" + b"\0\1" * 9
    path.write_bytes(data if is_zip else b"".join(parts))
    try:
        with opened(path) as archive:
            for file in archive.files:
                assert all(archive.chunks(file))
    except VorzimmerError as error:
        assert str(path) in str(error)  # noqa: PT017 -- the other outcome is no error


@UNHURRIED
@given(st.integers(0, 400), st.integers(0, 255))
def test_an_archive_with_one_wrong_byte_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, at: int, value: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "wrong.zip"
    write_zip(path, {"a/Skills.csv": "Name\nPython\n", "Profile.csv": "x" * 100})
    data = bytearray(path.read_bytes())
    data[at % len(data)] = value
    path.write_bytes(data)
    try:
        with opened(path) as archive:
            for file in archive.files:
                assert all(archive.chunks(file))
    except VorzimmerError as error:
        assert str(path) in str(error)  # noqa: PT017 -- the other outcome is no error


def test_a_header_within_a_cell_too_long_is_no_header() -> None:
    found = Table("people.csv", [b'"' + b"x\n" * 90_000], is_header=is_header)
    assert found.header == ()


def test_a_broken_row_in_a_row_too_long_is_no_row_to_go_on_with() -> None:
    inside = b'x,"y"z,"\n' + b"text\n" * 40_000
    assert rows(HEADER + b'Ada,"' + inside + b'",1\nBo,Kiel,2\n')[-1][1][0] == "Bo"


def test_files_of_a_zip_and_of_a_folder_are_the_same(tmp_path: Path) -> None:
    files = {"top/Skills.csv": "Name\n", "top/Jobs/Saved Jobs.csv": "x\n"}
    found = []
    for source in (
        write_zip(tmp_path / "a.zip", files),
        write_folder(tmp_path / "b", files),
    ):
        with opened(source) as archive:
            found.append(
                {
                    (each.name, each.depth, b"".join(archive.chunks(each)))
                    for each in archive.files
                }
            )
    assert found[0] == found[1]
    assert ("Skills.csv", 1, b"Name\n") in found[0]
