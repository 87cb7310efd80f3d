"""Which of many senders are strangers, told without looking up each of them; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from vorzimmer.lines import in_lines
from vorzimmer.model import Person
from vorzimmer.names import calls_of
from vorzimmer.names.sounds import consonants, sound_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vorzimmer.kernels.strangers import Known

# By what a sender may be known.
BY_ADDRESS, BY_NAME, BY_PLACE = 1, 2, 4
ANYHOW = BY_ADDRESS | BY_NAME | BY_PLACE


class Strangers:
    """Tells strangers from people who may be known, many at once."""

    def __init__(
        self,
        addresses: Iterable[str],
        names: Iterable[str],
        places: Sequence[Sequence[bytes]],
    ) -> None:
        """Take all that anybody may be known by.

        Args:
            addresses: Keys of addresses (``addresses.keys_of``).
            names: Keys of names (``names.name_keys``).
            places: The consonants of each word of each of the member's places.
        """
        # Half a second, so not for a few senders.
        from vorzimmer.kernels import places as hearing  # noqa: PLC0415 - numba
        from vorzimmer.kernels import strangers  # noqa: PLC0415 - the same

        self._kernel = strangers
        self._may_name = hearing.may_name
        self._places = hearing.places_of(places, sound_of=sound_of)
        self._known: Known = strangers.known_of(
            [key.rpartition("/")[2] for key in addresses if key.startswith("p:")],
            [pair for key in names for pair in _pairs(key)],
            sound_of=sound_of,
        )

    def ways(self, senders: Sequence[Person]) -> list[int]:
        """Return by what each sender may be known; 0 is a stranger for certain."""
        addresses = _lines([each.profile_url or "" for each in senders])
        by_address = self._kernel.may_be_at(addresses, len(senders), self._known)
        by_address |= np.array([bool(each.email) for each in senders], np.bool_)
        names = _lines([each.name or "" for each in senders])
        by_name = self._kernel.may_be_named(names, len(senders), self._known)
        by_place = self._may_share_place(senders)
        ways = BY_ADDRESS * by_address + BY_NAME * by_name + BY_PLACE * by_place
        found: list[int] = ways.tolist()
        return found

    def _may_share_place(self, senders: Sequence[Person]) -> NDArray[np.bool_]:
        """Return whose company or headline may name one of the member's places."""
        texts = [f"{each.company or ''}|{each.headline or ''}" for each in senders]
        return self._may_name(_lines(texts), len(texts), self._places)


def _lines(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer(in_lines(texts), np.uint8)


def _pairs(key: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield the consonants of the names that may have a key, first and last name."""
    words = key.partition(" ")[::2]
    one, other = (consonants(each).encode() for each in words)
    for first, sound, last in ((words[0], one, other), (words[1], other, one)):
        yield sound, last
        for call in calls_of(first):
            yield consonants(call).encode(), last
