"""The fields of a contact request as programs give them, checked, and made ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from vorzimmer.model import Channel, ContactRequest, Person, Sentence, say

# What msgspec says of a value that does not fit.
_EXPECTED = re.compile(
    r"Expected `(?P<types>[^`]+)`"
    r"(?: (?:of length )?(?P<bound>[<>]=|matching) (?P<end>.+))?"
)

_Name = Annotated[str, Meta(max_length=1_000)]
# To JSON, 500 and 500.0 are the same whole number; to Python they are not.
_Count = Annotated[float, Meta(ge=0, le=1e9, multiple_of=1)]
_Flag = bool | None


def _text(description: str) -> Meta:
    return Meta(description=description)


class SenderFields(msgspec.Struct, frozen=True):
    """What is known of the person who asks."""

    name: Annotated[_Name | None, _text("Full name as the network shows it")] = None
    headline: Annotated[
        _Name | None, _text('The line under the name; "" is known to be empty')
    ] = None
    company: Annotated[_Name | None, _text("Employer as the profile names it")] = None
    position: Annotated[_Name | None, _text("Job as the profile names it")] = None
    location: Annotated[_Name | None, _text("Place as the network writes it")] = None
    country: Annotated[
        Annotated[str, Meta(pattern="^[A-Za-z]{2}$")] | None,
        _text("ISO 3166-1 alpha-2 code"),
    ] = None
    email: Annotated[_Name | None, _text("E-mail address")] = None
    profile_url: Annotated[
        _Name | None,
        _text("Address of the profile; anything after ? or # is dropped"),
    ] = None
    contacts_count: Annotated[
        _Count | None,
        _text(
            "Contacts as shown, a whole number; 500 or 999 where the network caps it"
        ),
    ] = None
    mutual_contacts_count: Annotated[
        _Count | None, _text("Contacts in common with the member, a whole number")
    ] = None
    has_picture: Annotated[_Flag, _text("Whether the profile has a picture")] = None
    visited_profile: Annotated[
        _Flag, _text("Whether the sender looked at the member's profile")
    ] = None
    created_on: Annotated[
        str | None,
        Meta(
            description="Day on which the account was made, ISO 8601",
            extra_json_schema={"format": "date"},
        ),
    ] = None
    is_verified: Annotated[
        _Flag, _text("Whether the network vouches for identity or workplace")
    ] = None
    is_known_elsewhere: Annotated[
        _Flag, _text("Whether a trace of the sender was found outside the network")
    ] = None
    has_other_job_elsewhere: Annotated[
        _Flag, _text("Whether such a trace names another job than the profile does")
    ] = None


_SENDER_FACTS = SenderFields.__struct_fields__
_TIMES = {"sent_at", "sender.created_on"}


class RequestFields(msgspec.Struct, frozen=True):
    """One contact request, as one line of JSON."""

    id: Annotated[
        Annotated[str, Meta(min_length=1, max_length=1_000)] | int,
        _text("Stable over repeated runs; the answer carries it as a text"),
    ]
    network: Annotated[_Name | None, _text('"linkedin", "xing", …')] = None
    kind: Annotated[
        Literal["invitation_note", "message", "inmail", "mail"] | None,
        _text("By which way the request came"),
    ] = None
    note: Annotated[
        str | None, _text('The words sent along; "" is a request without a word')
    ] = None
    subject: Annotated[_Name | None, _text("Of a message or mail")] = None
    sent_at: Annotated[
        str | None,
        Meta(
            description="When it was sent, ISO 8601; without a zone it is UTC",
            extra_json_schema={"format": "date-time"},
        ),
    ] = None
    is_sponsored: Annotated[
        _Flag, _text("Whether the network delivered it as paid advertising")
    ] = None
    is_filed_as_spam: Annotated[
        _Flag, _text("Whether the network itself put it into the spam folder")
    ] = None
    is_origin_proven: Annotated[
        _Flag,
        _text(
            "Of a network's mail, whether the mailbox provider vouches for its origin"
        ),
    ] = None
    leads_to: Annotated[
        _Name | None,
        _text("Of a network's mail, the host of the first link that leads elsewhere"),
    ] = None
    sender: Annotated[SenderFields | None, _text("Who asks")] = None


class RowError(Exception):
    """A row that cannot be read; its importer catches it."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


