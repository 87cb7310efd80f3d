"""Takes the pictures of the pages that README and tutorial show; wants Chromium."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from served_desk import Place, served  # noqa: E402 - lies with the tests
from vorzimmer.desk import Desk  # noqa: E402
from vorzimmer.model import Action  # noqa: E402
from vorzimmer.sample import write_archive  # noqa: E402
from vorzimmer.settings import Settings  # noqa: E402

IMAGES = ROOT / "docs" / "images"
# A seller in English, and one in German who names a common contact.
SHOWN = {"en": "Josh Delaney", "de": "Dominik Freytag"}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: of which page, and how it is looked at."""

    name: str
    path: str
    language: str = "en-GB"
    scheme: Literal["light", "dark"] = "light"
    width: int = 1280
    height: int = 720


@contextmanager
def sample_desk() -> Iterator[Desk]:
    """Open a desk on the sample member, with a few decisions taken."""
    with TemporaryDirectory() as folder:
        settings = Settings(
            database=str(Path(folder) / "desk.db"), policy="three-reasons"
        )
        with Desk.open(settings) as desk:
            desk.import_from(write_archive(Path(folder)))
            for action, cards in desk.session().groups:
                if action in {Action.ACCEPT, Action.IGNORE}:
                    for card in cards[-6:]:
                        desk.decide(card.request.id, action)
            yield desk


def pictures(desk: Desk) -> Iterator[Picture]:
    """Yield what to take."""
    ids = {
        card.request.sender.name: card.request.id
        for _, cards in desk.session().groups
        for card in cards
    }
    english, german = (f"/?id={ids[SHOWN[each]]}" for each in ("en", "de"))
    yield Picture("desk-light", english)
    yield Picture("desk-dark", english, scheme="dark")
    yield Picture("desk-de", german, language="de-DE")
    yield Picture("desk-phone", german, language="de-DE", width=390, height=844)
    yield Picture("import", "/import", height=900)
    yield Picture("policies", "/policies", height=900)
    yield Picture("letters", "/letters")
    yield Picture("rehearsal", "/rehearsal?policy=three-reasons&open=0.5", height=1100)
    yield Picture("policy", "/policies/three-reasons", height=900)
    yield Picture("decided", "/decided")
    yield Picture("summary", "/summary")
    yield Picture("campaigns", "/campaigns")
    yield Picture("learned", "/learned")
    yield Picture("signals", "/signals")
    yield Picture("sources", "/sources")
    yield Picture("privacy", "/privacy")


def take(browser: Browser, place: Place, picture: Picture) -> Path:
    """Take one picture and return its file."""
    context = browser.new_context(
        locale=picture.language,
        color_scheme=picture.scheme,
        viewport={"width": picture.width, "height": picture.height},
    )
    page = place.watch(context.new_page())
    page.goto(place.start)
    page.goto(f"{place.origin}{picture.path}")
    page.wait_for_load_state("networkidle")
    file = IMAGES / f"{picture.name}.png"
    page.screenshot(path=file)
    context.close()
    return file


def main() -> None:
    """Take all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sample_desk() as desk, served(desk) as place, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=which("chromium") or which("google-chrome"),
            args=["--no-sandbox"],
        )
        for picture in pictures(desk):
            print(take(browser, place, picture).relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    main()
