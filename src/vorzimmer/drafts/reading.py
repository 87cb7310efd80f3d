"""How a draft is read: salutation, sentences, language, forms of address; pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from vorzimmer.names import fold, read_name

_GREETING = re.compile(
    r"\s*(?P<greeting>sehr geehrte[rs]?|sehr verehrte[rs]?|geehrte[rs]?|liebe[rs]?"
    r"|werte[rs]?|hallo|halli hallo|hi|hey|guten (?:tag|morgen|abend)|schönen guten tag"
    r"|moin(?: moin)?|servus|grüezi|grüß gott|grüss gott|dear|hello|greetings"
    r"|good (?:day|morning|afternoon|evening))\b",
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
    r"(?<!\w)(?:prof(?:essorin|essor)?|dr|pd|ing|mag|dipl)\b\.?", re.IGNORECASE
)
_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MASK = re.compile(r"[{\[<%][^{}\[\]<>%]{0,40}[}\]>%]")
_END = re.compile(r"[,!:;\n?]| [–—-] |\.(?!\w)(?= *[A-ZÄÖÜ]| *$)")
# A greeting is no longer than this, in characters.
_LONGEST = 90
_SENTENCE = re.compile(r"[^.!?\n…]+[.!?…]*", re.DOTALL)
_SHORTENED = re.compile(
    r"\b(?:dr|prof|z|b|u|a|d|h|bzw|ca|mr|mrs|ms|e|g|i|usw|etc|nr|inkl|ggf)\.$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_LANGUAGES = {
    "de": "der die das und ich sie ist nicht ein eine mit für auf zu wir ihnen ihr ihre"
    " den dem im von bei es als auch würde gerne uns mich du dein danke gruß hallo"
    " sehr am an wie über haben habe hat zum zur guten tag frau herr ihren ihrem",
    "en": "the and i you is are to of a in for with my your we it on that this would"
    " have at be our from me not as was an hi dear thanks like about",
    "fr": "le la les et je vous est une pour avec dans mon votre nous sur que merci"
    " bonjour des du en au ai suis",
    "es": "el los las y usted es una para con en mi su nosotros que gracias hola del"
    " por como soy muy",
    "it": "il gli e lei è una per con nel mio sua noi che grazie buongiorno della di"
    " sono molto ho",
    "nl": "de het en ik u is een voor met op mijn uw wij dat dank hallo van niet graag"
    " zijn ben jij je",
}
_WORDS_OF = {code: frozenset(words.split()) for code, words in _LANGUAGES.items()}
_FEWEST_WORDS = 4
# "Sie" and "Ihr" at the beginning of a sentence may be "she", "they" and "her".
POLITE = re.compile(r"(?<=[\wäöüß,] )(?:Sie|Ihnen|Ihr|Ihre[nmrs]?)\b")
FAMILIAR = re.compile(
    r"\b(?:[dD]u|[dD]ich|[dD]ir|[dD]ein(?:e[nmrs]?)?|[eE]uch|[eE]ure[nmrs]?)\b"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a text, and where they stand."""

    text: str
    span: tuple[int, int]


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
    end = _end_of_line(text, start)
    if found is None and not _begins_with(text[:end], name):
        return None
    words = list(_NAME_WORD.finditer(text, start, end))
    titles = tuple(each.group() for each in TITLES.finditer(text, start, end))
    is_title = {each.casefold().rstrip(".") for each in titles}
    form, form_span = "", None
    names: list[Stretch] = []
    for word in words:
        key = word.group().casefold()
        if key in _FORMS and not names:
            form, form_span = _FORMS[key], word.span()
        elif key in is_title:
            continue
        elif word.group()[:1].isupper():
            names.append(Stretch(word.group(), word.span()))
        elif names or key not in {"there", "und", "von", "van", "de", "zu"}:
            break
    gap = _MASK.search(text, start, end)
    last = max([start, *(each.span[1] for each in names)])
    if form_span:
        last = max(last, form_span[1])
    return Salutation(
        span=(len(text) - len(text.lstrip()), max(last, gap.end() if gap else 0)),
        greeting=" ".join(found["greeting"].casefold().split()) if found else "",
        form=form,
        form_span=form_span,
        titles=titles,
        names=tuple(names) if not gap else (),
        is_filled_later=gap is not None,
    )


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
    read = read_name(name) if name else None
    words = [fold(word) for word in line.split()]
    return bool(read and words and len(words) <= 3 and words[0] in read.given)


def sentences_of(text: str) -> tuple[Stretch, ...]:
    """Return the sentences of a text; a line that ends ends a sentence, too."""
    found: list[Stretch] = []
    start = 0
    for piece in _SENTENCE.finditer(text):
        if _SHORTENED.search(text, max(0, piece.end() - 6), piece.end()):
            continue
        start = max(start, 0 if not found else found[-1].span[1])
        whole = text[start : piece.end()]
        bare = whole.strip()
        if bare:
            first = start + len(whole) - len(whole.lstrip())
            found.append(Stretch(bare, (first, first + len(bare))))
        start = piece.end()
    return tuple(found)


def language_of(text: str) -> str:
    """Return the language of a text by its commonest words; ``""`` when not known."""
    words = [word.casefold() for word in _WORD.findall(text[:2_000])]
    if len(words) < _FEWEST_WORDS:
        return ""
    counted = Counter(
        {
            code: sum(word in common for word in words)
            for code, common in _WORDS_OF.items()
        }
    )
    (first, most), (_, second) = counted.most_common(2)
    return first if most >= 2 and most > second else ""
