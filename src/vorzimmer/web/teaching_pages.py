"""The page of what was learned: from what, what it moved, how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.languages import languages_of
from vorzimmer.model import ContactRequest, Kind
from vorzimmer.quality import (
    FEWEST_TELLING,
    Bin,
    Judged,
    KindFigures,
    Share,
    brier_score,
    calibration_error,
    confusion,
    figures,
    reliability,
    statements,
    unsure,
    worst,
)
from vorzimmer.screening import probability_of
from vorzimmer.shares import PRIORS
from vorzimmer.teaching import LearnedReport
from vorzimmer.web.office import Here, with_token

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

_MOST_LISTED = 200
_MOST_MISTAKES = 20
_FEWEST_LANGUAGES = 2
# The curve is drawn in a square of this size, in units of the drawing.
_SIDE = 200


@dataclass(frozen=True, slots=True)
class TakenView:
    """What requests were taken for, ready for the page.

    Attributes:
        language: Of their notes, its code; ``None`` where nobody knows, or of all.
        rows: What it is, and how often it was taken for what, in order of ``columns``.
    """

    language: str | None
    right: Share
    unsure: Share
    columns: tuple[Kind | None, ...]
    rows: tuple[tuple[Kind, tuple[int, ...], KindFigures], ...]


@dataclass(frozen=True, slots=True)
class QualityView:
    """How good screening is for what the member corrected, ready for the page.

    Attributes:
        taken: Of all requests.
        by_language: The same by language, the commonest first; none of one language.
        curve: Points of the reliability curve; none while there are too few.
        dots: The same, as places in the drawing, with a radius.
        mistakes: The worst, each with its request.
    """

    taken: TakenView
    by_language: tuple[TakenView, ...]
    brier: float | None
    off: float | None
    curve: tuple[Bin, ...]
    dots: tuple[tuple[float, float, float], ...]
    mistakes: tuple[tuple[Judged, ContactRequest], ...]


def quality_view(
    judged: Sequence[Judged], requests: dict[str, ContactRequest]
) -> QualityView:
    """Return the figures of what was judged, for the page."""
    said = statements(judged)
    curve = reliability(said)
    shown = tuple(curve) if len(judged) >= FEWEST_TELLING else ()
    return QualityView(
        taken=_taken(judged),
        by_language=_by_language(judged, requests),
        brier=brier_score(said),
        off=calibration_error(curve),
        curve=shown,
        dots=tuple(_dot(each, sum(b.true.count for b in shown)) for each in shown),
        mistakes=tuple(
            (each, requests[each.id]) for each in worst(judged, most=_MOST_MISTAKES)
        ),
    )


def _taken(judged: Sequence[Judged], language: str | None = None) -> TakenView:
    counted = confusion(judged)
    found = {found for _, found in counted}
    columns = (*(kind for kind in Kind if kind in found), None)
    truths = [kind for kind in Kind if any(truth is kind for truth, _ in counted)]
    return TakenView(
        language=language,
        right=Share(sum(each.is_right for each in judged), len(judged)),
        unsure=unsure(judged),
        columns=columns,
        rows=tuple(
            (
                truth,
                tuple(counted[truth, column] for column in columns),
                figures(judged, truth),
            )
            for truth in truths
        ),
    )


def _by_language(
    judged: Sequence[Judged], requests: dict[str, ContactRequest]
) -> tuple[TakenView, ...]:
    asked = [each for each in judged if each.id in requests]
    languages = languages_of([requests[each.id].note for each in asked])
    found: dict[str | None, list[Judged]] = {}
    for each, language in zip(asked, languages, strict=True):
        found.setdefault(language, []).append(each)
    if len(found) < _FEWEST_LANGUAGES:
        return ()
    ordered = sorted(found, key=lambda code: (-len(found[code]), code or ""))
    return tuple(_taken(found[code], code) for code in ordered)


def _dot(point: Bin, count: int) -> tuple[float, float, float]:
    share = point.true.value or 0.0
    radius = 3 + 5 * (point.true.count / count) ** 0.5
    return (
        round(_SIDE * point.said, 1),
        round(_SIDE * (1 - share), 1),
        round(radius, 1),
    )


def _quality(report: LearnedReport) -> tuple[QualityView, QualityView] | None:
    requests = {request.id: request for _, request in report.taught}
    if not report.shipped:
        return None
    return quality_view(report.shipped, requests), quality_view(report.own, requests)


@router.get("/learned")
def learned_page(request: Request, office: Here) -> Response:
    """Show what was learned, from what, and how good it is."""
    report = office.desk.teaching.report()
    priors = {
        kind: (probability_of(PRIORS[kind]), probability_of(PRIORS[kind] + shift))
        for kind, shift, _ in report.shifted
    }
    return office.page(
        request,
        "learned.html",
        report=report,
        listed=report.taught[:_MOST_LISTED],
        priors=priors,
        quality=_quality(report),
        side=_SIDE,
    )


@writes.post("/learned/one")
def change_one(
    office: Here,
    id: Annotated[str, Form(max_length=1_000)],  # noqa: A002 - the name of the form's field
    how: Annotated[Literal["back", "nothing"], Form()],
) -> Response:
    """Take back what was said of a request, or learn nothing from it any more."""
    if how == "back":
        office.desk.teaching.take_back(id)
    else:
        office.desk.teaching.correct(id, None)
    return RedirectResponse("/learned", status_code=303)


@writes.post("/learned/reset")
def reset(office: Here) -> Response:
    """Forget all that was learned."""
    office.desk.teaching.reset()
    return RedirectResponse("/learned", status_code=303)
