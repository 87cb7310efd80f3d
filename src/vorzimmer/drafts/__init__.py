"""The coach of those who write to strangers: checks one draft before it is sent.

There is no way to check many at once: what is sent to many is a campaign, and no
wording makes it a personal letter.
"""

from __future__ import annotations

from vorzimmer.contact_card import ContactCard
from vorzimmer.drafts.checking import check_draft
from vorzimmer.drafts.draft import (
    Account,
    Advice,
    Checked,
    Draft,
    Finding,
    Offer,
    Recipient,
    Severity,
)
from vorzimmer.errors import DraftError
from vorzimmer.model import Channel

__all__ = [
    "Advice",
    "Checked",
    "ContactCard",
    "Draft",
    "DraftError",
    "Finding",
    "Offer",
    "Recipient",
    "Severity",
    "check",
    "check_draft",
]


def check(  # noqa: PLR0913 - one for each thing that may be known
    text: str,
    recipient: Recipient | None = None,
    *,
    channel: Channel = Channel.INVITATION_NOTE,
    network: str = "linkedin",
    account: Account = "basic",
    subject: str = "",
    offer: Offer | None = None,
) -> Checked:
    """Return what is to be said of one draft before it is sent.

    Args:
        text: As it would be sent.
        recipient: What is known of whom it goes to.
        channel: By which way.
        network: In lower case; ``""`` is not known.
        account: The writer's account there, on which limits depend.
        subject: Of an InMail or mail.
        offer: Answers to the three questions, where something is offered.

    Raises:
        DraftError: It is too long to be a message.
    """
    draft = Draft(
        text=text,
        channel=channel,
        network=network,
        account=account,
        subject=subject,
        recipient=recipient or Recipient(),
        offer=offer or Offer(),
    )
    return check_draft(draft)
