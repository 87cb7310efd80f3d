"""Names of people and companies: how they are written, and when two are the same.

Precision comes first: two names are held for the same only when every part that
both of them show agrees. A last name that changed is another name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

from vorzimmer.names.words import (
    CALL_NAMES,
    COMMON_FIRST,
    COMMON_LAST,
    COMPANY_TAILS,
    CREDENTIALS,
    JOINERS,
    LEGAL_FORMS,
    MARKED_TITLES,
    NO_COMPANY,
    NOBLE,
    PARTICLES,
    TITLE_TAILS,
    TITLES,
)

# From here on, ``same_name`` says that two names may be one person's.
SAME = 0.8

# Longer "names" are advertising; only their beginning is read.
_LONGEST = 160
_MOST_KEYS = 8

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "å": "a", "æ": "a", "œ": "o", "ł": "l", "đ": "d",
     "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "ə": "e", "ŋ": "ng",
     "'": "", "’": "", "ʼ": "", "ʹ": ""}
)  # fmt: skip
# Sources: for Cyrillic the table used in passports (ICAO 9303-3), shortened; for
# Greek ISO 843 transcription, letter by letter.
_OTHER_SCRIPTS = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэіїґѕјћђ",
             "abvgdeziiklmnoprstufyeiigzjcd", strict=True))
    | dict(zip("αβγδεζηικλμνοπρσςτυφω", "avgdeziiklmnoprsstyfo", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
       "ъ": "", "ь": "", "ю": "yu", "я": "ya", "є": "ye", "љ": "lj", "њ": "nj",
       "џ": "dz", "θ": "th", "ξ": "x", "χ": "ch", "ψ": "ps"}
)  # fmt: skip
# The same shapes in another alphabet, for words that mix alphabets.
_LOOKALIKES = str.maketrans("авекмнорстухіјѕοαιρνυτ", "abekmhopctyxijsoaipvut")
_LATIN = re.compile("[a-z]")
_NOT_LATIN = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_MARKS = re.compile("[\u0300-\u036f]+")
_DIGRAPH = re.compile(r"(?<![aeiouq])([aou])e")
_ENDING = re.compile(r"(?<=.)(?:[jy]a|iia|iya)$")

_PLAIN = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufe00-\ufe0f\ufeff™®©]")
_BRACKETS = re.compile(
    r"\([^)]*\)?|\[[^\]]*\]?|\{[^}]*\}?|\"[^\"]*\"|[“„«][^”“»]*[”“»]"
)
_CUT = re.compile(r"\s[–—~:/-]\s|[|•·►»\\@#]")
_NO_NAME_CHARACTER = re.compile(r"[^\w\s'’ʼ.,\-‐‑\u0300-\u036f\u0900-\u0dff]|[\d_]")
_HYPHENS = re.compile("[-‐‑]+")
_PIECE = re.compile(r"[^\s.]+\.?")
_COMPANY_WORD = re.compile(r"[^\W_]+")
_AROUND = TITLES | CREDENTIALS
_SPELLED = re.compile(r"\b(\w)\.\s?(?=\w\b)")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart; decorations, titles and degrees are gone.

    Attributes:
        first: The first name as written; ``"Karl-Heinz"`` is one.
        last: The last name as written with its particles, ``""`` when there is none.
        given: First and middle names, folded, parts of double names apart.
        family: Parts of the last name, folded, without particles.
        particles: The particles, folded.
    """

    first: str
    last: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    particles: tuple[str, ...] = ()


@lru_cache(maxsize=32768)
def fold(word: str) -> str:
    """Return the form in which one word of a name is compared.

    Jörg, Joerg and Jorg become one, as do ß and ss, Ł and L, Cyrillic or Greek and
    the Latin spelling of it. Words that mix alphabets are read as they look.
    """
    text = word.casefold()
    if not text.isascii():
        text = _latin(text)
    # What expressions look for is asked for first: most words have none of it.
    if not text.startswith("michae"):
        # Michael is not Michal; in other names ae, oe, ue may well stand for umlauts.
        if "ae" in text or "oe" in text or "ue" in text:
            text = _DIGRAPH.sub(r"\1", text)
        text = text.replace("aa", "a")
    if text.endswith(("ey", "ej")):
        text = text[:-1] + "i"
    if text.endswith(("a", "a\n")):
        text = _ENDING.sub("ia", text)
    return text.replace("'", "").replace("aleks", "alex")


def _latin(text: str) -> str:
    parted = _MARKS.sub("", unicodedata.normalize("NFKD", text).casefold())
    # й and ё lose their marks here and keep their sound.
    if _NOT_LATIN.search(parted):
        table = _LOOKALIKES if _LATIN.search(parted) else _OTHER_SCRIPTS
        parted = parted.translate(table)
    return unicodedata.normalize("NFC", parted.translate(_LETTERS))


