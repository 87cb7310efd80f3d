"""Measures how many campaigns are found, how fast, and with how much memory.

The sets are made from seeds other than those with which thresholds were chosen.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campaign_sets import NoteSet, make_set
from memory import peak_megabytes
from vorzimmer.campaigns import bulk
from vorzimmer.campaigns.index import NoteIndex
from vorzimmer.text import normalise

# Thresholds were chosen with seeds 11 to 17 and 2027.
QUALITY_SEED, SPEED_SEED = 3031, 3032
JOBS = min(2, os.cpu_count() or 1)
NEW_NOTES = 2_000
ROUNDS = 2

Labels = NDArray[np.int64]
Checks = Iterable[tuple[str, float, float]]


def main(budget: Mapping[str, Any]) -> list[str]:
    """Run all, print the figures; return which budgets were not held.

    Args:
        budget: The table ``campaigns`` of budget.toml.
    """
    failures: list[str] = []
    for name in ("plain", "hard"):
        found = quality(
            make_set(budget["notes"], seed=QUALITY_SEED, is_hard=name == "hard")
        )
        print(f"Campaigns, {name} set: {_in_words(found)}")
        for part in ("precision", "recall"):
            least = budget[name][part]
            if found["all"][part] < least:
                failures.append(f"{name} {part}: {found['all'][part]:.4f} < {least}")
    for what, value, most in _speed(budget):
        if value > most:
            failures.append(f"campaigns, {what}: {value:.2f}, more than {most}")
    return failures


def quality(made: NoteSet) -> dict[str, dict[str, float]]:
    """Return precision and recall over pairs, of all notes and by share of noise."""
    lines = [normalise(note).encode("utf-8", "replace") for note in made.notes]
    labels = bulk.cluster(lines, jobs=JOBS).labels.astype(np.int64)
    campaigns = np.array(made.campaigns)
    noise = np.array(made.noise)
    is_in = campaigns >= 0
    both = _pairs(campaigns[is_in], labels[is_in])
    result = {
        "all": {
            "precision": both / max(1, _pairs(labels)),
            "recall": both / _pairs(campaigns[is_in]),
        }
    }
    for level in sorted(set(made.noise)):
        at = is_in & (noise == level)
        both = _pairs(campaigns[at], labels[at])
        result[f"{level:.0%}"] = {
            "precision": both / max(1, _pairs(labels[at])),
            "recall": both / _pairs(campaigns[at]),
        }
    return result


def _pairs(*labels: Labels) -> int:
    """Return how many pairs of notes have all labels in common."""
    counts = np.unique(np.stack(labels, 1), axis=0, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def _in_words(found: Mapping[str, Mapping[str, float]]) -> str:
    return "; ".join(
        f"{level}: P {each['precision']:.4f} R {each['recall']:.4f}"
        for level, each in found.items()
    )


def _speed(budget: Mapping[str, Any]) -> Checks:
    sizes: Sequence[int] = budget["sizes"]
    measured: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "notes.txt"
        made = make_set(sizes[-1], seed=SPEED_SEED, is_hard=False)
        text = "\n".join(" ".join(note.split()) for note in made.notes)
        file.write_text(text, "utf-8")
        del made, text
        for size in sizes:
            runs = [_in_a_process_of_its_own(file, size) for _ in range(ROUNDS)]
            best = min(runs, key=lambda each: each["seconds"])
            measured.append(best)
            print(
                f"{size:>9,} notes: {best['seconds']:5.2f} s on {JOBS} cores"
                f" ({best['cpu']:.1f} s of one core; normal forms before that:"
                f" {best['normal_forms']:.1f} s), {best['megabytes']:,.0f} MB"
            )
        for name in ("seconds", "megabytes"):
            yield name, measured[-1][name], budget[name]
        for (one, less), (other, more) in pairwise(zip(sizes, measured, strict=True)):
            times = more["cpu"] / less["cpu"] / (other / one)
            yield f"growth from {one:,} to {other:,}", times, budget["growth"]
        took = _one_by_one(file, budget["stored"])
    p99 = quantiles(took, n=100)[98]
    print(
        f"One new note at {budget['stored']:,}: {median(took) * 1e6:.0f} µs in the"
        f" middle, {p99 * 1e6:.0f} µs at p99"
    )
    yield "milliseconds of a new note (p99)", p99 * 1000, budget["new_note_ms"]


def _one_by_one(file: Path, stored: int) -> list[float]:
    """Return how long each of some new notes took, in seconds."""
    lines = _read(file, stored + NEW_NOTES)
    index = NoteIndex(lines[:stored], jobs=JOBS)
    took = []
    for line in lines[stored:]:
        started = time.perf_counter()
        index.add(line)
        took.append(time.perf_counter() - started)
    return took


def _read(file: Path, count: int) -> list[bytes]:
    with file.open(encoding="utf-8") as notes:
        return [
            normalise(note).encode("utf-8", "replace")
            for note, _ in zip(notes, range(count), strict=False)
        ]


def _in_a_process_of_its_own(file: Path, count: int) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, __file__, str(file), str(count)],
        check=True,
        capture_output=True,
        text=True,
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def measure(file: Path, count: int) -> dict[str, float]:
    """Return seconds and megabytes of grouping the first notes of a file."""
    # Whatever is loaded at the first call is loaded now.
    bulk.cluster([b"wir sehen uns am montag in bremen wieder"] * 2, jobs=JOBS)
    began = time.perf_counter()
    lines = _read(file, count)
    started, cpu = time.perf_counter(), time.process_time()
    bulk.cluster(lines, jobs=JOBS)
    return {
        "normal_forms": started - began,
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - cpu,
        "megabytes": _peak_megabytes(),
    }


def _peak_megabytes() -> float:
    # What getrusage says begins with the peak of the process that started this one.
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8"))
        if found:
            return int(found[1]) / 1024
    return peak_megabytes()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
    else:
        limits = Path(__file__).with_name("budget.toml").read_text("utf-8")
        sys.exit("\n".join(main(tomllib.loads(limits)["campaigns"])) or 0)
