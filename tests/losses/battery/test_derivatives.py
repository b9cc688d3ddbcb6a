"""First and second derivatives, forwards and backwards, in every tensor that has them."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from tests.losses.battery.registry import Case, each_case

# torch compiles some rules of its own forward mode in a way that it has since deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")

differentiable = each_case(lambda case: bool(case.differentiable))


def _in_its_tensors(case: Case) -> tuple[Callable[..., Tensor], list[Tensor]]:
    """The losses as a function of the tensors that have a gradient, and those tensors."""
    given = case.given(torch.float64)

    def losses(*changing: Tensor) -> Tensor:
        tensors = list(given)
        for place, tensor in zip(case.differentiable, changing, strict=True):
            tensors[place] = tensor
        return case.each(*tensors)

    return losses, [given[place] for place in case.differentiable]


@each_case(lambda case: not case.constant)
def test_derivatives_of_both_orders_are_those_of_finite_differences(case: Case) -> None:
    losses, tensors = _in_its_tensors(case)
    leaves = [tensor.requires_grad_() for tensor in tensors]
    assert torch.autograd.gradcheck(losses, leaves, fast_mode=True)
    assert torch.autograd.gradgradcheck(losses, leaves, fast_mode=True, atol=1e-4)


@differentiable
def test_forward_mode_agrees_with_reverse_mode(case: Case) -> None:
    losses, tensors = _in_its_tensors(case)
    generator = torch.Generator().manual_seed(0)
    tangents = [torch.randn(t.shape, generator=generator, dtype=t.dtype) for t in tensors]
    value, forwards = torch.func.jvp(losses, tuple(tensors), tuple(tangents))
    _, pull_back = torch.func.vjp(losses, *tensors)
    cotangent = torch.randn(value.shape, generator=generator, dtype=value.dtype)
    backwards = pull_back(cotangent)
    products = [(g * t).sum() for g, t in zip(backwards, tangents, strict=True)]
    torch.testing.assert_close((forwards * cotangent).sum(), torch.stack(products).sum())


@differentiable
def test_where_only_the_first_is_differentiated_nothing_is_different(case: Case) -> None:
    """An eager program knows that, and takes shorter ways; a transform does not."""
    place = case.differentiable[0]
    tensors = case.given(torch.float64)
    leaf = tensors[place].clone().requires_grad_()

    def summed(tensor: Tensor) -> Tensor:
        return case.each(*tensors[:place], tensor, *tensors[place + 1 :]).square().sum()

    move = torch.linspace(-1, 1, leaf.numel(), dtype=leaf.dtype).reshape(leaf.shape)
    value = summed(leaf)
    (gradient,) = torch.autograd.grad(value, leaf, create_graph=True)
    bent = torch.zeros_like(leaf)
    if gradient.requires_grad:
        (bent,) = torch.autograd.grad((gradient * move).sum(), leaf, materialize_grads=True)
    slope, expected = torch.func.grad_and_value(summed)(tensors[place])
    _, curvature = torch.func.jvp(torch.func.grad(summed), (tensors[place],), (move,))
    torch.testing.assert_close((value, gradient, bent), (expected, slope, curvature))


@each_case(lambda case: case.alike and len(case.tensors) > 1)
def test_where_samples_coincide_both_derivatives_are_finite(case: Case) -> None:
    first, *rest = case.given(torch.float64)
    if "target" in case.data and "prediction" not in case.data:
        first = rest[0].clone()  # in [0, 1], where a target must lie
    if rest[0].shape != first.shape:  # two sets: some points of theirs coincide
        rest[0][:, : first.shape[1]] = first
    rest = [first.clone() if one.shape == first.shape else one for one in rest]

    def summed(tensor: Tensor) -> Tensor:
        return case.each(tensor, *rest).sum()

    gradient, value = torch.func.grad_and_value(summed)(first)
    assert value.isfinite()
    assert gradient.isfinite().all()
    assert torch.func.hessian(summed)(first).isfinite().all()
