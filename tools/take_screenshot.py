"""Take the README's picture from the running app: `python -m tools.take_screenshot`."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import find_chromium
from tests.browser.pages import BROWSER_ARGUMENTS
from tests.browser.tabs import Tabs
from tests.serving import running_app

PICTURE = Path(__file__).parents[1] / "docs" / "boxes.png"
STEPS = 115


def main() -> None:
    """Open the box page, let the boxes race for a while, and save what is on the screen."""
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=BROWSER_ARGUMENTS
        )
        page = Tabs(browser, address).open("/boxes?loss=giou_loss", lang="en", theme="light")
        for _ in range(STEPS):
            page.get_by_role("button", name="Step", exact=True).click()
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
