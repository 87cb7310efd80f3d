"""What Vorzimmer keeps: one database, opened here, asked through transactions."""

from vorzimmer.store.corrections import Said
from vorzimmer.store.imports import Brought, ImportRun
from vorzimmer.store.letters import KeptLetter
from vorzimmer.store.store import THE_MEMBER, Reading, Store, Transaction

__all__ = [
    "THE_MEMBER",
    "Brought",
    "ImportRun",
    "KeptLetter",
    "Reading",
    "Said",
    "Store",
    "Transaction",
]
