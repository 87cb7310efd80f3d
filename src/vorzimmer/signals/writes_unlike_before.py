"""Signal ``writes_unlike_before``."""

from __future__ import annotations

from vorzimmer.habits import differences, traits_of
from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal

_MONEY = ("money_request", "money_promise", "advance_fee", "secret_request")
_FEWEST, _MANY = 2, 3
# Two differences alone do not outweigh what is known; with words of danger they do.
_IN_TWO_WAYS = 0.7


@signal(kind=Kind.DANGER, group=Group.TIES, weight=7.0, since="0.1", wakes="habit")
def writes_unlike_before(request: ContactRequest, context: Context) -> Hit | None:
    """Somebody you know writes unlike before, with a link or about money.

    Why it matters:
        Accounts are taken over to write to those who trust them. Who took it over knows
        neither your language nor how you talk to each other. Please ask the person on
        another channel, before you click or pay.

    Known errors:
        People write in haste, from another phone, or pass on what somebody else wrote.
        So one difference says nothing, nor do several without a link or money; two
        alone do not outweigh that you know the person.

    Source:
        Advice of police and consumer centres on hacked contacts; own rules for what
        differs (``habits``).
    """
    habit = context.habit
    if habit is None or not context.note.text:
        return None
    if not context.note.links and not any(map(context.note.find, _MONEY)):
        return None
    found = differences(habit, traits_of(context.note.text, request.sent_at))
    if len(found) < _FEWEST:
        return None
    # The most telling comes first; the page of what came afterwards lists them all.
    quote = next(iter(found.values()))
    return Hit(quote, 1.0 if len(found) >= _MANY else _IN_TWO_WAYS)
