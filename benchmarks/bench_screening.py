"""Measures how many requests a processor screens, in how much memory, how soon one."""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, cast

from many_requests import MEMBER, invented_requests, known_ties
from memory import peak_megabytes
from vorzimmer.acquaintance import Acquaintance
from vorzimmer.bulk import BATCH, Scores
from vorzimmer.cards import make_screening
from vorzimmer.collection import held_back
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.model import ContactRequest
from vorzimmer.note import read_text
from vorzimmer.policy import propose
from vorzimmer.policy_file import preset_policy
from vorzimmer.screening import Screening
from vorzimmer.streams import Work, open_rows, screen_stream
from vorzimmer.translation import translator

REQUESTS = 100_000
PART = 10_000
POLICY = preset_policy("ask-back")
POOL = 20_000
WEB_REQUESTS, WEB_ROUNDS = 300, 3
KEY, PORT = "a-key-for-the-benchmark", 8700


def measure_rates() -> dict[str, float]:
    """Return requests a second of processor time, for each depth of screening."""
    screening = make_screening(
        book=shipped_phrasebook(),
        member=MEMBER,
        acquaintance=Acquaintance(known_ties(), MEMBER),
        weights={},
    )
    depths: dict[str, Callable[[Sequence[ContactRequest]], object]] = {
        "text": lambda some: _text(some, screening),
        "scores": Scores(screening, POLICY).of,
        "evidence": lambda some: _evidence(some, screening),
    }
    seconds: dict[str, list[float]] = {name: [] for name in depths}
    characters = 0
    with held_back():
        for run in depths.values():  # compiled loops, lists, tables
            run(list(invented_requests(BATCH, seed=1)))
        stream = invented_requests(REQUESTS)
        while some := list(islice(stream, PART)):
            characters += sum(len(each.note or "") for each in some)
            for name, run in depths.items():
                seconds[name].append(_seconds(run, some))
    # Each part is of other requests; other work on the machine slows most of them.
    rates = {name: PART / min(spent) for name, spent in seconds.items()}
    means = {f"{name}_mean": REQUESTS / sum(each) for name, each in seconds.items()}
    return rates | means | {"characters": characters / REQUESTS}


def _seconds(
    run: Callable[[Sequence[ContactRequest]], object], some: Sequence[ContactRequest]
) -> float:
    before = time.process_time()
    for first in range(0, len(some), BATCH):
        run(some[first : first + BATCH])
    return time.process_time() - before


def _text(some: Sequence[ContactRequest], screening: Screening) -> object:
    return read_text(
        [each.note or "" for each in some],
        [()] * len(some),
        book=screening.book,
        classifier=screening.classifier,
    )


def _evidence(some: Sequence[ContactRequest], screening: Screening) -> list[object]:
    """Return every score, the proposal, and all evidence in words."""
    words = translator("en")
    return [
        (
            propose(POLICY, each.request, each.assessment),
            [
                (evidence.points, words.say(quote), span)
                for found in each.assessment.kinds.values()
                for evidence in found.evidence
                for quote, span in (evidence.words(),)
            ],
        )
        for each in screening.screen(some)
    ]


def _write_lines(count: int) -> None:
    """Write as many requests as wanted to standard output, as lines of JSON."""
    pool = [
        json.dumps(_fields(each), default=str, ensure_ascii=False).encode() + b"\n"
        for each in invented_requests(POOL, seed=2)
    ]
    for first in range(0, count, POOL):
        sys.stdout.buffer.writelines(pool[: count - first])


def _fields(request: ContactRequest) -> Mapping[str, Any]:
    fields = asdict(request)
    return {"kind": fields.pop("channel"), **fields}


def measure_stream(count: int, form: str) -> dict[str, float]:
    """Return rate and memory from lines of JSON to lines of JSON."""
    # Another process writes them, so that its memory does not count.
    lines = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, __file__, "lines", str(count)], stdout=subprocess.PIPE
    )
    work = Work(policy=POLICY, form=cast(Any, form))
    written = 0
    with lines, open_rows(cast(Any, lines.stdout), "the benchmark") as rows:
        before = time.process_time()
        for screened in screen_stream(rows, work):
            written += len(screened.lines)
        spent = time.process_time() - before
    megabytes = peak_megabytes()
    return {"rate": written / spent, "megabytes": megabytes, "rows": written}


def measure_web() -> dict[str, float]:
    """Return milliseconds of a page of one request, and of one screened anew."""
    from vorzimmer.desk import Desk  # noqa: PLC0415 - for this measurement only
    from vorzimmer.settings import Settings  # noqa: PLC0415 - the same
    from vorzimmer.web.app import create_app  # noqa: PLC0415 - the same
    from vorzimmer.web.serve import get_ready  # noqa: PLC0415 - the same

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "requests.jsonl"
        requests = list(invented_requests(WEB_REQUESTS, seed=5))
        source.write_text(
            "\n".join(json.dumps(_fields(each), default=str) for each in requests)
        )
        settings = Settings(database=str(Path(folder) / "desk.db"), policy="ask-back")
        with Desk.open(settings) as desk:
            desk.import_from(source)
            app = create_app(desk, key=KEY, port=PORT)
            get_ready(desk)
            return asyncio.run(_visit(app, [each.id for each in requests]))


