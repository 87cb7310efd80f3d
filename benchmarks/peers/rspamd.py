"""rspamd: its own rules and Bayes in Redis, one worker, nothing looked up outside."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from peers.asking import Answers, Asked, Lesson, PeerError
from peers.daemons import UnixHTTPConnection, children_of, running, seconds_of
from peers.mails import mail

_CONFIG = Path("/etc/rspamd/rspamd.conf")
_PASSWORD = "q1"  # noqa: S105 - of a socket that only we can open
# Modules that look something up, fetch lists, or remember across mails.
_OFF = """
antivirus arc asn dkim dkim_signing dmarc fuzzy_check greylist hfilter history_redis
mid mime_types multimap mx_check neural p0f phishing ratelimit rbl replies reputation
rspamd_update spf surbl url_redirector whitelist
"""
# No name server is ever reached: port 1 of this machine is closed.
_OPTIONS = """
dns {{ nameserver = ["127.0.0.1:1"]; timeout = 0.1s; retransmits = 1; }}
filters = "chartable,regexp";
control_socket = "{run}/control.sock mode=0600";
tempdir = "{run}";
"""
_BAYES = """
backend = "redis";
servers = "{redis}";
min_learns = 1;
min_tokens = 1;
learn_condition = 'return function() return true end';
"""
_UNDECIDED = 0.5
_FEWEST_LEARNED = 0.9
_WARM_UP = 50

Symbols = Mapping[str, Mapping[str, Any]]


class Rspamd:
    """Asks rspamd; processor time of its Redis is not counted."""

    name = "rspamd"
    programs = ("rspamd", "redis-server")

    def answer(self, lessons: Sequence[Lesson], asked: Asked, folder: Path) -> Answers:
        """See ``Peer``."""
        run = folder / "run"
        redis, normal, controller = (
            run / f"{name}.sock" for name in ("redis", "normal", "controller")
        )
        _write_settings(folder, redis=redis, normal=normal, controller=controller)
        store = ["redis-server", "--port", "0", "--unixsocket", str(redis)]
        store += ["--save", "", "--dir", str(run)]
        with (
            running(store, sockets=[redis], log=folder / "redis.log"),
            running(
                _command(folder), sockets=[normal, controller], log=folder / "log"
            ) as rspamd,
        ):
            _learn(controller, lessons)
            worker = _warm_up(normal, rspamd)
            told, seconds = _ask(normal, worker, asked.texts, prefix="a")
            _, seconds_of_notes = _ask(normal, worker, asked.notes, prefix="n")
        return Answers(
            {
                "rules and Bayes": [float(each["score"]) for each in told],
                "Bayes alone": [chance(each["symbols"]) for each in told],
            },
            seconds,
            seconds_of_notes,
            _version(),
        )


def _write_settings(
    folder: Path, *, redis: Path, normal: Path, controller: Path
) -> None:
    for name in ("local.d", "override.d", "maps.d", "db", "run", "logs"):
        (folder / name).mkdir()
    files = {f"{module}.conf": "enabled = false;\n" for module in _OFF.split()}
    files |= {
        "worker-normal.inc": f'bind_socket = "{normal} mode=0600";\ncount = 1;\n',
        "worker-controller.inc": (
            f'bind_socket = "{controller} mode=0600";\npassword = "{_PASSWORD}";\n'
        ),
        "worker-proxy.inc": "enabled = false;\n",
        "options.inc": _OPTIONS.format(run=folder / "run"),
        "logging.inc": 'level = "error";\n',
        "redis.conf": f'servers = "{redis}";\n',
        "classifier-bayes.conf": _BAYES.format(redis=redis),
    }
    for name, text in files.items():
        (folder / "override.d" / name).write_text(text, "utf-8")


def _command(folder: Path) -> list[str]:
    places = {"DBDIR": "db", "RUNDIR": "run", "LOGDIR": "logs", "LOCAL_CONFDIR": ""}
    names = [f"--var={name}={folder / place}" for name, place in places.items()]
    # As root it wants to be told that this is meant.
    return ["rspamd", "--no-fork", "--insecure", f"--config={_CONFIG}", *names]


def _learn(controller: Path, lessons: Sequence[Lesson]) -> None:
    learned = 0
    for number, lesson in enumerate(lessons):
        message = mail(lesson.text, f"l{number:06d}")
        place = "/learnspam" if lesson.is_bad else "/learnham"
        learned += "success" in _post(controller, place, message)
    if learned < _FEWEST_LEARNED * len(lessons):
        reason = f"it learned only {learned} of {len(lessons)} texts"
        raise PeerError(reason)


def _warm_up(normal: Path, rspamd: int) -> int:
    """Return the number of the worker that answers."""
    before = {each: seconds_of(each) for each in children_of(rspamd)}
    for number in range(_WARM_UP):
        _post(normal, "/checkv2", mail(f"Hallo {number}", f"w{number}"))
    # The worker that answered is the child that worked.
    return max(before, key=lambda each: seconds_of(each) - before[each])


def _ask(
    normal: Path, worker: int, texts: Sequence[str], *, prefix: str
) -> tuple[list[dict[str, Any]], float]:
    """Return the answers, and the processor time of the worker for them."""
    before = seconds_of(worker)
    told = [
        _post(normal, "/checkv2", mail(text, f"{prefix}{number:06d}"))
        for number, text in enumerate(texts)
    ]
    return told, seconds_of(worker) - before


def _post(path: Path, place: str, message: bytes) -> dict[str, Any]:
    connection = UnixHTTPConnection(path)
    try:
        connection.request("POST", place, message, {"Password": _PASSWORD})
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
    except (OSError, ValueError) as error:
        reason = f"it did not answer: {error}"
        raise PeerError(reason) from error
    finally:
        connection.close()
    return answer


def chance(symbols: Symbols) -> float:
    """Return the Bayes probability of bad, 0..1; a half where there is none.

    It tells how far the probability is from a half: 0 % is even, 100 % is certain.
    """
    for name, sign in (("BAYES_SPAM", 1), ("BAYES_HAM", -1)):
        if name in symbols:
            (told, *_) = symbols[name].get("options") or ["0%"]
            return _UNDECIDED + sign * float(str(told).rstrip("%")) / 200
    return _UNDECIDED


def _version() -> str:
    done = subprocess.run(
        ["rspamd", "--version"],  # noqa: S607 - as found
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip().rpartition(" ")[2]
