"""What can be dragged: by mouse and keyboard, once grasped, once released, named to a reader."""

import pytest

DRAG = "parts/drag.js"
HANDLE = """({ draggable }, step) => {
  const name = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(name, "svg");
  // Half as wide on the screen as in its own units.
  for (const [key, value] of Object.entries({ viewBox: "0 0 400 400", width: 200, height: 200 })) {
    picture.setAttribute(key, value);
  }
  picture.style.cssText = "position: fixed; left: 0; top: 0";
  const handle = document.createElementNS(name, "rect");
  for (const [key, value] of Object.entries({ width: 400, height: 400 })) {
    handle.setAttribute(key, value);
  }
  picture.append(handle);
  document.body.append(picture);
  window.told = [];
  draggable(handle, picture, {
    label: "a box",
    step,
    grasp: () => told.push("grasp"),
    moved: (dx, dy) => told.push([dx, dy]),
    release: () => told.push("release"),
  });
  handle.focus();
  return [handle.getAttribute("role"), handle.getAttribute("aria-label"), handle.tabIndex];
}"""


@pytest.fixture
def page(modules):
    assert modules(DRAG, HANDLE, 3) == ["slider", "a box", 0]
    return modules.page


def told(page):
    return page.evaluate("told.splice(0)")


def test_the_mouse_drags_in_units_of_the_picture(page):
    page.mouse.move(50, 50)
    page.mouse.move(60, 60)
    assert told(page) == [], "nothing moves before it is grasped"
    page.mouse.down()
    page.mouse.move(65, 40)
    page.mouse.move(500, 40)
    page.mouse.up()
    page.mouse.move(10, 10)
    assert told(page) == ["grasp", [10, -40], [880, -40], "release"]


def test_another_button_drags_nothing(page):
    page.mouse.move(50, 50)
    page.mouse.down(button="right")
    page.mouse.move(60, 60)
    page.mouse.up(button="right")
    assert told(page) == []


@pytest.mark.parametrize(
    ("key", "way"),
    [
        ("ArrowRight", [3, 0]),
        ("ArrowLeft", [-3, 0]),
        ("ArrowDown", [0, 3]),
        ("ArrowUp", [0, -3]),
        ("Shift+ArrowUp", [0, -30]),
    ],
)
def test_a_key_is_a_step_and_its_release_lets_go(page, key, way):
    page.keyboard.press(key)
    assert told(page) == ["grasp", way, "release"]


@pytest.mark.parametrize("key", ["a", "Enter", "Alt+ArrowLeft", "Control+ArrowUp"])
def test_other_keys_are_not_taken(page, key):
    page.keyboard.press(key)
    assert told(page) == []


def test_a_key_that_is_held_is_let_go_once(page):
    for _ in range(3):
        page.keyboard.down("ArrowRight")
    assert told(page) == ["grasp", [3, 0]] * 3
    page.keyboard.up("ArrowRight")
    assert told(page) == ["release"]


def test_losing_the_focus_lets_go(page):
    page.keyboard.down("ArrowRight")
    told(page)
    page.evaluate("document.activeElement.blur()")
    assert told(page) == ["release"]
    page.keyboard.up("ArrowRight")
    assert told(page) == []


def test_a_step_may_follow_the_scale(modules):
    modules(DRAG, HANDLE.replace("step,", "step: () => step * 2,"), 3)
    modules.page.keyboard.press("ArrowRight")
    assert [6, 0] in told(modules.page)


def test_snapping_and_clamping(modules):
    found = modules(
        DRAG,
        """({ snap, clamp }) => [snap(0.12345), snap(7, 5), snap(-0.0004), clamp(5, 0, 1),
          clamp(-5, 0, 1), clamp(0.5, 0, 1), clamp(NaN, 0, 1)]""",
    )
    assert found[:6] == pytest.approx([0.123, 5, 0, 1, 0, 0.5])
    assert found[6] != found[6]
