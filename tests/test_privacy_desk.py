"""Forgetting, fading, exporting, on a real store; nothing readable is left."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clocked_desk import Clock
from people_samples import (
    MIA,
    OLUF,
    ZORA,
    ZORAS_NOTE,
    asking,
    declined,
    desk_in,
    everything_of,
    fill,
    raw_bytes,
    shown_in,
)
from vorzimmer.desk import Desk
from vorzimmer.errors import ForgettingError, SourceError, UnknownNameError
from vorzimmer.intake import Intake
from vorzimmer.meeting import StepKind
from vorzimmer.model import Action, Person, Tie, TieKind
from vorzimmer.store import Store

OF_ZORA = ("Zora Quistgård", "zora.quist@example.org", "zora-quistg", "Klappbrücken")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as opened:
        yield opened


def forget(desk: Desk, words: str) -> None:
    desk.privacy.forget_person(words, {each.id for each in desk.privacy.find(words)})


def whole(desk: Desk) -> str:
    """Return the whole database as text, as a search in it would read it."""
    with sqlite3.connect(desk.settings.database) as connection:
        lines = "\n".join(connection.iterdump())
    connection.close()
    return lines


@pytest.mark.parametrize(
    "words",
    ["zora quistgard", "Zora.Quist@example.org", ZORA.profile_url, "zora-quistgård-77"],
)
def test_a_person_is_found_by_name_by_mail_and_by_profile(
    desk: Desk, words: str
) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    (found,) = desk.privacy.find(words)
    assert found.names == ("Zora Quistgård",)
    (gone,) = desk.privacy.what_goes([found])
    assert (gone.requests, gone.decided, gone.messages, gone.ties) == (1, 1, 1, 1)


def test_after_forgetting_nothing_of_the_person_stands_in_the_file(desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    assert all(shown_in(raw_bytes(desk), each) for each in OF_ZORA[:2])
    (gone,) = desk.privacy.what_goes(desk.privacy.find("Zora Quistgård"))
    forget(desk, "Zora Quistgård")
    assert gone.requests == 1
    assert [each for each in OF_ZORA if shown_in(raw_bytes(desk), each)] == []
    assert "z1" not in {each.id for each in desk._waiting().store.requests.values()}  # noqa: SLF001 - nothing shows all at once


def test_whoever_one_would_like_to_meet_is_forgotten_with_all_steps(desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    entry = desk.meeting.add(ZORA, why="ihr Vortrag über Klappbrücken")
    desk.meeting.note(entry, StepKind.MET, words="in Aarhus am Kai")
    stays = desk.meeting.add(Person(name="Ole Brandvold"), why="baut Schleusen")
    desk.meeting.note(stays, StepKind.MET, words="in Bergen")
    forget(desk, "Zora Quistgård")
    words = (*OF_ZORA, "Aarhus am Kai")
    assert [each for each in words if shown_in(raw_bytes(desk), each)] == []
    (left,) = desk.meeting.listed().people
    entry_left = left.entry
    assert (entry_left.person.name, entry_left.steps[0].words) == (
        "Ole Brandvold",
        "in Bergen",
    )


def test_what_others_said_stays_without_the_name(desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    forget(desk, "Zora Quistgård")
    card = desk.card("o-z1")
    assert card.request.note == "Gruß von […]! Man kennt sich."
    assert card.request.sender == OLUF
    assert card.decision is not None
    assert card.decision.note == "fragen: […]"
    with desk._store.reading() as store:  # noqa: SLF001 - what no page shows
        (tie,) = store.ties()
    assert "[…]" in tie.detail


NAMES = st.tuples(
    st.sampled_from(["Zora", "Þórdís", "Ünal", "Xiomara", "Łucja", "O'Rian"]),
    st.sampled_from(["Quistgård", "Vandermeulen-Ock", "Jørgensby", "Krčmářová"]),
).map(" ".join)
NOTES = st.text(
    st.characters(blacklist_categories=("Cs", "Cc")), min_size=12, max_size=60
).map(lambda words: f"Klappbrücke {words} Husum")


@settings(max_examples=12)
@given(
    name=NAMES,
    note=NOTES,
    mail=st.none() | st.sampled_from(["q.zed@example.org", "ZED+1@Example.Org"]),
    slug=st.none() | st.sampled_from(["zed-quist-9", "ACoAAZq77x", "z%C3%A9d-quist"]),
    again=st.booleans(),
)
def test_whoever_is_forgotten_leaves_no_byte(
    name: str, note: str, mail: str | None, slug: str | None, *, again: bool
) -> None:
    url = f"https://www.linkedin.com/in/{slug}" if slug else None
    person = Person(name=name, email=mail, profile_url=url, headline=f"{name}, Bau")
    with TemporaryDirectory() as folder, desk_in(Path(folder)) as desk:
        fill(desk, person, note)
        if again:
            told = Intake(member=MIA, requests=(asking(person, "", name="z2"),))
            desk.keep(told, f"{name}.vcf", kinds=("vcard",))
        forget(desk, name)
        raw, text = raw_bytes(desk), whole(desk)
        for words in filter(None, (name, mail, slug, note)):
            assert not shown_in(raw, words)
            assert words not in text
        assert "o-z1" in desk._waiting().store.requests  # noqa: SLF001 - nothing shows all at once


def test_what_is_append_only_is_so_again_afterwards(desk: Desk) -> None:
    def triggers() -> set[tuple[str, str]]:
        with sqlite3.connect(desk.settings.database) as connection:
            query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            found = set(connection.execute(query))
        connection.close()
        return found

    fill(desk, ZORA, ZORAS_NOTE)
    before = triggers()
    assert before
    forget(desk, "Zora Quistgård")
    assert triggers() == before


def test_who_only_shares_the_name_stays(desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    other = replace(ZORA, profile_url="https://www.xing.com/profile/Zora_Q", email=None)
    desk.keep(Intake(member=MIA, requests=(asking(other, "Hallo", name="x"),)), "b")
    found = desk.privacy.find("Zora Quistgård")
    assert [each.namesakes for each in found] == [1, 1]
    (of_linkedin,) = (each for each in found if "z1" in each.request_ids)
    desk.privacy.forget_person("Zora Quistgård", {of_linkedin.id})
    assert desk.card("x").request.sender.name == "Zora Quistgård"
    assert not shown_in(raw_bytes(desk), "zora-quistg")


def test_who_is_not_there_cannot_be_forgotten(desk: Desk) -> None:
    assert desk.privacy.find("Nobody Atall") == []
    with pytest.raises(UnknownNameError, match="Nobody Atall"):
        desk.privacy.forget_person("Nobody Atall", {"x"})


def test_an_error_on_the_way_leaves_everything_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    before = whole(desk)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("vorzimmer.store.erasing.Blanking", fail)
    with pytest.raises(RuntimeError):
        forget(desk, "Zora Quistgård")
    assert whole(desk) == before


def test_what_is_old_goes_and_ties_stay(desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    young = asking(OLUF, "Neu", name="n", sent_at=datetime(2026, 9, 1, tzinfo=UTC))
    desk.keep(Intake(member=MIA, requests=(young,)), "new")
    told = desk.privacy.older(24)
    assert (told.requests, told.decided, told.messages) == (2, 2, 1)
    assert desk.privacy.forget_older(24) == replace(told, is_swept=True)
    assert list(desk._waiting().store.requests) == ["n"]  # noqa: SLF001 - nothing shows all at once
    assert "Klappbrücken" not in whole(desk)
    with desk._store.reading() as store:  # noqa: SLF001 - what no page shows
        assert len(store.ties()) == 2


@pytest.mark.parametrize("months", [0, -3, 5_000])
def test_a_strange_number_of_months_is_refused(desk: Desk, months: int) -> None:
    with pytest.raises(ForgettingError, match="number of months"):
        desk.privacy.forget_older(months)


def test_nothing_fades_until_the_member_says_so(desk: Desk) -> None:
    desk.keep(declined(ZORA, ZORAS_NOTE, name="z1"), "archive")
    assert set(desk.privacy.choices().values()) == {None}
    assert not desk.privacy.fade()
    assert desk.card("z1").request.sender == ZORA


def test_a_declined_stranger_fades_and_is_known_again(desk: Desk) -> None:
    desk.keep(declined(ZORA, ZORAS_NOTE, name="z1"), "archive")
    desk.privacy.recommend()
    gone = desk.privacy.fade()
    assert (gone.requests, gone.decided, gone.is_swept) == (1, 1, True)
    assert [each for each in OF_ZORA if shown_in(raw_bytes(desk), each)] == []
    again = asking(ZORA, "Nochmal", name="z2")
    met = desk.privacy.asked_before(again)
    assert met is not None
    assert (met.action, met.is_person) == (Action.DECLINE, True)
    assert (met.month.year, met.month.month, met.month.day) == (2024, 3, 1)
    same_note = desk.privacy.asked_before(asking(OLUF, ZORAS_NOTE, name="o"))
    assert same_note is not None
    assert not same_note.is_person
    assert desk.privacy.asked_before(asking(OLUF, "Guten Tag", name="o")) is None


def test_what_faded_does_not_come_in_again_with_the_same_archive(desk: Desk) -> None:
    intake = replace(
        everything_of(ZORA, ZORAS_NOTE),
        past=declined(ZORA, ZORAS_NOTE, name="z1").past,
        ties=(Tie(person=ZORA, kind=TieKind.WROTE_TO_YOU, count=2),),
    )
    desk.keep(intake, "archive")
    desk.privacy.recommend()
    assert desk.privacy.fade().requests == 1
    # What others, and the member, wrote of her comes in again with the file.
    alone = intake.requests[:1]
    again = replace(intake, skipped=(), occasions=(), requests=alone)
    desk.keep(again, "archive")
    assert [each for each in OF_ZORA if each in whole(desk)] == []
    anew = Intake(member=MIA, requests=(asking(ZORA, "Und nun?", name="z9"),))
    desk.keep(anew, "archive")
    assert desk.card("z9").request.sender == ZORA


def test_who_is_known_or_waits_does_not_fade(desk: Desk) -> None:
    known = replace(
        declined(ZORA, ZORAS_NOTE, name="z1"),
        ties=(Tie(person=ZORA, kind=TieKind.CONNECTION),),
    )
    desk.keep(known, "archive")
    twice = declined(OLUF, "Eins", name="o1")
    later = datetime(2025, 1, 2, tzinfo=UTC)
    waiting = asking(OLUF, "Zwei", name="o2", sent_at=later)
    desk.keep(replace(twice, requests=(*twice.requests, waiting)), "archive")
    desk.privacy.recommend()
    assert not desk.privacy.fade()


def test_what_is_not_due_yet_stays(tmp_path: Path) -> None:
    clock = Clock()
    with desk_in(tmp_path, clock) as desk:
        desk.keep(Intake(member=MIA, requests=(asking(ZORA, "", name="z1"),)), "a")
        desk.decide("z1", Action.DECLINE)
        desk.privacy.choose({"declined": 3, "ignored": 3})
        clock.sleep(80)
        assert not desk.privacy.fade()
        clock.sleep(20)
        assert desk.privacy.fade().requests == 1
        desk.privacy.choose({"declined": None})
        assert desk.privacy.choices()["declined"] is None
        assert desk.privacy.choices()["ignored"] == 3


def test_later_messages_go_on_their_day(desk: Desk) -> None:
    desk.keep(everything_of(ZORA, ZORAS_NOTE), "home")
    desk.privacy.choose({"later_messages": 24})
    assert desk.privacy.fade().messages == 1
    assert desk.card("z1").request.note == ZORAS_NOTE


def test_a_choice_of_what_there_is_not_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownNameError):
        desk.privacy.choose({"acceptances": 3})


def test_an_export_holds_every_row_but_the_key(desk: Desk, tmp_path: Path) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    desk.keep(declined(OLUF, "", name="gone"), "archive")
    desk.privacy.choose({"declined": 3})
    file = tmp_path / "all.zip"
    counts = desk.privacy.export(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with ZipFile(file) as archive:
        rows = {
            name: [json.loads(line) for line in archive.read(name).splitlines()]
            for name in archive.namelist()
            if name.endswith(".jsonl")
        }
        readme = archive.read("README.txt").decode()
    with desk._store.reading() as store:  # noqa: SLF001 - to compare with
        held = store.counts()
    assert {name.removesuffix(".jsonl"): len(each) for name, each in rows.items()} == (
        held
    )
    assert counts == held
    notes = {each["id"]: each["note"] for each in rows["request.jsonl"]}
    assert notes["z1"] == ZORAS_NOTE
    assert "request.jsonl  3" in readme
    with pytest.raises(SourceError, match="there already"):
        desk.privacy.export(file)


def test_the_key_of_the_hashes_is_not_exported(desk: Desk, tmp_path: Path) -> None:
    desk.keep(declined(ZORA, ZORAS_NOTE, name="z1"), "archive")
    desk.privacy.recommend()
    desk.privacy.fade()
    desk.privacy.export(tmp_path / "all.zip")
    with ZipFile(tmp_path / "all.zip") as archive:
        assert b"fading_key" not in archive.read("preference.jsonl")
        assert archive.read("faded.jsonl").count(b"\n") == 4


def test_the_page_says_what_is_held(desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    held = desk.privacy.held()
    counts = {str(title): count for title, count in held.groups}
    assert counts["Requests"] == 2
    assert counts["Ties to people you know"] == 2
    with desk._store.reading() as store:  # noqa: SLF001 - to compare with
        assert sum(counts.values()) == sum(store.counts().values())
    assert held.size is not None
    assert held.size > 10_000
    assert held.since is not None


def test_everything_goes_and_the_desk_goes_on_empty(desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    assert desk.session().open_count == 1
    desk.privacy.forget_everything(is_for_good=False)
    assert desk.session().open_count == 0
    assert desk.member() is None
    assert desk.is_new()
    assert not shown_in(raw_bytes(desk), "Mia Tannert")
    fill(desk, ZORA, ZORAS_NOTE)
    assert desk.session().open_count == 1


def test_everything_goes_with_its_file(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        fill(desk, ZORA, ZORAS_NOTE)
        desk.privacy.forget_everything(is_for_good=True)
        assert list(tmp_path.glob("vorzimmer.db*")) == []


def test_a_reader_of_the_old_state_delays_the_sweeping_and_nothing_else(
    tmp_path: Path,
) -> None:
    with desk_in(tmp_path, busy_timeout_s=0.2) as desk:
        fill(desk, ZORA, ZORAS_NOTE)
        other = sqlite3.connect(desk.settings.database, isolation_level=None)
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM request").fetchone()
        ids = {each.id for each in desk.privacy.find("Zora Quistgård")}
        gone = desk.privacy.forget_person("Zora Quistgård", ids)
        assert gone.is_swept is False
        other.close()
    with Store.open(desk.settings.database).reading() as store:
        assert "z1" not in {each.id for each in store.requests()}


def test_forgetting_a_source_leaves_no_byte_of_it_either(desk: Desk) -> None:
    told = Intake(member=MIA, requests=(asking(ZORA, ZORAS_NOTE, name="z1"),))
    desk.keep(told, "home.mbox")
    (source,) = desk.sources.read()
    desk.sources.forget(source.id)
    assert not shown_in(raw_bytes(desk), "Klappbrücken")
