"""The member's letters: a draft for a request, versions kept, own templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from vorzimmer.cards import Card
from vorzimmer.errors import (
    ConfigurationError,
    SourceError,
    UnknownNameError,
    VorzimmerError,
)
from vorzimmer.form_of_address import Manner, is_among_germans, manner_for, spoken_in
from vorzimmer.model import Action, Member, say
from vorzimmer.objections import Objection
from vorzimmer.replies import (
    Facts,
    Letter,
    Template,
    letter_facts,
    read_template,
    render,
    shipped_templates,
)
from vorzimmer.replies.facts import Known
from vorzimmer.replies.sample import sample_facts
from vorzimmer.replies.template import LONGEST, SUFFIX
from vorzimmer.settings import Settings
from vorzimmer.store import KeptLetter, Store
from vorzimmer.toml_places import nearest
from vorzimmer.whole_files import write_whole

WRITTEN = (Action.ASK, Action.ANSWER, Action.DECLINE, Action.ACCEPT)
"""The actions that one can write a letter for."""

LONGEST_LETTER = 20_000
"""Characters of a letter that is kept; beyond any network's message."""

# What only stands in letters to somebody who advertised again.
_OBJECTED = "objected_on"
_OBJECTING = frozenset({"declined_on", _OBJECTED})
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_MOST_OWN = 500
_NO_NAME = say(
    "The name of a template has small letters, digits and hyphens, and begins with a"
    " letter or a digit."
)
_NO_FOLDER = say(
    "There is no folder for own templates. Name one in the settings (letters.folder)."
)


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates to choose from.

    Attributes:
        good: Those that can be used, by name and manner.
        mistakes: What is wrong with the others, by name of the file.
    """

    good: Mapping[tuple[str, Manner], Template]
    mistakes: Mapping[str, VorzimmerError] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names, each once, in order."""
        return tuple(dict.fromkeys(name for name, _ in self.good))

    def named(self, name: str, manner: Manner) -> Template:
        """Return a template, in the manner that comes nearest.

        Raises:
            UnknownNameError: There is none of that name.
        """
        order = (manner, Manner.SIE, Manner.DU, Manner.ENGLISH)
        found = next(
            (self.good[name, m] for m in order if (name, m) in self.good), None
        )
        if found is None:
            raise UnknownNameError(name, nearest(name, self.names), what="letter")
        return found

    def of(self, manner: Manner) -> tuple[Template, ...]:
        """Return one template a name, in that manner where there is one."""
        return tuple(self.named(name, manner) for name in self.names)


def open_templates(settings: Settings) -> Templates:
    """Return the templates that ship, and those in the member's own folder.

    An own file stands in for a shipped one of its name. One with a mistake is told,
    and hinders none of the others.
    """
    good = dict(shipped_templates())
    mistakes: dict[str, VorzimmerError] = {}
    folder = folder_of(settings)
    for file in sorted(folder.glob(f"*{SUFFIX}"))[:_MOST_OWN] if folder else ():
        try:
            made = _own(file.name, _text_of(file), str(file))
            good[made.name, made.manner] = made
        except (ConfigurationError, SourceError) as mistake:
            mistakes[file.name] = mistake
    return Templates(good, mistakes)


def folder_of(settings: Settings) -> Path | None:
    """Return where own templates lie: as set, else beside the settings file.

    ``None`` where there is no settings file that it could lie beside.
    """
    if settings.letters.folder:
        return settings.letters.folder
    return settings.file.parent / "letters" if settings.file else None


@lru_cache(maxsize=_MOST_OWN)
def _own(name: str, text: str, file: str) -> Template:
    return read_template(name, text, file=file, is_own=True)


