"""What the picture of the boxes draws, and that nothing of it or of the formula is cut off."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.box_stage import IDS, OVERLAPPING_LINK, UNIT, link
from tests.browser.family_stage import WIDTH_ALONE, alone, middle


@pytest.mark.parametrize("size", [(390, 844), (WIDTH_ALONE, 800)], ids=["phone", "wide"])
@pytest.mark.parametrize("scene", ["disjoint", "standing"])
def test_titles_stay_in_the_picture_and_off_the_edges(stage, scene, size):
    """Letters keep their size in pixels while the picture shrinks."""
    lab = stage(alone(link(scene=scene)), width=size[0], height=size[1])
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


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [390, WIDTH_ALONE])
def test_a_formula_with_its_numbers_is_seen_whole(stage, width, lang):
    lab = stage(alone(link(**OVERLAPPING_LINK)), lang=lang, width=width)
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
