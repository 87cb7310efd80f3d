from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portability.rows import DOMAINS
from portability.stand_in import SNAPSHOT, StandIn, Trouble
from vorzimmer.portability.client import Client
from vorzimmer.portability.pages import (
    MAX_START,
    Page,
    next_start,
    pages,
    snapshot_page,
)

HERE = f"https://api.linkedin.com{SNAPSHOT}"
QUERY = {"q": "criteria", "domain": "INBOX"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


def linked(href: object) -> dict[str, Any]:
    return {"paging": {"links": [{"rel": "prev"}, {"rel": "next", "href": href}]}}


@pytest.mark.parametrize(
    "href",
    [
        f"{SNAPSHOT}?q=criteria&domain=INBOX&start=3",
        f"{HERE}?start=3&count=10&domain=INBOX&q=criteria",
        "?start=3",
    ],
)
def test_a_link_to_the_same_place_is_followed(href: str) -> None:
    assert next_start(linked(href), HERE, QUERY) == (3, False)


@pytest.mark.parametrize(
    "href",
    [
        f"https://evil.example{SNAPSHOT}?start=3",
        f"//evil.example{SNAPSHOT}?start=3",
        f"http://api.linkedin.com{SNAPSHOT}?start=3",
        f"https://api.linkedin.com:8443{SNAPSHOT}?start=3",
        f"https://api.linkedin.com@evil.example{SNAPSHOT}?start=3",
        f"https://me:pw@api.linkedin.com{SNAPSHOT}?start=3",
        "https://[broken/?start=3",
        "/rest/memberChangeLogs?start=3",
        f"{SNAPSHOT}/../x?start=3",
        f"{SNAPSHOT}?domain=PROFILE&start=3",
        f"{SNAPSHOT}?domain=INBOX&domain=PROFILE&start=3",
        f"{SNAPSHOT}?start=-1",
        f"{SNAPSHOT}?start={MAX_START + 1}",
        f"{SNAPSHOT}?start=٣",
        f"{SNAPSHOT}?" + "&".join(f"a{each}=1" for each in range(50)),
        "",
    ],
)
def test_any_other_link_is_told_and_not_followed(href: str) -> None:
    assert next_start(linked(href), HERE, QUERY) == (None, True)


@settings(max_examples=40)
@given(JSON)
def test_no_answer_however_odd_breaks_the_search_for_links(odd: Any) -> None:  # noqa: ANN401 - any JSON
    for answer in ({"paging": odd}, {"paging": {"links": odd}}, linked(odd)):
        start, _ = next_start(answer, HERE, QUERY)
        assert start is None or start >= 0


def read(client: Client, domain: str, **more: Any) -> list[Page]:  # noqa: ANN401 - of pages()
    return list(pages(lambda start: snapshot_page(client, domain, start), **more))


def rows(found: list[Page]) -> list[Any]:
    return [row for page in found for row in page.rows]


@pytest.mark.parametrize("has_links", [True, False])
def test_pages_are_turned_to_the_end_whatever_the_total_says(
    client: Client, linkedin: StandIn, *, has_links: bool
) -> None:
    linkedin.domains["SKILLS"] = [{"Name": f"Nr. {each}"} for each in range(7)]
    linkedin.has_links = has_links
    assert rows(read(client, "SKILLS")) == linkedin.domains["SKILLS"]
    assert linkedin.asked_for("start=") == 4


def test_a_foreign_link_is_told_and_pages_are_counted(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.next_link = f"https://evil.example{SNAPSHOT}?start=1"
    found = read(client, "INVITATIONS")
    assert rows(found) == DOMAINS["INVITATIONS"]
    assert "lies elsewhere" in str(found[0].notice)


def test_a_page_that_comes_again_ends_the_turning(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.repeats = True
    assert rows(read(client, "INVITATIONS")) == DOMAINS["INVITATIONS"][:2]
    assert len(linkedin.asked) == 2


def test_a_link_backwards_ends_the_turning(client: Client, linkedin: StandIn) -> None:
    linkedin.next_link = f"{SNAPSHOT}?q=criteria&domain=INVITATIONS&start=0"
    assert len(read(client, "INVITATIONS")) == 1


def test_endless_pages_are_cut_off_with_a_word() -> None:
    def turn(start: int) -> Page:
        return Page(start, [{"Name": str(start)}], start + 1)

    found = list(pages(turn, most=5))
    assert len(rows(found)) == 5
    assert "Only the first" in str(found[-1].notice)


def test_kept_pages_are_not_asked_for_again(client: Client, linkedin: StandIn) -> None:
    known = [Page(0, DOMAINS["INVITATIONS"][:2], 1)]
    assert rows(read(client, "INVITATIONS", known=known)) == DOMAINS["INVITATIONS"]
    assert linkedin.asked_for("start=1") == 1
    assert len(linkedin.asked) == 2


def test_a_domain_that_is_refused_costs_only_itself(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.troubles = [Trouble(400)]
    (page,) = read(client, "INVITATIONS")
    assert "refused this part" in str(page.notice)


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"elements": 7}',
        b'{"elements": [7, {"snapshotData": {"a": 1}}]}',
        b'{"elements": [{"snapshotDomain": "PROFILE", "snapshotData": [{"a": "b"}]}]}',
        b'{"elements": [{"snapshotData": []}], "paging": []}',
    ],
)
def test_an_answer_without_rows_is_the_end(
    body: bytes, client: Client, linkedin: StandIn
) -> None:
    linkedin.troubles = [Trouble(body=body)]
    assert read(client, "INVITATIONS") == []
