from __future__ import annotations

import os
import re
import struct
import zipfile
from pathlib import Path

import pytest

from archives import write_folder, write_zip
from vorzimmer import archive
from vorzimmer.errors import SourceError
from vorzimmer.importers.linkedin_archive import read
from vorzimmer.intake import gather
from vorzimmer.items import Connection, FileRead, Item, OwnFact
from vorzimmer.model import Skipped

SKILLS = "Name\nMelken\n"
CONNECTIONS = "First Name,Last Name,Connected On\nLena,Holz,12 Jan 2023\n"


def refusal(source: Path) -> str:
    """Return the sentence with which a source is refused."""
    with pytest.raises(SourceError) as caught:
        list(read(source))
    text = str(caught.value)
    assert text.startswith(f"{source}: ")
    return text.removeprefix(f"{source}: ")


def facts(source: Path) -> list[str]:
    return [each.value for each in read(source) if isinstance(each, OwnFact)]


def test_an_empty_zip(tmp_path: Path) -> None:
    source = write_zip(tmp_path / "a.zip", {})
    assert refusal(source) == (
        "The ZIP archive is empty. Download it again, and give the file as it is."
    )


def test_an_empty_file(tmp_path: Path) -> None:
    source = tmp_path / "a.zip"
    source.touch()
    assert refusal(source).startswith("The file is empty (0 bytes). Download it again")


def test_no_zip(tmp_path: Path) -> None:
    source = tmp_path / "a.zip"
    source.write_text("<html>Please log in</html>")
    assert refusal(source) == (
        "This is not a ZIP archive. Give the ZIP file from LinkedIn, or the folder"
        " unpacked from it."
    )


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.99])
def test_a_zip_cut_off(tmp_path: Path, kept: float) -> None:
    source = write_zip(tmp_path / "a.zip", {"Skills.csv": SKILLS * 99})
    data = source.read_bytes()
    source.write_bytes(data[: int(len(data) * kept)])
    assert refusal(source).startswith("The ZIP archive is cut off or damaged")


def test_a_zip_with_damaged_content(tmp_path: Path) -> None:
    source = write_zip(tmp_path / "a.zip", {"Skills.csv": SKILLS})
    data = bytearray(source.read_bytes())
    data[30 + len("Skills.csv") + 2] ^= 0xFF
    source.write_bytes(data)
    assert refusal(source).startswith("Skills.csv in it is damaged and cannot be read")


@pytest.mark.parametrize("name", ["missing.zip", "a/b", "x" * 300, "nul\0"])
def test_a_path_that_does_not_exist(tmp_path: Path, name: str) -> None:
    assert re.match(
        r"There is no such file or folder\. Check how|It cannot be opened",
        refusal(tmp_path / name),
    )


def test_something_that_is_neither_file_nor_folder(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "pipe.zip")
    assert refusal(tmp_path / "pipe.zip").startswith("This is neither a file nor")


@pytest.mark.parametrize("opener", ["io.FileIO", "os.scandir"])
def test_a_file_or_folder_that_may_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opener: str
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    source = tmp_path if opener == "os.scandir" else tmp_path / "a.zip"
    write_zip(tmp_path / "a.zip", {"Skills.csv": SKILLS})
    monkeypatch.setattr(opener, refuse)
    assert refusal(source) == (
        "It cannot be opened; the system says: Permission denied. Check that you may"
        " read it."
    )


def test_a_zip_bomb_is_stopped_by_its_ratio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MIN_BOMB_BYTES", 1 << 20)
    source = write_zip(tmp_path / "a.zip", {"Skills.csv": "Name\n" + "x" * 2_000_000})
    assert refusal(source).startswith(
        "Skills.csv in it unpacks to far more than such a file ever holds, so it was"
        " not read on."
    )


def test_many_files_together_have_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 20)
    source = write_folder(
        tmp_path / "a", {"Skills_1.csv": SKILLS, "Skills_2.csv": SKILLS}
    )
    assert refusal(source).startswith("Skills_2.csv in it unpacks to far more")


