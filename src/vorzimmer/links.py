"""Links in a note: taken apart by rules and lists, never opened."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from tldextract import TLDExtract

MOST_LINKS = 100  # no honest note has more; what comes after them is not looked at
# Longer coined names are compared with one letter of tolerance.
_SHORTEST_COMPARED = 7
_LONGEST_SHOWN_PATH, _MOST_PUNCTUATION = 200, 50
# A cheap test that fails for nearly every note without a link; the same, or a colon.
_HINT = re.compile(r"\.[^\W\d_]")
_SIGN = re.compile(r"[.:](?:(?<=:)|(?=[^\W\d_]))")
# Every repetition is bounded, and a bare host starts only where a word starts: the
# search is linear in the text, whatever the text.
_END = r"\s<>\"'“”„«»|"
_CANDIDATE = re.compile(
    rf"(?P<scheme>(?i:https?|ftp))://[^{_END}]{{1,2000}}"
    rf"|(?P<mailto>(?i:mailto)):[^{_END}]{{3,500}}"
    r"|(?<![\w@.\-/+%])(?P<bare>(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})"
    rf"(?![\w@+-]|\.\w)(?::\d{{1,5}})?(?:[/?#][^{_END}]{{0,2000}})?"
)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_SOUNDS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link in a text.

    Attributes:
        text: As written, without the punctuation of the sentence around it.
        span: Where it stands in the text.
        authority_span: Where its host stands in the text, with port and credentials.
        scheme: ``"https"``, ``"http"``, ``"ftp"``, ``"mailto"``; ``""`` when none
            is written.
        host: Host name in lower case, without port and credentials; punycode is
            kept as written.
        domain: The part of the host that somebody registered; the host itself for
            an address of numbers.
        path: Path without query and fragment; of ``mailto``, the mail address.
        is_shortened: Whether a shortening service hides where it leads.
        is_punycode: Whether part of the host is written in punycode (``xn--``).
        has_credentials: Whether a user name stands before the host.
        is_look_alike_of: The brand that the host imitates, if it does.
        is_address_number: Whether the host is an IP address.
        is_mailto: Whether it opens a new mail.
        file_type: Ending of the file it points to (``"exe"``), if opening such
            files can do harm.
        is_booking: Whether it books time in somebody's calendar.
        is_messenger: Whether it leads into a chat outside the network.
    """

    text: str
    span: tuple[int, int]
    authority_span: tuple[int, int]
    scheme: str
    host: str
    domain: str
    path: str
    is_shortened: bool = False
    is_punycode: bool = False
    has_credentials: bool = False
    is_look_alike_of: str | None = None
    is_address_number: bool = False
    is_mailto: bool = False
    file_type: str | None = None
    is_booking: bool = False
    is_messenger: bool = False


@dataclass(frozen=True, slots=True)
class Brand:
    """A name that traps imitate.

    Attributes:
        name: As it stands in addresses.
        domains: Domains that belong to it, besides its name under a country's.
        is_coined: Whether one letter off it can only mean this name.
    """

    name: str
    domains: frozenset[str]
    is_coined: bool


def find_links(text: str) -> tuple[Link, ...]:
    """Return the links of a text in their order, 100 at most.

    Addresses without a scheme count when their ending is known; mail addresses never.
    """
    if "://" not in text and not _HINT.search(text):
        return ()
    return tuple(islice(_links(text), MOST_LINKS))


def shown(link: Link) -> str:
    """Return the form of a link that is safe to read: scheme, host and path.

    Query, fragment, credentials and port are left out, because they carry tokens;
    invisible signs are removed; a host that mixes scripts is shown in punycode.
    """
    if link.is_mailto:
        return f"mailto:{_visible(link.path)}"
    prefix = f"{link.scheme}://" if link.scheme else ""
    path = _visible(link.path)
    if len(path) > _LONGEST_SHOWN_PATH:
        path = f"{path[:_LONGEST_SHOWN_PATH]}…"
    host = ".".join(_ascii_label(label) for label in link.host.split("."))
    return f"{prefix}{host}{path}"