async def _visit(app: Any, ids: Sequence[str]) -> dict[str, float]:  # noqa: ANN401 - ASGI
    keys = app.state.office.keys
    cookie = f"{keys.cookie_name}={keys.cookie}"
    await _ask(app, "GET", "/", cookie)
    pages, facts = [], []
    for number in range(WEB_ROUNDS * len(ids)):
        each = ids[number % len(ids)]
        pages.append(await _ask(app, "GET", f"/?id={each}", cookie))
        form = f"csrf={keys.token}&id={each}&fact=contacts_count&value={number}"
        facts.append(await _ask(app, "POST", "/fact", cookie, form))
    return {
        "page_p50_ms": _quantile(pages, 0.50),
        "page_p99_ms": _quantile(pages, 0.99),
        "screened_p50_ms": _quantile(facts, 0.50),
        "screened_p99_ms": _quantile(facts, 0.99),
    }


async def _ask(app: Any, method: str, path: str, cookie: str, form: str = "") -> float:  # noqa: ANN401 - ASGI
    """Send one request as a server does; return the milliseconds of work for it.

    Of all threads, so it is the time to the answer on a machine that does nothing else.
    """
    place, _, query = path.partition("?")
    host = f"127.0.0.1:{PORT}"
    headers = {
        "host": host,
        "cookie": cookie,
        "origin": f"http://{host}",
        "hx-request": "true",
        "content-type": "application/x-www-form-urlencoded",
    }
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": place,
        "raw_path": place.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(key.encode(), value.encode()) for key, value in headers.items()],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", PORT),
        "state": {},
    }
    sent: list[Mapping[str, Any]] = []

    async def receive() -> Mapping[str, Any]:
        return {"type": "http.request", "body": form.encode(), "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    before = time.process_time()
    await app(scope, receive, send)
    spent = (time.process_time() - before) * 1000
    if sent[0]["status"] != 200:
        sys.exit(f"{method} {path}: {sent[0]['status']}")
    return spent


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


def measure_start() -> dict[str, float]:
    """Return the seconds of the first import, and of the help; the best of five."""
    commands = {
        "import_s": "import vorzimmer.cards, vorzimmer.sources",
        "help_s": "import sys; sys.argv = ['vorzimmer', '--help'];"
        " from vorzimmer.cli import main; main()",
    }
    return {
        name: min(_started(code) for _ in range(5)) for name, code in commands.items()
    }


def _started(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


MEASUREMENTS: dict[str, Callable[[], dict[str, float]]] = {
    "rates": measure_rates,
    "stream_100_000": lambda: measure_stream(100_000, "scores"),
    "stream_1_000_000": lambda: measure_stream(1_000_000, "scores"),
    "stream_answers": lambda: measure_stream(30_000, "answers"),
    "web": measure_web,
    "start": measure_start,
}


def in_a_process_of_its_own(name: str) -> dict[str, float]:
    """Measure in a fresh process, so that its memory is its own."""
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, __file__, name], check=True, capture_output=True, text=True
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def failures(budget: Mapping[str, float]) -> list[str]:
    """Measure all, print it, and return what is slower or larger than it may be."""
    found = {name: in_a_process_of_its_own(name) for name in MEASUREMENTS}
    rates, web, start = found["rates"], found["web"], found["start"]
    small, large = found["stream_100_000"], found["stream_1_000_000"]
    answers = found["stream_answers"]
    print(
        f"One core, {rates['characters']:.0f} characters a note, best part (mean):"
        f" text {rates['text']:,.0f}/s ({rates['text_mean']:,.0f}),"
        f" scores {rates['scores']:,.0f}/s ({rates['scores_mean']:,.0f}),"
        f" evidence {rates['evidence']:,.0f}/s ({rates['evidence_mean']:,.0f})\n"
        f"JSON to JSON: scores {large['rate']:,.0f}/s, {small['megabytes']:.0f} MB for"
        f" 100,000 rows, {large['megabytes']:.0f} MB for 1,000,000;"
        f" answers {answers['rate']:,.0f}/s\n"
        f"Browser, p50 / p99: page {web['page_p50_ms']:.1f} / {web['page_p99_ms']:.1f}"
        f" ms, screened anew {web['screened_p50_ms']:.1f} /"
        f" {web['screened_p99_ms']:.1f} ms; import {start['import_s']:.2f} s,"
        f" help {start['help_s']:.2f} s"
    )
    least = {
        "text": rates["text"],
        "scores": rates["scores"],
        "evidence": rates["evidence"],
        "stream_scores": large["rate"],
        "stream_answers": answers["rate"],
    }
    most = {
        "megabytes": large["megabytes"],
        "growth_in_memory": large["megabytes"] / small["megabytes"],
        **{name: web[name] for name in ("page_p99_ms", "screened_p99_ms")},
        **start,
    }
    return [
        *(
            f"{name}: {value:,.0f}, less than {budget[name]:,}"
            for name, value in least.items()
            if value < budget[name]
        ),
        *(
            f"{name}: {value:.2f}, more than {budget[name]}"
            for name, value in most.items()
            if value > budget[name]
        ),
    ]


if __name__ == "__main__":
    if sys.argv[1] == "lines":
        _write_lines(int(sys.argv[2]))
        sys.exit(0)
    print(json.dumps(MEASUREMENTS[sys.argv[1]]()))
