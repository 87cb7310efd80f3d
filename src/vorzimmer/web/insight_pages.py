"""The page of insights: each chart answers one question, and has its table."""

from __future__ import annotations

import csv
from io import StringIO

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vorzimmer.errors import UnknownNameError
from vorzimmer.insight import OPEN, UNSURE, Chart, Code, Label
from vorzimmer.model import Action, Kind
from vorzimmer.toml_places import nearest
from vorzimmer.translation import Translator
from vorzimmer.web.drawing import draw
from vorzimmer.web.office import Here, Office
from vorzimmer.web.views import NETWORKS

router = APIRouter()
writes = APIRouter()

# A cell that begins with one of these is a formula to a spreadsheet.
_TONES = 10
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@router.get("/insight")
def insight_page(request: Request, office: Here) -> Response:
    """Show all charts."""
    return office.page(
        request,
        "insight.html",
        drawings=tuple(map(draw, _charts(office))),
        label=label_in_words,
        tone=tone_of,
    )


@router.get("/insight/{name}.csv")
def insight_table(request: Request, office: Here, name: str) -> Response:
    """Give the counts of one chart as CSV.

    Raises:
        UnknownNameError: There is no such chart.
    """
    charts = {chart.name: chart for chart in _charts(office)}
    if name not in charts:
        raise UnknownNameError(name, nearest(name, list(charts)), what="chart")
    return Response(
        as_csv(charts[name], office.words(request)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _charts(office: Office) -> tuple[Chart, ...]:
    return (*office.desk.overview.charts(), *office.desk.sitting.charts())


def label_in_words(label: Label, words: Translator) -> str:
    """Return what a row or column is called in the member's language."""
    if isinstance(label, Kind):
        return words.kind(label)
    if isinstance(label, Action):
        return words.action(label)
    if isinstance(label, Code):
        if label.what == "network":
            return NETWORKS.get(label.value, label.value)
        return words.language_name(label.value)
    return words.line(label)


def tone_of(label: Label, place: int) -> str:
    """Return the tone of a column; what is not decided is the palest.

    Args:
        label: What the column is called.
        place: Which column, from 0.
    """
    return f"tone-{_TONES - 1 if label in {UNSURE, OPEN} else place % (_TONES - 1)}"


def as_csv(chart: Chart, words: Translator) -> str:
    """Return a chart as CSV with a head; no cell is a formula."""
    out = StringIO()
    # The sign at the start tells spreadsheets that it is UTF-8.
    out.write("\ufeff")
    write = csv.writer(out).writerow
    write(["", *(_cell(label_in_words(label, words)) for label in chart.columns)])
    for label, counts in chart.rows:
        write([_cell(label_in_words(label, words)), *counts])
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
