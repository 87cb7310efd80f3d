"""Vorzimmer itself, as shipped: it has learned already."""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from judging import shipped_screening
from peers.asking import Answers, Asked, Lesson
from vorzimmer.bulk import BATCH, Scores
from vorzimmer.classifier import shipped_classifier
from vorzimmer.collection import held_back
from vorzimmer.model import ContactRequest
from vorzimmer.note import normal_form
from vorzimmer.policy_file import preset_policy
from vorzimmer.solicitation_or_danger import by_words

ALL_SIGNALS = "all signals"
_WARM_UP = 3_000
_POLICY = "ask-back"


class Ours:
    """The whole screening for scores: all signals, all kinds, policy and action.

    In bulk, as for a file of requests, since a score is what the others give, too.
    """

    name = "Vorzimmer"
    programs: tuple[str, ...] = ()

    def answer(self, lessons: Sequence[Lesson], asked: Asked, folder: Path) -> Answers:
        """See ``Peer``; lessons are only read to warm up."""
        del folder
        scores_of = Scores(shipped_screening(), preset_policy(_POLICY)).of
        scores_of(_requests([each.text for each in lessons[:_WARM_UP]]))

        def ask(texts: Sequence[str]) -> tuple[list[float], float]:
            with held_back():  # as when a file is screened
                started = time.process_time()
                scores = [
                    each.solicitation_or_danger or 0.0
                    for start in range(0, len(texts), BATCH)
                    for each in scores_of(_requests(texts[start : start + BATCH]))
                ]
                return scores, time.process_time() - started

        scores, seconds = ask(asked.texts)
        _, seconds_of_notes = ask(asked.notes)
        found = version("vorzimmer")
        return Answers({ALL_SIGNALS: scores}, seconds, seconds_of_notes, found)


class OurTextModel:
    """The text model alone, its points added to the usual shares of the kinds."""

    name = "Vorzimmer, text model alone"
    programs: tuple[str, ...] = ()

    def answer(self, lessons: Sequence[Lesson], asked: Asked, folder: Path) -> Answers:
        """See ``Peer``; lessons are only read to warm up."""
        del folder
        classifier = shipped_classifier()
        classifier.read([normal_form(each.text) for each in lessons[:_WARM_UP]])

        def ask(texts: Sequence[str]) -> tuple[list[float], float]:
            started = time.process_time()
            read = classifier.read([normal_form(text) for text in texts])
            seconds = time.process_time() - started
            return [by_words(each) for each in read], seconds

        scores, seconds = ask(asked.texts)
        _, seconds_of_notes = ask(asked.notes)
        found = version("vorzimmer")
        return Answers({"both together": scores}, seconds, seconds_of_notes, found)


def _requests(texts: Sequence[str]) -> list[ContactRequest]:
    return [ContactRequest(id=str(at), note=text) for at, text in enumerate(texts)]