def test_a_claim_of_2_gb_in_the_header_is_refused_unread(tmp_path: Path) -> None:
    source = write_zip(tmp_path / "a.zip", {"Skills.csv": SKILLS})
    data = bytearray(source.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 2 << 30)
    source.write_bytes(data)
    assert refusal(source).startswith("Skills.csv in it unpacks to far more")


def test_a_claim_of_few_bytes_does_not_let_many_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_zip(tmp_path / "a.zip", {"Skills.csv": SKILLS * 9})
    data = bytearray(source.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    source.write_bytes(data)
    assert refusal(source).startswith("Skills.csv in it is damaged")
    monkeypatch.setattr(archive, "MAX_FILE_BYTES", 12)
    honest = write_folder(tmp_path / "b", {"Skills.csv": SKILLS * 9})
    assert refusal(honest).startswith("Skills.csv in it unpacks to far more")


def test_a_list_of_files_as_large_as_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_DIRECTORY_BYTES", 100)
    source = write_zip(tmp_path / "a.zip", {f"{n}.csv": "" for n in range(9)})
    assert refusal(source).startswith("The ZIP archive is cut off or damaged")


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_too_many_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: object
) -> None:
    monkeypatch.setattr(archive, "MAX_FILES", 3)
    assert callable(write)
    source = write(tmp_path / "a.zip", {f"{n}.csv": "" for n in range(4)})
    assert refusal(source).startswith("It holds more than 3 files")


def test_too_many_files_over_many_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_FILES", 3)
    source = write_folder(tmp_path / "a", {f"{n // 2}/{n}.csv": "" for n in range(4)})
    assert refusal(source).startswith("It holds more than 3 files")


def test_an_archive_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ARCHIVE_BYTES", 30)
    source = write_zip(tmp_path / "a.zip", {"Skills.csv": SKILLS})
    assert refusal(source).startswith("The file is larger than")


def test_a_zip_in_a_zip(tmp_path: Path) -> None:
    inner = write_zip(tmp_path / "inner.zip", {"Skills.csv": SKILLS})
    source = write_zip(tmp_path / "a.zip", {"my data/inner.zip": inner.read_bytes()})
    assert refusal(source) == (
        "LinkedIn's files are not in it, but perhaps in a ZIP archive within:"
        " inner.zip. Unpack it, and give what lies within."
    )


def test_a_zip_that_is_locked(tmp_path: Path) -> None:
    source = write_zip(tmp_path / "a.zip", {"Skills.csv": SKILLS})
    data = bytearray(source.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    source.write_bytes(data)
    assert refusal(source) == (
        "Skills.csv in it is locked with a password. Unpack it with the password, and"
        " give the folder."
    )


def test_a_zip_packed_in_a_rare_way(tmp_path: Path) -> None:
    source = tmp_path / "a.zip"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("Skills.csv", SKILLS)
    assert "packed in a way that LinkedIn does not use" in refusal(source)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/Skills.csv",
        "/etc/Skills.csv",
        "C:\\Windows\\Skills.csv",
        "..\\..\\Skills.csv",
        "a/./b//Skills.csv",
    ],
)
def test_names_that_lead_elsewhere_lead_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    source = write_zip(inside / "a.zip", {name: SKILLS})
    monkeypatch.chdir(inside)
    before = sorted(tmp_path.rglob("*"))
    assert facts(source) == ["Melken"]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_that_only_ends_like_a_known_one_is_not_read(tmp_path: Path) -> None:
    source = write_zip(tmp_path / "a.zip", {"C:Skills.csv": SKILLS, "..Skills.csv": ""})
    assert refusal(source).startswith("None of its files is one that a LinkedIn")


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", {"Skills.csv": SKILLS})
    source = write_folder(tmp_path / "a", {"Connections.csv": CONNECTIONS})
    (source / "Skills.csv").symlink_to(tmp_path / "out" / "Skills.csv")
    (source / "more").symlink_to(tmp_path / "out")
    found: list[Item] = list(read(source))
    assert not any(isinstance(each, OwnFact) for each in found)
    assert any(isinstance(each, Connection) for each in found)
    skipped = [each for each in found if isinstance(each, Skipped)]
    assert [(each.file, each.line) for each in skipped] == [("Skills.csv", 0)]
    assert "link to another place" in str(skipped[0].reason)


