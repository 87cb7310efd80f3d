"""Writes docs/reference/quality.md: how often screening is right, wrong or unsure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from vorzimmer.linkedin.cells import profile_url_of
from vorzimmer.model import Channel, ContactRequest, Kind
from vorzimmer.policy_file import preset_policy
from vorzimmer.sample import truths, write_archive
from vorzimmer.sources import screen_archive, screen_requests

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "quality.md"
NOTES = ROOT.parent / "shared" / "data" / "notes" / "dev.jsonl"
# The words that others use for two of our kinds.
OUR_WORD = {"scam": "danger", "abusive": "abuse"}
UNSURE = "unsure"
POLICY = preset_policy("three-reasons")


@dataclass(frozen=True, slots=True)
class Judged:
    """A request whose kind is known, and the kind that leads its assessment."""

    truth: str
    found: str
    language: str = ""


def judge_sample() -> list[Judged]:
    """Screen the open requests of the sample member."""
    kinds = {profile_url_of(url) or url: kind for url, kind in truths().items()}
    with TemporaryDirectory() as folder:
        cards, _ = screen_archive(write_archive(Path(folder)), POLICY)
    return [
        Judged(kinds[url], card.assessment.leading_kind or UNSURE)
        for card in cards
        if (url := card.request.sender.profile_url or "") in kinds
    ]


def judge_notes() -> list[Judged]:
    """Screen the public notes, where they are; nothing was ever trained on them."""
    if not NOTES.exists():
        return []
    rows = [json.loads(line) for line in NOTES.read_text("utf-8").splitlines()]
    channels = {each.value for each in Channel}
    cards = screen_requests(
        [
            ContactRequest(
                id=row["id"],
                network="linkedin" if row["network"] == "linkedin" else None,
                channel=Channel(row["kind"]) if row["kind"] in channels else None,
                note=row["text"],
            )
            for row in rows
        ],
        POLICY,
    )
    return [
        Judged(
            OUR_WORD.get(row["label"], row["label"]),
            card.assessment.leading_kind or UNSURE,
            row["lang"],
        )
        for row, card in zip(rows, cards, strict=True)
    ]


def render(title: str, words: str, judged: list[Judged]) -> str:
    """Return one section: who was taken for what, with precision and recall."""
    kinds = [kind.value for kind in Kind]
    counted = Counter((each.truth, each.found) for each in judged)
    lines = [f"## {title}\n", f"{words}\n"]
    lines.append(
        "| is | n | " + " | ".join([*kinds, UNSURE]) + " | recall | precision |"
    )
    lines.append("|---|---|" + "---|" * (len(kinds) + 3))
    for truth in sorted({each.truth for each in judged}):
        row = [counted[truth, found] for found in [*kinds, UNSURE]]
        called = sum(count for (_, found), count in counted.items() if found == truth)
        right = counted[truth, truth]
        precision = f"{right / called:.2f}" if called else "–"
        cells = [str(count or "·") for count in row]
        lines.append(
            f"| {truth} | {sum(row)} | {' | '.join(cells)} "
            f"| {right / sum(row):.2f} | {precision} |"
        )
    right = sum(each.truth == each.found for each in judged)
    unsure = sum(each.found == UNSURE for each in judged)
    lines.append(
        f"\n{len(judged)} requests: {right / len(judged):.0%} right, "
        f"{unsure / len(judged):.0%} unsure, "
        f"{1 - (right + unsure) / len(judged):.0%} wrong."
    )
    return "\n".join(lines) + "\n"


def sections() -> Iterable[str]:
    """Yield the parts of the page."""
    yield (
        "# How often screening is right\n\n"
        "Made by `make quality`. A row is what requests are, a column what leads\n"
        "their assessment; *unsure* means that no kind is likelier than not, and is\n"
        "no mistake: the desk shows such a request to the member.\n"
    )
    yield render(
        "The sample member",
        "Our own texts. **Wordings were added after reading the misses here, so these"
        " figures flatter**; they show how the kinds are confused, not how good they"
        " are. A blank request counts as standard here, and is rightly *unsure*.",
        judge_sample(),
    )
    notes = judge_notes()
    if not notes:
        yield "## Public notes\n\nNot measured: the data was not there.\n"
        return
    yield render(
        "Public notes, German and English",
        "210 notes found in public repositories, mostly templates, that nobody here"
        " wrote, trained on or tuned with; *scam* counts as danger.",
        notes,
    )
    for language in ("de", "en"):
        chosen = [each for each in notes if each.language == language]
        yield render(f"Public notes: {language}", "The same, by language.", chosen)


if __name__ == "__main__":
    PAGE.write_text("\n".join(sections()), "utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)}")
