"""What the pages show, made from what the desk says; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from math import isclose

from vorzimmer.adding_up import BOUNDS
from vorzimmer.cards import ASKABLE, Card, Session
from vorzimmer.errors import VorzimmerError
from vorzimmer.foreign import LEARNED
from vorzimmer.languages import language_of
from vorzimmer.model import Action, Answer, Kind, KindScore, say
from vorzimmer.signal import Group
from vorzimmer.signals import signals_by_name
from vorzimmer.web.marked_note import Exhibit, Piece, cut, number_exhibits

# The actions in the order of the page, each with its key.
KEYS: dict[Action, str] = {
    Action.ACCEPT: "a",
    Action.ASK: "s",
    Action.ANSWER: "w",
    Action.DECLINE: "d",
    Action.IGNORE: "i",
    Action.REPORT_UNKNOWN: "u",
    Action.REPORT_SPAM: "x",
    Action.BLOCK: "b",
    Action.REMOVE: "r",
    Action.HOLD: "h",
}
# With words that the person copies and sends; it waits until that is done.
WITH_WORDS = frozenset({Action.ASK, Action.ANSWER, Action.DECLINE})
# What may stand in an empty field, so that it is clear what is wanted.
EXAMPLES = {"contacts_count": "250", "mutual_contacts_count": "3"}
NETWORKS = {"linkedin": "LinkedIn", "xing": "XING"}
# A session of thousands is listed around the request in hand.
_LISTED = 80
# A change of probability that one can see.
_VISIBLE = 0.005
# Points that are scaled to a cap add up to it but for rounding.
_SAME = 1e-6

NO_NUMBER = say("Please type a whole number, for example 250.")
NO_DAY = say("Please choose a day.")
NO_TEXT = say("Please type what the profile shows.")
NO_YES = say("Please answer with yes or no.")


class EntryError(VorzimmerError):
    """Something typed in that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind with its probability and everything that it rests on.

    Attributes:
        before: The probability before the last answer, if it changed.
    """

    kind: Kind
    score: KindScore
    exhibits: tuple[Exhibit, ...]
    before: float | None = None

    @property
    def is_at_most(self) -> bool:
        """Whether all that speaks for it is one part of the request, at its cap.

        However much more of the same were found, the probability would stay.
        """
        points: dict[Group, float] = defaultdict(float)
        signals = signals_by_name()
        for each in self.score.evidence:
            if each.signal in signals:
                points[signals[each.signal].group] += each.points
        own = [group for group, total in points.items() if total > 0]
        return len(own) == 1 and isclose(
            points[own[0]], BOUNDS[self.kind][own[0]][1], abs_tol=_SAME
        )


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request, ready for the page.

    Attributes:
        findings: Kinds that something speaks for, or likelier than not; likeliest
            first.
        without: Kinds that nothing speaks for.
        asked: Facts that are unknown and can be typed in, but the open question.
        before: The action proposed before the last answer, if it changed.
        language: Of the note, ISO 639-1; ``None`` when it is not sure.
        is_read: Whether the member reads it; ``None`` when that is not known.
    """

    card: Card
    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...]
    without: tuple[Kind, ...]
    asked: tuple[str, ...]
    before: Action | None = None
    language: str | None = None
    is_read: bool | None = None

    @property
    def is_judged(self) -> bool:
        """Whether the text model reads the language of the note."""
        return self.language is None or self.language in LEARNED

    @property
    def facts(self) -> tuple[tuple[str, Answer], ...]:
        """What is known of the sender beside name and headline, in a fixed order."""
        sender = self.card.request.sender
        names = ("company", "position", "location", "country", *ASKABLE)
        found = {
            name: getattr(sender, name)
            for name in names
            if name != "headline" and getattr(sender, name) not in {None, ""}
        }
        return tuple(found.items())


