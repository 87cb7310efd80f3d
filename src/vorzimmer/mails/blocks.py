"""Finds the people in the lines of a mail: name, what stands below it, links; pure.

Rules on lines and their neighbours, not on one layout: a line that is a link to a
profile, the lines above a button that shows one, or a line that says the name which
subject or sender tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vorzimmer.mails.addresses import (
    invitation_number,
    is_accept_link,
    is_profile_link,
    profile_of,
)
from vorzimmer.mails.lines import Line
from vorzimmer.mails.templates import (
    GREETING,
    LABEL,
    PLACE,
    SHARED,
    TEMPLATE_SENTENCE,
)
from vorzimmer.model import Person
from vorzimmer.names import plain_name

MAX_PEOPLE = 50  # in one digest
_LONGEST_NAME = 80
_MOST_WORDS = 8
_MOST_ABOUT = 3  # lines on somebody in a mail that shows nobody otherwise
_LONGEST_HEADLINE = 220  # LinkedIn's limit of a headline
_SENTENCE_END = re.compile(r"[!?…]$|\.$|,$|:$")
_DIVIDER = re.compile(r"\s+[-–—|•·]\s+|,\s+")
_TOWN = re.compile(
    r"[^\W\d_a-z][^\W\d_]{2,}(?:[ -](?:[a-z]{2,4} )?[^\W\d_a-z][^\W\d_]+){0,2}"
)
_QUOTES = "“”„\"'»«‚‘’"
_BULLET = re.compile(r"^(?:[-*•·>]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """What the mail shows of one person.

    Attributes:
        sender: Name, headline, place, shared contacts and profile, as far as shown.
        note: The words that stand with the person, ``""`` when there are none.
        number: The network's number of the request, or ``""``.
    """

    sender: Person
    note: str
    number: str


def find_blocks(lines: Sequence[Line], network: str, *, name: str) -> list[Block]:
    """Return everybody whom the lines show, in their order.

    Args:
        lines: Without the network's footer.
        network: Whose mail it is.
        name: Who the subject or the sender of the mail say it is about, or ``""``.
    """
    places = _names(lines, network, name)
    blocks: list[Block] = []
    for number, (at, found) in enumerate(places[:MAX_PEOPLE]):
        is_last = number + 1 == len(places)
        end = len(lines) if is_last else places[number + 1][0]
        # What stands above the first name is the note, where there is but one name.
        above = lines[:at] if len(places) == 1 else ()
        blocks.append(_block(found, lines[at:end], above, network))
    return blocks


def words_alone(lines: Sequence[Line]) -> str:
    """Return the note of a mail that shows nobody: all that is not the network's."""
    return _note([line for line in lines if not _is_networks(line)])


def _names(lines: Sequence[Line], network: str, name: str) -> list[tuple[int, str]]:
    """Return the lines in which people are named, and their names; each one once."""
    wanted = plain_name(name)
    found: dict[str, tuple[int, str]] = {}
    for at, line in enumerate(lines):
        for place, text in _named_at(lines, at, line, network, wanted):
            key = plain_name(text)
            if key and key not in found:
                found[key] = (place, text)
    if wanted and wanted in found and not _has_several(lines, network):
        return [found[wanted]]
    return sorted(found.values()) or _at_the_top(lines)