def request_from(values: Mapping[str, Any]) -> ContactRequest:
    """Return the request that has these fields.

    Raises:
        RowError: One of them does not fit.
    """
    try:
        return request_of(msgspec.convert(values, RequestFields))
    except msgspec.ValidationError as error:
        raise RowError(misfit(error)) from None


def misfit(error: msgspec.ValidationError) -> Sentence:
    """Return what is wrong, for people."""
    problem, _, place = str(error).partition(" - at ")
    return _misfit(problem, place.strip("`").removeprefix("$").removeprefix("."))


def _misfit(problem: str, field: str) -> Sentence:
    """Return what is wrong with a field, ``""`` being the line as a whole."""
    found = _EXPECTED.match(problem)
    if "missing required" in problem:
        return say('The field "{field}" is missing.', field="id")
    if not field:
        return say("This is no object in braces; each request needs a line of its own.")
    if "enum" in problem:
        words = ", ".join(Channel)
        return say(
            'The field "{field}" has to be one of {words}.', field=field, words=words
        )
    if found and found["bound"]:
        return _beyond(found, field)
    types = found["types"].removesuffix(" | null") if found else ""
    if field in _TIMES and types == "str":
        return say(
            'The field "{field}" has to be a text like 2026-11-20T09:30:00Z.',
            field=field,
        )
    sentences = {
        "str": say('The field "{field}" has to be a text.', field=field),
        "float": say('The field "{field}" has to be a whole number.', field=field),
        "bool": say('The field "{field}" has to be true or false.', field=field),
        "object": say(
            'The field "{field}" has to be an object in braces.', field=field
        ),
        "int | str": say(
            'The field "{field}" has to be a text or a whole number.', field=field
        ),
    }
    return sentences.get(types) or say(
        'The field "{field}" cannot be read.', field=field
    )


def _beyond(found: re.Match[str], field: str) -> Sentence:
    """Return by what a field is too long, too short, too much, too little."""
    is_text, is_most = found["types"] == "str", found["bound"] == "<="
    if found["bound"] == "matching":
        return say('The field "{field}" has to be two letters, like DE.', field=field)
    if is_text and not is_most:
        return say('The field "{field}" is empty.', field=field)
    end = round(float(found["end"]))
    if is_text:
        return say(
            'The field "{field}" is longer than {most} characters.',
            field=field,
            most=end,
        )
    if is_most:
        return say(
            'The field "{field}" cannot be more than {most}.', field=field, most=end
        )
    return say(
        'The field "{field}" cannot be less than {least}.', field=field, least=end
    )


def request_of(row: RequestFields) -> ContactRequest:
    """Return the request of a row whose fields fit.

    Raises:
        RowError: A day or time cannot be read.
    """
    return ContactRequest(
        id=str(row.id),
        sender=_person(row.sender or SenderFields()),
        network=row.network.strip().casefold() or None if row.network else None,
        channel=Channel(row.kind) if row.kind else None,
        note=row.note,
        subject=row.subject,
        sent_at=_time(row.sent_at),
        is_sponsored=row.is_sponsored,
        is_filed_as_spam=row.is_filed_as_spam,
        is_origin_proven=row.is_origin_proven,
        leads_to=row.leads_to,
    )


def _person(row: SenderFields) -> Person:
    facts = {name: getattr(row, name) for name in _SENDER_FACTS}
    facts["country"] = row.country.upper() if row.country else None
    facts["created_on"] = _day(row.created_on)
    for name in ("contacts_count", "mutual_contacts_count"):
        facts[name] = None if facts[name] is None else int(facts[name])
    facts["profile_url"] = _address(row.profile_url)
    return Person(**facts)


def _time(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return zoned.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _no_date(text, field="sent_at") from None


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise _no_date(text, field="sender.created_on") from None


def _no_date(text: str, *, field: str) -> RowError:
    return RowError(
        say(
            'The field "{field}" is no date that we can read: "{text}".'
            " Dates look like 2026-11-20 or 2026-11-20T09:30:00Z.",
            field=field,
            text=text[:40],
        )
    )


def _address(url: str | None) -> str | None:
    """Return scheme, host and path; what follows may be a token, and is dropped."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    return f"{parts.scheme}://{host}{parts.path}"
