"""Barron's loss as a density: its integral by quadrature, and what is learnt with it."""

import copy
import io
import math

import pytest
import torch
from scipy.integrate import quad
from scipy.special import kv

from losses import AdaptiveLoss, barron_loss, barron_nll_loss
from losses.regression.adaptive import log_partition

D = torch.zeros((), dtype=torch.float64)
CLOSED = {0.0: math.pi * math.sqrt(2), 1.0: 2 * math.e * kv(1, 1), 2.0: math.sqrt(2 * math.pi)}


def _partition(alpha: float) -> float:
    """The integral of e^(−ρ), with ρ as it stands in the paper, over x = tan(v)."""

    def density(v: float) -> float:
        x, bend = math.tan(v), abs(alpha - 2)
        loss = bend / alpha * ((x * x / bend + 1) ** (alpha / 2) - 1)
        return math.exp(-loss) / math.cos(v) ** 2

    edge = math.pi / 2 * (1 - 1e-12)
    return 2 * quad(density, 0, edge, limit=400, epsrel=1e-11)[0]


@pytest.mark.parametrize("alpha", [0.3, 0.7, 1.3, 1.7, 1.9, 1.999, 2.5, 4.0, 6.0])
def test_the_normalising_term_is_the_integral(alpha: float) -> None:
    assert log_partition(alpha, D).exp().item() == pytest.approx(_partition(alpha), rel=1e-8)
    assert log_partition(alpha, D.float()).exp().item() == pytest.approx(
        _partition(alpha), rel=2e-6
    )


@pytest.mark.parametrize("alpha", CLOSED)
def test_the_normalising_term_has_its_closed_forms(alpha: float) -> None:
    assert log_partition(alpha, D).exp().item() == pytest.approx(CLOSED[alpha], rel=1e-12)
    together = log_partition(torch.tensor([*CLOSED]), D).exp()
    assert together.tolist() == pytest.approx([*CLOSED.values()], rel=1e-12)


def test_the_loss_is_minus_the_log_of_known_densities() -> None:
    x = torch.linspace(-5, 5, 11, dtype=torch.float64)
    for alpha, known in (
        (2.0, torch.distributions.Normal(0.0, 1.5)),
        (0.0, torch.distributions.Cauchy(0.0, 1.5 * math.sqrt(2))),
    ):
        ours = barron_nll_loss(x, 0 * x, alpha=alpha, scale=1.5, reduction="none")
        torch.testing.assert_close(ours, -known.log_prob(x), rtol=1e-7, atol=1e-7)


def test_the_gradient_in_alpha_and_scale_is_that_of_finite_differences() -> None:
    x = torch.linspace(-4, 5, 7, dtype=torch.float64)
    for alpha in (0.2, 1.0, 1.6):
        numbers = torch.tensor([alpha, 0.7], dtype=torch.float64, requires_grad=True)

        def loss(both: torch.Tensor) -> torch.Tensor:
            return barron_nll_loss(x, 0 * x, alpha=both[0], scale=both[1])

        assert torch.autograd.gradcheck(loss, numbers)
        assert torch.autograd.gradgradcheck(loss, numbers)


@pytest.mark.parametrize("alpha", [-1.0, math.inf, math.nan])
def test_a_shape_without_a_density_is_refused(alpha: float) -> None:
    with pytest.raises(ValueError, match="alpha must be a number"):
        barron_nll_loss(torch.ones(2), torch.zeros(2), alpha=alpha)


def test_learning_finds_heavy_tails_where_they_are() -> None:
    """A step towards a lower loss: shape falls for Cauchy residuals, rises for normal ones."""
    probabilities = torch.linspace(0.005, 0.995, 200)
    normal = torch.distributions.Normal(0.0, 1.0).icdf(probabilities)
    cauchy = torch.distributions.Cauchy(0.0, 1.0).icdf(probabilities)
    residuals = torch.stack((normal, cauchy), 1)
    loss = AdaptiveLoss(2)
    start = loss(residuals, torch.zeros_like(residuals))
    optimiser = torch.optim.Adam(loss.parameters(), lr=0.2)
    for _ in range(40):
        optimiser.zero_grad()
        loss(residuals, torch.zeros_like(residuals)).backward()
        optimiser.step()
    assert loss(residuals, torch.zeros_like(residuals)) < start
    assert loss.alpha[0] > 1.2 > 0.8 > loss.alpha[1]


