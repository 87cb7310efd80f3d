"""What screening says of one request, in the JSON form for programs; pure.

The same form on the command line and in the API. Points are nats, rounded to four
decimals; a score is the sum of the points that stand beside it, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import fsum
from typing import Annotated, TypedDict

import msgspec
from msgspec import Meta

from vorzimmer.bulk import Scored
from vorzimmer.cards import Card
from vorzimmer.model import (
    Action,
    Evidence,
    Kind,
    KindScore,
    OpenQuestion,
    Sentence,
    Tie,
    TieKind,
)
from vorzimmer.screening import probability_of
from vorzimmer.translation import translator

# A ten-thousandth of a nat moves a probability by at most 0.000025.
_DECIMALS = 4
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_EITHER = (
    "Log-odds in nats of advertising or danger, whichever of the two: one number to"
    " sort many requests by; no evidence is capped"
)
PRIOR_QUOTE = "how often requests are of this kind"


class EvidenceAnswer(TypedDict):
    """One thing that was found, with what it counts."""

    signal: Annotated[
        str,
        Meta(description='Name of the signal; "prior" is what holds before any look'),
    ]
    quote: Annotated[
        str, Meta(description="The words of the note, or a sentence that counts")
    ]
    span: Annotated[
        tuple[int, int] | None,
        Meta(description="Where the words stand in the note: [start, end) characters"),
    ]
    points: Annotated[
        float, Meta(description="Share in the score, in nats; negative speaks against")
    ]


class KindAnswer(TypedDict):
    """How much a request looks like one kind."""

    score: Annotated[
        float, Meta(description="Log-odds in nats: the sum of all points below")
    ]
    probability: Annotated[float, Meta(description="1 / (1 + e^-score)", ge=0, le=1)]
    evidence: Annotated[
        list[EvidenceAnswer], Meta(description="The prior, then the strongest first")
    ]


class TieAnswer(TypedDict):
    """One way in which the member knows the sender."""

    how: Annotated[TieKind, Meta(description="The way of knowing")]
    since: Annotated[str | None, Meta(description="First day of it, ISO 8601")]
    until: Annotated[str | None, Meta(description="Last day of it, ISO 8601")]
    count: Annotated[int | None, Meta(description="How many times: messages, skills")]
    detail: Annotated[str, Meta(description="A skill, a company, a school; or empty")]
    text: Annotated[str, Meta(description="The same as an English sentence")]


class QuestionAnswer(TypedDict):
    """The unknown fact whose answer would most likely change the action."""

    fact: Annotated[str, Meta(description="Field of the sender that is not known")]
    question: Annotated[str, Meta(description="The question in English")]
    likelihood: Annotated[
        float, Meta(description="How likely the answer changes the action", ge=0, le=1)
    ]
    changes_to: Annotated[Action, Meta(description="The action that it may become")]


class RequestAnswer(TypedDict):
    """What screening says of one request, as one line of JSON."""

    id: Annotated[str, Meta(description="The request's own id")]
    kinds: Annotated[
        dict[Kind, KindAnswer], Meta(description="All nine kinds, by name")
    ]
    solicitation_or_danger: Annotated[float | None, Meta(description=_EITHER)]
    known_from: Annotated[
        list[TieAnswer], Meta(description="How the member knows the sender")
    ]
    open_question: Annotated[
        QuestionAnswer | None, Meta(description="What to look up; null when nothing")
    ]
    language: Annotated[
        str | None,
        Meta(description="Of the note, ISO 639-1; null when too short or not sure"),
    ]
    action: Annotated[Action, Meta(description="What the policy proposes")]
    clause: Annotated[
        str, Meta(description='The clause that says so; "otherwise" when none applies')
    ]


class ScoreAnswer(TypedDict):
    """What a request scores, without the evidence, as one line of JSON."""

    id: Annotated[str, Meta(description="The request's own id")]
    scores: Annotated[
        dict[Kind, float], Meta(description="Log-odds in nats, by kind, four decimals")
    ]
    solicitation_or_danger: Annotated[float | None, Meta(description=_EITHER)]
    action: Annotated[Action, Meta(description="What the policy proposes")]
    clause: Annotated[
        str, Meta(description='The clause that says so; "otherwise" when none applies')
    ]


def score_answer(scored: Scored) -> ScoreAnswer:
    """Return the JSON form of what a request scores."""
    return {
        "id": scored.request_id,
        "scores": {
            kind: round(score, _DECIMALS) for kind, score in scored.scores.items()
        },
        "solicitation_or_danger": _either(scored.solicitation_or_danger),
        "action": scored.proposal.action,
        "clause": scored.proposal.clause,
    }


def answer(card: Card, *, language: str | None) -> RequestAnswer:
    """Return the JSON form of all that is said of a request.

    Args:
        card: The request.
        language: Of its note; ``None`` when it is not sure.
    """
    ties = zip(card.assessment.known_from, card.known_from, strict=True)
    return {
        "id": card.request.id,
        "kinds": {kind: _kind(card.assessment.kinds[kind]) for kind in Kind},
        "solicitation_or_danger": _either(card.glance.solicitation_or_danger),
        "known_from": [_tie(tie, words) for tie, words in ties],
        "open_question": _question(card.question) if card.question else None,
        "language": language,
        "action": card.proposal.action,
        "clause": card.proposal.clause,
    }


def json_line(answered: Mapping[str, object]) -> str:
    """Return an answer as one line of JSON, with its end.

    Characters at which some programs end a line, or which a terminal obeys, are
    written as escapes; all others, umlauts too, as they are.
    """
    line = msgspec.json.encode(answered).decode()
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign.group()):04x}", line) + "\n"


def _either(score: float | None) -> float | None:
    return None if score is None else round(score, _DECIMALS)


def _kind(found: KindScore) -> KindAnswer:
    prior = Evidence("prior", found.prior, PRIOR_QUOTE)
    evidence = [_evidence(each) for each in (prior, *found.evidence)]
    score = round(fsum(each["points"] for each in evidence), _DECIMALS)
    return {
        "score": score,
        "probability": round(probability_of(score), 6),
        "evidence": evidence,
    }


def _evidence(found: Evidence) -> EvidenceAnswer:
    return {
        "signal": found.signal,
        "quote": translator("en").say(found.quote),
        "span": found.span,
        "points": round(found.points, _DECIMALS),
    }


def _tie(tie: Tie, words: Sentence) -> TieAnswer:
    return {
        "how": tie.kind,
        "since": tie.since.isoformat() if tie.since else None,
        "until": tie.until.isoformat() if tie.until else None,
        "count": tie.count,
        "detail": tie.detail,
        "text": translator("en").say(words),
    }


def _question(question: OpenQuestion) -> QuestionAnswer:
    return {
        "fact": question.fact,
        "question": translator("en").fact_question(question.fact),
        "likelihood": question.likelihood,
        "changes_to": question.changes_to,
    }
