"""What the desk holds of people, for how long; forgetting, exporting, ending."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from vorzimmer.errors import ForgettingError, UnknownNameError
from vorzimmer.exporting import write_export
from vorzimmer.fading import digests_of
from vorzimmer.forgetting import Gone, erase_people, gone_with, keep_hashes, tie_kinds
from vorzimmer.model import Action, ContactRequest, Decision, Sentence, say
from vorzimmer.portability_intake import spool_beside
from vorzimmer.reactions import Event, happened_last, state_after
from vorzimmer.retention import KEEPS, Digests, KeptFor, Past, due, months_before
from vorzimmer.setting import MOST_MONTHS
from vorzimmer.settings import Origin, Settings
from vorzimmer.store import Faded, Reading, Store, Transaction
from vorzimmer.toml_places import nearest
from vorzimmer.traces import Known, find_people, people_of
from vorzimmer.unfinished import forget_unfinished, place_beside

TYPED = {"en": "everything", "de": "alles"}
"""What has to be typed before everything is erased, by language; either will do."""

_CHOICE = "keep."

GROUPS: tuple[tuple[Sentence, frozenset[str]], ...] = (
    (say("Requests"), frozenset({"request"})),
    (
        say("What you decided, wrote and typed about them"),
        frozenset(
            {
                *("decision", "request_event", "ask", "acting", "letter"),
                *("given_fact", "correction", "settled"),
            }
        ),
    ),
    (say("Ties to people you know"), frozenset({"tie"})),
    (say("What people wrote after their request"), frozenset({"later_message"})),
    (say("Numbers on how people write"), frozenset({"habit"})),
    (
        say("Which source said what, and the rows it skipped"),
        frozenset(
            {"source", "brought_request", "request_alias", "import_run", "skipped"}
        ),
    ),
    (say("What stays of strangers that faded, as keyed hashes"), frozenset({"faded"})),
    (say("What you posted, wrote or took part in, by day"), frozenset({"occasion"})),
    (say("What you chose on the desk, and who you are"), frozenset()),
)
"""What tables are called together; the last takes all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the desk holds.

    Attributes:
        groups: How many entries, by what they are.
        since: When the first source was read; ``None`` is not known.
        size: Bytes of the file; ``None`` where it has none of its own.
        place: Where it lies.
    """

    groups: tuple[tuple[Sentence, int], ...]
    since: datetime | None
    size: int | None
    place: str


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """That somebody asked before, or sent the same words, and what was done then.

    Attributes:
        month: First day of the month in which that was.
        is_person: Whether it was the same person; else somebody with the same note.
    """

    action: Action
    month: date
    is_person: bool


class PrivacyDesk:
    """What is held, and that it goes again."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        now: Callable[[], datetime],
        lock: AbstractContextManager[object],
    ) -> None:
        """Take the parts; ``Desk`` makes them."""
        self._settings = settings
        self._store = store
        self._now = now
        self._lock = lock

    def held(self) -> Held:
        """Return what is held."""
        with self._store.reading() as store:
            counts, since = store.counts(), store.held_since()
        groups = []
        for title, names in GROUPS:
            mine = names & counts.keys() if names else counts.keys()
            groups.append((title, sum(counts.pop(each) for each in set(mine))))
        return Held(
            groups=tuple(groups),
            since=since,
            size=self._store.size(),
            place=self._store.place,
        )

    def find(self, words: str) -> list[Known]:
        """Return whom somebody means by a name, a profile or a mail address."""
        with self._store.reading() as store:
            return find_people(people_of(store.traces()), words)

    def what_goes(self, people: Iterable[Known]) -> list[Gone]:
        """Return what would go with each of some people."""
        with self._store.reading() as store:
            decided = store.current_decisions()
        return [gone_with(decided, [each]) for each in people]

    def forget_person(self, words: str, person_ids: Collection[str]) -> Gone:
        """Forget people: all that speaks of them, and their names in other texts.

        A name that somebody else has, too, stays in texts of others: nobody could say
        who of the two is meant there.

        Args:
            words: By which they were found.
            person_ids: Who of those found.

        Raises:
            UnknownNameError: Nobody of these is there any more.
            StoreError: They cannot be forgotten; nothing was.
        """
        with self._lock:
            with self._store.transaction() as t:
                people = people_of(t.traces())
                chosen = [
                    each for each in find_people(people, words) if each.id in person_ids
                ]
                if not chosen:
                    raise UnknownNameError(words, what="person")
                gone = gone_with(t.current_decisions(), chosen)
                erase_people(t, chosen, people)
            return self._swept(gone)

    def older(self, months: int) -> Gone:
        """Return what is older than so many months."""
        with self._store.reading() as store:
            return self._older(store, self._before(months))[1]

    def forget_older(self, months: int) -> Gone:
        """Forget requests with all on them, later messages and skipped rows.

        Ties stay: they say whom the member knows.

        Raises:
            ForgettingError: That is no number of months.
            StoreError: It cannot be forgotten; nothing was.
        """
        with self._lock:
            before = self._before(months)
            with self._store.transaction() as t:
                ids, gone = self._older(t, before)
                t.erase(request_ids=ids)
                t.erase_later_messages(before=before)
                t.erase_skipped(before=before)
            return self._swept(gone)

    def choices(self) -> Mapping[str, int | None]:
        """Return for how many months things are kept; ``None`` is for ever."""
        return {name: each.months for name, each in self.kept_for().items()}

    def kept_for(self) -> Mapping[str, KeptFor]:
        """Return for how long things are kept, and who says so, by name."""
        with self._store.reading() as store:
            return _kept_for(store, self._settings)

    def choose(self, choices: Mapping[str, int | None]) -> None:
        """Keep things for so many months; what is not named stays as it is.

        Args:
            choices: Months by name; ``None`` is for ever, whatever the settings say.

        Raises:
            UnknownNameError: There is nothing of that name.
            ForgettingError: That is no number of months.
        """
        _check_names(choices)
        for months in choices.values():
            if months is not None:
                self._before(months)
        with self._lock, self._store.transaction() as t:
            for name, months in choices.items():
                t.put_preference(_CHOICE + name, str(months or 0))

    def follow_settings(self, names: Collection[str]) -> None:
        """Keep things for as long as the settings say.

        Raises:
            UnknownNameError: There is nothing of that name.
        """
        _check_names(names)
        with self._lock, self._store.transaction() as t:
            for name in names:
                t.put_preference(_CHOICE + name, None)

    def recommend(self) -> None:
        """Choose what we recommend."""
        self.choose({each.name: each.recommended for each in KEEPS})

    def fade(self) -> Gone:
        """Let fade what the member does not want to keep any longer.

        Raises:
            StoreError: It cannot be done; nothing was.
        """
        with self._lock:
            with self._store.reading() as store:
                kept = _kept_for(store, self._settings)
                if not any(each.months for each in kept.values()):
                    return Gone()
            with self._store.transaction() as t:
                gone = self._fade(t)
            return self._swept(gone) if gone else gone

    def asked_before(self, request: ContactRequest) -> AskedBefore | None:
        """Return whether a person, or the same note, was turned away before.

        Args:
            request: The newer one.
        """
        with self._store.reading() as store:
            digests, faded = digests_of(store), store.faded()
        if digests is None or not faded:
            return None
        return _met(digests, faded, request)

    def export(self, file: Path) -> Mapping[str, int]:
        """Write everything into a new ZIP file; return how many rows of each table.

        Raises:
            SourceError: The file is there already.
            WritingError: It cannot be written.
        """
        with self._store.reading() as store:
            return write_export(file, store, now=self._now())

    def forget_everything(self, *, is_for_good: bool) -> None:
        """Erase everything, and remove the file.

        Args:
            is_for_good: Whether the desk ends with it; else it goes on, empty.

        Raises:
            StoreError: It cannot be removed.
        """
        with self._lock:
            self._forget_spool()
            self._store.remove(is_for_good=is_for_good)

    def _before(self, months: int) -> datetime:
        if not 1 <= months <= MOST_MONTHS:
            raise ForgettingError(
                say("Write a number of months from 1 to {most}.", most=MOST_MONTHS)
            )
        return months_before(self._now(), months)

    def _older(self, store: Reading, before: datetime) -> tuple[set[str], Gone]:
        decisions = store.current_decisions()
        ids = {
            each.id
            for each in store.requests()
            if (at := each.sent_at or _decided_at(decisions.get(each.id))) is not None
            and at < before
        }
        messages = [each for each in store.later_messages() if each.sent_at < before]
        runs = [each.id for each in store.import_runs() if each.started_at < before]
        gone = Gone(
            requests=len(ids),
            decided=sum(each in decisions for each in ids),
            messages=len(messages),
            rows=sum(len(store.skipped(each)) for each in runs),
        )
        return ids, gone

    def _fade(self, t: Transaction) -> Gone:
        kept, now = _kept_for(t, self._settings), self._now()
        before = {
            state: months_before(now, months)
            for each in KEEPS
            if (months := kept[each.name].months) is not None
            for state in each.states
        }
        messages = 0
        if (months := kept["later_messages"].months) is not None:
            messages = t.erase_later_messages(before=months_before(now, months))
        decisions, events = t.current_decisions(), t.standing_events()
        past = {
            key: _past(decisions.get(key), events.get(key, ()))
            for key in decisions.keys() | events.keys()
        }
        people = people_of(t.traces()) if before else []
        kinds = tie_kinds(t, people)
        chosen = [
            each
            for each in people
            if due(each.request_ids, kinds[each.id], past=past, before=before)
        ]
        if not chosen:
            return Gone(messages=messages)
        gone = gone_with(decisions, chosen)
        since = {key: each.since for key, each in past.items()}
        keep_hashes(t, chosen, decisions, since=since)
        erase_people(t, chosen, people)
        return replace(gone, messages=gone.messages + messages)

    def _swept(self, gone: Gone) -> Gone:
        self._forget_spool()
        return replace(gone, is_swept=self._store.sweep())

    def _forget_spool(self) -> None:
        """Forget what is kept of unfinished readings; the next ones begin anew."""
        spool = spool_beside(self._settings)
        if spool is not None:
            spool.unlink(missing_ok=True)
        forget_unfinished(place_beside(self._settings))


