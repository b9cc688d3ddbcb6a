"""The regression page in a real Chromium: three views, hands, descent, searches, links."""

import itertools
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, expect

from catalog import family
from experiments.descent import descend
from experiments.regression import TELEPHONE_CALLS, best_constant, fit_line
from live.families.regression.inputs import outlier_example
from losses import half_mse_loss, huber_loss, l1_loss, log_cosh_loss, mse_loss
from tests.browser import pages
from tests.browser.family_stage import WIDTH_ALONE, FamilyStage, alone, middle

IDS = tuple(loss.id for loss in family("regression"))
ALL = ",".join(IDS)
X, Y = np.array(TELEPHONE_CALLS).T


def link(**state) -> str:
    return "/regression?" + urlencode(state, safe=",:")


class Stage(FamilyStage):
    family = "regression"

    def column(self, column: int) -> dict[str, float]:
        """One of the numbers of every loss."""
        return {loss: number(cells[column]) for loss, cells in self.numbers().items()}

    def number(self, loss: str, column: int) -> float:
        return number(self.numbers()[loss][column])

    def handle(self, name: str) -> Locator:
        return self.page.locator(f".lab-picture:visible .lab-knob.{name}")

    def dot(self, name: str) -> Locator:
        return self.handle(name).locator(".lab-dot")

    def address(self, name: str, old: str = "") -> str:
        """What the address bar says of a row, once that is there and no longer `old`."""
        self.page.wait_for_url(lambda url: self.written(url, name, old) != old)
        return self.written(self.page.url, name, old)

    @staticmethod
    def written(url: str, name: str, old: str) -> str:
        return parse_qs(urlsplit(url).query).get(name, [old])[0]

    def visible(self, marks: str) -> Locator:
        return self.page.locator(f".lab-picture:visible {marks}:visible")

    def painted(self, marks: str) -> list[tuple[str, ...]]:
        """Colour, dashes and their offset of each of the picture's marks, the topmost last."""
        return self.visible(marks).evaluate_all(
            "(all) => all.map(getComputedStyle)"
            ".map((style) => [style.stroke, style.strokeDasharray, style.strokeDashoffset])"
        )

    def points(self) -> torch.Tensor:
        pairs = [pair.split(":") for pair in self.address("points").split(",")]
        return torch.tensor([[float(v) for v in pair] for pair in pairs], dtype=torch.float64)


@pytest.fixture
def stage(open_page):
    """`stage(path, …)`: a regression page that is ready, and counts its messages."""
    return lambda path="/regression", lang="en", **options: Stage(
        open_page(path, lang=lang, **options), lang
    )


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def shown(value: float) -> float:
    """What three decimals leave of a number (one from a thousand on)."""
    return pytest.approx(value, abs=0.0006 if abs(value) < 1000 else 0.06)


def test_the_curve_follows_the_hand(stage):
    lab = stage(link(losses=ALL, curvature=1, prediction="2"))
    lab.agreed(len(IDS))
    assert lab.numbers()["mse_loss"] == ["4.000", "4.000", "2.000", "2.000"]
    assert lab.numbers()["huber_loss"] == ["1.500", "1.000", "0.000", "2.000"]
    seen = lab.drag(lab.dot("prediction"), -80)
    assert len(set(seen)) == 5, "the numbers follow every move"
    assert lab.messages() == 0, "nothing is sent while the hand moves"
    lab.page.mouse.up()
    lab.sent_once(len(IDS))
    prediction = float(lab.address("prediction", old="2"))
    assert 0 < prediction < 2
    assert lab.number("mse_loss", 0) == shown(prediction**2)
    lab.drag(lab.dot("target"), 60)
    lab.page.mouse.up()
    lab.sent_once(len(IDS), before=1)
    residual = prediction - float(lab.address("target"))
    assert residual < prediction
    assert lab.number("l1_loss", 0) == shown(abs(residual))
    assert lab.number("log_cosh_loss", 1) == shown(np.tanh(residual))
    lab.handle("prediction").focus()
    lab.page.keyboard.press("Shift+ArrowRight")
    lab.sent_once(len(IDS), before=2)
    assert lab.number("l1_loss", 3) > prediction
    expect(lab.handle("prediction")).to_have_attribute("role", "slider")


def test_descent_steps_as_torch_does_and_rewinds_to_the_start(stage):
    lab = stage(alone(link(scene="hop")))
    start = lab.numbers()
    for steps in range(1, 6):
        lab.button("step").click()
        at = lab.column(2)
        for loss in (l1_loss, half_mse_loss, log_cosh_loss):
            one = torch.ones((), dtype=torch.float64)
            path = descend(lambda p, f=loss: f(p, torch.zeros(())), one, rate=0.3, steps=steps)
            assert at[loss.__name__] == shown(path[-1].item())
    assert lab.number("l1_loss", 2) == shown(0.1), "it has hopped over the target and back"
    lab.button("rewind").click()
    assert lab.numbers() == start
    expect(lab.page.locator(".lab-count")).to_have_text(lab.words["step_count"].format(count=0))


