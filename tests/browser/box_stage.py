"""The box stage as a test handles it: its boxes, its numbers, its hands, its messages."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator

from catalog import family
from live.families.page_tables import table
from tests.browser.family_stage import FamilyStage

IDS = tuple(loss.id for loss in family("boxes"))
UNIT = 100  # drawing units in one unit of the picture
START = table("boxes").start()
OVERLAPPING = {"prediction": (1.0, 1.2, 4.1, 3.3), "target": (1.5, 0.7, 5.6, 2.9)}
OVERLAPPING_LINK = {
    name: ",".join(f"{value:g}" for value in box) for name, box in OVERLAPPING.items()
}


def link(**state: str) -> str:
    return "/boxes?" + urlencode(state, safe=",")


def near(box, expected) -> bool:
    return box == pytest.approx(expected, abs=0.006)  # a pixel is 0.01 units


class BoxStage(FamilyStage):
    family = "boxes"
    drawn_with = ".lab-picture rect.lab-box.prediction[width]"

    def box(self, name: str) -> tuple[float, ...]:
        self.drawn()
        return self._rectangle(self.page.locator(f"rect.lab-box.{name}"))

    def runs(self) -> dict[str, tuple[float, ...]]:
        """The box of every loss that descends."""
        self.drawn()
        copies = self.page.locator("rect.lab-copy")
        shown = copies.evaluate_all("all => all.map((r) => r.parentNode.style.display !== 'none')")
        pairs = zip(IDS, range(len(IDS)), shown, strict=True)
        return {id: self._rectangle(copies.nth(i)) for id, i, visible in pairs if visible}

    def _rectangle(self, rectangle: Locator) -> tuple[float, ...]:
        x, y, width, height = rectangle.evaluate(
            "(r) => ['x', 'y', 'width', 'height'].map((name) => Number(r.getAttribute(name)))"
        )
        return tuple(v / UNIT for v in (x, y, x + width, y + height))

    def marks(self) -> set[str]:
        """What is drawn of what a loss measures."""
        self.drawn()
        shown = "all => all.filter((m) => m.style.display !== 'none').map((m) => m.dataset.mark)"
        return set(self.page.locator(".lab-overlay > [data-mark]").evaluate_all(shown))

    def handle(self, name: str, part: str = "") -> Locator:
        if not part:
            return self.page.locator(f"rect.lab-box.{name}")
        return self.page.locator(f".lab-handles.{name} [data-part={part}]")

    def pixels(self, units: float) -> float:
        return units * self.page.locator(".lab-picture").bounding_box()["width"] / 8
