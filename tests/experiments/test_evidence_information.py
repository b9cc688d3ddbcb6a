"""The evidence of the information claims against vectors, closed forms and scipy; the fits against
moments and against descent by finite differences; the quantities of the scenes against numpy."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from scipy import stats
from scipy.integrate import quad
from scipy.spatial.distance import jensenshannon

from catalog import CATALOG
from experiments.descent import descend
from experiments.information import SPACING, distribution, fit, grid, pull_back
from live.families.page_tables import table
from live.families.quantities import quantity
from losses.densities import (
    divergence_of_densities,
    normal_log_density,
    two_hump_log_density,
)
from tests.experiments.findings import curve_of, numbers_of
from tests.vectors import vectors

numbers = partial(numbers_of, "information")
curve = partial(curve_of, "information")

P, Q = np.array([0.4, 0.3, 0.3]), np.array([0.3, 0.4, 0.3])
HUMPS = {
    "first_mean": -3.0,
    "first_width": 0.6,
    "second_mean": 3.0,
    "second_width": 0.8,
    "share": 0.3,
}


def test_the_snippet_takes_probabilities_for_logs():
    found = numbers("kl_snippet")
    assert found["printed"] == pytest.approx((np.exp(Q) * (Q - np.log(P))).sum() / 3, rel=1e-12)
    assert found["printed"] == pytest.approx(vectors("kl_div_misuse")[0].value, rel=1e-9)
    assert found["printed_at_match"] == pytest.approx(2.0080, abs=5e-5)
    assert found["divergence_at_match"] == 0
    assert curve("kl_snippet", "kl")[1][-1] == pytest.approx(stats.entropy(Q, P))
    assert curve("kl_snippet", "snippet")[1].min() > 2


def test_directions_and_divisors():
    found = numbers("argument_order")
    assert found["summed"] == pytest.approx(stats.entropy(Q, P))
    assert found["batchmean"] * 3 == pytest.approx(found["summed"])
    assert found["notes_there"] == pytest.approx(found["notes_back"])
    there, back = (v.value for v in vectors("kl_divergence")[1:3])
    assert (found["there"], found["back"]) == (pytest.approx(there), pytest.approx(back))
    assert found["detour"] == pytest.approx(0.5108 + 0.1445, abs=1e-4)
    assert found["direct"] == pytest.approx(1.6145, abs=1e-4)


def test_logs_to_two_bases():
    found = numbers("two_bases")
    assert (found["nats_low"], found["nats_high"]) == (-math.log(0.3), math.log(2))
    assert found["bans_low"] == pytest.approx(-math.log10(0.3))
    assert found["bans_high"] == pytest.approx(math.log10(2))
    assert found["factor"] == pytest.approx(math.log(0.3) / math.log(0.5))
    assert found["mixed_factor"] == pytest.approx(4, abs=1e-3)
    (x, natural), (_, ten) = (curve("two_bases", name) for name in ("natural", "ten"))
    assert natural == pytest.approx(-np.log(x))
    assert ten == pytest.approx(-np.log10(x))


def test_units_and_rounding():
    found = numbers("nats_and_bits")
    assert found["nats"] == pytest.approx(stats.entropy([0.7, 0.2, 0.1]))
    assert found["bits"] == pytest.approx(1.156779649)
    assert found["ratio"] == pytest.approx(math.log(2))
    rounded = numbers("rounded_entropy")
    assert rounded["entropy"] == pytest.approx(0.801818552543)
    assert rounded["rounded_early"] == pytest.approx(0.804, abs=1e-12)


def test_cross_entropy_is_no_distance():
    found = numbers("not_a_distance")
    assert (found["there"], found["back"]) == (
        pytest.approx(0.6931, abs=5e-5),
        pytest.approx(1.2040, abs=5e-5),
    )
    assert found["at_match"] == pytest.approx(vectors("cross_entropy_distributions")[0].value)
    assert found["entropy"] == found["at_match"]
    assert found["divergence_at_match"] == 0
    (x, cross), (_, kl) = (curve("not_a_distance", name) for name in ("cross_entropy", "kl"))
    assert cross == pytest.approx(-0.7 * np.log(x) - 0.3 * np.log(1 - x))
    assert cross - kl == pytest.approx(stats.entropy([0.7, 0.3]))


def test_the_entropy_of_the_labels_stays():
    found = numbers("which_is_constant")
    assert found["entropy_of_labels"] == pytest.approx(stats.entropy([0.7, 0.3]))
    assert found["first_prediction"] == pytest.approx(math.log(2))
    assert found["second_prediction"] == pytest.approx(stats.entropy([0.9, 0.1]))
    assert found["first_gap"] == pytest.approx(found["entropy_of_labels"])
    assert found["second_gap"] == pytest.approx(found["entropy_of_labels"])
    assert np.ptp(curve("which_is_constant", "labels")[1]) == 0
    assert np.ptp(curve("which_is_constant", "prediction")[1]) > 0.5


def test_zeros():
    found = numbers("zeros")
    assert found["infinite"] == 1
    assert found["without_p"] == pytest.approx(math.log(2))
    assert found["at_thousandth"] == pytest.approx(stats.entropy([0.5, 0.5], [0.999, 0.001]))
    assert found["at_billionth"] == pytest.approx(stats.entropy([0.5, 0.5], [1 - 1e-9, 1e-9]))
    assert (np.diff(curve("zeros", "p_half")[1]) > 0).all()
    assert curve("zeros", "p_zero")[1][-1] < 1e-9


def test_binary_case():
    found = numbers("binary_case")
    assert found["torch_at_zero"] == 100
    assert found["at_thousandth"] == pytest.approx(-math.log(0.001))
    assert found["label_entropy"] == pytest.approx(stats.entropy([0.7, 0.3]))
    assert found["elsewhere"] == pytest.approx(-0.7 * math.log(0.2) - 0.3 * math.log(0.8))


def test_right_claims():
    found = numbers("entropy_plus_divergence")
    assert found["divergence"] == pytest.approx(stats.entropy([0.7, 0.2, 0.1], [0.5, 0.3, 0.2]))
    assert found["difference"] == pytest.approx(found["divergence"])
    assert found["smallest"] > 0
    surprise = numbers("unbounded_surprise")
    assert surprise["at_millionth"] == pytest.approx(6 * math.log(10))
    assert surprise["nearly_sure"] == pytest.approx(0.001, abs=1e-6)
    both = numbers("two_directions")
    assert both["there"] < both["back"]


def test_divergence_of_two_normal_densities_has_its_closed_form():
    x = grid()
    p = normal_log_density(x, torch.tensor(-1.0).double(), torch.tensor(0.5).double())
    q = normal_log_density(x, torch.tensor(2.0).double(), torch.tensor(1.5).double())
    expected = math.log(1.5 / 0.5) + (0.5**2 + 3**2) / (2 * 1.5**2) - 0.5
    assert divergence_of_densities(p, q, SPACING).item() == pytest.approx(expected, rel=1e-12)
    # Where both densities underflow, the logs still differ by a number.
    far = normal_log_density(x, torch.tensor(-5.0).double(), torch.tensor(0.25).double())
    assert math.isfinite(divergence_of_densities(p, far, SPACING).item())


def test_the_fit_integrates_what_scipy_integrates():
    mean, width = 1.0, 1.3
    found = fit(
        torch.tensor([mean, math.log(width)], dtype=torch.float64),
        **{name: torch.tensor(value, dtype=torch.float64) for name, value in HUMPS.items()},
    )

    def p(x):
        return 0.3 * stats.norm.pdf(x, -3, 0.6) + 0.7 * stats.norm.pdf(x, 3, 0.8)

    def q(x):
        return stats.norm.pdf(x, mean, width)

    def integral(first, second):
        return quad(lambda x: first(x) * math.log(first(x) / second(x)), -8, 9, limit=200)[0]

    assert found["forward"].item() == pytest.approx(integral(p, q), rel=1e-7)
    assert found["reverse"].item() == pytest.approx(integral(q, p), rel=1e-6)
    x = grid()
    humps = two_hump_log_density(x, (-3.0, 3.0), (0.6, 0.8), 0.3).exp().numpy()
    assert humps == pytest.approx(p(x.numpy()), rel=1e-12)


def descended(direction, steps):
    """Mean and width of a Gaussian on its way from 1 and 1."""
    start = torch.tensor([1.0, 0.0], dtype=torch.float64)
    humps = {name: torch.tensor(value, dtype=torch.float64) for name, value in HUMPS.items()}
    path = descend(lambda x: fit(x, **humps)[direction], start, rate=0.1, steps=steps)
    return torch.stack([path[:, 0], path[:, 1].exp()], -1)


def test_forward_ends_at_the_moments_and_reverse_on_a_hump():
    path = descended("forward", 3000)
    mean = 0.3 * -3 + 0.7 * 3
    variance = 0.3 * (0.6**2 + 9) + 0.7 * (0.8**2 + 9) - mean**2
    assert path[-1].tolist() == [pytest.approx(mean), pytest.approx(math.sqrt(variance))]
    path = descended("reverse", 300)
    assert path[-1].tolist() == [pytest.approx(3, abs=1e-3), pytest.approx(0.8, abs=1e-3)]
    assert path[0].tolist() == [1, pytest.approx(1)]


def test_gradients_in_the_logits_are_autograd_s():
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(5, generator=generator, dtype=torch.float64)
    target = torch.softmax(torch.randn(5, generator=generator, dtype=torch.float64), -1)
    for name in ("cross_entropy", "js_divergence", "wasserstein_distance"):
        function = CATALOG[name].call
        model = torch.softmax(logits, -1)
        found = pull_back(model, torch.func.grad(lambda q, f=function: f(q, target))(model))
        through = torch.func.grad(lambda z, f=function: f(torch.softmax(z, -1), target))(logits)
        torch.testing.assert_close(found, through)
    certain = torch.tensor([0.0, 0.25, 0.75], dtype=torch.float64)
    infinite = torch.tensor([-math.inf, 1.0, 2.0], dtype=torch.float64)
    assert pull_back(certain, infinite).tolist() == [0, pytest.approx(-0.1875), 0.1875]


def test_descent_keeps_what_was_ruled_out_and_finds_the_rest():
    target = torch.tensor([0.5, 0.3, 0.2], dtype=torch.float64)
    start = torch.tensor([0.6, 0.0, 0.4], dtype=torch.float64)
    path = descend(
        lambda q: CATALOG["kl_divergence"].call(q, target),
        start.log(),
        rate=1.0,
        steps=400,
        through=distribution,
    )
    assert path[0].tolist() == pytest.approx(start.tolist())
    assert path[-1].tolist() == [pytest.approx(0.5 / 0.7), 0, pytest.approx(0.2 / 0.7)]
    assert path.sum(-1).numpy() == pytest.approx(np.ones(401))


@pytest.mark.parametrize("unit", ["nats", "bits"])
def test_quantities_are_numpy_s(unit):
    state = table("information").start()
    state |= {key: unit for key in state if key.endswith(".unit")}
    truth, model = (np.array(row) for row in state["distributions"])
    base = 2 if unit == "bits" else math.e
    expected = {
        "self_information": -math.log(model[0], base),
        "entropy": stats.entropy(model, base=base),
        "cross_entropy": stats.entropy(truth, base=base) + stats.entropy(truth, model, base=base),
        "kl_divergence": stats.entropy(truth, model, base=base),
        "js_divergence": jensenshannon(truth, model, base=base) ** 2,
        "wasserstein_distance": stats.wasserstein_distance(range(4), range(4), truth, model),
    }
    for loss, value in expected.items():
        assert quantity("information", state, loss, "value") == pytest.approx(value, rel=1e-12)
    # The gradient of the divergence in the logits is Q − P.
    length = np.linalg.norm(model - truth) / math.log(base)
    assert quantity("information", state, "kl_divergence", "gradient") == pytest.approx(length)
    with pytest.raises(ValueError, match="has no quantity 'colour'"):
        quantity("information", state, "entropy", "colour")
