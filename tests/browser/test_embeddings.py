"""The embeddings page in a real Chromium: points, hands, circle, descent, marks, links."""

import itertools
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import torch
from playwright.sync_api import Locator, expect

from catalog import CATALOG, family
from experiments.descent import descend
from experiments.embeddings import on_circle
from live.families.embeddings.rows import CLOUD, TRIPLET
from tests.browser import pages
from tests.browser.family_stage import WIDTH_ALONE, FamilyStage, alone

IDS = tuple(loss.id for loss in family("embeddings"))
UNIT, ORIGIN = 200, (400, 300)  # of the drawing


def link(**state) -> str:
    return "/embeddings?" + urlencode(state, safe=",:")


class Stage(FamilyStage):
    family = "embeddings"

    def handles(self) -> Locator:
        return self.page.locator(".lab-point:visible")

    def points(self, shapes: str = ".lab-point") -> list[tuple[float, float]]:
        """Where the visible points are, in units of the plane."""
        self.drawn()
        moves = self.page.locator(f"{shapes}:visible").evaluate_all(
            """all => all.map((e) => e.getAttribute('transform').match(/-?[0-9.]+/g)
                .slice(0, 2).map(Number))"""
        )
        return [((x - ORIGIN[0]) / UNIT, (ORIGIN[1] - y) / UNIT) for x, y in moves]

    def lines(self) -> dict[str, int]:
        self.drawn()
        kinds = self.page.locator(".lab-pairs line:visible").evaluate_all(
            "all => all.map((line) => line.getAttribute('class'))"
        )
        return {kind: kinds.count(kind) for kind in ("similar", "dissimilar", "resting")}

    def drag_point(self, i: int, dx: float, dy: float) -> None:
        """Drag in units of the plane."""
        scale = self.page.locator(".lab-picture").bounding_box()["width"] / 4
        self.drag(self.handles().nth(i).locator(".lab-shape"), dx * scale, -dy * scale)


@pytest.fixture
def stage(open_page):
    def open_stage(language="en", **state) -> Stage:
        return Stage(open_page(link(**state), lang=language), language)

    return open_stage


