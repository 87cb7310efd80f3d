"""Everything that reads what comes from outside, each as one function of bytes.

``test_odd_input`` throws odd bytes at each for a moment, ``fuzz/fuzz_others.py`` for as
long as one likes. Whatever comes, a sentence for people is the worst that may happen.
"""

from __future__ import annotations

import imaplib
import json
from collections.abc import Callable, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import patch

from vorzimmer.contact_card import read_card
from vorzimmer.drafts.draft_file import read_draft, read_recipient
from vorzimmer.errors import VorzimmerError
from vorzimmer.importers import imap, imap_sent, portability, read_files
from vorzimmer.intake import gather
from vorzimmer.links import find_links
from vorzimmer.mailbox import Mailbox
from vorzimmer.mails import read_mail
from vorzimmer.nonmembers import advise, sentences
from vorzimmer.pasted import read_paste
from vorzimmer.policy_file import read_policy
from vorzimmer.portability.client import Client
from vorzimmer.portability.spool import Spool
from vorzimmer.replies.template import read_template
from vorzimmer.settings import read_settings
from vorzimmer.streams import open_rows, read_chunk
from vorzimmer.structure import structure
from vorzimmer.unfinished import Unfinished

Reader = Callable[[bytes], object]
_NOW = 1_793_491_200_000
_BOX = Mailbox(name="x", host="mail.example", user="x")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def in_a_file(name: str, read: Callable[[Path], object]) -> Reader:
    """Return a reader that writes its bytes into a file of a name first."""
    place = TemporaryDirectory(prefix="vorzimmer-odd-")

    def read_bytes(data: bytes) -> None:
        file = Path(place.name) / name
        file.write_bytes(data)
        read(file)

    return read_bytes


def _importer(name: str, file: str) -> Reader:
    return in_a_file(file, lambda path: gather(read_files(path, names=(name,))))


def _rows(path: Path) -> None:
    with open_rows(path, path.name) as rows:
        for chunk in rows.chunks:
            for each in read_chunk(chunk):
                assert each is not None


class _Interface:
    """Answers as LinkedIn's interface would, with whatever it is given."""

    address = "https://api.example"

    def __init__(self, data: bytes) -> None:
        self._answers = iter(data.split(b"\0"))

    def get(self, _: str, __: Mapping[str, str]) -> dict[str, Any] | None:
        try:
            answer = json.loads(next(self._answers, b"null"))
        except (ValueError, RecursionError):
            return None
        return answer if isinstance(answer, dict) else None

    def post(self, _: str) -> None:
        pass


def _interface(data: bytes) -> None:
    client = cast("Client", _Interface(data))
    gather(portability.read(client, portability.Wish(now=_NOW)))


class _Server:
    """Answers as a mail server would, with whatever it is given."""

    def __init__(self, data: bytes) -> None:
        self._answers = iter(data.split(b"\0"))
        self.folder = SimpleNamespace(set=lambda *_, **__: None)
        self.client = self

    def response(self, name: str) -> tuple[str, list[bytes | None]]:
        return name, [next(self._answers, None)]

    def uid(self, command: str, *_: str) -> tuple[str, list[Any]]:
        found = next(self._answers, b"")
        if command == "SEARCH":
            return "OK", [found]
        head, __, body = found.partition(b"\n")
        return "OK", [(head, body), b")"]


def _mail_server(source: Any, data: bytes) -> None:  # noqa: ANN401 - a module
    @contextmanager
    def session(*_: object) -> Any:  # noqa: ANN401 - what stands in for a mailbox
        yield _Server(data)

    cursor = _text(data.partition(b"\0")[0])
    with patch.object(source, "session", session), suppress(imaplib.IMAP4.error):
        gather(source.read(_BOX, password="", cursor=cursor))


def _spool(path: Path) -> None:
    with Spool(path) as spool:
        spool.begin(owner="me", now=_NOW)
        assert len(list(spool.pages("INBOX"))) < 1_000


def _unfinished(path: Path) -> None:
    with Unfinished(path) as unfinished:
        gather(unfinished.watched([]))


