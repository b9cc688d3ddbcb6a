"""The distances page in a real Chromium: matrices, points, codes, a weight, and what they send."""

import json
import math
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from live.words.text import interface
from tests.browser import pages
from tests.browser.family_stage import alone
from tests.browser.pages import agreed, drawn

WORDS = interface("en")
DIAGONAL = "3,0;0,4:0,0;0,0"


@pytest.fixture
def open_stage(open_page):
    """`open_stage(lang=…, **state)`: the page in that state, its messages counted."""

    def opened(lang: str = "en", **state) -> Page:
        page = open_page("/distances?" + urlencode(state, safe=",:;"), lang=lang)
        pages.count_messages(page)
        return page

    return opened


def table(page: Page) -> dict[str, list[float]]:
    """The visible rows: their names and numbers."""
    cells = pages.table_cells(page)
    names = page.locator(".lab-table:visible .lab-row:not(.lab-head) .lab-name").all_inner_texts()
    rows = [[float(text.replace("−", "-")) for text in row] for row in cells]
    return dict(zip(names, rows, strict=True))


def grids(page: Page) -> list[list[str]]:
    """The numbers in each norm's grid, once they are drawn."""
    drawn(page)
    shown = page.locator(".lab-gradient .lab-matrix").all_inner_texts()
    return [grid.replace("−", "-").split() for grid in shown]


def sent(page: Page) -> int:
    return page.evaluate("window.sent")


def state_of(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


@pytest.mark.parametrize(("lang", "title"), [("en", "Distances"), ("zh", "距离与范数")])
def test_four_norms_of_one_matrix(open_stage, lang, title):
    page = open_stage(lang, matrices=DIAGONAL)
    expect(page.locator("h1")).to_have_text(title)
    agreed(page)
    assert [values[0] for values in table(page).values()] == [5, 3.5, 4, 7]
    assert grids(page) == [
        ["0.6", "0", "0", "0.8"],
        ["0.5", "0", "0", "0.5"],
        ["0", "0", "0", "1"],
        ["1", "0", "0", "1"],
    ]


def test_a_cell_dragged_up_is_seen_at_once_and_sent_on_release(open_stage):
    page = open_stage(losses="frobenius_norm,row_norm", matrices=DIAGONAL)
    agreed(page)
    cell = page.locator(".prediction input").first
    box = cell.bounding_box()
    x, y = box["x"] + 20, box["y"] + 20
    before = sent(page)
    page.mouse.move(x, y)
    page.mouse.down()
    for way in range(0, 101, 10):
        page.mouse.move(x, y - way)
    expect(cell).to_have_value("5")
    assert table(page)["Frobenius"][0] == pytest.approx(math.sqrt(41), abs=6e-4)
    assert sent(page) == before
    page.mouse.up()
    expect(page).to_have_url(re.compile("matrices=5"))
    agreed(page)
    assert sent(page) == before + 1


def test_the_singular_values_follow_the_hand(open_stage):
    page = open_stage(loss="nuclear_norm", matrices=DIAGONAL)
    agreed(page)
    cell = page.locator(".prediction input").last
    box = cell.bounding_box()
    x, y = box["x"] + 20, box["y"] + 20
    before = sent(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 10)
    page.mouse.move(x, y - 50)
    # The button is still down: 4 + 50 · 0.02.
    expect(page.locator(".lab-table:visible .chosen .lab-cell").first).to_have_text("8.000")
    expect(page.locator(".lab-singular")).to_contain_text("σ₁ 5.000")
    assert sent(page) == before
    page.mouse.up()
    expect(page).to_have_url(re.compile("matrices=3(%2C|,)0(%3B|;)0(%2C|,)5"))
    agreed(page)
    values = np.linalg.svd(np.diag([3.0, 5.0]), compute_uv=False)
    assert table(page)["nuclear"][0] == values.sum()
    assert table(page)["spectral"][0] == values[0]


def test_a_cell_takes_keys_and_typed_numbers(open_stage):
    page = open_stage(losses="frobenius_norm", matrices=DIAGONAL)
    cell = page.locator(".target input").first
    cell.focus()
    before = sent(page)
    page.keyboard.press("ArrowUp")
    expect(cell).to_have_value("0.1")
    pages.heard(page, before + 1)
    page.keyboard.press("Shift+ArrowDown")
    expect(cell).to_have_value("−0.9")
    pages.heard(page, before + 2)
    cell.fill("-99")
    page.keyboard.press("Enter")
    expect(cell).to_have_value("−9")
    hint = page.locator(".lab-typed")
    refused = WORDS["cell_refused"].replace("{limit}", "9").replace("{value}", "−9")
    expect(hint).to_have_text(refused.replace("{given}", "-99"))
    cell.fill("nonsense")
    expect(cell).to_have_attribute("aria-invalid", "")
    page.keyboard.press("Enter")
    expect(cell).to_have_value("−9")
    expect(hint).to_have_text(refused.replace("{given}", "nonsense"))
    cell.fill("-9")
    page.keyboard.press("Enter")
    expect(hint).to_have_text(WORDS["matrix_hint"])
    agreed(page)
    assert table(page)["Frobenius"][0] == pytest.approx(math.sqrt(12**2 + 16), abs=6e-4)


def test_another_size_keeps_what_fits(open_stage):
    page = open_stage(matrices=DIAGONAL)
    page.get_by_label(WORDS["matrix_size"]).select_option("3x4")
    expect(page.locator(".prediction input")).to_have_count(12)
    expect(page).to_have_url(re.compile("matrices="))
    agreed(page)
    assert [values[0] for values in table(page).values()][::2] == [5, 4]
    assert table(page)["row mean"][0] == pytest.approx(7 / 3, abs=6e-4)


def test_points_are_dragged_and_pairs_are_chosen(open_stage):
    page = open_stage(loss="pairwise_distance", first="1:1,2:5", second="4:5,7:1")
    agreed(page)
    cells = page.locator(".lab-map button")
    assert cells.all_inner_texts() == ["5.00", "6.00", "2.00", "6.40"]
    cells.nth(2).click()
    assert table(page)["pairwise"] == [2, 1]
    dot = page.locator(".lab-knob.target").first
    dot.focus()
    before = sent(page)
    page.keyboard.press("Shift+ArrowRight")
    expect(cells.nth(2)).to_have_text("2.20")
    agreed(page)
    assert sent(page) == before + 1
    page.locator(".lab-controls:visible .lab-button").nth(2).click()
    expect(cells).to_have_count(6)
    agreed(page)


def test_p_turns_straight_lines_into_blocks(open_stage):
    page = open_stage(loss="pairwise_distance", first="1:1", second="4:5")
    slider = page.locator(".lab-parameters input")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator(".lab-map button")).to_have_text("7.00")
    agreed(page)
    assert state_of(page)["pairwise_distance.p"] == "1"


