"""Signal ``far_away_place``."""

from __future__ import annotations

from functools import lru_cache

from vorzimmer.model import ContactRequest, Hit, Kind, Member
from vorzimmer.signal import Context, Group, signal
from vorzimmer.text import words

# Parts of the world by the words that locations end with or are made of. Only where
# both places are found in the table does the signal speak.
_PARTS: dict[str, str] = {
    "Europe": """germany deutschland austria österreich switzerland schweiz suisse
        france frankreich italy italien spain spanien portugal netherlands niederlande
        belgium belgien luxembourg luxemburg denmark dänemark sweden schweden norway
        norwegen finland finnland poland polen czechia tschechien slovakia slowakei
        hungary ungarn romania rumänien bulgaria bulgarien croatia kroatien slovenia
        slowenien serbia serbien greece griechenland ireland irland kingdom england
        scotland wales ukraine estonia estland latvia lettland lithuania litauen
        berlin hamburg münchen munich köln cologne frankfurt stuttgart düsseldorf
        leipzig dresden hannover nürnberg bremen dortmund essen wien vienna graz linz
        salzburg zürich zurich basel genf bern dach""",
    "Africa": """nigeria ghana kenya kenia egypt ägypten morocco marokko tunisia
        tunesien algeria algerien senegal uganda tanzania tansania ethiopia äthiopien
        cameroon kamerun zambia sambia zimbabwe simbabwe benin togo rwanda ruanda
        angola namibia botswana madagascar madagaskar mozambique mosambik""",
    "Asia": """china india indien pakistan bangladesh indonesia indonesien vietnam
        philippines philippinen thailand malaysia singapore singapur japan taiwan
        korea kazakhstan kasachstan nepal cambodia kambodscha myanmar emirates
        emirate qatar katar kuwait oman bahrain""",
    "North America": "usa states kanada canada mexico mexiko",
    "South America": """brazil brasilien argentina argentinien chile peru colombia
        kolumbien venezuela ecuador bolivia bolivien uruguay paraguay""",
    "Oceania": "australia australien zealand neuseeland fiji",
}
_PART_OF = {word: part for part, names in _PARTS.items() for word in names.split()}


@signal(
    kind=Kind.UNVERIFIABLE,
    group=Group.SENDER,
    weight=0.5,
    since="0.1",
    of="location",
)
def far_away_place(request: ContactRequest, context: Context) -> Hit | None:
    """The sender lives in another part of the world.

    Why it matters:
        Where the member never was, nobody the member knows can say who that is. It is
        about distance, not about any country: every part of the world counts alike.

    Known errors:
        Work knows no borders, and people move: it weighs very little. Places that are
        not in the short table stay unknown.

    Source:
        German articles on contact requests: a place where one never was. United
        Nations M49 for the parts of the world, simplified.
    """
    location = request.sender.location
    if not location:
        return None
    theirs, own = _part(location), _part(context.member.location)
    if theirs is None or own is None or theirs == own:
        return None
    return None if theirs in _known_parts(context.member) else Hit(location)


@lru_cache(maxsize=4096)
def _part(location: str) -> str | None:
    """Return the part of the world; the last word that is known decides."""
    found = [_PART_OF[word] for word in words(location[:200]) if word in _PART_OF]
    return found[-1] if found else None


def _known_parts(member: Member) -> set[str | None]:
    names = [job.company for job in member.positions]
    names += [each.school for each in member.educations]
    return {_part(name) for name in names}
