"""The replays of a page's tapes: a stage asks by name and tells what holds."""

import pytest

FIND = """({ Replays }, name, facts) => {
  const tape = (name, where) => ({ name, where });
  const replays = new Replays([
    tape("iou", {}),
    tape("ciou", { "ciou.form": "plain" }),
    tape("ciou", { "ciou.form": "gated" }),
    tape("zero_one", { axis: "logit" }),
    tape("zero_one", { classes: 3 }),
    tape("zero_one", { classes: 4 }),
  ]);
  try { return replays.find(name, facts).where; } catch (error) { return error.message; }
}"""


@pytest.mark.parametrize(
    ("name", "facts", "found"),
    [
        ("iou", {}, {}),
        ("iou", {"rate": 1}, {}),
        ("ciou", {"ciou.form": "gated", "rate": 1}, {"ciou.form": "gated"}),
        ("zero_one", {"classes": 4}, {"classes": 4}),
        ("zero_one", {"axis": "logit"}, {"axis": "logit"}),
        ("zero_one", {"classes": 5}, 'no tape of zero_one fits {"classes":5}'),
        ("ciou", {}, "no tape of ciou fits {}"),
        ("giou", {}, "no tape of giou fits {}"),
    ],
)
def test_the_tape_is_the_one_whose_conditions_all_hold(modules, name, facts, found):
    assert modules("core/replays.js", FIND, name, facts) == found
