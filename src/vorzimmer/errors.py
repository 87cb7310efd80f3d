"""What can go wrong, one small class a cause; each message is a sentence for people."""

from __future__ import annotations

from pathlib import PurePath


class VorzimmerError(Exception):
    """Something a person can mend; its text says what, where and how."""


class SourceError(VorzimmerError):
    """A file or folder that cannot be read as a whole."""

    def __init__(self, source: PurePath | str, problem: str, mend: str) -> None:
        """Build the sentence: which source, what is wrong, how to mend it."""
        super().__init__(f"{source}: {problem} {mend}".strip())
        self.source = str(source)
        self.problem = problem
        self.mend = mend


class ConfigurationError(VorzimmerError):
    """A settings or policy file with a mistake in it."""

    def __init__(
        self, file: PurePath | str, line: int, problem: str, nearest: str | None = None
    ) -> None:
        """Build the sentence: file, line, problem, and the nearest valid word.

        A line of 0 is no line: the mistake is not in a file (but in an environment
        variable), or in the file as a whole.
        """
        hint = f' Did you mean "{nearest}"?' if nearest else ""
        place = f"{file}, line {line}" if line else str(file)
        super().__init__(f"{place}: {problem}{hint}")
        self.file = str(file)
        self.line = line
        self.nearest = nearest


class UnknownNameError(VorzimmerError):
    """A name (of a policy, a signal, a request) that does not exist."""

    def __init__(self, name: str, nearest: str | None = None, *, what: str) -> None:
        """Build the sentence, with the nearest name that does exist."""
        hint = f' Did you mean "{nearest}"?' if nearest else ""
        super().__init__(f'There is no {what} "{name}".{hint}')


class StoreError(VorzimmerError):
    """The database cannot be opened, read or written."""


class UndoError(VorzimmerError):
    """There is nothing to undo, or it was undone already."""
