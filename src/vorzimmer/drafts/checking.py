"""Checks a draft: rules, mirror, questions, law hint, advice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from platformdirs import user_cache_path

from vorzimmer.classifier import shipped_classifier
from vorzimmer.compiled_phrases import phrasebook_in, shipped_phrasebook
from vorzimmer.drafts.about_reader import only_asks, quotes_reader
from vorzimmer.drafts.draft import (
    Advice,
    CardWord,
    Checked,
    Draft,
    Finding,
    Mirror,
    Relevance,
    Severity,
)
from vorzimmer.drafts.law import law_hint
from vorzimmer.drafts.mirror import mirror_of, screened_draft
from vorzimmer.drafts.relevance import relevance_of
from vorzimmer.drafts.rule import Facts
from vorzimmer.drafts.rules import all_rules
from vorzimmer.model import Kind, Sentence, say
from vorzimmer.note import read_notes
from vorzimmer.once import once
from vorzimmer.phrases import Phrase, Phrasebook, read_families
from vorzimmer.screened import Screened

# From here on the recipient's side would rather see none of it; the same cut-off as
# that of the policy "three-reasons".
_LIKELY = 0.6
_RATHER = 0.5
# From here on a text is near enough to an offer to ask the three questions.
_OFFER_LIKE = 0.35
# So many places are named as the reason, each cut to so many characters.
_MOST_WORDS, _LONGEST_WORDS = 2, 80
_WORD = re.compile(r"[^\W\d_]{3}")
# These say that nothing in a text is for this reader alone.
_FOR_ANYBODY = {
    *("no_reason", "reason_fits_anybody", "visit_as_reason"),
    *("wants_bigger_network", "default_text"),
}
_STOPS = {Kind.DANGER: 0.5, Kind.ABUSE: 0.5, Kind.SOLICITATION: _LIKELY}
_MENDS = {
    Kind.SOLICITATION: _OFFER_LIKE,
    Kind.STANDARD: _RATHER,
    Kind.COLLECTOR: _RATHER,
}


@cache
def draft_phrases() -> tuple[Phrase, ...]:
    """Return the wordings that only drafts are searched for."""
    return read_families(files("vorzimmer.drafts") / "wordings")


@once
def draft_phrasebook() -> Phrasebook:
    """Return the phrasebook of drafts, compiled once a machine and version."""
    return phrasebook_in(user_cache_path("vorzimmer"), draft_phrases())


def warm() -> None:
    """Load what makes checks fast: for whoever checks while somebody types."""
    draft_phrasebook()
    shipped_classifier().compile()
    check_draft(Draft(text="Guten Tag"))


def facts_of(draft: Draft, screened: Screened | None = None) -> Facts:
    """Return all that rules may know of a draft.

    Args:
        draft: The text.
        screened: What screening says of it, if it is at hand.
    """
    screened = screened or screened_draft(draft, shipped_phrasebook())
    (wording,) = read_notes([draft.text], draft_phrasebook())
    return Facts(
        draft=draft,
        request=screened.request,
        context=screened.context,
        wording=wording,
        seen=screened.assessment,
    )


def check_draft(draft: Draft) -> Checked:
    """Return all that is to be said of a draft before it is sent."""
    screened = screened_draft(draft, shipped_phrasebook())
    facts = facts_of(draft, screened)
    findings = sorted(
        (each for rule in all_rules() for each in rule.findings(facts)), key=_place
    )
    if any(each.rule == "insults" for each in findings):
        # Nobody is told how to be rude with a better greeting.
        findings = [each for each in findings if each.severity is Severity.STOP]
    mirror = mirror_of(draft, screened)
    relevance = None
    is_offer = facts.offers or mirror.probabilities[Kind.SOLICITATION] >= _OFFER_LIKE
    if is_offer and not facts.applies_for_job:
        relevance = relevance_of(draft.offer, draft.recipient, text=draft.text)
    advice, reasons = _advice(findings, mirror, relevance, facts)
    return Checked(
        draft=draft,
        advice=advice,
        reasons=reasons,
        findings=tuple(findings),
        mirror=mirror,
        relevance=relevance,
        law=() if facts.applies_for_job else law_hint(mirror),
        language=facts.language,
    )


def _place(finding: Finding) -> tuple[bool, tuple[int, int], str]:
    return finding.span is None, finding.span or (0, 0), finding.rule


def _advice(
    findings: Sequence[Finding],
    mirror: Mirror,
    relevance: Relevance | None,
    facts: Facts,
) -> tuple[Advice, tuple[Sentence, ...]]:
    # Whoever looks for work advertises nothing but that, and is to be helped.
    is_relevant = facts.applies_for_job or bool(relevance and relevance.is_shown)
    stops = list(_stops(findings, mirror, facts, is_relevant=is_relevant))
    if stops:
        return Advice.BETTER_NOT_SEND, tuple(stops)
    mends = list(_mends(findings, mirror, facts, is_relevant=is_relevant))
    if mends:
        return Advice.MEND, tuple(mends)
    if facts.is_foreign:
        reason = say(
            "The coach knows German and English; of a text in another language it can"
            " say little."
        )
    elif (
        facts.reason
        and mirror.kind is Kind.STANDARD
        and not _is_welcome(Kind.STANDARD, mirror)
    ):
        reason = say(
            "You give a reason, yet it would be seen as a default text ({p:.0%}"
            " likely): let the reason take more room than the wish to connect.",
            p=facts.probability(Kind.STANDARD),
        )
    elif findings:
        reason = say("Nothing stands against it; the hints below are small.")
    else:
        reason = say("Nothing stands against it.")
    return Advice.SEND, (reason,)


def _stops(
    findings: Sequence[Finding], mirror: Mirror, facts: Facts, *, is_relevant: bool
) -> Iterator[Sentence]:
    yield from (each.says for each in findings if each.severity is Severity.STOP)
    for kind, least in _STOPS.items():
        p = mirror.probabilities[kind]
        if p < least:
            continue
        if kind is Kind.SOLICITATION and (
            is_relevant or not _is_unasked_for(findings, facts)
        ):
            continue
        if _is_welcome(kind, mirror):
            continue
        yield from _seen_as(kind, facts)
        if kind is Kind.SOLICITATION:
            yield say(
                "Nothing in it, or in your answers, shows that it is relevant to this"
                " recipient."
            )
    card = mirror.under_card
    if card and card.outcome is CardWord.UNWELCOME:
        yield from card.says


def _is_unasked_for(findings: Sequence[Finding], facts: Facts) -> bool:
    """Whether likely advertising shows besides that it is for anybody.

    An offer is no offence: whoever takes up what the reader wrote, names what concerns
    only them, or just asks a question, may mend it. The text model alone is no proof.
    """
    if quotes_reader(facts):
        return False
    if facts.is_seen_to_advertise:
        return True
    fits_anybody = any(each.rule in _FOR_ANYBODY for each in findings)
    return fits_anybody and not only_asks(facts)


def _mends(
    findings: Sequence[Finding], mirror: Mirror, facts: Facts, *, is_relevant: bool
) -> Iterator[Sentence]:
    is_seen = False
    for kind, usual in _MENDS.items():
        if kind is Kind.STANDARD and _is_excused(facts):
            continue
        # What is sought may be offered.
        is_sought = is_relevant and kind is Kind.SOLICITATION
        least = _LIKELY if is_sought else usual
        if kind is Kind.SOLICITATION and only_asks(facts):
            # Few words say little: below even odds, a question is taken for one.
            least = max(least, _RATHER)
        if mirror.probabilities[kind] >= least and not _is_welcome(kind, mirror):
            yield from _seen_as(kind, facts)
            is_seen = True
    faults: dict[str, Sentence] = {}
    for each in findings:
        if each.severity is Severity.MEND:
            faults.setdefault(each.rule, each.says)
    yield from faults.values()
    if is_seen and not faults:
        yield _without_fault(facts, is_relevant=is_relevant)


def _without_fault(facts: Facts, *, is_relevant: bool) -> Sentence:
    """Return what to do where no rule finds a fault."""
    if is_relevant and not facts.applies_for_job:
        return say(
            "The recipient seeks this, or may need it, and screening cannot know that:"
            " say at the very beginning from where you know."
        )
    return say(
        "No rule finds a fault: write more of what concerns only this person, and"
        " less of what stands in every request."
    )


def _is_excused(facts: Facts) -> bool:
    """Whether what looks like a default text is none.

    Whoever gives a reason of their own wrote more; a few words among people who know
    each other are enough.
    """
    return facts.reason is not None or bool(facts.draft.recipient.is_acquainted)


def _is_welcome(kind: Kind, mirror: Mirror) -> bool:
    """Whether the draft is seen as this kind, and the recipient's card welcomes it."""
    card = mirror.under_card
    return card is not None and card.outcome is CardWord.WELCOME and kind is mirror.kind


