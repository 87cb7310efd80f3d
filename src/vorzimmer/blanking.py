"""Takes names and addresses of people out of texts about others; pure."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import quote, unquote

BLANK = "[…]"
"""What stands in place of a name that was forgotten."""

_WORD = re.compile(r"\w+")
# A shorter end of an address may be a word of everyday.
_TELLING = 6
_IDENTITY = ("name", "email", "profile_url")


def terms_of(
    names: Iterable[str], addresses: Iterable[str], emails: Iterable[str]
) -> set[str]:
    """Return the words by which texts about others may tell of a person.

    A name of one word is none of these: it may be anybody's, or a word.
    """
    found = {name for name in names if len(_WORD.findall(name)) > 1}
    found |= {mail.strip() for mail in emails}
    for address in addresses:
        bare = address.partition("?")[0].partition("#")[0].rstrip("/")
        for form in (bare, unquote(bare), quote(unquote(bare), safe="/:")):
            parts = form.split("/")
            found.add("/".join(parts[-2:]))
            if len(parts[-1]) >= _TELLING and re.search(r"[-\d]", parts[-1]):
                found.add(parts[-1])
    return {each for each in found if _WORD.search(each)}


class Blanking:
    """Takes many terms out of many texts; each is looked for by its longest word."""

    def __init__(self, terms: Collection[str]) -> None:
        """Take the terms."""
        self._by_word: defaultdict[str, list[re.Pattern[str]]] = defaultdict(list)
        # Of two that begin alike, the longer has to come first.
        for term in sorted(terms, key=lambda each: (-len(each), each)):
            longest = max(_WORD.findall(term.casefold()), key=len)
            gaps = r"\s+".join(map(re.escape, term.split()))
            pattern = re.compile(rf"(?<!\w){gaps}(?!\w)", re.IGNORECASE)
            self._by_word[longest].append(pattern)

    def text(self, text: str) -> str:
        """Return a text without the terms."""
        for word in dict.fromkeys(_WORD.findall(text.casefold())):
            for pattern in self._by_word.get(word, ()):
                text = pattern.sub(BLANK, text)
        return text

    def value(self, value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
        """Return what a column holds without the terms; also JSON, and JSON as text."""
        if isinstance(value, str):
            inner = _json_in(value)
            if inner is None:
                return self.text(value)
            blanked = self.value(inner)
            if blanked == inner:
                return value
            return json.dumps(blanked, ensure_ascii=False, separators=(",", ":"))
        if isinstance(value, dict):
            return dict(self._pairs(value))
        if isinstance(value, list):
            return [self.value(each) for each in value]
        return value

    def _pairs(self, value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        for key, each in value.items():
            # Who somebody else is stays whole; a part of the name may be the same.
            is_other = key.startswith("sender_") and key.endswith(_IDENTITY)
            yield self.text(key), each if is_other else self.value(each)


def _json_in(text: str) -> Any:  # noqa: ANN401 - any JSON value
    if text[:1] not in {"{", "["}:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None
