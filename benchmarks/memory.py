"""How much memory this process has taken at most."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_PEAK = "VmHWM:"


def peak_megabytes() -> float:
    """Return the most memory that this process itself has held, in megabytes.

    On Linux from ``/proc`` (proc_pid_status(5)): ``ru_maxrss`` of a new process begins
    there with what its parent held, since that survives fork and exec (getrusage(2)).
    """
    if _STATUS.exists():
        for line in _STATUS.read_text("ascii", "replace").splitlines():
            if line.startswith(_PEAK):
                return int(line.removeprefix(_PEAK).removesuffix("kB")) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Kibibytes, but on macOS bytes.
    return most / 1024**2 if sys.platform == "darwin" else most / 1024
