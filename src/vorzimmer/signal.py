"""What a signal is: one named, documented, weighted check of a request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vorzimmer.habits import Habit
from vorzimmer.model import (
    PERSON_FACTS,
    ContactRequest,
    Hit,
    Kind,
    Member,
    Tie,
    TieKind,
)
from vorzimmer.note import LONGEST_READ, NoteFacts, read_notes
from vorzimmer.repeats import TurnedAway


class Group(StrEnum):
    """The part of a request that a signal reads; a group's points are capped.

    Signals of one group see the same thing from several sides; the cap keeps them
    from adding up as if they were independent.
    """

    NOTE = "note"
    LINKS = "links"
    SENDER = "sender"
    BEHAVIOUR = "behaviour"
    TIES = "ties"


# How far beyond even odds one group alone can carry a kind, in nats: 3.0 is 95 %.
# Its cap is this, and what the prior stands below even odds; against a kind it is this
# alone. Ties are facts of the member's own data, so they may carry farther.
# docs/explanation/how-screening-works.md explains them.
CAPS: dict[Group, float] = {
    Group.NOTE: 3.0,
    Group.LINKS: 3.0,
    Group.SENDER: 2.5,
    Group.BEHAVIOUR: 2.5,
    Group.TIES: 5.0,
}

# Up to so many letters of its normal form, a note may be no more than a greeting.
SHORT_NOTE = 60

# What the text model could read wakes the signals that take its word.
LIKENESS = "likeness"


@dataclass(frozen=True, slots=True)
class Mention:
    """A known person, or a place of the member's own life, named in a note.

    Attributes:
        name: The name as the member's data have it.
        span: Where it stands in the note's normal form.
        is_person: Whether it is a person; else an employer or school.
    """

    name: str
    span: tuple[int, int]
    is_person: bool


@dataclass(slots=True, kw_only=True)  # not frozen: one a request, made twice as fast
class Context:
    """All that a signal may know besides the request itself.

    Attributes:
        member: For whom the request is screened.
        note: What was found in the note.
        ties: How the member knows the sender, strongest first.
        doubles: Known people with the sender's name, but another profile.
        mentions: Known people and own places that the note names.
        same_note_count: Other senders of this note or one much like it;
            ``None`` when nobody counted.
        headline: The sender's headline, read like a note; ``None`` when there is
            none, or nobody has read it yet.
        habit: How the sender usually writes to the member; ``None`` when nobody knows.
        turned_away: That the member turned the sender away before; ``None`` when not,
            or nobody knows.
        seen: What the note may have (``glances.glance_at``); ``None`` when nobody took
            a quick look.
    """

    member: Member
    note: NoteFacts
    ties: tuple[Tie, ...] = ()
    doubles: tuple[Tie, ...] = ()
    mentions: tuple[Mention, ...] = ()
    same_note_count: int | None = None
    headline: NoteFacts | None = None
    habit: Habit | None = None
    turned_away: TurnedAway | None = None
    seen: int | None = None

    def tie(self, kind: TieKind) -> Tie | None:
        """Return the strongest tie of a kind, ``None`` when there is none."""
        return next((tie for tie in self.ties if tie.kind is kind), None)


def headline_facts(request: ContactRequest, context: Context) -> NoteFacts | None:
    """Return the sender's headline, read like a note; ``None`` when there is none."""
    headline = request.sender.headline
    if not headline:
        return None
    facts = context.headline
    if facts is None or facts.text != headline[:LONGEST_READ]:
        (facts,) = read_notes([headline], context.note.book)
    return facts


Check = Callable[[ContactRequest, Context], Hit | None]
Among = Callable[[Sequence[ContactRequest], Sequence[Context]], Sequence[int]]
"""Of many requests, the numbers of those that a check may hit, in order."""


def where_seen(mark: int) -> Among:
    """Return the test for requests whose note may have something (``glances``)."""

    def among(_: Sequence[ContactRequest], contexts: Sequence[Context]) -> list[int]:
        seen = [each.seen for each in contexts]
        return [row for row, each in enumerate(seen) if each is None or each & mark]

    return among


@dataclass(frozen=True, slots=True)
class Signal:
    """One named, documented, weighted check.

    Attributes:
        name: The function's name, equal to the file's.
        kind: The kind that it speaks for or against.
        group: The part of a request that it reads.
        weight: Points (nats) of a hit at full strength; negative speaks against.
        reads: Facts about the sender (fields of ``Person``) without which it
            stays silent.
        wakes: What must have been found for it to speak, one of these at least:
            families of phrases, and the names in ``roster``; none is always asked.
        of: Facts about the sender or the request that are all that it looks at,
            besides the member; it is asked once for each value of them.
        takes: The kind for which the note is read (``NoteFacts.reads_like``), if that
            is all that it says; then who wants no words need not ask it.
        among: Says of which of many requests it has to be asked; ``None`` is all that
            something wakes it for. It never misses a hit.
        since: The first release that has it.
        doc: What it does, why it matters, known errors, source.
        check: The function.
    """

    name: str
    kind: Kind
    group: Group
    weight: float
    reads: frozenset[str]
    wakes: frozenset[str]
    of: tuple[str, ...]
    takes: Kind | None
    among: Among | None
    since: str
    doc: str
    check: Check

    @property
    def title(self) -> str:
        """The first line of the documentation, as shown to people."""
        return self.doc.strip().partition("\n")[0].rstrip(".")


def signal(  # noqa: PLR0913 - one for each fact about a signal
    *,
    kind: Kind,
    group: Group,
    weight: float,
    since: str,
    reads: str = "",
    wakes: str = "",
    of: str = "",
    takes: Kind | None = None,
    among: Among | None = None,
) -> Callable[[Check], Signal]:
    """Declare the decorated function to be a signal.

    Args:
        kind: The kind that it speaks for (or, with a negative weight, against).
        group: The part of a request that it reads.
        weight: Points (nats) of a hit at full strength.
        since: The first release that has it.
        reads: Names of the facts about the sender that it needs, divided by blanks.
        wakes: What must have been found for it to speak, divided by blanks: names of
            phrase families, also of the line under the sender's name
            (``headline:selling_headline``), and the names in ``roster``. One of them is
            enough. Empty, it is asked about every request.
        of: Names of the facts about sender or request that are all that it looks at,
            divided by blanks; those about the sender need not stand in ``reads``.
        takes: The kind for which it reads the note with the text model, if that is all
            that it does; a note with words wakes it.
        among: A quick test of many requests at once, where nothing wakes it: returns
            the numbers of those that it may hit.
    """
    facts = tuple(of.split())

    def declare(check: Check) -> Signal:
        return Signal(
            name=check.__name__,
            kind=kind,
            group=group,
            weight=weight,
            reads=frozenset(reads.split()).union(facts) & frozenset(PERSON_FACTS),
            wakes=frozenset([*wakes.split(), LIKENESS] if takes else wakes.split()),
            of=facts,
            takes=takes,
            among=among,
            since=since,
            doc=check.__doc__ or "",
            check=check,
        )

    return declare
