"""Installs the programs of peers, where we may."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from shutil import which

PACKAGES = {
    "rspamd": "rspamd",
    "redis-server": "redis-server",
    "spamd": "spamd",
    "sa-learn": "spamassassin",
    "bogofilter": "bogofilter",
}
# Starts no service, whatever a package asks for.
_QUIET = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}


def missing(programs: Iterable[str]) -> list[str]:
    """Return which programs are not here."""
    return [each for each in programs if which(each) is None]


def install(programs: Iterable[str]) -> None:
    """Install missing programs; does nothing where we are not root, or without apt."""
    packages = [PACKAGES[each] for each in missing(programs) if each in PACKAGES]
    if not packages or os.geteuid() != 0 or which("apt-get") is None:
        return
    put_in = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    # One by one: which packages there are depends on the release.
    for command in (
        ["apt-get", "update", "-qq"],
        *([*put_in, package] for package in packages),
    ):
        subprocess.run(  # noqa: S603 - the packages named above
            command,
            env=os.environ | _QUIET,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
