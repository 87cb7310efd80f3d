"""How a draft greets: the words, the form of address, titles and name; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vorzimmer.drafts.reading import Stretch
from vorzimmer.names import fold, read_name
from vorzimmer.names.words import PARTICLES, word_set

_FORM = r"(?:frau|herrn?|fr|hr|mrs|ms|miss|mr)\b\.?"
# The careful "geehrte/r", "liebe(r)", "werte:r".
_EITHER = r"(?:r|s|[/:*_-]{1,2}r|\(r\))?"
_GREETING = re.compile(
    r"\s*(?P<greeting>"
    rf"(?:sehr )?(?:hoch)?(?:geehrte|verehrte|geschätzte)(?:n|{_EITHER})"
    rf"|(?:liebe|werte){_EITHER}(?! grü(?:ß|ss)e)"
    r"|hallo|halli hallo|hallöchen|hi|hiya|hey"
    r"|(?:einen )?(?:schönen )?guten (?:tag|morgen|abend)"
    rf"|(?:tag|morgen|mahlzeit|abend|s\.?g\.)(?=,? {_FORM})"
    r"|moin(?: moin)?|servus|servas|seavas|grüezi|hoi|salü|habe die ehre"
    r"|grü(?:ß|ss) (?:gott|sie|dich|euch)|gria(?:ß|ss) (?:gott|di|eich)"
    r"|dear|hello|greetings|good (?:day|morning|afternoon|evening)"
    r")(?![\w'’])",
    re.IGNORECASE,
)
_FORMS = {
    "frau": "frau",
    "fr": "frau",
    "mrs": "frau",
    "ms": "frau",
    "miss": "frau",
    "madam": "frau",
    "herr": "herr",
    "herrn": "herr",
    "hr": "herr",
    "mr": "herr",
    "sir": "herr",
}
TITLES = re.compile(
    r"(?<!\w)(?:univ\.-?prof|prof(?:essorin|essor)?|d?dr|doktor(?:in)?|doctor|pd"
    r"|priv\.-?doz|dipl\.-?(?:ing|kfm|kffr|inf|psych)|dipl|ing|dkfm"
    r"|m?mag(?:istra|ister|\.?ª|\.a)?|(?-i:DI))\b\.?",
    re.IGNORECASE,
)
"""Titles as they stand before a name; in Austria those of all degrees."""
_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MASK = re.compile(
    r"[{\[<%«][^{}\[\]<>%«»]{0,40}[}\]>%»]"
    r"|\b(?i:vorname|nachname|first ?name|last ?name)\b"
)
_OR = re.compile(r"\.? ?(?:/|oder|or|bzw\.?) ?")
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55"
_END = re.compile(rf"[,!:;\n?{_EMOJI}]| [–—-] |\.(?!\w)(?= *[A-ZÄÖÜ]| *$)")
_NAME = r"(?:(?:van|von|de|den|der|zu) )*[A-ZÄÖÜ][\w'’-]* ?"
_TITLED = rf"(?:(?i:{TITLES.pattern}) ?)*"
# "Guten Tag, Frau Brandt!" addresses; "Guten Tag, Frau Brandt hat mir …" tells.
_AFTER_COMMA = re.compile(
    rf"[,!] +(?=(?:(?i:{_FORM}) ?{_TITLED}(?:{_NAME}){{0,3}}"
    rf"|{_TITLED}(?:{_NAME}){{1,2}})(?:[,!:;\n{_EMOJI}]|[–—-] |\.? *$))"
)
# A greeting is no longer than this, in characters.
_LONGEST = 90
# What may stand between form and name, and is none.
_ROLES = word_set(
    """
    kollege kollegin direktor direktorin präsident präsidentin hofrat hofrätin
    vorstand kommerzialrat primar primaria ingenieur ingenieurin geschäftsführer
    geschäftsführerin sir madam
    """
)
# Without "Frau" or "Herr", these stand where a name should; capitals make no name of
# them.
_ANYBODY = word_set(
    """
    damen herren herrschaften alle allerseits team kollegen kolleginnen freund
    freundin freunde freundinnen kontakt kontakte netzwerk netzwerker netzwerkerin
    unbekannte unbekannter interessent interessentin interessenten kunde kundin
    kunden bewerber bewerberin mitglied mitglieder leser leserin leute nachbar
    nachbarin unternehmer unternehmerin inhaber inhaberin chef chefin
    ansprechpartner ansprechpartnerin personalabteilung personalverantwortliche
    name friend friends colleague colleagues contact contacts connection
    connections professional professionals manager hiring recruiter member members
    candidate customer client leader leaders owner founder director partner
    network everyone everybody folks all
    """
)
# These may stand between greeting and name.
_BEFORE = word_set("there und liebe lieber liebes sehr geehrte geehrter dear my")
# Where one of these stands, the next sentence has begun.
_BEGINS = word_set(
    """
    ich wir mein meine ihr ihre ihren sie du dein deine danke vielen herzlichen
    eine ein als wie was ist sind haben hätten könnten dürfte darf wollen i i'm
    i'd i've i’m i’d i’ve we my our your you thanks thank this it could would how
    what are
    """
)


@dataclass(frozen=True, slots=True)
class Salutation:
    """The words that greet.

    Attributes:
        span: All of it, without the comma.
        greeting: The first words, in lower case; ``""`` where only a name stands.
        form: ``"frau"``, ``"herr"``, ``""`` when neither stands there.
        form_span: Where that stands.
        titles: As written.
        names: The words of the name.
        is_filled_later: Whether a gap stands where the name will be.
    """

    span: tuple[int, int]
    greeting: str
    form: str
    form_span: tuple[int, int] | None
    titles: tuple[str, ...]
    names: tuple[Stretch, ...]
    is_filled_later: bool


def salutation_of(text: str, name: str = "") -> Salutation | None:
    """Return how a text greets, ``None`` when it does not.

    Args:
        text: The draft.
        name: The recipient's name: beginning with it greets, too.
    """
    found = _GREETING.match(text)
    start = found.end() if found else 0
    if found and (comma := _AFTER_COMMA.match(text, start)):
        start = comma.end()
    end = _end_of_line(text, start)
    if found is None and not _begins_with(text[:end], name):
        return None
    titles = tuple(TITLES.finditer(text, start, end))
    form, form_span = _form_in(text, start, end)
    words = [
        word
        for word in _NAME_WORD.finditer(text, start, end)
        if word.group().casefold() not in _FORMS
        and not any(each.start() <= word.start() < each.end() for each in titles)
    ]
    names = _names_in(words, own=name, has_form=form_span is not None)
    gap = _MASK.search(text, start, end)
    ends = [each.span[1] for each in names] + [form_span[1] if form_span else 0]
    last = max(found.end() if found else 0, *ends)
    return Salutation(
        span=(len(text) - len(text.lstrip()), max(last, gap.end() if gap else 0)),
        greeting=" ".join(found["greeting"].casefold().split()) if found else "",
        form=form,
        form_span=form_span,
        titles=tuple(each.group() for each in titles),
        names=tuple(names) if not gap else (),
        is_filled_later=gap is not None,
    )


def _form_in(text: str, start: int, end: int) -> tuple[str, tuple[int, int] | None]:
    """Return form of address and where it stands; "Frau/Herr" says neither."""
    found = [
        word
        for word in _NAME_WORD.finditer(text, start, end)
        if word.group().casefold() in _FORMS
    ]
    for one, two in pairwise(found):
        if _OR.fullmatch(text, one.end(), two.start()):
            return "", None
    return (
        (_FORMS[found[0].group().casefold()], found[0].span()) if found else ("", None)
    )


def _names_in(
    words: Sequence[re.Match[str]], *, own: str, has_form: bool
) -> list[Stretch]:
    """Return the names among the words of a greeting; none where it greets anybody.

    Args:
        words: The words behind the greeting, without titles and form of address.
        own: The recipient's name, whose words are names, whatever they mean.
        has_form: Whether "Frau" or "Herr" says that a name follows.
    """
    known = {fold(each) for each in _NAME_WORD.findall(own)}
    names: list[Stretch] = []
    for word in words:
        key = word.group().casefold()
        sort = "" if fold(key) in known else key.rpartition("-")[2]
        if sort in _ANYBODY and not has_form:
            return []
        if sort in _ROLES or (not names and key in _BEFORE):
            continue
        if word.group()[:1].isupper() and key not in _BEGINS:
            names.append(Stretch(word.group(), word.span()))
        elif key not in PARTICLES:
            break
    return names


def _end_of_line(text: str, start: int) -> int:
    at = start
    while True:
        end = _END.search(text, at, start + _LONGEST)
        if end is None:
            return min(len(text), start + _LONGEST)
        # The full stop behind a title or "Ms" ends nothing.
        tail = (text[start : end.end()].split() or [""])[-1]
        if end.group() == "." and (
            TITLES.fullmatch(tail) or tail.casefold().rstrip(".") in _FORMS
        ):
            at = end.end()
            continue
        return end.start()


def _begins_with(line: str, name: str) -> bool:
    """Whether a line is but the recipient's name, with form and titles or without."""
    read = read_name(name) if name else None
    bare = TITLES.sub(" ", line)
    words = [fold(each) for each in _NAME_WORD.findall(bare)]
    is_formal = bool(words) and words[0] in _FORMS
    words = words[is_formal:]
    if read is None or not words or len(words) > 3:
        return False
    return words[0] in read.given or (is_formal and words[-1] in read.family)
