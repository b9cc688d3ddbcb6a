"""The classification page in a real Chromium: four views, hands, descent, precision, links."""

from urllib.parse import urlencode

import pytest
import torch
from playwright.sync_api import Locator, expect

from catalog import CATALOG, family
from experiments.classification import EXAMS, exam_results
from live.words.text import load
from losses import bce_with_logits_loss, squared_error_on_sigmoid
from tests.browser.family_stage import FamilyStage, alone

LOSSES = family("classification")


def link(**state) -> str:
    return "/classification?" + urlencode(state, safe=",:")


class Stage(FamilyStage):
    family = "classification"
    drawn_with = ".lab-classification .lab-card[data-view]"

    def cells(self, loss: str) -> list[str]:
        self.drawn()
        short = load(f"losses/{loss}")["short"][self.language]
        row = self.page.locator(".lab-table:visible .lab-row").filter(
            has=self.page.get_by_text(short, exact=True)
        )
        return row.first.locator(".lab-cell").all_text_contents()

    def value(self, loss: str) -> float:
        return float(self.cells(loss)[0].replace("−", "-"))

    def knobs(self) -> Locator:
        return self.page.locator(".lab-picture:visible .lab-knob:not(.target):visible")

    def drag_and_release(self, handle: Locator, dx: float, dy: float = 0) -> None:
        self.drag(handle.locator(".lab-dot, rect").first, dx, dy)
        assert self.messages() == 0, "nothing is sent while the hand moves"
        self.page.mouse.up()


