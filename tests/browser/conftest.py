"""A browser, and the sample member's desk to look at with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from served_desk import Place, served
from vorzimmer.desk import Desk
from vorzimmer.sample import write_archive
from vorzimmer.settings import Settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Several browsers at once may keep a small machine busy.
_PATIENCE_MS = 60_000
expect.set_options(timeout=_PATIENCE_MS)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample member's archive."""
    return write_archive(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("There is no Chromium here, so nobody can look at the pages.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def sample(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A served desk with the sample member's requests."""
    database = tmp_path_factory.mktemp("desk") / "desk.db"
    with Desk.open(Settings(database=str(database), policy="three-reasons")) as desk:
        desk.import_from(archive)
        desk.session()
        with served(desk) as place:
            yield place


@pytest.fixture
def quiet(sample: Place) -> Iterator[Place]:
    """The sample desk; at the end nothing may have gone out or wrong."""
    sample.outside.clear()
    sample.complaints.clear()
    yield sample
    assert sample.outside == []
    assert sample.complaints == []


@pytest.fixture
def page(browser: Browser, quiet: Place) -> Iterator[Page]:
    """The sample session on a usual screen, in English."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="en-GB"
    )
    context.set_default_timeout(_PATIENCE_MS)
    opened = quiet.watch(context.new_page())
    opened.goto(quiet.start)
    yield opened
    context.close()
