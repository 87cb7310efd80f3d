"""The importer as a whole, against the stand-in."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from portability.rows import (
    ANSWERED,
    DOMAINS,
    MIRA,
    NOON_MS,
    WRITTEN,
    message,
)
from portability.stand_in import AUTHORISATIONS, OWNER, StandIn, Trouble
from vorzimmer.importers.portability import CHANGE_LOG, Wish, read
from vorzimmer.intake import Intake, gather
from vorzimmer.items import Cursor, FileRead, Invitation, Item, Message, OwnFact
from vorzimmer.linkedin.domains import DOMAINS as KNOWN
from vorzimmer.model import Action, Channel, Person, Skipped, TieKind
from vorzimmer.portability.client import TRIES, Client
from vorzimmer.portability.refusals import BY_STATUS, RefusalError
from vorzimmer.portability.tokens import Token

DAY_MS = 86_400_000
NOW = NOON_MS + DAY_MS
WRITTEN_MS = 1_789_032_600_000  # 2026-09-10 09:30 UTC, as the inbox has it


def items(client: Client, **wish: Any) -> list[Item | Cursor]:  # noqa: ANN401 - as Wish has it
    return list(read(client, Wish(**{"now": NOW, **wish})))


def cursor(found: list[Item | Cursor]) -> str:
    assert isinstance(found[-1], Cursor)
    return found[-1].value


def taken(found: list[Item | Cursor]) -> Intake:
    return gather(each for each in found if not isinstance(each, Cursor))


def reasons(found: list[Item | Cursor]) -> list[tuple[str, int, str]]:
    return [
        (each.file, each.line, str(each.reason))
        for each in found
        if isinstance(each, Skipped)
    ]


def only(found: list[Item | Cursor], kind: type[Any]) -> list[Any]:
    return [each for each in found if isinstance(each, kind)]


def test_the_first_reading_takes_the_whole_snapshot(
    client: Client, linkedin: StandIn
) -> None:
    found = items(client)
    assert [each.file for each in only(found, FileRead)] == [
        CHANGE_LOG,
        *(each.name for each in KNOWN),
    ]
    assert OwnFact("skill", "Bienen") in found
    assert len(only(found, Invitation)) == 3
    ((file, line, _),) = reasons(found)
    assert (file, line) == ("CONNECTIONS", 2)
    assert linkedin.asked[0].startswith(f"GET {AUTHORISATIONS}")
    assert linkedin.asked_for("POST") == 0


def test_what_it_brings_is_understood_as_an_archive_is(client: Client) -> None:
    intake = taken(items(client))
    assert intake.member.name == "Jonas Probe"
    assert intake.member.profile_url == "https://www.linkedin.com/in/jonas-probe"
    assert sorted(each.sender.name or "" for each in intake.requests) == [
        "Lena Holz",
        "Mira Muster",
        "Rex Kauf",
        "Vera Vogt",
    ]
    assert Counter(each.action for each in intake.past) == {
        Action.ACCEPT: 1,
        Action.ANSWER: 1,
    }
    kinds = {each.kind for each in intake.ties}
    assert {TieKind.CONNECTION, TieKind.WROTE, TieKind.WAS_ENDORSED_BY} <= kinds
    assert intake.notices == ()


def test_the_cursor_holds_who_and_how_far_and_no_more(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.events = [message(1, "Hallo", thread="2-dGhyZWFkMQ==")]
    how_far = json.loads(cursor(items(client)))
    assert how_far["owner"] == OWNER
    assert how_far["at"] == NOON_MS + 1000
    assert how_far["seen"] == ["1"]


def test_without_news_only_what_is_small_is_read_again(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.events = [message(1, WRITTEN["CONTENT"], at=WRITTEN_MS)]
    first = items(client)
    linkedin.asked.clear()
    again = items(client, cursor=cursor(first), now=NOW + DAY_MS)
    assert [each.file for each in only(again, FileRead)] == [
        CHANGE_LOG,
        "PROFILE",
        "INVITATIONS",
        "CONNECTIONS",
    ]
    assert linkedin.asked_for("startTime=1790000001000") == 1
    assert cursor(again) == cursor(first)


def test_news_in_the_inbox_make_it_read_again(
    client: Client, linkedin: StandIn
) -> None:
    first = items(client)
    new = {**WRITTEN, "CONVERSATION ID": "2-bmV3", "CONTENT": "Noch einer"}
    linkedin.domains["INBOX"] = [WRITTEN, ANSWERED, new]
    news = message(7, "Noch einer", at=WRITTEN_MS)
    linkedin.events = [news | {"processedAt": NOW}]
    again = items(client, cursor=cursor(first), now=NOW + DAY_MS)
    assert [each.text for each in only(again, Message)] == [
        WRITTEN["CONTENT"],
        ANSWERED["CONTENT"],
        "Noch einer",
    ]
    assert json.loads(cursor(again))["behind"] is False


def test_a_message_that_the_inbox_does_not_show_yet_comes_from_the_log(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.events = [
        message(1, WRITTEN["CONTENT"], thread="2-dGhyZWFkMQ==", at=WRITTEN_MS),
        message(2, "Ich habe ein Angebot für Sie"),
        message(3, "Nein, danke", actor=OWNER),
    ]
    found = items(client)
    intake = taken(found)
    (request,) = [each for each in intake.requests if each.sender == Person()]
    assert request.note == "Ich habe ein Angebot für Sie"
    assert request.channel is Channel.MESSAGE
    (past,) = [each for each in intake.past if each.request_id == request.id]
    assert past.action is Action.DECLINE
    linkedin.events = []
    again = items(client, cursor=cursor(found))
    assert only(again, Message), "the inbox is read once more, to name the sender"


def test_unlike_numbers_of_conversations_are_not_mixed(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.events = [message(2, "Von jemandem, den ich kenne", thread="other-form")]
    found = items(client)
    assert len(only(found, Message)) == 2
    assert any("newer than the inbox" in each[2] for each in reasons(found))


def test_what_was_deleted_since_is_left_out(client: Client, linkedin: StandIn) -> None:
    gone = message(1, WRITTEN["CONTENT"], at=WRITTEN_MS)
    linkedin.events = [gone, {**gone, "id": 2, "method": "DELETE", "activity": {}}]
    found = items(client)
    assert [each.text for each in only(found, Message)] == [ANSWERED["CONTENT"]]
    assert ("INBOX", 1, "This message was deleted since, so it was left out.") in (
        reasons(found)
    )


@pytest.mark.parametrize(
    "wish",
    [
        {"is_again": True},
        {"now": NOW + 29 * DAY_MS},
        {"cursor": '{"owner": "somebody else", "at": 1789999999999}'},
        {"cursor": "broken {"},
        {"cursor": "[" * 9_999},
    ],
)
def test_everything_is_read_where_the_log_does_not_reach(
    client: Client, wish: dict[str, Any]
) -> None:
    first = cursor(items(client))
    found = items(client, **{"cursor": first, **wish})
    assert len(only(found, FileRead)) == len(KNOWN) + 1


def test_a_day_can_be_given_for_the_log(client: Client, linkedin: StandIn) -> None:
    first = cursor(items(client))
    linkedin.asked.clear()
    items(client, cursor=first, since=NOON_MS)
    assert linkedin.asked_for(f"startTime={NOON_MS}") == 1


def test_overlapping_pages_bring_each_row_once(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.domains["INVITATIONS"] = [MIRA, *DOMAINS["INVITATIONS"]]
    assert len(only(items(client), Invitation)) == 3


def test_who_has_no_log_yet_is_registered_once(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.is_registered = False
    assert any("asked to do so" in each[2] for each in reasons(items(client)))
    assert linkedin.asked_for("POST") == 1
    assert not any("asked to do so" in each[2] for each in reasons(items(client)))


def test_who_may_not_ask_for_the_registration_goes_without(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.troubles = [Trouble(403, at=AUTHORISATIONS)]
    assert len(only(items(client), Invitation)) == 3


@pytest.mark.parametrize("status", [401, 403, 426])
def test_a_token_that_opens_nothing_is_told(
    status: int, client: Client, linkedin: StandIn
) -> None:
    linkedin.troubles = [Trouble(status, times=99)]
    with pytest.raises(RefusalError) as error:
        items(client)
    assert error.value.sentences == BY_STATUS[status]
    assert len(linkedin.asked) <= 2


def test_a_token_of_nobody_is_told(linkedin: StandIn) -> None:
    other = Client(Token("x" * 40), address=linkedin.address)
    with other, pytest.raises(RefusalError, match="expired"):
        items(other)


def test_where_nothing_is_ready_it_says_so(client: Client, linkedin: StandIn) -> None:
    linkedin.domains = {}
    ((file, line, reason),) = reasons(items(client))
    assert (file, line) == ("LinkedIn", 0)
    assert "nothing to tell yet" in reason


def test_rows_of_no_known_form_cost_only_themselves(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.page_size = 10
    linkedin.domains["INVITATIONS"] = [7, {"From": "x"}, MIRA, None, [MIRA]]
    found = items(client)
    assert len(only(found, Invitation)) == 1
    lines = [line for file, line, _ in reasons(found) if file == "INVITATIONS"]
    assert lines == [1, 2, 4, 5]


@pytest.mark.parametrize("status", [401, 429, 503])
def test_an_unfinished_reading_goes_on_where_it_ended(
    status: int, client: Client, linkedin: StandIn, tmp_path: Path
) -> None:
    wish = {"spool": tmp_path / "own.db-portability"}
    whole = items(client)
    linkedin.troubles = [Trouble(status, at="domain=CONNECTIONS", times=TRIES)]
    with pytest.raises(RefusalError) as error:
        items(client, **wish)
    assert error.value.status == status
    linkedin.troubles, kept = [], wish["spool"].read_bytes()
    linkedin.asked.clear()
    assert items(client, **wish) == whole
    assert not any(
        each.endswith(f"domain={domain}")
        for each in linkedin.asked
        for domain in ("PROFILE", "INVITATIONS")
    )
    assert b"mira-muster" in kept
    assert not wish["spool"].exists()


def test_ctrl_c_keeps_what_was_read(
    client: Client, linkedin: StandIn, tmp_path: Path
) -> None:
    spool = tmp_path / "spool"

    def told(domain: str) -> None:
        if domain == "INBOX":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        items(client, spool=spool, told=told)
    linkedin.asked.clear()
    items(client, spool=spool)
    asked = [each for each in linkedin.asked if each.endswith("domain=CONNECTIONS")]
    assert asked == []