def test_it_starts_where_it_is_told_and_stays_in_its_range() -> None:
    loss = AdaptiveLoss(3, alpha=0.5, alpha_range=(0.0, 2.0), scale=0.25, least_scale=0.1)
    torch.testing.assert_close(loss.alpha, torch.full((3,), 0.5))
    torch.testing.assert_close(loss.scale, torch.full((3,), 0.25))
    with torch.no_grad():
        loss.free_alpha.fill_(-100.0)
        loss.free_scale.fill_(-100.0)
    assert (loss.alpha == 0).all()
    assert (loss.scale >= 0.1).all()
    data = torch.tensor([[1.0, 2.0, 30.0]]), torch.zeros(1, 3)
    gradients = torch.autograd.grad(loss(*data), [*loss.parameters()])
    assert all(gradient.isfinite().all() for gradient in gradients)


def test_it_is_a_module_like_any_other() -> None:
    loss = AdaptiveLoss(2, reduction="sum")
    assert repr(loss) == "AdaptiveLoss(dimensions=2, reduction='sum')"
    assert repr(AdaptiveLoss(alpha_range=(0, 1))) == "AdaptiveLoss(alpha_range=(0, 1))"
    assert set(loss.state_dict()) == {"free_alpha", "free_scale"}
    data = torch.tensor([[1.0, -2.0], [0.5, 3.0]]), torch.zeros(2, 2)
    expected = barron_nll_loss(*data, alpha=loss.alpha, scale=loss.scale, reduction="sum")
    saved = io.BytesIO()
    torch.save(loss, saved)
    saved.seek(0)
    for one in (loss, copy.deepcopy(loss), torch.load(saved, weights_only=False)):
        torch.testing.assert_close(one(*data), expected)
    torch.compiler.reset()
    compiled = torch.compile(loss, fullgraph=True, backend="aot_eager", dynamic=False)
    torch.testing.assert_close(compiled(*data), expected)
    exported = torch.export.export(loss, data).module()
    torch.testing.assert_close(exported(*data), expected)
    weight = torch.tensor([[1.0], [0.0]])
    assert loss(*data, weight=weight) == loss(data[0][:1], data[1][:1])


def test_bad_arguments_are_named() -> None:
    for options, message in (
        ({"alpha_range": (1.0, 0.5)}, r"alpha_range\[0\] must be a number >= 0 and < 0.5"),
        ({"alpha_range": (-1.0, 0.5)}, r"alpha_range\[0\] must be a number >= 0"),
        ({"alpha": 2.0}, "alpha must be a number > 0.001 and < 1.999"),
        ({"scale": 0.0}, "scale must be a number > 1e-05"),
        ({"least_scale": 0.0}, "least_scale must be a number > 0"),
        ({"reduction": "avg"}, "reduction must be one of"),
        ({"dimensions": 0}, "dimensions must be an integer >= 1 or None; got 0"),
    ):
        with pytest.raises(ValueError, match=message):
            AdaptiveLoss(**options)
    with pytest.raises(ValueError, match=r"the last dimension .* must be 3; got \(2, 1\) and"):
        AdaptiveLoss(3)(torch.zeros(2, 1), torch.zeros(2, 3))


def test_without_its_normalising_term_it_is_barrons_loss() -> None:
    x = torch.tensor([0.5, -3.0], dtype=torch.float64)
    difference = barron_nll_loss(x, 0 * x, alpha=0.8, scale=2.0, reduction="none") - barron_loss(
        x, 0 * x, alpha=0.8, scale=2.0, reduction="none"
    )
    expected = math.log(2.0) + math.log(_partition(0.8))
    torch.testing.assert_close(difference, torch.full_like(difference, expected))
