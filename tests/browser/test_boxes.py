"""The box page in a real Chromium: hands, messages, races, links."""

import re

import pytest
import torch
from playwright.sync_api import expect

from catalog import CATALOG
from experiments.boxes import COORDINATES
from experiments.descent import descend
from live.assets import web_root
from live.families.loss_numbers import keywords
from live.families.page_tables import table
from live.words.text import load, say
from tests.browser import pages
from tests.browser.box_stage import IDS, UNIT, BoxStage, link, written
from tests.browser.family_stage import alone, middle

START = table("boxes").start()
OVERLAPPING = {"prediction": (1.0, 1.2, 4.1, 3.3), "target": (1.5, 0.7, 5.6, 2.9)}
OVERLAPPING_LINK = {name: written(box) for name, box in OVERLAPPING.items()}
SCENES = load("scenes/boxes")["scene"]


@pytest.fixture
def stage(open_page):
    """`stage(path, …)`: a box page that is ready, and counts its messages."""
    return lambda path="/boxes", lang="en", **options: BoxStage(
        open_page(path, lang=lang, **options), lang
    )


def near(box, expected):
    return box == pytest.approx(expected, abs=0.006)  # a pixel is 0.01 units


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
    assert near([float(v) for v in address(lab)["prediction"].split(",")], expected)


def address(lab):
    """The query in the address bar; torch's answer comes after it."""
    return lab.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


def test_edges_keep_a_box_a_box(stage):
    """An edge that is dragged through the opposite one stops before it; a body stays inside."""
    lab = stage(link(prediction="2,2,4,4"))
    mouse = lab.page.mouse
    x, y = middle(lab.handle("prediction", "left"))
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + lab.pixels(5), y + 40)
    mouse.up()
    lab.sent_once(len(IDS))
    assert lab.box("prediction") == pytest.approx((3.95, 2, 4, 4))
    x, y = middle(lab.handle("target"))
    mouse.move(x, y)
    mouse.down()
    mouse.move(2, 2)
    mouse.up()
    lab.sent_once(len(IDS), before=1)
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
    lab = stage("/boxes", touch=True, width=390, height=844)
    for circle in lab.page.locator(".lab-touch").all():
        size = circle.bounding_box()
        assert min(size["width"], size["height"]) >= 43.5


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "wide"])
@pytest.mark.parametrize("scene", ["disjoint", "standing"])
def test_titles_stay_in_the_picture_and_off_the_edges(stage, scene, size):
    """Letters keep their size in pixels while the picture shrinks."""
    lab = stage(link(scene=scene), width=size[0], height=size[1])
    lab.agreed(len(IDS))
    picture = lab.page.locator(".lab-picture").bounding_box()
    upper_edges = [middle(lab.handle(name, "top"))[1] for name in ("prediction", "target")]
    title = lab.page.locator(".lab-label.target")
    # Beside a question the picture is wider than its 8 × 6 units, which stand in its middle.
    pixels = min(picture["width"] / 8, picture["height"] / 6) / UNIT
    baseline = picture["y"] + pixels * float(title.get_attribute("y"))
    size_of_letters = float(title.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)"))
    assert baseline - pixels * size_of_letters >= picture["y"] - 0.5
    if scene == "standing":  # the prediction's upper edge lies above the target's
        assert baseline < min(upper_edges)


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
    lab = stage(link(prediction="1,1,6,5", target="3,2,4.5,3.5"))
    lab.drag(lab.handle("target"), lab.pixels(0.5))
    lab.page.mouse.up()
    lab.sent_once(len(IDS))
    assert near(lab.box("target"), (3.5, 2, 5, 3.5))
    assert lab.box("prediction") == (1, 1, 6, 5)