AFTER_COMPANY = frozenset(map(fold, LEGAL_FORMS | COMPANY_TAILS))
"""Words at the end of a company's name that are no part of it."""
_FIRST_NAMES = frozenset(map(fold, COMMON_FIRST))
_LAST_NAMES = frozenset(map(fold, COMMON_LAST))
_FULL_FORMS = {fold(call): tuple(map(fold, full)) for call, full in CALL_NAMES.items()}
_CALLS: dict[str, tuple[str, ...]] = {}
for _call, _full in _FULL_FORMS.items():
    for _name in dict.fromkeys(_full):
        _CALLS[_name] = (*_CALLS.get(_name, ()), _call)


@lru_cache(maxsize=4096)
def read_name(name: str) -> PersonName | None:
    """Return the parts of a name, or ``None`` when there is no word in it."""
    words = [word for word in _words_of(name[:_LONGEST]) if fold(word)]
    if not words:
        return None
    start = _last_name_starts(words)
    given, last = words[:start], words[start:]
    family = [part for word in last for part in _parts(word)]
    small = PARTICLES | JOINERS if len(family) > 1 else PARTICLES
    return PersonName(
        first=given[0],
        last=" ".join(last),
        given=tuple(part for word in given for part in _parts(word)),
        family=tuple(part for part in family[:-1] if part not in small)
        + tuple(family[-1:]),
        particles=tuple(part for part in family[:-1] if part in small),
    )


def _parts(word: str) -> list[str]:
    if "-" not in word:
        return [fold(word)]
    return [folded for part in word.split("-") if (folded := fold(part))]


def _words_of(name: str) -> list[str]:
    if _PLAIN.fullmatch(name):
        words = name.split(" ")
        is_bare = _AROUND.isdisjoint(map(str.casefold, words))
        return words if is_bare or len(words) == 1 else _without_titles(words)
    text = _UNSEEN.sub("", name)
    text = unicodedata.normalize("NFKC", text)
    text = _BRACKETS.sub(" ", text)
    text = next((piece for piece in _CUT.split(text) if piece and piece.strip()), "")
    text = _HYPHENS.sub("-", _NO_NAME_CHARACTER.sub(" ", text))
    pieces = [_without_titles(list(_split(piece))) for piece in text.split(",")]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) > 1 and _is_last_first(pieces[0], pieces[1]):
        return pieces[1] + pieces[0]
    return pieces[0] if pieces else []


def _split(text: str) -> Iterator[str]:
    """Words; dotted degrees stay in one piece, glued titles come apart."""
    for chunk in text.split():
        joined = chunk.replace(".", "").replace("-", "").casefold()
        if joined in TITLES or joined in CREDENTIALS or chunk.count(".") == 0:
            yield chunk.strip("-'’")
        else:
            yield from (piece.strip("-'’") for piece in _PIECE.findall(chunk))


def _is_last_first(before: list[str], after: list[str]) -> bool:
    """Whether ``before, after`` is "Last, First" and not "First Last, Remark"."""
    small = PARTICLES | NOBLE if len(before) > 1 else PARTICLES
    real = [word for word in before if fold(word) not in small]
    return len(real) == 1 or fold(after[0].split("-")[0]) in _FIRST_NAMES


def _without_titles(words: list[str]) -> list[str]:
    kept: list[str] = []
    after_title = False
    for word in words:
        key = word.replace(".", "").replace("-", "").casefold()
        is_marked = word.endswith(".") or word.islower()
        if key in TITLES and (is_marked or key not in MARKED_TITLES):
            after_title = True
        elif not key or (after_title and is_marked and key in TITLE_TAILS):
            continue
        else:
            after_title = False
            kept.append(word)
    while kept and _is_credential(kept[-1], has_room=len(kept) > 2 or "." in kept[-1]):
        kept.pop()
    return [word.strip(".") for word in kept]


def _is_credential(word: str, *, has_room: bool) -> bool:
    key = word.replace(".", "").replace("-", "").casefold()
    if key not in CREDENTIALS or not has_room:
        return False
    # "Ma" and "Li Ba" are names, "MA" and "M.A." are degrees.
    return len(key) > 2 or word.isupper() or "." in word


def _last_name_starts(words: list[str]) -> int:
    for place in range(1, len(words) - 1):
        key = fold(words[place])
        if key in JOINERS and words[place].islower():
            return max(place - 1, 1)
        is_noble = key in NOBLE and fold(words[place + 1]) in PARTICLES
        if key in PARTICLES or is_noble:
            return place
    return max(len(words) - 1, 1)


def plain_name(name: str) -> str:
    """Return the folded name without titles and particles; ``""`` when empty."""
    read = read_name(name)
    return " ".join(read.given + read.family) if read else ""


def first_name_of(name: str) -> str | None:
    """Return the first name as written, or ``None`` when there is no name."""
    read = read_name(name)
    return read.first if read else None


def last_name_of(name: str) -> str | None:
    """Return the last name with its particles, or ``None`` when there is none."""
    read = read_name(name)
    return (read.last or None) if read else None


