"""Tries to break the reading of files with atheris; ``make fuzz`` runs it.

Archives, single tables, address books, calendars, JSON lines: the first byte says as
what the rest is read. What it looks for: any error but a sentence for people, more than
ten seconds or 700 MB for one file. Every finding is written to a file that begins with
``crash-``.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

WATCHED = [
    "vorzimmer.addressbook",
    "vorzimmer.archive",
    "vorzimmer.importers",
    "vorzimmer.intake",
    "vorzimmer.linkedin",
    "vorzimmer.sources",
]
with atheris.instrument_imports(include=WATCHED):
    from vorzimmer.errors import VorzimmerError
    from vorzimmer.sample import write_archive
    from vorzimmer.sources import take_in

LIMITS = ["-timeout=10", "-rss_limit_mb=700", "-max_len=20000"]
NAMES = (
    *("archive.zip", "Invitations.csv", "messages.csv", "Connections.csv"),
    *("Profile.csv", "ImportedContacts.csv", "people.vcf", "days.ics"),
    *("contacts.csv", "requests.jsonl", "positions.csv", "box.mbox"),
)
SEEDS: dict[str, bytes] = {
    "people.vcf": b"BEGIN:VCARD\nVERSION:3.0\nN:Moor;Ida\nEMAIL:i@example.org\n"
    b"END:VCARD",
    "days.ics": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20250102T090000Z\nRRULE:FREQ="
    b"WEEKLY;COUNT=3\nATTENDEE:mailto:i@example.org\nEND:VEVENT\nEND:VCALENDAR",
    "contacts.csv": b"First Name;Last Name;E-mail 1 - Value\nIda;Moor;i@example.org\n",
    "requests.jsonl": b'{"id": "1", "note": "Hallo", "sender": {"name": "Ida Moor"}}',
}


def corpus_of(folder: Path) -> Path:
    """Return a folder with files to start from, each behind the byte of its name."""
    folder.mkdir(parents=True, exist_ok=True)
    seeds = dict(SEEDS)
    with TemporaryDirectory() as place:
        archive = write_archive(Path(place))
        for file in sorted(archive.rglob("*.csv") if archive.is_dir() else ()):
            seeds[file.name] = file.read_bytes()[:4_000]
        if archive.is_file():
            seeds["archive.zip"] = archive.read_bytes()[:19_000]
    for name, content in seeds.items():
        if name in NAMES:
            start = bytes([NAMES.index(name)])
            (folder / name).write_bytes(start + content)
    return folder


def main() -> None:
    """Start from small files, in a folder that keeps what was found new."""
    corpus = corpus_of(Path(__file__).parent / "corpus" / "files")
    with TemporaryDirectory() as place:

        def try_one(data: bytes) -> None:
            source = Path(place) / NAMES[data[0] % len(NAMES)] if data else Path(place)
            if data:
                source.write_bytes(data[1:])
            with suppress(VorzimmerError):
                take_in(source)
            if data:
                source.unlink()

        atheris.Setup([*sys.argv, *LIMITS, str(corpus)], try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
