"""What axe says of a page: which rules of WCAG 2.2, A and AA, it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

from served_desk import Place

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
SCREEN: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Of WCAG, but off unless asked for: what one sees on a button is in its spoken name.
_ALSO = {"label-content-name-mismatch": {"enabled": True}}
# What depends on colours and on the width of the screen, so is looked at twice.
SHOWN = ["color-contrast", "link-in-text-block", "target-size"]
# In a list that has been scrolled, names lie under its heading; they can be brought
# out again, so that is no fault of theirs.
_LOOK = """async ([kind, values, rules]) => {
  const painted = () => new Promise(done => requestAnimationFrame(done));
  await painted();  // colours change with the next picture
  await painted();
  document.querySelectorAll('.groups').forEach(each => each.scrollTo(0, 0));
  const found = await axe.run(document, {
    runOnly: {type: kind, values}, rules, resultTypes: ['violations'],
    selectors: false, preload: false, iframes: false,
  });
  return found.violations.flatMap(each => each.nodes.map(
    node => `${each.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}"""


@contextmanager
def looking(browser: Browser, place: Place, language: str = "en-GB") -> Iterator[Page]:
    """Open a page on a desk; nothing on it moves."""
    context = browser.new_context(
        locale=language, viewport=SCREEN, reduced_motion="reduce"
    )
    yield place.watch(context.new_page())
    context.close()


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds on the page as it is shown now."""
    given = ["rule", rules, {}] if rules else ["tag", WCAG, _ALSO]
    found: list[Any] = page.evaluate(_LOOK, given)
    return [str(each) for each in found]


def every_violation(page: Page) -> list[str]:
    """Look at a page light and wide, then dark and on a phone."""
    # It is brought in by the browser, not by the page, which would not let it.
    page.evaluate(AXE)
    page.emulate_media(color_scheme="light")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    found += [f"dark: {each}" for each in violations(page, SHOWN)]
    page.set_viewport_size(SCREEN)
    return found
