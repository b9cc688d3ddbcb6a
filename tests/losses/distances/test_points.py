"""Distances between points: vectors, scipy, edges."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from scipy.spatial import distance

from losses.distances import (
    pairwise_distance,
    points,
)
from tests.losses.checks import (
    assert_vector,
    value_and_gradient,
)
from tests.vectors import Vector, label, vectors

# torch compiles some rules of its own forward mode in a way that it has since deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")

GENERATOR = torch.Generator().manual_seed(0)
A, B = torch.randn(2, 5, 3, 4, generator=GENERATOR, dtype=torch.float64).unbind()


@pytest.mark.parametrize("vector", vectors("pairwise_euclidean"), ids=label)
@pytest.mark.parametrize("p", [2.0, torch.tensor(2.0)], ids=["number", "tensor"])
def test_pairwise_vectors(vector: Vector, p) -> None:
    a, b = vector.tensor("a"), vector.tensor("b")
    assert_vector(vector, lambda a: pairwise_distance(a, b, p=p), {"a": a})
    value, gradient = value_and_gradient(partial(pairwise_distance, p=p), a, b)
    assert (value[0, 1], value[1, 0]) == (0, 0)
    assert gradient.isfinite().all()


@pytest.mark.parametrize(
    ("p", "name"),
    [(1.0, "cityblock"), (2.0, "euclidean"), (math.inf, "chebyshev"), (3.5, "minkowski")],
)
def test_scipy_agrees_on_pairs_of_sets_of_different_size(p: float, name: str) -> None:
    first, second = A[0], torch.cat([B[0], A[0], B[1]])
    options = {"p": p} if name == "minkowski" else {}
    expected = distance.cdist(first.numpy(), second.numpy(), name, **options)
    value = pairwise_distance(first, second, p=p)
    assert value.shape == (3, 9)
    np.testing.assert_allclose(value.numpy(), expected, rtol=1e-12, atol=1e-15)
    assert (value[:, 3:6].diagonal() == 0).all()
    if math.isfinite(p):
        tensor = pairwise_distance(first, second, p=torch.tensor(p, dtype=torch.float64))
        np.testing.assert_allclose(tensor.numpy(), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("p", [1.0, 1.5, 2.0, 3.0, math.inf, torch.tensor(1.5), torch.tensor(2)])
def test_identical_points_are_at_zero_with_a_zero_gradient(p) -> None:
    points = torch.randn(60, 3, generator=GENERATOR)
    value, gradient = value_and_gradient(
        lambda a, b: pairwise_distance(a, b, p=p).diagonal(), points, points
    )
    assert (value == 0).all()
    assert (gradient == 0).all()
    _, gradient = value_and_gradient(partial(pairwise_distance, p=p), points, points)
    assert gradient.isfinite().all()


def test_derivatives_of_pairwise_distance() -> None:
    for p in (1.0, 1.5, 2.0, 3.0, math.inf):
        leaves = [A[0].clone().requires_grad_(), B[0, :2].clone().requires_grad_()]
        assert torch.autograd.gradcheck(partial(pairwise_distance, p=p), leaves)
    p = torch.tensor(1.7, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda a, p: pairwise_distance(a, B[0], p=p), (leaves[0], p))


def test_a_high_power_does_not_overflow() -> None:
    far = torch.tensor([[1e5, 1e5]])
    for p in (torch.tensor(50.0), torch.tensor(1.0)):
        value, gradient = value_and_gradient(
            partial(pairwise_distance, p=p), far, torch.zeros(1, 2)
        )
        assert value.item() == pytest.approx(1e5 * 2 ** (1 / p.item()), rel=1e-5)
        assert gradient.isfinite().all()


def test_empty_sets_and_batches_of_sets() -> None:
    assert pairwise_distance(A[0, :0], B[0]).shape == (0, 3)
    assert pairwise_distance(A[0], B[0, :0], p=torch.tensor(2.0)).shape == (3, 0)
    batch = pairwise_distance(A, B[:1])
    assert batch.shape == (5, 3, 3)
    torch.testing.assert_close(batch[2], pairwise_distance(A[2], B[0]))


def test_bad_sets_and_orders_are_named() -> None:
    with pytest.raises(ValueError, match="first must have a floating dtype"):
        pairwise_distance(A[0].long(), B[0])
    with pytest.raises(ValueError, match=r"must be \(…, N, D\).*first \(3, 4\), second \(3, 3\)"):
        pairwise_distance(A[0], B[0, :, :3])
    with pytest.raises(ValueError, match="shapes must broadcast together"):
        pairwise_distance(A, B[:2])
    for p in (0.5, 0, math.nan):
        with pytest.raises(ValueError, match="p must be a number >= 1"):
            pairwise_distance(A[0], B[0], p=p)


@pytest.fixture
def in_pieces(monkeypatch):
    """Three or so points at a time."""
    monkeypatch.setattr(points, "_MANY", 0)
    monkeypatch.setitem(points._AT_A_TIME, "cpu", 60)


def _everything(p: float) -> list[torch.Tensor]:
    """Distances of sets that share points, and their derivatives in all modes and orders."""
    first, second = A[:2].clone(), B[:1, :2].clone()
    second[0, 0] = first[0, 0]

    def distance(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        return pairwise_distance(a, b, p=p)

    leaves = [first.clone().requires_grad_(), second.clone().requires_grad_()]
    value = distance(*leaves)
    force = torch.linspace(-1, 1, value.numel(), dtype=value.dtype).reshape(value.shape)
    return [
        value.detach(),
        *torch.autograd.grad((value * force).sum(), leaves),
        torch.func.jvp(distance, (first, second), (A[2:4], B[3:4, :2]))[1],
        torch.func.vmap(distance)(first, second.expand(2, -1, -1)),
        torch.func.hessian(lambda a: distance(a, second).sum())(first),
    ]


@pytest.mark.parametrize("p", [1.0, 1.5, 2.0, 3.5, 50.0])
def test_many_points_are_measured_in_pieces_alike(p: float, request) -> None:
    whole = _everything(p)
    request.getfixturevalue("in_pieces")
    torch.testing.assert_close(_everything(p), whole)
    first, second = (t.clone().requires_grad_() for t in (A[0], B[0]))

    def distance(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        return pairwise_distance(a, b, p=p)

    assert torch.autograd.gradcheck(distance, (first, second), check_forward_ad=True)
    assert torch.autograd.gradgradcheck(distance, (first, second))


@pytest.mark.usefixtures("in_pieces")
@pytest.mark.parametrize("p", [1.0, 1.5, 2.0, 3.5])
def test_pieces_keep_range_and_nan_and_little_in_memory(p: float) -> None:
    sizes = torch.tensor([1e-30, 0.1, 1e30, math.inf, math.nan])
    first = torch.stack((sizes, torch.zeros(5)), -1).requires_grad_()
    kept: list[int] = []

    def note(tensor: torch.Tensor) -> torch.Tensor:
        kept.append(tensor.numel())
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        distance = pairwise_distance(first, torch.zeros(7, 2), p=p)
    assert max(kept) <= distance.numel()
    torch.testing.assert_close(distance[:, 0], sizes, equal_nan=True)
    (gradient,) = torch.autograd.grad(distance[:3].sum(), first)
    torch.testing.assert_close(gradient[:3], torch.tensor([[7.0, 0.0]]).expand(3, 2))
