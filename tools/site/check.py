"""What torch says of the numbers that a stage shows in a browser without Streamlit."""

import csv
import io
import math
from functools import cache
from typing import Any

from playwright.sync_api import Page

from live.families import EVERY_PAGE
from live.families.page_tables import table
from tests.browser.pages import drawn

TAKE = """async (what) => {
  const create = URL.createObjectURL;
  const blob = await new Promise((done) => {
    URL.createObjectURL = (blob) => { done(blob); return create.call(URL, blob); };
    document.querySelector(`[data-take=${what}]`).click();
  });
  URL.createObjectURL = create;
  return blob.text();
}"""
OPEN = "(i) => document.querySelectorAll('.lab-chips .lab-chip')[i].click()"


def wrong_scenes(page: Page, name: str) -> list[str]:
    """Open every scene of a stage and compare value and gradient of every loss with torch's.

    Args:
        page: Shows the stage of the family `name`, alone or on the static site.
    """
    states = table(name)
    wrong = []
    for i, scene in enumerate(states.scenes):
        page.evaluate(OPEN, i)
        drawn(page)
        answer = _answer(name, scene)
        # A line is searched for, by both: its loss is as near as the search goes.
        tolerance = 1e-9 if states.start(scene).get("view") == "line" else 1e-12
        wrong += [f"{scene}: {one}" for one in differences(numbers(page), answer, tolerance)]
    return wrong


@cache
def _answer(name: str, scene: str) -> dict[str, Any]:
    answer = EVERY_PAGE[name].answer(table(name).start(scene))
    return answer.get("fit", answer)  # the information page compares what its view shows


def numbers(page: Page) -> dict[str, tuple[float, list[float]]]:
    """Value and gradient of every loss, as the CSV of the table has them, once they are drawn."""
    drawn(page)
    text = page.evaluate(TAKE, "table_csv").lstrip("\ufeff")
    lines = [line for line in io.StringIO(text, newline="") if not line.startswith("#")]
    rows = list(csv.reader(lines))[1:]
    return {row[0]: (number(row[2]), [number(part) for part in row[4].split()]) for row in rows}


def number(text: str) -> float:
    return float(text.replace("Infinity", "inf") or "nan")


def differences(
    found: dict[str, tuple[float, list[float]]],
    answer: dict[str, Any],
    tolerance: float,
) -> list[str]:
    wrong = []
    for loss, value in answer["values"].items():
        mine, gradient = found[loss]
        theirs = math.nan if value is None else number(str(value))
        if not math.isfinite(theirs):
            same = mine == theirs or (math.isnan(mine) and math.isnan(theirs))
        else:
            length = max(1.0, math.hypot(*(float(part or 0) for part in answer["gradients"][loss])))
            same = abs(mine - theirs) <= tolerance * max(1.0, abs(theirs)) and all(
                abs(one - float(other)) <= tolerance * length
                for one, other in zip(gradient, answer["gradients"][loss], strict=True)
            )
        if not same:
            wrong.append(f"{loss}: {mine} {gradient}, torch {value} {answer['gradients'][loss]}")
    return wrong
