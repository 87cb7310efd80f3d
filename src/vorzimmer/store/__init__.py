"""What Vorzimmer keeps: one database, opened here, asked through transactions."""

from vorzimmer.store.brought import EARLIER, KEPT, StoredSource, Told
from vorzimmer.store.corrections import Said
from vorzimmer.store.fading import WITHDREW, Faded
from vorzimmer.store.forgetting import Teller
from vorzimmer.store.imports import Brought, ImportRun
from vorzimmer.store.letters import KeptLetter
from vorzimmer.store.objections import SentObjection
from vorzimmer.store.store import THE_MEMBER, Reading, Store, Transaction

__all__ = [
    "EARLIER",
    "KEPT",
    "THE_MEMBER",
    "WITHDREW",
    "Brought",
    "Faded",
    "ImportRun",
    "KeptLetter",
    "Reading",
    "Said",
    "SentObjection",
    "Store",
    "StoredSource",
    "Teller",
    "Told",
    "Transaction",
]
