"""One line a run: where its points lie, how far its axes reach, what leaves a gap."""

import re

import numpy as np
import pytest

CHART = "parts/line_chart.js"
DRAW = """({ LineChart }, settings, paths, options) => {
  const lines = ['a', 'b'].map((id) => ({ id, colour: 'red' }));
  const { end, ...rest } = settings;
  const last = end && { end: (steps) => Math.max(end, steps) };
  const chart = new LineChart({ lines, ...rest, ...last });
  chart.draw(paths && new Map(Object.entries(paths)), options);
  const { low, high, left, top, width, height } = chart.plot;
  return {
    low, high, plot: [left, top, width, height], count: chart.count.textContent,
    name: chart.element.getAttribute('aria-label'),
    lines: Object.fromEntries(Array.from(chart.lines, ([id, line]) => [id, {
      d: line.getAttribute('d'), hidden: line.style.display === 'none',
      chosen: line.classList.contains('chosen'),
    }])),
  };
}"""


def points(path):
    return np.array(
        [[float(v) for v in pair.split()] for pair in re.findall(r"[ML]([^ML]+)", path)]
    )


def test_a_run_is_drawn_over_its_steps(modules):
    found = modules(CHART, DRAW, {}, {"a": [4, 1, 3]}, {"range": [0, 5], "chosen": "a"})
    left, top, width, height = found["plot"]
    wanted = [[left + width * i / 20, top + height * (1 - y / 5)] for i, y in enumerate([4, 1, 3])]
    assert points(found["lines"]["a"]["d"]) == pytest.approx(np.array(wanted), abs=0.05)
    assert found["lines"]["a"]["chosen"]
    assert found["lines"]["b"]["hidden"], "there is no such run"


def test_without_runs_nothing_is_drawn(modules):
    found = modules(CHART, DRAW, {}, None, {"range": [0, 1]})
    assert all(line["hidden"] for line in found["lines"].values())


@pytest.mark.parametrize(("steps", "end"), [(0, 20), (20, 20), (21, 50), (50, 50), (51, 100)])
def test_the_axis_of_steps_ends_at_a_round_number(modules, steps, end):
    found = modules(CHART, DRAW, {}, {"a": [1] * (steps + 1)}, {"range": [0, 1]})
    assert (found["low"][0], found["high"][0]) == (0, end)


def test_a_chart_may_end_its_axis_itself_and_then_says_where(modules):
    settings = {"end": 10, "caption": "IoU", "ruled": True, "ticks": [0, 2]}
    found = modules(CHART, DRAW, settings, {"a": [1] * 13}, {"range": [0, 1]})
    assert found["high"][0] == 12
    assert found["count"] == "12"
    assert found["name"] == "IoU"


def test_the_axis_of_values_has_room_for_all_that_is_finite(modules):
    found = modules(CHART, DRAW, {}, {"a": [1, 7], "b": [float("inf"), 2]}, {})
    assert 7 < found["high"][1] < 14


def test_no_number_leaves_a_gap(modules):
    found = modules(CHART, DRAW, {}, {"a": [1, 0, float("nan"), 0, 1]}, {"range": [0, 1]})
    assert found["lines"]["a"]["d"].count("M") == 2
    assert len(points(found["lines"]["a"]["d"])) == 4


def test_points_may_lie_at_places_of_their_own(modules):
    options = {"range": [0, 1], "xs": [-2, 0, 2], "across": [-1, 1]}
    found = modules(CHART, DRAW, {}, {"a": [0, 1, 0]}, options)
    left, _, width, _ = found["plot"]
    x = points(found["lines"]["a"]["d"])[:, 0]
    assert x == pytest.approx([left - width / 2, left + width / 2, left + 1.5 * width], abs=0.05)
