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
# Notes begin with the same few hundred words again and again.
_folded = lru_cache(maxsize=8_192)(fold)
_SALUTATIONS = frozenset(map(fold, _GREETINGS.split())) | TITLES | PARTICLES


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
    own = own_names(context.member)
    span: tuple[int, int] | None = None
    for found in islice(_WORD.finditer(context.note.normal), SALUTATION_WORDS):
        word = _folded(found.group())
        if word in own:
            span = (span[0] if span else found.start(), found.end())
        elif span or word not in _SALUTATIONS:
            break
    if span is None or context.note.find("network_default_text") is not None:
        return None
    return context.note.quote(*span)
