"""Invented rows and events, shaped as the interface's documentation shows them."""

from __future__ import annotations

from typing import Any

from portability.stand_in import OWNER, STRANGER

IN = "https://www.linkedin.com/in/"
NOON_MS = 1_790_000_000_000  # in September 2026
ME = "Jonas Probe"

PROFILE = {"First Name": "Jonas", "Last Name": "Probe", "Headline": "Imker"}
MIRA = {
    "From": "Mira Muster",
    "To": ME,
    "Sent At": "9/20/26, 4:10 PM",
    "Message": "Hallo Jonas, wir saßen in Ulm an einem Tisch. Herzlich, Mira",
    "Direction": "INCOMING",
    "inviterProfileUrl": f"{IN}mira-muster-0a1b",
    "inviteeProfileUrl": f"{IN}jonas-probe",
}
REX = {
    **MIRA,
    "From": "Rex Kauf",
    "Message": "",
    "inviterProfileUrl": f"{IN}rex-kauf",
}
LENA_ASKED = {
    **MIRA,
    "From": "Lena Holz",
    "Message": "",
    "Sent At": "1/5/26, 9:02 AM",
    "inviterProfileUrl": f"{IN}lena-holz",
}
LENA = {
    "First Name": "Lena",
    "Last Name": "Holz",
    "URL": f"{IN}lena-holz",
    "Email Address": "lena@example.org",
    "Company": "Holz & Söhne",
    "Position": "Tischlerin",
    "Connected On": "06 Jan 2026",
}
CONTACT = {
    "FirstName": "Ada",
    "LastName": "Feld",
    "Emails": ["ada@example.org", "feld@example.net"],
    "CreatedAt": "3/1/24, 8:00 AM",
}
WRITTEN: dict[str, Any] = {
    "CONVERSATION ID": "2-dGhyZWFkMQ==",
    "CONVERSATION TITLE": "",
    "FROM": "Vera Vogt",
    "SENDER PROFILE URL": f"{IN}vera-vogt",
    "TO": ME,
    "RECIPIENT PROFILE URLS": [f"{IN}jonas-probe"],
    "DATE": "2026-09-10 09:30:00 UTC",
    "SUBJECT": "",
    "CONTENT": "Guten Tag, verkaufen Sie auch Honig an Hotels?",
    "FOLDER": "INBOX",
    "ATTACHMENTS": [],
}
ANSWERED: dict[str, Any] = {
    **WRITTEN,
    "FROM": ME,
    "SENDER PROFILE URL": f"{IN}jonas-probe",
    "TO": "Vera Vogt",
    "RECIPIENT PROFILE URLS": [f"{IN}vera-vogt"],
    "DATE": "2026-09-10 10:00:00 UTC",
    "CONTENT": "Gern, ich rufe Sie morgen an.",
}
DOMAINS: dict[str, list[Any]] = {
    "PROFILE": [PROFILE],
    "EMAIL_ADDRESSES": [{"Email Address": "jonas@example.org", "Primary": "Yes"}],
    "POSITIONS": [{"Company Name": "Imkerei Probe", "Title": "Imker"}],
    "EDUCATION": [{"School Name": "Uni Ulm", "Degree Name": "Biologie"}],
    "SKILLS": [{"Name": "Bienen"}],
    "LANGUAGES": [{"Name": "Deutsch", "Proficiency": ""}],
    "INVITATIONS": [MIRA, REX, LENA_ASKED],
    "CONNECTIONS": [LENA, {"Connected On": "07 Jun 2026"}],
    "CONTACTS": [CONTACT],
    "ENDORSEMENTS": [
        {
            "Skill Name": "Bienen",
            "Endorser First Name": "Lena",
            "Endorser Last Name": "Holz",
            "Endorser Public Url": f"{IN}lena-holz",
        }
    ],
    "INBOX": [WRITTEN, ANSWERED],
}


def event(number: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Return an event of the change log."""
    return {
        "id": number,
        "owner": OWNER,
        "actor": STRANGER,
        "resourceName": "messages",
        "resourceId": f"2-m{number}",
        "method": "CREATE",
        "activity": {},
        "activityId": f"00000000-0000-4000-8000-{number:012}",
        "activityStatus": "SUCCESS",
        "capturedAt": NOON_MS + number * 1000,
        "processedAt": NOON_MS + number * 1000,
        "siblingActivities": [],
        "parentSiblingActivities": [],
        **more,
    }


def message(
    number: int,
    text: str,
    *,
    thread: str = "2-bmV3",
    at: int = 0,
    **more: Any,  # noqa: ANN401 - any JSON
) -> dict[str, Any]:
    """Return the event of a message; ``at`` is when it came, milliseconds."""
    activity = {
        "id": f"2-m{number}",
        "author": STRANGER,
        "thread": f"urn:li:messagingThread:{thread}",
        "deliveredAt": at or NOON_MS + number * 1000,
        "content": {"format": "TEXT", "fallback": text},
    }
    return event(number, **{"activity": activity, **more})