def test_bits_are_counted_on_two_scales_without_a_gradient(open_stage):
    page = open_stage(loss="hamming_count", codes="001:101")
    agreed(page)
    assert table(page) == {"Hamming": [0.333, 0], "differing bits": [1, 0]}
    before = sent(page)
    page.locator(".lab-bit").nth(5).press("Space")
    expect(page.locator(".lab-codes-count")).to_have_text("2 of 3 places differ")
    agreed(page)
    assert sent(page) == before + 1
    assert state_of(page)["codes"] == "001:100"


def test_a_code_is_searched_and_ties_share_a_rank(open_stage):
    page = open_stage(scene="search")
    rows = page.locator(".lab-ranking button")
    expect(rows.locator(".lab-ranking-name")).to_have_text(["b1", "b2", "b3", "b4"])
    expect(rows.locator(".lab-ranking-rank").first).not_to_be_visible()
    page.locator(".lab-question .lab-chip", has_text="b2 and b4 tie").click()
    expect(rows.locator(".lab-ranking-name")).to_have_text(["b2", "b4", "b1", "b3"])
    tie = WORDS["rank_tied"].format(rank=1)
    expect(rows.locator(".lab-ranking-rank")).to_have_text([tie, tie, "3.", "4."])
    rows.nth(3).click()
    expect(page.locator(".lab-codes-count")).to_have_text("4 of 8 places differ")
    # b2 and b4 differ in the third place: with it flipped, b2 leads.
    page.locator(".lab-bit.prediction").nth(2).click()
    expect(rows.locator(".lab-ranking-rank").first).to_have_text("1.")
    expect(rows.locator(".lab-ranking-name").first).to_have_text("b2")
    agreed(page)
    assert state_of(page)["stored"] == "3"
    page.get_by_role("button", name=WORDS["store_code"]).click()
    expect(rows).to_have_count(5)


