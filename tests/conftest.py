"""What holds for all tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# Speed is measured by `make bench`; a slow machine fails no test. In CI the examples
# are the same each time, so that a change is judged by itself.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Drive the browser last: its event loop leaves no room for another one."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
