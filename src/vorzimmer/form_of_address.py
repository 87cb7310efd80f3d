"""How to speak to somebody: language, Sie or du, and a salutation; pure.

Nobody's gender is guessed from a name. "Frau" or "Herr" is written only where the data
say it; everybody else is greeted with the full name, which is polite and never wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from vorzimmer.model import Member, Person
from vorzimmer.names import PersonName, read_name
from vorzimmer.names.words import word_set
from vorzimmer.people import is_company, is_hidden

# Longer notes show in their beginning how they speak.
_LONGEST = 2_000
# One word may be a name or a slip; two are a language.
_FEWEST_WORDS = 2


class Manner(StrEnum):
    """In which language, and how formally, a letter speaks."""

    SIE = "de-sie"
    DU = "de-du"
    ENGLISH = "en"

    @property
    def language(self) -> str:
        """``"de"`` or ``"en"``."""
        return self.value[:2]

    @property
    def address(self) -> str:
        """``"sie"`` or ``"du"``; ``""`` where the language has but one."""
        return self.value[3:]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What shows how a note speaks.

    Attributes:
        manner: How; ``None`` when it does not show.
        language: ``"de"`` or ``"en"``; ``None`` when it is neither, or too short.
        words: The word that shows Sie or du, as written; ``""`` when there is none.
    """

    manner: Manner | None
    language: str | None
    words: str = ""


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# The most frequent words that the other language does not have.
_GERMAN = word_set(
    """
    und ich der das ist nicht sie du mich mir dich dir auf mit für eine einen ein zu
    von bin sind wir uns auch gerne gern ihr ihre ihnen ihrem ihren dein deine hallo
    guten liebe lieber sehr geehrte geehrter freundliche freundlichen grüße grüßen
    viele danke wäre würde über bei wie als dass hätten haben netzwerk kontakt vernetzen
    """
)
_ENGLISH = word_set(
    """
    the and i i'm i'd i’m i’d you your is are of for with to my we our would like hi
    hello dear thanks thank regards that this have be from it at connect network about
    """
)
_DU = re.compile(r"\b(?:du|dich|dir|dein(?:e[mnrs]?)?)\b", re.IGNORECASE)
# "Ihnen" and "Ihr" mean the reader only with a capital; so does "Sie", which at the
# beginning of a sentence may as well be somebody else.
_SIE = re.compile(r"\b(?:Ihnen|Ihr(?:e[mnrs]?)?)\b|(?<=[^\W\d_,;)] )Sie\b|(?<=, )Sie\b")
_FORMAL = re.compile(r"\bSehr geehrte[r]?\b|\b(?:Frau|Herrn?) (?:Dr\. )?[^\W\d_]{2,}")
_FRIENDLY = re.compile(r"^\W*(?:Hi|Hey|Moin|Servus|Liebe[r]?|Na)\b")


def spoken_in(note: str | None) -> Spoken:
    """Return how a note speaks, as far as it shows.

    Args:
        note: As written; ``None`` when it is not known.
    """
    text = (note or "")[:_LONGEST]
    language = _language_of(text)
    if language == "en":
        return Spoken(Manner.ENGLISH, language)
    if language is None:
        return Spoken(None, None)
    formal = _SIE.search(text)
    familiar = _DU.search(text)
    if formal and familiar:
        # Who writes both means the one that comes more often.
        is_formal = len(_SIE.findall(text)) >= len(_DU.findall(text))
        familiar = None if is_formal else familiar
        formal = formal if is_formal else None
    formal = formal or (_FORMAL.search(text) if not familiar else None)
    if formal:
        return Spoken(Manner.SIE, language, formal.group())
    familiar = familiar or _FRIENDLY.search(text)
    if familiar:
        return Spoken(Manner.DU, language, familiar.group().strip())
    return Spoken(None, language)