def _at_the_top(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Return who stands in a short paragraph of their own above everything."""
    texts = [line.text for line in lines]
    start = next((at for at, text in enumerate(texts) if text), 0)
    end = next((at for at in range(start, len(texts)) if not texts[at]), start)
    is_short = 1 <= end - start <= _MOST_ABOUT
    if is_short and " " in texts[start] and looks_like_name(texts[start]):
        return [(start, texts[start])]
    return []


def _has_several(lines: Sequence[Line], network: str) -> bool:
    """Whether a mail shows several requests: several links that accept one."""
    numbers = {invitation_number(line.address) for line in lines} - {""}
    profiles = {profile_of(each.address, network) for each in lines} - {None}
    return len(numbers) > 1 or len(profiles) > 1


def _named_at(
    lines: Sequence[Line], at: int, line: Line, network: str, wanted: str
) -> Iterator[tuple[int, str]]:
    text = _BULLET.sub("", line.text)
    first, _, _ = _parted(text)
    if wanted and plain_name(first) == wanted and len(first) <= _LONGEST_NAME:
        yield at, first
        return
    is_profile = is_profile_link(line.address, network)
    if is_profile and text and not LABEL.search(text):
        if looks_like_name(first):
            yield at, first
    elif is_profile or is_accept_link(line.address, network):
        start = _paragraph_start(lines, at)
        above = _BULLET.sub("", lines[start].text) if start < at else ""
        first, _, _ = _parted(above)
        if looks_like_name(first):
            yield start, first


def _paragraph_start(lines: Sequence[Line], at: int) -> int:
    """Return where the paragraph above a button begins; ``at`` when there is none."""
    end = at
    while end > 0 and (not lines[end - 1].text or LABEL.search(lines[end - 1].text)):
        end -= 1
    start = end
    while start > 0 and lines[start - 1].text and not lines[start - 1].address:
        start -= 1
    # Below a link with words in it stands what belongs to these, not a name.
    is_below = start > 0 and bool(lines[start - 1].text)
    return start if start < end and not is_below else at


def looks_like_name(text: str) -> bool:
    """Return whether a text may be somebody's name."""
    if not 2 <= len(text) <= _LONGEST_NAME or len(text.split()) > _MOST_WORDS:
        return False
    is_said = LABEL.search(text) or TEMPLATE_SENTENCE.search(text)
    if is_said or GREETING.search(text) or "@" in text or "http" in text:
        return False
    is_sentence = _SENTENCE_END.search(text) and not re.search(r"\b\w{1,4}\.$", text)
    return bool(plain_name(text)) and not is_sentence and not text[:1].islower()


def _parted(text: str) -> tuple[str, str, str]:
    """Return name, divider and headline of a line that has both."""
    found = _DIVIDER.search(text)
    if not found or not looks_like_name(text[: found.start()]):
        return text, "", ""
    rest = text[found.end() :]
    # "Dr. Anna Holm, PhD" is a name to its end.
    is_degree = len(rest) <= 8 and "," in found.group()
    return (
        (text, "", "")
        if is_degree
        else (
            text[: found.start()],
            found.group(),
            rest,
        )
    )


def _block(
    name: str, lines: Sequence[Line], above: Sequence[Line], network: str
) -> Block:
    first, *rest = lines
    _, _, headline = _parted(_BULLET.sub("", first.text))
    about, after = _about(rest, name, has_headline=bool(headline))
    headline = headline or about.get("headline", "")
    urls = [profile_of(line.address, network) for line in lines]
    urls += [
        profile_of(line.address, network)
        for line in above
        if plain_name(line.label) == plain_name(name) or not line.text
    ]
    numbers = [invitation_number(line.address) for line in (*lines, *above)]
    shared = next((n for n in map(_shared, lines) if n is not None), None)
    words = [
        line
        for line in (*above, Line(""), *after)
        if not _is_networks(line) and plain_name(line.text) != plain_name(name)
    ]
    return Block(
        sender=Person(
            name=name,
            headline=headline or None,
            location=about.get("place") or None,
            profile_url=next(filter(None, urls), None),
            mutual_contacts_count=shared,
        ),
        note=_note(words),
        number=next(filter(None, numbers), ""),
    )


def _about(
    lines: Sequence[Line], name: str, *, has_headline: bool
) -> tuple[dict[str, str], list[Line]]:
    """Return headline and place, which stand below a name, and what comes after."""
    about: dict[str, str] = {"headline": ""} if has_headline else {}
    taken = 0
    for line in lines:
        text = line.text
        is_again = plain_name(text) == plain_name(name)
        if _shared(line) is not None or is_again or (line.label and not text):
            taken += 1
            continue
        if not text or LABEL.search(text) or len(text) > _LONGEST_HEADLINE:
            break
        if GREETING.search(text) or TEMPLATE_SENTENCE.search(text):
            break
        if text[:1] in _QUOTES:
            break
        if "headline" not in about and not _is_words(text):
            about["headline"] = text
        elif "place" not in about and "headline" in about and _is_place(text):
            about["place"] = text
        else:
            break
        taken += 1
    return about, list(lines[taken:])


def _is_place(text: str) -> bool:
    return bool(PLACE.search(text) or _TOWN.fullmatch(text))


def _is_words(text: str) -> bool:
    """Whether a line reads like a sentence and not like a headline."""
    return bool(re.search(r"[.!?]$", text)) and len(text.split()) > 8


def _shared(line: Line) -> int | None:
    found = SHARED.search(line.text)
    if not found or len(line.text) > 150:
        return None
    count = 1 if found["one"] else int(found["count"])
    # "Ida Holm and 3 other shared connections" are four.
    return count + 1 if found["more"] and found["also"] else count


def _is_networks(line: Line) -> bool:
    text = line.text
    if LABEL.search(text) or (not text and line.address):
        return True
    is_short = len(text) <= 200
    if is_short and (TEMPLATE_SENTENCE.search(text) or _shared(line) is not None):
        return True
    # Whatever else is a link of its own, is one of the network's.
    return bool(line.address) and "http" not in text and len(text.split()) <= 6


def _note(lines: Sequence[Line]) -> str:
    texts = [line.text for line in lines]
    while texts and not texts[0]:
        texts.pop(0)
    while texts and not texts[-1]:
        texts.pop()
    following = next(filter(None, texts[1:]), "")
    is_quote = following[:1] in _QUOTES or GREETING.search(
        following.split(",")[0] + ","
    )
    if following and is_quote and GREETING.search(texts[0]):
        return _note([Line(text) for text in texts[1:]])  # theirs comes below
    whole = re.sub(r"\n{3,}", "\n\n", "\n".join(texts)).strip()
    if len(texts) == 1 and GREETING.search(whole) and whole[-1:] in {",", ":"}:
        return ""  # "Hi Jonas," is the network's when nothing follows
    if len(whole) > 1 and whole[0] in _QUOTES and whole[-1] in _QUOTES:
        return whole[1:-1].strip()
    return whole
