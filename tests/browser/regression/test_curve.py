"""One residual: the curves, the hand on them, and the ball that descends."""

import numpy as np
import torch
from playwright.sync_api import expect

from experiments.descent import descend
from losses import half_mse_loss, l1_loss, log_cosh_loss, mse_loss
from tests.browser.family_stage import alone
from tests.browser.regression_stage import ALL, IDS, link, shown


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
