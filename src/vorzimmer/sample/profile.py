"""The member's own pages of the archive, and those that nobody needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from vorzimmer.sample.chance import (
    dice,
    moment,
    month_form,
    slash_form,
    us_time,
    utc_form,
    years_before,
)
from vorzimmer.sample.network import connections
from vorzimmer.sample.pages import page
from vorzimmer.sample.people import MEMBER_NAME, MEMBER_URL, Contact, circle

WRITTEN_IN = 2026  # the year as of which member.toml counts

Rows = list[list[str]]


def profile_files(until: date) -> dict[str, Rows]:
    """Return the rows of every file about the member, by name of the file."""
    later = until.year - WRITTEN_IN
    content = page("member")
    emails = [[*each, _stamp(until, each[0])] for each in content["profile"]["emails"]]
    follows = content["profile"]["follows"]
    skills = page("pools")["skills"]["names"]
    return {
        "Profile.csv": [_profile(content["profile"])],
        "Positions.csv": [_position(each, later) for each in content["positions"]],
        "Education.csv": [_education(each, later) for each in content["education"]],
        "Skills.csv": [[skill] for skill in skills],
        "Languages.csv": [list(each) for each in content["profile"]["languages"]],
        "Email Addresses.csv": emails,
        "Recommendations_Received.csv": list(_recommendations(until, "received")),
        "Recommendations_Given.csv": list(_recommendations(until, "given")),
        "Endorsement_Received_Info.csv": list(_endorsements(until, "received", 90)),
        "Endorsement_Given_Info.csv": list(_endorsements(until, "given", 60)),
        "Registration.csv": [_registration(content["profile"]["registered"], later)],
        "Company Follows.csv": [[each, _followed(until, each)] for each in follows],
        "guide_messages.csv": list(_guide(until, content["guide"])),
        **_doings(until, content["doings"]),
    }


def _doings(until: date, doings: dict[str, Any]) -> dict[str, Rows]:
    """Return what the member posted, commented and took part in."""
    shares, comments, events = [], [], []
    for days, words in doings["posts"]:
        at = moment(until, days, "post", words)
        link = f"https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{9_000 - days}"
        shares.append([f"{at:%Y-%m-%d %H:%M:%S}", link, words, "", "", "PUBLIC"])
    for days, words in doings["comments"]:
        at = moment(until, days, "comment", words)
        link = f"https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{days}"
        comments.append([f"{at:%Y-%m-%d %H:%M:%S}", link, words])
    for days, name, status in doings["events"]:
        at = moment(until, days, "event", name)
        begins = f"{month_form(at.year, at.month)[:3]} {at:%d, %Y} 09:00 AM"
        events.append([name, f"{begins} - {begins[:-8]}04:00 PM", status, ""])
    return {"Shares.csv": shares, "Comments.csv": comments, "Events.csv": events}


def _profile(own: dict[str, Any]) -> list[str]:
    return [
        own["first_name"],
        own["last_name"],
        own["maiden_name"],
        "",
        own["birth_date"],
        own["headline"],
        own["summary"],
        own["industry"],
        own["zip_code"],
        own["geo_location"],
        "",
        own["websites"],
        "",
    ]


def _position(entry: dict[str, Any], later: int) -> list[str]:
    span = [entry["since"], entry.get("until")]
    months = [month_form(at[0] + later, at[1]) if at else "" for at in span]
    words = ("company", "title", "description", "location")
    return [*(entry[word] for word in words), *months]


def _education(entry: dict[str, Any], later: int) -> list[str]:
    years = [str(entry["since"] + later), str(entry["until"] + later)]
    return [
        entry["school"],
        *years,
        entry["notes"],
        entry["degree"],
        entry["activities"],
    ]


def _recommendations(until: date, way: str) -> Iterator[list[str]]:
    people = {each.name: each for each in circle(until)}
    for entry in page("member")["recommendations"][way]:
        person = people[entry["name"]]
        days = (until - years_before(until, entry["years"])).days
        who = [person.first, person.last, person.company, person.position]
        stamp = us_time(moment(until, days, way, person.slug))
        yield [*who, entry["text"], stamp, "VISIBLE"]


def _endorsements(until: date, way: str, count: int) -> Iterator[list[str]]:
    chance = dice("endorsements", way)
    close = {each.slug for each in circle(until)}
    known = connections(until)
    weights = [8 if each.slug in close else 1 for each in known]
    skills = page("pools")["skills"]["names"]
    seen: set[tuple[str, str]] = set()
    rows: list[tuple[datetime, list[str]]] = []
    while len(rows) < count:
        person: Contact = chance.choices(known, weights)[0]
        skill = chance.choice(skills)
        if (person.slug, skill) in seen:
            continue
        seen.add((person.slug, skill))
        known_for = (until - (person.connected_on or until)).days
        at = moment(until, chance.randrange(known_for + 1), skill, person.slug)
        row = [slash_form(at), skill, person.first, person.last, person.url]
        rows.append((at, [*row, "ACCEPTED"]))
    rows.sort(key=lambda row: row[0], reverse=True)
    yield from (row for _, row in rows)


def _registration(day: list[int], later: int) -> list[str]:
    at = datetime(day[0] + later, day[1], day[2], 18, 4, tzinfo=UTC)
    return [us_time(at), "192.0.2.7", ""]


def _followed(until: date, name: str) -> str:
    days = dice("follows", name).randrange(100, 2000)
    at = moment(until, days, name)
    return at.strftime("%a %b %d %H:%M:%S UTC %Y")


def _stamp(until: date, key: str) -> str:
    return us_time(moment(until, dice("email", key).randrange(300, 2000), key))


def _guide(until: date, guide: dict[str, list[str]]) -> Iterator[list[str]]:
    """Yield the member's chat with the network's assistant, who is no person."""
    guide_voice, own_voice = ("LinkedIn Guide", ""), (MEMBER_NAME, MEMBER_URL)
    for number, pair in enumerate(zip(guide["asks"], guide["answers"], strict=True)):
        at = moment(until, 40 * number + 3, "guide", str(number))
        voices = [(own_voice, guide_voice), (guide_voice, own_voice)]
        for text, (sender, to) in zip(pair, voices, strict=True):
            thread = [f"2-guide{number:012}==", ""]
            yield [*thread, *sender, *to, utc_form(at), "", text, "INBOX"]
            at += timedelta(seconds=9)