def name_keys(name: str) -> tuple[str, ...]:
    """Return keys under which a name is indexed; a single word has none.

    Two names for which ``same_name`` reaches ``SAME`` share at least one key.
    """
    read = read_name(name)
    if read is None or not read.family:
        return ()
    first = read.given[0]
    callers = [first, *_FULL_FORMS.get(first, ())]
    if len(read.given) > 1:
        callers.append("".join(read.given))
    others = [*read.family, *(part for part in read.given[1:] if len(part) > 1)]
    if len(read.family) > 1:
        others.append("".join(read.family))
    pairs = (sorted((caller, part)) for part in others for caller in callers)
    return tuple(dict.fromkeys(" ".join(pair) for pair in pairs))[:_MOST_KEYS]


def may_have_keys(name: str, keys: Container[str]) -> bool:
    """Return whether ``name_keys`` may give one of these keys; quick for most names."""
    words = name.split(" ")
    if len(words) != 2 or not (words[0].isalpha() and words[1].isalpha()):
        return True
    first, last = fold(words[0]), fold(words[1])
    if (f"{first} {last}" if first <= last else f"{last} {first}") in keys:
        return True
    callers = _FULL_FORMS.get(first, ())
    return any(" ".join(sorted((caller, last))) in keys for caller in callers)


def calls_of(name: str) -> tuple[str, ...]:
    """Return the folded names by which the bearers of a folded one are called."""
    return _CALLS.get(name, ())


def same_name(name: str, other: str) -> float:
    """Return how surely two names are written forms of one name, 0..1.

    1 is the same in every part, ``SAME`` (0.8) and above may be one person: a middle
    name left out, one half of a double name, a call name. Initials, a name in reverse
    order that could be read both ways, and differing middle names stay below. A
    single word is no name to compare, so it gives 0. Symmetric.
    """
    left, right = read_name(name), read_name(other)
    if left is None or right is None or not left.family or not right.family:
        return 0.0
    straight = min(_given_agree(left, right), _family_agree(left, right))
    return max(straight, _reverse(left, right))


def _given_agree(left: PersonName, right: PersonName) -> float:
    mine, theirs = left.given, right.given
    if mine == theirs or "".join(mine) == "".join(theirs):
        return 1.0
    if mine[0] == theirs[0]:
        middles = zip(mine[1:], theirs[1:], strict=False)
        fits = all(_may_be(one, two) for one, two in middles)
        return 0.9 if fits else 0.4
    if mine[0] in _FULL_FORMS.get(theirs[0], ()) or theirs[0] in _FULL_FORMS.get(
        mine[0], ()
    ):
        return 0.85
    return 0.5 if _may_be(mine[0], theirs[0]) else 0.0


def _may_be(one: str, two: str) -> bool:
    if len(one) == 1 or len(two) == 1:
        return one[0] == two[0]
    return one == two


def _family_agree(left: PersonName, right: PersonName) -> float:
    mine, theirs = set(left.family), set(right.family)
    if mine == theirs or "".join(left.family) == "".join(right.family):
        if left.particles == right.particles:
            return 1.0
        return 0.6 if left.particles and right.particles else 0.9
    if mine < theirs or theirs < mine:
        return 0.85
    if _in_middle(left, right) or _in_middle(right, left):
        return SAME
    initials = len(left.family[0]) == 1 or len(right.family[0]) == 1
    return 0.5 if initials and left.family[0][0] == right.family[0][0] else 0.0


def _in_middle(short: PersonName, long: PersonName) -> bool:
    """Whether the last name of one is the first of two last names of the other."""
    if len(short.given) != 1 or len(short.family) != 1 or len(long.given) != 2:
        return False
    return short.family[0] == long.given[1] and short.family[0] not in _FIRST_NAMES


def _reverse(left: PersonName, right: PersonName) -> float:
    if left.given != right.family or left.family != right.given:
        return 0.0
    both = set(left.given[:1] + left.family[:1])
    return 0.5 if both <= _FIRST_NAMES else 0.9


@lru_cache(maxsize=4096)
def how_common(name: str) -> float:
    """Return 1 for a frequent first and last name, 0.5 for one of them, else 0.

    ``0`` says only that neither stands in our short lists.
    """
    read = read_name(name)
    if read is None or not read.family:
        return 1.0
    names = {*read.given[:1], *_FULL_FORMS.get(read.given[0], ())}
    swapped = not names.isdisjoint(_LAST_NAMES) and read.family[0] in _FIRST_NAMES
    if swapped:
        return 1.0
    has_last = _LAST_NAMES.issuperset(read.family)
    return (0.5 if not names.isdisjoint(_FIRST_NAMES) else 0.0) + 0.5 * has_last


@lru_cache(maxsize=4096)
def company_key(company: str) -> str:
    """Return the form in which companies and schools are compared.

    Case, umlauts, legal forms ("GmbH & Co. KG", "Inc."), "and", and a country or
    "Group" at the end do not count; ``""`` when no company is named ("freelance").
    """
    text = _BRACKETS.sub(" ", company[:_LONGEST]).replace("'", "").replace("’", "")
    text = _SPELLED.sub(r"\1", unicodedata.normalize("NFKC", text))
    found = (fold(word) for word in _COMPANY_WORD.findall(text))
    words = [word for word in found if word not in {"und", "and", "the"}]
    while len(words) > 1 and words[-1] in AFTER_COMPANY:
        words.pop()
    key = " ".join(words)
    return "" if key in NO_COMPANY else key
