from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from vorzimmer.model import Kind
from vorzimmer.sample import LAST_DAY, MEMBER_NAME, MEMBER_URL, truths, write_archive
from vorzimmer.sample.incoming import Incoming, incoming
from vorzimmer.sample.network import address_book, connections
from vorzimmer.sample.pages import page
from vorzimmer.sample.people import slug_of, split_name
from vorzimmer.sample.profile import profile_files

RECOMMENDATIONS = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
HEADERS = {
    "Invitations.csv": (
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
    ),
    "Profile.csv": (
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,"
        "Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers"
    ),
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities",
    "Skills.csv": "Name",
    "Languages.csv": "Name,Proficiency",
    "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On",
    "ImportedContacts.csv": (
        "FirstName,MiddleName,LastName,MaidenName,NickName,NamePrefix,NameSuffix,"
        "Title,Emails,PhoneNumbers,CreatedAt,UpdatedAt,CountryCode,RegionCode,"
        "ThirdPartyVerified,Location"
    ),
    "Endorsement_Received_Info.csv": (
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,"
        "Endorser Public Url,Endorsement Status"
    ),
    "Endorsement_Given_Info.csv": (
        "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,"
        "Endorsee Public Url,Endorsement Status"
    ),
    "Recommendations_Received.csv": RECOMMENDATIONS,
    "Recommendations_Given.csv": RECOMMENDATIONS,
    "Shares.csv": "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility",
    "Events.csv": "Event Name,Event Time,Status,External Url",
    "Registration.csv": "Registered At,Registration Ip,Subscription Types",
    "Company Follows.csv": "Organization,Followed On",
}
CONNECTIONS_HEADER = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
)
MESSAGES_HEADER = (
    '"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL","TO",'
    '"RECIPIENT PROFILE URLS","DATE","SUBJECT","CONTENT","FOLDER"'
)
US_TIME = "%m/%d/%y, %I:%M %p"
Row = dict[str, str]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def files(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="module")
def connected(files: dict[str, str]) -> list[Row]:
    return _rows(files["Connections.csv"].split("\n\n", 1)[1])


@pytest.fixture(scope="module")
def invitations(files: dict[str, str]) -> list[Row]:
    return _rows(files["Invitations.csv"])


@pytest.fixture(scope="module")
def messages(files: dict[str, str]) -> list[Row]:
    return _rows(files["messages.csv"])


