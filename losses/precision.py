"""Every loss is computed in float32 or better and rounded once, at the end.

Sums over a picture leave float16's range (65 504), a temperature takes similarities out of it, a
target of 0.999 is 1 in bfloat16, and autocast would multiply matrices in half precision or refuse
an operation altogether. So whatever takes tensors and returns a loss is decorated with
`full_precision`, and says no word about dtypes itself.
"""

import inspect
from collections.abc import Callable
from functools import reduce, wraps
from typing import Any, TypeGuard

import torch

Function = Callable[..., torch.Tensor]


def full_precision(function: Function) -> Function:
    """Compute `function` in float32 or better, without autocast, and round its result once.

    Its tensors are what is annotated as `torch.Tensor` (prediction and target) and as
    `torch.Tensor | None` (weights); hyper-parameters are not, though they may be tensors too.
    Inside, all that are floating have one dtype: the one that they and float32 promote to. The
    result has the dtype that prediction and target promote to by `torch.promote_types`, or the
    default dtype, if neither is floating. Integers and booleans are handed over as they are.
    """
    parameters = inspect.signature(function).parameters.values()
    data = {one.name for one in parameters if one.annotation is torch.Tensor}
    weights = {one.name for one in parameters if one.annotation == torch.Tensor | None}
    tensors = data | weights

    @wraps(function)
    def computed(*args: Any, **keywords: Any) -> torch.Tensor:
        given = [*args, *(value for name, value in keywords.items() if name in data)]
        weighing = [value for name, value in keywords.items() if name in weights]
        dtype = _promoted(given) or torch.get_default_dtype()
        wide = torch.promote_types(_promoted([*given, *weighing]) or dtype, torch.float32)
        args = tuple(_widened(value, wide) for value in args)
        keywords = {
            name: _widened(value, wide) if name in tensors else value
            for name, value in keywords.items()
        }
        device = next((value.device.type for value in given if _is_tensor(value)), "cpu")
        if device != "meta" and torch.is_autocast_enabled(device):
            with torch.autocast(device, enabled=False):
                return function(*args, **keywords).to(dtype)
        return function(*args, **keywords).to(dtype)

    return computed


def _promoted(values: list[Any]) -> torch.dtype | None:
    """The dtype that the floating tensors among the values promote to."""
    dtypes = [value.dtype for value in values if _is_tensor(value) and value.is_floating_point()]
    return reduce(torch.promote_types, dtypes) if dtypes else None


def _widened(value: Any, dtype: torch.dtype) -> Any:
    return value.to(dtype) if _is_tensor(value) and value.is_floating_point() else value


def _is_tensor(value: object) -> TypeGuard[torch.Tensor]:
    return isinstance(value, torch.Tensor)
