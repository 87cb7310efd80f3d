"""The page of the rehearsal, and the same on the command line."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from vorzimmer.desk import Desk
from vorzimmer.past import Past
from vorzimmer.policy import propose
from vorzimmer.policy_file import preset_policies
from vorzimmer.rehearsal import Door, Rehearsal, rehearse
from vorzimmer.rehearsing import Part
from vorzimmer.sample import write_archive
from vorzimmer.settings import Settings
from web_client import Client, client_of

MINE = 'otherwise = "ignore"\ntitle = "Nobody at all"\n'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("sample")
    settings = Settings(database=str(folder / "desk.db"), file=folder / "settings.toml")
    with Desk.open(settings) as opened:
        opened.import_from(write_archive(folder))
        yield opened


@pytest.fixture(scope="module")
def past(desk: Desk) -> Past:
    return desk.rehearsal.past()


@pytest.fixture
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


def test_presets_differ_in_pairs_over_the_whole_sample(desk: Desk) -> None:
    cards = [each for _, group in desk.session().groups for each in group]
    assert len(cards) > 200
    acts = {
        name: [propose(policy, each.request, each.assessment).action for each in cards]
        for name, policy in preset_policies().items()
    }
    for one, other in combinations(acts, 2):
        differing = sum(a is not b for a, b in zip(acts[one], acts[other], strict=True))
        assert differing > len(cards) / 10, (one, other)


def test_the_past_of_an_archive_is_requests_and_contacts(past: Past) -> None:
    assert any(each.is_contact for each in past.items)
    assert any(not each.is_contact for each in past.items)
    assert {each.fate for each in past.items} >= {"wrote", "silent", "only_they"}


def test_strict_presets_miss_more_than_open_ones(past: Past) -> None:
    found = {name: rehearse(policy, past) for name, policy in preset_policies().items()}
    strict, wide = found["worked-together"], found["open-door"]
    assert len(strict.missed) > 10 * len(wide.missed)
    assert len(strict.spared) > len(wide.spared)
    assert strict.counts[Door.ACCEPTED] < wide.counts[Door.ACCEPTED]


def test_the_past_is_read_once(desk: Desk, past: Past) -> None:
    assert desk.rehearsal.past() is past
    assert desk.rehearsal.past("requests") is desk.rehearsal.past("requests")


PARTS: tuple[Part, ...] = ("all", "requests", "contacts")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", list(preset_policies()))
def test_each_preset_can_be_rehearsed(
    client: Client, desk: Desk, name: str, part: Part
) -> None:
    page = client.get(f"/rehearsal?policy={name}&part={part}").text
    counts = rehearse(preset_policies()[name], desk.rehearsal.past(part)).counts
    for door in Door:
        row = page[page.index(f'<rect class="{door}" width="12"') :]
        assert f'<td class="num">{counts[door]}</td>' in row[: row.index("</tr>")]


def test_whom_one_would_have_missed_is_named_and_linked(
    client: Client, past: Past
) -> None:
    page = client.get("/rehearsal?policy=worked-together").text
    missed = rehearse(preset_policies()["worked-together"], past).missed
    assert f"{len(missed)} people with whom you wrote later" in page
    first = next(each for each in missed if not each.is_contact)
    assert f'href="/?id={first.request.id}"' in page
    assert "https://www.linkedin.com/in/" in page
    assert "You decided 0 of these yourself." in page
    assert "assumed, since you decided too little" in page


def test_sliding_moves_the_counts_and_compares_with_the_policy_as_written(
    client: Client,
) -> None:
    strict = client.get("/rehearsal?policy=three-reasons&open=-2").text
    assert "2 stricter than written" in strict
    assert "“at least 24%” is asked for now" in strict
    assert "Where the two differ" in strict
    written = client.get("/rehearsal?policy=three-reasons&open=0").text
    assert "Where the two differ" not in written


def test_much_time_is_told_in_hours_and_less_in_whole_minutes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minutes, unit, shown in ((142.6, "hours", "2.4"), (42.6, "minutes", "43")):
        monkeypatch.setattr(Rehearsal, "minutes", minutes)
        page = client.get("/rehearsal?policy=three-reasons").text
        assert f"<dt>{unit}</dt><dd>{shown}</dd>" in page


def test_two_policies_are_compared_request_by_request(client: Client) -> None:
    page = client.get("/rehearsal?policy=ask-back&against=worked-together").text
    part = page[page.index('id="differ"') :]
    assert "Ask back" in part
    assert "Ignore" in part
    same = client.get("/rehearsal?policy=ask-back&against=ask-back").text
    assert "In no request of the past." in same


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("policy=nobody", 404),
        ("against=nobody", 404),
        ("open=9", 422),
        ("open=nan", 422),
        ("open=inf", 422),
        ("open=x", 422),
        ("part=future", 422),
        ("policy=" + "a" * 300, 422),
    ],
)
def test_what_is_not_there_is_not_rehearsed(
    client: Client, query: str, status: int
) -> None:
    assert client.get(f"/rehearsal?{query}").status_code == status


def test_an_unsaved_policy_is_rehearsed_and_nothing_is_written(
    client: Client, desk: Desk, past: Past
) -> None:
    page = client.post("/rehearsal", text=MINE, policy="mine").text
    assert "Nobody at all" in page
    assert "100%" in page
    assert f'<td class="num">{len(past.items)}</td>' in page
    assert "mine" not in desk.policies().names
    assert desk.settings.policies_folder is None


def test_a_mistake_in_an_unsaved_policy_is_told(client: Client) -> None:
    answer = client.post("/rehearsal", text='otherwise = "ignor"')
    assert answer.status_code == 400
    assert 'Did you mean "ignore"?' in html.unescape(answer.text)


def test_a_slid_policy_can_be_kept(desk: Desk, past: Past) -> None:
    settings = desk.settings
    client = client_of(desk).enter()
    form = {"policy": "three-reasons", "open": "-1.5", "to": "narrow"}
    answer = client.post("/rehearsal/keep", step=False, **form)
    assert answer.headers["location"] == "/policies/narrow"
    kept = rehearse(desk.policies().named("narrow"), past).counts
    page = client.get("/rehearsal?policy=three-reasons&open=-1.5").text
    assert f"Accepted: {kept[Door.ACCEPTED]}." in page
    again = client.post("/rehearsal/keep", step=False, **form)
    assert again.status_code == 422
    assert "of this name already" in again.text
    desk.rules.delete("narrow")
    desk.settings = desk.rules.settings = settings


def test_the_page_speaks_german(client: Client) -> None:
    page = client.get("/rehearsal?open=0.5", accept_language="de").text
    for words in ("Wen Sie verpasst hätten", "0,5 offener als geschrieben", "Anteil"):
        assert words in page


def test_a_desk_without_a_past_says_so(tmp_path: Path) -> None:
    with Desk.open(Settings(database=str(tmp_path / "empty.db"))) as empty:
        page = client_of(empty).enter().get("/rehearsal").text
    assert "There is no past yet." in page
    assert "<form class" not in page[page.index("<main") :]


def test_the_needs_of_a_member_hold_in_a_rehearsal(desk: Desk, past: Past) -> None:
    settings = desk.settings
    safety = replace(settings.safety, no_faceless_strangers=True)
    desk.settings = desk.rules.settings = replace(settings, safety=safety)
    safe = rehearse(desk.policies().named("open-door"), past).counts
    unsaved = rehearse(desk.rules.unsaved("x", 'otherwise = "accept"'), past).counts
    desk.settings = desk.rules.settings = settings
    bare = rehearse(desk.policies().named("open-door"), past).counts
    assert safe[Door.HELD] > bare[Door.HELD]
    assert unsaved[Door.ACCEPTED] == safe[Door.ACCEPTED] < bare[Door.ACCEPTED]