def _rows(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _written(*kinds: str) -> Iterator[Incoming]:
    for each in incoming():
        if each.note and (not kinds or each.truth in kinds):
            yield each


def test_the_archive_has_the_networks_own_name(path: Path) -> None:
    assert path.name == "Complete_LinkedInDataExport_11-15-2026.zip"


def test_two_archives_have_the_same_bytes(path: Path, tmp_path: Path) -> None:
    assert write_archive(tmp_path).read_bytes() == path.read_bytes()


def test_another_last_day_moves_everything() -> None:
    until = date(2028, 3, 1)
    assert incoming(until)[0].sent_at.date() == until
    positions = profile_files(until)["Positions.csv"]
    assert positions[0][-2:] == ["Mar 2023", ""]
    assert max(each.connected_on or until for each in connections(until)) < until


@pytest.mark.parametrize("name", sorted(HEADERS))
def test_a_header_is_the_networks_to_the_letter(
    files: dict[str, str], name: str
) -> None:
    assert files[name].partition("\n")[0] == HEADERS[name]


def test_no_file_of_the_archive_is_left_untested(files: dict[str, str]) -> None:
    chats = {"messages.csv", "guide_messages.csv", "Comments.csv"}
    assert set(files) == set(HEADERS) | chats | {"Connections.csv"}


def test_connections_begin_with_the_preamble_then_the_header(
    files: dict[str, str],
) -> None:
    lines = files["Connections.csv"].split("\n")
    assert lines[0] == "Notes:"
    assert lines[1].startswith('"When exporting your connection data, you may notice')
    assert lines[2:4] == ["", CONNECTIONS_HEADER]


def test_chats_quote_every_field_even_in_the_header(files: dict[str, str]) -> None:
    tail = ',"ATTACHMENTS","IS MESSAGE DRAFT","IS CONVERSATION DRAFT"'
    assert files["messages.csv"].partition("\n")[0] == MESSAGES_HEADER + tail
    assert files["guide_messages.csv"].partition("\n")[0] == MESSAGES_HEADER


def test_the_archive_has_the_size_of_a_real_one(
    connected: list[Row],
    invitations: list[Row],
    messages: list[Row],
    files: dict[str, str],
) -> None:
    assert sum(bool(row["First Name"]) for row in connected) == 400
    assert Counter(row["Direction"] for row in invitations) == {
        "INCOMING": 300,
        "OUTGOING": 120,
    }
    assert len(messages) == 3000
    assert len(_rows(files["ImportedContacts.csv"])) == 150


def test_hidden_connections_have_nothing_but_a_date(
    connected: list[Row], files: dict[str, str]
) -> None:
    hidden = [row for row in connected if not row["First Name"]]
    assert len(hidden) == 6
    assert all(not row["URL"] and row["Connected On"] for row in hidden)
    assert re.search(
        r"^,,,,,,\d\d \w{3} \d{4}$", files["Connections.csv"], re.MULTILINE
    )


def test_nobody_is_connected_twice_and_few_share_their_address(
    connected: list[Row],
) -> None:
    addresses = Counter(row["URL"] for row in connected if row["URL"])
    names = Counter((row["First Name"], row["Last Name"]) for row in connected)
    assert max(addresses.values()) == 1
    assert [name for name, count in names.items() if count > 1] == [("", "")]
    assert 5 <= sum(bool(row["Email Address"]) for row in connected) <= 30


def test_every_accepted_request_is_a_connection_since_a_fitting_day(
    connected: list[Row],
) -> None:
    since = {row["URL"]: row["Connected On"] for row in connected}
    accepted = [each for each in incoming() if each.accepted_on]
    assert 85 <= len(accepted) <= 95
    for each in accepted:
        day = datetime.strptime(since[each.url], "%d %b %Y").replace(tzinfo=UTC).date()
        assert timedelta(0) <= day - each.sent_at.date() <= timedelta(days=8)


def test_no_open_request_is_a_connection(connected: list[Row]) -> None:
    addresses = {row["URL"] for row in connected}
    open_ones = [each for each in incoming() if each.accepted_on is None]
    assert len(open_ones) >= 200
    assert not any(each.url in addresses for each in open_ones)


def test_some_two_dozen_open_requests_are_of_the_last_two_weeks() -> None:
    first = LAST_DAY - timedelta(days=14)
    young = [each for each in incoming() if each.sent_at.date() > first]
    assert 22 <= len(young) <= 30
    assert all(each.accepted_on is None for each in young)
    assert {each.truth for each in young} == {str(kind) for kind in Kind}


def test_requests_reach_back_two_years_and_no_further() -> None:
    days = sorted((LAST_DAY - each.sent_at.date()).days for each in incoming())
    assert days[0] == 0
    assert 700 <= days[-1] <= 730


def test_a_third_of_the_requests_comes_without_a_word() -> None:
    blank = sum(not each.note for each in incoming())
    assert 0.3 <= blank / len(incoming()) <= 0.4


def test_no_note_is_longer_than_the_network_allows() -> None:
    assert max(len(each.note) for each in incoming()) <= 300


def test_every_kind_is_there_and_no_other() -> None:
    assert {each.truth for each in incoming()} == {str(kind) for kind in Kind}
    assert set(truths().values()) == {str(kind) for kind in Kind}


def test_truths_name_every_sender_with_an_address(messages: list[Row]) -> None:
    known = truths()
    assert {each.url for each in incoming()} <= set(known)
    strangers = {entry["name"] for entry in page("messages_strangers")["message"]}
    addresses = {
        row["SENDER PROFILE URL"]
        for row in messages
        if row["FROM"] in strangers and row["SENDER PROFILE URL"]
    }
    assert addresses <= set(known)


def test_handwritten_notes_are_all_different() -> None:
    own = [
        each.note for each in _written() if not each.is_default and not each.campaign
    ]
    assert len(set(own)) == len(own) >= 150


def test_campaigns_have_several_senders_with_nearly_the_same_note() -> None:
    sizes = Counter(each.campaign for each in incoming() if each.campaign)
    assert sizes == {"reach": 8, "webinar": 7, "lion": 6}
    for name in sizes:
        starts = {each.note[-25:] for each in incoming() if each.campaign == name}
        assert len(starts) < sizes[name]


def test_the_networks_own_texts_come_in_several_languages() -> None:
    texts = {each.note for each in incoming() if each.is_default}
    assert any("professional network" in text for text in texts)
    assert any("beruflichen Netzwerk" in text for text in texts)
    assert any("réseau professionnel" in text for text in texts)


def test_most_notes_are_german_and_many_are_english() -> None:
    notes = [f" {each.note.lower()} " for each in _written()]
    german = sum(bool(re.search(r" (ich|wir|sie|und|der|die|mein) ", n)) for n in notes)
    english = sum(bool(re.search(r" (i|the|to|you|we|and) ", n)) for n in notes)
    assert german / len(notes) > 0.5
    assert english / len(notes) > 0.2
    assert sum("ß" in note or "ü" in note for note in notes) > 50


def test_links_lead_to_reserved_names_only(files: dict[str, str]) -> None:
    hosts = {
        host
        for text in files.values()
        for host in re.findall(r"https?://([\w.-]+)", text)
    }
    assert "linkedln-security.example" in hosts
    assert {h for h in hosts if not h.endswith(".example")} == {"www.linkedin.com"}


def test_the_former_colleagues_blank_request_has_its_traces(
    messages: list[Row], connected: list[Row], files: dict[str, str]
) -> None:
    request = next(each for each in incoming() if each.name == "Birgit Lührs")
    assert request.note == ""
    assert request.accepted_on is None
    assert request.url not in {row["URL"] for row in connected}
    assert any(row["SENDER PROFILE URL"] == request.url for row in messages)
    assert any(request.url == row["RECIPIENT PROFILE URLS"] for row in messages)
    book = _rows(files["ImportedContacts.csv"])
    assert ("Birgit", "Lührs") in {(row["FirstName"], row["LastName"]) for row in book}


def test_the_changed_name_keeps_its_address(messages: list[Row]) -> None:
    request = next(each for each in incoming() if each.name == "Sandra Wolters")
    names = {
        row["FROM"] for row in messages if row["SENDER PROFILE URL"] == request.url
    }
    assert names == {"Sandra Peters"}


def test_transliterated_names_stand_the_other_way_round_in_the_book() -> None:
    book = {person.name for person, _ in address_book(LAST_DAY)}
    asked = {each.name for each in incoming()}
    assert {"Jörg Jäger", "Guenther Stroessner"} <= book
    assert {"Joerg Jaeger", "Günther Strößner"} <= asked


def test_doubles_share_a_connections_name_but_not_the_address() -> None:
    known = {each.name: each.url for each in connections(LAST_DAY)}
    doubles = [
        each for each in incoming() if each.name in known and not each.accepted_on
    ]
    assert {each.name for each in doubles} == {"Thomas Reimers", "Claudia Wendt"}
    assert all(each.truth == "unverifiable" for each in doubles)
    assert all(each.url != known[each.name] for each in doubles)


@pytest.mark.parametrize("name", ["Katrin Behrens", "Claudia Wendt", "Tom Whitfield"])
def test_common_contacts_named_in_notes_are_connections(name: str) -> None:
    assert name in {each.name for each in connections(LAST_DAY)}
    assert any(name in each.note for each in incoming())


def test_invitations_have_the_networks_date_form(invitations: list[Row]) -> None:
    for row in invitations:
        form = r"[1-9]\d?/[1-9]\d?/\d\d, [1-9]\d?:\d\d [AP]M"
        assert re.fullmatch(form, row["Sent At"])
        sent = datetime.strptime(row["Sent At"], US_TIME).replace(tzinfo=UTC)
        assert sent.date() <= LAST_DAY


def test_messages_have_the_networks_date_form(messages: list[Row]) -> None:
    for row in messages:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", row["DATE"])
        day = date.fromisoformat(row["DATE"][:10])
        assert date(2010, 1, 1) <= day <= LAST_DAY


def test_the_member_stands_on_one_side_of_every_row(
    invitations: list[Row], messages: list[Row]
) -> None:
    for row in invitations:
        is_own = row["inviterProfileUrl"] == MEMBER_URL
        assert is_own == (row["Direction"] == "OUTGOING")
        assert MEMBER_NAME in {row["From"], row["To"]}
    for row in messages:
        ends = row["SENDER PROFILE URL"] + row["RECIPIENT PROFILE URLS"]
        assert MEMBER_URL in ends


def test_messages_show_the_networks_oddities(messages: list[Row]) -> None:
    assert {row["FOLDER"] for row in messages} == {"INBOX", "ARCHIVE", "SPAM"}
    assert Counter(row["IS MESSAGE DRAFT"] for row in messages)["Yes"] == 3
    gone = [row for row in messages if row["FROM"] == "LinkedIn Member"]
    assert len(gone) == 3
    assert not any(row["SENDER PROFILE URL"] for row in gone)
    paid = [row for row in messages if "spinmail-quill-editor" in row["CONTENT"]]
    assert len(paid) == 10
    assert all(row["SUBJECT"] and row["CONVERSATION TITLE"] for row in paid)
    assert any("/company/" in row["SENDER PROFILE URL"] for row in paid)
    assert any(not row["CONTENT"] and row["ATTACHMENTS"] for row in messages)
    assert any(", " in row["TO"] for row in messages)
    assert any("\n" in row["CONTENT"] for row in messages)


def test_everyday_messages_do_not_look_cloned(messages: list[Row]) -> None:
    long = [row["CONTENT"] for row in messages if len(row["CONTENT"]) > 60]
    assert len(set(long)) / len(long) > 0.9
    assert not any(
        "{" in row["CONTENT"] for row in messages if "Vorname" not in str(row)
    )


def test_every_conversation_goes_by_one_id(messages: list[Row]) -> None:
    partners: dict[str, set[str]] = {}
    for row in messages:
        if row["CONVERSATION TITLE"] or row["FROM"] == "LinkedIn Member":
            continue
        ends = {row["SENDER PROFILE URL"], row["RECIPIENT PROFILE URLS"]}
        partners.setdefault(row["CONVERSATION ID"], set()).update(ends - {MEMBER_URL})
    assert all(len(urls) == 1 for urls in partners.values())


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Prof. Dr. Heiner Osterloh", ("Prof. Dr. Heiner", "Osterloh")),
        ("Gerrit van der Kolk", ("Gerrit", "van der Kolk")),
    ],
)
def test_a_name_splits_into_first_and_last(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_slugs_leave_titles_out_and_keep_some_umlauts() -> None:
    assert slug_of("Dr. Annegret Volbers").startswith("annegret-volbers")
    slugs = [slug_of(f"Jörg Jäger{end}") for end in "abcdefghijklmnop"]
    starts = {slug[:5] for slug in slugs}
    assert {"jörg-", "joerg", "jorg-"} <= starts
