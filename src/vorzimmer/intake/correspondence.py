"""Mails as their heads pass by: to whom the member wrote, how often, and when; pure.

Who the member is, the heads themselves say: in a folder of sent mail all are from one
person, in any other nearly all are to one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from vorzimmer.items import SentMail
from vorzimmer.model import Person, Sentence, Tie, TieKind, say

MOST_RECIPIENTS = 10
"""A mail to more people is a circular; it says nothing of any of them."""

# Pairs of sender and recipient that are kept; a busy life has some ten thousand.
_MOST_PAIRS = 500_000
# Who wrote, or got, at least so many of the mails is the member …
_MOST_OF_THEM = 0.5
# … and so is every other address from which so many of them were sent.
_ANOTHER_ADDRESS = 0.05

_WHO_IS_IT = say(
    "We could not find out from these mails which address is yours, so nothing was"
    " taken from them. Give the folder of the mails that you sent."
)


@dataclass(slots=True)
class _Written:
    name: str | None = None
    count: int = 0
    first: date | None = None
    last: date | None = None


def mark_of(mail: SentMail) -> int | None:
    """Return what is the same of each copy of a mail; ``None``: nobody can tell.

    That is its Message-ID; where it has none, when it was sent and to whom. Whoever
    writes twice to the same people within one second, without Message-IDs, wrote once.
    """
    if mail.message_id:
        whole = [mail.message_id, mail.sender]
    elif mail.sent_at is not None:
        to = sorted(each.email or "" for each in mail.recipients)
        whole = [mail.sent_at.isoformat(), mail.sender, *to]
    else:
        return None
    raw = "\0".join(whole).encode("utf-8", "surrogatepass")
    # One bit less, as databases have no numbers without a sign.
    return int.from_bytes(blake2b(raw, digest_size=8).digest(), "big") >> 1


class Correspondence:
    """Who wrote to whom, as a few numbers a pair.

    Attributes:
        counted: Marks of the mails that were counted; see ``mark_of``.
    """

    def __init__(self) -> None:
        """Start with no mail."""
        self._pairs: defaultdict[str, dict[str, _Written]] = defaultdict(dict)
        self._pair_count = 0
        self.counted: set[int] = set()
        self._senders: Counter[str] = Counter()
        self._filed: Counter[str] = Counter()
        self._recipients: Counter[str] = Counter()

    def add(self, mail: SentMail) -> None:
        """Count one mail: the same one twice once, one of a network not at all."""
        if not mail.is_filed_as_sent and _is_of_network(mail.sender):
            return
        if (mark := mark_of(mail)) is not None:
            if mark in self.counted:
                return
            self.counted.add(mark)
        self._senders[mail.sender] += 1
        if mail.is_filed_as_sent:
            self._filed[mail.sender] += 1
        day = mail.sent_at.date() if mail.sent_at else None
        is_circular = len(mail.recipients) > MOST_RECIPIENTS
        pairs = self._pairs[mail.sender]
        for person in mail.recipients[: 2 * MOST_RECIPIENTS]:
            email = person.email or ""
            self._recipients[email] += 1
            if not is_circular and (written := self._pair(pairs, email)):
                _count(written, person.name, day)

    def _pair(self, pairs: dict[str, _Written], email: str) -> _Written | None:
        written = pairs.get(email)
        if written is None and self._pair_count < _MOST_PAIRS:
            self._pair_count += 1
            written = pairs[email] = _Written()
        return written

    def own_addresses(self) -> frozenset[str]:
        """Return the addresses that the member wrote from; none is not known."""
        filed = self._filed or None
        senders = self._filed or self._senders
        total = senders.total()
        if not total:
            return frozenset()
        sender, sent = max(senders.items(), key=_most)
        recipient, got = max(self._recipients.items(), key=_most, default=(sender, 0))
        is_sent = filed is not None or (sent > got and sent >= _MOST_OF_THEM * total)
        if is_sent:
            least = max(_ANOTHER_ADDRESS * total, 2)
            return frozenset(
                each
                for each, count in senders.items()
                if each == sender or count >= least
            )
        if got > sent and got >= _MOST_OF_THEM * total:
            return frozenset({recipient})
        return frozenset()

    def notices(self) -> Iterator[Sentence]:
        """Say so where nothing could be made of the mails."""
        if self._senders and not self.own_addresses():
            yield _WHO_IS_IT

    def ties(self, *, besides: Collection[str]) -> Iterator[Tie]:
        """Yield one tie for each address that the member wrote to.

        Args:
            besides: Keys of the member, who is no tie.
        """
        own = self.own_addresses()
        people: dict[str, _Written] = {}
        for sender in sorted(own):
            for email, written in self._pairs.get(sender, {}).items():
                known = people.get(email)
                people[email] = _joined(known, written) if known else written
        for email, written in sorted(people.items(), key=lambda each: each[0]):
            if email not in own and f"e:{email}" not in besides:
                yield Tie(
                    person=Person(name=written.name, email=email),
                    kind=TieKind.MAILED,
                    since=written.first,
                    until=written.last,
                    count=written.count,
                )


def _is_of_network(email: str) -> bool:
    """Whether a network wrote it; else it could pass for who wrote most of them."""
    host = email.rpartition("@")[2]
    # Loading what reads mails takes 25 ms; most sources hold no sent mail.
    from vorzimmer.mails.origin import DOMAINS, is_within  # noqa: PLC0415

    return any(is_within(host, domains) for domains in DOMAINS.values())


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return item[1], item[0]


def _count(written: _Written, name: str | None, day: date | None) -> None:
    written.count += 1
    if name and (written.name is None or (len(name), name) > _rank(written.name)):
        written.name = name
    if day is not None:
        written.first = min(written.first or day, day)
        written.last = max(written.last or day, day)


def _rank(name: str) -> tuple[int, str]:
    return len(name), name


def _joined(one: _Written, two: _Written) -> _Written:
    firsts = [day for day in (one.first, two.first) if day]
    lasts = [day for day in (one.last, two.last) if day]
    names = [name for name in (one.name, two.name) if name]
    return _Written(
        name=max(names, key=_rank, default=None),
        count=one.count + two.count,
        first=min(firsts, default=None),
        last=max(lasts, default=None),
    )
