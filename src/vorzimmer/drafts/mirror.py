"""The recipient's side: screening runs on the draft before anybody gets it; pure."""

from __future__ import annotations

from functools import lru_cache

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.cards import make_screening
from vorzimmer.contact_card import Sort
from vorzimmer.drafts.draft import CardWord, Draft, Mirror, Recipient, UnderCard
from vorzimmer.model import ContactRequest, Kind, Member, Position, Sentence, say
from vorzimmer.names import first_name_of, last_name_of
from vorzimmer.phrases import Phrasebook
from vorzimmer.policy import propose
from vorzimmer.policy_file import preset_policy
from vorzimmer.screened import Screened
from vorzimmer.screening import Screening

# What most people refuse; a contact card says more, and is asked besides.
USUAL_POLICY = "three-reasons"
_MOST_EVIDENCE = 5
_SORTS: dict[Kind, Sort] = {
    Kind.KNOWN: Sort.KNOWN,
    Kind.PERSONAL: Sort.REASON,
    Kind.STANDARD: Sort.DEFAULT_TEXT,
    Kind.COLLECTOR: Sort.COLLECTING,
    Kind.SOLICITATION: Sort.OFFER,
    Kind.RECRUITING: Sort.RECRUITING,
}
# What stays what it is, however well one knows each other.
_WHOEVER_SENDS = {
    *(Kind.SOLICITATION, Kind.COLLECTOR, Kind.RECRUITING),
    *(Kind.DANGER, Kind.ABUSE),
}
_SEEN_AS: dict[Sort, Sentence] = {
    Sort.KNOWN: say("For the recipient's contact card it comes from somebody known."),
    Sort.REASON: say("For the recipient's contact card it is a request with a reason."),
    Sort.BLANK: say("For the recipient's contact card it is a request without a word."),
    Sort.DEFAULT_TEXT: say("For the recipient's contact card it is a default text."),
    Sort.RECRUITING: say("For the recipient's contact card it is a job offer."),
    Sort.OFFER: say("For the recipient's contact card it is an offer."),
    Sort.COLLECTING: say("For the recipient's contact card it collects contacts."),
}
_SAID: dict[CardWord, Sentence] = {
    CardWord.WELCOME: say("The card says: welcome."),
    CardWord.SAY_WHY: say("The card says: looked at or asked back; a reason helps."),
    CardWord.UNWELCOME: say("The card says: please don't."),
}
_NOTHING_SAID = say("The recipient's contact card says nothing of a text like this.")


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
    policy = preset_policy(USUAL_POLICY)
    proposal = propose(policy, screened.request, assessment)
    kind = assessment.leading_kind
    evidence = assessment.kinds[kind].evidence if kind else ()
    return Mirror(
        kind=kind,
        probabilities={each: assessment.probability(each) for each in Kind},
        evidence=tuple(each for each in evidence if each.points > 0)[:_MOST_EVIDENCE],
        policy=policy.name,
        action=proposal.action,
        clause=proposal.clause,
        under_card=_under_card(draft, kind),
    )


def sort_of(draft: Draft, kind: Kind | None) -> Sort | None:
    """Return which sort of request a draft is, in the words of contact cards.

    Args:
        draft: The text and its recipient.
        kind: What it would be seen as; ``None`` while nothing is likelier than not.
    """
    if draft.recipient.is_acquainted and kind not in _WHOEVER_SENDS:
        return Sort.KNOWN
    if not draft.text.strip():
        return Sort.BLANK
    return _SORTS.get(kind) if kind else None


def _under_card(draft: Draft, kind: Kind | None) -> UnderCard | None:
    card = draft.recipient.card
    if card is None:
        return None
    sort = sort_of(draft, kind)
    outcome = CardWord.NOT_SAID
    if sort in card.welcome:
        outcome = CardWord.WELCOME
    elif sort in card.unwelcome:
        outcome = CardWord.UNWELCOME
    elif sort in card.say_why:
        outcome = CardWord.SAY_WHY
    says: tuple[Sentence, ...] = (_NOTHING_SAID,)
    if sort and outcome in _SAID:
        says = (_SEEN_AS[sort], _SAID[outcome])
    return UnderCard(sort=sort, outcome=outcome, says=says)


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
