"""Tries to break everything else that reads, with atheris; ``make fuzz`` runs it.

All of ``tests/odd_input.py``: what mail servers and LinkedIn's interface answer, single
importers, settings, letters, drafts, Parquet, unfinished readings. The first byte says
as what the rest is read. What it looks for: any error but a sentence for people, more
than ten seconds or 900 MB for one input. Every finding is written to a file that begins
with ``crash-``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

WATCHED = [
    "vorzimmer.addressbook",
    "vorzimmer.drafts.draft_file",
    "vorzimmer.importers",
    "vorzimmer.intake",
    "vorzimmer.linkedin",
    "vorzimmer.mail_numbers",
    "vorzimmer.portability",
    "vorzimmer.replies.template",
    "vorzimmer.settings",
    "vorzimmer.structure",
    "vorzimmer.unfinished",
]
with atheris.instrument_imports(include=WATCHED):
    from odd_input import READERS, SEEDS, read_as

LIMITS = ["-timeout=10", "-rss_limit_mb=900", "-max_len=20000"]
NAMES = tuple(READERS)


def try_one(data: bytes) -> None:
    """Read bytes as what the first of them says."""
    if data:
        read_as(NAMES[data[0] % len(NAMES)], data[1:])


def main() -> None:
    """Start from small inputs, in a folder that keeps what was found new."""
    corpus = Path(__file__).parent / "corpus" / "others"
    corpus.mkdir(parents=True, exist_ok=True)
    for name, pieces in SEEDS.items():
        start = bytes([NAMES.index(name)])
        (corpus / name).write_bytes(start + b"".join(pieces))
        try_one(start + b"".join(pieces))  # loads what is loaded once
    atheris.Setup([*sys.argv, *LIMITS, str(corpus)], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
