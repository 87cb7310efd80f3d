"""Takes the pictures of every page, light and dark, wide and narrow; wants Chromium.

What there is to see is the list that the tests look at, too: a page that the masthead
leads to is among it by itself. The sample's clock stands, so the pictures change only
when the pages do.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from markdown_pages import page as page_of
from markdown_pages import table

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from every_page import Sight, sights  # noqa: E402 - lies with the tests
from full_desk import full_desk  # noqa: E402 - the same
from served_desk import Place, served  # noqa: E402 - the same

IMAGES = ROOT / "docs" / "images"
OVERVIEW = ROOT / "docs" / "reference" / "pages.md"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SCREENS = {"wide": (1280, 800), "narrow": (390, 844)}
QUALITY = 82  # of WebP; below, thin letters get a shadow
# The page that readers of German see first.
IN_GERMAN = "request-all"
# Colours change with the next picture, and the one after it has them all.
_PAINTED = """() => new Promise(done => requestAnimationFrame(
  () => requestAnimationFrame(() => setTimeout(done, 60))))"""

_FROM_THE_TOP = """() => {
  document.querySelectorAll('.middle').forEach(each => each.scrollTo(0, 0));
  window.scrollTo(0, 0);
}"""


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at a page."""

    scheme: Literal["light", "dark"]
    screen: str

    def file(self, name: str) -> str:
        """Return what a page's picture is called."""
        return f"{name}-{self.scheme}-{self.screen}.webp"


LOOKS = tuple(Look(*each) for each in product(SCHEMES, SCREENS))


def take(page: Page, place: Place, sight: Sight, *, name: str = "") -> Iterator[Path]:
    """Take all pictures of one page and yield their files."""
    _fit(page, LOOKS[0])
    sight.show(page, place)
    page.wait_for_load_state("networkidle")
    camera = page.context.new_cdp_session(page)
    for look in LOOKS:
        _fit(page, look)
        page.evaluate(_PAINTED)
        page.evaluate(_FROM_THE_TOP)
        file = IMAGES / look.file(name or sight.name)
        file.write_bytes(_picture(camera))
        yield file
    camera.detach()


def _fit(page: Page, look: Look) -> None:
    width, height = SCREENS[look.screen]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=look.scheme)


def _picture(camera: CDPSession) -> bytes:
    taken = camera.send(
        "Page.captureScreenshot", {"format": "webp", "quality": QUALITY}
    )
    return base64.b64decode(taken["data"])


def overview(seen: Sequence[Sight]) -> str:
    """Return the page that shows all pictures."""
    parts = [
        "# Pages",
        (
            "Every page of the desk with the invented sample member, light and dark,"
            " on a screen and on a phone. Of long pages, the first screen."
        ),
    ]
    for sight in seen:
        cells = (
            f"![{sight.title}, {look.scheme}, {look.screen}]"
            f"(../images/{look.file(sight.name)})"
            for look in LOOKS
        )
        heads = [f"{look.scheme}, {look.screen}" for look in LOOKS]
        parts += [f"## {sight.title}", table(heads, [cells])]
    return page_of(parts)


def _enter(browser: Browser, place: Place, language: str) -> Page:
    context = browser.new_context(locale=language, reduced_motion="reduce")
    page = place.watch(context.new_page())
    page.goto(place.start)
    return page


def main() -> None:
    """Take all pictures, and write the page that shows them."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        full_desk(Path(folder)) as desk,
        served(desk) as place,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(
            executable_path=which("chromium") or which("google-chrome"),
            args=["--no-sandbox"],
        )
        seen = sights(desk)
        page = _enter(browser, place, "en-GB")
        files = [file for sight in seen for file in take(page, place, sight)]
        german = next(sight for sight in seen if sight.name == IN_GERMAN)
        page = _enter(browser, place, "de-DE")
        files += take(page, place, german, name="request-german")
        browser.close()
    for old in set(IMAGES.iterdir()) - set(files):
        old.unlink()
    OVERVIEW.write_text(overview(seen), "utf-8")
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"{len(files)} pictures, {size:.1f} MB; {OVERVIEW.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
