"""What the member did that others could see: read, kept, shown, and forgotten again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import Content, write_zip
from people_samples import desk_in
from vorzimmer.desk import Desk
from vorzimmer.importers import linkedin_archive
from vorzimmer.importers.linkedin_archive import ARTICLES, read
from vorzimmer.items import FileRead, Occasion, OccasionKind
from vorzimmer.linkedin.occasions import LONGEST_TITLE, article
from vorzimmer.model import Skipped
from web_client import client_of

PAGE = (
    "<html><head><title>Kisten &amp; Kräne</title><style>{style}</style></head><body>"
    '<h1><a href="https://www.linkedin.com/pulse/x">Kisten</a></h1>'
    '<p class="created">Created on 2026-02-24 00:06</p>'
    '<p class="published">Published on 2026-02-25 00:09</p><p>Text</p></body></html>'
)
SHARE = {
    "Date": "2026-07-20 10:25:25",
    "ShareLink": "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A1",
    "ShareCommentary": "Sechs Kisten,\nein Winter",
}
FILES: dict[str, Content] = {
    "Profile.csv": [{"First Name": "Mia", "Last Name": "Tannert"}],
    "Email Addresses.csv": [{"Email Address": "mia@example.org"}],
    "Shares_252701.csv": "",
    "Jobs/Job Applications.csv": [
        {
            "Application Date": "3/24/26, 4:11 PM",
            "Contact Email": "mia@example.org",
            "Company Name": "Werft Süd",
            "Job Title": "Leiterin",
            "Question And Answers": "Gehalt?",
        }
    ],
    "Comments.csv": [{"Date": "2026-07-21 08:00:00", "Message": "Frag Zora Quist!"}],
    "Articles/Articles/kisten.html": PAGE,
    "Articles/Articles/draft.html": PAGE.replace("Published", "Created"),
}


def archive(folder: Path, *, share: str = SHARE["ShareCommentary"]) -> Path:
    row = {**SHARE, "ShareCommentary": share}
    files = {name: content for name, content in FILES.items() if content}
    events = [
        ("Kistentag", "Apr 08, 2026 07:00 AM - Apr 08, 2026 05:00 PM", "ATTENDING"),
        ("Messe", "May 9, 2026 07:00 AM - May 9, 2026 05:00 PM", "RELINQUISHED"),
        ("Irgendwann", "soon", "ATTENDING"),
    ]
    names = ("Event Name", "Event Time", "Status")
    files["Events.csv"] = [dict(zip(names, each, strict=True)) for each in events]
    files["Shares.csv"] = [row]
    return write_zip(folder / "a.zip", files)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as opened:
        yield opened


def kept(desk: Desk) -> list[Occasion]:
    with desk._store.reading() as store:  # noqa: SLF001 - what no page shows one by one
        return store.occasions()


def test_of_each_the_day_and_the_first_words_are_read(tmp_path: Path) -> None:
    found = [each for each in read(archive(tmp_path)) if isinstance(each, Occasion)]
    assert {(each.kind.value, each.on, each.title) for each in found} == {
        ("post", date(2026, 7, 20), "Sechs Kisten, ein Winter"),
        ("application", date(2026, 3, 24), "Leiterin, Werft Süd"),
        ("comment", date(2026, 7, 21), ""),
        ("event", date(2026, 4, 8), "Kistentag"),
        ("article", date(2026, 2, 25), "Kisten & Kräne"),
    }


def test_what_one_left_and_what_has_no_day_is_skipped_with_the_reason(
    tmp_path: Path,
) -> None:
    found = list(read(archive(tmp_path)))
    skipped = [
        (each.line, str(each.reason))
        for each in found
        if isinstance(each, Skipped) and each.file == "Events.csv"
    ]
    assert [line for line, _ in skipped] == [3, 4]
    assert "did not take part" in skipped[0][1]
    assert "on which day" in skipped[1][1]
    assert FileRead(ARTICLES, 1) in found


def test_no_more_pages_are_looked_at_than_anybody_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkedin_archive, "MAX_ARTICLES", 2)
    pages: dict[str, Content] = {f"Articles/{n}.html": PAGE for n in range(5)}
    found = list(read(write_zip(tmp_path / "a.zip", {**FILES, **pages})))
    assert FileRead(ARTICLES, 1) in found  # one of the two is a draft


def test_a_page_of_which_the_day_stands_too_far_below_is_none(tmp_path: Path) -> None:
    page = PAGE.format(style="x" * (1 << 17))
    files: dict[str, Content] = {
        "Profile.csv": FILES["Profile.csv"],
        "Articles/a.html": page,
    }
    found = list(read(write_zip(tmp_path / "a.zip", files)))
    assert not any(isinstance(each, Occasion) for each in found)


@given(st.text())
def test_whatever_the_page_there_is_an_article_or_none(page: str) -> None:
    found = article(PAGE.replace("Kisten &amp; Kräne", page))
    assert found is None or len(found.title) <= LONGEST_TITLE + 2
    assert article(page) is None or "Published on" in page


def test_reading_twice_keeps_each_once_and_forgetting_the_source_takes_it(
    desk: Desk, tmp_path: Path
) -> None:
    source = archive(tmp_path)
    desk.import_from(source)
    first = kept(desk)
    assert {each.kind for each in first} == set(OccasionKind)
    desk.import_from(source)
    assert kept(desk) == first
    (read_source,) = desk.sources.read()
    desk.sources.forget(read_source.id)
    assert kept(desk) == []


def test_who_is_forgotten_stands_in_no_title_either(desk: Desk, tmp_path: Path) -> None:
    words = "Danke, Zora Quistgård!"
    desk.import_from(archive(tmp_path, share=words))
    row = {
        "First Name": "Zora",
        "Last Name": "Quistgård",
        "URL": "https://www.linkedin.com/in/zora-quist-7",
        "Connected On": "12 Jan 2023",
    }
    desk.import_from(write_zip(tmp_path / "b.zip", {"Connections.csv": [row]}))
    ids = {each.id for each in desk.privacy.find("Zora Quistgård")}
    assert ids
    desk.privacy.forget_person("Zora Quistgård", ids)
    titles = {each.title for each in kept(desk) if each.kind is OccasionKind.POST}
    assert titles == {"Danke, […]!"}


def test_the_page_of_data_counts_them(desk: Desk, tmp_path: Path) -> None:
    desk.import_from(archive(tmp_path))
    page = client_of(desk).enter().get("/privacy").text
    assert "What you posted, wrote or took part in, by day" in page
    counts = {str(title): count for title, count in desk.privacy.held().groups}
    assert counts["What you posted, wrote or took part in, by day"] == 5
