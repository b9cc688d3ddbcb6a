"""What would hide one another on the screen is parted, and nothing else is."""

from itertools import pairwise

import numpy as np
import pytest

DECLUTTER = "parts/declutter.js"
ALTERNATED = """({ alternate }, all) => {
  const curves = all.map(({ heights, dash }) => ({ curve: document.createElement("i"), heights, dash }));
  alternate(curves);
  return curves.map(({ curve }) => [curve.style.strokeDasharray, curve.style.strokeDashoffset]);
}"""  # noqa: E501
DODGED = """({ dodge }, heights, gap, edges) =>
  dodge(heights.map((y, i) => ({ from: [0, y], by: [5, 0], i })), gap, edges)
    .sort((a, b) => a.i - b.i).map(({ from }) => from[1])"""


def lengths(text):
    return [float(part.removesuffix("px")) for part in text.replace(",", " ").split()]


def test_curves_that_coincide_take_turns(modules):
    """Three that lie on one another: at any place one of them is drawn, and only one."""
    found = modules(
        DECLUTTER,
        ALTERNATED,
        [{"heights": [1.0, 2, 3], "dash": ""}, {"heights": [50, 60, 70], "dash": "7 4"}]
        + [{"heights": [1.0 + e, 2, 3 - e], "dash": "7 4"} for e in (0.5, 1)],
    )
    pattern, (alone, _) = [found[i] for i in (0, 2, 3)], found[1]
    assert lengths(alone) == [7, 4], "who is alone keeps its dashes"
    places = np.arange(0, 200, 0.5)
    drawn = np.zeros(len(places), int)
    for dashes, offset in pattern:
        dash, gap = lengths(dashes)
        drawn += (places + lengths(offset)[0]) % (dash + gap) < dash
    assert (drawn == 1).all()


def test_a_curve_that_leaves_the_others_gets_its_own_dashes_back(modules):
    told = modules(
        DECLUTTER,
        """({ alternate }) => {
          const [one, other] = [0, 0].map(() => document.createElement("i"));
          const draw = (heights) => alternate([
            { curve: one, heights: [0, 0], dash: "" }, { curve: other, heights, dash: "7 4" }]);
          const dashes = () => [one, other].map((curve) => curve.style.strokeDasharray);
          draw([0, 0]);
          const together = dashes();
          draw([0, 9]);
          return [together, dashes()];
        }""",
    )
    assert told[0][0] == told[0][1]
    assert told[1][0] == "none"
    assert lengths(told[1][1]) == [7, 4]


def test_marks_on_one_spot_are_stacked_and_the_last_one_stays(modules):
    at = [[0, 0], [100, 0], [1, 1], [2, 0], [104, 0]]
    found = modules(DECLUTTER, "({ stacked }, at) => stacked(at.map((at, i) => ({ at, i })))", at)
    levels = {mark["i"]: (mark["level"], mark["levels"]) for mark in found}
    assert levels == {0: (2, 2), 2: (1, 2), 3: (0, 2), 1: (0, 0), 4: (0, 0)}


def test_rings_of_one_spot_grow_outwards_and_never_beyond_the_widest(modules):
    radii = modules(
        DECLUTTER,
        """({ nest }, count) => {
          const balls = Array.from({ length: count }, () => (
            { dot: document.createElement("i"), at: [3, 4] }));
          nest(balls, 6);
          return balls.map(({ dot }) => Number(dot.getAttribute("r")));
        }""",
        9,
    )
    assert radii[-1] == 6
    assert all(a > b for a, b in pairwise(radii)), "the larger ones are painted first"
    assert radii[0] <= 6 + 6


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_arrows_of_a_column_move_apart_as_little_as_it_takes(modules, count):
    gap, (low, high) = 10, (0, 200)
    generator = np.random.default_rng(count)
    for spread in (0, 3, 30, 200):
        heights = generator.uniform(100 - spread / 2, 100 + spread / 2, count)
        found = np.array(modules(DECLUTTER, DODGED, heights.tolist(), gap, [low, high]))
        order = np.argsort(heights, kind="stable")
        assert (np.diff(found[order]) >= gap - 1e-9).all()
        assert (found >= low).all()
        assert (found <= high).all()
        room = np.diff(np.sort(heights))
        if (room >= gap).all():
            assert found == pytest.approx(heights), "there was room: nothing moves"
        elif spread == 0:
            assert found.mean() == pytest.approx(heights.mean()), "to both sides alike"


def test_short_arrows_and_other_columns_are_left_alone(modules):
    found = modules(
        DECLUTTER,
        """({ dodge }) => dodge([
          { from: [0, 50], by: [5, 0], id: "a" }, { from: [300, 50], by: [5, 0], id: "b" },
          { from: [0, 50], by: [0.1, 0], id: "short" }], 10, [0, 100])""",
    )
    assert {arrow["id"]: arrow["from"] for arrow in found} == {"a": [0, 50], "b": [300, 50]}


def test_the_chosen_one_is_painted_last_and_the_order_stays(modules):
    told = modules(
        DECLUTTER,
        """({ chosenLast }) => chosenLast([..."abcd"].map((id) => ({ id })), "b")
          .map(({ id }) => id).join("")""",
    )
    assert told == "acdb"
