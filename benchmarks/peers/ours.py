"""Vorzimmer itself, as shipped: it has learned already."""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from judging import badness, shipped_screening
from peers.asking import Answers, Lesson
from vorzimmer.classifier import shipped_classifier
from vorzimmer.model import ContactRequest, Kind
from vorzimmer.note import normal_form
from vorzimmer.screening import probability_of
from vorzimmer.shares import PRIORS

ALL_SIGNALS = "all signals"
_WARM_UP = 3_000
_BATCH = 1_000


class Ours:
    """The whole screening: all signals, all kinds."""

    name = "Vorzimmer"
    programs: tuple[str, ...] = ()

    def answer(
        self, lessons: Sequence[Lesson], texts: Sequence[str], folder: Path
    ) -> Answers:
        """See ``Peer``; lessons are only read to warm up."""
        del folder
        screening = shipped_screening()
        screening.screen(_requests([each.text for each in lessons[:_WARM_UP]]))
        started = time.process_time()
        scores = [
            badness(each.assessment)
            for start in range(0, len(texts), _BATCH)
            for each in screening.screen(_requests(texts[start : start + _BATCH]))
        ]
        seconds = time.process_time() - started
        return Answers({ALL_SIGNALS: scores}, seconds, version("vorzimmer"))


class OurTextModel:
    """The text model alone, its points added to the usual shares of the kinds."""

    name = "Vorzimmer, text model alone"
    programs: tuple[str, ...] = ()

    def answer(
        self, lessons: Sequence[Lesson], texts: Sequence[str], folder: Path
    ) -> Answers:
        """See ``Peer``; lessons are only read to warm up."""
        del folder
        classifier = shipped_classifier()
        classifier.read([normal_form(each.text) for each in lessons[:_WARM_UP]])
        started = time.process_time()
        found = classifier.read([normal_form(text) for text in texts])
        seconds = time.process_time() - started
        kinds = (Kind.DANGER, Kind.SOLICITATION)
        scores = [
            sum(probability_of(PRIORS[k] + each.points[k]) for k in kinds)
            if each
            else 0.0
            for each in found
        ]
        return Answers({"both together": scores}, seconds, version("vorzimmer"))


def _requests(texts: Sequence[str]) -> list[ContactRequest]:
    return [ContactRequest(id=str(at), note=text) for at, text in enumerate(texts)]
