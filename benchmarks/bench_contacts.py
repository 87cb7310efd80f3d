"""Measures how fast address books and sent mail are indexed, and questions answered."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from many_contacts import write_cards, write_sent_mail
from memory import peak_megabytes
from vorzimmer.acquaintance import Acquaintance
from vorzimmer.desk import Desk
from vorzimmer.model import Member, Person, Tie
from vorzimmer.settings import Settings

QUESTIONS = 2_000


def measure(folder: Path, *, cards: int, mails: int) -> dict[str, float]:
    """Return seconds, megabytes, and milliseconds a question.

    Args:
        folder: Where to write; its own process, so that memory is its own.
        cards: How many vCards were written there, in two files.
        mails: How many mails were written there.
    """
    settings = Settings(database=str(folder / "desk.db"))
    started, cpu = time.perf_counter(), time.process_time()
    with Desk.open(settings) as desk:
        desk.import_from(folder / "contacts.vcf")
        cards_read = time.perf_counter()
        desk.import_from(folder / "Sent")
        mails_read = time.perf_counter()
        with desk._store.reading() as store:  # noqa: SLF001 - what is stored is the input
            ties = store.ties()
    index = Acquaintance(ties, Member(name="Katrin Brandt"))
    done = time.perf_counter()
    return {
        "cards": cards,
        "mails": mails,
        "ties": len(ties),
        "seconds": done - started,
        "cpu_s": time.process_time() - cpu,
        "cards_s": cards_read - started,
        "mails_s": mails_read - cards_read,
        "index_s": done - mails_read,
        "megabytes": peak_megabytes(),
        **_questions(index, ties),
    }


def _questions(index: Acquaintance, ties: list[Tie]) -> dict[str, float]:
    """Ask for people who are known by address, by name only, and not at all."""
    chance = random.Random(7)  # noqa: S311 - sample data, no secret
    asked = []
    for tie in chance.sample(ties, QUESTIONS // 2):
        person = tie.person
        asked.append(Person(name=person.name, email=person.email))
        asked.append(Person(name=person.name, company=person.company))
    times = []
    for person in asked:
        # Of the processor: a question is so short that any other program would show.
        started = time.process_time()
        index.look_up(person)
        times.append(time.process_time() - started)
    times.sort()
    return {
        "question_ms": 1000 * sum(times) / len(times),
        "slowest_99_ms": 1000 * times[len(times) * 99 // 100],
    }


def run(budget: dict[str, float]) -> list[str]:
    """Measure in a process of its own, print it, return what was not held."""
    with tempfile.TemporaryDirectory() as folder:
        cards, mails = int(budget["cards"]), int(budget["mails"])
        write_cards(Path(folder) / "contacts.vcf", cards)
        write_sent_mail(Path(folder) / "Sent", mails, people=cards)
        done = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, __file__, folder, str(cards), str(mails)],
            check=True,
            capture_output=True,
            text=True,
        )
    run: dict[str, float] = json.loads(done.stdout)
    print(
        f"{cards:,} vCards and {mails:,} sent mails: {run['seconds']:.1f} s "
        f"({run['cpu_s']:.1f} s of processor; cards {run['cards_s']:.1f}, mails "
        f"{run['mails_s']:.1f}, index {run['index_s']:.1f}), "
        f"{run['megabytes']:.0f} MB, {int(run['ties']):,} ties; "
        f"{run['question_ms']:.3f} ms a question, 99 of 100 below "
        f"{run['slowest_99_ms']:.3f} ms"
    )
    return [
        f"contacts, {name}: {run[name]:.2f}, more than {budget[name]}"
        for name in ("seconds", "megabytes", "question_ms")
        if run[name] > budget[name]
    ]


if __name__ == "__main__":
    print(
        json.dumps(
            measure(Path(sys.argv[1]), cards=int(sys.argv[2]), mails=int(sys.argv[3]))
        )
    )
