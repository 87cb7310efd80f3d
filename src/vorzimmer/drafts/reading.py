"""How a draft is read: sentences, language, forms of address; pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^.!?\n…]+[.!?…]*", re.DOTALL)
_SHORTENED = re.compile(
    r"\b(?:d?dr|prof|m?mag|ing|dipl|univ|dkfm|hr|fr|st|z|b|u|a|d|h|bzw|ca|mr|mrs|ms|e|g"
    r"|i|usw|etc|nr|inkl|ggf|vgl)\.$",
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
