"""The consonants of words: equal for every spelling that ``names.fold`` makes one.

To fold a word takes time; to compare consonants rules most words out before.
"""

from __future__ import annotations

from functools import cache

from vorzimmer.names import fold

# Folding only ever touches these, and "ks", which may become "x".
_SILENT = "aeiouyj'’"
_LATIN_END = 0x250
# The bytes of this encoding are the letters and signs of western European texts.
_WESTERN = "cp1252"


def consonants(word: str) -> str:
    """Return the consonants of one word in Latin letters."""
    return word.casefold().translate(_table()).replace("ks", "x")


def plain_consonants(text: str) -> bytes | None:
    """Return the consonants of a text, all words and signs in their order.

    ``None`` where words may be put together otherwise than they stand there: with dots
    inside (S.A.P.), or in other writing than western European.
    """
    if "." in text:
        return None
    letters, silent, unsure = _western()
    if text.isascii():
        western = text.lower().encode("ascii")
    else:
        try:
            western = text.casefold().encode(_WESTERN)
        except UnicodeEncodeError:
            return None
        if len(western.translate(None, unsure)) < len(western):
            return None
    return western.translate(letters, silent).replace(b"ks", b"x")


def sound_of(sign: str) -> str | None:
    """Return the consonants of a letter; ``None`` when it may be anything."""
    if ord(sign) >= _LATIN_END or not sign.isalnum():
        return None
    return consonants(sign)


@cache
def _table() -> dict[int, str]:
    table = {
        code: "".join(each for each in fold(chr(code)) if each not in _SILENT)
        for code in range(0xC0, _LATIN_END)
        if chr(code).isalnum()
    }
    return table | dict.fromkeys(map(ord, _SILENT), "")


@cache
def _western() -> tuple[bytes, bytes, bytes]:
    """Return a letter for each byte, the bytes left out, and those of no one letter."""
    letters, silent, unsure = bytearray(range(256)), bytearray(), bytearray()
    for byte in range(256):
        sign = bytes([byte]).decode(_WESTERN, "replace")
        if sign in _SILENT:
            silent.append(byte)
        elif byte >= 0x80 and sign.isalnum():
            sound = sound_of(sign)
            if sound is None or len(sound) > 1 or not sound.isascii():
                unsure.append(byte)
            elif sound:
                letters[byte] = ord(sound)
            else:
                silent.append(byte)
    return bytes(letters), bytes(silent), bytes(unsure)
