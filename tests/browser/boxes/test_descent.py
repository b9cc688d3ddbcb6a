"""The race of the boxes: as torch runs it, to its end, and back to exactly the start."""

import re

import pytest
import torch
from playwright.sync_api import expect

from catalog import CATALOG
from experiments.boxes import COORDINATES
from experiments.descent import descend
from live.families.loss_numbers import keywords
from tests.browser.box_stage import IDS, OVERLAPPING, OVERLAPPING_LINK, START, link, near
from tests.browser.family_stage import alone


def test_play_runs_and_rewind_goes_back_to_exactly_the_start(stage):
    lab = stage()
    before = lab.box("prediction"), lab.box("target"), lab.numbers()
    assert lab.runs() == {}
    lab.button("play").click()
    counter = lab.page.locator(".lab-count")
    expect(counter).to_have_text(re.compile(r"\b([2-9]\d|\d{3,})\b"))
    lab.button("pause").click()
    assert lab.runs().keys() == set(START["losses"])
    assert lab.runs()["giou_loss"] != before[0]
    assert lab.runs()["iou_loss"] == before[0], "1 − IoU is flat where the boxes are apart"
    curves = lab.page.locator(".lab-curve").evaluate_all(
        "all => all.filter((c) => c.style.display !== 'none').map((c) => c.getAttribute('d'))"
    )
    assert len(curves) == len(START["losses"])
    ends = {
        curve.removeprefix("M").replace("L", " ").split()[x] for curve in curves for x in (0, -2)
    }
    assert len(ends) == 2, "every curve goes from the first step to the last"
    lab.button("rewind").click()
    assert (lab.box("prediction"), lab.box("target"), lab.numbers()) == before
    assert lab.runs() == {}
    expect(counter).to_have_text(lab.words["step_count"].format(count=0))
    assert lab.messages() == 0
    lab.agreed(len(IDS))


def test_the_start_can_be_dragged_away_from_a_run(stage):
    lab = stage(alone(link()))
    lab.button("step").click()
    assert lab.runs()
    before = lab.box("prediction")
    lab.drag(lab.handle("prediction"), lab.pixels(0.5))
    assert near(lab.box("prediction"), [v + d for v, d in zip(before, (0.5, 0) * 2, strict=True)])
    assert lab.runs() == {}
    lab.page.mouse.up()
    assert lab.runs() == {}


def test_a_run_that_has_ended_says_so_and_begins_again(stage):
    lab = stage(alone(link(scene="asleep", losses="focal_eiou_loss")))
    counter = lab.page.locator(".lab-count")
    lab.button("play").click()
    expect(counter).to_have_text(lab.words["last_step"].format(count=1))
    lab.button("step").click()
    expect(counter).to_have_text(lab.words["last_step"].format(count=2))
    lab.button("play").click()
    expect(counter).to_have_text(lab.words["last_step"].format(count=1))


def test_the_last_step_that_is_allowed_ends_a_run(stage):
    lab = stage(alone(link()), reduced_motion=True)
    counter = lab.page.locator(".lab-count")
    lab.button("play").click()
    expect(counter).to_have_text(lab.words["last_step"].format(count=2000))
    lab.page.emulate_media(reduced_motion="no-preference")
    lab.button("play").click()
    lab.button("pause").click()
    expect(counter).to_have_text(re.compile(r"^\D*\d{1,3}$"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_torch_is_not_said_to_wait_for_a_hand_while_a_descent_is_shown(stage, lang):
    lab = stage(lang=lang)
    lab.agreed(len(IDS))
    lab.button("step").click()
    expect(lab.page.locator(".lab-agreement")).to_have_text(lab.words["descent_shown"])
    lab.button("rewind").click()
    lab.agreed(len(IDS))


@pytest.mark.parametrize("coordinates", ["corner", "centre"])
def test_a_step_is_a_step_of_torch(stage, coordinates):
    state = {**START, **OVERLAPPING, "rate": 0.1, "coordinates": coordinates}
    losses = ",".join(IDS)
    lab = stage(alone(link(**OVERLAPPING_LINK, rate="0.1", coordinates=coordinates, losses=losses)))
    start, target = (torch.tensor(OVERLAPPING[k], dtype=torch.float64) for k in OVERLAPPING)
    steps = 5
    for _ in range(steps):
        lab.button("step").click()
    expect(lab.page.locator(".lab-count")).to_have_text(lab.words["step_count"].format(count=steps))
    runs = lab.runs()
    assert runs.keys() == set(IDS)
    for id, box in runs.items():
        loss = CATALOG[id]
        given, (to_coordinates, to_corners) = keywords(loss, state), COORDINATES[coordinates]
        path = descend(
            lambda box, f=loss.call, given=given: f(box, target, **given),
            to_coordinates(start), rate=0.1, steps=steps, through=to_corners,
        )  # fmt: skip
        assert box == pytest.approx(path[-1].tolist(), abs=1e-9), id
    moved = {id for id, box in runs.items() if box != OVERLAPPING["prediction"]}
    assert moved == set(IDS)


def test_less_motion_takes_the_steps_without_the_film(stage):
    lab = stage(alone(link()), reduced_motion=True)
    lab.page.evaluate("() => { window.seen = 0; window.labFrame = () => { window.seen += 1; }; }")
    lab.button("play").click()
    lab.drawn()
    expect(lab.page.locator(".lab-count")).to_have_text(re.compile(r"\d{3}"))
    assert lab.page.evaluate("window.seen") <= 2, "frames of an animation"
    expect(lab.button("play")).to_be_visible()  # it never became Pause
    assert lab.runs()["eiou_loss"] == pytest.approx(START["target"], abs=0.2)
    lab.button("rewind").click()
    assert lab.runs() == {}
