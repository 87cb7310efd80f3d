"""Whether a text speaks of something that only its reader has or knows; pure.

Wordings cannot name all the things that people write about. What they share is form:
"your ‹thing›", thanks for a thing, a question with "how", "which", "why". A thing that
everybody has (a profile, a firm, a network) is none.
"""

from __future__ import annotations

import re

from vorzimmer.drafts.rule import Facts
from vorzimmer.model import Kind

# Wherever advertising and fraud are likely, "your ‹thing›" is what they are after.
_UNLIKELY = 0.5
_EVERYBODYS_DE = (
    r"profil|netzwerk|unternehmen|firm|werdegang|expertise|erfahrung|zeit|interess"
    r"|anfrage|antwort|rückmeldung|nachricht|branche|kontakt|bereich|kunde|umsatz|team"
    r"|geschäft|business|meinung|aufmerksamkeit|hilfe|unterstützung|karriere|alltag|tag"
    r"|woche|erfolg|ziel|bedarf|anliegen|name|position|rolle|tätigkeit|arbeit|linkedin"
    r"|xing|mail|e-mail|adresse|daten|familie"
)
_EVERYBODYS_EN = (
    r"profile|network|compan|business|team|time|interest|background|experience|industry"
    r"|field|work|career|journey|role|position|organi[sz]ation|needs?\b|goal|current"
    r"|inbox|day|week|help|consideration|convenience|attention|reply|response|thought"
    r"|connection|success|growth|revenue|sales|lead|customer|client|marketing|website"
    r"|expertise|insight|advice|area|space|own|request|message|name|e-?mail|number"
    r"|detail|schedule|calendar|firm|brand|future|professional|impressive|perspective"
    r"|support|resume|cv\b|best|target|ideal|account|way|skill|availability|country"
)
# German nouns show themselves by their capital.
_YOURS_DE = re.compile(
    r"\b(?:Ihr|[dD]ein|[eE]ue?r)(?:e[nmrs]?)? (?:[a-zäöüß0-9]+ ){0,2}"
    rf"(?!(?i:{_EVERYBODYS_DE}))[A-ZÄÖÜ][\wäöüß-]{{2,}}"
)
_YOURS_EN = re.compile(
    rf"\byour (?!(?:{_EVERYBODYS_EN}))"
    r"(?!\w+ (?:profile|network|company|business|team|career|background|experience"
    r"|journey|work|success|expertise|industry|field)\b)\w{3,}",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\b(?:danke|dank|thanks|thank you),? (?:\w+,? )?(?:für|for) "
    r"(?!(?:(?:die|das|den|ihre?n?|deine?n?|eure?n?|the|your|my|a|all)\W+)*"
    r"(?:vernetz|kontakt|annahme|annehm|bestätig|zeit|interesse|aufmerksamkeit|hinzufüg"
    r"|verbindung|anfrage|antwort|vertrauen|connect|time|accept|invit|add|consider|read"
    r"|attention|interest|request|reply|response|help|tak|look|visit|view|besuch|blick)"
    r")",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:\w+,? ){0,4}?(?:wie|was|wer|wo|woher|wohin|welche[nmrs]?|warum|wann"
    r"|how|what|which|who|where|why|when)\b",
    re.IGNORECASE,
)
_SMALL_TALK = re.compile(
    r"how are you|how(?:'s| is) (?:your|it)|wie geht|what do you (?:think|say)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 5
_MOST_WORDS_OF_QUESTION = 20
# What somebody wrote or said in public, with what stands in it: mass mail praises
# "your article", and cannot say what it says.
_WITHIN = r"(?:[^.!?]|\d\.)"  # a full stop after a number ends no sentence
_WORKS_DE = (
    r"\w{0,40}(?:[bB]ericht|[vV]ortrag|[aA]rtikel|[bB]eitrag|[aA]ufsatz|[iI]nterview"
    r"|[bB]uch|[sS]tudie|[mM]itteilung|[pP]rotokoll|[aA]usschreibung|[aA]nzeige)"
)
_WORKS_EN = (
    r"(?:report|talk|lecture|article|post|paper|study|book|interview|minutes|tender"
    r"|notice)"
)
_SAYS_DE = r"(?:steht|schreib\w+|schrieb\w*|sag\w+|nenn\w+|heißt|bericht\w+)"
_SAYS_EN = (
    r"(?:says?|said|shows?|states?|notes?|mentions?|mentioned|writes?|wrote"
    r"|report(?:s|ed)?)"
)
_QUOTES_DE = re.compile(
    r"\b(?:Ihr|[dD]ein|[eE]ue?r)(?:e[nmrs]?)? (?:[\wäöüß.-]{1,40} ){0,3}?"
    rf"{_WORKS_DE}[esn]{{0,2}}\b{_WITHIN}{{0,60}}?\b{_SAYS_DE}\b"
    rf"{_WITHIN}{{0,40}}?(?:, (?:dass|wie|warum|wo)|: )"
    r"|\b(?:[iI]hre[mrn]|[dD]eine[mrn]) (?:[\wäöüß.-]{1,40} ){0,3}?"
    rf"{_WORKS_DE}[esn]{{0,2}}\b{_WITHIN}{{0,40}}?\b(?:entnehme\w*|entnommen|las|gelesen"
    rf"|erfahren|sehe|gesehen)\b{_WITHIN}{{0,10}}?, (?:dass|wie|warum|wo)\b"
    r"|\b(?:Sie|[dD]u|[iI]hr) (?:schrieb\w*|schreib\w+|sagten?|sagtest|berichte\w*)"
    rf"{_WITHIN}{{0,40}}?, (?:dass|wie|warum|wo)\b"
)
_QUOTES_EN = re.compile(
    rf"\byour (?:[\w.'’-]{{1,40}} ){{0,3}}?{_WORKS_EN}s?\b"
    rf"{_WITHIN}{{0,60}}?\b{_SAYS_EN}\b{_WITHIN}{{0,40}}?\b(?:that|how|why|where)\b"
    rf"|\b(?:saw|read|gathered|learned|learnt) (?:in|on|from) (?:\w+ )?your"
    rf" (?:[\w.'’-]{{1,40}} ){{0,3}}?{_WORKS_EN}s?\b{_WITHIN}{{0,60}}?\bthat\b"
    r"|\byou (?:wrote|said|reported|noted|mentioned)\b"
    rf"{_WITHIN}{{0,40}}?\b(?:that|how|why|where)\b",
    re.IGNORECASE,
)
_NO_QUESTIONS = ("pain_question", "call_request", "asks_for_minutes", "wish_to_connect")


def quotes_reader(facts: Facts) -> bool:
    """Return whether a text names what its reader wrote or said, and where."""
    if facts.probability(Kind.DANGER) >= _UNLIKELY:
        return False
    return any(form.search(facts.text) for form in (_QUOTES_DE, _QUOTES_EN))


def speaks_of_reader(facts: Facts) -> bool:
    """Return whether a text names, asks or thanks for something of its reader."""
    if quotes_reader(facts):
        return True
    for kind in (Kind.SOLICITATION, Kind.DANGER):
        if facts.probability(kind) >= _UNLIKELY:
            return False
    if facts.offers:
        return False
    body = facts.text[facts.salutation.span[1] :] if facts.salutation else facts.text
    return any(
        form.search(body) for form in (_YOURS_DE, _YOURS_EN, _THANKS)
    ) or _asks_something(facts)


def only_asks(facts: Facts) -> bool:
    """Return whether a text is little more than a question; none for time or a call."""
    body = facts.text[facts.salutation.span[1] :] if facts.salutation else facts.text
    is_short = len(body.split()) <= _MOST_WORDS_OF_QUESTION
    return is_short and "?" in body and not facts.has(*_NO_QUESTIONS)


def _asks_something(facts: Facts) -> bool:
    if facts.has(*_NO_QUESTIONS):
        return False
    return any(
        each.text.endswith("?")
        and len(each.text.split()) >= _FEWEST_WORDS
        and _ASKS.search(each.text)
        and not _SMALL_TALK.search(each.text)
        for each in facts.sentences
    )
