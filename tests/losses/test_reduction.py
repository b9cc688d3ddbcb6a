"""How losses become one number: against numpy, and at the edges."""

import numpy as np
import pytest
import torch

from losses.reduction import REDUCTIONS, reduce_loss

LOSSES = torch.tensor([[1.0, 4.0, 2.5], [0.0, 7.0, 3.0]], dtype=torch.float64)
WEIGHTS = torch.tensor([[1.0, 0.0, 2.0], [0.5, 3.0, 1.0]], dtype=torch.float64)


def test_without_weights() -> None:
    assert reduce_loss(LOSSES, reduction="none") is LOSSES
    assert reduce_loss(LOSSES, reduction="sum").item() == 17.5
    assert reduce_loss(LOSSES).item() == pytest.approx(17.5 / 6)


def test_weighted_mean_divides_by_the_sum_of_the_weights() -> None:
    expected = np.average(LOSSES.numpy(), weights=WEIGHTS.numpy())
    assert reduce_loss(LOSSES, WEIGHTS).item() == pytest.approx(expected)
    assert reduce_loss(LOSSES, 100 * WEIGHTS).item() == pytest.approx(expected)
    assert reduce_loss(LOSSES, WEIGHTS, "sum").item() == pytest.approx(30.0)
    np.testing.assert_array_equal(reduce_loss(LOSSES, WEIGHTS, "none"), LOSSES * WEIGHTS)


@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 1), (1, 3)])
def test_weights_broadcast(shape: tuple[int, ...]) -> None:
    weight = torch.rand(shape, dtype=torch.float64) + 0.1
    expected = np.average(LOSSES.numpy(), weights=np.broadcast_to(weight.numpy(), (2, 3)))
    assert reduce_loss(LOSSES, weight).item() == pytest.approx(expected)


@pytest.mark.parametrize("weight", [None, torch.zeros(0)])
def test_nothing_costs_nothing(weight: torch.Tensor | None) -> None:
    empty = torch.zeros(0, requires_grad=True)
    loss = reduce_loss(empty, weight)
    assert loss.shape == ()
    assert loss.item() == 0
    loss.backward()
    assert empty.grad is not None


def test_all_weights_zero() -> None:
    losses = LOSSES.clone().requires_grad_()
    weight = torch.zeros(2, 3, dtype=torch.float64, requires_grad=True)
    loss = reduce_loss(losses, weight)
    assert loss.item() == 0
    loss.backward()
    assert losses.grad is not None
    assert (losses.grad == 0).all()
    assert weight.grad is not None
    assert weight.grad.isfinite().all()


def test_gradient_is_the_share_of_the_weight() -> None:
    losses = LOSSES.clone().requires_grad_()
    reduce_loss(losses, WEIGHTS).backward()
    torch.testing.assert_close(losses.grad, WEIGHTS / WEIGHTS.sum())


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_keeps_the_dtype(dtype: torch.dtype, reduction: str) -> None:
    assert reduce_loss(LOSSES.to(dtype), WEIGHTS.to(dtype), reduction).dtype == dtype


@pytest.mark.parametrize("reduction", ["average", "", None, "Mean"])
def test_unknown_reduction(reduction: str) -> None:
    with pytest.raises(ValueError, match=r"reduction must be one of none, mean, sum; got"):
        reduce_loss(LOSSES, reduction=reduction)


def test_one_by_one_in_a_batch() -> None:
    rows = torch.func.vmap(reduce_loss)(LOSSES, WEIGHTS)
    expected = [reduce_loss(loss, weight) for loss, weight in zip(LOSSES, WEIGHTS, strict=True)]
    torch.testing.assert_close(rows, torch.stack(expected))


@pytest.mark.parametrize("shape", [(2,), (3, 3), (1, 2, 3)])
def test_a_weight_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"weight must broadcast to the losses \(2, 3\); got"):
        reduce_loss(LOSSES, torch.ones(shape))