def _language_of(text: str) -> str | None:
    words = [each.casefold() for each in _WORD.findall(text)]
    german = sum(each in _GERMAN for each in words)
    english = sum(each in _ENGLISH for each in words)
    if max(german, english) < _FEWEST_WORDS or german == english:
        return None
    return "de" if german > english else "en"


_GERMAN_PLACES = (
    "deutschland", "germany", "österreich", "austria", "schweiz", "switzerland",
    "liechtenstein",
)  # fmt: skip


def is_among_germans(person: Person, member: Member, network: str | None) -> bool:
    """Return whether one writes German to somebody of whom no words are known.

    What is known of the sender counts, then the network, then the member's own place.
    """
    if person.country:
        return person.country.upper() in {"DE", "AT", "CH", "LI"}
    place = person.location or ("" if network == "xing" else member.location)
    folded = place.casefold()
    return network == "xing" or any(each in folded for each in _GERMAN_PLACES)


def manner_for(note: str | None, *, wish: str = "note", language: str = "de") -> Manner:
    """Return how to answer a note.

    Args:
        note: What was written; ``None`` when it is not known.
        wish: ``"note"``: as the note does, and Sie where it does not show;
            ``"formal"`` or ``"familiar"``: always so, in German.
        language: What to write where the note does not show its own.
    """
    spoken = spoken_in(note)
    if (spoken.language or language) != "de":
        return Manner.ENGLISH
    if wish in {"formal", "familiar"}:
        return Manner.SIE if wish == "formal" else Manner.DU
    return spoken.manner or Manner.SIE


# ---- Salutation ----------------------------------------------------------------------

