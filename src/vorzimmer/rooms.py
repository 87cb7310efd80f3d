"""The parts of a desk, each for one purpose, put together."""

from __future__ import annotations

from collections.abc import Callable

from vorzimmer.advising import AdvisingDesk
from vorzimmer.afterwards import AfterDesk
from vorzimmer.asking_back import AskingDesk
from vorzimmer.cards import Card
from vorzimmer.drafting import DraftingDesk
from vorzimmer.introducing import IntroducingDesk
from vorzimmer.letters import LettersDesk
from vorzimmer.objecting import ObjectionDesk
from vorzimmer.overview import OverviewDesk
from vorzimmer.pasting import Keeper, PastingDesk
from vorzimmer.people_to_meet import PeopleToMeetDesk
from vorzimmer.privacy_desk import PrivacyDesk
from vorzimmer.reaching import ReachDesk
from vorzimmer.reacting import ReactionDesk
from vorzimmer.recording import Parts
from vorzimmer.rehearsing import RehearsalDesk
from vorzimmer.rules import RulesDesk
from vorzimmer.settings import Settings
from vorzimmer.sitting_desk import SittingDesk
from vorzimmer.source_desk import SourceDesk
from vorzimmer.teaching import TeachingDesk


class Rooms:
    """What a desk has, besides reading requests and deciding about them.

    Attributes:
        sources: What was read out of which source; forgetting.
        privacy: What is held, for how long; forgetting, exporting.
        teaching: What the member says that requests are, and what follows.
        overview: What all requests together tell.
        advising: Settings of the networks, and the member's own contact card.
        pasting: What the member pastes or types, screened and kept.
        drafting: What the member wants to write.
        letters: What the member writes to those who ask.
        objection: Who advertised again after a no, and what the member did about it.
        reactions: What the member does about requests.
        asking: What the member asked back, and what came of it.
        sitting: The time of a session, and what came of it.
        rehearsal: What policies would have done about the past.
        rules: Changes to policies, and to what the member needs to be safe.
        after: What came after accepting.
        reach: What accepting would add.
        introducing: Who can introduce the member, and who was asked to.
        meeting: People whom the member would like to get to know.
    """

    def _open_rooms(  # noqa: PLR0913 - what the parts need of the desk, one by one
        self,
        settings: Settings,
        parts: Parts,
        *,
        keeper: Keeper,
        card: Callable[[str], Card],
        reads: Callable[[], frozenset[str]],
        changed: Callable[[Settings], None],
    ) -> None:
        """Make all parts.

        Args:
            settings: Of the desk.
            parts: Store, clock, lock, and what gives the screened requests.
            keeper: Keeps what is handed in.
            card: Returns a request.
            reads: Returns the languages that the member reads.
            changed: Told of new settings.
        """
        store, now, waiting = parts.store, parts.now, parts.waiting
        self.sources = SourceDesk(store, now=now, lock=parts.lock)
        self.privacy = PrivacyDesk(settings, store, now=now, lock=parts.lock)
        self.teaching = TeachingDesk(store, now=now, waiting=waiting)
        self.overview = OverviewDesk(store, waiting=waiting)
        self.advising = AdvisingDesk(store, now=now, policy=parts.policy, reads=reads)
        self.pasting = PastingDesk(keeper, waiting=waiting, now=now)
        self.drafting = DraftingDesk(store, now=now)
        self.objection = ObjectionDesk(store, now=now, waiting=waiting)
        self.letters = LettersDesk(
            settings, store, now=now, card=card, objection=self.objection.of
        )
        self.reactions = ReactionDesk(parts)
        self.asking = AskingDesk(parts, self.reactions)
        self.sitting = SittingDesk(parts, self.reactions, self.asking)
        self.rules = RulesDesk(settings, store, changed=changed)
        self.after = AfterDesk(store, now=now, waiting=waiting)
        self.rehearsal = RehearsalDesk(
            waiting=waiting, unwanted=lambda: _unwanted(self.after)
        )
        self.reach = ReachDesk(settings, waiting=waiting)
        self.introducing = IntroducingDesk(store, now=now, waiting=waiting)
        self.meeting = PeopleToMeetDesk(store, now=now)


def _unwanted(after: AfterDesk) -> frozenset[str]:
    """Return ids of requests whose senders advertised, or worse, once accepted."""
    view = after.view()
    sequels = (*view.proposals, *(each.sequel for each in view.alarms))
    return frozenset(each.request.id for each in sequels)
