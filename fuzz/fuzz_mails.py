"""Tries to break the reading of mails with atheris; ``make fuzz`` runs it.

What it looks for: any error, more than five seconds or 500 MB for one mail, a token
that is kept. Every finding is written to a file that begins with ``crash-``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

with atheris.instrument_imports(include=["vorzimmer.mails", "vorzimmer.nonmembers"]):
    from network_mails import SERVER, raw, samples
    from vorzimmer.mails import read_mail
    from vorzimmer.nonmembers import advise, sentences

LIMITS = ["-timeout=5", "-rss_limit_mb=500", "-max_len=20000"]


def try_one(data: bytes) -> None:
    """Read one mail, as it is and below an honest head."""
    for mail in (data, b"From: LinkedIn <invitations@linkedin.com>\n" + data):
        read = read_mail(mail, trusted=[SERVER])
        for notice in read.notices:
            kept = (notice.note or "").casefold(), notice.sender.profile_url or ""
            if "/sharedkey/" in kept[0] or "?" in kept[1]:
                message = f"kept: {kept}"
                raise AssertionError(message)
    sentences(advise(data))


def main() -> None:
    """Start from the sample mails, in a folder that keeps what was found new."""
    corpus = Path(__file__).parent / "corpus" / "mails"
    corpus.mkdir(parents=True, exist_ok=True)
    for name, sample in samples().items():
        (corpus / name).write_bytes(raw(sample))
    atheris.Setup([*sys.argv, *LIMITS, str(corpus)], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