READERS: Mapping[str, Reader] = {
    "archive": _importer("linkedin_archive", "archive.zip"),
    "archive_table": _importer("linkedin_archive", "messages.csv"),
    "vcard": _importer("vcard", "people.vcf"),
    "contacts_csv": _importer("contacts_csv", "people.csv"),
    "calendar": _importer("calendar", "days.ics"),
    "sent_mail": _importer("sent_mail", "Sent.mbox"),
    "mail_files": _importer("mail_files", "box.mbox"),
    "mail": lambda data: read_mail(data, trusted=["mx.example"]),
    "imap": partial(_mail_server, imap),
    "imap_sent": partial(_mail_server, imap_sent),
    "portability": _interface,
    "paste": lambda data: read_paste(_text(data), member="Ida Holm"),
    "json_lines": in_a_file("rows.jsonl", _rows),
    "parquet": in_a_file("rows.parquet", _rows),
    "nonmember": lambda data: sentences(advise(data)),
    "structure": in_a_file("Invitations.csv", lambda path: list(structure(path))),
    "settings": in_a_file("s.toml", lambda p: read_settings(p, environment={})),
    "policy": lambda data: read_policy("odd", _text(data), file="odd.toml"),
    "letter": lambda data: read_template("odd.en", _text(data), file="odd.en.txt"),
    "draft": read_draft,
    "recipient": read_recipient,
    "contact_card": read_card,
    "links": lambda data: find_links(_text(data)),
    "spool": in_a_file("spool", _spool),
    "unfinished": in_a_file("unfinished", _unfinished),
}
"""By a name; that of the importer where it is one."""

SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "archive_table": (b"CONVERSATION ID,FROM,TO,DATE,CONTENT\n", b"1,A,B,2026-01-02"),
    "vcard": (b"BEGIN:VCARD\n", b"N:Moor;Ida\n", b"EMAIL:i@example.org\n"),
    "contacts_csv": (b"First Name;Last Name;E-mail 1 - Value\n", b"Ida;Moor;i@e.org"),
    "calendar": (b"BEGIN:VEVENT\n", b"DTSTART:20250102\n", b"RRULE:FREQ=DAILY\n"),
    "sent_mail": (b"From x\n", b"From: a@example.org\n", b"To: b@example.org\n\n"),
    "mail_files": (b"From x\n", b"From: invitations@linkedin.com\n", b"\n\n"),
    "mail": (b"From: invitations@linkedin.com\n", b"Content-Type: text/html\n\n"),
    "imap": (b"9999999999\0", b"7\0", b"1 2 3\0", b"1 (UID 1 BODY[] {9}\n", b"From: "),
    "imap_sent": (b"7\0", b"8\0", b"1 2\0", b"1 (UID 1 X {9}\nFrom: a@b.example\nTo: "),
    "portability": (
        b'{"elements":[{"snapshotData":[{"From":"A"}]}]}\0',
        b'{"elements":[]}\0',
        b'{"paging":{"links":[{"rel":"next","href":"/rest/x?start=1"}]}}\0',
        b'{"elements":[{"processedAt":1e400,"activity":null}]}\0',
    ),
    "json_lines": (b'{"id": "1", "note": "Hallo", "sender": {"name": "Ida"}}\n',),
    "parquet": (b"PAR1",),
    "nonmember": (b"From: x@linkedin.com\n", b"List-Unsubscribe: <mailto:a@b.c>\n"),
    "structure": (b"From,To,Sent At,Message,Direction\n", b'a,"b'),
    "settings": (b"[mailbox.home]\n", b'host = "a.example"\n', b"language = 7\n"),
    "policy": (b'otherwise = "hold"\n', b"[[clause]]\n", b'name = "a"\n'),
    "letter": (b"---\n", b"title = 1\n", b"{{ sender.name }}", b"{% if "),
    "draft": (b'{"text": "Guten Tag"', b"}", b', "recipient": {}'),
    "recipient": (b'{"name": "Ida"', b"}", b', "card": {}'),
    "contact_card": (b'{"vorzimmer_contact_card": 1', b', "welcome": []', b"}"),
    "links": (b"https://", b"example.org/", b"www."),
    "spool": (b'{"form": 1, "owner": "me", "begun": 1793491200000}\n', b'{"domain": '),
    "unfinished": (b"\0\0\0\2",),
}
"""Pieces of what each reads, for odd bytes to begin with."""


def read_as(name: str, data: bytes) -> None:
    """Read bytes as one thing; a sentence for people is no mistake."""
    with suppress(VorzimmerError):
        READERS[name](data)
