from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import HEADERS
from vorzimmer import linkedin
from vorzimmer.items import (
    Account,
    Connection,
    Endorsement,
    ImportedContact,
    Invitation,
    Item,
    Message,
    OwnFact,
    PrivateNote,
    Recommendation,
)
from vorzimmer.linkedin import FILES, Mapper, known_file
from vorzimmer.linkedin.columns import column, columns
from vorzimmer.model import Education, Person, Position, Sentence, Skipped

IN = "https://www.linkedin.com/in/"


def mapped(mapper: Mapper, **cells: str) -> Item | Sentence:
    return mapper({name.replace("_", ""): cell for name, cell in cells.items()})


def test_headers_are_compared_by_letters_alone() -> None:
    assert {column(each) for each in ("First Name", "FirstName", "FIRST_NAME")} == {
        "firstname"
    }
    assert column("\ufeff Verbunden am ") == "connectedon"
    assert columns(["Vorname", "URL", "Vorname", ""]) == (
        "firstname",
        "url",
        "firstname 2",
        "",
    )


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("messages.csv", "messages.csv"),
        ("Messages.CSV", "messages.csv"),
        ("connections (1).csv", "Connections.csv"),
        ("Connections_91029461.csv", "Connections.csv"),
        ("Email_Addresses.csv", "Email Addresses.csv"),
        ("Recommendations Given.csv", "Recommendations_Given.csv"),
    ],
)
def test_known_files_are_recognised_by_their_whole_name(name: str, known: str) -> None:
    found = known_file(name)
    assert found is not None
    assert found.name == known


@pytest.mark.parametrize(
    "name",
    [
        *("guide_messages.csv", "learning_coach_messages.csv", "coach_messages.csv"),
        *("LearningCoachMessages.csv", "learning_role_play_messages.csv"),
        *("._Connections.csv", "messages.csv.exe", "messages", ".csv", "Logins.csv"),
        *("Connections_old.csv", "C:Connections.csv", "Connections.csv\n"),
    ],
)
def test_look_alikes_are_left_alone(name: str) -> None:
    assert known_file(name) is None


def test_messages_are_read_last_and_the_member_first() -> None:
    names = [known.name for known in FILES]
    assert names[0] == "Profile.csv"
    assert names[-1] == "messages.csv"
    assert names.index("Invitations.csv") < names.index("Connections.csv")


CELLS = st.text(max_size=40) | st.sampled_from(
    ["INCOMING", "Yes", f"{IN}mira", "1/5/26, 9:02 AM", "<p>&amp;<br>", "a@b, c@d;"]
)


@settings(deadline=10_000, max_examples=50)
@given(cells=st.lists(CELLS, min_size=16, max_size=16))
def test_whatever_the_cells_a_row_is_an_item_or_has_a_reason(cells: list[str]) -> None:
    for known in FILES:
        names = columns(HEADERS[known.name])
        found = known.mapper(dict(zip(names, cells, strict=False)))
        assert str(found)
        assert not isinstance(found, Skipped)


def test_an_invitation_keeps_who_when_and_what() -> None:
    assert mapped(
        linkedin.invitation,
        **{"from": "Mira Muster", "to": "Jonas Probe"},
        sent_at="9/20/26, 4:10 PM",
        message=" Hallo <b>Jonas</b>\r\nbis bald ",
        direction="incoming",
        inviter_profile_url=f"{IN}mira-muster",
        invitee_profile_url=f"{IN}jonas-probe/",
    ) == Invitation(
        sender=Person(name="Mira Muster", profile_url=f"{IN}mira-muster"),
        recipient=Person(name="Jonas Probe", profile_url=f"{IN}jonas-probe"),
        is_incoming=True,
        note="Hallo <b>Jonas</b>\nbis bald",
        sent_at=datetime(2026, 9, 20, 16, 10, tzinfo=UTC),
    )


def test_an_invitation_from_a_hidden_member_is_one_from_nobody_known() -> None:
    cells = {"from": "LinkedIn Member", "direction": "INCOMING"}
    found = mapped(linkedin.invitation, **cells)
    assert isinstance(found, Invitation)
    assert found.sender == Person()


@pytest.mark.parametrize(
    ("mapper", "cells", "word"),
    [
        (linkedin.invitation, {"from": "Mira", "direction": "?"}, "sent or received"),
        (linkedin.invitation, {"from": "", "direction": "INCOMING"}, "neither"),
        (linkedin.invitation, {"from": "I", "direction": "OUTGOING"}, "neither"),
        (linkedin.connection, {"connectedon": "07 Jun 2026"}, "closed or hid"),
        (linkedin.imported_contact, {"phonenumbers": "1"}, "neither"),
        (linkedin.endorsement_given, {"skillname": "Go"}, "neither"),
        (linkedin.recommendation_given, {"text": "good"}, "neither"),
        (linkedin.private_note, {"note": "met"}, "neither"),
        (linkedin.message, {"date": "2024-01-01 00:00:00 UTC"}, "neither a sender"),
        (linkedin.message, {"from": "M", "ismessagedraft": "Yes"}, "draft"),
        (linkedin.message, {"from": "M", "isconversationdraft": "yes"}, "draft"),
        (linkedin.email, {"emailaddress": "none"}, "lacks"),
        (linkedin.position, {"startedon": "2019"}, "lacks"),
        (linkedin.education, {}, "lacks"),
        (linkedin.skill, {"name": " "}, "lacks"),
        (linkedin.language, {}, "lacks"),
    ],
)
def test_a_row_that_says_nothing_is_left_out_with_the_reason(
    mapper: Mapper, cells: dict[str, str], word: str
) -> None:
    found = mapper(cells)
    assert isinstance(found, Sentence)
    assert word in str(found)


