"""SpamAssassin: its own rules and Bayes, one process, nothing looked up outside."""

from __future__ import annotations

import os
import re
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import copy, which

from peers.asking import Answers, Asked, Lesson, PeerError
from peers.daemons import PATIENCE_S, children_of, running, seconds_of
from peers.mails import mail, write_mails

_SITE = Path("/etc/spamassassin")
_RULES = """\
use_bayes 1
bayes_auto_learn 0
bayes_auto_expire 0
bayes_path {state}/bayes
bayes_min_spam_num 1
bayes_min_ham_num 1
skip_rbl_checks 1
dns_available no
add_header all Chance _BAYES_
"""
_SCORE = re.compile(rb"^Spam: \w+ ; (-?[\d.]+) / ", re.MULTILINE)
_CHANCE = re.compile(rb"^X-Spam-Chance: ([\d.]+)", re.MULTILINE)
_UNDECIDED = 0.5
_WARM_UP = 20
_NOBODY = "nobody"


class SpamAssassin:
    """Asks spamd over a socket in the file system: TCP waits 40 ms a mail."""

    name = "SpamAssassin"
    programs = ("spamd", "sa-learn")

    def answer(self, lessons: Sequence[Lesson], asked: Asked, folder: Path) -> Answers:
        """See ``Peer``."""
        site, state = folder / "site", folder / "state"
        site.mkdir()
        state.mkdir()
        for plugins in _SITE.glob("*.pre"):
            copy(plugins, site)
        (site / "local.cf").write_text(_RULES.format(state=state), "utf-8")
        for is_bad, flag in ((True, "--spam"), (False, "--ham")):
            own = [each.text for each in lessons if each.is_bad is is_bad]
            write_mails(own, folder / flag[2:], prefix=flag[2])
            _learn(site, flag, folder / flag[2:])
        _open_to_all(folder)
        path = folder / "spamd.sock"
        with running(_command(site, path), sockets=[path], log=folder / "log") as spamd:
            _ask(path, spamd, ["Hallo"] * _WARM_UP, prefix="w")
            told, seconds = _ask(path, spamd, asked.texts, prefix="a")
            _, seconds_of_notes = _ask(path, spamd, asked.notes, prefix="n")
        return Answers(
            {
                "rules and Bayes": [score for score, _ in told],
                "Bayes alone": [chance for _, chance in told],
            },
            seconds,
            seconds_of_notes,
            _version(),
        )


def _learn(site: Path, flag: str, mails: Path) -> None:
    done = subprocess.run(  # noqa: S603 - programs and settings of our own
        ["sa-learn", f"--siteconfigpath={site}", flag, str(mails)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = f"it did not learn: {done.stderr.strip()[:200]}"
        raise PeerError(reason)


def _command(site: Path, path: Path) -> list[str]:
    # A child that ended would take its processor time with it, so one works for all.
    command = [
        which("spamd") or "spamd",
        *("--local", "--nouser-config", "--max-children=1", "--min-children=1"),
        *("--max-conn-per-child=10000000", "--syslog=stderr"),
        *(f"--siteconfigpath={site}", f"--socketpath={path}", "--socketmode=0600"),
    ]
    # It refuses to work as root.
    return [*command, f"--username={_NOBODY}"] if os.geteuid() == 0 else command


def _open_to_all(folder: Path) -> None:
    """Let the user whom spamd works as read what was learned."""
    folder.chmod(0o711)
    (folder / "state").chmod(0o777)
    for path in (folder / "state").iterdir():
        path.chmod(0o666)


def _seconds(spamd: int) -> float:
    return sum(seconds_of(each) for each in (spamd, *children_of(spamd)))


def _ask(
    path: Path, spamd: int, texts: Sequence[str], *, prefix: str
) -> tuple[list[tuple[float, float]], float]:
    """Return the answers, and the processor time of all of spamd for them."""
    before = _seconds(spamd)
    told = [
        _told(path, mail(text, f"{prefix}{number:06d}"))
        for number, text in enumerate(texts)
    ]
    return told, _seconds(spamd) - before


def _told(path: Path, message: bytes) -> tuple[float, float]:
    """Return score and Bayes probability of a mail."""
    try:
        told = _exchange(path, message)
    except OSError as error:
        reason = f"it did not answer: {error}"
        raise PeerError(reason) from error
    score, chance = _SCORE.search(told), _CHANCE.search(told)
    if score is None:
        reason = f"it answered {told[:80]!r}"
        raise PeerError(reason)
    return float(score[1]), float(chance[1]) if chance else _UNDECIDED


def _exchange(path: Path, message: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asked:
        asked.settimeout(PATIENCE_S)
        asked.connect(str(path))
        head = f"HEADERS SPAMC/1.5\r\nContent-length: {len(message)}\r\n\r\n"
        asked.sendall(head.encode() + message)
        asked.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: asked.recv(65536), b""))


def _version() -> str:
    done = subprocess.run(  # noqa: S603 - programs and settings of our own
        [which("spamd") or "spamd", "--version"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.split("\n")[0].rpartition(" ")[2]
