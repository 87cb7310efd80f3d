"""Signal ``asked_before``."""

from __future__ import annotations

from vorzimmer.model import Action, ContactRequest, Hit, Kind, Sentence, say
from vorzimmer.repeats import TurnedAway
from vorzimmer.signal import Context, Group, signal

# How clear the no was.
_STRENGTHS = {
    Action.REPORT_SPAM: 1.0,
    Action.BLOCK: 1.0,
    Action.REMOVE: 0.8,
    Action.REPORT_UNKNOWN: 0.7,
    Action.DECLINE: 0.7,
    Action.IGNORE: 0.4,
}


@signal(
    kind=Kind.SOLICITATION,
    group=Group.BEHAVIOUR,
    weight=1.2,
    since="0.1",
    wakes="repeat",
)
def asked_before(request: ContactRequest, context: Context) -> Hit | None:
    """You turned this person away before, and now they ask again.

    Why it matters:
        Who works through lists comes back, whatever was said. How clear your no was
        counts: a report more than a request that you left lying.

    Known errors:
        People try again with better words, or have changed jobs and have a reason now;
        and what you ignored you may just have overlooked. So it weighs little; a policy
        can ask for it by name (``asked_before``). Met again is who has the same profile
        or mail address, else the same name on the same network, unless it is a frequent
        one; namesakes may share it all the same. Of strangers who faded, a keyed hash
        is left, and the month.

    Source:
        Own rule; nobody seems to have counted how such requests end.
    """
    del request
    before = context.turned_away
    if before is None:
        return None
    return Hit(_in_words(before), _STRENGTHS.get(before.action, 0.4))


def _in_words(before: TurnedAway) -> Sentence:
    month = before.on
    match before.action:
        case Action.REPORT_SPAM:
            return say("reported as spam before, in {month:%B %Y}", month=month)
        case Action.BLOCK:
            return say("blocked before, in {month:%B %Y}", month=month)
        case Action.REMOVE:
            return say("removed again before, in {month:%B %Y}", month=month)
        case Action.REPORT_UNKNOWN:
            return say("reported as unknown before, in {month:%B %Y}", month=month)
        case Action.DECLINE:
            return say("declined before, in {month:%B %Y}", month=month)
        case _:
            return say("ignored before, in {month:%B %Y}", month=month)
