"""Measures speed and memory, prints them, and fails where a budget is not held."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from pathlib import Path

import bench_campaigns
import bench_contacts
import bench_drafts
import bench_rehearsal
import bench_screening
import bench_session
import learn
from big_archive import write_big_archive
from memory import peak_megabytes
from vorzimmer.desk import Desk
from vorzimmer.settings import Settings

HERE = Path(__file__).parent
SIZES = (0.25, 0.5, 1.0)
ROUNDS = 3


def main() -> int:
    """Run all benchmarks; return how many budgets were not held."""
    budget = tomllib.loads((HERE / "budget.toml").read_text("utf-8"))
    rows = budget["import_and_screen"]
    failures: list[str] = []
    measured: dict[float, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            archive = write_big_archive(
                Path(folder) / f"Complete_LinkedInDataExport_{size}.zip",
                connections=int(rows["connections"] * size),
                messages=int(rows["messages"] * size),
                invitations=int(rows["invitations"] * size),
            )
            runs = [_in_a_process_of_its_own(archive) for _ in range(ROUNDS)]
            measured[size] = min(runs, key=lambda each: each["seconds"])
            _print_row(size, measured[size])
    whole = measured[1.0]
    growth = whole["seconds"] / measured[0.25]["seconds"]
    print(f"4 times the rows cost {growth:.1f} times the seconds.")
    checks = (
        ("seconds", whole["seconds"], rows["seconds"]),
        ("megabytes", whole["megabytes"], rows["megabytes"]),
        ("growth of 4x", growth, rows["growth_of_4x"]),
        (
            "seconds for 1,000 requests",
            1000 / whole["screened_per_second"],
            1000 / budget["screen"]["requests_per_second"],
        ),
        (
            "milliseconds to learn one label",
            learn.measure()["label_200"],
            budget["learn"]["label_ms"],
        ),
    )
    for name, value, most in checks:
        if value > most:
            failures.append(f"{name}: {value:.2f}, more than {most}")
    failures += bench_campaigns.main(budget["campaigns"])
    failures += bench_screening.failures(budget["screening"])
    failures += bench_contacts.run(budget["contacts"])
    failures += bench_drafts.failures(budget["drafts"])
    failures += bench_rehearsal.run(budget["rehearsal"])
    failures += bench_session.run(budget["session"])
    print("\n".join(failures) or "All budgets held.")
    return len(failures)


def _print_row(size: float, run: dict[str, float]) -> None:
    print(
        f"{int(run['rows']):>7,} rows (x{size}): {run['seconds']:5.2f} s, "
        f"{run['megabytes']:4.0f} MB; import {run['import_s']:.2f} s, "
        f"session {run['session_s']:.2f} s for {int(run['open']):,} open requests "
        f"({run['screened_per_second']:,.0f}/s); "
        f"{run['times_csv']:.1f} times csv.reader alone"
    )


def _in_a_process_of_its_own(archive: Path) -> dict[str, float]:
    """Import and screen in a fresh process, so that its memory is its own."""
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, __file__, "--one", str(archive)],
        check=True,
        capture_output=True,
        text=True,
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def measure(archive: Path) -> dict[str, float]:
    """Return seconds and megabytes of one import and its first session."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database=str(Path(folder) / "desk.db"))
        started = time.perf_counter()
        with Desk.open(settings) as desk:
            report = desk.import_from(archive)
            imported = time.perf_counter()
            session = desk.session()
            done = time.perf_counter()
    megabytes = peak_megabytes()
    floor = _csv_reader_alone(archive)
    return {
        "rows": sum(report.counts.values()),
        "open": session.open_count,
        "seconds": done - started,
        "import_s": imported - started,
        "session_s": done - imported,
        "screened_per_second": (session.open_count + session.decided_count)
        / (done - imported),
        "megabytes": megabytes,
        "times_csv": (done - started) / floor,
    }


def _csv_reader_alone(archive: Path) -> float:
    """Return the seconds that unpacking and the standard CSV reader alone take."""
    started = time.perf_counter()
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            text = io.StringIO(opened.read(name).decode(), newline="")
            for _ in csv.reader(text):
                pass
    return time.perf_counter() - started


if __name__ == "__main__":
    if "--one" in sys.argv:
        print(json.dumps(measure(Path(sys.argv[-1]))))
        sys.exit(0)
    sys.exit(main())
