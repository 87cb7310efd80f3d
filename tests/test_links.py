"""Links are found, taken apart and judged without being opened."""

from __future__ import annotations

import time
from ipaddress import IPv4Address, IPv6Address
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from vorzimmer.links import MOST_LINKS, Link, find_links, shown
from vorzimmer.look_alikes import link_table, skeleton_of

# Brands that are compared with one letter of tolerance.
COMPARED = [
    each
    for each in link_table()["brand"]
    if each["is_coined"] and len(each["name"]) >= 7
]


def only(text: str) -> Link:
    (link,) = find_links(text)
    return link


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mehr dazu: https://example.org/a?b=c#d.", ["https://example.org/a?b=c#d"]),
        ("(siehe https://example.org/a_(b)).", ["https://example.org/a_(b)"]),
        ("„https://example.org/x“", ["https://example.org/x"]),
        ("www.example.org, oder example.com", ["www.example.org", "example.com"]),
        ("HTTPS://EXAMPLE.ORG/A", ["HTTPS://EXAMPLE.ORG/A"]),
        ("evil.example/login jetzt", ["evil.example/login"]),
        ("example.com:8080/a", ["example.com:8080/a"]),
        ("https://example.org/a\nhttps://example.org/b", 2),
        ("mailto:jan@example.org?subject=x", ["mailto:jan@example.org?subject=x"]),
    ],
)
def test_a_link_is_found_without_the_punctuation_around_it(
    text: str, found: list[str] | int
) -> None:
    links = find_links(text)
    assert found in ([link.text for link in links], len(links))
    assert all(text[slice(*link.span)] == link.text for link in links)


@pytest.mark.parametrize(
    "text",
    [
        "Hallo, wie geht es dir? Mir geht es gut.",
        "jan.ott@example.org schreibt an ada.lorenz+verein@example.com",
        "max.de@example.org",
        "Das ist gut.Es freut mich.In der Tat.so ist es",
        "Mein Zeugnis liegt bei: zeugnis.zip und bericht.md",
        "z.B. mit B.Sc. oder M.Sc. am 24.12.2026 um 10.30 Uhr, d.h. bald",
        "Node.js und 192.168.1.20",
        "nicht.eineendung",
        "https://",
        "",
    ],
)
def test_words_and_mail_addresses_are_no_links(text: str) -> None:
    assert find_links(text) == ()


def test_a_link_is_taken_apart() -> None:
    link = only("x https://jan:pw@Shop.Example.co.uk:8443/a/b.exe?token=1#c")
    assert link.scheme == "https"
    assert link.host == "shop.example.co.uk"
    assert link.domain == "example.co.uk"
    assert link.path == "/a/b.exe"
    assert link.has_credentials
    assert link.file_type == "exe"
    assert link.authority_span == (10, 40)


def test_a_backslash_ends_the_host_as_it_does_in_browsers() -> None:
    assert only(r"https://evil.example\@www.linkedin.com/").host == "evil.example"


def test_a_mail_link_has_the_address_as_its_path() -> None:
    link = only("mailto:Jan@example.org?body=secret")
    assert link.is_mailto
    assert (link.host, link.path) == ("example.org", "Jan@example.org")
    assert shown(link) == "mailto:Jan@example.org"


@pytest.mark.parametrize(
    ("host", "brand"),
    [
        ("linkedin-security.example", "linkedin"),
        ("linkedin.com.evil.example", "linkedin"),
        ("linkedin-com.evil.example", "linkedin"),
        ("linkedin.login-portal.example", "linkedin"),
        ("linkedinlogin.example", "linkedin"),
        ("l1nkedin.com", "linkedin"),
        ("Iinkedin.com", "linkedin"),
        ("linkedln.com", "linkedin"),
        ("linkedn.com", "linkedin"),
        ("lindekin.com", None),
        ("linekdin.com", "linkedin"),
        ("línkedin.com", "linkedin"),
        ("linkedin.support", "linkedin"),
        ("x1ng.example", "xing"),
        ("rnicrosoft.com", "microsoft"),
        ("vvhatsapp.com", "whatsapp"),
        ("paypaI.com", "paypal"),
        ("pаypal.com", "paypal"),
        ("gοοgle.com", "google"),
        ("apple-id.example", "apple"),
        ("micr0soft-support.example", "microsoft"),
    ],
)
def test_a_look_alike_names_the_brand(host: str, brand: str | None) -> None:
    assert only(f"https://{host}/x").is_look_alike_of == brand


