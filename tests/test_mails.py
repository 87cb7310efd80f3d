from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_mails import SERVER, TOKEN, raw, samples
from vorzimmer.items import MailNotice, NoticeKind
from vorzimmer.mails import may_be_of_network, network_name, read_mail
from vorzimmer.mails.addresses import invited_at, profile_of, without_tokens
from vorzimmer.mails.lines import html_lines, text_lines
from vorzimmer.mails.mime import MAX_BYTES, decoded_words, read_mime

SAMPLES = samples()
HEAD = b"From: Mira Beispiel <invitations@linkedin.com>\nSubject: I want to connect\n"
pieces = st.sampled_from(
    [
        HEAD, b"\n\n", b"\r\n", b"--b", b"--b--", b"<a href='https://x.example'>",
        b"Content-Type: multipart/mixed; boundary=b\n\n", b"=?utf-8?q?=C3", b"?=",
        b"Content-Type: text/html\n\n", b"Content-Transfer-Encoding: base64\n", b"=\n",
        b"Date: Tue, 99 Nov 99999\n", b"Accept: https://linkedin.com/invitationId/9999",
        b"X-LinkedIn-Template: email_m2m_invite_digest_02\n", b"<table><td>", b"\xff",
        b"Authentication-Results: mx.example; dkim=pass (((( header.d=linkedin.com\n",
        b"Mira Beispiel\n", "\u200b\u034f ".encode("utf-16"), b"([{<;=\"'",
    ]
)  # fmt: skip


def facts(notice: MailNotice) -> dict[str, Any]:
    """Return what a sample says of somebody, in the form of its file."""
    known = asdict(notice.sender).items()
    found = {name: value for name, value in known if value is not None}
    return found | ({"note": notice.note} if notice.note else {})


@pytest.mark.parametrize("name", SAMPLES)
class TestSample:
    """What holds for each of the sample mails."""

    def test_tells_of_the_people_in_it(self, name: str) -> None:
        sample = SAMPLES[name]
        read = read_mail(raw(sample), trusted=[SERVER])
        found = [facts(each) for each in read.notices]
        if sample.get("proven") is False:
            wanted = {key for each in sample["people"] for key in each}
            found = [{k: v for k, v in each.items() if k in wanted} for each in found]
        assert found == sample["people"]
        assert (read.network or "") == sample["network"]
        assert read.problem is None

    def test_says_of_which_kind_it_is(self, name: str) -> None:
        read = read_mail(raw(SAMPLES[name]), trusted=[SERVER])
        kinds = {each.kind for each in read.notices}
        assert kinds == {NoticeKind(k) for k in [SAMPLES[name].get("kind")] if k}

    def test_proves_its_origin_only_by_the_provider(self, name: str) -> None:
        sample = SAMPLES[name]
        expected = sample.get("proven", bool(sample["network"]))
        assert read_mail(raw(sample), trusted=[SERVER]).is_origin_proven == expected
        assert not read_mail(raw(sample)).is_origin_proven

    def test_leads_where_it_says(self, name: str) -> None:
        sample = SAMPLES[name]
        for each in read_mail(raw(sample), trusted=[SERVER]).notices:
            assert each.leads_to == sample.get("leads_to", "")

    def test_keeps_no_token(self, name: str) -> None:
        data = raw(SAMPLES[name])
        assert TOKEN not in repr(read_mail(data, trusted=[SERVER]))
        assert TOKEN not in repr(read_mail(data))

    def test_is_not_missed_by_the_quick_look(self, name: str) -> None:
        data = raw(SAMPLES[name])
        assert may_be_of_network(data) or not read_mail(data).notices


def test_there_are_enough_samples_of_every_kind() -> None:
    kinds = [sample.get("kind") for sample in SAMPLES.values()]
    assert len(kinds) >= 40
    assert {each.value for each in NoticeKind} <= set(kinds)


def provided(server: str, received: str, results: str) -> bytes:
    head = f"Received: from a by {received}; x\nAuthentication-Results: {server}"
    return f"{head}{results}\n".encode() + HEAD + b"\nMira Beispiel\nWeberin\n"


@pytest.mark.parametrize(
    ("server", "received", "is_proven"),
    [
        ("mx.google.com;", "mx.google.com with ESMTPS", True),
        ("mx.google.com;", "mx.elsewhere.example", False),
        ("mx.google.com.evil.example;", "mx.google.com.evil.example", False),
        ("", "abc.prod.outlook.com", True),
        ("", "abc.elsewhere.example", False),
        ("dmarc.icloud.com;", "p00-mailgateway.me.apple.com", True),
        ("gmx.net;", "mx.gmx.net (nemesis)", True),
        ("mx.unknown.example;", "mx.unknown.example", False),
    ],
)
def test_known_providers_are_believed_for_their_own_mailboxes(
    server: str, received: str, *, is_proven: bool
) -> None:
    data = provided(server, received, " dkim=pass header.d=linkedin.com")
    assert read_mail(data).is_origin_proven == is_proven