def _links(text: str) -> Iterator[Link]:
    for found in _candidates(text):
        written = _without_punctuation(found.group())
        if found["mailto"]:
            link = _mailto(written, found.start())
        elif found["scheme"]:
            link = _link(written, found.start(), scheme=found["scheme"].casefold())
        elif _is_bare_host(found["bare"], written):
            link = _link(written, found.start(), scheme="")
        else:
            continue
        if link.host:
            yield link


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """Yield what looks like a link; only between blanks with a sign of one."""
    end = 0
    while sign := _SIGN.search(text, end):
        start = text.rfind(" ", end, sign.start()) + 1 or end
        end = text.find(" ", sign.end()) % (len(text) + 1)  # -1 becomes the end
        yield from _CANDIDATE.finditer(text, start, end)


def _link(written: str, start: int, *, scheme: str) -> Link:
    begin = start + (len(scheme) + 3 if scheme else 0)
    authority, anatomy = _anatomy(written, scheme)
    return Link(
        text=written,
        span=(start, start + len(written)),
        authority_span=(begin, begin + len(authority)),
        scheme=scheme,
        **anatomy,
    )


@lru_cache(maxsize=4096)  # the same links come again and again
def _anatomy(written: str, scheme: str) -> tuple[str, dict[str, Any]]:
    """Return the authority of a link, and all of it that does not name its place."""
    authority, path = _split(written[len(scheme) + 3 if scheme else 0 :])
    credentials, _, place = authority.rpartition("@")
    host = _host(place)
    is_number = _is_address_number(host)
    domain = host if is_number else _domain(host)
    return authority, {
        "host": host,
        "domain": domain,
        "path": path,
        "is_shortened": _is_listed(host, path, "shorteners"),
        "is_punycode": any(label.startswith("xn--") for label in host.split(".")),
        "has_credentials": bool(credentials),
        "is_look_alike_of": None if is_number else _imitated(host, domain),
        "is_address_number": is_number,
        "file_type": _file_type(path),
        "is_booking": _is_listed(host, path, "booking"),
        "is_messenger": _is_listed(host, path, "messengers"),
    }


def _mailto(written: str, start: int) -> Link:
    address = unquote(written.partition(":")[2].partition("?")[0])
    host = _host(address.rpartition("@")[2])
    return Link(
        text=written,
        span=(start, start + len(written)),
        authority_span=(start, start + len(written.partition("?")[0])),
        scheme="mailto",
        host=host,
        domain=_domain(host),
        path=address,
        is_mailto=True,
    )


def _without_punctuation(written: str) -> str:
    for _ in range(_MOST_PUNCTUATION):
        last = written[-1:]
        opening = _CLOSING.get(last)
        is_inside = opening and written.count(opening) >= written.count(last)
        if is_inside or not (opening or last in ".,;:!?…*~"):
            break
        written = written[:-1]
    return written


def _split(rest: str) -> tuple[str, str]:
    """Return authority and path; a backslash divides like a slash, as in browsers."""
    authority = re.split(r"[/\\?#]", rest, maxsplit=1)[0]
    path = re.split(r"[?#]", rest[len(authority) :], maxsplit=1)[0]
    return authority, path


def _host(place: str) -> str:
    """Return the host as a browser understands it (WHATWG URL, host parsing)."""
    name = place if place.startswith("[") else place.partition(":")[0]
    plain = unicodedata.normalize("NFKC", _visible(unquote(name))).casefold()
    return re.sub("[。．｡]", ".", plain).strip(".")[:253]


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    hidden = {"Cc", "Cf", "Zl", "Zp"}
    return "".join(c for c in text if unicodedata.category(c) not in hidden)


def _is_address_number(host: str) -> bool:
    """Whether browsers read the host as an IP address (decimal and hexadecimal too)."""
    return host.startswith("[") or bool(re.fullmatch(r"0x[0-9a-f.x]+|[0-9.]+", host))


def _is_bare_host(host: str, written: str) -> bool:
    """Whether words with dots between them are an address, not a missing blank."""
    if host[:4].casefold() == "www.":
        return True
    name = _registered(host.casefold())
    if not name:
        return False
    if len(written) > len(host):
        return True
    ending = host.rpartition(".")[2]
    is_one_case = ending == ending.lower() or host == host.upper()
    doubtful = _lists()["doubtful_suffixes"]
    return is_one_case and len(name) > 1 and ending.casefold() not in doubtful


