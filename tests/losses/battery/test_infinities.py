"""Where a number is infinite, the loss is at its limit, and its gradient is no NaN."""

import math

import pytest
import torch

from tests.losses.battery.registry import Case, each_case

REFUSED = ("must lie in [0, 1]", "must be finite", "must sum to 1")
FAR = 1e5


def _with_first(case: Case, place: int, number: float) -> tuple[torch.Tensor, torch.Tensor]:
    """The losses and their gradient, one number of the first tensor being this one."""
    leaf, *rest = case.given(torch.float64)
    leaf.view(-1)[place] = number
    leaf.requires_grad_()
    value = case.each(leaf, *rest)
    return value.detach(), torch.autograd.grad(value.sum(), leaf)[0]


@each_case(lambda case: case.tensors[0].is_floating_point() and "barron" not in case.name)
def test_an_infinite_number_gives_the_limit(case: Case) -> None:
    """Barron's loss levels off far out, as its docstring says."""
    sample = case.tensors[0][0].numel()
    for infinity in case.limits:
        for place in range(sample):
            try:
                value, gradient = _with_first(case, place, infinity)
            except ValueError as error:
                if any(reason in str(error) for reason in REFUSED):
                    pytest.skip(str(error))
                raise
            far, farther = (
                _with_first(case, place, math.copysign(size, infinity)) for size in (FAR, FAR**2)
            )
            for found, here, there in zip((value, gradient), far, farther, strict=True):
                grows = ~torch.isclose(here, there, rtol=1e-3, atol=1e-9)
                limit = torch.where(grows, there.sign() * math.inf, there)
                torch.testing.assert_close(found, limit, rtol=1e-3, atol=1e-9)


@each_case(lambda case: case.tensors[0].is_floating_point() and not case.limits)
def test_an_infinite_number_without_a_limit_is_no_ordinary_loss(case: Case) -> None:
    """It is NaN or infinite, or refused."""
    first, *rest = case.given(torch.float64)
    first[0] = math.inf
    if case.raises_on_nan:
        with pytest.raises(ValueError, match="must be finite; got inf"):
            case.each(first, *rest)
    else:
        assert not case.each(first, *rest)[0].isfinite().any()
