"""Entropies and divergences: vectors, scipy, identities, edges."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.spatial.distance import jensenshannon
from torch.nn import functional

from losses.information import (
    cross_entropy,
    entropy,
    js_divergence,
    kl_divergence,
    self_information,
    wasserstein_distance,
)
from tests.losses.checks import (
    PROPERTY,
    TOLERANCE,
    assert_transforms_agree,
    assert_vector,
    assert_works_in_every_dtype,
    gradcheck,
    value_and_gradient,
)
from tests.vectors import Vector, label, vectors


def by_order(function):
    """A keyword-only function of (truth, model) as one of (model, truth)."""
    return lambda model, truth, **options: function(truth=truth, model=model, **options)


PAIRS = {
    "cross_entropy": by_order(cross_entropy),
    "kl_divergence": by_order(kl_divergence),
    "js_divergence": js_divergence,
    "wasserstein_distance": wasserstein_distance,
}
on_pairs = pytest.mark.parametrize("loss", PAIRS.values(), ids=PAIRS.keys())
GENERATOR = torch.Generator().manual_seed(0)
LOGITS = torch.randn(5, 4, generator=GENERATOR, dtype=torch.float64)
P = torch.softmax(LOGITS, -1)
Q = torch.softmax(1.5 * torch.randn(5, 4, generator=GENERATOR, dtype=torch.float64), -1)


@st.composite
def distributions(draw: st.DrawFn, size: int = 4) -> torch.Tensor:
    """Distributions with zeros among them."""
    raw = draw(st.lists(st.floats(0, 1) | st.just(0.0), min_size=size, max_size=size))
    masses = np.array(raw) + 1e-3 * (sum(raw) == 0)
    return torch.tensor(masses / masses.sum())


@pytest.mark.parametrize("vector", vectors("self_information"), ids=label)
def test_self_information_vectors(vector: Vector) -> None:
    assert_vector(vector, lambda p: self_information(p), {"p": vector.tensor("p")})


@pytest.mark.parametrize("vector", vectors("entropy"), ids=label)
def test_entropy_vectors(vector: Vector) -> None:
    assert_vector(vector, lambda p: entropy(p), {"p": vector.tensor("p")})
    assert entropy(vector.tensor("p"), unit="bits").item() == pytest.approx(1.156779649, abs=1e-9)


@pytest.mark.parametrize(
    ("vector", "loss"),
    [(vector, cross_entropy) for vector in vectors("cross_entropy_distributions")]
    + [(vector, kl_divergence) for vector in vectors("kl_divergence")],
    ids=label,
)
def test_vectors_of_truth_and_model(vector: Vector, loss) -> None:
    assert_vector(
        vector,
        lambda q: loss(truth=vector.tensor("p"), model=q),
        {"q": vector.tensor("q")},
    )


@pytest.mark.parametrize(
    ("vector", "loss"),
    [(vector, js_divergence) for vector in vectors("js_divergence")]
    + [(vector, wasserstein_distance) for vector in vectors("wasserstein1_1d")],
    ids=label,
)
def test_vectors_of_symmetric_pairs(vector: Vector, loss) -> None:
    p, q = vector.tensor("p"), vector.tensor("q")
    assert_vector(vector, lambda q: loss(q, p), {"q": q})
    assert_vector(vector, lambda q: loss(p, q), {"q": q})


@pytest.mark.parametrize("vector", vectors("kl_div_misuse"), ids=label)
def test_the_misuse_of_torchs_kl_div_gives_the_notes_number_and_not_the_divergence(
    vector: Vector,
) -> None:
    log_input, target = vector.tensor("log_input"), vector.tensor("q_prob_as_target")
    printed = functional.kl_div(log_input, target, log_target=True, reduction="batchmean")
    torch.testing.assert_close(
        printed, torch.tensor(vector.value, dtype=torch.float64), **TOLERANCE
    )
    right = kl_divergence(truth=target, model=log_input.exp() / log_input.exp().sum())
    assert right.item() == pytest.approx(0.02876820725, abs=1e-9)
    assert kl_divergence(truth=target, model=target) == 0


def test_scipy_agrees() -> None:
    p, q = P.numpy(), Q.numpy()
    bins = np.arange(4)
    expected = {
        "cross_entropy": stats.entropy(p, axis=-1) + stats.entropy(p, q, axis=-1),
        "kl_divergence": stats.entropy(p, q, axis=-1),
        "js_divergence": jensenshannon(p, q, axis=-1) ** 2,
        "wasserstein_distance": [
            stats.wasserstein_distance(bins, bins, a, b) for a, b in zip(p, q, strict=True)
        ],
    }
    for name, loss in PAIRS.items():
        np.testing.assert_allclose(loss(Q, P, reduction="none"), expected[name], rtol=1e-10)
        assert loss(Q, P).item() == pytest.approx(np.mean(expected[name]), rel=1e-10)
    np.testing.assert_allclose(
        entropy(P, reduction="none", unit="bits"), stats.entropy(p, axis=-1, base=2), rtol=1e-12
    )
    for name in ("cross_entropy", "kl_divergence", "js_divergence"):
        bits = PAIRS[name](Q, P, unit="bits", reduction="none").numpy()
        np.testing.assert_allclose(bits * math.log(2), expected[name], rtol=1e-10)


def test_torchs_kl_div_is_the_same_with_its_arguments_in_its_order() -> None:
    theirs = functional.kl_div(Q.log(), P, reduction="batchmean")
    torch.testing.assert_close(kl_divergence(truth=P, model=Q), theirs)


@on_pairs
def test_derivatives_of_pairs(loss) -> None:
    def of_logits(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return loss(torch.softmax(z, -1), torch.softmax(y, -1), reduction="none")

    gradcheck(of_logits, Q.log(), P.log())


def test_derivatives_of_entropy() -> None:
    gradcheck(lambda z: entropy(torch.softmax(z, -1), reduction="none"), LOGITS)
    gradcheck(self_information, P)


@on_pairs
def test_transforms(loss) -> None:
    assert_transforms_agree(partial(loss, reduction="none"), (Q, P))


def test_transforms_of_one_distribution() -> None:
    assert_transforms_agree(partial(entropy, reduction="none", unit="bits"), (P,))
    assert_transforms_agree(self_information, (P[:, 0],))


@on_pairs
def test_dtypes(loss) -> None:
    few_digits = torch.tensor([[0.25, 0.5, 0.25, 0.0], [0.125, 0.375, 0.0, 0.5]])
    others = torch.tensor([[0.5, 0.25, 0.125, 0.125], [0.25, 0.25, 0.25, 0.25]])
    assert_works_in_every_dtype(partial(loss, reduction="none"), (others, few_digits))


def test_dtypes_of_one_distribution() -> None:
    p = torch.tensor([[0.25, 0.5, 0.25, 0.0], [0.125, 0.375, 0.0, 0.5]])
    assert_works_in_every_dtype(partial(entropy, reduction="none"), (p,))
    assert_works_in_every_dtype(self_information, (p[0, :3],))


def test_half_precision_does_not_lose_the_middle() -> None:
    smallest = 2.0**-24
    p = torch.tensor([smallest, 1.0 - 2**-11], dtype=torch.float16)
    q = torch.tensor([0.0, 1.0], dtype=torch.float16)
    assert js_divergence(p, q).isfinite()


@PROPERTY
@given(p=distributions(), q=distributions())
def test_inequalities(p: torch.Tensor, q: torch.Tensor) -> None:
    divergence = kl_divergence(truth=p, model=q)
    assert divergence >= -1e-12
    assert -1e-15 <= entropy(p) <= math.log(4) + 1e-12
    assert cross_entropy(truth=p, model=q) >= entropy(p) - 1e-12
    js = js_divergence(p, q)
    assert -1e-12 <= js <= math.log(2) + 1e-12
    torch.testing.assert_close(js, js_divergence(q, p))
    distance = wasserstein_distance(p, q)
    assert 0 <= distance <= 3 + 1e-12
    torch.testing.assert_close(distance, wasserstein_distance(q, p))
    if divergence.isfinite():
        torch.testing.assert_close(
            cross_entropy(truth=p, model=q), entropy(p) + divergence, rtol=1e-9, atol=1e-9
        )
    impossible = ((p > 0) & (q == 0)).any()
    assert divergence.isinf() == impossible


@PROPERTY
@given(p=distributions(), q=distributions(), r=distributions())
def test_distances_are_metrics(p: torch.Tensor, q: torch.Tensor, r: torch.Tensor) -> None:
    slack = 1e-7
    for distance in (wasserstein_distance, lambda a, b: js_divergence(a, b).clamp(min=0).sqrt()):
        assert distance(p, r) <= distance(p, q) + distance(q, r) + slack
        assert distance(p, p) == 0


def test_zeros() -> None:
    """Zero times log zero is 0; ruling out what happens costs infinity."""
    half = torch.tensor([0.5, 0.5])
    sure = torch.tensor([1.0, 0.0])
    assert kl_divergence(truth=half, model=sure) == math.inf
    assert kl_divergence(truth=sure, model=half).item() == pytest.approx(math.log(2))
    assert kl_divergence(truth=sure, model=sure) == 0
    assert cross_entropy(truth=half, model=sure) == math.inf
    assert entropy(sure) == 0
    assert self_information(torch.tensor(0.0)) == math.inf
    apart = torch.tensor([0.0, 1.0])
    assert js_divergence(sure, apart).item() == pytest.approx(math.log(2))
    assert js_divergence(sure, apart, unit="bits").item() == pytest.approx(1)
    assert wasserstein_distance(sure, apart) == 1


@pytest.mark.parametrize("name", ["cross_entropy", "kl_divergence", "js_divergence"])
def test_a_zero_gives_no_nan_gradient(name: str) -> None:
    zero = torch.tensor([1.0, 0.0])
    for other in (torch.tensor([0.5, 0.5]), zero):
        for first, second in ((zero, other), (other, zero)):
            _, gradient = value_and_gradient(PAIRS[name], first, second)
            assert not gradient.isnan().any()
    _, gradient = value_and_gradient(entropy, zero)
    assert gradient.tolist() == [-1, 0]


def test_underflow_in_a_softmax_trains_on() -> None:
    logits = torch.tensor([0.0, -2000.0, 1.0])
    truth = torch.tensor([0.5, 0.0, 0.5])
    for loss in (
        lambda z: kl_divergence(truth=truth, model=torch.softmax(z, -1)),
        lambda z: entropy(torch.softmax(z, -1)),
        lambda z: js_divergence(torch.softmax(z, -1), truth),
    ):
        _, gradient = value_and_gradient(loss, logits)
        assert gradient.isfinite().all()
        assert gradient[1] == 0


def test_divergences_go_silent_where_earth_movers_still_push() -> None:
    logits = torch.full((2, 8), -60.0, dtype=torch.float64)
    logits[0, 1], logits[1, 5] = 0.0, 0.0
    for name, moves in (("js_divergence", False), ("wasserstein_distance", True)):
        near, far = torch.zeros(8), torch.zeros(8)
        near[2], far[7] = 1.0, 1.0
        values = [
            PAIRS[name](torch.softmax(logits[0], -1), pile.double()).item() for pile in (near, far)
        ]
        assert (abs(values[0] - values[1]) > 1e-9) == moves


def test_order_cannot_be_mistaken() -> None:
    for function in (cross_entropy, kl_divergence):
        with pytest.raises(TypeError):
            function(P, Q)


@on_pairs
def test_bad_input_is_named(loss) -> None:
    with pytest.raises(ValueError, match=r"(truth|second) must sum to 1 .* got a sum of 1\.1"):
        loss(torch.tensor([0.5, 0.5]), torch.tensor([0.5, 0.6]))
    with pytest.raises(ValueError, match=r"(model|first) must lie in \[0, 1\]; got -0\.5"):
        loss(torch.tensor([-0.5, 1.5]), torch.tensor([0.5, 0.5]))
    with pytest.raises(ValueError, match=r"(model|first) must lie in \[0, 1\]; got nan"):
        loss(torch.tensor([math.nan, 0.5]), torch.tensor([0.5, 0.5]))
    with pytest.raises(ValueError, match=r"same number of outcomes; .*\(1,\)"):
        loss(torch.tensor([1.0]), torch.tensor([0.5, 0.5]))
    with pytest.raises(ValueError, match="shapes must broadcast together"):
        loss(torch.full((2, 2), 0.5), torch.full((3, 2), 0.5))
    with pytest.raises(ValueError, match="must have a floating dtype"):
        loss(torch.tensor([1, 0]), torch.tensor([0.5, 0.5]))
    with pytest.raises(ValueError, match="reduction must be one of"):
        loss(Q, P, reduction="average")


def test_bad_units_are_named() -> None:
    for call in (
        lambda: entropy(P, unit="digits"),
        lambda: self_information(P, unit="digits"),
        lambda: kl_divergence(truth=P, model=Q, unit="digits"),
    ):
        with pytest.raises(ValueError, match="unit must be one of nats, bits; got 'digits'"):
            call()
    with pytest.raises(ValueError, match=r"probability must lie in \[0, 1\]; got 2"):
        self_information(torch.tensor([0.5, 2.0]))


@on_pairs
def test_broadcasting_weights_and_empty_batches(loss) -> None:
    each = loss(Q, P, reduction="none")
    to_one = loss(Q, P[2], reduction="none")
    assert to_one.shape == (5,)
    torch.testing.assert_close(to_one[2], each[2])
    weight = torch.tensor([1.0, 0.0, 0.0, 0.0, 3.0], dtype=torch.float64)
    torch.testing.assert_close(loss(Q, P, weight=weight), (each[0] + 3 * each[4]) / 4)
    assert loss(Q[:0], P[:0]) == 0
