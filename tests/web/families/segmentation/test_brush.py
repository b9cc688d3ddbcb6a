"""The brush: which cells it paints, and that one gesture is one step of undo and one release."""

from itertools import pairwise

import pytest

BRUSH = "families/segmentation/brush.js"
SCRIPT = """({ MaskBrush }, state, steps) => {
  const told = [];
  const store = {
    state,
    set: (changes) => { store.state = { ...store.state, ...changes }; },
    commit: () => told.push("commit"),
  };
  const levels = { prediction: [0.01, 0.5, 0.99] };
  const page = { rows: { prediction: { rows: 4, columns: 5 } }, levels };
  const brush = new MaskBrush({ page, store, grasp: () => told.push("grasp") });
  for (const [name, ...given] of steps) {
    if (name === "look") told.push(brush.footprint(...given));
    else if (name === "undoable") told.push(brush.undoable);
    else brush[name](...given);
  }
  return { told, prediction: store.state.prediction, target: store.state.target };
}"""
EMPTY = "0" * 20


@pytest.fixture
def after(modules):
    def steps(*steps, **state):
        start = {"prediction": EMPTY, "target": EMPTY, "paint": "prediction", "brush": "1"}
        return modules(BRUSH, SCRIPT, {**start, "level": "0.99", **state}, steps)

    return steps


def cell(row, column):
    return {"row": row, "column": column}


def stroke(*places):
    pairs = zip(places, places[1:] or places, strict=False)
    return [["begin"], *(["stroke", cell(*a), cell(*b)] for a, b in pairs), ["end"]]


def painted(*places, digit="2"):
    cells = list(EMPTY)
    for row, column in places:
        cells[5 * row + column] = digit
    return "".join(cells)


def test_a_stroke_has_no_gaps_however_far_the_hand_jumped(after):
    assert after(*stroke((1, 0), (1, 4)))["prediction"] == painted(*((1, c) for c in range(5)))
    slanted = after(*stroke((0, 0), (3, 4)))["prediction"]
    where = [divmod(i, 5) for i, digit in enumerate(slanted) if digit == "2"]
    assert where[0] == (0, 0)
    assert where[-1] == (3, 4)
    for (r1, c1), (r2, c2) in pairwise(where):
        assert max(abs(r2 - r1), abs(c2 - c1)) == 1


@pytest.mark.parametrize(
    ("size", "at", "square"),
    [
        (1, (2, 2), (2, 3, 2, 3)),
        (2, (2, 2), (2, 4, 2, 4)),
        (3, (2, 2), (1, 4, 1, 4)),
        (3, (0, 0), (0, 2, 0, 2)),
        (5, (3, 4), (1, 4, 2, 5)),
        (3, (9, 9), (4, 4, 5, 5)),
    ],
)
def test_the_square_under_the_brush_ends_with_the_grid(after, size, at, square):
    told = after(["look", cell(*at)], brush=str(size))["told"][0]
    assert (told["top"], told["bottom"], told["left"], told["right"]) == square


@pytest.mark.parametrize(("level", "digit"), [("0.01", "0"), ("0.5", "1"), ("0.99", "2")])
def test_a_prediction_gets_the_level_and_a_truth_yes_or_no(after, level, digit):
    assert after(*stroke((0, 0)), level=level)["prediction"][0] == digit
    truth = after(*stroke((0, 0)), level=level, paint="target")
    assert truth["target"][0] == ("1" if float(level) >= 0.5 else "0")
    assert truth["prediction"] == EMPTY


def test_a_gesture_is_sent_once_and_undone_at_once(after):
    gesture = stroke((0, 0), (0, 1), (0, 2))
    assert after(*gesture)["told"] == ["grasp", "commit"]
    undone = after(*gesture, ["undo"], ["undoable"])
    assert undone["prediction"] == EMPTY
    assert undone["told"] == ["grasp", "commit", "grasp", "commit", False]


def test_gestures_are_undone_one_by_one(after):
    both = [*stroke((0, 0)), *stroke((1, 1))]
    assert after(*both)["prediction"] == painted((0, 0), (1, 1))
    assert after(*both, ["undo"])["prediction"] == painted((0, 0))
    assert after(*both, ["undo"], ["undo"], ["undo"])["prediction"] == EMPTY


def test_a_gesture_that_changes_nothing_is_neither_sent_nor_remembered(after):
    told = after(*stroke((0, 0)), ["undoable"], level="0.01")["told"]
    assert told == ["grasp", False]


def test_a_whole_mask_is_replaced_in_one_gesture(after):
    told = after(["replace", "target", "1" * 20], ["undoable"])
    assert told["target"] == "1" * 20
    assert told["told"] == ["grasp", "commit", True]
