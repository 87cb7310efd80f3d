"""Measures how long one label and one correction take to be learned."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.campaigns import Groups
from vorzimmer.cards import make_screening
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.learning import Label, Learner, Lesson, make_lesson
from vorzimmer.lessons import labels_of_correction
from vorzimmer.model import ContactRequest, Kind, Member, Person
from vorzimmer.signals import all_signals

HELD = (50, 200, 500)
ROUNDS = 50
NOTES = (
    "Guten Tag, wir beraten Betriebe in {place}: hätten Sie 15 Minuten für mich?",
    "Hallo, wir haben uns in {place} auf der Tagung gesprochen. Gruß, Nummer {number}",
    "I help {number} teams in {place} to double their sales. Book a free call?",
    "Ich möchte mein Netzwerk in {place} erweitern und freue mich auf den Kontakt.",
    "We are hiring {number} engineers in {place}; does that sound interesting to you?",
)
# By the desk's groups these would be five cases; here, each is one of its own.
UNLIKE = Groups({}, {})
PLACES = ("Ulm", "Kiel", "Graz", "Bern", "Jena", "Leeds", "Linz", "Celle", "Essen")


def requests(count: int) -> Iterator[ContactRequest]:
    """Yield requests whose notes differ."""
    for number in range(count):
        place = f"{PLACES[number % len(PLACES)]} {number}"
        note = NOTES[number % len(NOTES)].format(place=place, number=number)
        sender = Person(profile_url=f"https://network.example/in/{number}")
        yield ContactRequest(id=str(number), sender=sender, note=note)


def lessons(count: int, *, whole: bool) -> list[Lesson]:
    """Return lessons, each of one label, or of a whole correction."""
    screening = make_screening(
        book=shipped_phrasebook(),
        member=Member(),
        acquaintance=Acquaintance((), Member()),
        weights={},
    )
    kinds = (Kind.SOLICITATION, Kind.PERSONAL, Kind.SOLICITATION, Kind.COLLECTOR)
    made: list[Lesson] = []
    for at, screened in enumerate(screening.screen(list(requests(count)))):
        kind = kinds[at % len(kinds)]
        labels: Sequence[Label] = [
            Label(Kind.SOLICITATION, holds=kind is Kind.SOLICITATION)
        ]
        if whole:
            labels = labels_of_correction(kind)
        made.append(
            make_lesson(screened.request, screened.found, labels, groups=UNLIKE)
        )
    return made


def milliseconds(held: int, *, whole: bool) -> float:
    """Return the best time to learn one more when so many are held."""
    known = lessons(held + ROUNDS, whole=whole)
    learner = Learner(all_signals())
    learner.hold(known[ROUNDS:])
    learner.learned()
    spent: list[float] = []
    gc.disable()
    for lesson in known[:ROUNDS]:
        started = time.process_time()
        learner.put(lesson)
        learner.learned()
        spent.append(time.process_time() - started)
        learner.drop(lesson.request_id)
    gc.enable()
    return 1_000 * min(spent)


def measure() -> dict[str, float]:
    """Print and return what one label and one correction take, in milliseconds."""
    measured: dict[str, float] = {}
    for held in HELD:
        label, whole = (milliseconds(held, whole=each) for each in (False, True))
        measured |= {f"label_{held}": label, f"correction_{held}": whole}
        print(f"{held:>7,} held: one label {label:.2f} ms, a correction {whole:.2f} ms")
    return measured


if __name__ == "__main__":
    measure()
