"""What went wrong between us and LinkedIn, in sentences that repeat nothing of it.

LinkedIn's own words are never passed on: an answer could hold what we sent.
"""

from __future__ import annotations

from vorzimmer.errors import SourceError
from vorzimmer.model import Sentence, say
from vorzimmer.portability.tokens import NEW_TOKEN

_KEPT = say("What was read is kept; run it again later, and it goes on from there.")
_ASK_US = say("Update Vorzimmer; if that does not help, please tell us.")

EXPIRED = (
    say("The token has expired, or was revoked, so LinkedIn did not answer."),
    NEW_TOKEN,
)
WRONG_PRODUCT = (
    say("LinkedIn says that this token is not for your data."),
    say(
        "Make the token in an app with the product “Member Data Portability API"
        " (Member)” and the permission r_dma_portability_self_serve. LinkedIn gives it"
        " to members in the EU, the EEA and Switzerland only."
    ),
)
OLD_VERSION = (
    say(
        "LinkedIn no longer speaks the version of the interface that Vorzimmer speaks."
    ),
    _ASK_US,
)
TOO_MANY = (
    say("LinkedIn has had enough questions for now, and asked to wait."),
    _KEPT,
)
IN_TROUBLE = (
    say("LinkedIn has trouble at the moment, and did not answer."),
    _KEPT,
)
UNREACHABLE = (
    say("LinkedIn could not be reached."),
    say(
        "Check whether this machine is on the Internet. What was read is kept; run it"
        " again later, and it goes on from there."
    ),
)
BROKEN_OFF = (
    say("The connection to LinkedIn broke off in the middle of an answer."),
    _KEPT,
)
TOO_SLOW = (
    say("LinkedIn took too long to answer."),
    _KEPT,
)
NOT_TRUSTED = (
    say("What answered could not prove to be LinkedIn, so it was asked nothing."),
    say(
        "Look whether date and time of this machine are right. In a company or hotel"
        " network, try another one."
    ),
)
SENT_AWAY = (
    say("LinkedIn sent us to another address; we do not follow."),
    _ASK_US,
)
TOO_LARGE = (
    say("LinkedIn sent more at once than any answer has, so it was not read."),
    _ASK_US,
)
NOT_UNDERSTOOD = (
    say("LinkedIn answered in a form that we do not understand."),
    _ASK_US,
)
REFUSED = (
    say("LinkedIn refused the question, without a reason that we know."),
    _ASK_US,
)

# By status; those that may pass are asked again first.
BY_STATUS = {
    401: EXPIRED,
    403: WRONG_PRODUCT,
    426: OLD_VERSION,
    429: TOO_MANY,
}

LASTING = frozenset({401, 403, 426})
"""Statuses that no other try mends: the token, or the program, has to be another."""


class RefusalError(SourceError):
    """LinkedIn did not answer, or not so that anybody could read it.

    Its sentences say themselves where that was.

    Attributes:
        status: Of the answer; 0 where none came.
    """

    def __init__(self, words: tuple[Sentence, Sentence], *, status: int = 0) -> None:
        """Say what happened and what to do.

        Args:
            words: One of the pairs of this module.
            status: Of the answer; 0 where none came.
        """
        super().__init__("", *words)
        self.status = status


def refusal(status: int) -> RefusalError:
    """Return the error for an answer with a status that brings no data."""
    if status in range(300, 400):
        return RefusalError(SENT_AWAY, status=status)
    if status >= 500 or status == 408:
        return RefusalError(IN_TROUBLE, status=status)
    return RefusalError(BY_STATUS.get(status, REFUSED), status=status)
