"""Makes mails of texts: the form in which the mail filters read them.

All mails are the same but for the text and the number of the message, so that nothing
else can be learned.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_HEAD = """\
From: Person <person@example.org>
To: member@example.net
Subject: Request
Date: Sun, 01 Nov 2026 12:00:00 +0000
Message-ID: <{name}.request.of.a.person@example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

"""


def mail(text: str, name: str) -> bytes:
    """Return a text as a mail.

    Args:
        text: What it says.
        name: Told apart by it; letters and digits.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
    return (_HEAD.format(name=name) + lines + "\n").encode("utf-8", "replace")


def write_mails(texts: Iterable[str], folder: Path, *, prefix: str) -> list[Path]:
    """Write a mail a file; return the files in the order of the texts."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, text in enumerate(texts):
        name = f"{prefix}{number:06d}"
        path = folder / name
        path.write_bytes(mail(text, name))
        paths.append(path)
    return paths
