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


# Of the files that drive the browser, those that take longest, longest first: where
# several processes share the tests, what is begun last should be short.
_LONG = ("test_sent_forms", "test_accessibility", "test_whole_week")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Drive the browser last: its event loop leaves no room for another one."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    if item.get_closest_marker("browser") is None:
        return 0
    return (
        _LONG.index(item.path.stem) + 1 if item.path.stem in _LONG else len(_LONG) + 1
    )