def _kept_for(store: Reading, settings: Settings) -> dict[str, KeptFor]:
    found: dict[str, KeptFor] = {}
    for each in KEEPS:
        chosen = store.preference(_CHOICE + each.name) or ""
        set_to: int = getattr(settings.keep, each.name)
        origin = settings.origins.get(f"keep.{each.name}", Origin("default"))
        is_chosen = chosen.isdecimal()
        found[each.name] = KeptFor(
            months=(int(chosen) if is_chosen else set_to) or None,
            is_chosen=is_chosen,
            settings_say=set_to or None,
            is_in_settings=origin.source != "default",
            place=f"{origin.place}:{origin.line}" if origin.line else origin.place,
        )
    return found


def _check_names(names: Iterable[str]) -> None:
    valid = [each.name for each in KEEPS]
    for name in names:
        if name not in valid:
            raise UnknownNameError(name, nearest(name, valid), what="kept")


def _decided_at(decision: Decision | None) -> datetime | None:
    return decision.at if decision else None


def _past(decision: Decision | None, events: Iterable[Event]) -> Past:
    """Return where a request stands, and since when: by what brought it there."""
    events = tuple(events)
    last = happened_last(decision, events) or decision or events[-1]
    return Past(state=state_after(decision, events), since=last.at)


def _met(
    digests: Digests, faded: Mapping[str, Faded], request: ContactRequest
) -> AskedBefore | None:
    for digest in digests.of_person(request.sender, request.network):
        if (known := _told(faded, digest, is_person=True)) is not None:
            return known
    return _told(faded, digests.of_note(request.note), is_person=False)


def _told(
    faded: Mapping[str, Faded], digest: str | None, *, is_person: bool
) -> AskedBefore | None:
    known = faded.get(digest or "")
    if known is None or known.decided is None:
        return None
    return AskedBefore(known.decided, known.month, is_person=is_person)
