"""The archive's CSV dialect, and the header of every file that the sample writes.

Source: header names, quoting and date forms as seen in exports of 2026.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

# Stands before the header of Connections.csv since about 2022.
PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the '
    "email addresses are missing. You will only see email addresses for connections "
    "who have allowed their connections to see or download their email address using "
    "this setting https://www.linkedin.com/psettings/privacy/email. You can learn "
    'more here https://www.linkedin.com/help/linkedin/answer/261"\n\n'
)

_MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,"
    "RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
)
_RECOMMENDATIONS = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"

HEADERS = {
    "Company Follows.csv": "Organization,Followed On",
    "Comments.csv": "Date,Link,Message",
    "Connections.csv": (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    ),
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities",
    "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On",
    "Endorsement_Given_Info.csv": (
        "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,"
        "Endorsee Public Url,Endorsement Status"
    ),
    "Endorsement_Received_Info.csv": (
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,"
        "Endorser Public Url,Endorsement Status"
    ),
    "Events.csv": "Event Name,Event Time,Status,External Url",
    "ImportedContacts.csv": (
        "FirstName,MiddleName,LastName,MaidenName,NickName,NamePrefix,NameSuffix,"
        "Title,Emails,PhoneNumbers,CreatedAt,UpdatedAt,CountryCode,RegionCode,"
        "ThirdPartyVerified,Location"
    ),
    "Invitations.csv": (
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
    ),
    "Languages.csv": "Name,Proficiency",
    "Positions.csv": ("Company Name,Title,Description,Location,Started On,Finished On"),
    "Profile.csv": (
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,"
        "Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers"
    ),
    "Recommendations_Given.csv": _RECOMMENDATIONS,
    "Recommendations_Received.csv": _RECOMMENDATIONS,
    "Registration.csv": "Registered At,Registration Ip,Subscription Types",
    "Shares.csv": "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility",
    "Skills.csv": "Name",
    "guide_messages.csv": _MESSAGES,
    "messages.csv": (f"{_MESSAGES},ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"),
}


def table(name: str, rows: Iterable[list[str]]) -> str:
    """Return a file of the archive: preamble, header, rows; comma and line feed.

    Chats quote every field, the header's too; all other files quote when needed.
    """
    out = io.StringIO()
    if name == "Connections.csv":
        out.write(PREAMBLE)
    if name.endswith("messages.csv"):
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    else:
        writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADERS[name].split(","))
    writer.writerows(rows)
    return out.getvalue()
