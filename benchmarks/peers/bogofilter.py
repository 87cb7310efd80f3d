"""bogofilter: Bayes after Robinson and Fisher, all mails in one process."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Sequence
from pathlib import Path

from peers.asking import Answers, Asked, Lesson, PeerError
from peers.mails import write_mails


class Bogofilter:
    """Asks bogofilter, with its own word list and no settings of the machine."""

    name = "bogofilter"
    programs = ("bogofilter",)

    def answer(self, lessons: Sequence[Lesson], asked: Asked, folder: Path) -> Answers:
        """See ``Peer``."""
        lists = folder / "lists"
        lists.mkdir()
        for is_bad, flag in ((True, "-s"), (False, "-n")):
            own = [each.text for each in lessons if each.is_bad is is_bad]
            mails = write_mails(own, folder / f"learn{flag}", prefix=f"l{flag[1]}")
            self._run(lists, flag, mails)
        mails = write_mails(asked.texts, folder / "ask", prefix="a")
        scores, seconds = self._ask(lists, mails)
        mails = write_mails(asked.notes, folder / "notes", prefix="n")
        _, seconds_of_notes = self._ask(lists, mails)
        return Answers({"Bayes": scores}, seconds, seconds_of_notes, _version())

    def _ask(self, lists: Path, mails: Sequence[Path]) -> tuple[list[float], float]:
        """Return the scores of mails, and the processor time that they took."""
        before = _children_seconds()
        told = self._run(lists, "-TT", mails).splitlines()
        seconds = _children_seconds() - before
        scores = {
            line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in told
        }
        return [scores[str(path)] for path in mails], seconds

    def _run(self, lists: Path, flag: str, mails: Sequence[Path]) -> str:
        done = subprocess.run(  # noqa: S603 - programs and settings of our own
            ["bogofilter", "-C", "-d", str(lists), flag, "-b"],  # noqa: S607 - as found
            input="\n".join(map(str, mails)) + "\n",
            capture_output=True,
            text=True,
            check=False,
        )
        # 0, 1 and 2 say what the last mail was.
        if done.returncode > 2:
            reason = f"it failed: {done.stderr.strip()[:200]}"
            raise PeerError(reason)
        return done.stdout


def _version() -> str:
    done = subprocess.run(
        ["bogofilter", "-V"],  # noqa: S607 - as found
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout or done.stderr).split("\n")[0].removeprefix("bogofilter ")


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
