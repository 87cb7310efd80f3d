from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import HEADERS
from portability.rows import DOMAINS as ROWS
from portability.rows import IN
from vorzimmer.items import Endorsement, ImportedContact, Invitation, Item, Message
from vorzimmer.linkedin import FILES
from vorzimmer.linkedin.columns import columns
from vorzimmer.linkedin.domains import DOMAINS, MAX_CELL_CHARS, MAX_CELLS, item_of
from vorzimmer.model import Sentence

BY_NAME = {each.name: each for each in DOMAINS}
SAME = {
    "PROFILE": "Profile.csv",
    "EMAIL_ADDRESSES": "Email Addresses.csv",
    "POSITIONS": "Positions.csv",
    "EDUCATION": "Education.csv",
    "SKILLS": "Skills.csv",
    "LANGUAGES": "Languages.csv",
    "INVITATIONS": "Invitations.csv",
    "CONNECTIONS": "Connections.csv",
    "CONTACTS": "ImportedContacts.csv",
    "INBOX": "messages.csv",
}


def mapped(domain: str, row: object) -> Item | Sentence:
    return item_of(BY_NAME[domain], row)


@pytest.mark.parametrize("domain", SAME)
def test_a_row_means_what_the_same_row_of_the_archive_means(domain: str) -> None:
    known = next(each for each in FILES if each.name == SAME[domain])
    for row in ROWS[domain]:
        flat = {k: ", ".join(v) if isinstance(v, list) else v for k, v in row.items()}
        cells = dict(zip(columns(flat), flat.values(), strict=True))
        assert mapped(domain, row) == known.mapper(cells)
        assert set(flat) <= {*HEADERS[SAME[domain]], "Primary"}


def test_each_domain_has_its_rows_in_these_tests() -> None:
    assert set(BY_NAME) == set(ROWS)


def test_values_of_other_kinds_are_read_as_the_archive_writes_them() -> None:
    row = {
        **ROWS["INBOX"][0],
        "IS MESSAGE DRAFT": True,
    }
    assert "draft" in str(mapped("INBOX", row))
    nested = {**ROWS["INBOX"][0], "ATTACHMENTS": [{"id": 7}], "SUBJECT": None}
    assert isinstance(found := mapped("INBOX", nested), Message)
    assert found.subject == ""
    contact = mapped("CONTACTS", ROWS["CONTACTS"][0])
    assert isinstance(contact, ImportedContact)
    assert contact.emails == ("ada@example.org", "feld@example.net")


def test_half_letters_become_question_marks() -> None:
    found = mapped("INVITATIONS", {**ROWS["INVITATIONS"][0], "Message": "a\ud83d\0b"})
    assert isinstance(found, Invitation)
    assert found.note == "a?b"


def test_the_fields_tell_who_endorsed_whom() -> None:
    given_row = {
        "Skill Name": "Honig",
        "Endorsee First Name": "Ada",
        "Endorsee Last Name": "Feld",
        "Endorsee Public Url": f"{IN}ada-feld",
    }
    found = mapped("ENDORSEMENTS", given_row)
    assert isinstance(found, Endorsement)
    assert found.is_given
    received = mapped("ENDORSEMENTS", ROWS["ENDORSEMENTS"][0])
    assert isinstance(received, Endorsement)
    assert not received.is_given


@pytest.mark.parametrize(
    "row",
    [
        7,
        None,
        [],
        "x",
        {},
        {"From": None, "To": ""},
        {"Message": "x" * (MAX_CELL_CHARS + 1)},
        {str(each): "x" for each in range(MAX_CELLS + 1)},
    ],
)
def test_what_is_no_row_is_left_out_with_a_reason(row: object) -> None:
    assert isinstance(mapped("INVITATIONS", row), Sentence)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@settings(max_examples=40)
@given(st.sampled_from(DOMAINS), st.data())
def test_no_row_however_odd_breaks_its_mapper(domain: Any, data: st.DataObject) -> None:  # noqa: ANN401 - a Domain
    row = dict(ROWS[domain.name][0])
    row |= data.draw(st.dictionaries(st.sampled_from(sorted(row)) | st.text(), VALUES))
    assert item_of(domain, row) is not None