def test_the_norms_descend_and_the_nuclear_one_lowers_the_rank(open_stage):
    page = open_stage(loss="nuclear_norm", matrices=DIAGONAL, rate="1")
    agreed(page)
    step = page.locator(".lab-controls:visible").get_by_role("button", name=WORDS["step"])
    for _ in range(3):
        step.click()
    assert grids(page) == [
        ["1.2", "0", "0", "1.6"],  # Frobenius: 3/5 and 4/5 of the 2 that are left of 5
        ["1.5", "0", "0", "2.5"],  # each of two rows: half a step
        ["2", "0", "0", "2"],  # 1 off the 4, then both are the largest and share
        ["0", "0", "0", "1"],
    ]
    assert [values[0] for values in table(page).values()] == [2, 2, 2, 1]
    expect(page.locator(".lab-singular")).to_contain_text("σ₂ 0.000")
    # Of every run the bars show what is left: rows 1.5 and 2.5 long.
    page.locator(".lab-gradient", has_text="row mean").click()
    expect(page.locator(".lab-singular")).to_contain_text("σ₁ 2.500")
    # Whoever changes a cell begins anew.
    page.locator(".prediction input").first.focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".lab-gradients-title")).to_have_text(WORDS["gradient_per_cell"])


def test_the_penalties_step_by_step_and_back(open_stage):
    page = open_stage(loss="l1_penalty", weight="1.2")
    agreed(page)
    step, rewind = (
        page.get_by_role("button", name=WORDS[n], exact=True) for n in ("step", "rewind")
    )
    for _ in range(3):
        step.click()
    # Value, gradient and weight are those of the run; torch knows only where it started.
    near = {"abs": 6e-4}
    assert table(page) == {
        "L1 penalty": [0, 0, 0],
        "L2 penalty": [
            pytest.approx(0.15**2 / 2, **near),
            pytest.approx(0.15),
            pytest.approx(0.15),
        ],
    }
    expect(page.locator(".lab-torch-check")).to_have_class(re.compile("waiting"))
    rewind.click()
    assert [values[2] for values in table(page).values()] == [1.2, 1.2]
    agreed(page)
    knob = page.locator(".lab-knob.prediction:visible")
    before = sent(page)
    knob.focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(knob).not_to_have_attribute("aria-valuetext", "1.200")
    agreed(page)
    assert sent(page) == before + 1
    assert json.loads(state_of(page)["weight"]) < 1.2


def test_a_view_is_chosen_with_its_loss(open_stage):
    page = open_stage()
    for view, loss in (("points", "pairwise_distance"), ("codes", "hamming_distance")):
        page.locator(".lab-switcher label", has_text=WORDS[f"view_{view}"]).click()
        expect(page).to_have_url(re.compile(f"loss={loss}"))
        agreed(page)


def test_a_scene_and_its_link(open_stage):
    page = open_stage(scene="rank_one")
    page.get_by_text("Because the difference has rank 1").click()
    expect(page.locator(".lab-reveal")).to_contain_text("Right.")
    drawn(page)
    values = [row[0] for row in table(page).values()]
    assert values == [2.828, 2, 2.828, 2.828]


def test_a_bad_link_is_told_and_left_out(open_stage):
    page = open_stage(matrices="1,2;3:4", codes="012:111", weight="9")
    notice = page.locator("[data-testid=stAlert]")
    for told in ("2 to 3 rows", "each of 3 to 12 bits", "a number from -3 to 3"):
        expect(notice).to_contain_text(told)
    assert table(page)["Frobenius"][0] == pytest.approx(math.sqrt(18), abs=6e-4)


def test_rows_have_a_switch_only_where_it_shows_something(open_page):
    for loss, switches in (("frobenius_norm", 4), ("pairwise_distance", 0), ("hamming_count", 0)):
        page = open_page(alone(f"/distances?loss={loss}"), lang="en")
        expect(page.locator(".lab-table:visible input")).to_have_count(switches)


@pytest.mark.parametrize(("width", "named"), [(390, 2), (1280, 1)])
def test_every_line_of_bits_says_what_its_rows_are(open_page, width, named):
    page = open_page("/distances?loss=hamming_distance", lang="zh", width=width, height=844)
    heads = page.locator(".lab-code-head:visible")
    expect(heads).to_have_count(named)
    tops = page.locator(".lab-bit.prediction").evaluate_all(
        "bits => bits.map((bit) => bit.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == named