def test_a_message_tells_its_people_and_whether_it_was_paid_for() -> None:
    paid = '<p class="spinmail-quill-editor__spin-break">Guten Tag</p>'
    assert mapped(
        linkedin.message,
        **{"from": "Akademie Nord", "to": "Jonas Probe"},
        conversation_id="2-abc==",
        conversation_title="Angebot",
        sender_profile_url="https://www.linkedin.com/company/77",
        recipient_profile_urls=f"{IN}jonas-probe",
        date="2026-02-01 10:00:00 UTC",
        subject="Ihr Platz",
        content=paid,
        folder="inbox",
        is_message_draft="No",
    ) == Message(
        conversation_id="2-abc==",
        sender=Person(
            name="Akademie Nord", profile_url="https://www.linkedin.com/company/77"
        ),
        recipients=(Person(name="Jonas Probe", profile_url=f"{IN}jonas-probe"),),
        sent_at=datetime(2026, 2, 1, 10, tzinfo=UTC),
        title="Angebot",
        subject="Ihr Platz",
        text="Guten Tag",
        folder="INBOX",
        is_sponsored=True,
    )


def test_messages_without_ids_are_one_conversation_between_the_same_people() -> None:
    one = mapped(linkedin.message, **{"from": "Ada", "to": "Bo", "content": "hi"})
    back = mapped(linkedin.message, **{"from": "Bo", "to": "Ada", "content": "ho"})
    other = mapped(linkedin.message, **{"from": "Cy", "to": "Ada", "content": "he"})
    assert isinstance(one, Message)
    assert isinstance(back, Message)
    assert isinstance(other, Message)
    assert one.conversation_id == back.conversation_id != other.conversation_id


def test_the_rest_of_the_files_are_read_to_the_letter() -> None:
    mira = Person(name="Mira Muster", profile_url=f"{IN}mira")
    assert mapped(
        linkedin.account, first_name="Jonas", last_name="Probe", headline="Bauer",
        industry="Farming", geo_location="Ulm", maiden_name="Alt",
    ) == Account(
        first_name="Jonas", last_name="Probe", maiden_name="Alt", headline="Bauer",
        industry="Farming", location="Ulm",
    )  # fmt: skip
    assert mapped(linkedin.email, email_address="J@Example.org") == OwnFact(
        "email", "j@example.org"
    )
    assert mapped(
        linkedin.position, company="Hof AG", title="Bauer", started_on="Mar 2019"
    ) == Position(company="Hof AG", title="Bauer", started_on=date(2019, 3, 1))
    assert mapped(
        linkedin.education, school_name="TU Ulm", degree_name="BSc", finished_on="2011"
    ) == Education(school="TU Ulm", degree="BSc", ended_on=date(2011, 1, 1))
    assert mapped(linkedin.skill, name="Melken") == OwnFact("skill", "Melken")
    assert mapped(linkedin.language, name="Deutsch") == OwnFact("language", "Deutsch")
    assert mapped(
        linkedin.connection, first_name="Mira", last_name="Muster", company="Hof AG",
        position="Chefin", url=f"{IN}Mira", connected_on="05 Mar 2024",
    ) == Connection(
        person=Person(
            name="Mira Muster", company="Hof AG", position="Chefin",
            profile_url=f"{IN}mira",
        ),
        connected_on=date(2024, 3, 5),
    )  # fmt: skip
    assert mapped(
        linkedin.imported_contact, first_name="Mira", last_name="Muster",
        emails="m@example.org; M@example.org  mira@example.net",
        created_at="1/5/26, 9:02 AM",
    ) == ImportedContact(
        person=Person(name="Mira Muster", email="m@example.org"),
        emails=("m@example.org", "mira@example.net"),
        created_on=date(2026, 1, 5),
    )  # fmt: skip
    assert mapped(
        linkedin.endorsement_received, endorser_first_name="Mira", skill_name="Melken",
        endorser_last_name="Muster", endorser_public_url=f"{IN}mira",
        endorsement_date="2024/02/01 15:02:55 UTC",
    ) == Endorsement(
        person=mira, skill="Melken", is_given=False, endorsed_on=date(2024, 2, 1)
    )  # fmt: skip
    assert mapped(
        linkedin.recommendation_received, first_name="Mira", last_name="Muster",
        company="Hof AG", position="Chefin", creation_date="05/27/20, 10:00 AM",
    ) == Recommendation(
        person=Person(name="Mira Muster", company="Hof AG", position="Chefin"),
        is_given=False,
        written_on=date(2020, 5, 27),
    )  # fmt: skip
    assert mapped(
        linkedin.private_note, connection_first_name="Mira", note="on the fair",
        connection_last_name="Muster", connection_profile_url=f"{IN}mira",
        created_on="2025-07-30 18:20:00 UTC",
    ) == PrivateNote(person=mira, written_on=date(2025, 7, 30))  # fmt: skip