# How an honorific may stand in the data, and how it is written in either language.
_HONORIFICS = {
    "frau": ("Frau", "Ms"), "fr.": ("Frau", "Ms"), "herr": ("Herr", "Mr"),
    "hr.": ("Herr", "Mr"), "herrn": ("Herr", "Mr"), "mr": ("Herr", "Mr"),
    "mr.": ("Herr", "Mr"), "ms": ("Frau", "Ms"), "ms.": ("Frau", "Ms"),
    "mrs": ("Frau", "Ms"), "mrs.": ("Frau", "Ms"),
}  # fmt: skip
# Titles that are spoken in a letter: German, and English, "" where it has none.
_TITLES = {
    "univ.-prof.": ("Prof.", "Professor"), "univ.prof.": ("Prof.", "Professor"),
    "prof.": ("Prof.", "Professor"), "prof": ("Prof.", "Professor"),
    "professor": ("Prof.", "Professor"), "professorin": ("Prof.", "Professor"),
    "dr.": ("Dr.", "Dr"), "dr": ("Dr.", "Dr"), "ddr.": ("DDr.", "Dr"),
    "mag.": ("Mag.", ""), "mag.a": ("Mag.", ""), "mmag.": ("MMag.", ""),
    "dipl.-ing.": ("Dipl.-Ing.", ""), "dipl.ing.": ("Dipl.-Ing.", ""),
    "dipl-ing": ("Dipl.-Ing.", ""), "di": ("Dipl.-Ing.", ""),
    "dkfm.": ("Dkfm.", ""), "ing.": ("Ing.", ""),
}  # fmt: skip
# Parts of a title that a letter leaves out.
_SILENT = word_set(
    """
    med. phil. rer. nat. jur. iur. oec. pol. habil. h.c. techn. mont. theol. vet.
    dent. agr. ing. (fh) (tu)
    """
)
_MOST_TITLES = 2
_LONGEST_WORD = 40
_FIT_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]{1,2}[^\W\d_]+)*\.?")
_PLACEHOLDERS = word_set(
    """
    none null nan undefined unknown unbekannt vorname nachname name mitglied member
    firstname lastname user nutzer test
    """
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """How somebody can be spoken to; what is not sure is empty.

    Attributes:
        first: First name.
        last: Last name, with its particles.
        titles: Spoken titles, in German and in English.
        honorific: Frau or Herr, in German and in English; only if the data say it.
    """

    first: str = ""
    last: str = ""
    titles: tuple[tuple[str, str], ...] = ()
    honorific: tuple[str, str] = ("", "")

    @property
    def full(self) -> str:
        """First and last name; ``""`` unless both are sure."""
        return f"{self.first} {self.last}" if self.first and self.last else ""


def addressee_of(person: Person) -> Addressee:
    """Return how a person can be spoken to; companies and hidden names cannot."""
    written = " ".join((person.name or "").split())
    if not written or is_hidden(written) or is_company(person):
        return Addressee()
    words = normalize("NFC", written).split()
    if words[0] == "DI" and len(words) > 2:
        words[0] = "Dipl.-Ing."  # as Austria writes it; "DI" alone may be a name
    name = read_name(" ".join(words))
    if name is None:
        return Addressee()
    honorific, titles = _before_the_name(words, name)
    first, last = _fit(name.first), _fit(name.last)
    if honorific[0] and not name.last:
        first, last = "", first  # "Frau Lüders"
    return Addressee(first=first, last=last, titles=titles, honorific=honorific)


def _before_the_name(
    words: list[str], name: PersonName
) -> tuple[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Return honorific and titles, which stand before the first word of the name."""
    honorific = ("", "")
    titles: list[tuple[str, str]] = []
    for word in words:
        plain = word.casefold()
        if plain in _HONORIFICS and not titles:
            honorific = _HONORIFICS[plain]
        elif plain in _TITLES and word not in {name.first, name.last}:
            titles.append(_TITLES[plain])
        elif plain not in _SILENT:
            break
    return honorific, tuple(titles[:_MOST_TITLES])


def _fit(word: str) -> str:
    """Return a name if it can stand in a letter, else ``""``."""
    plain = word.strip(" .'’-")
    if len(plain) < 2 or len(plain) > _LONGEST_WORD or not _FIT_NAME.fullmatch(plain):
        return ""
    if plain.casefold() in _PLACEHOLDERS:
        return ""
    if plain.isupper() and len(plain) > 2:
        return plain.title()
    return plain[:1].upper() + plain[1:] if plain.islower() else plain


def salutation(person: Person, manner: Manner) -> str:
    """Return the greeting of a letter, without the comma behind it.

    ``"Guten Tag Frau Dr. Lüders"`` where the data say Frau, else ``"Guten Tag Dr. Eva
    Lüders"``; ``"Hallo Eva"``; ``"Hello Eva"``. Where no name is sure, a greeting
    without one.

    Args:
        person: To whom.
        manner: In which language, and how formally.
    """
    known = addressee_of(person)
    if manner is Manner.DU:
        return f"Hallo {known.first}" if known.first else "Hallo"
    if manner is Manner.ENGLISH:
        return _english(known)
    titles = "".join(f"{german} " for german, _ in known.titles)
    if known.honorific[0] and known.last:
        return f"Guten Tag {known.honorific[0]} {titles}{known.last}"
    return f"Guten Tag {titles}{known.full}" if known.full else "Guten Tag"


def _english(known: Addressee) -> str:
    title = next((english for _, english in known.titles if english), "")
    if known.last and (title or known.honorific[1]):
        return f"Dear {title or known.honorific[1]} {known.last}"
    return f"Hello {known.first}" if known.first else "Hello"


_CLOSINGS = {
    Manner.SIE: "Freundliche Grüße",
    Manner.DU: "Viele Grüße",
    Manner.ENGLISH: "Kind regards",
}


def closing(member: Member, manner: Manner) -> str:
    """Return the end of a letter: a greeting, and below it the member's name.

    Args:
        member: Who writes.
        manner: In which language, and how formally.
    """
    known = addressee_of(Person(name=member.name))
    first = _fit(member.first_name) or known.first
    last = _fit(member.last_name) or known.last
    name = first if manner is Manner.DU or not last else f"{first} {last}".strip()
    return f"{_CLOSINGS[manner]}\n{name}".strip()
