"""The box stage as a test handles it: its boxes, its numbers, its hands, its messages."""

from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from live.text import interface
from losses.catalog import family
from tests.browser import pages

IDS = tuple(loss.id for loss in family("boxes"))
UNIT = 100  # drawing units in one unit of the picture
COUNT_MESSAGES = """() => {
  window.sent = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...data) {
    window.sent += 1;
    return send.apply(this, data);
  };
}"""


def link(**state: str) -> str:
    return "/boxes?" + urlencode(state, safe=",")


def written(box) -> str:
    return ",".join(f"{value:g}" for value in box)


@dataclass(frozen=True)
class BoxStage:
    page: Page
    language: str = "en"

    def __post_init__(self) -> None:
        self.page.wait_for_selector(".lab-boxes[data-lab-ready]")
        self.page.wait_for_selector(".lab-picture rect.lab-box.prediction[width]")
        self.page.evaluate(COUNT_MESSAGES)

    @property
    def words(self) -> dict[str, str]:
        return interface(self.language)

    def box(self, name: str) -> tuple[float, ...]:
        return self._rectangle(self.page.locator(f"rect.lab-box.{name}"))

    def runs(self) -> dict[str, tuple[float, ...]]:
        """The box of every loss that descends."""
        copies = self.page.locator("rect.lab-copy")
        shown = copies.evaluate_all("all => all.map((r) => r.parentNode.style.display !== 'none')")
        pairs = zip(IDS, range(len(IDS)), shown, strict=True)
        return {id: self._rectangle(copies.nth(i)) for id, i, visible in pairs if visible}

    def _rectangle(self, rectangle: Locator) -> tuple[float, ...]:
        x, y, width, height = rectangle.evaluate(
            "(r) => ['x', 'y', 'width', 'height'].map((name) => Number(r.getAttribute(name)))"
        )
        return tuple(v / UNIT for v in (x, y, x + width, y + height))

    def numbers(self) -> dict[str, list[str]]:
        """Value and length of the gradient of every loss, as written."""
        rows = self.page.locator(".lab-row:not(.lab-head)").evaluate_all(
            "rows => rows.map((r) => [...r.querySelectorAll('.lab-cell')].map((c) => c.innerText))"
        )
        return dict(zip(IDS, rows, strict=True))

    def button(self, word: str) -> Locator:
        return self.page.get_by_role("button", name=self.words[word], exact=True)

    def handle(self, name: str, part: str = "") -> Locator:
        if not part:
            return self.page.locator(f"rect.lab-box.{name}")
        return self.page.locator(f".lab-handles.{name} [data-part={part}]")

    def middle(self, handle: Locator) -> tuple[float, float]:
        """Where a finger would put itself, in pixels."""
        box = handle.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def pixels(self, units: float) -> float:
        return units * self.page.locator(".lab-picture").bounding_box()["width"] / 8

    def drawn(self) -> None:
        """Wait for two frames: what was set is drawn."""
        pages.drawn(self.page)

    def messages(self) -> int:
        return self.page.evaluate("window.sent")

    def agreed(self) -> None:
        """Torch has answered to this very state, and says the same."""
        text = self.words["agrees"].format(count=len(IDS))
        expect(self.page.locator(".lab-agreement")).to_have_text(f"✓ {text}", timeout=10_000)

    def sent_once(self, before: int = 0) -> None:
        """One message went out, torch answered, and no second one follows."""
        self.page.wait_for_function("(before) => window.sent > before", arg=before)
        self.agreed()
        self.page.wait_for_timeout(150)
        assert self.messages() == before + 1
