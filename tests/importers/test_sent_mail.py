"""Sent mail says to whom the member wrote, how often and when; its text is not read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.addressbook.heads import people_of, sent_mail_of
from vorzimmer.addressbook.mbox import heads_of
from vorzimmer.errors import SourceError
from vorzimmer.importers.sent_mail import fits, read
from vorzimmer.intake import gather
from vorzimmer.items import FileRead, SentMail
from vorzimmer.model import Tie, TieKind

IMKE = '"Wulfers, Imke" <Imke@example.net>'
FIRST = "From - Mon Jan  2 09:00:00 2012\n"


def head(to: str = IMKE, *, sender: str = "katrin@example.org", **more: str) -> str:
    fields = {"From": sender, "To": to, "Date": "Mon, 3 Mar 2025 23:30:00 -0500"}
    fields |= {name.replace("_", "-"): value for name, value in more.items()}
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def mbox(*heads: str, text: str = "Gehalt und Gesundheit\n") -> bytes:
    return "".join(f"{FIRST}{each}\n{text}\n" for each in heads).encode()


def mail(text: str) -> SentMail:
    found = sent_mail_of(text.encode())
    assert found is not None
    return found


def ties(path: Path) -> dict[str | None, Tie]:
    return {each.person.email: each for each in gather(read(path)).ties}


def test_a_head_says_from_whom_to_whom_and_when() -> None:
    found = mail(head(Cc="Owen <owen@example.com>", Message_ID="<1@example.org>"))
    assert found.sender == "katrin@example.org"
    people = [(each.name, each.email) for each in found.recipients]
    assert people == [
        ("Wulfers, Imke", "imke@example.net"),
        ("Owen", "owen@example.com"),
    ]
    assert found.sent_at == datetime(2025, 3, 4, 4, 30, tzinfo=UTC)
    assert found.message_id == "<1@example.org>"


def test_folded_lines_and_windows_line_ends_are_read() -> None:
    folded = head(f"{IMKE},\n\tOwen\n <owen@example.com>").replace("\n", "\r\n")
    assert len(mail(folded).recipients) == 2


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("a@example.org", [(None, "a@example.org")]),
        ("=?utf-8?B?SsO2cmc=?= <a@example.org>", [("Jörg", "a@example.org")]),
        ("=?iso-8859-1?Q?J=F6rg_W?= <a@example.org>", [("Jörg W", "a@example.org")]),
        ("=?nonsense?Q?x?= <a@example.org>", [("x", "a@example.org")]),
        ("'a@example.org' <a@example.org>", [(None, "a@example.org")]),
        ("Doe, Jane <a@example.org>", [("Doe, Jane", "a@example.org")]),
        ("Team: A <a@example.org>, b@example.org;",
         [("A", "a@example.org"), (None, "b@example.org")]),
        ("a@example.org (Ada); a@example.org", [(None, "a@example.org")]),
        ('"<(" <a@example.org>', [("<(", "a@example.org")]),
        ("undisclosed-recipients:;", []),
        ("no-reply@example.org, mailer-daemon@example.org", []),
        ("@@@ <> , ;;", []),
    ],
)  # fmt: skip
def test_a_list_of_addresses(
    written: str, people: list[tuple[str | None, str]]
) -> None:
    assert [(each.name, each.email) for each in people_of(written)] == people


@pytest.mark.parametrize(
    "text",
    [
        head(Auto_Submitted="auto-replied"),
        head("undisclosed-recipients:;"),
        head(sender="no-reply@example.org"),
        "To: imke@example.net\n",
        "",
    ],
)
def test_a_head_that_says_nothing_of_people_is_nothing(text: str) -> None:
    assert sent_mail_of(text.encode()) is None


@pytest.mark.parametrize(
    "when",
    ["", "yesterday", "Mon, 99 Mar 2025 10:00:00 +0000", "1 Jan 9999 23:59 -2359"],
)
def test_a_date_that_is_none_costs_only_the_date(when: str) -> None:
    assert mail(head(Date=when)).sent_at is None


def test_an_mbox_is_cut_into_heads_however_it_comes() -> None:
    tricky = "From me to you, with love\n>From here\n\nFrom nowhere\nand back\n"
    raw = mbox(head(), head("b@example.org"), text=tricky)
    whole = list(heads_of([raw]))
    assert [len(mail(each.decode()).recipients) for each in whole] == [1, 1]
    for size in (1, 5, 100):
        pieces = (raw[at : at + size] for at in range(0, len(raw), size))
        assert list(heads_of(pieces)) == whole


def test_a_mail_that_never_ends_takes_no_memory() -> None:
    endless = chain([mbox(head())], (b"x" * 65536 for _ in range(2_000)))
    assert len(list(heads_of(endless))) == 1
    headless = chain([FIRST.encode()], (b"a: " + b"b" * 65536 for _ in range(20)))
    assert all(len(each) <= 300_000 for each in heads_of(headless))


def test_mails_to_one_person_add_up(tmp_path: Path) -> None:
    days = ("Mon, 3 Jun 2019 10:00:00 +0200", "Tue, 3 Mar 2026 10:00:00 +0100")
    heads = [head(Date=each, Message_ID=f"<{each}>") for each in days]
    source = tmp_path / "Gesendet"
    source.write_bytes(mbox(*heads, heads[0], head("katrin@example.org")))
    found = ties(source)
    assert found.keys() == {"imke@example.net"}
    imke = found["imke@example.net"]
    assert (imke.kind, imke.count) == (TieKind.MAILED, 2)
    assert (imke.since, imke.until) == (date(2019, 6, 3), date(2026, 3, 3))
    assert imke.person.name == "Wulfers, Imke"


def test_a_copy_without_a_number_counts_once_where_its_moment_is_known(
    tmp_path: Path,
) -> None:
    both = "b@example.org, Imke@example.net"
    turned = "imke@example.net, Bo <b@example.org>"
    later = head(both, Date="Mon, 3 Mar 2025 23:30:01 -0500")
    undated = head(both, Date="some day")
    for folder in ("Sent", "Gesendet"):
        place = tmp_path / "mail" / folder
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(mbox(head(both), head(turned), later, undated))
    found = ties(tmp_path / "mail")
    # Two moments, and in each of two folders one of which nobody knows when it was.
    assert {email: each.count for email, each in found.items()} == {
        "b@example.org": 4,
        "imke@example.net": 4,
    }


def test_a_circular_counts_for_nobody(tmp_path: Path) -> None:
    many = ", ".join(f"g{number}@example.org" for number in range(11))
    source = tmp_path / "Sent"
    source.write_bytes(mbox(head(), head(many)))
    assert ties(source).keys() == {"imke@example.net"}


def incoming(count: int) -> list[str]:
    return [
        head("Katrin <katrin@example.org>", sender=f"s{number}@example.com")
        for number in range(count)
    ]


def test_of_a_whole_mailbox_only_what_the_member_wrote_counts(tmp_path: Path) -> None:
    source = tmp_path / "All mail.mbox"
    source.write_bytes(mbox(*incoming(9), head(), head("s1@example.com")))
    assert ties(source).keys() == {"imke@example.net", "s1@example.com"}


def test_where_nobody_is_in_most_mails_nothing_is_taken_and_said(
    tmp_path: Path,
) -> None:
    source = tmp_path / "mails"
    heads = [head(f"to{n}@example.org", sender=f"by{n}@example.org") for n in range(3)]
    source.write_bytes(mbox(*heads))
    intake = gather(read(source))
    assert intake.ties == ()
    assert "which address is yours" in str(intake.notices[0])


def test_a_second_address_of_the_member_counts_too(tmp_path: Path) -> None:
    source = tmp_path / "Sent Messages.mbox"
    days = [f"Mon, {day} Mar 2025 10:00:00 +0100" for day in range(3, 8)]
    first = [head(Date=each) for each in days]
    second = [
        head("owen@example.com", sender="kb@example.com", Date=each) for each in days
    ]
    source.write_bytes(mbox(*first, *second))
    assert ties(source).keys() == {"imke@example.net", "owen@example.com"}


def test_a_maildir_with_folders_is_read_where_the_sent_mail_lies(
    tmp_path: Path,
) -> None:
    for name, heads in (("", incoming(3)), (".Sent", [head()])):
        for part in ("cur", "new", "tmp"):
            (tmp_path / name / part).mkdir(parents=True)
        for number, each in enumerate(heads):
            path = tmp_path / name / "cur" / f"{number}.host:2,S"
            path.write_text(f"{each}\nText\n", "utf-8")
    draft = tmp_path / ".Sent" / "cur" / "9.host:2,D"
    draft.write_text(head("draft@example.org"), "utf-8")
    assert fits(tmp_path)
    assert ties(tmp_path).keys() == {"imke@example.net"}


def test_an_apple_mailbox_is_a_folder_with_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "Sent Messages.mbox"
    folder.mkdir()
    (folder / "mbox").write_bytes(mbox(head()))
    assert ties(folder).keys() == {"imke@example.net"}


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(mbox(head()))
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "Sent").symlink_to(tmp_path / "real")
    assert not fits(folder)


def test_what_is_no_mailbox_is_refused_in_words(tmp_path: Path) -> None:
    source = tmp_path / "a.mbox"
    for raw, words in ((b"", "empty"), (b"hello\n", "no mailbox")):
        source.write_bytes(raw)
        with pytest.raises(SourceError, match=words):
            list(read(source))
    with pytest.raises(SourceError, match="no such file"):
        list(read(tmp_path / "nothing"))


def test_no_word_of_subject_or_text_is_kept(tmp_path: Path) -> None:
    source = tmp_path / "Sent"
    source.write_bytes(mbox(head(Subject="Scheidung")))
    found = list(read(source))
    assert isinstance(found[-1], FileRead)
    shown = repr(found) + repr(gather(found))
    assert all(word not in shown for word in ("Scheidung", "Gehalt", "Gesundheit"))


PIECES = st.sampled_from(
    [
        b"\nFrom x\n",
        b"From - \nA:",
        b"To: ",
        b"\n\n",
        b"\r\n",
        b"a@example.org",
        b"<",
        b'"',
        b"(",
        b"\\",
        b">",
        b",",
        b"=?utf-8?Q?",
        b"?=",
        b"Date: ",
        b"\xff",
        b"\0",
    ]
)


@given(st.lists(PIECES | st.binary(max_size=6), max_size=40), st.integers(1, 30))
def test_whatever_the_bytes_reading_ends_and_invents_nothing(
    pieces: list[bytes], size: int
) -> None:
    raw = b"".join(pieces)
    chunks: Iterable[bytes] = [raw[at : at + size] for at in range(0, len(raw), size)]
    for each in heads_of(chunks):
        assert each in raw
    found = sent_mail_of(raw)
    if found is not None:
        assert found.sender
        assert all(each.email and "@" in each.email for each in found.recipients)
