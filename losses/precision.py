"""Every loss is computed in float32 or better and rounded once, at the end.

Sums over a picture leave float16's range (65 504), a temperature takes similarities out of it, a
target of 0.999 is 1 in bfloat16, and autocast would multiply matrices in half precision or refuse
an operation altogether. So whatever takes tensors and returns a loss is decorated with
`full_precision`, and says no word about dtypes itself; it multiplies matrices by `matrix_product`.
"""

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import reduce, wraps
from typing import Any, TypeGuard

import torch
from torch._C import _functorch

from losses.arguments import check_real, check_tensor

Function = Callable[..., torch.Tensor]


def full_precision(function: Function) -> Function:
    """Compute `function` in float32 or better, without autocast, and round its result once.

    Its tensors are what is annotated as `torch.Tensor` (prediction and target) and as
    `torch.Tensor | None` (weights), and `TypeError` names what is none; hyper-parameters are not,
    though they may be tensors too, and come in float32 or better.
    Inside, all that are floating have one dtype: the one that they and float32 promote to. The
    result has the dtype that prediction and target promote to by `torch.promote_types`, or the
    default dtype, if neither is floating. Integers and booleans are handed over as they are.
    """
    parameters = inspect.signature(function).parameters.values()
    order = [one.name for one in parameters]
    data = {one.name for one in parameters if one.annotation is torch.Tensor}
    weights = {one.name for one in parameters if one.annotation == torch.Tensor | None}
    tensors = data | weights

    @wraps(function)
    def computed(*args: Any, **keywords: Any) -> torch.Tensor:
        for name, value in (*zip(order, args, strict=False), *keywords.items()):
            if name in data or (name in weights and value is not None):
                check_tensor(name, value, optional=name in weights)
                check_real(name, value)
        given = [*args, *(value for name, value in keywords.items() if name in data)]
        weighing = [value for name, value in keywords.items() if name in weights]
        dtype = _promoted(given) or torch.get_default_dtype()
        wide = torch.promote_types(_promoted([*given, *weighing]) or dtype, torch.float32)
        args = tuple(_widened(value, wide) for value in args)
        keywords = {
            name: _widened(value, wide) if name in tensors else _at_least_single(value)
            for name, value in keywords.items()
        }
        device = next((value.device.type for value in given if _is_tensor(value)), "cpu")
        with _without_autocast(device):
            return function(*args, **keywords).to(dtype)

    return computed


def _without_autocast(device: str) -> AbstractContextManager[Any]:
    if device == "meta" or not torch.is_autocast_enabled(device):
        return nullcontext()
    return torch.autocast(device, enabled=False)


def _promoted(values: list[Any]) -> torch.dtype | None:
    """The dtype that the floating tensors among the values promote to."""
    dtypes = [value.dtype for value in values if _is_tensor(value) and value.is_floating_point()]
    return reduce(torch.promote_types, dtypes) if dtypes else None


def _widened(value: Any, dtype: torch.dtype) -> Any:
    return value.to(dtype) if _is_tensor(value) and value.is_floating_point() else value


def _at_least_single(value: Any) -> Any:
    """A hyper-parameter in float32 or better: 1 − ε of an ε in half precision would be rounded."""
    if not _is_tensor(value):
        return value
    return _widened(value, torch.promote_types(value.dtype, torch.float32))


def _is_tensor(value: object) -> TypeGuard[torch.Tensor]:
    return isinstance(value, torch.Tensor)


def matrix_product(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """left @ right of one batch shape, whose gradient is not computed in half precision either.

    `backward()` may be called under autocast, which the forward pass turned off for itself alone.
    A compiler keeps to what it saw in the forward pass, and a tape is not made under autocast.
    """
    if not functions_of_ones_own_work():
        return left @ right
    return _MatrixProduct.apply(left, right)


class _MatrixProduct(torch.autograd.Function):
    generate_vmap_rule = True

    @staticmethod
    def forward(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
        return left @ right

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> None:
        ctx.save_for_backward(*inputs)
        ctx.save_for_forward(*inputs)

    @staticmethod
    def backward(ctx: Any, slope: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        left, right = ctx.saved_tensors
        of_left, of_right = ctx.needs_input_grad
        with _without_autocast(slope.device.type):
            return (
                matrix_product(slope, right.mT) if of_left else None,
                matrix_product(left.mT, slope) if of_right else None,
            )

    @staticmethod
    def jvp(ctx: Any, left_move: torch.Tensor, right_move: torch.Tensor) -> torch.Tensor:
        left, right = ctx.saved_tensors
        return matrix_product(left_move, right) + matrix_product(left, right_move)


def functions_of_ones_own_work() -> bool:
    """Whether torch takes an `autograd.Function` with a forward mode here.

    A compiler does not, nor does functionalisation, which makes tapes; a trace that is to be saved
    cannot hold one.
    """
    if torch.compiler.is_compiling() or torch.jit.is_tracing():
        return False
    levels = _functorch.get_interpreter_stack() or ()
    return all(level.key() != _functorch.TransformType.Functionalize for level in levels)
