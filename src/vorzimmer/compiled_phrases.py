"""Keeps the compiled phrasebook, so that only the first start has to compile it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import hyperscan
from platformdirs import user_cache_path

from vorzimmer.kept_files import keep_file
from vorzimmer.phrases import Phrase, Phrasebook, compile_phrases, shipped_phrases

_DIGEST_BYTES = 32


@cache
def shipped_phrasebook() -> Phrasebook:
    """Return the phrasebook that comes with the package.

    Compiled once a machine and version; without a writable cache folder, once a
    process, which takes some seconds.
    """
    return phrasebook_in(user_cache_path("vorzimmer"), shipped_phrases())


def phrasebook_in(folder: Path, phrases: Sequence[Phrase]) -> Phrasebook:
    """Return the phrasebook of these phrases, kept in a folder when it can be.

    A file there that is damaged, or made on another kind of processor, is replaced.
    """
    key = blake2b(digest_size=8)
    key.update(version("hyperscan").encode())
    for phrase in phrases:
        key.update(phrase.expression + b"\0")
    file = folder / f"phrases-{key.hexdigest()}.bin"
    database = _load(file)
    if database is None:
        database = compile_phrases(phrases)
        content = hyperscan.dumpb(database)
        keep_file(file, lambda opened: opened.write(_digest(content) + content))
    return Phrasebook(phrases, database)


def _load(file: Path) -> hyperscan.Database | None:
    try:
        kept = file.read_bytes()
    except OSError:
        return None
    digest, content = kept[:_DIGEST_BYTES], kept[_DIGEST_BYTES:]
    if _digest(content) != digest:
        return None
    try:
        database = hyperscan.loadb(content, hyperscan.HS_MODE_BLOCK)
    except hyperscan.error:
        return None
    # Working memory is not kept with the database.
    database.scratch = hyperscan.Scratch(database)
    return database


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST_BYTES).digest()


if __name__ == "__main__":
    shipped_phrasebook()
