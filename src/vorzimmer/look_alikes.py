"""Hosts that look like those of a brand: compared by skeletons and lists; pure."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

# Longer coined names are compared with one letter of tolerance.
_SHORTEST_COMPARED = 7
_SOUNDS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


@dataclass(frozen=True, slots=True)
class Brand:
    """A name that traps imitate.

    Attributes:
        name: As it stands in addresses.
        domains: Domains that belong to it, besides its name under a country's.
        is_compared: Whether one letter off it can only mean this name.
        skeleton: See ``skeleton_of``.
    """

    name: str
    domains: frozenset[str]
    is_compared: bool
    skeleton: str


@lru_cache(maxsize=4096)  # the same hosts come again and again
def imitated(host: str, domain: str) -> str | None:
    """Return the brand that a host imitates, or ``None``."""
    if domain in _own_domains():
        return None
    own, _, suffix = domain.partition(".")
    label = _decoded(own)
    labels = host.removesuffix(f".{suffix}").split(".")
    words = [word for each in labels for word in re.split("[-_]", _decoded(each))]
    skeleton, skeletons = skeleton_of(label), list(map(skeleton_of, words))
    if not _may_imitate((label, *words), (skeleton, *skeletons)):
        return None
    for brand in _brands():
        if label == brand.name:
            # Under a country's or a classic ending, the name belongs to the brand.
            return None if _is_classic(suffix) else brand.name
        if _looks_like(skeleton, brand) or _is_baited(words, skeletons, brand):
            return brand.name
    return None


def _may_imitate(words: tuple[str, ...], skeletons: tuple[str, ...]) -> bool:
    """Whether parts of a host come near any brand; most come near none.

    Strings that one letter too many, one too few, another one or two turned round tell
    apart are equal once a letter of one of them or of both is left out.
    """
    names, near = _near_brands()
    for word in words:
        if word.startswith(names) or word.endswith(names):
            return True
    for each in skeletons:
        if each in near:
            return True
        for at in range(len(each)):
            if each[:at] + each[at + 1 :] in near:
                return True
    return False


def _is_classic(suffix: str) -> bool:
    return len(suffix.rpartition(".")[2]) == 2 or suffix in {"com", "net", "org"}


def _looks_like(skeleton: str, brand: Brand) -> bool:
    model = brand.skeleton
    if skeleton == model:
        return True
    if not brand.is_compared or abs(len(skeleton) - len(model)) > 1:
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - few notes get here

    return OSA.distance(skeleton, model, score_cutoff=1) <= 1


def _is_baited(words: list[str], skeletons: list[str], brand: Brand) -> bool:
    """Whether the brand stands in a foreign host beside a word that lures."""
    baits, endings = _lures()
    for place, word in enumerate(words):
        if _looks_like(skeletons[place], brand):
            is_followed = not endings.isdisjoint(words[place + 1 : place + 2])
            return is_followed or not baits.isdisjoint(words)
        rest = word.removeprefix(brand.name).removesuffix(brand.name)
        if rest != word and rest in baits:
            return True
    return False


def skeleton_of(label: str) -> str:
    """Return the form in which labels that look alike are equal.

    Source: Unicode Technical Standard 39, section 4 (skeleton), with a table cut
    down to Latin look-alikes and with pairs of letters (rn/m, vv/w, cl/d) added.
    """
    text = label.casefold()
    if not text.isascii():
        bare = unicodedata.normalize("NFD", text)
        text = "".join(c for c in bare if not unicodedata.combining(c))
    text = text.translate(_confusables())
    for pair, single in _SOUNDS:
        text = text.replace(pair, single)
    return text


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").casefold()
    except UnicodeError:
        return label


@cache
def link_table() -> dict[str, Any]:
    """Return the lists by which links are judged."""
    return tomllib.loads((files("vorzimmer") / "links.toml").read_text("utf-8"))


@cache
def _lures() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that lure, and those that imitate the ending of a host."""
    table = link_table()
    return frozenset(table["baits"]), frozenset(table["false_endings"])


@cache
def _brands() -> tuple[Brand, ...]:
    return tuple(
        Brand(
            name := each["name"],
            frozenset(each["domains"]),
            each["is_coined"] and len(name) >= _SHORTEST_COMPARED,
            skeleton_of(name),
        )
        for each in link_table()["brand"]
    )


@cache
def _own_domains() -> frozenset[str]:
    """Return the domains that belong to any brand."""
    return frozenset(domain for brand in _brands() for domain in brand.domains)


@cache
def _near_brands() -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the names of all brands, and what is left of skeletons (``_may_imitate``).

    Of those that are compared, that is also what is left without one of their letters.
    """
    near = {brand.skeleton for brand in _brands()}
    for brand in _brands():
        own = brand.skeleton if brand.is_compared else ""
        near |= {own[:at] + own[at + 1 :] for at in range(len(own))}
    return tuple(brand.name for brand in _brands()), frozenset(near)


@cache
def _confusables() -> dict[int, str]:
    return {
        ord(sign): letter
        for letter, signs in link_table()["confusables"].items()
        for sign in signs.casefold()
    }
