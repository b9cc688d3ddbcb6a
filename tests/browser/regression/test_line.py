"""A line through points: it follows them, and they come and go."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from experiments.best_line import fit_line
from experiments.regression import TELEPHONE_CALLS
from losses import huber_loss, mse_loss
from tests.browser.family_stage import alone, middle
from tests.browser.regression_stage import ALL, IDS, link, shown

X, Y = np.array(TELEPHONE_CALLS).T


def test_lines_follow_a_point_and_torch_confirms_them(stage):
    lab = stage(link(view="line", losses=ALL))
    lab.agreed(len(IDS))
    slope, intercept = np.polyfit(X, Y, 1)
    assert lab.number("mse_loss", 0) == shown(slope)
    assert lab.number("mse_loss", 1) == shown(intercept)
    assert lab.number("l1_loss", 0) == shown(1.2)
    robust = lab.numbers()["l1_loss"]
    highest = lab.handle("target").nth(int(Y.argmax()))
    seen = lab.drag(highest.locator(".lab-dot"), 0, -40)
    assert len(set(seen)) == 5, "the lines follow every move"
    assert lab.numbers()["l1_loss"] == robust, "a far point that moves farther pulls no harder"
    assert lab.number("mse_loss", 0) > slope
    assert lab.messages() == 0
    lab.page.mouse.up()
    lab.sent_once(len(IDS))
    x, y = lab.points().T
    for loss in (mse_loss, huber_loss):
        expected = fit_line(loss, x, y)
        assert lab.number(loss.__name__, 0) == shown(expected[1])
        assert lab.number(loss.__name__, 1) == shown(expected[0])


def test_points_come_and_go_by_mouse_key_and_button(stage):
    lab = stage(link(view="line", losses="mse_loss,huber_loss"))
    lab.agreed(2)
    count = len(TELEPHONE_CALLS)
    points = lab.handle("target")
    picture = lab.page.locator(".lab-picture:visible").bounding_box()
    lab.page.mouse.dblclick(picture["x"] + 160, picture["y"] + 120)
    lab.sent_once(2)
    expect(points).to_have_count(count + 1)
    lab.page.keyboard.press("ArrowUp")
    lab.sent_once(2, before=1)
    lab.page.keyboard.press("Delete")
    lab.sent_once(2, before=2)
    expect(points).to_have_count(count)
    assert lab.number("mse_loss", 0) == shown(np.polyfit(X, Y, 1)[0])
    lab.button("add_point").click()
    lab.sent_once(2, before=3)
    lab.button("remove_point").click()
    lab.sent_once(2, before=4)
    expect(points).to_have_count(count)
    points.nth(0).focus()
    lab.page.keyboard.press("Delete")
    lab.sent_once(2, before=5)
    lab.button("restore_points").click()
    lab.sent_once(2, before=6)
    expect(points).to_have_count(count)


def test_points_come_and_go_by_finger(stage):
    address = alone(link(view="line", losses="mse_loss"))
    lab = stage(address, touch=True, width=390, height=844)
    count = len(TELEPHONE_CALLS)
    expect(lab.page.locator(".lab-hint.finger")).to_be_visible()
    expect(lab.page.locator(".lab-hint.mouse")).to_be_hidden()
    points = lab.handle("target")
    highest = points.nth(int(Y.argmax()))
    x, y = middle(highest)
    lab.page.touchscreen.tap(x, y)
    expect(highest).to_have_class(re.compile("picked"))
    lab.button("remove_point").tap()
    expect(points).to_have_count(count - 1)
    assert lab.points()[:, 1].max() == np.sort(Y)[-2], "the point that was picked is gone"
    lab.button("add_point").tap()
    expect(points).to_have_count(count)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_said_why_points_above_each_other_have_no_line(stage, lang):
    lab = stage(alone(link(view="line", points="1950:4,1950:5")), lang=lang)
    note = lab.page.locator(".lab-note")
    expect(note).to_have_text(lab.words["no_line"])
    lab.drag(lab.dot("target").last, 60)
    lab.page.mouse.up()
    expect(note).to_be_empty()