def test_a_look_alike_in_punycode_is_seen_through() -> None:
    host = f"xn--{'lіnkedin'.encode('punycode').decode()}.example"
    link = only(f"https://{host}/")
    assert link.is_punycode
    assert link.is_look_alike_of == "linkedin"


@pytest.mark.parametrize(
    "host",
    [
        "www.linkedin.com",
        "de.linkedin.com",
        "lnkd.in",
        "www.xing.com",
        "outlook.office.com",
        "calendar.app.google",
        "amazon.co.uk",
        "paypal.de",
        "king.com",
        "ring.example",
        "amazone.example",
        "goggle.example",
        "linkedin-akademie.example",
        "sparkasse-koelnbonn.de",
        "telecom.example",
        "apfel-login.example",
        "login.example.org",
        "grapple-support.example",
    ],
)
def test_an_honest_host_is_no_look_alike(host: str) -> None:
    assert only(f"https://{host}/x").is_look_alike_of is None


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "127.1",
        "0x7f.1",
        "0x.1",
        "017700000001",
        "192.0.2.7:8080",
        "[::1]",
        "[2001:db8::7]",
        "[2001:DB8::7]:8080",
        "[::ffff:192.0.2.7]",
    ],
)
def test_an_address_of_numbers_is_told(host: str) -> None:
    assert only(f"http://{host}/a").is_address_number


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_every_address_of_numbers_is_told(address: IPv4Address | IPv6Address) -> None:
    host = f"[{address}]" if isinstance(address, IPv6Address) else str(address)
    assert only(f"http://{host}/a").is_address_number


@pytest.mark.parametrize(
    "host",
    [
        "325.10.4.7",
        "10.4.7.256",
        "1.2.3.4.5",
        "4294967296",
        "08.1",
        "1..2",
        "[link]",
        "[dein-linkedin-profil]",
        "[::1%25a]",
        "[]",
        "[1.2.3.4]",
        "[12345::]",
    ],
)
def test_what_no_browser_takes_for_an_address_is_none(host: str) -> None:
    link = only(f"http://{host}/a")
    assert not link.is_address_number
    assert link.is_look_alike_of is None


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("bit.ly/3x", "is_shortened"),
        ("https://lnkd.in/e4f", "is_shortened"),
        ("https://calendly.com/ada/15min", "is_booking"),
        ("outlook.office.com/bookwithme/user/x", "is_booking"),
        ("https://wa.me/49151", "is_messenger"),
        ("t.me/ada", "is_messenger"),
    ],
)
def test_a_listed_host_is_told(text: str, flag: str) -> None:
    assert getattr(only(text), flag)


@pytest.mark.parametrize(
    "text",
    ["https://bit.ly.example.org/a", "https://outlook.office.com/mail", "xcal.com/a"],
)
def test_a_host_that_only_resembles_a_listed_one_is_not_told(text: str) -> None:
    link = only(text)
    flags = [link.is_shortened, link.is_booking, link.is_messenger]
    assert not any(flags)


@pytest.mark.parametrize(
    ("path", "file_type"),
    [
        ("rechnung.pdf.exe", "exe"),
        ("a.ZIP", "zip"),
        ("a%2Escr?x=1", "scr"),
        ("index.html", None),
        ("bild.jpg", None),
        ("exe", None),
        ("v1.exe/hilfe", None),
    ],
)
def test_only_a_file_that_can_do_harm_has_a_file_type(
    path: str, file_type: str | None
) -> None:
    assert only(f"https://example.org/files/{path}").file_type == file_type


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("https://example.org/a?token=1#x", "https://example.org/a"),
        ("https://jan:pw@example.org:81/a", "https://example.org/a"),
        ("example.org/a?b", "example.org/a"),
        ("https://pаypal.com/a", "https://xn--pypal-4ve.com/a"),
        ("https://bäckerei.example/a", "https://bäckerei.example/a"),
        ("https://example.org/a\u202egnp.exe", "https://example.org/agnp.exe"),
        (f"https://example.org/{'a' * 300}", f"https://example.org/{'a' * 199}…"),
    ],
)
def test_the_safe_form_has_no_tokens_and_hides_nothing(text: str, safe: str) -> None:
    assert shown(only(text)) == safe


