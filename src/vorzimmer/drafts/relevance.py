"""The three questions before an offer, beside what is known of the recipient; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from vorzimmer.drafts.draft import Offer, Recipient, Relevance
from vorzimmer.model import say
from vorzimmer.names import fold

_WORD = re.compile(r"[^\W\d_]{3,}")
# Words that stand in most profiles and answers, and show nothing.
_COMMON = """
    und oder der die das den dem des ein eine einer eines einen mit für von aus
    bei alle allen jeder jede jeden viele mehr neue neuen gute gut sehr wir unser
    unsere unseren ihre ihren ihr sie ist sind hat haben wird werden kann können
    auch nicht the and for with from all any every many more new good very our
    your their that this are have has can will not who which company companies
    firm firms business businesses unternehmen firma firmen betrieb betriebe
    leiter leiterin leitung manager managerin head director senior junior team
    teams kunden kunde customers customer gmbh people menschen personen person
    leute zeit geld time money problem probleme problems lösung solution besser
    schneller better faster beste best
"""
_EMPTY = frozenset(map(fold, _COMMON.split()))
# Words agree where they begin with as many letters alike: "Logistik", "Logistikkosten".
_SHORTEST, _ALIKE = 4, 5
_MOST_SHARED = 6


def relevance_of(offer: Offer, recipient: Recipient, *, text: str = "") -> Relevance:
    """Return what shows that an offer is relevant to a recipient; maybe nothing.

    Args:
        offer: The answers to the three questions.
        recipient: To whom it would go.
        text: The draft, which may offer what the recipient seeks.
    """
    answers = {each.name: getattr(offer, each.name).strip() for each in fields(offer)}
    missing = tuple(name for name, answer in answers.items() if not answer)
    known = tuple(_words(_profile(recipient)))
    said = tuple(_words(f"{offer.problem} {offer.whom}"))
    shared = tuple(dict.fromkeys(_shared(said, known)))[:_MOST_SHARED]
    who = recipient.name or recipient.company or "?"
    sought = tuple(_words(" ".join(recipient.seeks)))
    met = tuple(dict.fromkeys(_shared(tuple(_words(text)), sought)))[:_MOST_SHARED]
    if met:
        sentence = say(
            "{who} seeks what the text speaks of: {words}.", who=who, words=_pairs(met)
        )
        return Relevance(missing=missing, shared=met, is_shown=True, says=sentence)
    if missing:
        sentence = say(
            "Before you send an offer: what is special about it, which problem does it"
            " solve, and for whom is it relevant?"
        )
        return Relevance(missing=missing, shared=shared, is_shown=None, says=sentence)
    if not known:
        sentence = say(
            "Nothing is known of the recipient's field, position or interests, so"
            " nothing can show that this is relevant. Read the profile first."
        )
        return Relevance(missing=(), shared=(), is_shown=None, says=sentence)
    if not shared:
        sentence = say("Nothing shows that this is relevant to {who}.", who=who)
        return Relevance(missing=(), shared=(), is_shown=False, says=sentence)
    sentence = say(
        "This meets what is known of {who}: {words}. Say that in the text, not only"
        " here.",
        who=who,
        words=_pairs(shared),
    )
    return Relevance(missing=(), shared=shared, is_shown=True, says=sentence)


def _pairs(shared: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(
        one if fold(one) == fold(two) else f"{one} – {two}" for one, two in shared
    )


def _profile(recipient: Recipient) -> str:
    return " ".join(
        (
            recipient.headline,
            recipient.position,
            recipient.industry,
            *recipient.seeks,
            *recipient.offers,
        )
    )


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text[:2_000]):
        key = fold(word)
        if len(key) >= _SHORTEST and key not in _EMPTY:
            yield word


def _shared(said: tuple[str, ...], known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for word in said:
        for other in known:
            one, two = fold(word), fold(other)
            short = min(len(one), len(two))
            is_part = short >= _ALIKE and (one in two or two in one)
            if is_part or one[: _ALIKE + 1] == two[: _ALIKE + 1]:
                yield word, other
