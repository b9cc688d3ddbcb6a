"""The stage of a family's page as a test handles it: its words, numbers, hands and messages."""

from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator, Page

from catalog import family
from live.words.text import interface
from tests.browser import pages

WIDTH_ALONE = 1072
"""A window in which a stage without Streamlit is as wide as beside the sidebar in 1280 pixels."""


@dataclass(frozen=True)
class FamilyStage:
    """A page whose stage is drawn, and which counts its messages from here on."""

    page: Page
    language: str = "en"
    family: ClassVar[str]
    drawn_with: ClassVar[str] = ".lab-table:visible .lab-row.chosen"
    """What stands there once the stage has drawn itself, as a selector."""

    def __post_init__(self) -> None:
        self.page.wait_for_selector(f".lab-{self.family}[data-lab-ready]")
        self.page.wait_for_selector(self.drawn_with, state="attached")
        self.drawn()
        pages.lift_veil(self.page)
        pages.count_messages(self.page)

    @property
    def words(self) -> dict[str, str]:
        return interface(self.language)

    def drawn(self) -> None:
        pages.drawn(self.page)

    def messages(self) -> int:
        return pages.messages(self.page)

    def button(self, word: str) -> Locator:
        return self.page.get_by_role("button", name=self.words[word], exact=True)

    def numbers(self) -> dict[str, list[str]]:
        """The visible numbers of every loss, as written, once they are drawn."""
        ids = [loss.id for loss in family(self.family)]
        return dict(zip(ids, pages.table_cells(self.page), strict=True))

    def drag(self, handle: Locator, dx: float, dy: float = 0) -> list[str]:
        """Drag with the mouse, in pixels; the tables seen on the way. The button stays down."""
        x, y = middle(handle)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        seen = []
        for share in range(1, 6):
            self.page.mouse.move(x + dx * share / 5, y + dy * share / 5)
            seen.append(str(pages.table_cells(self.page)))
        return seen

    def address(self) -> dict[str, str]:
        """What the address bar says; of a release, once torch has answered to it."""
        return self.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")

    def agreed(self, count: int | None = None) -> None:
        """Torch has answered to this very state, and says the same (of `count` losses)."""
        text = self.words["agrees"].format(count=count)
        pages.agreed(self.page, pages.TICK if count is None else f"✓ {text}")

    def sent_once(self, count: int | None = None, before: int = 0) -> None:
        """One message went out, torch answered, and no second one follows."""
        self.page.wait_for_function("(before) => window.sent > before", arg=before)
        self.agreed(count)
        self.drawn()  # what a frame or a task of the browser would send on its own is out by then
        assert self.messages() == before + 1


def middle(handle: Locator) -> tuple[float, float]:
    """Where a finger would put itself, in pixels."""
    box = handle.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def alone(address: str) -> str:
    """The same stage without Streamlit: nothing is sent, and torch is not asked."""
    return "/stage" + address
