"""What is to be ignored counts as if it were not there, whatever it holds."""

import inspect
import math

import pytest
import torch
from torch import Tensor

import losses
from tests.losses.battery.registry import Case, each_case

IGNORED = 99


def _ignores(case: Case) -> bool:
    return "ignore_label" in inspect.signature(getattr(losses, case.name)).parameters


def _with_and_without_the_first(case: Case) -> tuple[list[Tensor], list[Tensor]]:
    """The tensors with the first element ignored, or the first pixels of all masks; and without."""
    scores, target = case.given(torch.float64)
    first, others = ((0,), slice(1, None)) if case.event < 2 else ((..., 0), (..., slice(1, None)))
    kept = [scores[others].clone(), target[others].clone()]
    scores[first], target[first] = math.nan, IGNORED
    return [scores, target], kept


@each_case(_ignores)
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_ignored_elements_and_pixels_count_nothing(case: Case, reduction: str) -> None:
    given, kept = _with_and_without_the_first(case)
    leaf, left = given[0].requires_grad_(), kept[0].clone().requires_grad_()
    value = case(leaf, given[1], ignore_label=IGNORED, reduction=reduction)
    expected = case(left, kept[1], reduction=reduction)
    torch.testing.assert_close(value, expected)
    (gradient,) = torch.autograd.grad(value, leaf)
    (expected_gradient,) = torch.autograd.grad(expected, left)
    there = gradient[..., 1:] if case.event == 2 else gradient[1:]
    torch.testing.assert_close(there, expected_gradient)
    assert (gradient.isnan() | gradient.isinf()).sum() == 0


@each_case(_ignores)
def test_all_ignored_cost_nothing(case: Case) -> None:
    scores, target = case.given(torch.float64)
    for reduction in ("none", "mean", "sum"):
        leaf = scores.clone().requires_grad_()
        value = case(
            leaf, torch.full_like(target, IGNORED), ignore_label=IGNORED, reduction=reduction
        )
        assert (value == 0).all()
        (gradient,) = torch.autograd.grad(value.sum(), leaf)
        assert (gradient == 0).all()


def _knows_its_classes(case: Case) -> bool:
    """The zero-one loss is told class numbers, not scores of classes: any number may be one."""
    return _ignores(case) and case.name != "zero_one_loss"


@each_case(_knows_its_classes)
def test_what_is_not_ignored_by_name_is_refused(case: Case) -> None:
    scores, target = case.given(torch.float64)
    with pytest.raises(ValueError, match=f"got {IGNORED}"):
        case(scores, torch.full_like(target, IGNORED))
