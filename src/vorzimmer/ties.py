"""Ties in words, and how much each of them is worth."""

from __future__ import annotations

from collections.abc import Callable

from vorzimmer.model import Sentence, Tie, TieKind, say

MUTUAL = "mutual"
"""``detail`` of a ``WROTE`` tie whose person wrote to the member, too."""

LARGE = "large"
"""``detail`` of a ``MET`` tie where all appointments were large rounds."""

# How surely each tie, taken alone, means that the member knows the person. Estimates,
# ordered by what it costs to make such a tie without knowing somebody:
_STRENGTHS: dict[TieKind, float] = {
    # Both agreed to it once; some people accept everybody, but not most.
    TieKind.CONNECTION: 1.0,
    # Words about somebody's work, shown in public under one's own name.
    TieKind.RECOMMENDED: 0.95,
    TieKind.WAS_RECOMMENDED_BY: 0.85,
    # The member sat down and wrote about the person.
    TieKind.NOTED: 0.8,
    # The member asked for this contact.
    TieKind.INVITED: 0.7,
    # One click, but only contacts can make it, and about a skill.
    TieKind.ENDORSED: 0.65,
    # Somebody in the address book; address books collect strangers, too.
    TieKind.IMPORTED_CONTACT: 0.6,
    # Mail programs collect every address that a mail went to, or came from.
    TieKind.COLLECTED_CONTACT: 0.25,
    # One click by the other side; shops exchange them.
    TieKind.WAS_ENDORSED_BY: 0.4,
    # Large employers and schools have more people than one knows.
    TieKind.SHARED_EMPLOYER: 0.35,
    TieKind.SHARED_SCHOOL: 0.25,
    # Anybody can write to anybody.
    TieKind.WROTE_TO_YOU: 0.1,
}
# One answer to a stranger is 0.3; who wrote five times knows the person.
_FIRST_MESSAGE = 0.3
_MANY_MESSAGES = 5
_COUNTED = {TieKind.WROTE, TieKind.MAILED}
# Once is an appointment that somebody made; who met three times knows the person. In a
# large round one may not have said a word.
_FIRST_MEETING, _MANY_MEETINGS, _LARGE_ROUND = 0.7, 3, 0.3
# Among ties of full strength: the contact first, then the meetings, then the letters.
_RANKS = {
    kind: rank
    for rank, kind in enumerate(
        (TieKind.CONNECTION, TieKind.MET, TieKind.WROTE, TieKind.MAILED)
    )
}


def tie_strength(tie: Tie) -> float:
    """Return how surely a tie means that the member knows the person, 0..1.

    Messages and mails count: one gives 0.3, five or more give 1. So do appointments:
    one gives 0.7, three or more give 1, but large rounds 0.3 in all.
    """
    if tie.kind in _COUNTED:
        return _by_count(tie, first=_FIRST_MESSAGE, many=_MANY_MESSAGES)
    if tie.kind is not TieKind.MET:
        return _STRENGTHS[tie.kind]
    if tie.detail == LARGE:
        return _LARGE_ROUND
    return _by_count(tie, first=_FIRST_MEETING, many=_MANY_MEETINGS)


def _by_count(tie: Tie, *, first: float, many: int) -> float:
    more = min(max((tie.count or 1) - 1, 0), many - 1)
    return first + (1.0 - first) * more / (many - 1)


def tie_order(tie: Tie) -> tuple[float, int, str, str]:
    """Return a sort key that puts the strongest tie first."""
    rank = _RANKS.get(tie.kind, len(_RANKS))
    return (-tie_strength(tie), rank, tie.kind, tie.detail)


def describe(tie: Tie) -> Sentence:
    """Return in words from where the member knows a person."""
    if tie.kind in _IN_DETAIL:
        return _IN_DETAIL[tie.kind](tie)
    if tie.kind in {TieKind.SHARED_EMPLOYER, TieKind.SHARED_SCHOOL}:
        return _shared(tie)
    if tie.kind in {TieKind.ENDORSED, TieKind.WAS_ENDORSED_BY}:
        return _endorsed(tie)
    is_dated = tie.since and tie.kind is not TieKind.COLLECTED_CONTACT
    return _dated(tie) if is_dated else _UNDATED[tie.kind]


_UNDATED: dict[TieKind, Sentence] = {
    TieKind.CONNECTION: say("one of your contacts"),
    TieKind.IMPORTED_CONTACT: say("in your address book"),
    TieKind.COLLECTED_CONTACT: say("your mail program collected this address"),
    TieKind.INVITED: say("you invited this person yourself"),
    TieKind.RECOMMENDED: say("you recommended this person"),
    TieKind.WAS_RECOMMENDED_BY: say("this person recommended you"),
    TieKind.NOTED: say("you keep a note about this person"),
}