def test_a_finger_finds_the_body_of_a_small_box(stage):
    lab = stage(link(scene="cross"), touch=True, width=390, height=844)
    body = lab.handle("prediction")
    assert body.bounding_box()["height"] < 44
    found = "([x, y]) => document.elementFromPoint(x, y).getAttribute('class')"
    assert "lab-box prediction" in lab.page.evaluate(found, middle(body))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_scene_asks_first_and_tells_afterwards(stage, lang):
    lab = stage("/boxes", lang=lang)
    scene = SCENES[1]
    lab.page.get_by_role("button", name=scene["title"][lang], exact=True).click()
    lab.sent_once(len(IDS))
    assert lab.box("prediction") == pytest.approx(table("boxes").start(scene["id"])["prediction"])
    question = lab.page.locator(".lab-question")
    expect(question.locator("strong")).to_have_text(scene["question"][lang])
    expect(question.locator(".lab-reveal")).to_have_text("")
    texts = [answer["text"][lang] for answer in scene["answer"]]
    right = next(a["text"][lang] for a in scene["answer"] if a.get("right"))
    for text in texts:
        question.get_by_role("button", name=text, exact=True).click()
        verdict = lab.words["right_answer" if text == right else "wrong_answer"]
        before = re.escape(verdict.partition("{reveal}")[0])
        expect(question.locator(".lab-reveal")).to_have_text(re.compile(rf"^{before}\S"))
        assert "{" not in question.locator(".lab-reveal").inner_text()
    expect(question.locator(".right")).to_have_text(right)
    lab.page.wait_for_url(re.compile(f"scene={scene['id']}"))


def test_play_runs_and_rewind_goes_back_to_exactly_the_start(stage):
    lab = stage()
    before = lab.box("prediction"), lab.box("target"), lab.numbers()
    assert lab.runs() == {}
    lab.button("play").click()
    counter = lab.page.locator(".lab-count")
    expect(counter).to_have_text(re.compile(r"\b[2-9]\d\b"))
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
    lab = stage()
    lab.button("step").click()
    assert lab.runs()
    before = lab.box("prediction")
    lab.drag(lab.handle("prediction"), lab.pixels(0.5))
    assert near(lab.box("prediction"), [v + d for v, d in zip(before, (0.5, 0) * 2, strict=True)])
    assert lab.runs() == {}
    lab.page.mouse.up()
    lab.sent_once(len(IDS))


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


@pytest.mark.parametrize("coordinates", ["corner", "centre"])
@pytest.mark.parametrize("boxes", [{}, OVERLAPPING_LINK], ids=["apart", "overlapping"])
def test_torch_agrees_on_all_losses(stage, boxes, coordinates):
    lab = stage(link(coordinates=coordinates, **boxes))
    lab.agreed(len(IDS))
    expect(lab.page.locator(".lab-torch-check.differs")).to_have_count(0)


def test_a_difference_from_torch_would_be_shown_in_red(stage):
    """The agreement is not painted on: a wrong tape is caught."""
    lab = stage(link(**OVERLAPPING_LINK))
    lab.agreed(len(IDS))
    told = lab.page.evaluate(
        """async (modules) => {
          const { TorchCheck } = await import(`${modules}/parts/torch_check.js`);
          const check = new TorchCheck({ differs: "differs" });
          const answer = { sequence: 0, values: { a: 1 }, gradients: { a: [1, 0] } };
          const result = { value: 1 + 1e-9, gradient: [1, 0] };
          check.draw(answer, 0, new Map([["a", result]]), "a", true);
          return [check.element.className, check.summary.textContent];
        }""",
        lab.page.evaluate("(root) => new URL(root, document.baseURI).href", web_root()),
    )
    assert told == ["lab-torch-check differs", "✗ a: differs"]


