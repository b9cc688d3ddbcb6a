"""What every loss must do whatever its formula: checks that the tests of all families share."""

from collections.abc import Callable, Mapping, Sequence

import torch
from hypothesis import settings
from torch.fx.experimental.proxy_tensor import make_fx

from tests.vectors import Vector

PROPERTY = settings(max_examples=100, deadline=None)
TOLERANCE = {"rtol": 1e-9, "atol": 1e-9}
Function = Callable[..., torch.Tensor]


def assert_vector(vector: Vector, loss: Function, arguments: Mapping[str, torch.Tensor]) -> None:
    """`loss(**arguments)` has the vector's value, and its gradients where it has numbers."""
    leaves = {
        name: tensor.detach().clone().requires_grad_(tensor.is_floating_point())
        for name, tensor in arguments.items()
    }
    value = loss(**leaves)
    expected = torch.tensor(vector.value, dtype=torch.float64)
    torch.testing.assert_close(value.detach(), expected, **TOLERANCE)
    for name, numbers in vector.gradients.items():
        if isinstance(numbers, str):  # a word on why there is none
            continue
        (gradient,) = torch.autograd.grad(value.sum(), leaves[name], retain_graph=True)
        torch.testing.assert_close(gradient, vector.gradient(name), **TOLERANCE)


def assert_transforms_agree(loss: Function, inputs: Sequence[torch.Tensor]) -> None:
    """vmap over the first dimension, compile and trace give what the plain call gives.

    `loss` returns one value per entry of the first dimension of every input.
    """
    expected = loss(*inputs)
    mapped = torch.func.vmap(loss)(*(tensor.unsqueeze(1) for tensor in inputs)).squeeze(1)
    torch.testing.assert_close(mapped, expected)
    torch.compiler.reset()
    compiled = torch.compile(loss, fullgraph=True, backend="aot_eager", dynamic=False)
    torch.testing.assert_close(compiled(*inputs), expected)

    def value_and_gradient(*tensors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        gradient, value = torch.func.grad_and_value(lambda *t: loss(*t).sum())(*tensors)
        return value, gradient

    value, gradient = value_and_gradient(*inputs)
    leaf = inputs[0].detach().clone().requires_grad_()
    (usual,) = torch.autograd.grad(loss(leaf, *inputs[1:]).sum(), leaf)
    torch.testing.assert_close(gradient, usual)
    traced = make_fx(torch.func.functionalize(value_and_gradient))(*inputs)
    torch.testing.assert_close(traced(*inputs), (value, gradient))


def assert_works_in_every_dtype(loss: Function, inputs: Sequence[torch.Tensor]) -> None:
    """Result and gradient keep the dtype, are finite, and equal float64's up to one rounding."""
    for dtype in (torch.float16, torch.bfloat16, torch.float32):
        given = [t.to(dtype) if t.is_floating_point() else t for t in inputs]
        exact = loss(*(t.double() if t.is_floating_point() else t for t in given))
        leaf = given[0].clone().requires_grad_()
        value = loss(leaf, *given[1:])
        assert value.dtype == dtype
        digits = max(torch.finfo(dtype).eps, 2e-6)
        torch.testing.assert_close(value.double(), exact, rtol=digits, atol=digits)
        (gradient,) = torch.autograd.grad(value.sum(), leaf)
        assert gradient.dtype == dtype
        assert gradient.isfinite().all()


def gradcheck(loss: Function, *inputs: torch.Tensor) -> None:
    """Autograd's first and second derivatives agree with finite differences in float64."""
    leaves = [
        t.detach().clone().double().requires_grad_() if t.is_floating_point() else t for t in inputs
    ]
    assert torch.autograd.gradcheck(loss, leaves)
    assert torch.autograd.gradgradcheck(loss, leaves)


def value_and_gradient(loss: Function, *inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The value and the gradient of its sum in the first input."""
    leaf = inputs[0].detach().clone().requires_grad_()
    value = loss(leaf, *inputs[1:])
    (gradient,) = torch.autograd.grad(value.sum(), leaf)
    return value.detach(), gradient
