"""Reads the public data to measure on, where it is there; nothing is learned from it.

It lies beside the project, in ``shared/data``, and is no part of it. Pages that are
made from it name ids and counts, never its words.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vorzimmer.model import Channel, Kind, Person

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
MISSING = "Not measured: the public data was not there."
LANGUAGES = {"de": "German", "en": "English"}
# The words that others use for two of our kinds.
_KINDS = {"scam": Kind.DANGER, "abusive": Kind.ABUSE}
_CHANNELS = {"first_message": Channel.MESSAGE}
# The German good texts that bad ones are held against that have none of their own.
_GERMAN_GOOD = ("codealltag_fin",)
# A letter and a digit for each that an account's name has; where only the share of
# digits is known, a name is taken to be as long as names are on average.
_LETTER, _DIGIT, _USUAL_LENGTH = "a", "7", 11
_PROFILE = "https://www.linkedin.com/in/"


@dataclass(frozen=True, slots=True)
class PublicNote:
    """A contact-request note of which others say what it is.

    Attributes:
        provenance: From where: received, out of a guide, a tool, a campaign …
    """

    id: str
    lang: str
    truth: Kind
    provenance: str
    channel: Channel | None
    text: str


@dataclass(frozen=True, slots=True)
class PublicText:
    """A text of which others say whether it is bad.

    Attributes:
        is_bad: ``None`` for templates of which nobody says it.
    """

    id: str
    source: str
    lang: str
    is_bad: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which bad texts are told from which good ones.

    Attributes:
        bad: Source of the bad texts.
        good: Sources of the good ones.
        is_part: Whether more good ones are held against these bad ones elsewhere.
    """

    lang: str
    bad: str
    good: tuple[str, ...]
    is_part: bool = False

    @property
    def name(self) -> str:
        """What it is called in a table."""
        if self.good == (self.bad,):
            return f"{self.bad}, its own good ones"
        return f"{self.bad} against {' + '.join(self.good)}"


@dataclass(frozen=True, slots=True)
class PublicProfile:
    """Facts of an account of another network, as far as ours know them too.

    Attributes:
        is_invented: Whether others say that nobody stands behind it.
        sender: Picture, and an address with as many digits; never a real name.
        is_empty: Whether it says nothing about its owner.
    """

    source: str
    is_invented: bool
    sender: Person
    is_empty: bool


def read_public_notes(data: Path = DATA) -> list[PublicNote]:
    """Return the public notes; none where the data is not there."""
    path = data / "notes" / "dev.jsonl"
    if not path.is_file():
        return []
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [
        PublicNote(
            id=row["id"],
            lang=row["lang"],
            truth=_KINDS.get(row["label"]) or Kind(row["label"]),
            provenance=row["provenance"],
            channel=_channel(row["kind"]),
            text=row["text"],
        )
        for row in rows
    ]


def _channel(word: str) -> Channel | None:
    known = {each.value: each for each in Channel} | _CHANNELS
    return known.get(word)


def read_public_texts(data: Path = DATA) -> list[PublicText]:
    """Return the public texts; none where the data is not there."""
    path = data / "text" / "text_dev.csv.gz"
    if not path.is_file():
        return []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return [
            PublicText(
                id=row["id"],
                source=row["source"],
                lang=row["lang"],
                is_bad=float(row["label"]) > 0 if row["label"] else None,
                text=row["text"],
            )
            for row in csv.DictReader(stream)
        ]


def comparisons(texts: Sequence[PublicText]) -> list[Comparison]:
    """Return what is told from what, for each source of bad texts and language.

    A source with good texts of its own is held against these. Others are held against
    all good texts of their language, and each source of them; the German ones against
    mails only, because a machine translated the other good texts.
    """
    found: list[Comparison] = []
    for lang in LANGUAGES:
        own = [text for text in texts if text.lang == lang]
        bad = sorted({text.source for text in own if text.is_bad is True})
        good = tuple(sorted({text.source for text in own if text.is_bad is False}))
        if lang == "de":
            against: tuple[tuple[str, ...], ...] = (_GERMAN_GOOD,)
        else:
            each = tuple((source,) for source in good)
            against = each if len(each) == 1 else (good, *each)
        for source in bad:
            whole, *parts = ((source,),) if source in good else against
            found.append(Comparison(lang, source, whole))
            found += [Comparison(lang, source, each, is_part=True) for each in parts]
    return found


def read_public_profiles(data: Path = DATA) -> list[PublicProfile]:
    """Return accounts; none where the data is not there."""
    folder = data / "profiles"
    return [*_counted_digits(folder), *_share_of_digits(folder)]


def _counted_digits(folder: Path) -> Iterator[PublicProfile]:
    for row in _rows(folder / "instafake.csv"):
        digits, length = int(row["usernameDigitCount"]), int(row["usernameLength"])
        yield PublicProfile(
            source="instafake",
            is_invented=row["isFake"] == "1",
            sender=_sender(row["userHasProfilPic"], digits, length),
            is_empty=row["userBiographyLength"] == "0",
        )


def _share_of_digits(folder: Path) -> Iterator[PublicProfile]:
    for name in ("instagram_train.csv", "instagram_test.csv"):
        for row in _rows(folder / name):
            digits = round(float(row["nums/length username"]) * _USUAL_LENGTH)
            yield PublicProfile(
                source="instagram",
                is_invented=row["fake"] == "1",
                sender=_sender(row["profile pic"], digits, _USUAL_LENGTH),
                is_empty=row["description length"] == "0",
            )


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _sender(picture: str, digits: int, length: int) -> Person:
    letters = _LETTER * max(0, length - digits)
    return Person(
        has_picture=picture == "1",
        profile_url=f"{_PROFILE}{letters}{_DIGIT * digits}",
    )
