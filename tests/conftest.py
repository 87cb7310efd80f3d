"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# Speed is measured by `make bench`; a slow machine fails no test. In CI the examples
# are the same each time, so that a change is judged by itself.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
