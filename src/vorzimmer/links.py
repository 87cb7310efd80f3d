"""Links in a note: taken apart by rules and lists, never opened."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from ipaddress import IPv6Address
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from vorzimmer.look_alikes import imitated, link_table

if TYPE_CHECKING:
    from tldextract import TLDExtract

MOST_LINKS = 100  # no honest note has more; what comes after them is not looked at
_LONGEST_SHOWN_PATH, _MOST_PUNCTUATION = 200, 50
_LONGEST_KEPT = 200  # what is longer is hardly met again, and would fill memory
# A cheap test that fails for nearly every note without a link.
_HINT = re.compile(r"\.[^\W\d_]")
# What every bare host has, and what every other link has; found fast, since one begins
# with a full stop, one with a colon. To search for either at once takes twice as long.
_DOT = re.compile(r"\.(?<=[\w-]\.)[^\W\d_]{2}")
_SCHEME = re.compile(r":(?://|(?<=[tT][oO]:))")
# Every repetition is bounded, and a bare host starts only where a word starts: the
# search is linear in the text, whatever the text.
_END = r"\s<>\"'“”„«»|"
_CANDIDATE = re.compile(
    rf"(?P<scheme>(?i:https?|ftp))://[^{_END}]{{1,2000}}"
    rf"|(?P<mailto>(?i:mailto)):[^{_END}]{{3,500}}"
    r"|(?<![\w@.\-/+%])(?P<bare>(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})"
    rf"(?![\w@+-]|\.\w)(?::\d{{1,5}})?(?:[/?#][^{_END}]{{0,2000}})?"
)
# Of an address of numbers: hexadecimal, octal or decimal; the last stands for the rest.
_PART = re.compile(r"0x[0-9a-f]*|0[0-7]*|[1-9][0-9]*")
_MOST_PARTS, _BYTE = 4, 256
_CLOSING = {")": "(", "]": "[", "}": "{"}


class Link(NamedTuple):  # one is made in a fifth of the time of a frozen dataclass
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
        is_address_number: Whether the host is an IP address, as browsers read it.
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


_PLACED = Link._fields.index("scheme")  # what stands before it tells where a link is


def find_links(text: str) -> tuple[Link, ...]:
    """Return the links of a text in their order, 100 at most.

    Addresses without a scheme count when their ending is known; mail addresses never.
    """
    signs = [sign.start() for sign in _DOT.finditer(text)]
    if not signs and "://" not in text and not _HINT.search(text):
        return ()
    if schemes := [sign.start() for sign in _SCHEME.finditer(text)]:
        signs = sorted(signs + schemes)
    return tuple(islice(_links_at(signs, text), MOST_LINKS))


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


def _links_at(signs: Iterable[int], text: str) -> Iterator[Link]:
    """Yield the links of a text, where signs of one stand between two blanks."""
    end = -1
    for sign in signs:
        if sign < end:
            continue
        start = text.rfind(" ", 0, sign) + 1
        end = text.find(" ", sign) % (len(text) + 1)  # -1 becomes the end
        piece = text[start:end]
        is_kept = end - start <= _LONGEST_KEPT
        for link in _links_of(piece) if is_kept else _links_of.__wrapped__(piece):
            (first, last), (begin, close) = link.span, link.authority_span
            places = (start + first, start + last), (start + begin, start + close)
            yield Link._make((link.text, *places, *link[_PLACED:]))


@lru_cache(maxsize=4096)  # the same links come again and again
def _links_of(piece: str) -> tuple[Link, ...]:
    """Return the links of what stands between two blanks, 100 at most."""
    links = filter(None, map(_read, _CANDIDATE.finditer(piece)))
    return tuple(islice(links, MOST_LINKS))


def _read(found: re.Match[str]) -> Link | None:
    """Return the link that looks like one, ``None`` if it is none."""
    written, start = _without_punctuation(found.group()), found.start()
    if found["mailto"]:
        link = _mailto(written, start)
    elif found["scheme"]:
        link = _link(written, start, scheme=found["scheme"].casefold())
    elif _is_bare_host(found["bare"], written):
        link = _link(written, start, scheme="")
    else:
        return None
    return link if link.host else None


def _link(written: str, start: int, *, scheme: str) -> Link:
    begin = start + (len(scheme) + 3 if scheme else 0)
    authority, anatomy = _anatomy(written, scheme)
    span = start, start + len(written)
    return Link(written, span, (begin, begin + len(authority)), *anatomy)


@lru_cache(maxsize=4096)  # the same links come again and again
def _anatomy(written: str, scheme: str) -> tuple[str, tuple[Any, ...]]:
    """Return the authority of a link, and all of it that does not name its place."""
    authority, path = _split(written[len(scheme) + 3 if scheme else 0 :])
    credentials, _, place = authority.rpartition("@")
    host = _host(place)
    is_number = _is_number(host)
    domain = host if is_number else _domain(host)
    link = Link(
        text=written,
        span=(0, 0),
        authority_span=(0, 0),
        scheme=scheme,
        host=host,
        domain=domain,
        path=path,
        is_shortened=_is_listed(host, path, "shorteners"),
        is_punycode=any(label.startswith("xn--") for label in host.split(".")),
        has_credentials=bool(credentials),
        is_look_alike_of=None if is_number else imitated(host, domain),
        is_address_number=is_number and _is_address(host),
        file_type=_file_type(path),
        is_booking=_is_listed(host, path, "booking"),
        is_messenger=_is_listed(host, path, "messengers"),
    )
    return authority, link[_PLACED:]


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


def _is_number(host: str) -> bool:
    """Whether a host is no name, but a number or something in its place."""
    return host.startswith("[") or bool(re.fullmatch(r"0x[0-9a-f.x]+|[0-9.]+", host))


def _is_address(number: str) -> bool:
    """Whether browsers read numbers as an IP address (WHATWG URL, host parsing).

    What they refuse opens nothing: a gap that nobody filled, "[your link]", or numbers
    in place of a host that was made unreadable.
    """
    if number.startswith("["):
        return _is_ipv6(number[1:].partition("]")[0])
    parts = number.split(".")
    if len(parts) > _MOST_PARTS or not all(map(_PART.fullmatch, parts)):
        return False
    *first, last = map(_value, parts)
    return all(each < _BYTE for each in first) and last < _BYTE ** (
        _MOST_PARTS - len(first)
    )


def _value(part: str) -> int:
    if part.startswith("0x"):
        return int(f"0{part[2:]}", 16)
    return int(part, 8 if part.startswith("0") else 10)


def _is_ipv6(written: str) -> bool:
    try:
        return IPv6Address(written).scope_id is None
    except ValueError:
        return False


def _is_bare_host(host: str, written: str) -> bool:
    """Whether words with dots between them are an address, not a missing blank."""
    if host[:4].casefold() == "www.":
        return True
    name, suffix = _registered(host.casefold())
    if not (name and suffix):
        return False
    if len(written) > len(host):
        return True
    ending = host.rpartition(".")[2]
    is_one_case = ending == ending.lower() or host == host.upper()
    doubtful = _lists()["doubtful_suffixes"]
    return is_one_case and len(name) > 1 and ending.casefold() not in doubtful


def _domain(host: str) -> str:
    label, suffix = _registered(host)
    return f"{label}.{suffix}" if label and suffix else ".".join(host.split(".")[-2:])


@lru_cache(maxsize=4096)  # the same hosts come again and again
def _registered(host: str) -> tuple[str, str]:
    """Return the label that somebody registered, and the ending; each may be blank."""
    extracted = _extractor()(host)
    return extracted.domain, extracted.suffix


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
def _lists() -> dict[str, frozenset[str]]:
    table = link_table()
    return {
        name: frozenset(entries)
        for name, entries in table.items()
        if isinstance(entries, list) and name != "brand"
    }
