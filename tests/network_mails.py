"""Notification mails of our own writing, and how they look on the wire."""

from __future__ import annotations

import base64
import quopri
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

MAILS = Path(__file__).parent / "mails"
TOKEN = "SECRET"  # noqa: S105 - it is none
"""Stands in everything in these mails that must never be kept."""

# The mailbox provider of all these mails, and what it writes about honest ones.
SERVER = "mx.mailbox.example"
_NETWORKS = {"linkedin": "linkedin.com", "xing": "xing.com"}
_PASSED = "dkim=pass header.d={0} header.s=k1; spf=pass; dmarc=pass header.from={0}"
_DATE = "Wed, 4 Nov 2026 09:30:00 +0100"


@cache
def samples() -> dict[str, dict[str, Any]]:
    """Return all sample mails by file and name, with what they have to give."""
    found = {}
    for path in sorted(MAILS.glob("*.toml")):
        for name, sample in tomllib.loads(path.read_text("utf-8")).items():
            network = "" if sample.get("network") == "" else _network(sample)
            found[f"{path.stem}-{name}"] = {"network": network, **sample}
    return found


def _network(sample: dict[str, Any]) -> str:
    sender = f"{sample['from']} {sample['subject']} {sample.get('template', '')}"
    return "xing" if "xing" in sender.casefold() else "linkedin"


def raw(sample: dict[str, Any]) -> bytes:
    """Return a sample as it arrives in a mailbox."""
    number = sum(map(ord, sample["subject"] + sample["from"]))
    server = sample.get("server", SERVER)
    passed = _PASSED.format(_NETWORKS.get(sample["network"], "example.org"))
    head = [
        f"Received: from out.example by {SERVER}\r\n\twith ESMTPS; {_DATE}",
        f"Authentication-Results: {server};\r\n\t{sample.get('auth', passed)}",
        f"From: {sample['from']}",
        "To: Katrin Brandt <katrin@example.org>",
        f"Subject: {sample['subject']}",
        f"Date: {sample.get('date', _DATE)}",
        f"Message-ID: <{number}@mail.example>",
        "MIME-Version: 1.0",
    ]
    named = {
        "second_from": "From",
        "template": "X-LinkedIn-Template",
        "class": "X-LinkedIn-Class",
        "unsubscribe": "List-Unsubscribe",
        "unsubscribe_post": "List-Unsubscribe-Post",
    }
    head += [f"{name}: {sample[key]}" for key, name in named.items() if key in sample]
    return "\r\n".join(head).encode() + b"\r\n" + _body(sample)


def _body(sample: dict[str, Any]) -> bytes:
    parts = [_part(sample, kind) for kind in ("text", "html") if kind in sample]
    if len(parts) == 1:
        return parts[0]
    mark = b"----=_Part_7_1936"
    pieces = b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts)
    return (
        b'Content-Type: multipart/alternative;\r\n boundary="' + mark + b'"\r\n\r\n'
        b"This is a mail of several parts.\r\n" + pieces + b"--" + mark + b"--\r\n"
    )


def _part(sample: dict[str, Any], kind: str) -> bytes:
    subtype = {"text": "plain", "html": "html"}[kind]
    charset = sample.get("charset", "UTF-8")
    encoding = sample.get("encoding", "8bit")
    data: bytes = sample[kind].lstrip("\n").encode(sample.get("bytes_in", "utf-8"))
    if encoding == "base64":
        data = base64.encodebytes(data)
    elif encoding == "quoted-printable":
        data = quopri.encodestring(data)
    head = (
        f"Content-Type: text/{subtype}; charset={charset}\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + data.replace(b"\n", b"\r\n")
