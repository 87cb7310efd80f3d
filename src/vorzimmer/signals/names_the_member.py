"""Signal ``names_the_member``."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from vorzimmer.glances import MAY_NAME, SALUTATION_WORDS, own_names
from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.names import fold
from vorzimmer.names.words import PARTICLES, TITLES
from vorzimmer.signal import Context, Group, signal, where_seen

_WORD = re.compile(r"[^\W\d_]+")
# Words before a name in the greetings of many languages, as ``fold`` writes them.
_GREETINGS = """
    hallo hi hey hei hej halla liebe lieber liebes sehr geehrte geehrter
    geehrtes werte werter verehrte verehrter guten gute schonen tag morgen abend moin
    servus gruezi gruss gott grusse good morning afternoon evening dear hello greetings
    there my fraulein miss mister doctor doktor professor professorin
    bonjour bonsoir salut cher chere madame monsieur hola estimada estimado querida
    querido buenos buenas dias tardes senora senor ciao gentile cara caro egregio
    buongiorno salve signora signor ola prezada prezado cara bom boa dia tarde senhora
    beste geachte mevrouw heer dag goedemorgen hoi kjare kara basta witam czesc
    szanowna szanowny pani pan dzien dobry merhaba sayin selam iyi gunler
"""
_Span = tuple[int, int]
# Notes begin with the same few hundred words again and again.
_folded = lru_cache(maxsize=8_192)(fold)
_SALUTATIONS = frozenset(map(fold, _GREETINGS.split())) | TITLES | PARTICLES
# Behind a salutation stands a comma, no farther than this, and a word no longer.
_LONGEST_SALUTATION, _LONGEST_WORD = 60, 30


@signal(
    kind=Kind.PERSONAL,
    group=Group.NOTE,
    weight=0.9,
    since="0.1",
    among=where_seen(MAY_NAME),
)
def names_the_member(request: ContactRequest, context: Context) -> Hit | None:
    """The note greets you by your name.

    Why it matters:
        Whoever writes a name has at least looked whom he or she writes to.

    Known errors:
        Merge fields fill in names too, so it weighs little; a name that the network
        itself put into its default text does not count.

    Source:
        German articles on contact requests: address people by name.
    """
    del request
    span = _greeted(context.note.normal, own_names(context.member))
    if span is None or context.note.find("network_default_text") is not None:
        return None
    return context.note.quote(*span)


def _greeted(note: str, own: frozenset[str]) -> _Span | None:
    """Return where the member's names stand in the salutation of a note."""
    comma = note.find(",", 0, _LONGEST_SALUTATION)
    end = note.find(" ", comma + 2, comma + _LONGEST_WORD) if comma > 0 else -1
    if end > 0:
        # With the word behind it, a salutation ends; the same come again and again.
        span, has_ended = _beginning(note[:end], own)
        if has_ended:
            return span
    return _names_in(note, own)[0]


def _names_in(text: str, own: frozenset[str]) -> tuple[_Span | None, bool]:
    """Return where names stand in a salutation, and whether anything ends it."""
    span: _Span | None = None
    for found in islice(_WORD.finditer(text), SALUTATION_WORDS):
        word = _folded(found.group())
        if word in own:
            span = (span[0] if span else found.start(), found.end())
        elif span or word not in _SALUTATIONS:
            return span, True
    return span, False


_beginning = lru_cache(maxsize=4_096)(_names_in)
