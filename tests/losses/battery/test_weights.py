"""One rule for weights: not negative, no wider than the losses, and 0 removes a sample."""

import math

import pytest
import torch

from tests.losses.battery.registry import SAMPLES, Case, each_case

weighted = each_case(lambda case: case.weighted)


def _weight(case: Case, *numbers: float) -> torch.Tensor:
    """One weight per sample, shaped to go with the unreduced losses."""
    rank = case.each(*case.tensors).ndim
    return torch.tensor(numbers, dtype=torch.float64).reshape(-1, *[1] * (rank - 1))


@weighted
def test_a_mean_divides_by_the_sum_of_the_weights(case: Case) -> None:
    weight = _weight(case, 0.5, 3.0, 1.25)
    each = case.each(*case.tensors)
    torch.testing.assert_close(case.each(*case.tensors, weight=weight), each * weight)
    summed = case(*case.tensors, weight=weight, reduction="sum")
    torch.testing.assert_close(summed, (each * weight).sum())
    mean = case(*case.tensors, weight=weight)
    torch.testing.assert_close(case(*case.tensors, weight=100 * weight), mean)
    if "class_weight" not in case.options:
        torch.testing.assert_close(mean, summed / weight.expand_as(each).sum())
    whole = case(*case.tensors, weight=torch.ones_like(each))
    torch.testing.assert_close(whole, case(*case.tensors))


@weighted
@pytest.mark.parametrize("bad", [math.nan, math.inf])
@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
def test_a_weight_of_0_removes_a_sample_whatever_it_holds(
    case: Case, bad: float, reduction: str
) -> None:
    first, *rest = case.given(torch.float64)
    broken = first.clone()
    broken[0] = bad if broken.is_floating_point() else broken[0]
    leaf = broken.requires_grad_(first.is_floating_point())
    value = case(leaf, *rest, weight=_weight(case, 0.0, 1.0, 2.0), reduction=reduction)
    kept = first[1:].clone().requires_grad_(first.is_floating_point())
    expected = case(
        kept,
        *(tensor[1:] for tensor in rest),
        weight=_weight(case, 1.0, 2.0),
        reduction=reduction,
    )
    if reduction == "none":
        assert (value[0] == 0).all()
        torch.testing.assert_close(value[1:], expected)
    else:
        torch.testing.assert_close(value, expected)
    (gradient,) = torch.autograd.grad(value.sum(), leaf)
    (expected_gradient,) = torch.autograd.grad(expected.sum(), kept)
    assert (gradient[0] == 0).all()
    torch.testing.assert_close(gradient[1:], expected_gradient)


@weighted
def test_weights_of_0_alone_cost_nothing(case: Case) -> None:
    leaves = [
        tensor.requires_grad_(tensor.is_floating_point()) for tensor in case.given(torch.float64)
    ]
    value = case(*leaves, weight=_weight(case, 0.0, 0.0, 0.0))
    assert value == 0
    for gradient in torch.autograd.grad(value, [leaves[i] for i in case.differentiable]):
        assert (gradient == 0).all()


@weighted
def test_weights_of_another_shape_are_refused(case: Case) -> None:
    shape = tuple(case.each(*case.tensors).shape)
    for wrong in ((SAMPLES + 1, *shape[1:]), (2, *shape), (1, *shape)):
        with pytest.raises(ValueError, match=r"weight must broadcast to the losses") as caught:
            case(*case.tensors, weight=torch.ones(wrong))
        assert str(shape) in str(caught.value)
        assert str(wrong) in str(caught.value)
    with pytest.raises(TypeError, match="weight must be a tensor"):
        case(*case.tensors, weight=2.0)


@weighted
@pytest.mark.parametrize("bad", [-1.0, math.nan, math.inf])
def test_weights_that_are_negative_or_not_finite_are_refused(case: Case, bad: float) -> None:
    with pytest.raises(ValueError, match=f"weight must be finite and not negative; got {bad:g}"):
        case(*case.tensors, weight=_weight(case, 1.0, bad, 1.0))


@weighted
def test_a_negative_weight_that_cannot_be_read_is_nan(case: Case) -> None:
    def weighed(weight: torch.Tensor) -> torch.Tensor:
        return case(*case.tensors, weight=weight)

    _, value = torch.func.grad_and_value(weighed)(_weight(case, 1.0, -1.0, 1.0))
    assert value.isnan()
