"""Teaching in the browser: the menu beside a request, and the page of what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from test_teaching import KINDLY, PITCHES
from vorzimmer.desk import Desk
from vorzimmer.learning import Learned
from vorzimmer.model import Action, Kind
from vorzimmer.quality import Judged
from vorzimmer.web.teaching_pages import quality_view
from web_client import Client, client_of, line, open_desk

MORE = [
    line(f"more-{at}", words)
    for at, words in enumerate(
        [
            "Guten Tag, unser Angebot für Drucker: hätten Sie 15 Minuten am Telefon?",
            "Wir suchen Betriebe für einen Test unserer Kasse. Darf ich anrufen?",
            "Kennen Sie unsere Messestände? Gern rechne ich Ihnen ein Angebot aus.",
            "Mit uns finden Sie mehr Bewerber. Wann darf ich Ihnen das zeigen?",
            "Wer kümmert sich bei Ihnen um Versicherungen? Wir sind günstiger.",
            "Unsere Berater senken Frachtkosten, das erste Gespräch ist kostenlos.",
        ]
    )
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    lines = [*PITCHES, *MORE, line("asker", KINDLY)]
    with open_desk(tmp_path_factory.mktemp("desk"), lines) as desk:
        yield desk


@pytest.fixture
def client(shared: Desk) -> Iterator[Client]:
    yield client_of(shared).enter()
    while any(card.decision for card in shared.decided()):
        shared.undo()
    shared.teaching.reset()


def teach(client: Client) -> None:
    for each in [*PITCHES, *MORE]:
        client.post("/correct", step=True, id=str(each["id"]), kind="personal")


def test_each_kind_is_one_key_away(client: Client) -> None:
    page = client.get("/?id=asker").text
    menu = page[page.index('id="teach"') :]
    for key, kind in enumerate(Kind, start=1):
        assert f'name="kind" value="{kind}" data-key="{key}"' in menu
    assert 'data-key="0"' not in menu


def test_what_was_said_is_told_and_can_be_taken_back(client: Client) -> None:
    said = client.post("/correct", step=True, id="asker", kind="recruiting").text
    assert "Noted:</strong> Job offer" in said
    assert "You said: Job offer" in said
    assert 'value="recruiting" data-key="6" aria-pressed="true"' in said
    back = client.post("/correct", step=True, id="asker").text
    assert "<p>Taken back.</p>" in back
    assert "You said" not in back


def test_without_a_script_the_way_leads_back_to_the_request(client: Client) -> None:
    answer = client.post("/correct", id="asker", kind="danger")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?id=asker")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"id": "nobody", "kind": "danger"}, 404),
        ({"id": "asker", "kind": "spam"}, 422),
        ({"id": "asker"}, 409),
    ],
)
def test_what_cannot_be_is_refused(
    client: Client, form: dict[str, str], status: int
) -> None:
    assert client.post("/correct", step=False, **form).status_code == status


def test_a_write_needs_its_token(client: Client) -> None:
    for path in ("/correct", "/learned/one", "/learned/reset"):
        answer = client.send("POST", path, data={"id": "asker", "kind": "danger"})
        assert answer.status_code == 403


def test_the_page_says_what_to_do_while_there_is_nothing(client: Client) -> None:
    page = client.get("/learned").text
    assert "Nothing yet." in page
    assert "<table" not in page


def test_the_page_tells_what_moved_from_what_and_how_good_it_is(
    client: Client,
) -> None:
    teach(client)
    client.post("/decide", id="asker", action="report_spam")
    page = client.get("/learned").text
    assert "More common with you than elsewhere: Personal" in page
    assert "counts less with you" in page
    number = r"<td[^>]*>([^<]+)</td>"
    moved = re.findall(rf"counts (?:more|less) with you</span></td>{number * 2}", page)
    assert moved
    assert all(shipped != own for shipped, own in moved)
    assert "Measured on 14 requests that you corrected." in page
    assert "Brier score" in page
    assert re.search(r"<td>\d+% <span", good_part(page))
    assert "too few to tell" in page  # of kinds that were hardly corrected
    assert page.count("you said: Personal") == 14
    assert "you decided: Report as spam" in page
    assert re.search(r"<circle cx=\"[\d.]+\" cy=\"[\d.]+\" r=\"[\d.]+\"/>", page)
    assert "learned</span>" in client.get("/signals").text


def good_part(page: str) -> str:
    """Return the part that says how good it is, without the list of mistakes."""
    part = page[page.index('id="good"') :]
    return part[: part.index("worst mistake")] if "worst mistake" in part else part


def test_the_page_tells_languages_apart(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    english = [
        line(f"en-{at}", f"Good morning, may we talk about offer {at} for your team?")
        for at in range(2)
    ]
    with open_desk(tmp_path_factory.mktemp("two"), [*MORE, *english]) as desk:
        for each in [*MORE, *english]:
            desk.teaching.correct(str(each["id"]), Kind.SOLICITATION)
        client = client_of(desk).enter()
        page = client.get("/learned").text
        assert "<summary>By language</summary>" in page
        assert "8 cases are too few to tell." in page
        assert not re.search(r"\d%</?(?:td|span)", good_part(page))
        assert "Brier score" not in page
        assert re.search(r"<td>\d of 8</td>", page)
        assert re.findall(r"<h4>(\w+)</h4>", page) == ["German", "English"]
        assert re.search(r'<th scope="row">German</th><td class="num">6</td>', page)
        assert re.search(r'<th scope="row">English</th><td class="num">2</td>', page)
        for each in english:
            desk.teaching.take_back(str(each["id"]))
        assert "By language" not in client.get("/learned").text


def test_the_page_speaks_german(client: Client) -> None:
    teach(client)
    page = client.get("/learned", accept_language="de").text
    assert "Bei Ihnen häufiger als anderswo: Persönlich" in page
    assert "You said" not in page


def test_one_lesson_can_be_taken_back_and_all_of_them_forgotten(
    client: Client, shared: Desk
) -> None:
    teach(client)
    first = str(PITCHES[0]["id"])
    client.post("/learned/one", id=first, how="back")
    assert shared.teaching.said(first) is None
    shared.decide("asker", Action.REPORT_SPAM)
    client.post("/learned/one", id="asker", how="nothing")
    said = shared.teaching.said("asker")
    assert said is not None
    assert said.kind is None
    assert client.post("/learned/reset").status_code == 303
    assert shared.teaching.learned() == Learned()


def test_a_name_with_markup_is_shown_as_it_is(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    nasty = line("nasty", "Hallo!", name="<b>Rex</b>")
    with open_desk(tmp_path_factory.mktemp("nasty"), [nasty]) as desk:
        desk.teaching.correct("nasty", Kind.DANGER)
        page = client_of(desk).enter().get("/learned").text
    assert "&lt;b&gt;Rex" in page
    assert "<b>Rex" not in page


def test_of_few_requests_there_is_no_curve() -> None:
    few = [Judged("a", {Kind.DANGER: 0.9}, Kind.DANGER)]
    assert quality_view(few, {}).curve == ()
    many = [Judged(str(at), {Kind.DANGER: 0.9}, Kind.DANGER) for at in range(10)]
    view = quality_view(many, {})
    assert [point.true.hits for point in view.curve] == [10]
    assert view.dots == ((180.0, 0.0, 8.0),)
