from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portability.rows import NOON_MS, event, message
from portability.stand_in import CHANGES, OWNER, StandIn, Trouble
from vorzimmer.portability import changes as changes_module
from vorzimmer.portability.changes import Changes, read_changes
from vorzimmer.portability.client import Client
from vorzimmer.portability.refusals import RefusalError

NOW = NOON_MS + 10**8


def test_every_event_is_read_once_over_many_pages(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.events = [message(each, f"Nr. {each}") for each in range(1, 121)]
    read = read_changes(client, since=None, now=NOW)
    assert (read.events, len(read.messages), read.problems) == (120, 120, [])
    assert read.latest == NOON_MS + 120_000
    assert read.latest_keys == {"120"}


def test_reading_on_passes_over_what_is_known(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.events = [message(each, "x") for each in range(1, 4)]
    first = read_changes(client, since=None, now=NOW)
    linkedin.events = [*linkedin.events, message(9, "neu")]
    on = read_changes(client, since=first.latest, now=NOW, besides=first.latest_keys)
    assert [each.text for each in on.messages.values()] == ["neu"]
    nothing = read_changes(client, since=on.latest, now=NOW, besides=on.latest_keys)
    assert (nothing.events, nothing.has_messages) == (0, False)
    assert nothing.latest == on.latest


def test_edits_replace_and_deletes_remove() -> None:
    read = Changes()
    same: dict[str, Any] = {"resourceId": "2-a"}
    read.add(message(1, "Erst so", **same))
    read.add(message(2, "dann so", **same, method="UPDATE"))
    read.add(message(3, "bleibt"))
    assert [each.text for each in read.messages.values()] == ["dann so", "bleibt"]
    read.add(event(4, method="DELETE", **same))
    read.add(event(5, method="DELETE", resourceId="never seen"))
    assert [each.text for each in read.messages.values()] == ["bleibt"]
    assert [each.text for each in read.deleted] == ["dann so"]
    assert (read.events, read.problems) == (5, [])


def test_who_wrote_is_known_by_comparing_with_the_owner() -> None:
    read = Changes()
    read.add(message(1, "von mir", actor=OWNER))
    read.add(message(2, "an mich"))
    assert [each.is_own for each in read.messages.values()] == [True, False]


def test_mark_up_of_messages_becomes_text() -> None:
    read = Changes()
    read.add(
        message(1, "Hallo @[Ada Feld](urn:li:person:X1), {audio|urn:li:a:1} ja \ud800")
    )
    (only,) = read.messages.values()
    assert only.text == "Hallo Ada Feld,  ja ?"
    read.add(message(2, "{video|urn:li:digitalmediaAsset:1}"))
    assert (len(read.messages), read.problems) == (1, [])


def test_other_events_count_and_say_nothing_of_the_inbox() -> None:
    read = Changes()
    read.add(event(1, resourceName="invitations", method="ACTION"))
    assert (read.events, read.has_messages, read.messages) == (1, False, {})


@pytest.mark.parametrize(
    "activity",
    ["Unable_to_process_this_field.", {"message": "Unable to process this event."}, 7],
)
def test_an_event_that_linkedin_could_not_write_is_told(activity: object) -> None:
    read = Changes()
    read.add(event(1, activity=activity))
    ((number, reason),) = read.problems
    assert number == 1
    assert "could not write this event" in str(reason)


def test_too_much_in_one_moment_is_told_and_reading_goes_on(
    client: Client, linkedin: StandIn
) -> None:
    crowd = [message(each, "x") | {"processedAt": NOON_MS} for each in range(1, 61)]
    linkedin.events = [*crowd, message(99, "danach")]
    read = read_changes(client, since=None, now=NOW)
    assert read.events == 51
    ((number, reason),) = read.problems
    assert (number, "--again" in str(reason)) == (0, True)


def test_a_moment_that_linkedin_does_not_take_is_left_out(
    client: Client, linkedin: StandIn
) -> None:
    linkedin.events = [message(1, "x")]
    linkedin.troubles = [Trouble(400, at="startTime")]
    assert read_changes(client, since=1, now=NOW).events == 1
    linkedin.troubles = [Trouble(400, at=CHANGES)]
    with pytest.raises(RefusalError):
        read_changes(client, since=None, now=NOW)


def test_a_moment_in_the_future_moves_nothing(
    client: Client, linkedin: StandIn
) -> None:
    far = message(2, "x") | {"processedAt": NOW + 1}
    linkedin.events = [message(1, "x"), far]
    read = read_changes(client, since=None, now=NOW)
    assert (read.events, read.latest) == (2, NOON_MS + 1000)


def test_an_endless_log_is_cut_off_with_a_word(
    client: Client, linkedin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes_module, "MAX_PAGES", 2)
    linkedin.events = [message(each, "x") for each in range(1, 200)]
    read = read_changes(client, since=None, now=NOW)
    assert read.events == 99
    assert "Only the first" in str(read.problems[-1][1])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "content",
                    "fallback",
                    "string",
                    "thread",
                    "deliveredAt",
                    "subject",
                    "id",
                ]
            ),
            inner,
        )
    ),
    max_leaves=10,
)


@settings(max_examples=40)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "id": JSON,
            "resourceName": st.just("messages"),
            "resourceId": JSON,
            "method": st.sampled_from(["CREATE", "DELETE"]) | JSON,
            "activity": JSON,
            "processedAt": JSON,
        },
    )
    | JSON
)
def test_no_event_however_odd_breaks_the_reading(odd: Any) -> None:  # noqa: ANN401 - any JSON
    read = Changes()
    read.add(odd)
    assert read.events == 1
    assert len(read.messages) + len(read.problems) <= 1
    assert len(changes_module._key(odd)) <= 100  # noqa: SLF001 - what bounds the cursor
    assert changes_module._processed(odd) >= 0  # noqa: SLF001 - what the cursor is
