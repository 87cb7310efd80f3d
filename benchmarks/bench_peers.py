"""Asks mail filters and a plain model the same as ours; writes docs/reference/peers.md.

All learn from our own training text, and are asked in one run about public texts, and
about notes as the benchmark of throughput has them.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from judging import BAD, told
from peers.asked_texts import as_texts, choose, throughput_notes, trials
from peers.asking import Answers, Asked, Lesson, Peer, PeerError
from peers.bogofilter import Bogofilter
from peers.installing import install, missing
from peers.ours import Ours, OurTextModel
from peers.peers_page import Run, peers_page
from peers.rspamd import Rspamd
from peers.spamassassin import SpamAssassin
from peers.tfidf import TfIdf
from public_data import MISSING, read_public_notes, read_public_texts
from training_text import read_notes
from vorzimmer.bulk import BATCH

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "peers.md"
# Ours comes first: the page compares the others with it.
OURS: tuple[Peer, ...] = (Ours(), OurTextModel())
PEERS: dict[str, Peer] = {
    "tfidf": TfIdf(),
    "bogofilter": Bogofilter(),
    "rspamd": Rspamd(),
    "spamassassin": SpamAssassin(),
}
# SpamAssassin reads some twenty mails a second.
MOST = 300
_ENDED = 143  # the status of who was told to end


def lessons() -> list[Lesson]:
    """Return what all learn from: our training text, as bad or good."""
    return [
        Lesson(note.text, not note.kinds.isdisjoint(BAD))
        for note in read_notes()
        if note.text.strip()
    ]


def ask(
    peers: Sequence[Peer], learned: Sequence[Lesson], asked: Asked
) -> tuple[dict[str, Answers], dict[str, str]]:
    """Return what the peers answer, and why others did not.

    Args:
        peers: Whom to ask, one after the other.
        learned: What they learn from.
        asked: What they are asked about.
    """
    answers: dict[str, Answers] = {}
    left_out: dict[str, str] = {}
    for peer in peers:
        if lacking := missing(peer.programs):
            left_out[peer.name] = f"not installed ({', '.join(lacking)})"
            told(f"{peer.name}: {left_out[peer.name]}")
            continue
        started = time.monotonic()
        with TemporaryDirectory(prefix="peer-") as folder:
            try:
                answers[peer.name] = peer.answer(learned, asked, Path(folder))
            except PeerError as error:
                left_out[peer.name] = str(error)
                told(f"{peer.name}: {error}")
                continue
        passed = time.monotonic() - started
        told(
            f"{peer.name}: {len(asked.texts):,} texts and {len(asked.notes):,} notes,"
            f" {passed:.0f} seconds with learning"
        )
    return answers, left_out


def _some(words: str) -> int:
    if (count := int(words)) < 1:
        reason = "at least one is needed"
        raise argparse.ArgumentTypeError(reason)
    return count


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, write; return the exit status."""
    # Whoever ends this means the daemons too: an exception stops them, a signal not.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_ENDED))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=MOST, help="of a source at most")
    parser.add_argument("--notes", type=_some, default=BATCH, help="to time")
    parser.add_argument("--only", action="append", choices=PEERS, help="whom to ask")
    chosen = parser.parse_args(arguments)
    public = choose(read_public_texts(), chosen.texts) + as_texts(read_public_notes())
    if not public:
        print(MISSING)
        return 0
    peers = [PEERS[name] for name in PEERS if name in (chosen.only or PEERS)]
    install(program for peer in peers for program in peer.programs)
    learned = lessons()
    asked = Asked([each.text for each in public], throughput_notes(chosen.notes))
    answers, left_out = ask([*OURS, *peers], learned, asked)
    options = [f"--texts {chosen.texts}"] if chosen.texts != MOST else []
    options += [f"--notes {chosen.notes}"] if chosen.notes != BATCH else []
    options += [f"--only {name}" for name in chosen.only or ()]
    run = Run(
        trials=trials(public),
        answers=answers,
        left_out=left_out,
        asked=asked,
        lessons=(len(learned), sum(each.is_bad for each in learned)),
        most=chosen.texts,
        command="make bench-peers" + (f' PEERS="{" ".join(options)}"' * bool(options)),
    )
    PAGE.write_text(peers_page(run), "utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
