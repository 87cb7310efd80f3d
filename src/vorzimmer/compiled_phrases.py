"""Keeps the compiled phrasebook, so that only the first start has to compile it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import IO
from zipfile import BadZipFile

import hyperscan
import numpy as np
from platformdirs import user_cache_path

from vorzimmer.kept_files import keep_file
from vorzimmer.kernels.plain_sieve import Sieve, fits
from vorzimmer.once import once
from vorzimmer.phrases import (
    Phrase,
    Phrasebook,
    compile_phrases,
    shipped_phrases,
    sieve_of,
)

# Changes when what is kept does, other than by other phrases or another Hyperscan.
_FORM = b"3"


@once
def shipped_phrasebook() -> Phrasebook:
    """Return the phrasebook that comes with the package.

    Compiled once a machine and version; without a writable cache folder, once a
    process, which takes some seconds.
    """
    return phrasebook_in(kept_in(), shipped_phrases())


def kept_in() -> Path:
    """Return the folder in which it is kept."""
    return user_cache_path("vorzimmer")


def is_phrasebook_kept() -> bool:
    """Return whether the phrasebook was compiled on this machine before."""
    with suppress(OSError):
        return _place(kept_in(), shipped_phrases()).is_file()
    return False


def _place(folder: Path, phrases: Sequence[Phrase]) -> Path:
    """Return where the phrasebook of these phrases is kept."""
    key = blake2b(_FORM, digest_size=8)
    key.update(version("hyperscan").encode())
    for phrase in phrases:
        key.update(phrase.expression + b"\0")
    return folder / f"phrases-{key.hexdigest()}.npz"


def phrasebook_in(folder: Path, phrases: Sequence[Phrase]) -> Phrasebook:
    """Return the phrasebook of these phrases, kept in a folder when it can be.

    A file there that is damaged, or made on another kind of processor, is replaced.
    """
    file = _place(folder, phrases)
    # Missing, cut short, or not ours.
    broken = (OSError, ValueError, EOFError, BadZipFile, hyperscan.error)
    with suppress(*broken):
        return _read(file, phrases)
    databases, sieve = compile_phrases(phrases), sieve_of(phrases)
    keep_file(file, lambda opened: _write(opened, databases, sieve))
    return Phrasebook(phrases, databases, sieve)


def _write(
    opened: IO[bytes], databases: Sequence[hyperscan.Database], sieve: Sieve
) -> None:
    dumped = [hyperscan.dumpb(each) for each in databases]
    np.savez(opened, *sieve, *(np.frombuffer(each, np.uint8) for each in dumped))


def _read(file: Path, phrases: Sequence[Phrase]) -> Phrasebook:
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
        arrays = [kept[name] for name in kept.files]
    tables, dumped = arrays[: len(Sieve._fields)], arrays[len(Sieve._fields) :]
    if len(tables) < len(Sieve._fields):
        raise ValueError
    sieve = Sieve(*tables)
    if not fits(sieve, wordings=len(phrases), groups=len(dumped)):
        raise ValueError
    databases = []
    for each in dumped:
        database = hyperscan.loadb(each.tobytes(), hyperscan.HS_MODE_BLOCK)
        # Working memory is not kept with the database.
        database.scratch = hyperscan.Scratch(database)
        databases.append(database)
    return Phrasebook(phrases, databases, sieve)


if __name__ == "__main__":
    shipped_phrasebook()
