"""Makes sense of what an importer read: who the member is, whom they know, who asks.

Nothing depends on the order of the rows. Ids of requests are made so that the same
request keeps its id over exports of different ages:

- of a conversation: network and conversation id, which every export since 2019 has;
- of an invitation: network, channel, profile address, and day of sending. Exports
  before 2023 have no addresses; there the name takes its place, and ``aliases`` says
  which id an invitation with an address would have had without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from hashlib import blake2b

from vorzimmer.habits import Habit
from vorzimmer.intake.conversations import Conversation
from vorzimmer.intake.heard import Heard, heard_in
from vorzimmer.intake.ledger import UNKNOWN
from vorzimmer.intake.mails import Mailed, gather_mails, notices_on, with_owner
from vorzimmer.intake.rows import Rows
from vorzimmer.intake.voices import LaterMessage, Voice
from vorzimmer.items import Invitation, Item, Message, Occasion
from vorzimmer.model import (
    Action,
    Channel,
    ContactRequest,
    Member,
    Person,
    Sentence,
    Skipped,
    Tie,
    TieKind,
    say,
)
from vorzimmer.names import plain_name
from vorzimmer.people import identity, is_company, is_nobody, profile_key
from vorzimmer.text import normalise

# In larger groups people write without knowing each other.
_LARGEST_GROUP = 10
_SECOND_PART = ("connections.csv", "invitations.csv", "messages.csv")


@dataclass(frozen=True, slots=True)
class PastDecision:
    """What the source shows was done about a request long ago.

    Attributes:
        request_id: Which request.
        action: Accept, answer, or decline (answered by nothing but a refusal).
        at: When; midnight where only the day is known, ``None`` where not even that.
    """

    request_id: str
    action: Action
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Everything that one source says, put together.

    Attributes:
        member: Whose source it is.
        requests: Each once, the oldest first.
        ties: How the member knows people: one a person, kind and word.
        past: What was done about requests before.
        heard: Who wrote to the member, and when last.
        aliases: Ids that requests would have had in exports without addresses, and
            the ids that they have; ambiguous ones are left out.
        said_at: Of which moment the source speaks, by id of the request, where it
            shows them one by one.
        as_of: The latest moment that stands in it; ``None`` where none does.
        counts: Rows read, by file.
        skipped: Rows that were not understood.
        notices: What the member should know about the source as a whole.
        later: Some messages of each person, from the beginning and from the end;
            ``later_messages`` says which of them are worth keeping.
        habits: How people write, by who they are.
        occasions: What the member did that others could see.
        counted: Marks of the sent mails on which the counts of ties rest.
    """

    member: Member
    requests: tuple[ContactRequest, ...] = ()
    ties: tuple[Tie, ...] = ()
    past: tuple[PastDecision, ...] = ()
    heard: tuple[Heard, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    said_at: Mapping[str, datetime] = field(default_factory=dict)
    as_of: datetime | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[Sentence, ...] = ()
    later: tuple[LaterMessage, ...] = ()
    habits: Mapping[str, Habit] = field(default_factory=dict)
    occasions: tuple[Occasion, ...] = ()
    counted: AbstractSet[int] = frozenset()


def gather(items: Iterable[Item], *, network: str = "linkedin") -> Intake:
    """Put together what the items of one source say.

    Args:
        items: What an importer yields, files in any order; read once, as a stream.
        network: From which network they are, in lower case.
    """
    rows = Rows()
    for item in items:
        rows.add(item)
    rows.find_own_keys()
    finder = _Finder(rows, network)
    finder.find()
    _tie_conversations(rows, finder.unanswered)
    mailed = gather_mails(rows.mails, _id)
    finder.add_mailed(mailed)
    voices = _voices(rows)
    return Intake(
        member=with_owner(rows.member(), mailed),
        requests=tuple(sorted(finder.requests.values(), key=_oldest_first)),
        ties=tuple(rows.ties()),
        past=tuple(finder.past[key] for key in sorted(finder.past)),
        heard=tuple(sorted(heard_in(rows, network), key=_earliest_first)),
        aliases={
            alias: next(iter(ids))
            for alias, ids in sorted(finder.aliases.items())
            if len(ids) == 1
        },
        said_at=mailed.said_at,
        as_of=rows.latest,
        counts=dict(rows.counts),
        skipped=tuple(dict.fromkeys(rows.skipped)),
        notices=(*_notices(rows), *notices_on(mailed)),
        later=(*_later(voices, rows, network), *mailed.later),
        habits={key: habit for key, each in voices.items() if (habit := each.habit())},
        occasions=tuple(rows.occasions[key] for key in sorted(rows.occasions)),
        counted=rows.correspondence.counted,
    )


def _later(
    voices: Mapping[str, Voice], rows: Rows, network: str
) -> Iterator[LaterMessage]:
    """Yield some messages of each person."""
    for key, voice in voices.items():
        person = rows.people.person(key)
        for spoken in voice.spoken():
            yield LaterMessage(
                writer=key,
                person=person,
                text=spoken.text,
                sent_at=spoken.sent_at,
                network=network,
                channel=Channel.INMAIL if spoken.is_inmail else Channel.MESSAGE,
            )


def _voices(rows: Rows) -> dict[str, Voice]:
    """Return what others wrote, once it is known who the member is."""
    if not rows.own_keys:
        return {}
    return rows.conversations.voices.of_others({*rows.own_keys, UNKNOWN})


def _earliest_first(heard: Heard) -> tuple[float, str]:
    return (heard.at.timestamp(), repr(heard))


def _oldest_first(request: ContactRequest) -> tuple[float, str]:
    return (request.sent_at.timestamp() if request.sent_at else 0.0, request.id)


class _Finder:
    """Finds the requests, and what was done about them."""

    def __init__(self, rows: Rows, network: str) -> None:
        self.requests: dict[str, ContactRequest] = {}
        self.past: dict[str, PastDecision] = {}
        self.aliases: dict[str, set[str]] = {}
        self.unanswered: set[str] = set()
        self._rows = rows
        self._network = network
        # Who sent each invitation's note, by its normal form.
        self._notes: dict[str, set[str]] = {}

    def find(self) -> None:
        """Go through invitations, then conversations."""
        for invitation in self._rows.invitations:
            if invitation.is_incoming:
                self._invited(invitation)
        for conversation_id, conversation in self._rows.conversations.by_id.items():
            first = conversation.first
            if first is not None and self._is_request(conversation, first):
                self._wrote(conversation_id, conversation, first)

    def add_mailed(self, mailed: Mailed) -> None:
        """Add what mails tell; where there is more than mails, they say less."""
        self.requests = mailed.requests | self.requests
        for alias, ids in mailed.aliases.items():
            self.aliases.setdefault(alias, set()).update(ids)
        for person, at in mailed.accepted:
            days = (at, None)
            key = self._rows.people.meet(person)
            self._rows.ledger.add(key, TieKind.CONNECTION, days=days)

    def _invited(self, invitation: Invitation) -> None:
        sender, sent_at = invitation.sender, invitation.sent_at
        channel = Channel.INVITATION_NOTE
        day = sent_at.date().isoformat() if sent_at else ""
        address = profile_key(sender.profile_url)
        name = plain_name(sender.name or "")
        # Nothing tells unknown senders of one day apart but their notes.
        who = address or name or f"?{normalise(invitation.note)}"
        request_id = _id(self._network, channel, who, day)
        if address and name:
            alias = _id(self._network, channel, name, day)
            self.aliases.setdefault(alias, set()).add(request_id)
        if invitation.note:
            writers = self._notes.setdefault(normalise(invitation.note), set())
            writers.update((identity(sender), name))
        request = ContactRequest(
            id=request_id,
            sender=self._sender(sender),
            network=self._network,
            channel=channel,
            note=invitation.note,
            sent_at=sent_at,
        )
        known = self.requests.get(request_id)
        if known is None or _note_rank(request) > _note_rank(known):
            self.requests[request_id] = request
        is_contact, since = self._rows.contact_since(sender)
        # A contact of that name from before is somebody else.
        is_older = since and sent_at and since < sent_at.date() - timedelta(days=1)
        if is_contact and (address or not is_older):
            at = datetime.combine(since, time(), UTC) if since else None
            self.past[request_id] = PastDecision(request_id, Action.ACCEPT, at)

    def _is_request(self, conversation: Conversation, first: Message) -> bool:
        if first.is_sponsored:
            return True
        # Without knowing who the member is, nobody knows who wrote to whom.
        if not self._rows.own_keys or conversation.first_by in self._rows.own_keys:
            return False
        is_contact, since = self._rows.contact_since(first.sender)
        if is_contact and not (
            since and first.sent_at and first.sent_at.date() < since
        ):
            return False
        # An accepted invitation's note becomes the first message of a conversation.
        writers = self._notes.get(normalise(first.text))
        if not writers:
            return True
        name = plain_name(first.sender.name or "")
        return writers.isdisjoint({identity(first.sender), name} - {""})

    def _wrote(
        self, conversation_id: str, conversation: Conversation, first: Message
    ) -> None:
        request_id = _id(self._network, "conversation", conversation_id)
        self.requests[request_id] = ContactRequest(
            id=request_id,
            sender=self._sender(first.sender),
            network=self._network,
            channel=Channel.INMAIL if first.subject else Channel.MESSAGE,
            note=first.text,
            subject=first.subject or None,
            sent_at=first.sent_at,
            is_sponsored=first.is_sponsored,
            is_filed_as_spam=first.folder == "SPAM" if first.folder else None,
        )
        own = self._rows.own_words(conversation)
        if own.count or own.refusals:
            action = Action.ANSWER if own.count else Action.DECLINE
            self.past[request_id] = PastDecision(request_id, action, own.first_at)
        if not own.count:
            self.unanswered.add(conversation_id)

    def _sender(self, sender: Person) -> Person:
        """Return the sender with all that is known; only people have names."""
        if is_company(sender):
            return Person(company=sender.name, profile_url=sender.profile_url)
        if is_nobody(sender):
            return Person()
        return self._rows.people.person(self._rows.people.meet(sender))


def _id(*parts: str) -> str:
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(whole, digest_size=8).hexdigest()


def _note_rank(request: ContactRequest) -> tuple[int, str, float]:
    note = request.note or ""
    return (len(note), note, request.sent_at.timestamp() if request.sent_at else 0.0)


def _tie_conversations(rows: Rows, unanswered: set[str]) -> None:
    """Add who wrote to whom; large groups and unanswered requests say nothing."""
    for conversation_id, conversation in rows.conversations.by_id.items():
        first = conversation.first
        is_group = len(conversation.people) > _LARGEST_GROUP
        if is_group or first is None or first.is_sponsored or not rows.own_keys:
            continue
        own = rows.own_words(conversation)
        days = (own.first_at, own.last_at)
        others = rows.others(conversation)
        if own.count:
            for key in others:
                rows.ledger.add(key, TieKind.WROTE, days=days, count=own.count)
        if conversation_id in unanswered or first.folder == "SPAM":
            continue
        for key, written in others.items():
            if written is not None and written.count:
                days = (written.first_at, written.last_at)
                kind = TieKind.WROTE_TO_YOU
                rows.ledger.add(key, kind, days=days, count=written.count)


def _notices(rows: Rows) -> Iterator[Sentence]:
    missing = [each for each in _SECOND_PART if each in rows.missing - rows.there]
    if len(missing) == len(_SECOND_PART):
        yield say(
            "This looks like part one of two: contacts, invitations and messages are"
            " missing. The second file comes about a day later; import it, too."
        )
    else:
        yield from (_MISSING[each] for each in missing)
    if not rows.mails:  # else something was taken, and nobody missed the rest
        yield from rows.correspondence.notices()
    has_talk = rows.conversations.by_id or rows.invitations
    if has_talk and not rows.own_keys:
        yield say(
            "We could not find out which of the people in it you are, so messages"
            " were not screened. Ask for your profile in the export, too."
        )


_MISSING: dict[str, Sentence] = {
    "connections.csv": say(
        "The list of your contacts (Connections.csv) is missing, so people you know"
        " may look unknown. Ask for it in the export, too."
    ),
    "invitations.csv": say(
        "Contact requests (Invitations.csv) are missing. If you have some, ask for"
        " them in the export, too."
    ),
    "messages.csv": say(
        "Messages (messages.csv) are missing, so first messages are not screened, and"
        " people you wrote to may look unknown. Ask for them in the export, too."
    ),
}
