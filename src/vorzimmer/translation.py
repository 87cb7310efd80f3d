"""German and English for people; the last step before a text is shown.

Messages stand in English in the code; ``locale/de/LC_MESSAGES/vorzimmer.po`` holds
the German, and is read as it is, so that nothing has to be compiled. Babel is
imported only when a number, a date or a German text is asked for.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files

from vorzimmer.asking import HAS_ANSWERED, SILENT, WROTE, WROTE_BY_NAME
from vorzimmer.errors import VorzimmerError
from vorzimmer.fact_words import FACTS, QUESTIONS
from vorzimmer.language_names import LANGUAGES
from vorzimmer.lessons import AFTER_ACCEPTING
from vorzimmer.model import Action, Kind, Sentence, Slot
from vorzimmer.policy import (
    ASKED_BEFORE,
    COUNTS,
    FLAGS,
    IN_MY_LANGUAGE,
    Clause,
    Range,
)
from vorzimmer.policy import KINDS as KINDS_BY_NAME
from vorzimmer.reactions import AS_NOTED, AS_SHOWN, State
from vorzimmer.signal import Signal

# British dates ("14 March 2024") are read the same way by everybody.
_LOCALES = {"de": "de_DE", "en": "en_GB"}
_LONGEST_HEADER = 1_000

KINDS: dict[Kind, str] = {
    Kind.KNOWN: "Known to you",
    Kind.PERSONAL: "Personal",
    Kind.STANDARD: "Default text",
    Kind.COLLECTOR: "Collects contacts",
    Kind.SOLICITATION: "Advertising",
    Kind.RECRUITING: "Job offer",
    Kind.UNVERIFIABLE: "Not verifiable",
    Kind.DANGER: "Danger",
    Kind.ABUSE: "Insulting",
}
ACTIONS: dict[Action, str] = {
    Action.ACCEPT: "Accept",
    Action.ASK: "Ask back",
    Action.ANSWER: "Answer",
    Action.DECLINE: "Decline",
    Action.IGNORE: "Ignore",
    Action.REPORT_UNKNOWN: "Report as unknown",
    Action.REPORT_SPAM: "Report as spam",
    Action.BLOCK: "Block",
    Action.REMOVE: "Remove",
    Action.HOLD: "Look yourself",
}
STATES: dict[State, str] = {
    State.PENDING: "Waiting",
    State.HELD: "Put off",
    State.ASKED: "Asked back",
    State.ANSWERED: "Answer has come",
    State.WRITTEN_TO: "Answered by letter",
    State.ACCEPTED: "Accepted",
    State.DECLINED: "Declined",
    State.IGNORED: "Ignored",
    State.REPORTED_UNKNOWN: "Reported as unknown",
    State.REPORTED_SPAM: "Reported as spam",
    State.BLOCKED: "Blocked",
    State.REMOVED: "Removed",
    State.WITHDRAWN: "Taken back by the sender",
}
OTHERWISE = "no clause applies"
OWN_CLAUSES = (
    *(OTHERWISE, SILENT, HAS_ANSWERED, AFTER_ACCEPTING),
    *(WROTE, WROTE_BY_NAME, AS_SHOWN, AS_NOTED),
)
"""Clauses that stand in no policy."""
# Numbers below are written without a sign between their thousands.
_NO_GROUPS = 10_000
_MOST_SAID = 1_000


@dataclass(frozen=True, slots=True)
class Translator:
    """Says things in one language; made by ``translator``.

    Attributes:
        language: ``"de"`` or ``"en"``.
        messages: Translations by context and English text; a plural's are two.
    """

    language: str
    messages: Mapping[tuple[str, str], tuple[str, ...]]
    # The same few are said again and again; by template and slots, found twice as fast.
    _said: dict[object, str] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, message: str, /, **slots: Slot) -> str:
        """Return a message with its slots filled."""
        return self._fill(self._look_up(message), slots)

    def plural(self, one: str, many: str, count: int, /, **slots: Slot) -> str:
        """Return the form that fits ``count``, which fills the slot ``{count}``."""
        forms = self.messages.get(("", one), (one, many))
        chosen = forms[0] if count == 1 else forms[-1]
        return self._fill(chosen, {"count": count, **slots})

    def say(self, words: str | Sentence) -> str:
        """Return a sentence translated; a plain string is verbatim and stays."""
        if isinstance(words, str):
            return words
        said = self._said.get((words.template, words.slots))
        if said is None:
            if len(self._said) >= _MOST_SAID:
                self._said.clear()
            template = self._look_up(words.template)
            is_bare = not words.slots and "{" not in template and "}" not in template
            said = template if is_bare else self._filled(template, dict(words.slots))
            self._said[words.template, words.slots] = said
        return said

    def language_name(self, code: str) -> str:
        """Return what a language is called, by its ISO 639-1 code."""
        from babel import Locale  # noqa: PLC0415 - see _date

        return str(Locale(self.language).languages.get(code, code))

    def line(self, words: Sentence) -> str:
        """Return a sentence translated, with a capital: it stands on its own."""
        said = self.say(words)
        return said[:1].upper() + said[1:]

    def error(self, error: VorzimmerError, *, place: str | None = None) -> str:
        """Return what went wrong, where, and how to mend it.

        Args:
            error: What went wrong.
            place: What to call the place where it did; ``None`` is its own name.
        """
        return error.said(self.say, place=place)

    def kind(self, kind: Kind) -> str:
        """Return the short label of a kind."""
        return self._look_up(KINDS[kind], "kind")

    def action(self, action: Action) -> str:
        """Return the label of an action, as an imperative."""
        return self._look_up(ACTIONS[action], "action")

    def state(self, state: State) -> str:
        """Return where a request stands, in a word or two."""
        return self._look_up(STATES[state], "state")

    def fact(self, fact: str) -> str:
        """Return what a field of ``Person`` is called."""
        return self._look_up(FACTS[fact], "fact")

    def fact_question(self, fact: str) -> str:
        """Return the question whose answer is a field of ``Person``."""
        return self._look_up(QUESTIONS[fact], "fact")

    def clause(self, name: str) -> str:
        """Return the name of a preset's clause; a member's own stays as it is."""
        return self._look_up(OTHERWISE if name == "otherwise" else name, "clause")

    def title(self, signal: Signal) -> str:
        """Return what a signal says, as a sentence without its full stop."""
        return self._look_up(signal.title, "signal")

    def month(self, day: date) -> str:
        """Return a month and its year."""
        return _date(day, "LLLL y", _LOCALES[self.language])

    def date(self, day: date | datetime, *, short: bool = False) -> str:
        """Return a day; of a time, the day that it is at this place."""
        if isinstance(day, datetime):
            day = (day.astimezone() if day.tzinfo is not None else day).date()
        return _date(day, "medium" if short else "long", _LOCALES[self.language])

    def number(self, value: float) -> str:
        """Return a number with at most two decimals, a year without a mark in it."""
        if isinstance(value, int) and abs(value) < _NO_GROUPS:
            return _signed(str(int(value)))
        from babel.numbers import format_decimal  # noqa: PLC0415 - see _date

        pattern = "#,##0.##" if abs(value) >= _NO_GROUPS else "0.##"
        locale = _LOCALES[self.language]
        return _signed(format_decimal(value, format=pattern, locale=locale))

    def percent(self, p: float) -> str:
        """Return a share of 0..1 as whole per cent; never 0 or 100 unless it is."""
        shown = p if p in {0.0, 1.0} else min(0.99, max(0.01, p))
        return _percent(shown, _LOCALES[self.language])

    def _look_up(self, message: str, context: str = "") -> str:
        return self.messages.get((context, message), (message,))[0]

    def _fill(self, template: str, slots: Mapping[str, Slot]) -> str:
        return self._filled(template, slots) if slots else template

    def _filled(self, template: str, slots: Mapping[str, Slot]) -> str:
        return "".join(
            [
                text if name is None else text + _in_words(slots[name], form, self)
                for text, name, form in _parts(template)
            ]
        )


def _in_words(value: Slot, form: str, _: Translator) -> str:
    """Return what fills a slot; dates and numbers take the form of the language."""
    if isinstance(value, date):
        return _day(value, form, _)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return format(value, form)
    if form.endswith("f"):  # so many decimals, that numbers side by side look alike
        digits = format(value, form)
        return _signed(digits.replace(".", "," if _.language == "de" else "."))
    return _.percent(value) if form.endswith("%") else _.number(value)


def _signed(digits: str) -> str:
    """Return digits with a minus sign for the hyphen that programs write."""
    return digits.replace("-", "−")


def _day(day: date, form: str, _: Translator) -> str:
    locale = _LOCALES[_.language]
    if form == "%B %Y":
        from babel.dates import format_skeleton  # noqa: PLC0415 - see _date

        return format_skeleton("yMMMM", day, locale=locale)
    return _date(day, "y", locale) if form == "%Y" else _.date(day)


@lru_cache(maxsize=4096)  # the same days stand on many pages
def _date(day: date, form: str, locale: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - not for plain English

    return format_date(day, form, locale=locale)


@lru_cache(maxsize=4096)
def _percent(share: float, locale: str) -> str:
    from babel.numbers import format_percent  # noqa: PLC0415 - see _date

    return format_percent(share, locale=locale)


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """Return the text before each slot, its name and form; last, the rest."""
    parsed = string.Formatter().parse(template)
    return tuple((text, name, form or "") for text, name, form, _ in parsed)


@cache
def translator(language: str) -> Translator:
    """Return the translator of a language; English for one that there is not."""
    if language != "de":
        return Translator("en", {})
    return Translator("de", _read_catalog())


def conditions(clause: Clause, _: Translator) -> Iterator[str]:
    """Yield the conditions of a clause of a policy in words."""
    for name, wanted in clause.conditions:
        what = condition_in_words(name, _)
        if isinstance(wanted, Range):
            yield _range_in_words(what, wanted, _, is_share=name in KINDS_BY_NAME)
        elif isinstance(wanted, bool):
            yield _("{what}: yes", what=what) if wanted else _("{what}: no", what=what)
        else:
            values = [word_in_words(each, _, of=name) for each in wanted]
            yield f"{what}: {_(' or ').join(values)}"


def condition_in_words(name: str, _: Translator) -> str:
    """Return what a condition of a policy is about."""
    if name in KINDS_BY_NAME:
        return _.kind(KINDS_BY_NAME[name])
    if name in COUNTS or name in FLAGS:
        return _.fact(name)
    words = {
        "reasons_against": _("Reasons against it"),
        "tie": _("Tie to you"),
        "note": _("Text"),
        "channel": _("Channel"),
        "network": _("Network"),
        "is_sponsored": _("Paid advertising"),
        "language": _("Language"),
        IN_MY_LANGUAGE: _("In a language that you read"),
        ASKED_BEFORE: _("Turned away before"),
    }
    return words.get(name, name)


def _range_in_words(what: str, wanted: Range, _: Translator, *, is_share: bool) -> str:
    def said(bound: float) -> str:
        return _("{number}%", number=100 * bound) if is_share else _.number(bound)

    low, high = wanted.at_least, wanted.below
    if low is None:
        return _("{what}: below {high}", what=what, high=said(high or 0))
    if high is None:
        return _("{what}: at least {low}", what=what, low=said(low))
    return _(
        "{what}: at least {low}, below {high}",
        what=what,
        low=said(low),
        high=said(high),
    )


def word_in_words(value: str, _: Translator, *, of: str = "") -> str:
    """Return a word of a policy's file; names of networks stay.

    Args:
        value: The word.
        _: The language.
        of: The condition that it belongs to.
    """
    if of == "language":
        return _.language_name(value)
    words = {
        "blank": _("none"),
        "present": _("there is one"),
        "unknown": _("not known"),
        "invitation_note": _("Contact request"),
        "message": _("Message"),
        "inmail": _("InMail"),
        "mail": _("E-mail"),
        "connection": _("contact already"),
        "imported_contact": _("in your address book"),
        "collected_contact": _("in your mail program's list"),
        "met": _("met at an appointment"),
        "mailed": _("wrote mails"),
        "wrote": _("you wrote"),
        "wrote_to_you": _("wrote to you"),
        "invited": _("you invited them"),
        "recommended": _("you recommended them"),
        "was_recommended_by": _("recommended you"),
        "endorsed": _("you endorsed them"),
        "was_endorsed_by": _("endorsed you"),
        "noted": _("in a note of yours"),
        "shared_employer": _("same workplace"),
        "shared_school": _("same school"),
    }
    return words.get(value, value)


def best_language(accept_language: str | None, *, default: str = "en") -> str:
    """Return the language that a browser likes best among ours.

    Args:
        accept_language: The header (RFC 9110, section 12.5.4), if there was one.
        default: When none of the browser's languages is ours.
    """
    wishes = (accept_language or "")[:_LONGEST_HEADER].split(",")
    weighed = [_wish(each) for each in wishes]
    ours = [(weight, tag) for weight, tag in weighed if tag in LANGUAGES and weight > 0]
    return max(ours, key=lambda each: each[0])[1] if ours else default


def _wish(wish: str) -> tuple[float, str]:
    tag, _, parameter = wish.strip().partition(";")
    weight = 1.0
    if parameter.strip().startswith("q="):
        try:
            weight = float(parameter.strip()[2:])
        except ValueError:
            weight = 0.0
    return weight, tag.partition("-")[0].strip().lower()


def _read_catalog() -> dict[tuple[str, str], tuple[str, ...]]:
    from babel.messages.pofile import read_po  # noqa: PLC0415 - not for plain English

    place = files("vorzimmer") / "locale" / "de" / "LC_MESSAGES" / "vorzimmer.po"
    with place.open("rb") as file:
        catalog = read_po(file, locale="de")
    messages: dict[tuple[str, str], tuple[str, ...]] = {}
    for message in catalog:
        english, german = message.id, message.string
        if english and not message.fuzzy and all(_several(german)):
            messages[message.context or "", _several(english)[0]] = _several(german)
    return messages


def _several(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))
