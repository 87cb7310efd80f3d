"""What the pages show of letters: the draft beside a request, and the templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vorzimmer.cards import Card
from vorzimmer.desk import Desk
from vorzimmer.form_of_address import Manner
from vorzimmer.letters import WRITTEN, Draft
from vorzimmer.model import Action, Sentence, say
from vorzimmer.replies import SLOTS, LetterSlot, Limit, Template, limits_for
from vorzimmer.replies.limits import limit_of

MANNERS: Mapping[Manner, Sentence] = {
    Manner.SIE: say("German, Sie"),
    Manner.DU: say("German, du"),
    Manner.ENGLISH: say("English"),
}
# Proposals that come with a letter to be sent; to others one may write as well.
_WITH_LETTER = frozenset({Action.ASK, Action.ANSWER, Action.DECLINE})


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """The letter beside a request, ready for the page.

    Attributes:
        draft: ``None`` when there is no template to begin with.
        groups: The templates by what they are for, in the draft's manner.
        titles: What templates are called in the language of the page, by name; one
            that there is not in it goes by its own title.
        typed: Slots of the template that the member types in, with what was typed.
        places: Where it may be sent, with how long it may be there.
        place: The place that is chosen.
        is_open: Whether it is shown at once.
        versions: How many versions of letters to this sender were kept.
        told: What has just happened, told once.
    """

    card: Card
    draft: Draft | None
    groups: tuple[tuple[Action, tuple[Template, ...]], ...]
    titles: Mapping[str, str]
    typed: tuple[tuple[LetterSlot, str], ...]
    places: tuple[Limit, ...]
    place: Limit
    is_open: bool
    versions: int
    told: Sentence | None = None

    @property
    def left(self) -> int | None:
        """How many characters are left; ``None`` where there is no limit."""
        return self.place.left(self.draft.text) if self.draft else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the member chose for a letter.

    Attributes:
        action: What it is for; ``None`` is what is proposed.
        template: ``""`` takes the one that fits best.
        manner: ``None`` is as the note has it.
        place: Name of a limit; ``""`` is the usual one.
        typed: What was typed in, by slot.
    """

    action: Action | None = None
    template: str = ""
    manner: Manner | None = None
    place: str = ""
    typed: Mapping[str, str] | None = None


def letter_view(
    desk: Desk,
    card: Card,
    *,
    language: str,
    wish: Wish | None = None,
    told: Sentence | None = None,
) -> LetterView:
    """Return the letter to a sender for the page.

    Args:
        desk: Whose letter it is.
        card: Of the request.
        language: Of the page; what to write where the note does not show its own.
        wish: What the member chose; ``None`` shows what is proposed.
        told: What has just happened.
    """
    letters = desk.letters
    wanted = wish or Wish()
    action = wanted.action or _action_of(card)
    draft = letters.draft(
        card.request.id,
        action=action if action in WRITTEN else Action.ASK,
        template=wanted.template,
        manner=wanted.manner,
        language=language,
        typed=wanted.typed,
    )
    manner = draft.manner if draft else letters.manner(card, language)
    every = letters.offered(card, manner)
    places = limits_for(card.request.network)
    usual = limit_of(card.request.network, draft.template.channel) if draft else None
    chosen = next((each for each in places if each.name == wanted.place), usual)
    return LetterView(
        card=card,
        draft=draft,
        groups=tuple(
            (group, found)
            for group in WRITTEN
            if (found := tuple(each for each in every if each.action is group))
        ),
        titles=_titles(desk, manner, language),
        typed=_typed(draft, wanted.typed or {}),
        places=places,
        place=chosen or places[0],
        is_open=wish is not None or action in _WITH_LETTER,
        versions=len(letters.kept(card.request.id)),
        told=told,
    )


def _action_of(card: Card) -> Action:
    """Return what was decided, or else is proposed."""
    return card.decision.action if card.decision else card.proposal.action


def _titles(desk: Desk, manner: Manner, language: str) -> dict[str, str]:
    """Return the titles for whoever reads the page, not for whoever gets the letter."""
    if manner.language == language:
        return {}
    own = Manner.SIE if language == "de" else Manner.ENGLISH
    return {each.name: each.title for each in desk.letters.templates().of(own)}


def _typed(
    draft: Draft | None, typed: Mapping[str, str]
) -> tuple[tuple[LetterSlot, str], ...]:
    slots = draft.template.slots if draft else ()
    return tuple(
        (SLOTS[name], typed.get(name, "")) for name in slots if SLOTS[name].is_typed
    )