def view(
    card: Card, earlier: Card | None = None, *, reads: Collection[str] = ()
) -> RequestView:
    """Return a request for the page.

    Args:
        card: What to show.
        earlier: The same request before the member's last answer.
        reads: Codes of the languages that the member reads; none is not known.
    """
    note = card.request.note or ""
    kinds = card.assessment.kinds
    # What only speaks against a kind would cover the note with marks.
    shown = {
        kind
        for kind, score in kinds.items()
        if score.score > 0
        or any(each.points > 0 for each in score.evidence)
        or _changed(kind, score, earlier)
    }
    exhibits = number_exhibits(
        (
            (kind, each)
            for kind in kinds
            if kind in shown
            for each in kinds[kind].evidence
        ),
        note,
    )
    findings = [
        Finding(
            kind,
            score,
            tuple(each for each in exhibits if each.kind is kind),
            _changed(kind, score, earlier),
        )
        for kind, score in kinds.items()
        if kind in shown
    ]
    findings.sort(key=lambda each: -each.score.score)
    question = card.question.fact if card.question else ""
    sender = card.request.sender
    unknown = (fact for fact in ASKABLE if getattr(sender, fact) is None)
    before = earlier.proposal.action if earlier else None
    language = language_of(note)
    return RequestView(
        card=card,
        pieces=cut(note, exhibits),
        findings=tuple(findings),
        without=tuple(kind for kind in kinds if kind not in shown),
        asked=tuple(fact for fact in unknown if fact != question),
        before=before if before is not card.proposal.action else None,
        language=language,
        is_read=language in reads if language and reads else None,
    )


def _changed(kind: Kind, score: KindScore, earlier: Card | None) -> float | None:
    if earlier is None:
        return None
    before = earlier.assessment.probability(kind)
    return before if abs(before - score.probability) > _VISIBLE else None


@dataclass(frozen=True, slots=True)
class Round:
    """The open requests in the order in which the member goes through them."""

    session: Session

    @classmethod
    def of(cls, session: Session) -> Round:
        """Return the round through a session, group by group."""
        return cls(session)

    @property
    def cards(self) -> tuple[Card, ...]:
        """All of them."""
        return self.session.way

    def place(self, request_id: str) -> int | None:
        """Return where a request stands, from 0; ``None`` when it is not open."""
        return self.session.places.get(request_id)

    def neighbour(self, request_id: str, step: int) -> str | None:
        """Return the request ``step`` places on, ``None`` beyond the ends."""
        place = self.place(request_id)
        if place is None or not 0 <= place + step < len(self.cards):
            return None
        return self.cards[place + step].request.id

    def after(self, request_id: str, now: Round) -> str | None:
        """Return which request is next after one was decided.

        Args:
            request_id: The decided one.
            now: The round after the decision.
        """
        place = self.place(request_id) or 0
        cards, open_now = self.cards, now.session.places
        order = chain(range(place + 1, len(cards)), range(place - 1, -1, -1))
        ids = chain((cards[each].request.id for each in order), [request_id])
        return next((each for each in ids if each in open_now), None)


def listed(cards: Sequence[Card], place: int) -> tuple[Card, ...]:
    """Return the part of a group that is listed: all, or those around a place."""
    start = max(0, min(place - _LISTED // 2, len(cards) - _LISTED))
    return tuple(cards[start : start + _LISTED])


def read_answer(fact: str, value: str) -> Answer:
    """Return what the member typed in for a fact.

    Raises:
        EntryError: It cannot be understood.
    """
    wanted = ASKABLE.get(fact)
    value = value.strip()
    if wanted is bool:
        return _yes_or_no(value)
    if wanted is int:
        digits = value.translate(str.maketrans("", "", " .,'’+\u00a0\u202f"))
        if not digits.isascii() or not digits.isdecimal() or len(digits) > 7:
            raise EntryError(NO_NUMBER)
        return int(digits)
    if wanted is date:
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise EntryError(NO_DAY) from error
    if not value:
        raise EntryError(NO_TEXT)
    return value


def _yes_or_no(value: str) -> bool:
    answers: Mapping[str, bool] = {"yes": True, "no": False}
    if value not in answers:
        raise EntryError(NO_YES)
    return answers[value]


def form_of(fact: str) -> str:
    """Return how a fact is asked for: yesno, number, day or text."""
    forms: Mapping[object, str] = {bool: "yesno", int: "number", date: "day"}
    return forms.get(ASKABLE.get(fact), "text")
