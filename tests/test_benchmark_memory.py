"""The benchmarks measure the memory of the process that is meant, not of its parent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
CODE = "from memory import peak_megabytes; print(peak_megabytes())"


@pytest.mark.skipif(sys.platform != "linux", reason="others inherit nothing")
def test_a_child_does_not_inherit_the_peak_of_its_parent() -> None:
    large = b"x" * 100_000_000
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", CODE],
        cwd=BENCHMARKS,
        check=True,
        capture_output=True,
        text=True,
    )
    del large
    assert 1 < float(done.stdout) < 60
