"""The regression page in a real Chromium: three views, hands, descent, searches, links."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, expect

from experiments.measures.regression import outlier_example
from experiments.regression import TELEPHONE_CALLS, best_constant, descend, fit_line
from losses import half_mse_loss, huber_loss, l1_loss, log_cosh_loss, mse_loss
from losses.catalog import family
from tests.browser.family_stage import FamilyStage

IDS = tuple(loss.id for loss in family("regression"))
ALL = ",".join(IDS)
X, Y = np.array(TELEPHONE_CALLS).T


def link(**state) -> str:
    return "/regression?" + urlencode(state, safe=",:")


class Stage(FamilyStage):
    family = "regression"

    def number(self, loss: str, column: int) -> float:
        return float(self.numbers()[loss][column].replace("−", "-"))

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

    def points(self) -> torch.Tensor:
        pairs = [pair.split(":") for pair in self.address("points").split(",")]
        return torch.tensor([[float(v) for v in pair] for pair in pairs], dtype=torch.float64)


@pytest.fixture
def stage(open_page):
    """`stage(path, …)`: a regression page that is ready, and counts its messages."""
    return lambda path="/regression", lang="en", **options: Stage(
        open_page(path, lang=lang, **options), lang
    )


def shown(value: float) -> float:
    """What three decimals leave of a number (one from a thousand on)."""
    return pytest.approx(value, abs=0.0006 if abs(value) < 1000 else 0.06)


def test_the_curve_follows_the_hand(stage):
    lab = stage(link(losses=ALL, curvature=1, prediction="2"))
    lab.agreed(9)
    assert lab.numbers()["mse_loss"] == ["4.000", "4.000", "2.000", "2.000"]
    assert lab.numbers()["huber_loss"] == ["1.500", "1.000", "0.000", "2.000"]
    seen = lab.drag(lab.dot("prediction"), -80)
    assert len(set(seen)) == 5, "the numbers follow every move"
    assert lab.messages() == 0, "nothing is sent while the hand moves"
    lab.page.mouse.up()
    lab.sent_once(9)
    prediction = float(lab.address("prediction", old="2"))
    assert 0 < prediction < 2
    assert lab.number("mse_loss", 0) == shown(prediction**2)
    lab.drag(lab.dot("target"), 60)
    lab.page.mouse.up()
    lab.sent_once(9, before=1)
    residual = prediction - float(lab.address("target"))
    assert residual < prediction
    assert lab.number("l1_loss", 0) == shown(abs(residual))
    assert lab.number("log_cosh_loss", 1) == shown(np.tanh(residual))
    lab.handle("prediction").focus()
    lab.page.keyboard.press("Shift+ArrowRight")
    lab.sent_once(9, before=2)
    assert lab.number("l1_loss", 3) > prediction
    expect(lab.handle("prediction")).to_have_attribute("role", "slider")


def test_descent_steps_as_torch_does_and_rewinds_to_the_start(stage):
    lab = stage(link(scene="hop"))
    start = lab.numbers()
    for steps in range(1, 6):
        lab.button("step").click()
        lab.drawn()
        for loss in (l1_loss, half_mse_loss, log_cosh_loss):
            path = descend(loss, 1.0, 0.0, rate=0.3, steps=steps)
            assert lab.number(loss.__name__, 2) == shown(path[-1].item())
    assert lab.number("l1_loss", 2) == shown(0.1), "it has hopped over the target and back"
    lab.button("rewind").click()
    lab.drawn()
    assert lab.numbers() == start
    assert lab.messages() == 0
    expect(lab.page.locator(".lab-count")).to_have_text(lab.words["step_count"].format(count=0))


def test_a_ball_that_diverges_is_said_to_have_left(stage):
    lab = stage(link(scene="runaway"))
    start = lab.numbers()
    for _ in range(4):
        lab.button("step").click()
    lab.drawn()
    assert lab.numbers()["mse_loss"][2] == lab.words["left_right"]
    assert lab.number("mse_loss", 0) == shown(
        mse_loss(*map(torch.tensor, (3.0 * 1.2**4, 0.0))).item()
    )
    lab.page.locator(".lab-controls:visible select").select_option("16×")
    lab.button("play").click()
    expect(lab.page.locator(".lab-table:visible .lab-row.chosen .lab-cell").last).to_have_text(
        lab.words["diverged"], timeout=20_000
    )
    assert "NaN" not in lab.page.locator(".lab-regression").inner_text()
    assert abs(lab.number("huber_loss", 2)) < 0.01
    lab.button("rewind").click()
    lab.drawn()
    assert lab.numbers() == start


def test_the_minimum_of_mse_glides_and_that_of_l1_jumps(stage):
    lab = stage(link(view="optimum", losses=ALL, outliers=50.2), lang="zh")
    lab.agreed(9)
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
    lab.agreed(9)
    targets, shares = outlier_example(outliers)
    assert lab.number("l1_loss", 1) == 1000
    assert 0 < lab.number("mse_loss", 1) - before < 10
    for loss in family("regression"):
        expected = best_constant(loss.function, targets, shares, **loss.defaults())
        assert lab.number(loss.id, 1) == shown(expected), loss.id
    sent = lab.messages()
    lab.drag(lab.dot("prediction"), 70)
    lab.page.mouse.up()
    lab.sent_once(9, before=sent)
    guess = torch.tensor(float(lab.address("guess")), dtype=torch.float64)
    assert guess > 800
    assert lab.number("l1_loss", 0) == shown(l1_loss(guess, targets, weight=shares).item())


def test_lines_follow_a_point_and_torch_confirms_them(stage):
    lab = stage(link(view="line", losses=ALL))
    lab.agreed(9)
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
    lab.sent_once(9)
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
    assert bad.page.locator("[data-testid=stAlert]").count() > 0


@pytest.mark.parametrize("view", ["curve", "optimum", "line"])
def test_everything_fits_the_screen(stage, view):
    lab = stage(link(view=view, losses=ALL))
    formula = lab.page.locator(".lab-formula").bounding_box()
    assert formula["y"] + formula["height"] <= 800
    lab.page.set_viewport_size({"width": 390, "height": 844})
    lab.drawn()
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= 390
    picture = lab.page.locator(".lab-picture:visible").bounding_box()
    table = lab.page.locator(".lab-table:visible").bounding_box()
    assert picture["y"] + picture["height"] <= table["y"] + 1
    assert table["y"] + table["height"] <= 844
