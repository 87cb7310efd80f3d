"""The recipient's side: screening runs on the draft before anybody gets it; pure."""

from __future__ import annotations

import re
from functools import lru_cache

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.cards import make_screening
from vorzimmer.drafts.draft import Draft, Mirror, Recipient
from vorzimmer.model import ContactRequest, Kind, Member, Position
from vorzimmer.names import first_name_of, last_name_of
from vorzimmer.phrases import Phrasebook
from vorzimmer.policy import propose
from vorzimmer.policy_file import preset_policies, preset_policy
from vorzimmer.screening import Screened, Screening

# Whoever publishes no card is taken to refuse what most people refuse.
USUAL_POLICY = "three-reasons"
_MOST_EVIDENCE = 5
_WORD = re.compile(r"[^\W\d_]+")
# From here on, what the card does not want counts as meant.
_LIKELY = 0.5
# Words of a contact card, by the kind that they mean.
_UNWANTED = {
    Kind.SOLICITATION: "werbung advertising angebot offer vertrieb sales verkauf pitch"
    " akquise akquisition dienstleist selling marketing",
    Kind.RECRUITING: "recruit headhunt stellenangebot jobangebot job personalvermittl",
    Kind.COLLECTOR: "sammel sammler kontaktsamml collector",
    Kind.STANDARD: "standardtext standardanfrage default unbegründet",
}


def screened_draft(draft: Draft, book: Phrasebook) -> Screened:
    """Return what the recipient's screening says, of a sender it knows nothing of.

    Args:
        draft: The text.
        book: The phrases that signals look for.
    """
    request = ContactRequest(
        id="draft",
        network=draft.network or None,
        channel=draft.channel,
        note=draft.text,
        subject=draft.subject or None,
    )
    (screened,) = _screening_of(member_of(draft.recipient), book).screen([request])
    return screened


def mirror_of(draft: Draft, screened: Screened) -> Mirror:
    """Return how the recipient would see the draft, and what would become of it."""
    assessment = screened.assessment
    card = draft.recipient.card
    policy = preset_policy(USUAL_POLICY)
    if card and card.policy in preset_policies():
        policy = preset_policy(card.policy)
    proposal = propose(policy, screened.request, assessment)
    kind = assessment.leading_kind
    evidence = assessment.kinds[kind].evidence if kind else ()
    likely = {each for each in Kind if assessment.probability(each) >= _LIKELY}
    return Mirror(
        kind=kind,
        probabilities={each: assessment.probability(each) for each in Kind},
        evidence=tuple(each for each in evidence if each.points > 0)[:_MOST_EVIDENCE],
        policy=policy.name,
        action=proposal.action,
        clause=proposal.clause,
        unwanted=tuple(
            words
            for words in (card.does_not_want if card else ())
            if likely & kinds_meant(words)
        ),
    )


def kinds_meant(words: str) -> frozenset[Kind]:
    """Return which kinds a sentence of a contact card speaks of."""
    said = [word.casefold() for word in _WORD.findall(words)]
    return frozenset(
        kind
        for kind, stems in _UNWANTED.items()
        if any(word.startswith((kind.value, *stems.split())) for word in said)
    )


def member_of(recipient: Recipient) -> Member:
    """Return the recipient as the member for whom requests are screened."""
    jobs = (Position(company=recipient.company, title=recipient.position),)
    return Member(
        name=recipient.name,
        first_name=first_name_of(recipient.name) or "",
        last_name=last_name_of(recipient.name) or "",
        headline=recipient.headline,
        location=recipient.location,
        industry=recipient.industry,
        positions=jobs if recipient.company else (),
        languages=recipient.languages,
    )


@lru_cache(maxsize=8)
def _screening_of(member: Member, book: Phrasebook) -> Screening:
    return make_screening(
        book=book,
        member=member,
        acquaintance=Acquaintance((), member),
        weights={},
    )
