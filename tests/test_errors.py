"""What goes wrong says what, where and how to mend it, in both languages."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from vorzimmer.errors import (
    ConfigurationError,
    SourceError,
    StoreError,
    UndoError,
    UnknownNameError,
    VorzimmerError,
)
from vorzimmer.model import say
from vorzimmer.translation import translator

DE, EN = translator("de"), translator("en")
NO_ZIP = say("This is not a ZIP archive.")
UNPACK = say("Unpack it, and give the folder.")
NO_ACTION = say('"{word}" is no action.', word="hodl")


@pytest.mark.parametrize(
    ("error", "english", "german"),
    [
        (
            SourceError(PurePosixPath("a/b.zip"), NO_ZIP, UNPACK),
            "a/b.zip: This is not a ZIP archive. Unpack it, and give the folder.",
            (
                "a/b.zip: Das ist kein ZIP-Archiv. "
                "Entpacken Sie das Archiv, und nehmen Sie den Ordner."
            ),
        ),
        (
            ConfigurationError("my.toml", 7, NO_ACTION, "hold"),
            'my.toml, line 7: "hodl" is no action. Did you mean "hold"?',
            "my.toml, Zeile 7: Eine Aktion „hodl“ gibt es nicht. Meinten Sie „hold“?",
        ),
        (
            ConfigurationError("WEB_PORT", 0, NO_ACTION, mend=UNPACK),
            'WEB_PORT: "hodl" is no action. Unpack it, and give the folder.',
            (
                "WEB_PORT: Eine Aktion „hodl“ gibt es nicht. "
                "Entpacken Sie das Archiv, und nehmen Sie den Ordner."
            ),
        ),
        (
            UnknownNameError("opn {door}", "open-door", what="policy"),
            'There is no policy "opn {door}". Did you mean "open-door"?',
            (
                "Einen Grundsatz mit dem Namen „opn {door}“ gibt es nicht. "
                "Meinten Sie „open-door“?"
            ),
        ),
        (
            StoreError(say("The file is empty (0 bytes)."), place="own.db"),
            "own.db: The file is empty (0 bytes).",
            "own.db: Die Datei ist leer (0 Bytes).",
        ),
        (
            UndoError(say("This decision was undone already.")),
            "This decision was undone already.",
            "Diese Entscheidung wurde schon rückgängig gemacht.",
        ),
        (
            VorzimmerError(say("This clause needs conditions: when = {{ … }}.")),
            "This clause needs conditions: when = { … }.",
            "Diese Regel braucht Bedingungen: when = { … }.",
        ),
    ],
)
def test_an_error_is_told_in_both_languages(
    error: VorzimmerError, english: str, german: str
) -> None:
    assert str(error) == EN.error(error) == english
    assert DE.error(error) == german


def test_the_place_of_an_error_may_be_told_in_other_words() -> None:
    error = SourceError("/private/place/b.zip", NO_ZIP, UNPACK)
    assert DE.error(error, place="b.zip").startswith("b.zip: Das ist kein ZIP-Archiv.")
    assert EN.error(error, place="").startswith("This is not a ZIP archive.")


@pytest.mark.parametrize("what", ["action", "fact", "policy", "request", "signal"])
def test_every_unknown_name_is_told_in_german(what: str) -> None:
    error = UnknownNameError("x", what=what)  # type: ignore[arg-type] # all there are
    assert "„x“" in DE.error(error)
