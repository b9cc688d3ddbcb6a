"""One number for many: where each loss has its minimum."""

import itertools

import torch

from catalog import family
from experiments.regression import best_constant
from live.families.regression.inputs import outlier_example
from losses import l1_loss
from tests.browser.family_stage import alone
from tests.browser.regression_stage import ALL, IDS, link, shown


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


def test_minima_that_coincide_form_a_pile(stage):
    lab = stage(alone(link(view="optimum", losses=ALL, loss="l1_loss")))
    tips = lab.visible(".lab-minimum").evaluate_all(
        "(all) => all.map((mark) => mark.getAttribute('d').match(/^M([\\d.]+) ([\\d.]+)/).slice(1))"
    )
    tips = [tuple(map(float, tip)) for tip in tips]
    assert len(tips) == len(IDS)
    for tip, other in itertools.combinations(tips, 2):
        assert max(abs(a - b) for a, b in zip(tip, other, strict=True)) > 2
