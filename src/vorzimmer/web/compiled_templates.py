"""Keeps the compiled templates, so that only the first start has to compile them."""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache
from platformdirs import user_cache_path


class CompiledTemplates(FileSystemBytecodeCache):
    """Templates as they were compiled, in a folder; without one, nothing is kept.

    Jinja itself looks whether a template has changed, and compiles what is damaged.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made where it is missing.

        Args:
            folder: For the owner alone, since what lies there is run.
        """
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(str(folder))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept of a template, if anything is."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, where that is possible."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def shipped_templates() -> CompiledTemplates:
    """Return the templates that come with the package, kept for this machine.

    What the environment is set to is compiled in, and Jinja does not look at that: so
    another version, or another way of making it, has a folder of its own.
    """
    stamp = blake2b(version("jinja2").encode(), digest_size=8)
    stamp.update((files(__package__) / "office.py").read_bytes())
    return CompiledTemplates(
        user_cache_path("vorzimmer") / f"pages-{stamp.hexdigest()}"
    )
