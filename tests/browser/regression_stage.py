"""The regression stage in a real Chromium."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import torch
from playwright.sync_api import Locator

from catalog import family
from tests.browser.family_stage import FamilyStage

IDS = tuple(loss.id for loss in family("regression"))
ALL = ",".join(IDS)


def link(**state) -> str:
    return "/regression?" + urlencode(state, safe=",:")


class Stage(FamilyStage):
    family = "regression"

    def column(self, column: int) -> dict[str, float]:
        """One of the numbers of every loss."""
        return {loss: number(cells[column]) for loss, cells in self.numbers().items()}

    def number(self, loss: str, column: int) -> float:
        return number(self.numbers()[loss][column])

    def handle(self, name: str) -> Locator:
        return self.page.locator(f".lab-picture:visible .lab-knob.{name}")

    def dot(self, name: str) -> Locator:
        return self.handle(name).locator(".lab-dot")

    def address(self, name: str, old: str = "") -> str:
        """What the address bar says of a row, once that is there and no longer `old`."""
        self.page.wait_for_url(lambda url: self.written(url, name, old) != old)
        return self.written(self.page.url, name, old)

    @staticmethod
    def written(url: str, name: str, old: str) -> str:
        return parse_qs(urlsplit(url).query).get(name, [old])[0]

    def visible(self, marks: str) -> Locator:
        return self.page.locator(f".lab-picture:visible {marks}:visible")

    def painted(self, marks: str) -> list[tuple[str, ...]]:
        """Colour, dashes and their offset of each of the picture's marks, the topmost last."""
        return self.visible(marks).evaluate_all(
            "(all) => all.map(getComputedStyle)"
            ".map((style) => [style.stroke, style.strokeDasharray, style.strokeDashoffset])"
        )

    def points(self) -> torch.Tensor:
        pairs = [pair.split(":") for pair in self.address("points").split(",")]
        return torch.tensor([[float(v) for v in pair] for pair in pairs], dtype=torch.float64)


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def shown(value: float) -> float:
    """What three decimals leave of a number (one from a thousand on)."""
    return pytest.approx(value, abs=0.0006 if abs(value) < 1000 else 0.06)
