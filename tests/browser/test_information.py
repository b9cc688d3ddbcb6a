"""The information page in a real Chromium: bars and humps under a hand, descent, torch, links."""

import math
import re
from urllib.parse import urlencode

import numpy as np
import pytest
import torch
from playwright.sync_api import expect
from scipy import stats

from catalog import CATALOG, family
from experiments.descent import descend
from experiments.information import fit
from live.families.information.inputs import HUMPS
from live.families.page_tables import table
from tests.browser.family_stage import FamilyStage, alone

IDS = tuple(loss.id for loss in family("information"))
START = table("information").start()


def link(**state) -> str:
    return "/information?" + urlencode(state, safe=",:.")


class Stage(FamilyStage):
    family = "information"
    drawn_with = ".lab-switcher input:checked"

    def values(self) -> dict[str, float]:
        return {loss: number(cells[0]) for loss, cells in self.numbers().items()}

    def bars(self, side: str) -> list[float]:
        """What the columns of P ("target") or Q ("prediction") say to a screen reader."""
        self.drawn()
        columns = self.page.locator(f".lab-column.{side}:visible")
        return [float(v) for v in columns.evaluate_all("e => e.map((c) => c.ariaValueNow)")]

    def lengths(self) -> dict[str, list[float]]:
        """How long the parts of every loss's bar are, and under "stack" those of the two stacks."""
        self.drawn()
        parts = """rows => rows.map((row) => [...row.querySelectorAll('.lab-bar i')].map(
            (part) => new DOMMatrix(getComputedStyle(part).transform).a))"""
        rows = self.page.locator(".lab-table:visible .lab-row:not(.lab-head)").evaluate_all(parts)
        stack = self.page.locator(".lab-stack rect[style]").evaluate_all(
            "parts => parts.map((part) => Math.round(part.getAttribute('width')))"
        )
        return {**dict(zip(IDS, rows, strict=True)), "stack": stack}

    def fits(self) -> list[list[float]]:
        self.drawn()
        rows = self.page.locator(".lab-fits .lab-row:not(.lab-head)").evaluate_all(
            "rows => rows.map((r) => [...r.querySelectorAll('.lab-cell')].map((c) => c.innerText))"
        )
        return [list(map(number, row)) for row in rows]


