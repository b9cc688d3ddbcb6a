"""Hyper-parameters, complex numbers, and targets that are none, in every function that has them."""

import inspect
import math
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor

import losses
from losses.arguments import Scalar
from tests.losses.battery.registry import SAMPLES, Case, each_case, is_first

# torch compiles some rules of its own forward mode in a way that it has since deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")


def _numbers(case: Case) -> dict[str, float]:
    """The options that are a number or a tensor, with a value that the function allows."""
    parameters = inspect.signature(getattr(losses, case.name)).parameters.values()
    found = {
        one.name: case.options.get(one.name, one.default)
        for one in parameters
        if one.annotation in (Scalar, Scalar | None)
    }
    return {
        name: value if isinstance(value, float) and math.isfinite(value) else 2.0
        for name, value in found.items()
        if not isinstance(value, Tensor)
    }


def _with(case: Case, **options: Any) -> Case:
    return replace(case, options={**case.options, **options})


def _chance_of(case: Case) -> str:
    """The name of its target, if that is a probability."""
    names = [*case.data]
    if names[:2] == ["logits", "probabilities"]:
        return "probabilities"
    wanted = {"target", "similar"} & {*names}
    return "" if "prediction" in names or not wanted else wanted.pop()


LIMITS = {
    ("huber_loss", "delta"): (math.inf,),
    ("barron_loss", "alpha"): (math.inf, -math.inf, 1e39),
    ("pairwise_distance", "p"): (math.inf, 1e39),
}
"""Numbers that float32 does not hold, at which there is a limit."""


every = each_case(is_first)
with_numbers = each_case(lambda case: is_first(case) and _numbers(case))


@each_case(lambda case: bool(_numbers(case)))
def test_a_tensor_in_half_precision_is_computed_with_in_full(case: Case) -> None:
    tensors = case.given(torch.float32)
    for name, value in _numbers(case).items():
        half = torch.tensor(value).bfloat16()
        found = _with(case, **{name: half}).each(*tensors)
        torch.testing.assert_close(found, _with(case, **{name: half.float()}).each(*tensors))


@with_numbers
def test_a_tensor_does_not_widen_the_losses(case: Case) -> None:
    for name, value in _numbers(case).items():
        for shape in ((2, *case.tensors[0].shape), (*case.tensors[0].shape[:-1], 7)):
            with pytest.raises(ValueError, match=rf"{name} must b(e|roadcast)"):
                _with(case, **{name: torch.full(shape, value)}).each(*case.tensors)


@with_numbers
def test_a_number_is_finite_or_its_limit_is_taken(case: Case) -> None:
    for name in _numbers(case):
        for number in (math.inf, -math.inf, 1e39):
            tensors = case.given(torch.float32)
            leaf = tensors[case.differentiable[0]].requires_grad_()
            limit = _with(case, **{name: number})
            if number not in LIMITS.get((case.name, name), ()):
                with pytest.raises(ValueError, match=rf"{name} must be"):
                    limit.each(*tensors)
                continue
            value = limit.each(*tensors)
            (gradient,) = torch.autograd.grad(value.sum(), leaf)
            assert not value.isnan().any()
            assert not gradient.isnan().any()


@each_case(lambda case: any(name.endswith("_weight") for name in _numbers(case)))
def test_a_price_is_held_to_the_rules_of_weights(case: Case) -> None:
    for name in (name for name in _numbers(case) if name.endswith("_weight")):
        for bad in (-1.0, math.nan, math.inf):
            with pytest.raises(ValueError, match=f"{name} must be finite and not negative; got"):
                _with(case, **{name: torch.tensor(bad)}).each(*case.tensors)

        def priced(price: Tensor, name: str = name) -> Tensor:
            return _with(case, **{name: price}).each(*case.tensors).sum()

        assert torch.func.vmap(priced)(torch.tensor([-1.0])).isnan()


@each_case(lambda case: bool(_chance_of(case)))
def test_a_target_outside_its_range_is_nan_where_it_cannot_be_read(case: Case) -> None:
    """−1 and 255 are no hidden ways to ignore."""
    name, place = _chance_of(case), [*case.data].index(_chance_of(case))

    def one(*tensors: Tensor) -> Tensor:
        return case.of_one(case.each)(*tensors).sum()

    for bad in (-1.0, 1.25, 255.0):
        tensors = case.given(torch.float64)
        tensors[place].view(SAMPLES, -1)[0, 0] = bad
        values = torch.func.vmap(one)(*tensors)
        assert values.isnan().tolist() == [True] + [False] * (SAMPLES - 1)
        gradients = torch.func.vmap(torch.func.grad(one))(*tensors)
        assert gradients[0].isnan().any()
        assert gradients[1:].isfinite().all()
        with pytest.raises(ValueError, match=rf"{name} must lie in \[0, 1\]; got {bad:g}"):
            case(*tensors)


@each_case(lambda case: case.data.keys() == {"probabilities", "target"})
def test_slopes_are_finite_at_probabilities_of_0_and_1(case: Case) -> None:
    for flip in (False, True):
        tensors = [tensor.round() for tensor in case.given(torch.float64)]
        tensors[1] = 1 - tensors[0] if flip else tensors[0]
        leaves = [tensor.clone().requires_grad_() for tensor in tensors]
        value = case.each(*leaves)
        assert value.isfinite().all()
        gradients = torch.autograd.grad(value.sum(), leaves, create_graph=True)
        assert all(gradient.isfinite().all() for gradient in gradients)
        total = sum(gradient.sum() for gradient in gradients)
        curved = torch.autograd.grad(total, leaves, allow_unused=True)
        assert all(one.isfinite().all() for one in curved if one is not None)
        _, slope = torch.func.jvp(case.each, tuple(tensors), tuple(map(torch.ones_like, tensors)))
        assert slope.isfinite().all()


@every
def test_complex_numbers_are_refused(case: Case) -> None:
    for place, name in enumerate(case.data):
        tensors = case.given(torch.float32)
        tensors[place] = tensors[place].to(torch.complex64)
        with pytest.raises(ValueError, match=rf"{name} must be real; got torch\.complex64"):
            case(*tensors)