def _seen_as(kind: Kind, facts: Facts) -> Iterator[Sentence]:
    p = facts.probability(kind)
    sentences = {
        Kind.SOLICITATION: say(
            "It would be seen as advertising ({p:.0%} likely).", p=p
        ),
        Kind.STANDARD: say("It would be seen as a default text ({p:.0%} likely).", p=p),
        Kind.COLLECTOR: say(
            "It would be seen as collecting contacts ({p:.0%} likely).", p=p
        ),
        Kind.DANGER: say("It would be seen as dangerous ({p:.0%} likely).", p=p),
        Kind.ABUSE: say("It would be seen as insulting ({p:.0%} likely).", p=p),
    }
    yield sentences[kind]
    words = tuple(dict.fromkeys(_words_for(kind, facts)))[:_MOST_WORDS]
    if len(words) > 1:
        yield say(
            "Most of all because of “{one}” and “{two}”.", one=words[0], two=words[1]
        )
    elif words:
        yield say("Most of all because of “{one}”.", one=words[0])


def _words_for(kind: Kind, facts: Facts) -> Iterator[str]:
    """Yield the words of the draft that speak for a kind, strongest first."""
    told: list[tuple[int, int]] = []
    for each in facts.seen.kinds[kind].evidence:
        span = each.span
        if each.points <= 0 or span is None:
            continue
        if any(span[0] < end and start < span[1] for start, end in told):
            continue
        told.append(span)
        words = facts.text[span[0] : span[1]]
        if _WORD.search(words):
            yield " ".join(words.split())[:_LONGEST_WORDS]