def test_a_ball_that_diverges_is_said_to_have_left(stage):
    lab = stage(alone(link(scene="runaway")))
    start = lab.numbers()
    for _ in range(4):
        lab.button("step").click()
    assert lab.numbers()["mse_loss"][2] == lab.words["gone_right"]
    assert lab.number("mse_loss", 0) == shown(
        mse_loss(*map(torch.tensor, (3.0 * 1.2**4, 0.0))).item()
    )
    lab.page.locator(".lab-controls:visible select").select_option("16×")
    lab.button("play").click()
    expect(lab.page.locator(".lab-table:visible .lab-row.chosen .lab-cell").last).to_have_text(
        lab.words["diverged"]
    )
    assert "NaN" not in lab.page.locator(".lab-regression").inner_text()
    assert abs(lab.number("huber_loss", 2)) < 0.01
    lab.button("rewind").click()
    assert lab.numbers() == start


def test_the_minimum_of_mse_glides_and_that_of_l1_jumps(stage):
    lab = stage(link(view="optimum", losses=ALL, outliers=50.2), lang="zh")
    lab.agreed(len(IDS))
    assert lab.number("l1_loss", 1) == 10
    before = lab.number("mse_loss", 1)
    slider = lab.page.get_by_role("slider", name=lab.words["outliers"])
    slider.focus()
    for _ in range(5):
        lab.page.keyboard.press("ArrowLeft")
        lab.drawn()
    outliers = float(slider.get_attribute("aria-valuetext"))
    assert outliers < 50
    lab.page.wait_for_url(lambda url: float(lab.written(url, "outliers", old="50.2")) == outliers)
    lab.agreed(len(IDS))
    targets, shares = outlier_example(outliers)
    assert lab.number("l1_loss", 1) == 1000
    assert 0 < lab.number("mse_loss", 1) - before < 10
    best = lab.column(1)
    for loss in family("regression"):
        expected = best_constant(loss.function, targets, shares, **loss.defaults())
        assert best[loss.id] == shown(expected), loss.id
    sent = lab.messages()
    lab.drag(lab.dot("prediction"), 70)
    lab.page.mouse.up()
    lab.sent_once(len(IDS), before=sent)
    guess = torch.tensor(float(lab.address("guess")), dtype=torch.float64)
    assert guess > 800
    assert lab.number("l1_loss", 0) == shown(l1_loss(guess, targets, weight=shares).item())


@pytest.mark.parametrize("view", ["curve", "optimum", "line"])
@pytest.mark.parametrize("chosen", ["smooth_l1_loss", "huber_loss"])
def test_losses_that_coincide_take_turns(stage, view, chosen):
    lab = stage(alone(link(view=view, losses="smooth_l1_loss,huber_loss", loss=chosen)))
    (_, dashes, offset), upper = lab.painted(".lab-curve")[:2]
    assert upper == lab.painted(".lab-curve.chosen")[0], "the chosen loss lies on top"
    assert upper[1] == dashes != "none"
    assert upper[2] != offset


def test_losses_that_differ_keep_their_own_dashes(stage):
    lab = stage(alone(link(losses="l1_loss,mse_loss,barron_loss", loss="mse_loss")))
    dashes = [dash for _, dash, _ in lab.painted(".lab-curve")]
    assert dashes == ["none", "10px, 4px", "none"] * 2


def test_minima_that_coincide_form_a_pile(stage):
    lab = stage(alone(link(view="optimum", losses=ALL, loss="l1_loss")))
    tips = lab.visible(".lab-minimum").evaluate_all(
        "(all) => all.map((mark) => mark.getAttribute('d').match(/^M([\\d.]+) ([\\d.]+)/).slice(1))"
    )
    tips = [tuple(map(float, tip)) for tip in tips]
    assert len(tips) == len(IDS)
    for tip, other in itertools.combinations(tips, 2):
        assert max(abs(a - b) for a, b in zip(tip, other, strict=True)) > 2


@pytest.mark.parametrize("prediction", [0.4, 3, 5])
def test_arrows_and_names_leave_each_other_room(stage, prediction):
    address = alone(link(losses=ALL, curvature=1, prediction=prediction))
    lab = stage(address, width=WIDTH_ALONE)
    arrows = [arrow.bounding_box() for arrow in lab.visible(".lab-arrows path").all()]
    middles = sorted(box["y"] + box["height"] / 2 for box in arrows if box["width"])
    assert len(middles) >= 7
    assert min(low - high for high, low in itertools.pairwise(middles)) > 8
    for name in ("prediction", "target"):
        text = letters(lab.handle(name).locator(".lab-label").bounding_box())
        assert all(apart(text, box) for box in arrows if box["width"])
        for dot in lab.visible(".lab-ball").all():
            assert apart(text, dot.bounding_box()), (text, dot.bounding_box())