def test_a_link_reopens_what_its_sender_saw(stage):
    asked = {
        **OVERLAPPING_LINK, "losses": "giou_loss,ciou_loss", "loss": "ciou_loss", "rate": "1.5",
        "coordinates": "centre", "arrows": "all", "overlay": "union,corners", "picture": "grid",
        "ciou_loss.trade_off": "gated",
    }  # fmt: skip
    lab = stage(link(**asked))
    lab.agreed(len(IDS))
    for name, box in OVERLAPPING.items():
        assert lab.box(name) == pytest.approx(box)
    page = lab.page
    on = page.locator(".lab-switch input").evaluate_all("all => all.map((box) => box.checked)")
    assert [id for id, checked in zip(IDS, on, strict=True) if checked] == [
        "giou_loss",
        "ciou_loss",
    ]
    expect(page.locator(".lab-row.chosen .lab-name")).to_have_text("CIoU")
    expect(page.get_by_label(lab.words["coordinates"])).to_have_value("centre")
    expect(page.locator(".lab-parameters select")).to_have_value("gated")
    expect(page.locator(".lab-picture image")).to_be_hidden()
    expect(page.locator(".lab-controls output").first).to_have_text("1.50")
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)
    page.get_by_label(lab.words["coordinates"]).select_option("corner")
    lab.sent_once(len(IDS))
    assert address(lab) == {k: v for k, v in asked.items() if k != "coordinates"} | {"lang": "en"}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"prediction": "5,5,1,1", "rate": "0", "ciou_loss.trade_off": "foo", "nothing": "1"},
         ["prediction=5,5,1,1", "rate=0", "ciou_loss.trade_off=foo", "nothing"]),
        ({"prediction": "1,1,1,1", "target": "nan,1,2,3", "losses": "iou"},
         ["prediction=1,1,1,1", "target=nan,1,2,3", "losses=iou"]),
        ({"prediction": "1e6,1e6,2e6,2e6", "rate": "9" * 10_000, "scene": "🎯"},
         ["prediction=1e6,1e6,2e6,2e6", "rate=" + "9" * 40 + "…", "scene=🎯"]),
        ({"rate": "`**b** <img src=x> $y$ [c](d)`", "<b>": "1"},
         ["rate='**b** <img src=x> $y$ [c](d)'", "<b>"]),
    ],
    ids=["inverted", "empty and NaN", "far and long", "markup"],
)  # fmt: skip
def test_a_link_that_makes_no_sense_opens_the_default_and_says_so(stage, query, told):
    lab = stage(link(**query))
    alert = lab.page.locator("[data-testid=stAlert]")
    expect(alert).to_have_count(1)
    expect(alert.locator("code")).to_have_text(told)
    expect(alert.locator("img, strong, a, em, .katex")).to_have_count(0)
    assert lab.box("prediction") == pytest.approx(START["prediction"])
    assert lab.box("target") == pytest.approx(START["target"])
    lab.agreed(len(IDS))


def test_a_parameter_changes_its_loss_and_nothing_else(stage):
    scene = SCENES[1]
    lab = stage(link(scene=scene["id"], loss="siou_loss"))
    lab.agreed(len(IDS))
    boxes, before = (lab.box("prediction"), lab.box("target")), lab.numbers()
    knob = lab.page.locator(".lab-parameters input")
    knob.focus()
    lab.page.keyboard.press("Home")
    lab.sent_once(len(IDS))
    after = lab.numbers()
    assert (lab.box("prediction"), lab.box("target")) == boxes
    assert {id for id in IDS if before[id] != after[id]} == {"siou_loss"}
    pressed = lab.page.locator(".lab-chips [aria-pressed=true]")
    expect(pressed).to_contain_text(scene["title"]["en"])
    lab.page.wait_for_url(re.compile(r"siou_loss\.theta=1(&|$)"))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_formula_with_its_numbers_is_seen_whole(stage, width, lang):
    lab = stage(link(**OVERLAPPING_LINK), lang=lang, width=width)
    for loss in ("siou_loss", "shape_iou_loss", "ciou_loss", "focal_eiou_loss"):
        row = lab.page.locator(".lab-row:not(.lab-head)").nth(IDS.index(loss))
        row.locator(".lab-name").click()
        expect(row).to_have_class(re.compile("chosen"))
        lab.drawn()
        lines = lab.page.locator(".lab-formula .lab-tex").all()
        assert len(lines) >= 2, loss
        for line in lines:
            assert line.evaluate("(e) => e.scrollWidth <= e.clientWidth"), loss


def test_the_view_shows_each_piece(stage):
    lab = stage(alone(link(**OVERLAPPING_LINK, overlay="none")))
    assert lab.marks() == set()
    lab.page.locator(".lab-controls .lab-menu summary").click()
    marks = {
        "intersection": {"intersection"}, "union": {"union"}, "enclosing": {"frame", "empty"},
        "centres": {"centres", "diagonal"}, "corners": {"corners", "other_corners"},
    }  # fmt: skip
    expected = set()
    for name, own in marks.items():
        lab.page.get_by_label(lab.words[f"overlay_{name}"]).check()
        expected |= own
        assert lab.marks() == expected
    lab.page.get_by_label(lab.words["overlay_union"]).uncheck()
    lab.page.get_by_label(lab.words["photo"]).uncheck()
    assert lab.marks() == expected - {"union"}
    expect(lab.page.locator(".lab-picture image")).to_be_hidden()
    lab.page.wait_for_url(
        re.compile("overlay=intersection(%2C|,)enclosing.*picture=grid|picture=grid")
    )