@pytest.fixture
def stage(open_page):
    return lambda path="/classification", lang="en", **options: Stage(
        open_page(path, lang=lang, **options), lang
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_torch_agrees_on_every_loss_in_every_view(stage, lang):
    lab = stage(lang=lang)
    for view in ("pipeline", "multiclass", "binary", "batch"):
        lab.page.get_by_role("radio", name=lab.words[f"view_{view}"]).check(force=True)
        lab.agreed(len(LOSSES))
        expect(lab.page.locator(".lab-picture:visible")).to_have_count(1)


def test_the_mouse_drags_the_logit(stage):
    lab = stage(link(logit=0, label="positive"))
    lab.agreed(len(LOSSES))
    lab.drag_and_release(lab.knobs().first, -80)
    lab.sent_once(len(LOSSES))
    logit = torch.tensor(float(lab.knobs().first.get_attribute("aria-valuenow")))
    assert logit < -1
    expected = bce_with_logits_loss(logit, torch.ones(())).item()
    assert lab.value("bce_with_logits_loss") == pytest.approx(expected, abs=1e-3)


def test_the_arrow_keys_drag_the_logit(stage):
    lab = stage(link(logit=0))
    lab.agreed(len(LOSSES))
    before = lab.cells("bce_loss")
    lab.knobs().first.focus()
    lab.page.keyboard.press("Shift+ArrowRight")
    lab.sent_once(len(LOSSES))
    assert lab.cells("bce_loss") != before


def test_play_descends_and_rewind_returns(stage):
    lab = stage(alone(link(logit=-8, losses="bce_with_logits_loss,squared_error_on_sigmoid")))
    before = {
        loss: lab.cells(loss) for loss in ("bce_with_logits_loss", "squared_error_on_sigmoid")
    }
    for _ in range(3):
        lab.button("step").click()
    point, one = torch.tensor(-8.0, dtype=torch.float64), torch.ones(())
    for _ in range(3):
        point = point - torch.func.grad(bce_with_logits_loss)(point, one)
    expected = bce_with_logits_loss(point, one).item()
    assert lab.value("bce_with_logits_loss") == pytest.approx(expected, abs=1e-3)
    start = torch.tensor(-8.0, dtype=torch.float64)
    assert lab.value("squared_error_on_sigmoid") == pytest.approx(
        squared_error_on_sigmoid(start, one).item(), abs=1e-3
    )
    lab.button("rewind").click()
    assert {loss: lab.cells(loss) for loss in before} == before


def test_rounding_kills_the_gradient_of_bce_on_probabilities(stage):
    state = {"logit": 20, "label": "negative", "reach": 24}
    lab = stage(alone(link(**state, precision="float32")))
    assert lab.cells("bce_loss")[:2] == ["100.000", "0"]
    assert lab.cells("bce_with_logits_loss")[:2] == ["20.000", "1.000"]


def test_logits_shares_and_the_triangle_are_dragged(stage):
    lab = stage(link(view="multiclass", loss="cross_entropy_loss", classes="2:0.7,1:0.2,0:0.1"))
    lab.agreed(len(LOSSES))
    before = lab.value("cross_entropy_loss")
    lab.drag_and_release(lab.knobs().first, 0, -20)
    lab.sent_once(len(LOSSES))
    assert lab.value("cross_entropy_loss") < before
    lab.page.evaluate("window.sent = 0")
    lab.drag_and_release(lab.page.locator(".lab-triangle .lab-knob"), 0, 60)
    lab.sent_once(len(LOSSES))
    assert lab.value("cross_entropy_loss") > before


def test_handing_over_probabilities_puts_a_floor_under_the_loss(stage):
    classes = "10:0.8,-10:0.1,-10:0.1"
    lab = stage(alone(link(view="multiclass", classes=classes, handed="probabilities")))
    assert lab.value("cross_entropy_loss") == pytest.approx(0.551, abs=1e-3)
    assert lab.value("nll_loss") == pytest.approx(-1, abs=1e-3)


@pytest.mark.parametrize("exam", ["model_1", "model_2"])
def test_an_exam_says_what_torch_says(stage, exam):
    lab = stage(alone(link(view="multiclass", loss="cross_entropy_loss", exam=exam)))
    loss = CATALOG["cross_entropy_loss"]
    mean, right = exam_results(loss, EXAMS[exam], loss.defaults())
    expected = lab.words["exam_mean"].format(mean=f"{mean:.3f}", right=round(3 * right), count=3)
    expect(lab.page.locator(".lab-examples-mean")).to_have_text(expected)


def test_the_pipeline_fits_a_phone_and_can_be_read_there(stage):
    lab = stage(alone(link(view="pipeline")), width=390, height=844)
    picture = lab.page.locator(".lab-pipeline").bounding_box()
    assert picture["width"] <= 390
    flows = lab.page.locator(".lab-pipeline .lab-flow:visible text").all()
    for box in (flow.bounding_box() for flow in flows):
        assert picture["x"] <= box["x"]
        assert box["x"] + box["width"] <= picture["x"] + picture["width"]
    scale = lab.page.evaluate("document.querySelector('.lab-pipeline').getScreenCTM().a")
    size = flows[0].evaluate("(text) => parseFloat(getComputedStyle(text).fontSize)")
    assert scale * size >= 11


def test_training_the_pipeline_lowers_its_loss_and_rewinds(stage):
    lab = stage(link(view="pipeline", rate=0.5))
    lab.agreed(len(LOSSES))
    read = lab.page.locator(".lab-pipeline .lab-flow").all_text_contents
    before = read()
    lab.button("step").click()
    lab.drawn()
    assert read() != before
    lab.button("rewind").click()
    lab.drawn()
    assert read() == before
    lab.drag_and_release(lab.page.locator(".lab-pipeline .movable").first, 0, -30)
    lab.sent_once(len(LOSSES))


def test_every_control_of_a_batch_changes_its_cost_and_torch_agrees(stage):
    """By keyboard: the handle, label and copies of an example, a class weight, mining, the cost."""
    lab = stage(link(view="batch", loss="cross_entropy_loss", class_weights="1,2,5"))
    lab.agreed(len(LOSSES))
    seen = [lab.cells("cross_entropy_loss")]

    def changed() -> None:
        seen.append(lab.cells("cross_entropy_loss"))
        assert seen[-1] != seen[-2]

    controls = lab.page.locator(".lab-picture:visible .lab-pick")
    sliders = lab.page.locator(".lab-class-weights input:visible")
    for control, key in (
        (lab.knobs().first, "Shift+ArrowDown"),
        (controls.nth(0), "Enter"),  # the label of the first example
        (controls.nth(1), "Enter"),  # and how often it counts
        (sliders.first, "PageDown"),
        (sliders.last, "PageDown"),
    ):
        control.focus()
        lab.page.keyboard.press(key)
        changed()
    cost = lab.page.locator(".lab-controls select:visible").last
    for choice in ("sum", "accumulated"):
        cost.select_option(choice)
        changed()
    lab.agreed(len(LOSSES))


def test_a_link_that_makes_no_sense_says_so(stage):
    lab = stage(link(logit="many", classes="1:2", temperature=2))
    lab.agreed(len(LOSSES))
    told = lab.page.locator("[data-testid=stAlert]")
    expect(told).to_contain_text("logit=many")
    expect(told).to_contain_text("classes=1:2")


@pytest.mark.parametrize("view", ["binary", "multiclass", "batch"])
def test_a_phone_shows_picture_and_numbers_without_cutting(stage, view):
    lab = stage(alone(link(view=view)), width=390, height=844, touch=True)
    width = lab.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    for part in (".lab-picture:visible", ".lab-table:visible"):
        box = lab.page.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
