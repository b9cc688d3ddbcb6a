"""A box under the mouse, a finger and the keys: it follows, stays a box, and is sent once."""

import pytest
from playwright.sync_api import expect

from tests.browser.box_stage import IDS, START, link, near
from tests.browser.family_stage import alone, middle


@pytest.mark.parametrize(
    ("part", "moves"),
    [("", (1, 1, 1, 1)), ("top_left", (1, 1, 0, 0)), ("bottom_right", (0, 0, 1, 1))],
    ids=["body", "corner", "other corner"],
)
def test_the_mouse_drags(stage, part, moves):
    lab = stage(link(prediction="2,2,4,4", target="4.6,1,6.8,3.7"))
    lab.agreed(len(IDS))
    before = lab.numbers()
    x, y = middle(lab.handle("prediction", part))
    mouse = lab.page.mouse
    mouse.move(x, y)
    mouse.down()
    seen = set()
    for share in range(1, 9):
        mouse.move(x + lab.pixels(0.5) * share / 8, y + lab.pixels(0.25) * share / 8)
        seen.add(tuple(lab.numbers()["diou_loss"]))
    assert len(seen) == 8, "the numbers follow every move"
    expected = [v + m * d for v, m, d in zip((2, 2, 4, 4), moves, (0.5, 0.25) * 2, strict=True)]
    assert near(lab.box("prediction"), expected)
    assert lab.messages() == 0, "nothing is sent while the hand moves"
    expect(lab.page.locator(".lab-agreement")).to_have_text(lab.words["waiting_for_torch"])
    mouse.up()
    lab.sent_once(len(IDS))
    assert lab.numbers() != before
    assert near([float(v) for v in lab.address()["prediction"].split(",")], expected)


def test_edges_keep_a_box_a_box(stage):
    """An edge that is dragged through the opposite one stops before it; a body stays inside."""
    lab = stage(alone(link(prediction="2,2,4,4")))
    mouse = lab.page.mouse
    x, y = middle(lab.handle("prediction", "left"))
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + lab.pixels(5), y + 40)
    mouse.up()
    assert lab.box("prediction") == pytest.approx((3.95, 2, 4, 4))
    x, y = middle(lab.handle("target"))
    mouse.move(x, y)
    mouse.down()
    mouse.move(2, 2)
    mouse.up()
    assert lab.box("target")[:2] == (0, 0)
    x1, y1, x2, y2 = START["target"]
    assert lab.box("target")[2:] == pytest.approx((x2 - x1, y2 - y1))


def test_a_finger_drags(stage):
    lab = stage("/boxes", touch=True, width=390, height=844)
    before = lab.box("prediction")
    x, y = middle(lab.handle("prediction"))
    finger = lab.page.context.new_cdp_session(lab.page)

    def touch(kind, *points):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    for share in range(1, 9):
        touch(
            "touchMove", {"x": x + lab.pixels(1) * share / 8, "y": y - lab.pixels(0.5) * share / 8}
        )
    assert lab.box("prediction") == pytest.approx(
        [v + d for v, d in zip(before, (1, -0.5) * 2, strict=True)], abs=0.03
    )
    assert lab.messages() == 0
    assert lab.page.evaluate("scrollY") == 0
    touch("touchEnd")
    lab.sent_once(len(IDS))


def test_a_finger_finds_every_handle(stage):
    """44 px of touch for each handle, on the phone."""
    lab = stage(alone(link()), touch=True, width=390, height=844)
    for circle in lab.page.locator(".lab-touch").all():
        size = circle.bounding_box()
        assert min(size["width"], size["height"]) >= 43.5


def test_the_keyboard_moves_and_says_what_it_moves(stage):
    lab = stage(link(prediction="2,2,4,4"))
    body, corner = lab.handle("prediction"), lab.handle("prediction", "bottom_right")
    body.focus()
    lab.page.keyboard.press("ArrowRight")
    lab.sent_once(len(IDS))
    assert lab.box("prediction") == pytest.approx((2.05, 2, 4.05, 4))
    lab.page.keyboard.press("Shift+ArrowUp")
    lab.sent_once(len(IDS), before=1)
    assert lab.box("prediction") == pytest.approx((2.05, 1.5, 4.05, 3.5))
    corner.focus()
    for _ in range(4):
        lab.page.keyboard.down("ArrowDown")  # the key is held
    lab.drawn()
    assert lab.messages() == 2
    lab.page.keyboard.up("ArrowDown")
    lab.sent_once(len(IDS), before=2)
    assert lab.box("prediction") == pytest.approx((2.05, 1.5, 4.05, 3.7))
    assert lab.words["prediction_box"] in corner.get_attribute("aria-label")
    assert corner.get_attribute("role") == "slider"
    assert corner.get_attribute("aria-valuenow") == "4.050"
    assert corner.get_attribute("aria-valuetext") == "2.050, 1.500, 4.050, 3.700"


@pytest.mark.parametrize("name", ["prediction", "target"])
def test_a_hand_keeps_a_tiny_box_a_box_and_the_server_takes_it(stage, name):
    """A link may bring a box that no hand could make; every way to pull one is tried in
    tests/web/families/boxes/test_constraints.py."""
    lab = stage(link(**{name: "7.9996,5.9997,8,6"}))
    lab.handle(name, "bottom_right").focus()
    lab.page.keyboard.press("ArrowLeft")
    lab.sent_once(len(IDS))
    lab.handle(name).focus()
    lab.page.keyboard.press("Shift+ArrowRight")
    lab.sent_once(len(IDS), before=1)
    x1, y1, x2, y2 = lab.box(name)
    assert 0 <= x1 < x2 <= 8 + 1e-12
    assert 0 <= y1 < y2 <= 6 + 1e-12
    expect(lab.page.locator("[data-testid=stAlert]")).to_have_count(0)


@pytest.mark.parametrize("name", ["prediction", "target"])
def test_keyboard_focus_rings_a_box(stage, name):
    lab = stage(alone(link()))
    ring = "(box) => { const s = getComputedStyle(box); return [s.outlineStyle, s.outlineWidth]; }"
    assert lab.handle(name).evaluate(ring)[0] == "none"
    lab.handle(name, "bottom_right").focus()
    lab.handle(name).focus()
    lab.page.keyboard.press("ArrowRight")
    style, width = lab.handle(name).evaluate(ring)
    assert style == "solid"
    assert float(width.removesuffix("px")) >= 3


def test_the_smaller_box_lies_above(stage):
    lab = stage(alone(link(prediction="1,1,6,5", target="3,2,4.5,3.5")))
    lab.drag(lab.handle("target"), lab.pixels(0.5))
    lab.page.mouse.up()
    assert near(lab.box("target"), (3.5, 2, 5, 3.5))
    assert lab.box("prediction") == (1, 1, 6, 5)


def test_a_finger_finds_the_body_of_a_small_box(stage):
    lab = stage(alone(link(scene="cross")), touch=True, width=390, height=844)
    body = lab.handle("prediction")
    assert body.bounding_box()["height"] < 44
    found = "([x, y]) => document.elementFromPoint(x, y).getAttribute('class')"
    assert "lab-box prediction" in lab.page.evaluate(found, middle(body))