def _text_of(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(4 * LONGEST + 1).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            file,
            say("This template cannot be read."),
            say("Check that it is a text file in UTF-8 and that you may read it."),
        ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter for a request, as it stands before the member.

    Attributes:
        letter: What is proposed, before it was edited.
        template: From which template.
        text: The version kept last, else what is proposed.
        is_kept: Whether the text is a version that was kept.
        manner: Language and form of address.
        shown_by: The word of the note that shows Sie or du; ``""`` when none does.
    """

    letter: Letter
    template: Template
    text: str
    is_kept: bool
    manner: Manner
    shown_by: str = ""


class LettersDesk:
    """What the member writes to those who ask."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        now: Callable[[], datetime],
        card: Callable[[str], Card],
        objection: Callable[[str], Objection | None],
    ) -> None:
        """Take settings, store, clock, and what gives a card and an objection."""
        self._settings = settings
        self._store = store
        self._now = now
        self._card = card
        self._objection = objection

    def templates(self) -> Templates:
        """Return the templates to choose from, and the mistakes in own ones."""
        return open_templates(self._settings)

    def manner(self, card: Card, language: str = "de") -> Manner:
        """Return how to speak to the sender: as the note does, or as set.

        Args:
            card: Of the request.
            language: What to write where the note does not show its own.
        """
        wish = self._settings.letters.form
        request = card.request
        member = self._member() or Member()
        if is_among_germans(request.sender, member, request.network):
            language = "de"
        return manner_for(card.request.note, wish=wish, language=language)

    def offered(self, card: Card, manner: Manner) -> tuple[Template, ...]:
        """Return the templates to choose from, one a name.

        One that objects is among them only where somebody advertised again.
        """
        every = self.templates().of(manner)
        if self._objection(card.request.id) is not None:
            return every
        return tuple(each for each in every if _OBJECTING.isdisjoint(each.needs))

    def propose(self, card: Card, action: Action, manner: Manner) -> Template | None:
        """Return the template that fits best; ``None`` when none does.

        First one for what the request looks like, likeliest first, then one for any.

        Args:
            card: Of the request.
            action: What the letter is for.
            manner: Language and form of address.
        """
        facts = self._facts(card, manner, {})
        fitting = [
            each
            for each in self.templates().of(manner)
            if each.action is action
            and all(name in facts for name in each.needs)
            and (not each.is_for_blank or card.request.note == "")
            and (not each.kinds or _likeliest(each, card) > 0)
        ]
        return min(fitting, key=lambda each: _rank(each, card), default=None)

    def draft(  # noqa: PLR0913 - what the member may choose of a letter
        self,
        request_id: str,
        *,
        action: Action | None = None,
        template: str = "",
        manner: Manner | None = None,
        language: str = "de",
        typed: Mapping[str, str] | None = None,
    ) -> Draft | None:
        """Return a letter for a request.

        Args:
            request_id: Whose sender is written to.
            action: What the letter is for; ``None`` is what is proposed.
            template: Name of a template; ``""`` takes the one that fits best.
            manner: Language and form of address; ``None`` is as the note has it.
            language: What to write where the note does not show its own.
            typed: What the member typed in, by slot.

        Returns:
            ``None`` when there is no template for this action.

        Raises:
            UnknownNameError: There is no such request or template.
        """
        card = self._card(request_id)
        manner = manner or self.manner(card, language)
        if template:
            chosen: Template | None = self.templates().named(template, manner)
        else:
            chosen = self.propose(card, action or card.proposal.action, manner)
        if chosen is None:
            return None
        letter = written(chosen, self._facts(card, chosen.manner, typed or {}, chosen))
        kept = None if typed else self._last(request_id, chosen)
        return Draft(
            letter=letter,
            template=chosen,
            text=kept.text if kept else letter.text,
            is_kept=kept is not None,
            manner=chosen.manner,
            shown_by=spoken_in(card.request.note).words,
        )

    def keep(self, request_id: str, template: str, manner: Manner, text: str) -> bool:
        """Keep a version of a letter; return whether it differs from the last.

        Raises:
            UnknownNameError: There is no such request or template.
        """
        self._card(request_id)
        chosen = self.templates().named(template, manner)
        with self._store.transaction() as store:
            return store.keep_letter(
                request_id,
                template=chosen.name,
                manner=chosen.manner,
                text=text.replace("\r\n", "\n").strip()[:LONGEST_LETTER],
                at=self._now(),
            )

    def kept(self, request_id: str) -> tuple[KeptLetter, ...]:
        """Return the versions of letters to a sender, newest first."""
        with self._store.reading() as store:
            return store.letters(request_id)

    def preview(self, template: Template) -> Letter:
        """Return what a template makes of an invented request."""
        return written(template, sample_facts(template.manner, self._member()))

    def preview_for(self, card: Card, template: Template) -> Letter:
        """Return what a template makes of a request, whether it fits or not."""
        return written(template, self._facts(card, template.manner, {}, template))

    def write_own(self, name: str, manner: Manner, text: str) -> Path:
        """Write an own template, once it was checked; return its file.

        Raises:
            ConfigurationError: It has a mistake; nothing was written.
            WritingError: It cannot be written.
        """
        folder = folder_of(self._settings)
        file_name = f"{name}.{manner}{SUFFIX}"
        if folder is None:
            raise ConfigurationError(file_name, 0, _NO_FOLDER)
        if not _NAME.fullmatch(name):
            raise ConfigurationError(file_name, 0, _NO_NAME)
        plain = text.replace("\r\n", "\n").rstrip() + "\n"
        read_template(file_name, plain, file=file_name)
        file = folder / file_name
        write_whole(file, plain)
        return file

    def _facts(
        self,
        card: Card,
        manner: Manner,
        typed: Mapping[str, str],
        template: Template | None = None,
    ) -> Facts:
        """Return what can stand in a letter; one that objects quotes the latest."""
        request, assessment = card.request, card.assessment
        objection = self._objection(request.id)
        if objection and template and not _OBJECTING.isdisjoint(template.needs):
            words = objection.latest_words
            if words is not None:
                request, assessment = replace(request, note=words[0]), words[1]
        known = Known(
            member=self._member() or Member(),
            assessment=assessment,
            others=len(card.campaign.requests) - 1 if card.campaign else 0,
            declined_on=objection.declined_on if objection else None,
            objected_on=objection.objected_on if objection else None,
            reading=self._settings.letters.reading.replace(" | ", "\n"),
            typed=typed,
        )
        return letter_facts(request, known, manner=manner)

    def _member(self) -> Member | None:
        with self._store.reading() as store:
            return store.member()

    def _last(self, request_id: str, template: Template) -> KeptLetter | None:
        return next(
            (
                each
                for each in self.kept(request_id)
                if (each.template, each.manner) == (template.name, template.manner)
            ),
            None,
        )


def written(template: Template, facts: Facts) -> Letter:
    """Return the letter that a template makes of these facts."""
    made = render(template.body, facts, instead=template.instead, slots=template.slots)
    return Letter(
        template=template.name,
        manner=template.manner,
        text=made.text,
        used=made.used,
        missing=made.missing,
    )


def _likeliest(template: Template, card: Card) -> float:
    """Return the score of the likeliest kind that a template is for."""
    kinds = card.assessment.kinds
    return max(
        (kinds[kind].score for kind in template.kinds if kind in kinds), default=0
    )


def _rank(template: Template, card: Card) -> tuple[float, ...]:
    """Return how badly a template fits a request; the smallest fits best.

    A request without words is asked about that; else what it looks like counts. One
    that needs facts says more, and an own one was written to be used.
    """
    return (
        not template.is_for_blank,
        not template.kinds,
        _OBJECTED not in template.needs,
        -len(template.needs),
        -_likeliest(template, card),
        not template.is_own,
    )
