"""Checks of arguments, each with a message that names what was given and what is allowed.

Only what is known without looking into a tensor is checked here: names, shapes, dtypes and plain
Python numbers. A check of tensor *values* would make a GPU wait, and could not be traced, so it is
made where data enters (pages, files), not in the losses.
"""

import math
from collections.abc import Mapping, Sequence
from numbers import Real

import torch

Scalar = float | torch.Tensor
"""A hyper-parameter: a Python number, or a 0-dimensional tensor when it is traced or learnt."""


def check_tensor(name: str, value: torch.Tensor, *, optional: bool = False) -> None:
    """Raise `TypeError` for what is no tensor (nor the `None` that the caller let pass)."""
    if not isinstance(value, torch.Tensor):
        allowed = "a tensor or None" if optional else "a tensor"
        raise TypeError(f"{name} must be {allowed}; got {value!r}")


def check_real(name: str, value: torch.Tensor) -> None:
    """Raise `ValueError` for complex numbers."""
    if value is not None and value.is_complex():
        raise ValueError(f"{name} must be real; got {value.dtype}")


def check_floating(**tensors: torch.Tensor) -> None:
    """Raise `TypeError` for what is no tensor, `ValueError` for one of no floating dtype."""
    for name, tensor in tensors.items():
        check_tensor(name, tensor)
        if not tensor.is_floating_point():
            raise ValueError(f"{name} must have a floating dtype; got {tensor.dtype}")


def check_shapes(
    tensors: Mapping[str, torch.Tensor], *, event: int = 0, alike: bool = True
) -> None:
    """Raise `ValueError` for shapes that do not belong together.

    The tensors hold samples of `event` dimensions each (0: numbers, 1: points, 2: matrices). They
    fit if their numbers of dimensions are the same and one of them has the shape that all
    broadcast to: `(N, 1)` stands for `(N, K)`, but `(N, 1)` with `(1, N)`, or with `(N,)`, does
    not silently become `(N, N)`. A single sample, or a single number, may have fewer dimensions.
    The samples themselves may differ in shape where they are not to be `alike`.
    """
    shapes = [tensor.shape for tensor in tensors.values()]
    if all(shape == shapes[0] for shape in shapes):
        return
    check_broadcastable(tensors, event=0 if alike else event)
    batches = [shape[: max(len(shape) - event, 0)] for shape in shapes]
    compared = shapes if alike else batches
    whole = torch.broadcast_shapes(*compared)
    most = max(map(len, shapes))
    fit = all(
        len(shape) == most or math.prod(batch) == 1
        for shape, batch in zip(shapes, batches, strict=True)
    )
    if whole not in compared or not fit:
        raise ValueError(
            "shapes must have the same number of dimensions and broadcast to one of them, or one "
            f"must be a single sample; got {_shapes(tensors)}"
        )


def check_broadcastable(tensors: Mapping[str, torch.Tensor], *, event: int = 0) -> None:
    """Raise `ValueError` for shapes that, without the last `event` dimensions, do not broadcast."""
    try:
        torch.broadcast_shapes(*(t.shape[: max(t.ndim - event, 0)] for t in tensors.values()))
    except RuntimeError:
        raise ValueError(f"shapes must broadcast together; got {_shapes(tensors)}") from None


def check_shape_of_part(name: str, part: torch.Tensor, whole: str, shape: torch.Size) -> None:
    """Raise `ValueError` unless `part` broadcasts to the shape of the `whole`, and not beyond."""
    pairs = zip(reversed(part.shape), reversed(shape), strict=False)
    if len(part.shape) > len(shape) or any(size not in (1, wanted) for size, wanted in pairs):
        raise ValueError(
            f"{name} must broadcast to the {whole} {tuple(shape)}; got {tuple(part.shape)}"
        )


def _shapes(tensors: Mapping[str, torch.Tensor]) -> str:
    return ", ".join(f"{name} {tuple(tensor.shape)}" for name, tensor in tensors.items())


def check_number(
    name: str,
    value: Scalar,
    *,
    above: float = -math.inf,
    at_least: float = -math.inf,
    below: float = math.inf,
    at_most: float = math.inf,
    infinite: bool = False,
    like: torch.Tensor | None = None,
) -> None:
    """Raise `ValueError` for a number outside its range, `TypeError` for what is no number.

    Tensors pass unread. A number is finite, but where a loss has a limit at an `infinite` one.
    `like` is what the number is computed with, one value for each loss: a tensor must broadcast to
    its shape, and what must be above a bound, or finite, must still be so in its dtype, which makes
    0 of 1e-46 and ∞ of 1e39 if it is float32.
    """
    if isinstance(value, torch.Tensor):
        if like is not None:
            check_shape_of_part(name, value, "losses", like.shape)
        return
    if not isinstance(value, Real):
        raise TypeError(f"{name} must be a number or a tensor; got {value!r}")
    low = at_least <= value and (value > above or above == -math.inf)
    high = value <= at_most and (value < below or below == math.inf)
    if not (low and high):
        bounds = [
            f"{sign} {bound:g}"
            for sign, bound in ((">", above), (">=", at_least), ("<", below), ("<=", at_most))
            if math.isfinite(bound)
        ]
        allowed = " ".join(["a number", " and ".join(bounds)]) if bounds else "a number"
        raise ValueError(f"{name} must be {allowed}; got {value!r}")
    most = math.inf if like is None else torch.finfo(like.dtype).max
    if not infinite and (abs(value) == math.inf or abs(value) > most):
        where = "" if like is None else f" in {like.dtype} (at most {most:.2g})"
        raise ValueError(f"{name} must be finite{where}; got {value!r}")
    if like is not None and above == 0 and value < torch.finfo(like.dtype).tiny:
        least = torch.finfo(like.dtype).tiny
        raise ValueError(
            f"{name} must be a number > 0 also in {like.dtype} (at least {least:.2g}); "
            f"got {value!r}"
        )


def is_single(value: Scalar) -> bool:
    """Whether it is one number for all, be it in a tensor."""
    return not isinstance(value, torch.Tensor) or value.ndim == 0


def check_pair(
    name: str,
    value: tuple[Scalar, Scalar],
    *,
    above: float,
    like: torch.Tensor | None = None,
) -> tuple[Scalar, Scalar]:
    """Two numbers, or a `ValueError` or `TypeError` that names what is wrong with them."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise ValueError(f"{name} must be a pair of numbers; got {value!r}")
    for i, number in enumerate(value):
        check_number(f"{name}[{i}]", number, above=above, like=like)
    return value[0], value[1]


def check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    """Raise `ValueError` for a name that is not one of `choices`."""
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}; got {value!r}")
