"""A quick look at many notes: what some signals need not be asked about; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from vorzimmer.model import Member
from vorzimmer.names import fold
from vorzimmer.names.sounds import consonants, sound_of
from vorzimmer.names.words import PARTICLES, TITLES

if TYPE_CHECKING:
    from vorzimmer.kernels.glancing import Sought

# What a note may have: one of the member's names among its first words, or a gap of a
# template. Neither is certain; without them, nothing is there.
MAY_NAME, MAY_HAVE_GAP = 1, 2
# "Sehr geehrte Frau Prof. Dr. Brandt": no salutation is longer than this.
SALUTATION_WORDS = 8
# Every gap has one of these, or a program wrote so where it found no name.
GAP_SIGNS = "{[<%*#/"
NOTHING_FOUND = ("null", "undefined", "nan")
_NAMES = re.compile(r"[^\W\d_]+")


def own_names(member: Member) -> frozenset[str]:
    """Return the folded words by which the member may be greeted."""
    return _own_names(member.first_name, member.last_name, member.name)


@lru_cache(maxsize=64)
def _own_names(first: str, last: str, whole: str) -> frozenset[str]:
    name = f"{first} {last}".strip() or whole
    names = {fold(word) for word in _NAMES.findall(name)} - PARTICLES - TITLES
    return frozenset(word for word in names if len(word) > 1)


def glance_at(lines: Sequence[bytes], member: Member) -> list[int]:
    """Return what each of many notes may have.

    Args:
        lines: Notes in their normal form, encoded (``lines.encoded``).
        member: Whose names are looked for.
    """
    # Half a second, so not for a few notes.
    from vorzimmer.kernels import glancing  # noqa: PLC0415 - numba
    from vorzimmer.kernels.ngrams import joined  # noqa: PLC0415 - the same

    seen: list[int] = glancing.glance(
        *joined(lines), _sought(own_names(member))
    ).tolist()
    return seen


@lru_cache(maxsize=64)
def _sought(names: frozenset[str]) -> Sought:
    from vorzimmer.kernels import glancing  # noqa: PLC0415 - the same

    return glancing.sought(
        [consonants(name).encode() for name in sorted(names)],
        GAP_SIGNS.encode(),
        [word.encode() for word in NOTHING_FOUND],
        sound_of=sound_of,
    )
