"""Torch's own answer, beside what the browser shows: checked by differences, not by autograd. Where
a page or a scene begins torch is asked for it once, and everywhere else each time."""

import json
import math
from dataclasses import replace

import pytest
import torch

from catalog import family
from live.families import EVERY_PAGE, PAGES, answers
from live.families.loss_numbers import keywords
from live.families.page_tables import table
from live.words.number_format import json_number
from losses.boxes import centre_to_corners, corners_to_centre

STATES = [
    pytest.param(name, scene, id=f"{name}-{scene or 'start'}")
    for name in EVERY_PAGE
    for scene in ("", *table(name).scenes)
]


@pytest.mark.parametrize(("name", "scene"), STATES)
def test_an_answer_is_plain_json_and_speaks_of_every_loss_on_the_screen(name, scene):
    state = table(name).start(scene)
    answer = EVERY_PAGE[name].answer(state)
    assert answer["values"].keys() == answer["gradients"].keys()
    if name in PAGES:
        assert {*state["losses"], state["loss"]} <= answer["values"].keys()
        assert answer["values"].keys() <= {loss.id for loss in family(name)}
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    for loss, gradient in answer["gradients"].items():
        assert all(map(math.isfinite, gradient)), loss


def test_what_is_not_finite_goes_by_its_name():
    assert [json_number(v) for v in (1.5, math.inf, -math.inf, math.nan)] == [
        *(1.5, "Infinity", "-Infinity", "NaN")
    ]
    answer = PAGES["boxes"].answer(table("boxes").start())  # the boxes are apart
    assert answer["values"]["log_iou_loss"] == "Infinity"


HELD = ("wiou_loss",)
"""Losses whose gradient takes a part of the formula for a constant; `tests/losses` tests those."""
BOXES = {"prediction": (1.0, 1.2, 4.1, 3.3), "target": (1.5, 0.7, 4.6, 2.9)}


@pytest.mark.parametrize("coordinates", ["corner", "centre"])
@pytest.mark.parametrize(
    "loss", [loss for loss in family("boxes") if not loss.options], ids=lambda loss: loss.id
)
def test_box_gradients_are_those_of_differences(loss, coordinates):
    """In the numbers that descent moves: corners, or centre and size."""
    state = {**table("boxes").start(), **BOXES, "coordinates": coordinates}
    answer = PAGES["boxes"].answer(state)
    corners, target = (torch.tensor(BOXES[k], dtype=torch.float64) for k in BOXES)
    point = corners if coordinates == "corner" else corners_to_centre(corners)

    def value(numbers):
        box = numbers if coordinates == "corner" else centre_to_corners(numbers)
        return loss.call(box, target, **keywords(loss, state)).item()

    assert answer["values"][loss.id] == value(point)
    if loss.id not in HELD:
        steps = 1e-6 * torch.eye(4, dtype=torch.float64)
        slopes = [(value(point + step) - value(point - step)) / 2e-6 for step in steps]
        assert answer["gradients"][loss.id] == pytest.approx(slopes, abs=1e-7)


@pytest.mark.parametrize("loss", family("regression"), ids=lambda loss: loss.id)
def test_regression_slopes_are_those_of_differences(loss):
    state = {**table("regression").start(), "prediction": 2.6, "target": 0.4}
    answer = PAGES["regression"].answer(state)
    target = torch.tensor(0.4, dtype=torch.float64)

    def value(prediction):
        number = torch.tensor(prediction, dtype=torch.float64)
        return loss.call(number, target, **keywords(loss, state)).item()

    assert answer["values"][loss.id] == value(2.6)
    slope = (value(2.6 + 1e-6) - value(2.6 - 1e-6)) / 2e-6
    assert answer["gradients"][loss.id] == [pytest.approx(slope, abs=1e-7)]


@pytest.mark.parametrize("name", PAGES)
def test_an_answer_follows_every_parameter(name):
    """A knob that the answer ignored would show the reader a difference that is none."""
    rows = table(name)
    overlapping = BOXES if name == "boxes" else {}
    starts = [{**rows.start(scene), **overlapping} for scene in ("", *rows.scenes)]
    for loss in family(name):
        for parameter in loss.parameters:
            other = parameter.low if parameter.low != parameter.default else parameter.high
            changes = (changed(name, s, {f"{loss.id}.{parameter.name}": other}) for s in starts)
            assert next(filter(None, changes), None) == {loss.id}, parameter.name


def changed(name, state, change):
    """The losses about which torch says something else after a change."""
    before, after = (PAGES[name].answer(s) for s in (state, {**state, **change}))
    return {
        loss
        for loss in before["values"]
        if any(before[part][loss] != after[part].get(loss) for part in ("values", "gradients"))
    }


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_torch_is_asked_once_where_a_page_or_a_scene_begins(name, monkeypatch):
    page, asked = EVERY_PAGE[name], []

    def counted(state):
        asked.append(state)
        return page.answer(state)

    monkeypatch.setitem(answers.EVERY_PAGE, name, replace(page, answer=counted))
    answers._beginning.cache_clear()
    scenes = ["", *table(name).scenes]
    for scene in scenes:
        # As a browser tells it, and as a link does.
        released, _ = table(name).check(json.loads(json.dumps(table(name).start(scene))))
        linked, _ = table(name).read_link({"scene": scene} if scene else {})
        for state in (released, linked):
            assert answers.answer(name, state) == page.answer(state)
    assert len(asked) == len(scenes)


def test_elsewhere_torch_is_asked(monkeypatch):
    page = replace(EVERY_PAGE["boxes"], answer=lambda state: state["prediction"])
    monkeypatch.setitem(answers.EVERY_PAGE, "boxes", page)
    for width in (3.0, 4.0):
        state = table("boxes").start("inside") | {"prediction": (1.0, 1.0, width, 4.0)}
        assert answers.answer("boxes", state) == state["prediction"]