def test_a_folder_without_any_known_file(tmp_path: Path) -> None:
    source = write_folder(tmp_path / "a", {"holiday.txt": "sun"})
    assert refusal(source).startswith(
        "None of its files is one that a LinkedIn archive has (Connections.csv,"
    )


def test_a_csv_file_with_an_unknown_name(tmp_path: Path) -> None:
    write_folder(tmp_path, {"contacts-2.csv": CONNECTIONS})
    assert refusal(tmp_path / "contacts-2.csv").startswith(
        "No file of a LinkedIn archive that we read has this name. Give the ZIP file"
    )


def test_the_same_file_many_times(tmp_path: Path) -> None:
    files = {f"{n}/Skills.csv": SKILLS for n in range(30)}
    source = write_zip(tmp_path / "a.zip", files)
    assert refusal(source).startswith("It holds 30 files named Skills.csv.")


def test_missing_columns_are_named_with_those_expected_and_found(
    tmp_path: Path,
) -> None:
    text = "Voornaam,Achternaam,Verbonden op\nLena,Holz,12 jan 2023\n"
    source = write_zip(
        tmp_path / "a.zip", {"Connections.csv": text, "Skills.csv": SKILLS}
    )
    found = list(read(source))
    [reason] = [
        str(each.reason)
        for each in found
        if isinstance(each, Skipped) and each.file == "Connections.csv"
    ]
    assert "Expected: First Name, Last Name, Connected On." in reason
    assert "Found: Voornaam, Achternaam, Verbonden op." in reason
    assert FileRead("Connections.csv", None, has_unknown_columns=True) in found
    assert facts(source) == ["Melken"]


def test_unknown_columns_are_not_taken_for_missing_files(tmp_path: Path) -> None:
    odd = "Voornaam,Achternaam\nLena,Holz\n"
    names = ("Connections.csv", "Invitations.csv", "messages.csv")
    source = write_zip(
        tmp_path / "a.zip", {"Skills.csv": SKILLS, **dict.fromkeys(names, odd)}
    )
    intake = gather(read(source))
    assert {each.file for each in intake.skipped} == set(names)
    assert intake.notices == ()


def test_a_file_that_may_not_be_read_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "Skills.csv").write_text(SKILLS, "utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceError, match=r"Skills\.csv: It cannot be opened"):
        list(read(tmp_path))


def test_a_cell_of_5_mb(tmp_path: Path) -> None:
    row = f"Lena,{'x' * 5_000_000},12 Jan 2023\n"
    source = write_zip(tmp_path / "a.zip", {"Connections.csv": CONNECTIONS + row})
    [skipped] = [
        each
        for each in read(source)
        if isinstance(each, Skipped) and each.file == "Connections.csv"
    ]
    assert skipped.line == 3
    assert str(skipped.reason).startswith("This row is longer than 131072 characters")


def test_nul_bytes(tmp_path: Path) -> None:
    text = CONNECTIONS.replace("Lena", "Le\0na") + "\0" * 50
    source = write_zip(tmp_path / "a.zip", {"Connections.csv": text})
    found = list(read(source))
    [connection] = [each for each in found if isinstance(each, Connection)]
    assert connection.person.name == "Lena Holz"
    assert any("NUL" in str(each.reason) for each in found if isinstance(each, Skipped))


def test_a_quotation_mark_never_closed(tmp_path: Path) -> None:
    text = CONNECTIONS.replace("Lena", '"Lena') + "Tom,Frei,05 Mar 2024\n"
    source = write_zip(tmp_path / "a.zip", {"Connections.csv": text})
    found = list(read(source))
    [connection] = [each for each in found if isinstance(each, Connection)]
    assert connection.person.name == "Tom Frei"
    assert FileRead("Connections.csv", 2) in found