def number(text: str) -> float:
    return float(re.sub(r"[^\d.e∞-]", "", text.replace("−", "-")).replace("∞", "inf"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_bars_say_what_numpy_says(open_page, language):
    stage = Stage(open_page("/information", lang=language), language)
    truth, model = (np.array(row) for row in START["distributions"])
    values = stage.values()
    assert values["kl_divergence"] == pytest.approx(stats.entropy(truth, model), abs=1e-3)
    assert values["entropy"] == pytest.approx(stats.entropy(model), abs=1e-3)
    stage.agreed(6)
    whole, kept, extra = map(
        number,
        stage.page.locator(".lab-stack g")
        .first.locator("tspan")
        .evaluate_all("spans => [1, 4, 7].map((i) => spans[i].textContent)"),
    )
    assert whole == pytest.approx(kept + extra, abs=2e-3)
    assert extra == pytest.approx(values["kl_divergence"], abs=1e-3)


def test_a_dragged_bar_rescales_the_others_and_torch_agrees(open_page):
    stage = Stage(open_page("/information"))
    before = stage.bars("prediction")
    stage.drag(stage.page.locator(".lab-column.prediction >> nth=0").locator(".lab-dot"), 0, -100)
    held = stage.bars("prediction")
    assert held[0] > before[0] + 0.1
    assert sum(held) == pytest.approx(1, abs=1e-9)
    others, old = np.array(held[1:]), np.array(before[1:])
    assert others / others.sum() == pytest.approx(old / old.sum(), abs=3e-3)
    assert stage.bars("target") == list(START["distributions"][0])
    assert stage.messages() == 0
    stage.page.mouse.up()
    stage.agreed()
    expect(stage.page).to_have_url(re.compile("distributions="))
    assert stage.messages() == 1


def test_a_bar_at_zero_says_infinity_never_nan(open_page):
    stage = Stage(open_page("/information"))
    column = stage.page.locator(".lab-column.prediction").first
    column.focus()
    for _ in range(2):
        stage.page.keyboard.press("Shift+ArrowDown")
    assert stage.bars("prediction")[0] == 0
    values = stage.values()
    assert values["kl_divergence"] == values["cross_entropy"] == math.inf
    assert all(math.isfinite(values[loss]) for loss in ("js_divergence", "wasserstein_distance"))
    assert "NaN" not in stage.page.locator(".lab-information").inner_text()
    stage.agreed()
    stage.page.keyboard.press("ArrowUp")
    assert stage.bars("prediction")[0] == pytest.approx(0.01)
    assert math.isfinite(stage.values()["kl_divergence"])


def test_units_outcomes_and_the_chosen_letter(open_page):
    stage = Stage(open_page("/information"))
    nats = stage.values()
    stage.page.get_by_label(stage.words["option_unit"]).select_option("bits")
    bits = stage.values()
    for loss in IDS[:-1]:
        assert bits[loss] == pytest.approx(nats[loss] / math.log(2), abs=2e-3)
    assert bits[IDS[-1]] == nats[IDS[-1]]
    stage.page.get_by_label(stage.words["outcomes"], exact=True).select_option("6")
    assert stage.bars("prediction") == [*START["distributions"][1], 0, 0]
    stage.page.get_by_label(stage.words["outcomes"], exact=True).select_option("3")
    assert sum(stage.bars("target")) == pytest.approx(1)
    stage.page.locator(".lab-outcome:visible").nth(2).click()
    model = stage.bars("prediction")
    assert stage.values()["self_information"] == pytest.approx(-math.log2(model[2]), abs=1e-3)
    stage.agreed()


def test_another_unit_changes_the_numbers_and_no_bar(open_page):
    stage = Stage(open_page(link(distributions="0.5,0.3,0.2:0.02,0.03,0.95")))
    before, drawn = stage.values(), stage.lengths()
    whole, kept = drawn["cross_entropy"], drawn["kl_divergence"]
    # The same quantity is as long in each row, and the longest bar is not cut off.
    assert whole[1] == pytest.approx(kept[0], abs=1e-4)
    assert whole[1] / sum(whole) == pytest.approx(
        before["kl_divergence"] / before["cross_entropy"], abs=1e-3
    )
    stage.page.get_by_label(stage.words["option_unit"], exact=True).select_option("bits")
    after = stage.values()
    assert stage.lengths() == drawn
    assert after.pop("wasserstein_distance") == before.pop("wasserstein_distance")
    assert after == pytest.approx({id: v / math.log(2) for id, v in before.items()}, abs=2e-3)
    stage.agreed()


def test_steps_are_torch_s_and_rewind_returns(open_page):
    stage = Stage(open_page(alone(link(rate=0.5))))
    start = stage.values()
    for _ in range(3):
        stage.button("step").click()
    truth, model = (torch.tensor(row, dtype=torch.float64) for row in START["distributions"])
    values = stage.values()
    for loss in ("kl_divergence", "js_divergence", "wasserstein_distance"):
        function = CATALOG[loss].call
        path = descend(
            lambda z, f=function: f(z.softmax(-1), truth), model.log(), rate=0.5, steps=3
        )
        last = function(path[-1].softmax(-1), truth).item()
        assert values[loss] == pytest.approx(last, abs=1e-3)
    stage.button("rewind").click()
    assert stage.values() == start


def test_forward_covers_and_reverse_chooses(open_page):
    stage = Stage(open_page(alone(link(view="gaussians")), reduced_motion=True))
    stage.button("play").click()
    humps = {name: torch.tensor(START[name], dtype=torch.float64) for name in HUMPS}
    forward, reverse = stage.fits()
    for found, direction in ((forward, "forward"), (reverse, "reverse")):
        start = torch.tensor([1.0, 0.0], dtype=torch.float64)  # mean, and log of the width
        path = descend(lambda x, d=direction: fit(x, **humps)[d], start, rate=0.1, steps=1000)
        mean, log_width = path[-1].tolist()
        assert found[1:3] == pytest.approx([mean, math.exp(log_width)], abs=2e-3)
    assert forward[2] > 3 > 1 > reverse[2]
    stage.button("rewind").click()
    assert [row[1:3] for row in stage.fits()] == [[1, 1], [1, 1]]


def test_humps_and_fit_follow_hand_and_keys(open_page):
    stage = Stage(open_page(link(view="gaussians")))
    before = stage.fits()
    stage.drag(stage.page.locator(".lab-knob.prediction >> nth=1").locator(".lab-dot"), -60, 0)
    held = stage.fits()
    assert held[0][1] < before[0][1] - 0.3
    assert held[0][0] != before[0][0]
    stage.page.mouse.up()
    stage.agreed()
    knob = stage.page.locator(".lab-knob.target").last
    knob.focus()
    stage.page.keyboard.press("Shift+ArrowRight")
    assert stage.fits()[1][0] != held[1][0]
    expect(stage.page).to_have_url(re.compile("second_mean="))
    stage.agreed()


def test_links_reopen_and_nonsense_is_named(open_page):
    given = "0.2,0.3,0.5:0.6,0.4,0"
    stage = Stage(open_page(link(distributions=given, loss="js_divergence")))
    assert stage.bars("target") == [0.2, 0.3, 0.5]
    assert stage.bars("prediction") == [0.6, 0.4, 0]
    page = open_page(link(distributions="0.9,0.9:0.1,0.9", view="potatoes"), lang="en")
    notice = page.get_by_text("was ignored").first
    expect(notice).to_contain_text("view=potatoes")
    expect(notice).to_contain_text("distributions=0.9,0.9:0.1,0.9")
    assert Stage(page).bars("target") == list(START["distributions"][0])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_titles_stand_above_what_they_name(open_page, language):
    """Bars at the top and peaks of the curves are drawn there; a title would cover them."""
    for view in ("bars", "gaussians"):
        page = open_page(alone(link(view=view)), lang=language, reduced_motion=True)
        stage = Stage(page, language)
        stage.button("play").click()
        stage.drawn()
        own = ".lab-picture:visible, " if view == "bars" else ""
        for chart in page.locator(f"{own}.lab-stacks .lab-chart:not(.lab-stack):visible").all():
            title, grid = (
                chart.locator(part).bounding_box() for part in (".lab-plot-label", ".lab-grid")
            )
            assert title["y"] + title["height"] <= grid["y"] + 4
