"""Letters on the desk: proposed, edited, kept; own templates in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from vorzimmer.desk import Desk
from vorzimmer.errors import (
    ConfigurationError,
    SourceError,
    UnknownNameError,
    WritingError,
)
from vorzimmer.form_of_address import Manner
from vorzimmer.letters import LettersDesk, folder_of, open_templates
from vorzimmer.model import Action
from vorzimmer.settings import LetterSettings, Settings
from web_client import line, open_desk

OWN = """+++
title = "Meine Frage"
action = "ask"
+++
{{ salutation }},

worum geht es?

{{ closing }}
"""
LINES = [
    line("blank", "", name="Eva Lüders", location="Hamburg, Deutschland"),
    line(
        "pitch",
        "Hallo, hättest du 15 Minuten für eine kostenlose Demo unserer Lösung? Ich"
        " steigere deinen Umsatz um 30 %.",
        name="Rex Vertrieb",
    ),
    line("asker", "I read your paper on crates. Could I ask you about the lids?"),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, LINES) as opened:
        folder = LetterSettings(folder=tmp_path / "letters")
        opened.settings = replace(opened.settings, letters=folder)
        opened.letters = LettersDesk(
            opened.settings,
            opened._store,  # noqa: SLF001 - the settings of this test
            now=opened._now,  # noqa: SLF001 - the same
            card=opened.card,
            objection=opened.objection.of,
        )
        yield opened


def proposed(desk: Desk, request_id: str, action: Action) -> tuple[str, Manner]:
    draft = desk.letters.draft(request_id, action=action)
    assert draft is not None
    return draft.template.name, draft.manner


def test_a_letter_fits_what_the_request_looks_like_and_how_it_speaks(
    desk: Desk,
) -> None:
    assert proposed(desk, "blank", Action.ASK) == ("question-blank", Manner.SIE)
    assert proposed(desk, "pitch", Action.ASK) == ("question-offer", Manner.DU)
    assert proposed(desk, "pitch", Action.DECLINE) == ("decline-offer", Manner.DU)
    assert proposed(desk, "asker", Action.DECLINE) == ("decline", Manner.ENGLISH)
    assert desk.letters.draft("asker", action=Action.BLOCK) is None


def test_no_objection_is_proposed_to_a_first_advertisement(desk: Desk) -> None:
    desk.decide("pitch", Action.DECLINE)
    assert proposed(desk, "pitch", Action.DECLINE)[0] == "decline-offer"


def test_another_template_and_manner_can_be_chosen(desk: Desk) -> None:
    typed = {"person": "Jonas Falk", "company": "not typed in"}
    draft = desk.letters.draft(
        "asker", template="introduction", manner=Manner.SIE, typed=typed
    )
    assert draft
    assert "mit Jonas Falk ins Gespräch kommen. Soweit ich weiß" in draft.text
    assert draft.letter.missing == ("reason",)
    with pytest.raises(UnknownNameError, match='Did you mean "decline"'):
        desk.letters.draft("asker", template="declin")
    with pytest.raises(UnknownNameError):
        desk.letters.draft("nobody")


def test_edited_versions_are_kept_and_the_newest_is_shown(desk: Desk) -> None:
    def keep(text: str) -> bool:
        return desk.letters.keep("asker", "decline", Manner.ENGLISH, text)

    assert keep("First\r\nversion\n")
    assert not keep("First\nversion")
    assert keep("Second version")
    assert [each.text for each in desk.letters.kept("asker")] == [
        "Second version",
        "First\nversion",
    ]
    draft = desk.letters.draft("asker", template="decline")
    assert draft
    assert (draft.text, draft.is_kept) == ("Second version", True)
    other = desk.letters.draft("asker", template="reply")
    assert other
    assert not other.is_kept
    with pytest.raises(UnknownNameError):
        desk.letters.keep("nobody", "decline", Manner.ENGLISH, "x")
    with pytest.raises(UnknownNameError):
        desk.letters.keep("asker", "no-such", Manner.ENGLISH, "x")


def test_an_own_template_is_written_and_goes_before_others(desk: Desk) -> None:
    file = desk.letters.write_own("question-standard", Manner.SIE, OWN)
    assert file.read_text("utf-8") == OWN
    made = desk.letters.templates().named("question-standard", Manner.SIE)
    assert made.is_own
    assert "worum geht es?" in desk.letters.preview(made).text
    card = desk.card("blank")
    assert "Eva Lüders" in desk.letters.preview_for(card, made).text
    # There is none in English, so the nearest manner is taken.
    desk.letters.write_own("mine", Manner.DU, OWN)
    assert desk.letters.templates().named("mine", Manner.ENGLISH).manner is Manner.DU


def test_on_a_full_disk_an_own_template_stays_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.letters.write_own("mine", Manner.SIE, OWN)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(WritingError):
        desk.letters.write_own("mine", Manner.SIE, OWN.replace("worum", "wovon"))
    assert file.read_text("utf-8") == OWN


def test_what_is_wrong_is_not_written(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"line 7: There is no slot"):
        desk.letters.write_own("mine", Manner.SIE, OWN.replace("worum", "{{ wrm }}"))
    for name in ("../mine", "", "Mine", "a" * 61):
        with pytest.raises(ConfigurationError, match="small letters"):
            desk.letters.write_own(name, Manner.SIE, OWN)
    assert not (tmp_path / "letters").exists()
    (tmp_path / "letters").write_text("a file, no folder")
    with pytest.raises(WritingError):
        desk.letters.write_own("mine", Manner.SIE, OWN)


def test_a_file_with_a_mistake_hinders_no_other(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "bad.en.txt").write_text("no head", "utf-8")
    (folder / "latin.en.txt").write_bytes(b"\xff\xfe")
    (folder / "mine.de-sie.txt").write_text(OWN, "utf-8")
    found = desk.letters.templates()
    assert set(found.mistakes) == {"bad.en.txt", "latin.en.txt"}
    assert isinstance(found.mistakes["latin.en.txt"], SourceError)
    assert "mine" in found.names


def test_own_templates_lie_beside_the_settings_unless_set(tmp_path: Path) -> None:
    plain = Settings(database="sqlite://")
    assert folder_of(plain) is None
    assert open_templates(plain).mistakes == {}
    beside = replace(plain, file=tmp_path / "vorzimmer.toml")
    assert folder_of(beside) == tmp_path / "letters"


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    with (
        open_desk(tmp_path) as opened,
        pytest.raises(ConfigurationError, match=r"letters\.folder"),
    ):
        opened.letters.write_own("mine", Manner.SIE, OWN)
