"""Writes docs/reference/quality.md: how often screening is right, wrong or unsure.

The same model and the same texts give the same page. Of public data it says ids and
counts, never words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from case_sections import CaseSet, curves, groups_section, section
from judging import (
    Scored,
    held_out_cases,
    note_cases,
    sample_cases,
    scored_texts,
    shipped_screening,
    told,
    unverifiable_scores,
)
from public_data import (
    LANGUAGES,
    MISSING,
    PublicText,
    read_public_notes,
    read_public_profiles,
    read_public_texts,
)
from quality_goals import (
    Goal,
    goals_section,
    held_out_goals,
    note_goals,
    text_goals,
)
from reliability_picture import picture
from text_sections import profiles_section, texts_section
from vorzimmer.model import Kind
from vorzimmer.screening import Screening

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "quality.md"
PICTURE = PAGE.parent / "reliability.svg"

_HEAD = """\
# How often screening is right

<!-- Made by tools/make_quality.py; change model or tool, then: make quality -->

*Unsure* means that no kind is likelier than not. It is no mistake: the desk shows
such a request to the member. A request may be several things; what leads is right
where it is one of them. Behind a share stands, in brackets, where the true one lies
in 95 of 100 cases (Wilson's interval; for areas under a curve, that of Hanley and
McNeil). How to make and read this page: [Measure
quality](../howto/measure-quality.md)."""
_HELD_OUT = """\
Our own training notes, each screened with a model that has not seen its story, as
the request of a sender of whom nothing is known. *None* is ordinary mail. Where a
note is several things, its row is the first of danger, abuse, solicitation,
recruiting, collector, personal, standard. Kinds are about equally common here; in an
inbox they are not, and the usual shares stand in `screening.py`."""
_SAMPLE = """\
The open requests of the invented member of `make desk`, with all that her archive
shows of the senders. Our own text. **Wordings were added after reading the misses
here, so these figures flatter**; they show how kinds are confused, not how good they
are. A blank request counts as standard here, and is rightly *unsure*."""
_NOTES = """\
Notes, messages and mails found in public repositories, mostly templates with masked
places, that nobody here wrote or trained on; *scam* counts as danger, *abusive* as
abuse. They have one label each, so a note that is two things counts as a mistake
where the other one leads."""


def note_set(screening: Screening) -> CaseSet | None:
    """Return the public notes as screened; ``None`` where the data is not there."""
    notes = read_public_notes()
    if not notes:
        return None
    return CaseSet("Public notes", _NOTES, note_cases(notes, screening))


def text_parts(screening: Screening) -> tuple[list[Scored], list[PublicText]]:
    """Return the public texts in our languages as screened, and all others."""
    texts = read_public_texts()
    ours = [text for text in texts if text.lang in LANGUAGES]
    others = [text for text in texts if text.lang not in LANGUAGES]
    return scored_texts(ours, screening), others


def accounts(screening: Screening) -> str:
    """Return the section about accounts of another network."""
    profiles = read_public_profiles()
    if not profiles:
        return f"## Accounts of another network\n\n{MISSING}"
    found = {
        "picture, digits": unverifiable_scores(profiles, screening, with_words=False),
        "picture, digits, words": unverifiable_scores(
            profiles, screening, with_words=True
        ),
    }
    return profiles_section(profiles, found)


def curves_section(sets: Iterable[CaseSet]) -> tuple[str, str]:
    """Return the section with the picture, and the picture."""
    drawn = picture({each.title: curves(each) for each in sets})
    words = (
        "## Does it mean what it says?\n\n"
        "Of what screening calls 80 % likely, 80 % should be so: dots on the broken"
        " line. A dot is the larger the more statements it stands for. Tables are"
        " below, in each section.\n\n"
        f"![Reliability curves: what was said, and how often it was so]({PICTURE.name})"
    )
    return words, drawn


def page() -> tuple[str, str]:
    """Return the page and its picture."""
    told("Our own notes, with models that have not seen their stories (minutes) …")
    held_out = CaseSet("Held-out notes", _HELD_OUT, held_out_cases())
    sample = CaseSet("The sample member", _SAMPLE, sample_cases(), tuple(Kind))
    screening = shipped_screening()
    notes = note_set(screening)
    scored, others = text_parts(screening)
    goals: list[Goal] = [*held_out_goals(held_out)]
    if notes:
        goals += note_goals(notes)
    if scored:
        goals += text_goals(scored)
    words, drawn = curves_section(each for each in (held_out, sample, notes) if each)
    parts = [_HEAD, goals_section(goals), words, section(held_out), section(sample)]
    if notes:
        parts.append(section(notes))
        parts.append(groups_section("Where public notes come from", notes))
    else:
        parts.append(f"## Public notes\n\n{MISSING}")
    if scored:
        parts.append(texts_section(scored, others))
    else:
        parts.append(f"## Public texts: bad or good\n\n{MISSING}")
    parts.append(accounts(screening))
    return "\n\n".join(part.strip() for part in parts) + "\n", drawn


def main() -> int:
    """Measure, write; return the exit status."""
    import draft_quality  # noqa: PLC0415 - not for whoever wants one page only
    import language_quality  # noqa: PLC0415 - the same
    import signal_figures  # noqa: PLC0415 - these need scikit-learn, a second
    import simulate_learning  # noqa: PLC0415
    from held_out import screen_held_out, train_held_out  # noqa: PLC0415

    words, drawn = page()
    PAGE.write_text(words, "utf-8")
    PICTURE.write_text(drawn, "utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)} and {PICTURE.relative_to(ROOT)}")
    # The same models again, so that they are trained once.
    figures = signal_figures.page(screen_held_out(train_held_out()))
    signal_figures.PAGE.write_text(figures, "utf-8")
    print(f"Written: {signal_figures.PAGE.relative_to(ROOT)}")
    language_quality.main()
    return draft_quality.main() + simulate_learning.main()


if __name__ == "__main__":
    sys.exit(main())
