"""Tries to break the reading of texts with atheris; ``make fuzz`` runs it.

Notes, links, names, policies, contact cards, pasted pages, drafts. What it
looks for: any error but a sentence for people, more than 15 seconds or 900 MB for one
text, evidence that does not stand in the note. Every finding is written to a file that
begins with ``crash-``.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import atheris

WATCHED = [
    "vorzimmer.contact_card",
    "vorzimmer.languages",
    "vorzimmer.links",
    "vorzimmer.drafts",
    "vorzimmer.names",
    "vorzimmer.pasted",
    "vorzimmer.policy_file",
    "vorzimmer.text",
    "vorzimmer.toml_places",
]
with atheris.instrument_imports(include=WATCHED):
    from vorzimmer.contact_card import read_card
    from vorzimmer.drafts import check
    from vorzimmer.errors import VorzimmerError
    from vorzimmer.languages import language_of
    from vorzimmer.links import find_links
    from vorzimmer.model import ContactRequest, Person
    from vorzimmer.pasted import read_paste
    from vorzimmer.policy_file import preset_policy, read_policy
    from vorzimmer.sources import screen_requests

LIMITS = ["-timeout=15", "-rss_limit_mb=900", "-max_len=4000"]
SEEDS = (
    "Guten Tag Frau Thießen, mehr unter https://www.example.org/a?b=c 😀",
    'otherwise = "hold"\n[[clause]]\nname = "a"\nwhen = { danger = { below = 0.7 } }',
    '{"vorzimmer_contact_card": 1, "welcome": ["known"]}',
    "Ida Holm\n· 2nd\nBuyer at Nordkai\n500+ connections\nAnnehmen\nIgnorieren\nMoin!",
    "Guten Tag Frau Holm, ich biete 20 % Rabatt. Hätten Sie 15 Minuten? {{Vorname}}",
)


def try_one(data: bytes) -> None:
    """Read one text as everything that a text can be."""
    text = data.decode("utf-8", "replace")
    for link in find_links(text):
        start, end = link.span
        if text[start:end] != link.text:
            message = f"the link {link.text!r} does not stand where it should"
            raise AssertionError(message)
    language_of(text)
    with suppress(VorzimmerError):
        read_card(data)
    with suppress(VorzimmerError):
        read_paste(text, member="Ida Holm")
    with suppress(VorzimmerError):
        check_findings(text)
    with suppress(VorzimmerError):
        read_policy("fuzzed", text, file="fuzzed.toml")
    request = ContactRequest(id="1", note=text, sender=Person(name=text[:80]))
    (card,) = screen_requests([request], preset_policy("ask-back"))
    for score in card.assessment.kinds.values():
        for evidence in score.evidence:
            if evidence.span and not 0 <= evidence.span[0] <= evidence.span[1] <= len(
                text
            ):
                message = f"{evidence.signal} points outside the note"
                raise AssertionError(message)


def check_findings(text: str) -> None:
    """Check a text as a draft; what is found has to stand in it."""
    for finding in check(text).findings:
        if finding.span and not 0 <= finding.span[0] <= finding.span[1] <= len(text):
            message = f"{finding.rule} points outside the draft"
            raise AssertionError(message)


def main() -> None:
    """Start from small texts, in a folder that keeps what was found new."""
    corpus = Path(__file__).parent / "corpus" / "texts"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        (corpus / str(number)).write_text(seed, "utf-8")
    for seed in SEEDS:  # loads what is loaded once
        try_one(seed.encode())
    atheris.Setup([*sys.argv, *LIMITS, str(corpus)], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
