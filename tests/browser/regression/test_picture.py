"""What all three pictures keep: dashes, arrows, names, keys, links, and their place."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from experiments.regression import TELEPHONE_CALLS
from tests.browser import pages
from tests.browser.family_stage import WIDTH_ALONE, alone
from tests.browser.regression_stage import ALL, link


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
