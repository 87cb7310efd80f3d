"""Keeps the tables that tell languages in the form in which they are read.

As they come they are packed: to unpack them takes half a second at each start, and the
same again to make lists of them. They hold what the library learned, and nothing of
anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from vorzimmer.kept_files import keep_file

_ROW = 256  # a next state for each byte


class Tables(NamedTuple):
    """What the loop reads.

    Attributes:
        classes: Codes of the languages.
        moves: Rows of 256, the next state of each byte.
        rows: Which row is that of a state.
        outputs: The feature that is met in a state; below 0 is none.
        weights: Of each feature, for each language.
        priors: Of each language.
    """

    classes: NDArray[Any]
    moves: NDArray[np.uint32]
    rows: NDArray[np.uint32]
    outputs: NDArray[np.int32]
    weights: NDArray[np.float32]
    priors: NDArray[np.float32]


def shipped_tables(codes: Sequence[str], identifier: Callable[[], Any]) -> Tables:
    """Return the library's tables, unpacked once a machine and version.

    Without a writable cache folder, once a process.

    Args:
        codes: Of the languages that it is held to.
        identifier: Returns a ``LanguageIdentifier`` of these.
    """
    said = f"{version('py3langid')} {version('numpy')} {' '.join(codes)}"
    stamp = blake2b(said.encode(), digest_size=8).hexdigest()
    return tables_in(
        user_cache_path("vorzimmer"), stamp, lambda: _tables_of(identifier())
    )


def tables_in(folder: Path, stamp: str, make: Callable[[], Tables]) -> Tables:
    """Return tables that are kept in a folder, made when they are not there.

    A file that is damaged is replaced, one with another stamp removed: it is large.

    Args:
        folder: Where they are kept, if that is possible.
        stamp: Changes when they do.
        make: Makes them.
    """
    file = folder / f"languages-{stamp}.npz"
    # Missing, cut short, or not ours.
    with suppress(OSError, ValueError, KeyError, EOFError, BadZipFile):
        return _read(file)
    made = make()
    keep_file(file, lambda opened: np.savez(opened, **made._asdict()))
    with suppress(OSError):
        for each in folder.glob("languages-*.npz"):
            if each != file:
                each.unlink(missing_ok=True)
    return made


def _tables_of(identifier: Any) -> Tables:  # noqa: ANN401 - the library has no types
    return Tables(
        classes=np.array(identifier.nb_classes),
        moves=np.asarray(identifier.tk_nextmove, dtype=np.uint32),
        rows=np.asarray(identifier.tk_row, dtype=np.uint32),
        outputs=np.asarray(identifier.tk_output, dtype=np.int32),
        weights=np.ascontiguousarray(identifier.nb_ptc, dtype=np.float32),
        priors=np.asarray(identifier.nb_pc, dtype=np.float32),
    )


def _read(file: Path) -> Tables:
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
        found = Tables(*(kept[name] for name in Tables._fields))
    if not _fits(found):
        raise ValueError
    return found


def _fits(tables: Tables) -> bool:
    """Return whether the loop, which looks nowhere, stays within these tables."""
    _, moves, rows, outputs, weights, priors = tables
    forms = [(each.dtype, each.ndim) for each in tables[1:]]
    wanted: list[tuple[Any, int]] = [
        (np.uint32, 1),
        (np.uint32, 1),
        (np.int32, 1),
        (np.float32, 2),
        (np.float32, 1),
    ]
    if forms != wanted or min(len(each) for each in tables) == 0:
        return False
    return (
        len(rows) == len(outputs)
        and int(moves.max()) < len(rows)
        and _ROW * (int(rows.max()) + 1) <= len(moves)
        and int(outputs.max()) < len(weights)
        and len(tables.classes) == len(priors) == weights.shape[1]
    )