@lru_cache(maxsize=4096)  # the same hosts come again and again
def _registered(host: str) -> str:
    """Return the label that somebody registered; ``""`` when the ending is none."""
    extracted = _extractor()(host)
    return extracted.domain if extracted.suffix else ""


@lru_cache(maxsize=4096)
def _domain(host: str) -> str:
    extracted = _extractor()(host)
    if extracted.suffix and extracted.domain:
        return f"{extracted.domain}.{extracted.suffix}"
    return ".".join(host.split(".")[-2:])


def _file_type(path: str) -> str | None:
    name = unquote(path).rpartition("/")[2]
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    lists = _lists()
    return ending if ending in lists["dangerous_files"] - lists["page_files"] else None


def _is_listed(host: str, path: str, what: str) -> bool:
    listed = _lists()[what]
    labels = host.split(".")
    first = path.strip("/").partition("/")[0].casefold()
    for begin in range(len(labels) - 1):
        place = ".".join(labels[begin:])
        if place in listed or f"{place}/{first}" in listed:
            return True
    return False


@lru_cache(maxsize=4096)  # the same hosts come again and again
def _imitated(host: str, domain: str) -> str | None:
    """Return the brand that a host imitates, or ``None``."""
    if any(domain in brand.domains for brand in _brands()):
        return None
    own, _, suffix = domain.partition(".")
    label = _decoded(own)
    labels = host.removesuffix(f".{suffix}").split(".")
    words = [word for each in labels for word in re.split("[-_]", _decoded(each))]
    for brand in _brands():
        if label == brand.name:
            # The name itself under a country's or a classic ending belongs to it.
            if _is_classic(suffix):
                return None
            return brand.name
        if _looks_like(label, brand) or _is_baited(words, brand):
            return brand.name
    return None


def _is_classic(suffix: str) -> bool:
    return len(suffix.rpartition(".")[2]) == 2 or suffix in {"com", "net", "org"}


def _looks_like(label: str, brand: Brand) -> bool:
    skeleton, model = skeleton_of(label), skeleton_of(brand.name)
    if skeleton == model:
        return True
    is_compared = brand.is_coined and len(brand.name) >= _SHORTEST_COMPARED
    if not is_compared or abs(len(skeleton) - len(model)) > 1:
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - few notes get here

    return OSA.distance(skeleton, model, score_cutoff=1) <= 1


def _is_baited(words: list[str], brand: Brand) -> bool:
    """Whether the brand stands in a foreign host beside a word that lures."""
    baits, endings = _lists()["baits"], _lists()["false_endings"]
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if _looks_like(word, brand):
            return following in endings or not baits.isdisjoint(words)
        rest = word.removeprefix(brand.name).removesuffix(brand.name)
        if rest != word and rest in baits:
            return True
    return False


@lru_cache(maxsize=4096)  # those of brands are asked for with every new host
def skeleton_of(label: str) -> str:
    """Return the form in which labels that look alike are equal.

    Source: Unicode Technical Standard 39, section 4 (skeleton), with a table cut
    down to Latin look-alikes and with pairs of letters (rn/m, vv/w, cl/d) added.
    """
    bare = unicodedata.normalize("NFD", label.casefold())
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


def _ascii_label(label: str) -> str:
    if all(c.isascii() or "LATIN" in unicodedata.name(c, "") for c in label):
        return label
    return f"xn--{label.encode('punycode').decode('ascii')}"


@cache
def _extractor() -> TLDExtract:
    # Costs 100 ms to import, so only notes with something like a link pay for it. The
    # list that comes with it decides; for examples (RFC 2606), ".example" is added.
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(suffix_list_urls=(), cache_dir=None, extra_suffixes=("example",))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("vorzimmer") / "links.toml").read_text("utf-8"))


@cache
def _lists() -> dict[str, frozenset[str]]:
    table = _table()
    return {
        name: frozenset(entries)
        for name, entries in table.items()
        if isinstance(entries, list) and name != "brand"
    }


@cache
def _brands() -> tuple[Brand, ...]:
    return tuple(
        Brand(each["name"], frozenset(each["domains"]), each["is_coined"])
        for each in _table()["brand"]
    )


@cache
def _confusables() -> dict[int, str]:
    return {
        ord(sign): letter
        for letter, signs in _table()["confusables"].items()
        for sign in signs.casefold()
    }
