"""Runs the command line in tests, away from everything that is the member's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from vorzimmer import cli

NASTY = "Rex \x1b[2J\x9b1m[bold red]Boss[/bold red]\u202egnp"
LINES = (
    {"id": "a", "note": "", "sender": {"name": NASTY, "headline": "[link=x]here"}},
    {"id": "b", "note": "Guten Tag", "sender": {"name": "Jörg Ünal"}},
    {"id": "c", "kind": "fax"},
)
# The command as a process of its own.
COMMAND = "from vorzimmer.cli import main; main()"


class CommandLine:
    """The command with settings and database in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        """Write settings and three requests into the folder; the third is none."""
        self.database = folder / "own.db"
        self.settings = folder / "vorzimmer.toml"
        self.settings.write_text(f'database = "{self.database.as_posix()}"\n', "utf-8")
        self.lines = str(folder / "requests.jsonl")
        rows = "\n".join(json.dumps(each) for each in LINES)
        Path(self.lines).write_text(rows, "utf-8")

    def set(self, line: str) -> None:
        """Add a line, the second, to the settings."""
        text = self.settings.read_text("utf-8").splitlines()[0]
        self.settings.write_text(f"{text}\n{line}\n", "utf-8")

    def __call__(
        self, *arguments: str, given: str = "", **environment: str | None
    ) -> Any:  # noqa: ANN401 - typer does not name it
        """Run it, with ``given`` on standard input, and return how it ended."""
        return CliRunner().invoke(
            cli.app,
            ["--settings", str(self.settings), *arguments],
            input=given,
            env={"LC_ALL": "C", "COLUMNS": "100", **environment},
        )