@pytest.mark.parametrize(
    ("results", "is_proven"),
    [
        ("dkim=pass header.i=@mailb.linkedin.com", True),
        ("dkim=pass (2048-bit key; secure) header.d=linkedin.com", True),
        ("dmarc=pass (p=REJECT sp=REJECT) header.from=linkedin.com", True),
        ("dkim=neutral header.d=linkedin.com", False),
        ("spf=pass smtp.mailfrom=linkedin.com", False),
        ('dkim=fail reason="x; dkim=pass" header.d=linkedin.com', False),
        ("dkim=pass header.d=xlinkedin.com", False),
        ("dkim=fail header.d=linkedin.com; x=y dkim=pass header.d=linkedin.com", False),
        ("dmarc=pass header.from=xing.com", False),
        ("", False),
    ],
)
def test_only_a_passed_signature_of_the_network_proves(
    results: str, *, is_proven: bool
) -> None:
    data = provided(f"{SERVER};", SERVER, f" {results}")
    assert read_mail(data, trusted=[SERVER]).is_origin_proven == is_proven


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("see https://a.example/x?t=SECRET#y, ok", "see https://a.example/x ok"),
        ("www.a.example/x?t=SECRET", "www.a.example/x"),
        ("https://SECRET@a.example/", "https://a.example/"),
        ("https://linkedin.com@a.example/", "https://linkedin.com@a.example/"),
        ("https://www.xing.com/m/SECRET", "https://www.xing.com/m"),
        (
            (
                "https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/1"
                "/sharedKey/SECRET/"
            ),
            (
                "https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/1"
                "/sharedKey"
            ),
        ),
        ("Was? Wie? #kran", "Was? Wie? #kran"),
    ],
)
def test_links_are_cut_to_scheme_host_and_path(text: str, clean: str) -> None:
    assert without_tokens(text) == clean


@given(
    st.lists(
        st.sampled_from(["https://", "a.example/", "?t=", "SECRET", "#", " ", "www."]),
        max_size=12,
    ).map("".join)
)
def test_nothing_behind_a_question_mark_is_kept(text: str) -> None:
    cut = without_tokens(text)
    assert without_tokens(cut) == cut
    assert "example/?t=" not in cut


def test_the_number_of_an_invitation_says_when_it_was_made() -> None:
    (notice,) = read_mail(raw(SAMPLES["linkedin-invitation_default_en"])).notices
    assert notice.sent_at is not None
    assert notice.mailed_at is not None
    assert invited_at("0" * 19, notice.mailed_at) is None
    assert invited_at("9" * 19, notice.mailed_at) is None
    assert invited_at("x", None) is None
    made_at = invited_at(str(int(notice.mailed_at.timestamp() * 1000) << 22), None)
    assert made_at is None
    seconds = int(notice.mailed_at.timestamp()) - 17
    made_at = invited_at(str((seconds * 1000) << 22), notice.mailed_at)
    assert made_at is not None
    assert made_at.timestamp() == seconds


def test_a_profile_is_one_of_the_network_only() -> None:
    assert profile_of("https://linkedin.com.evil.example/in/mira", "linkedin") is None
    assert profile_of("https://www.linkedin.com/company/x", "linkedin") is None
    assert profile_of("https://[broken/profile/x", "xing") is None


def test_ten_thousand_parts_are_no_burden() -> None:
    part = b"--b\nContent-Type: text/plain\n\nhello\n"
    flat = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part * 10_000
    nested = HEAD + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
        for n in range(10_000)
    )
    assert read_mime(flat).text.strip() == "hello"
    assert read_mime(nested).text == ""
    assert len(read_mail(flat).notices) == len(read_mail(nested).notices) == 1


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 60_000,
        "<a href=x><p>" * 20_000,
        "<table>" * 40_000,
        "<" * 300_000,
        "".join(f"<font color={n}>" for n in range(9_000)) + "<p>" * 20_000,
    ],
    ids=["div", "a", "table", "bracket", "font"],
)
def test_endless_html_is_no_burden(bomb: str) -> None:
    assert len(html_lines(bomb)) <= 2_000


def test_a_mail_larger_than_any_notification_is_cut() -> None:
    mail = read_mime(HEAD + b"\n" + b"x\n" * MAX_BYTES)
    assert mail.is_cut
    assert len(mail.text) <= 300_000


def test_encoded_words_cut_within_a_letter_come_together() -> None:
    assert decoded_words("=?utf-8?q?J=C3?= =?utf-8?q?=B6rg?= K.") == "Jörg K."
    assert decoded_words("=?x-none?b?!!?= =?utf-8?b?w7w?=") == "ü"


def test_a_link_alone_belongs_to_the_line_before() -> None:
    lines = text_lines("Accept:\nhttps://x.example/1\n\n\n\nEnd <https://x.example/2>")
    assert [(each.text, each.address) for each in lines] == [
        ("Accept:", "https://x.example/1"),
        ("", ""),
        ("End", "https://x.example/2"),
    ]


def test_a_mail_that_names_nobody_is_told_as_a_problem() -> None:
    data = b"From: LinkedIn <invitations@linkedin.com>\nSubject: Du hast eine Einladung"
    read = read_mail(data + b"\n\nhello there.\n")
    assert read.notices == ()
    assert str(read.problem) == (
        "This mail of LinkedIn does not say whom it is about: “Du hast eine Einladung”."
    )
    assert network_name("xing") == "XING"


def test_a_genuine_mail_that_says_something_new_is_told_as_a_problem() -> None:
    data = provided(f"{SERVER};", SERVER, " dkim=pass header.d=linkedin.com")
    data = data.replace(b"I want to connect", b"Quarterly nonsense")
    assert "says nothing that we know" in str(read_mail(data, trusted=[SERVER]).problem)


@given(st.lists(pieces | st.binary(max_size=30), max_size=14).map(b"".join))
def test_whatever_comes_is_read_without_an_error(data: bytes) -> None:
    for mail in (data, HEAD + data):
        read = read_mail(mail, trusted=["mx.example"])
        assert read.problem is None or not read.notices


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_a_damaged_mail_is_read_all_the_same(name: str, data: st.DataObject) -> None:
    whole = raw(SAMPLES[name])
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 80)))
    damaged = whole[:start] + data.draw(st.binary(max_size=6)) + whole[end:]
    assert len(read_mail(damaged).notices) <= 50