def letters(box: dict[str, float]) -> dict[str, float]:
    """The box of a name without the pale line about its letters and the room above and below."""
    x, y, width, height = (box[side] for side in ("x", "y", "width", "height"))
    return {"x": x + 4, "y": y + 7, "width": width - 8, "height": height - 14}


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    return any(
        a[start] + a[size] <= b[start] + 1
        for start, size in (("x", "width"), ("y", "height"))
        for a, b in ((one, other), (other, one))
    )


def test_arrow_keys_take_round_steps_on_any_screen(stage):
    for width in (1280, 390):
        lab = stage(alone(link(prediction=1, target=-1)), width=width)
        knob = lab.handle("prediction")
        knob.focus()
        lab.page.keyboard.press("ArrowRight")
        expect(knob).to_have_attribute("aria-valuetext", "1.050")
        lab.page.keyboard.press("Shift+ArrowRight")
        expect(knob).to_have_attribute("aria-valuetext", "1.550")
    lab = stage(alone(link(view="optimum")))
    lab.handle("prediction").focus()
    lab.page.keyboard.press("ArrowLeft")
    expect(lab.handle("prediction")).to_have_attribute("aria-valuetext", "695.000")


def test_barrons_arrow_alone_shrinks_as_the_prediction_is_dragged_out(stage):
    lab = stage(alone(link(scene="far_away")))
    before = {loss: lab.number(loss, 1) for loss in ("l1_loss", "huber_loss", "barron_loss")}
    lab.drag(lab.dot("prediction"), 200)
    lab.page.mouse.up()
    assert lab.number("l1_loss", 2) == 5
    assert lab.number("barron_loss", 1) < 0.5 * before["barron_loss"]
    assert [lab.number(loss, 1) for loss in ("l1_loss", "huber_loss")] == [1, 1]


def test_a_tiny_number_is_put_in_brackets_before_it_is_squared(stage):
    lab = stage(alone(link(prediction="0.00000006", loss="half_mse_loss")))
    assert lab.numbers()["half_mse_loss"][2] == "6.0e−8"
    assert "(6.0e−8)" in lab.page.locator(".lab-tex.numbers .katex-html").text_content()


def test_a_parameter_has_the_same_sign_in_both_languages(stage):
    for lang, name in (("en", "Huber: δ"), ("zh", "Huber：δ")):
        for view in ("curve", "optimum"):
            lab = stage(alone(link(view=view, loss="huber_loss")), lang=lang)
            sliders = lab.page.get_by_role("slider", name=name, exact=True)
            expect(sliders).to_have_count(1)


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


def test_every_arrow_is_whole(stage):
    lab = stage(alone(link(view="line")))
    grid = lab.visible(".lab-grid").bounding_box()
    for arrow in lab.visible(".lab-arrows path").all():
        box = arrow.bounding_box()
        assert box["y"] + box["height"] <= grid["y"] + grid["height"]
    assert lab.page.locator(".lab-picture:visible [clip-path] .lab-arrows").count() == 0


def test_links_open_views_and_survive_nonsense(stage):
    lab = stage(link(view="optimum", guess=950))
    lab.page.get_by_role("radio", name=lab.words["view_optimum"]).focus()
    lab.page.keyboard.press("ArrowRight")
    lab.page.wait_for_url(re.compile("[?&]view=line"))
    lab.agreed(5)
    expect(lab.handle("target")).to_have_count(len(TELEPHONE_CALLS))
    points = "1950:3,1950:9,1950:4"  # all above each other: there is no line
    bad = stage(link(view="line", points=points, rate="nan", guess="9999"))
    bad.agreed(5)
    assert set(map(tuple, bad.numbers().values())) == {("—", "—")}
    expect(bad.page.locator("[data-testid=stAlert]").first).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_said_why_points_above_each_other_have_no_line(stage, lang):
    lab = stage(alone(link(view="line", points="1950:4,1950:5")), lang=lang)
    note = lab.page.locator(".lab-note")
    expect(note).to_have_text(lab.words["no_line"])
    lab.drag(lab.dot("target").last, 60)
    lab.page.mouse.up()
    expect(note).to_be_empty()


def test_everything_fits_the_screen(stage):
    lab = stage(link(losses=ALL))
    for view in ("curve", "optimum", "line"):
        pages.resize(lab.page, 1280, 800)
        lab.page.get_by_role("radio", name=lab.words[f"view_{view}"]).check(force=True)
        lab.drawn()
        formula = lab.page.locator(".lab-formula").bounding_box()
        assert formula["y"] + formula["height"] <= 800, view
        pages.resize(lab.page, 390, 844)
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= 390, view
        picture = lab.page.locator(".lab-picture:visible").bounding_box()
        table = lab.page.locator(".lab-table:visible").bounding_box()
        assert picture["y"] + picture["height"] <= table["y"] + 1, view
        assert table["y"] + table["height"] <= 844, view