DISTANCE = {"centres", "diagonal", "frame"}


@pytest.mark.parametrize(
    ("chosen", "marks"),
    [
        ({"loss": "iou_loss"}, set()),
        ({"loss": "giou_loss"}, {"frame", "empty"}),
        ({"loss": "diou_loss"}, DISTANCE),
        ({"loss": "ciou_loss"}, DISTANCE | {"aspect"}),
        ({"loss": "focal_eiou_loss"}, DISTANCE | {"widths", "heights"}),
        ({"loss": "siou_loss"}, {"centres", "widths", "heights"}),
        ({"loss": "mpdiou_loss"}, {"corners"}),
        ({"loss": "inner_iou_loss"}, {"inner"}),
        ({"loss": "cdiou_loss"}, {"corners", "other_corners", "diagonal", "frame"}),
        ({"loss": "cdiou_loss", "cdiou_loss.base": "giou"},
         {"corners", "other_corners", "diagonal", "frame", "empty"}),
        ({"loss": "cdiou_loss", "cdiou_loss.base": "ciou"},
         DISTANCE | {"corners", "other_corners", "aspect"}),
    ],
    ids=lambda given: "-".join(given.values()) if isinstance(given, dict) else "",
)  # fmt: skip
def test_the_picture_draws_what_the_formula_speaks_of(stage, chosen, marks):
    lab = stage(alone(link(**OVERLAPPING_LINK, **chosen)))
    assert lab.marks() == marks | {"intersection"}


def test_switches_tell_what_the_chosen_loss_shows_without_them(stage):
    lab = stage(alone(link(**OVERLAPPING_LINK, loss="giou_loss")))
    lab.page.locator(".lab-controls .lab-menu summary").click()

    def switch(piece):
        return lab.page.get_by_label(lab.words[f"overlay_{piece}"])

    for piece in ("intersection", "enclosing"):
        expect(switch(piece)).to_be_checked()
        expect(switch(piece)).to_be_disabled()
    for piece in ("union", "centres", "corners"):
        expect(switch(piece)).not_to_be_checked()
    switch("chosen").uncheck()
    for piece in ("intersection", "enclosing"):
        expect(switch(piece)).not_to_be_checked()
        expect(switch(piece)).to_be_enabled()


def test_arrows_of_all_losses_stand_apart_and_end_in_the_picture(stage):
    lab = stage(alone(link(prediction="0.05,1,2,5.95", losses=",".join(IDS), arrows="all")))
    paths = lab.page.locator(".lab-arrows path").evaluate_all(
        "all => all.filter((p) => p.style.display !== 'none').map((p) => p.getAttribute('d'))"
    )
    paths = [path for path in paths if path]
    starts = [path.partition("L")[0] for path in paths]
    assert len(starts) > len(IDS)
    assert len(set(starts)) == len(starts)
    for path in paths:
        x, y = map(float, re.findall(r"M(\S+) (\S+)L", path)[1])  # the head's point
        assert -1e-6 <= x <= 8 * UNIT + 1e-6
        assert -1e-6 <= y <= 6 * UNIT + 1e-6


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


def test_the_stage_survives_a_rerun_and_a_change_of_language(stage):
    lab = stage(link(**OVERLAPPING_LINK, loss="eiou_loss"))
    lab.agreed(len(IDS))
    lab.page.get_by_text("中文", exact=True).click()
    expect(lab.page.locator("html")).to_have_attribute("lang", "zh")
    pages.settled(lab.page)
    expect(lab.page.get_by_role("button", name=say("play", "zh"), exact=True)).to_be_visible()
    other = BoxStage(lab.page, "zh")
    assert other.box("prediction") == pytest.approx(OVERLAPPING["prediction"])
    expect(lab.page.locator(".lab-row.chosen .lab-name")).to_have_text("EIoU")
    other.agreed(len(IDS))
