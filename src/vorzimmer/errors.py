"""What can go wrong, one small class a cause; each is told in sentences for people."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import PurePath
from typing import Literal

from vorzimmer.model import Sentence, say


class VorzimmerError(Exception):
    """Something a person can mend; it says what, where and how.

    Attributes:
        sentences: What is wrong and how to mend it, one after the other.
        place: Where it is wrong; ``""`` where that says itself.
    """

    def __init__(self, *sentences: Sentence, place: str | Sentence = "") -> None:
        """Take what is to be said."""
        super().__init__(*sentences)
        self.sentences = sentences
        self.place = place

    def __str__(self) -> str:
        """Return all of it in English."""
        return self.said(str)

    def said(
        self, say_it: Callable[[str | Sentence], str], *, place: str | None = None
    ) -> str:
        """Return all of it in some language.

        Args:
            say_it: Says a sentence in that language; a string is verbatim.
            place: What to call the place; ``None`` is the error's own word for it.
        """
        words = " ".join(say_it(each) for each in self.sentences)
        where = say_it(self.place if place is None else place)
        return f"{where}: {words}" if where else words


class SourceError(VorzimmerError):
    """A file or folder that cannot be read as a whole."""

    def __init__(
        self, source: PurePath | str, problem: Sentence, mend: Sentence
    ) -> None:
        """Say which source, what is wrong with it, how to mend it."""
        super().__init__(problem, mend, place=str(source))
        self.source = str(source)


class ConnectionLostError(SourceError):
    """A server that does not answer, or does not any more; worth another try."""


class ConfigurationError(VorzimmerError):
    """A settings or policy file with a mistake in it."""

    def __init__(
        self,
        file: PurePath | str,
        line: int,
        problem: Sentence,
        nearest: str | None = None,
        *,
        mend: Sentence | None = None,
    ) -> None:
        """Say the file, the line, the problem, how to mend it.

        Args:
            file: The file, or the variable of the environment.
            line: From 1; 0 is no line: a variable, or the file as a whole.
            problem: What is wrong there.
            nearest: The valid word that was most likely meant, if there is one.
            mend: What to write instead, where the problem does not say it.
        """
        place = say("{file}, line {line}", file=str(file), line=line)
        more = [mend] if mend else []
        super().__init__(
            problem, *more, *_hint(nearest), place=place if line else str(file)
        )
        self.file = str(file)
        self.line = line
        self.nearest = nearest


class UnknownNameError(VorzimmerError):
    """A name (of a policy, a signal, a request) that does not exist."""

    def __init__(
        self,
        name: str,
        nearest: str | None = None,
        *,
        what: Literal[
            "action",
            "chart",
            "fact",
            "invitation",
            "kept",
            "letter",
            "mailbox",
            "person",
            "policy",
            "request",
            "setting",
            "signal",
            "source",
        ],
    ) -> None:
        """Say that there is none, and the nearest name that does exist."""
        sentence = {
            "action": say('There is no action "{name}".', name=name),
            "chart": say('There is no chart "{name}".', name=name),
            "fact": say('There is no fact "{name}" that you can enter.', name=name),
            "invitation": say("This mail is not kept any more. Please give it again."),
            "kept": say('There is nothing to keep by the name "{name}".', name=name),
            "letter": say('There is no template "{name}".', name=name),
            "mailbox": say('There is no mailbox "{name}" in the settings.', name=name),
            "person": say("Nobody here is called so: {name}", name=name),
            "policy": say('There is no policy "{name}".', name=name),
            "request": say('There is no request "{name}".', name=name),
            "setting": say('There is no network setting "{name}".', name=name),
            "signal": say('There is no signal "{name}".', name=name),
            "source": say('There is no source "{name}".', name=name),
        }[what]
        super().__init__(sentence, *_hint(nearest))
        self.what = what
        self.nearest = nearest


class ReactionError(VorzimmerError):
    """An action that is not possible where the request stands."""


class ActingError(VorzimmerError):
    """A network did not do what it was asked to; another try is safe."""


class StoreError(VorzimmerError):
    """The database cannot be opened, read or written."""


class OtherMemberError(VorzimmerError):
    """A source that belongs to somebody else than the database does."""

    def __init__(self, new: str, known: str) -> None:
        """Say to whom the source belongs, to whom the database, and what to do."""
        super().__init__(
            say(
                "This source belongs to {new}, but this desk to {known}.",
                new=new,
                known=known,
            ),
            say(
                "Use a database of its own: name another one in the settings, or in"
                " VORZIMMER_DATABASE."
            ),
        )


class WritingError(VorzimmerError):
    """Output, or a file needed for a while, that cannot be written."""

    def __init__(self, error: OSError, file: PurePath | str = "") -> None:
        """Say what the system says, and what to do.

        Args:
            error: Of the system.
            file: Which; ``""`` where nobody named it.
        """
        if error.errno == errno.ENOSPC:
            problem = say("The disk is full, so not everything could be written.")
        else:
            why = error.strerror or str(error)
            problem = say(
                "Not everything could be written; the system says: {why}.", why=why
            )
        mend = say("Make room, or choose another place.")
        super().__init__(problem, mend, place=str(file))


class PasteError(VorzimmerError):
    """A pasted text that cannot be taken in, or says nothing of a request."""


class ForgettingError(VorzimmerError):
    """Something that cannot be forgotten as it was asked."""


class NotAgreedError(VorzimmerError):
    """A question that was not answered with yes; nothing was done."""


class UndoError(VorzimmerError):
    """There is nothing to undo, or it was undone already."""


class MeetingError(VorzimmerError):
    """Something that cannot be noted of a person to meet, or of an introduction."""


class DraftError(VorzimmerError):
    """A draft, or what is said of its recipient, that cannot be read."""


def _hint(nearest: str | None) -> tuple[Sentence, ...]:
    return (say('Did you mean "{nearest}"?', nearest=nearest),) if nearest else ()