def _dated(tie: Tie) -> Sentence:
    # Years are words here, so that no language puts a separator into them.
    year = str(tie.since.year) if tie.since else ""
    match tie.kind:
        case TieKind.CONNECTION:
            return say("connected since {year}", year=year)
        case TieKind.IMPORTED_CONTACT:
            return say("in your address book since {year}", year=year)
        case TieKind.INVITED:
            return say("you invited this person yourself in {year}", year=year)
        case TieKind.RECOMMENDED:
            return say("you recommended this person in {year}", year=year)
        case TieKind.WAS_RECOMMENDED_BY:
            return say("this person recommended you in {year}", year=year)
        case _:
            return say("you keep a note about this person since {year}", year=year)


def _wrote(tie: Tie) -> Sentence:
    return _wrote_to_each_other(tie) if tie.detail == MUTUAL else _only_you_wrote(tie)


def _wrote_to_each_other(tie: Tie) -> Sentence:
    count, on = tie.count, tie.until
    if count is None or (count == 1 and on is None):
        return say("you wrote to each other")
    if on is None:
        return say("you wrote to each other {count} times", count=count)
    if count == 1:
        return say("you wrote to each other once, on {on}", on=on)
    return say(
        "you wrote to each other {count} times, last on {on}", count=count, on=on
    )


def _only_you_wrote(tie: Tie) -> Sentence:
    count, on = tie.count, tie.until
    if count is None or (count == 1 and on is None):
        return say("you wrote to this person")
    if on is None:
        return say("you wrote to this person {count} times", count=count)
    if count == 1:
        return say("you wrote to this person once, on {on}", on=on)
    return say(
        "you wrote to this person {count} times, last on {on}", count=count, on=on
    )


def _wrote_to_you(tie: Tie) -> Sentence:
    if tie.until is None:
        return say("this person wrote to you before")
    return say("this person wrote to you before, last on {on}", on=tie.until)


def _met(tie: Tie) -> Sentence:
    count, on = tie.count or 1, tie.until or tie.since
    if on is None:
        return say("you had an appointment together")
    if tie.detail == LARGE:
        return say("you both were at an appointment of many, last on {on}", on=on)
    if count == 1:
        return say("you met on {on}", on=on)
    return say("you met {count} times, last on {on}", count=count, on=on)


def _mailed(tie: Tie) -> Sentence:
    count, since = tie.count, tie.since
    if since is None:
        if count is None or count == 1:
            return say("you wrote a mail to this person")
        return say("you mailed this person {count} times", count=count)
    if count is None or count == 1:
        return say("you wrote a mail to this person on {on}", on=since)
    year = str(since.year)
    return say(
        "you mailed this person {count} times since {year}", count=count, year=year
    )


_IN_DETAIL: dict[TieKind, Callable[[Tie], Sentence]] = {
    TieKind.WROTE: _wrote,
    TieKind.WROTE_TO_YOU: _wrote_to_you,
    TieKind.MET: _met,
    TieKind.MAILED: _mailed,
}


def _endorsed(tie: Tie) -> Sentence:
    is_given = tie.kind is TieKind.ENDORSED
    if not tie.detail:
        if is_given:
            return say("you endorsed this person")
        return say("this person endorsed you")
    skill, more = tie.detail, (tie.count or 1) - 1
    return _you_endorsed(skill, more) if is_given else _was_endorsed(skill, more)


def _you_endorsed(skill: str, more: int) -> Sentence:
    if more < 1:
        return say("you endorsed this person for {skill}", skill=skill)
    if more == 1:
        return say(
            "you endorsed this person for {skill} and one more skill", skill=skill
        )
    return say(
        "you endorsed this person for {skill} and {count} more skills",
        skill=skill,
        count=more,
    )


def _was_endorsed(skill: str, more: int) -> Sentence:
    if more < 1:
        return say("this person endorsed you for {skill}", skill=skill)
    if more == 1:
        return say(
            "this person endorsed you for {skill} and one more skill", skill=skill
        )
    return say(
        "this person endorsed you for {skill} and {count} more skills",
        skill=skill,
        count=more,
    )


def _shared(tie: Tie) -> Sentence:
    place = tie.detail
    if tie.until is not None:
        year = str(tie.until.year)
        return say(
            "you both were at {place} (you until {year})", place=place, year=year
        )
    if tie.since is not None:
        year = str(tie.since.year)
        return say("you both know {place} (you since {year})", place=place, year=year)
    return say("you both know {place} from within", place=place)
