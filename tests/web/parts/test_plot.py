"""Axes and curves: where a value lies, what is written beside it, what a thinned path keeps."""

import re
from itertools import pairwise

import numpy as np
import pytest

PLOT = "parts/plot.js"
CURVE = """({ Plot }, [left, top, width, height], xs, ys, xRange, yRange) =>
  new Plot({}).layout(left, top, width, height).range(xRange, yRange).curve(xs, ys)"""
TICKS = """({ Plot }, low, high, count) => {
  const plot = new Plot({ ticks: [count, count] }).layout(0, 0, 400, 300).range([low, high], [low, high]);
  plot.draw();
  return [...plot.numbers.children].map((text) => ({
    text: text.textContent, x: Number(text.getAttribute("x")), y: Number(text.getAttribute("y")),
    along: text.getAttribute("text-anchor") === "middle",
  }));
}"""  # noqa: E501


def path(text):
    return np.array(
        [[float(v) for v in pair.split()] for pair in re.findall(r"[ML]([^ML]+)", text)]
    )


def numbers(texts):
    return [float(text.replace("−", "-")) for text in texts]


@pytest.mark.parametrize(("low", "high"), [(-3, 3), (0, 1), (0, 0.02), (-40, 1000), (2.5, 2.9)])
@pytest.mark.parametrize("count", [4, 6])
def test_ticks_are_round_numbers_evenly_spread_over_the_axis(modules, low, high, count):
    found = [tick for tick in modules(PLOT, TICKS, low, high, count) if tick["along"]]
    values = numbers([tick["text"] for tick in found])
    assert 2 <= len(values) <= count + 1
    assert low <= values[0] <= values[-1] <= high
    step = values[1] - values[0]
    assert np.diff(values) == pytest.approx([step] * (len(values) - 1))
    mantissa = step / 10 ** np.floor(np.log10(step * 1.0001))
    assert min(abs(mantissa - nice) for nice in (1, 2, 5)) < 1e-6
    places = [400 * (value - low) / (high - low) for value in values]
    assert [tick["x"] for tick in found] == pytest.approx(places), "each where its value is"


def test_no_ticks_where_none_are_asked_for(modules):
    assert modules(PLOT, TICKS, 0, 1, 0) == []


def test_a_value_lies_where_the_axes_say_and_far_ones_keep_to_the_picture(modules):
    told = modules(
        PLOT,
        """({ Plot }, values) => {
          const plot = new Plot({}).layout(50, 20, 400, 300).range([-2, 2], [0, 10]);
          return [plot.x(-2), plot.x(1), plot.y(0), plot.y(10), plot.holds(0, 5), plot.holds(0, 11),
            ...values.map((value) => plot.pixelY(value))];
        }""",
        [5, float("inf"), float("-inf")],
    )
    assert told[:7] == [50, 350, 320, 20, True, False, 170]
    above, below = told[7:]
    assert -1e5 < above < 0
    assert 320 < below < 1e5


def test_a_thinned_path_stays_within_a_fraction_of_a_pixel(modules):
    """At every place of the curve, not only where the path turns."""
    xs = np.linspace(-4, 4, 801)
    for ys in (xs**2, np.abs(xs), np.sign(xs), np.cosh(xs), np.sin(20 * xs), 0 * xs):
        frame = [10, 20, 400, 300]
        found = path(modules(PLOT, CURVE, frame, xs.tolist(), ys.tolist(), [-4, 4], [-2, 20]))
        heights = 20 + (20 - ys) * 300 / 22
        along = np.interp(10 + (xs + 4) * 50, found[:, 0], found[:, 1])
        steep = np.abs(np.gradient(heights)) > 20  # where a path is written to a tenth of a pixel
        assert np.abs(along - heights)[~steep].max() < 0.3
        assert (np.diff(found[:, 0]) >= 0).all()
    straight = modules(PLOT, CURVE, frame, xs.tolist(), (2 * xs).tolist(), [-4, 4], [-8, 8])
    assert len(path(straight)) == 2


def test_a_curve_that_leaves_the_picture_stays_a_path(modules):
    xs = [0, 1, 2, 3]
    for ys in ([0, 1e300, 0, 0], [0, float("inf"), float("-inf"), 0]):
        found = path(modules(PLOT, CURVE, [0, 0, 300, 300], xs, ys, [0, 3], [0, 1]))
        assert np.isfinite(found).all()
        assert np.abs(found).max() < 1e5


def test_a_round_end_grows_at_once_and_shrinks_only_when_far_too_long(modules):
    needed = [1, 1.2, 1.6, 5, 4.9, 3, 2.4, 0.1, 1e9, float("inf"), 3]
    ends = modules(
        PLOT,
        "({ RoundEnd }, needed) => { const axis = new RoundEnd(1);"
        " return needed.map((one) => axis.fit(one)); }",
        needed,
    )
    for wanted, end in zip(needed[:-2], ends, strict=False):
        assert end >= wanted * 0.999999
    assert all(np.isfinite(ends))
    assert ends[3] == ends[4] == ends[5], "no shrinking while more than a part of it is used"
    assert ends[7] == 1, "never shorter than the least"
    assert ends[-1] == pytest.approx(3)
    for before, after in pairwise(ends[:8]):
        assert after >= before or after < before / 2


def test_the_grid_is_drawn_again_only_when_something_has_changed(modules):
    told = modules(
        PLOT,
        """({ Plot }) => {
          const plot = new Plot({}).layout(0, 0, 100, 100).range([0, 1], [0, 1]);
          plot.draw();
          const first = plot.numbers.firstChild;
          plot.draw();
          const kept = plot.numbers.firstChild === first;
          plot.range([0, 2], [0, 1]).draw();
          return [kept, plot.numbers.firstChild === first];
        }""",
    )
    assert told == [True, False]
