"""Erasing reaches every table, one that comes later too, on each database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, String, Table, delete
from sqlalchemy.exc import DBAPIError

from people_samples import ZORA
from stores import BARE, FULL, KINDS, LENA, NOON, decide, put, stores
from vorzimmer.blanking import Blanking, terms_of
from vorzimmer.model import Action, Tie, TieKind
from vorzimmer.reactions import Happening
from vorzimmer.store import Faded, Store
from vorzimmer.store import tables as known
from vorzimmer.store.holdings import CODES, holdings, is_text
from vorzimmer.traces import people_of

FACTS = ("company", "headline", "location", "position")
# Texts in which anybody may be mentioned; they are looked through.
FREE = {
    *("acting.note", "acting.problem", "acting.text", "ask.text"),
    *("brought_request.facts", "decision.note", "given_fact.value"),
    *("import_run.counts", "import_run.notices", "import_run.source"),
    *("later_message.person_company", "later_message.person_headline"),
    *("later_message.person_position", "later_message.text", "letter.text"),
    "occasion.title",
    *("preference.value", "request.note", "request.sender_company"),
    *("request.sender_headline", "request.sender_location"),
    *("request.sender_position", "request.subject", "skipped.file", "skipped.slots"),
    *(f"introduction_ask.{name}" for name in ("name", "firm", "text")),
    *(f"introduction_ask.via_{each}" for each in FACTS),
    *(f"person_to_meet.person_{each}" for each in FACTS),
    *("meeting_step.words", "person_to_meet.why"),
    *("source.label", "tie.detail", "tie.person_company", "tie.person_headline"),
    *("tie.person_location", "tie.person_position"),
}
WITH_REQUESTS = {
    *("acting", "ask", "brought_request", "correction", "decision", "given_fact"),
    *("letter", "objection", "request", "request_alias", "request_event"),
}
WITH_PEOPLE = {
    *("habit", "introduction_ask", "later_message", "person_to_meet", "request"),
    *("settled", "tie"),
}


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from stores(request.param, tmp_path)


def test_of_every_column_with_words_it_is_known_whom_it_may_name() -> None:
    # A new table: say in this test what its texts are, and add what names nobody to
    # CODES. Until then, they are looked through like all others.
    found = {
        f"{each.table.name}.{column.name}"
        for each in holdings()
        for column in each.free
    }
    assert found == FREE
    words = {
        f"{table.name}.{column.name}"
        for table in known.metadata.tables.values()
        for column in table.c
        if is_text(column)
    }
    assert words >= CODES


def test_every_table_with_requests_or_people_is_known() -> None:
    assert {each.table.name for each in holdings() if each.by_request} == WITH_REQUESTS
    people = {
        each.table.name for each in holdings() if each.prefix or each.writer is not None
    }
    assert people == WITH_PEOPLE


def test_a_table_that_comes_later_is_known_from_its_columns() -> None:
    table = Table(
        "people_to_meet",
        known.metadata,
        Column("member_id", Integer, primary_key=True),
        Column("id", Integer, primary_key=True),
        Column("request_id", String),
        Column("contact_name", String),
        Column("contact_profile_url", String),
        Column("why", String),
    )
    try:
        (found,) = (each for each in holdings() if each.table is table)
    finally:
        known.metadata.remove(table)
    assert [each.name for each in found.by_request] == ["request_id"]
    assert found.prefix == "contact_"
    assert [each.name for each in found.free] == ["why"]


def test_a_request_goes_with_all_that_hangs_on_it(store: Store) -> None:
    put(store, FULL, BARE)
    with store.transaction() as t:
        first = decide(t, "r1", action=Action.ASK)
        t.add_decision(
            "r1", action=Action.ASK, actor="member", at=NOON, undoes=first.id
        )
        decide(t, "r2", note="wie Lena Østergård 李 sagt")
        t.add_event(
            "r1", Happening.WITHDRAWN, at=NOON, actor="archive", clause="c", key="w"
        )
        t.add_given_fact("r1", "contacts_count", value=3, at=NOON)
        t.put_aliases({"old": "r1"})
        t.settle("request r1", at=NOON)
        t.put_ties([Tie(person=LENA, kind=TieKind.NOTED)])
    with store.transaction() as t:
        (lena,) = (e for e in people_of(t.traces()) if LENA.name in e.names)
        t.erase(
            request_ids=lena.request_ids,
            rows=lena.traces,
            terms=terms_of(lena.names, lena.addresses, lena.emails),
        )
    with store.reading() as reading:
        counts = reading.counts()
        (decision,) = reading.decisions()
        assert [each.id for each in reading.requests()] == ["r2"]
        assert decision.note == "wie […] sagt"
    gone = ("given_fact", "request_alias", "request_event", "settled", "tie")
    assert {name: counts[name] for name in gone} == dict.fromkeys(gone, 0)


@pytest.mark.parametrize("name", ["decision", "request_event"])
def test_what_is_append_only_refuses_changes_afterwards(
    store: Store, name: str
) -> None:
    put(store, FULL, BARE)
    with store.transaction() as t:
        for each in ("r1", "r2"):
            decide(t, each)
            t.add_event(
                each, Happening.WITHDRAWN, at=NOON, actor="archive", clause="c", key="w"
            )
        t.erase(request_ids={"r1"})
    table = known.metadata.tables[name]
    with (
        pytest.raises(DBAPIError, match="append-only"),
        store.engine.begin() as connection,
    ):
        connection.execute(delete(table))


def test_everything_goes_and_nobody_mixes_up_before_and_after(store: Store) -> None:
    put(store, FULL)
    with store.transaction() as t:
        decide(t, "r1")
        before, content = t.revision(), t.content()
        t.erase_everything()
    with store.reading() as reading:
        counts = reading.counts()
        assert reading.revision() > before
        assert reading.content() != content
    assert {name for name, count in counts.items() if count} == {"member", "preference"}


def test_another_member_is_left_alone(store: Store) -> None:
    put(store, FULL)
    with store.transaction(2) as t:
        t.put_requests([FULL])
        decide(t, "r1")
    with store.transaction() as t:
        t.erase(request_ids={"r1"}, terms={"Lena Østergård 李"})
        t.erase_everything()
    with store.reading(2) as reading:
        assert reading.requests() == [FULL]
        assert len(reading.decisions()) == 1


def test_the_last_of_what_faded_holds(store: Store) -> None:
    march = Faded(
        digest="a" * 32, what="note", action="decline", month=date(2026, 3, 1)
    )
    may = Faded(digest="a" * 32, what="note", action="ignore", month=date(2026, 5, 1))
    with store.transaction() as t:
        t.put_faded([march])
        t.put_faded([may])
    with store.reading() as reading:
        assert reading.faded() == {may.digest: may}


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("Gruß, ZORA  quistgård!", "Gruß, […]!"),
        ("Zora Quistgårdsen bleibt", "Zora Quistgårdsen bleibt"),
        ("linkedin.com/in/zora-quistgård-77?x", "linkedin.com/[…]?x"),
        ('{"to":["zora.quist@example.org"]}', '{"to":["[…]"]}'),
        ('{"sender_name":"Zora Quistgård"}', '{"sender_name":"Zora Quistgård"}'),
        ("{kein JSON Zora Quistgård", "{kein JSON […]"),
    ],
)
def test_names_and_addresses_are_taken_out_of_texts(text: str, blanked: str) -> None:
    terms = terms_of(
        filter(None, [ZORA.name, "Zora"]),
        filter(None, [ZORA.profile_url]),
        filter(None, [ZORA.email]),
    )
    assert Blanking(terms).value(text) == blanked


def test_a_row_of_a_source_whose_name_goes_stays_apart_from_others(
    store: Store,
) -> None:
    with store.transaction() as t:
        t.put_source("vcard", "Zora Quistgård.vcf")
        t.put_source("vcard", "zora quistgård.vcf")
        t.erase(terms={"Zora Quistgård"})
    with store.reading() as reading:
        labels = [each.label for each in reading.sources()]
    assert labels == ["[…].vcf 1", "[…].vcf 2"]