def test_no_more_than_a_hundred_links_are_read() -> None:
    assert len(find_links("https://example.org/a " * 300)) == MOST_LINKS


@given(st.text(alphabet="ab.:/@-w%?#x\\[]()nхü \n0", max_size=200))
def test_any_text_is_read_and_every_link_stands_where_it_says(text: str) -> None:
    for link in find_links(text):
        assert text[slice(*link.span)] == link.text
        start, end = link.authority_span
        assert link.span[0] <= start <= end <= link.span[1]
        assert "?" not in shown(link).removeprefix(link.scheme)


@settings(max_examples=40)
@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=3))
def test_any_host_can_be_judged_and_shown(labels: list[str]) -> None:
    for link in find_links(f"https://{'.'.join(labels)}/ https://xn--{labels[0]}.com"):
        assert link.host == link.host.casefold()
        assert link.host
        assert shown(link)


@pytest.mark.parametrize(
    ("one", "other"),
    [("xing", "XlNG"), ("modern", "modem"), ("ada", "аdа"), ("w0w", "vvow")],
)
def test_labels_that_look_alike_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton_of(one) == skeleton_of(other)


@pytest.mark.parametrize(
    "piece",
    ["a", "a.", "a.de ", "https://", "https://a.b)", "-.", "@a.de", "x.y@", "()."],
)
def test_hostile_text_costs_time_in_proportion_to_its_length(piece: str) -> None:
    find_links("https://example.org")  # lists and suffixes are read once

    def cost(length: int) -> float:
        text = (piece * length)[:length]
        return min(_timed(text) for _ in range(3))

    # Eight times the text: linear work takes 8 times as long, quadratic 64 times.
    assert cost(16_000) < 30 * max(cost(2_000), 50e-6)


def _timed(text: str) -> float:
    begin = time.process_time()
    find_links(text)
    return time.process_time() - begin


@given(
    st.sampled_from([each["name"] for each in COMPARED]),
    st.sampled_from("abeimnorst015-"),
    st.integers(min_value=0, max_value=12),
    st.sampled_from(["leave out", "add", "replace", "turn round"]),
)
def test_a_brand_with_one_letter_off_is_never_missed(
    name: str, sign: str, at: int, change: str
) -> None:
    at %= len(name)
    label = {
        "leave out": name[:at] + name[at + 1 :],
        "add": name[:at] + sign + name[at:],
        "replace": name[:at] + sign + name[at + 1 :],
        "turn round": name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
    }[change]
    is_near = OSA.distance(skeleton_of(label), skeleton_of(name)) <= 1
    host = f"www.{label}.example"
    assert not is_near or only(f"https://{host}/").is_look_alike_of == name


@given(
    st.lists(
        st.sampled_from(
            [
                *("Hallo", "zeit.in", "www.example.org,", "c.de/x", "a.b:", ""),
                *("(https://example.org/a)", "„example.com“\nund", "ftp://1.2.3.4"),
                *("x@example.org", "https://a.example?https://b.example"),
            ]
        ),
        max_size=8,
    )
)
def test_a_link_is_the_same_between_any_other_words(words: list[str]) -> None:
    places = accumulate((len(word) + 1 for word in words), initial=0)
    alone = [
        (link.text, link.host, link.span[0] + place, link.authority_span[1] + place)
        for word, place in zip(words, places, strict=False)
        for link in find_links(word)
    ]
    together = find_links(" ".join(words))
    assert alone == [(e.text, e.host, e.span[0], e.authority_span[1]) for e in together]


def test_a_long_link_is_read_as_a_short_one_is() -> None:
    (short,) = find_links("https://example.org/" + "a" * 20)
    (long,) = find_links("Bitte: https://example.org/" + "a" * 500)
    assert (short.host, short.domain, short.scheme) == (long.host, long.domain, "https")
    assert long.span == (7, 7 + 520)