@pytest.fixture
def stage_alone(open_page):
    return lambda **state: Stage(open_page(alone(link(**state)), lang="en"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_torch_agrees_on_a_triplet_and_on_a_cloud_in_the_plane_and_on_the_circle(stage, language):
    here = stage(language)
    here.agreed()
    assert here.points() == pytest.approx([pytest.approx(p) for p in TRIPLET], abs=1e-2)
    for label, choice in (
        ("arrangement", "cloud"),
        ("mining", "semi_hard"),
        ("space", "circle"),
        ("mining", "hard"),
        ("arrangement", "triplet"),
    ):
        here.page.get_by_label(here.words[label], exact=True).select_option(choice)
        here.agreed()
        assert len(here.points()) == (3 if choice == "triplet" else 9)


def test_a_drag_moves_numbers_and_lines_and_sends_one_message(stage):
    here = stage()
    here.agreed()
    before, at_work = here.numbers(), here.lines()
    assert at_work == {"similar": 1, "dissimilar": 1, "resting": 0}
    here.drag_point(2, 1.9, -0.5)  # the negative leaves the ring
    assert here.messages() == 0
    during = here.numbers()
    assert all(during[loss][0] != before[loss][0] for loss in IDS)
    assert during["triplet_loss"] == ["0.000", "0", "0 / 1"]
    assert here.lines() == {"similar": 0, "dissimilar": 0, "resting": 2}
    here.page.mouse.up()
    here.agreed()
    assert here.messages() == 1
    kept = parse_qs(urlsplit(here.page.url).query)["triplet"][0]
    sent = [[float(n) for n in pair.split(":")] for pair in kept.split(",")]
    assert sent[2] == pytest.approx([1.8, -1.3], abs=0.03)


def test_keys_move_a_point_and_say_where_it_is(stage):
    here = stage()
    handle = here.handles().nth(1)
    handle.focus()
    here.page.keyboard.press("ArrowLeft")
    pages.heard(here.page, 1)
    here.page.keyboard.press("Shift+ArrowDown")
    pages.heard(here.page, 2)
    x, y = TRIPLET[1]
    assert here.points()[1] == pytest.approx((x - 0.05, y - 0.5), abs=1e-3)
    assert f"{x - 0.05:.3f}, {y - 0.5:.3f}" in handle.get_attribute("aria-valuetext")
    here.agreed()
    pages.heard(here.page, 2)


def test_on_the_circle_a_dragged_point_stays_there(stage):
    here = stage(space="circle", arrangement="cloud", loss="info_nce_loss")
    here.drag_point(4, -0.6, 0.5)
    here.page.mouse.up()
    for x, y in here.points():
        assert x * x + y * y == pytest.approx(1, abs=1e-3)
    here.agreed()
    expect(here.page.locator(".lab-point.chosen")).to_have_count(1)
    assert "anchor=4" in here.page.url


@pytest.mark.parametrize("space", ["plane", "circle"])
def test_descent_is_torchs_and_rewind_returns_to_the_start(stage_alone, space):
    here = stage_alone(arrangement="cloud", space=space, loss="contrastive_loss", rate="0.5")
    start, numbers = here.points(), here.numbers()
    for _ in range(7):
        here.button("step").click()
    place = on_circle if space == "circle" else torch.clone
    path = descend(
        lambda points: CATALOG["contrastive_loss"].call(place(points)),
        torch.tensor(CLOUD, dtype=torch.float64),
        rate=0.5,
        steps=7,
        project=place,
    )
    found = torch.tensor(here.points(".lab-run-point"), dtype=torch.float64)
    torch.testing.assert_close(found, path[-1], atol=1e-4, rtol=0)
    assert here.points() == start, "the start has moved"
    here.button("rewind").click()
    assert here.numbers() == numbers
    expect(here.page.locator(".lab-run-point:visible")).to_have_count(0)


def test_play_runs_every_switched_on_loss_and_stops_at_rest(stage_alone):
    here = stage_alone(losses="contrastive_loss,triplet_loss")
    here.button("play").click()
    expect(here.page.locator(".lab-run-point:visible")).to_have_count(6)
    triplets = here.page.locator(".lab-table:visible .lab-row", has_text="Triplet")
    expect(triplets.locator(".lab-cell").nth(2)).to_have_text("0 / 1")
    here.button("pause").click()
    expect(here.button("play")).to_be_visible()


def test_the_margin_is_drawn_and_follows_its_slider(stage_alone):
    here = stage_alone(loss="contrastive_loss", **{"contrastive_loss.margin": "0.5"})
    ring = here.page.locator("circle.lab-margin")
    assert float(ring.get_attribute("r")) == pytest.approx(0.5 * UNIT)
    slider = here.page.locator(".lab-parameters input[type=range]")
    slider.focus()
    slider.press("End")
    here.drawn()
    assert float(ring.get_attribute("r")) == pytest.approx(2.5 * UNIT)
    here.page.locator(".lab-name", has_text="Cosine").click()
    expect(ring).to_be_hidden()
    expect(here.page.locator("path.lab-margin")).to_be_visible()
    here.page.locator(".lab-name", has_text="InfoNCE").click()
    expect(here.page.locator(".lab-margin:visible")).to_have_count(0)


def test_at_total_collapse_every_gradient_is_zero_and_nothing_moves(stage_alone):
    here = stage_alone(scene="collapse")
    assert [cells[1] for cells in here.numbers().values()] == ["0"] * 4
    here.button("play").click()
    ended = here.words["last_step"].format(count=1)
    expect(here.page.locator(".lab-count")).to_have_text(ended)
    here.drawn()  # the frame that counts the step is not yet the one that draws its end
    assert len({(round(x, 3), round(y, 3)) for x, y in here.points(".lab-run-point")}) == 1
    expect(here.button("play")).to_be_visible()


def test_a_link_reopens_its_state_and_says_what_it_ignored(stage):
    here = stage(triplet="0:0,1:1,-1:0.5", loss="info_nce_loss", space="torus", cloud="1:1")
    assert [tuple(round(v, 3) for v in p) for p in here.points()] == [(0, 0), (1, 1), (-1, 0.5)]
    notice = here.page.locator("[data-testid=stAlert]")
    expect(notice).to_contain_text("space=torus")
    expect(notice).to_contain_text("cloud=1:1")
    here.agreed()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scene", ["lengths", "hard", "easy"])
def test_names_and_points_can_be_read_on_a_phone(open_page, language, scene):
    page = open_page(alone(link(scene=scene)), lang=language, width=390, height=844, touch=True)
    Stage(page, language)
    picture = page.locator(".lab-picture").bounding_box()
    names = page.locator(".lab-point .lab-label:visible")
    boxes = [name.bounding_box() for name in names.all()]
    assert len(boxes) == len(TRIPLET)
    for box in boxes:
        assert box["x"] >= picture["x"]
        assert box["x"] + box["width"] <= picture["x"] + picture["width"]
    for one, other in itertools.combinations(boxes, 2):
        assert not crossed(one, other), f"{names.all_inner_texts()} lie on each other"
    dots = page.locator(".lab-point .lab-shape:visible").all()
    assert min(dot.bounding_box()["width"] for dot in dots) >= 12


def crossed(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes share more than their rims, which are a line's leading."""
    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return across > 1 and down > 4


def test_the_sample_of_an_arrow_stands_clear_of_its_number(open_page):
    for width in (390, WIDTH_ALONE):
        page = open_page(alone(link()), width=width, height=844)
        Stage(page)
        mark, text = (
            page.locator(f".lab-legend {part}").bounding_box() for part in ("path", "text")
        )
        assert mark["y"] + mark["height"] <= text["y"] + 3


def test_the_line_of_numbers_of_a_cloud_reads_like_the_formula_where_all_triplets_work(stage_alone):
    here = stage_alone(scene="collapse")
    shown = here.page.locator(".lab-tex.numbers [data-reading]")
    assert shown.evaluate_all("all => all.map((e) => e.dataset.reading)") == [
        "value",
        "positive_measure",
        "negative_measure",
        "margin",
    ]
