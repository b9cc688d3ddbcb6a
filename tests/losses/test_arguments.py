"""Every check lets the allowed through and names the argument, the given and the allowed."""

import math
import re

import pytest
import torch

from losses.arguments import (
    check_broadcastable,
    check_choice,
    check_floating,
    check_number,
    check_pair,
    check_shape_of_part,
    check_shapes,
)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_floating(dtype: torch.dtype) -> None:
    check_floating(prediction=torch.zeros(2, dtype=dtype))


@pytest.mark.parametrize("given", [[1.0, 2.0], 2.0, None])
def test_no_tensor(given: object) -> None:
    with pytest.raises(TypeError, match=rf"target must be a tensor; got {re.escape(repr(given))}"):
        check_floating(prediction=torch.zeros(2), target=given)


@pytest.mark.parametrize("dtype", [torch.int64, torch.uint8, torch.bool, torch.complex64])
def test_not_floating(dtype: torch.dtype) -> None:
    message = rf"target must have a floating dtype; got {dtype}"
    with pytest.raises(ValueError, match=message):
        check_floating(prediction=torch.zeros(2), target=torch.zeros(2, dtype=dtype))


def shaped(*shapes: tuple[int, ...]) -> dict[str, torch.Tensor]:
    names = ("prediction", "target", "third")
    return {name: torch.zeros(shape) for name, shape in zip(names, shapes, strict=False)}


def test_broadcastable() -> None:
    check_broadcastable(shaped((5, 1, 4), (3, 4)))
    check_broadcastable(shaped((0,), ()))
    check_broadcastable(shaped((5, 3, 4), (1, 2, 7)), event=2)
    for check in (check_broadcastable, check_shapes):
        with pytest.raises(
            ValueError,
            match=r"must broadcast together; got prediction \(2, 3\), target \(4,\)",
        ):
            check(shaped((2, 3), (4,)))


@pytest.mark.parametrize(
    ("event", "shapes"),
    [
        (0, ((2, 3), (2, 3))),
        (0, ((2, 3), (2, 1))),
        (0, ((2, 3), ())),
        (0, ((), (2, 3))),
        (0, ((2, 3), (1,))),
        (0, ((0, 3), (1, 3))),
        (1, ((5, 2), (2,))),
        (1, ((5, 2), (1, 2), (5, 2))),
        (2, ((5, 2, 3), (2, 3))),
        (2, ((5, 2, 3), ())),
    ],
)
def test_shapes_that_belong_together(event: int, shapes: tuple[tuple[int, ...], ...]) -> None:
    check_shapes(shaped(*shapes), event=event)


@pytest.mark.parametrize(
    ("event", "shapes"),
    [
        (0, ((3, 1), (3,))),
        (0, ((3,), (3, 1))),
        (0, ((3, 1), (1, 3))),
        (0, ((2, 3), (3,))),
        (0, ((1,), (1, 1, 2), (2, 1, 1))),
        (1, ((5, 1, 2), (5, 2))),
        (1, ((5, 1, 2), (1, 5, 2))),
        (2, ((2, 1, 1, 1), (2, 1, 1))),
    ],
)
def test_shapes_that_do_not(event: int, shapes: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(
        ValueError, match="same number of dimensions and broadcast to one"
    ) as caught:
        check_shapes(shaped(*shapes), event=event)
    assert all(str(shape) in str(caught.value) for shape in shapes)


def test_a_part_is_no_wider_than_the_whole() -> None:
    for shape in ((), (1,), (3,), (2, 1), (2, 3)):
        check_shape_of_part("weight", torch.zeros(shape), "losses", torch.Size((2, 3)))
    for shape in ((2,), (1, 2, 3), (4, 3)):
        with pytest.raises(ValueError, match=r"weight must broadcast to the losses \(2, 3\); got"):
            check_shape_of_part("weight", torch.zeros(shape), "losses", torch.Size((2, 3)))


def test_a_number_above_0_is_so_in_the_dtype_that_it_is_computed_in() -> None:
    check_number("delta", 1e-46, above=0.0, like=torch.ones(2, dtype=torch.float64))
    with pytest.raises(ValueError, match=r"delta must be a number > 0 also in torch\.float32"):
        check_number("delta", 1e-46, above=0.0, like=torch.ones(2))
    check_number("delta", torch.ones(2), above=0.0, like=torch.ones(3, 2))
    with pytest.raises(ValueError, match=r"delta must broadcast to the losses \(2,\); got"):
        check_number("delta", torch.ones(3, 1), above=0.0, like=torch.ones(2))


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        (0.5, {"above": 0.0}),
        (3, {"above": 0.0}),
        (0.0, {"at_least": 0.0}),
        (1.0, {"at_least": 0.0, "at_most": 1.0}),
        (0.5, {"above": 0.0, "below": 1.0}),
        (-math.inf, {"infinite": True}),
        (math.inf, {"at_least": 0.0, "infinite": True}),
        (1e300, {"above": 0.0}),
        (torch.tensor(-5.0), {"above": 0.0}),
    ],
)
def test_number_inside(value: float, bounds: dict[str, float]) -> None:
    check_number("delta", value, **bounds)


@pytest.mark.parametrize("value", [math.inf, -math.inf, 1e39])
def test_number_that_is_not_finite(value: float) -> None:
    with pytest.raises(ValueError, match=r"margin must be finite in torch\.float32 \(at most 3.4e"):
        check_number("margin", value, like=torch.ones(2))


@pytest.mark.parametrize(
    ("value", "bounds", "allowed"),
    [
        (0.0, {"above": 0.0}, "> 0"),
        (-1.0, {"above": 0.0}, "> 0"),
        (-0.1, {"at_least": 0.0}, ">= 0"),
        (1.0, {"above": 0.0, "below": 1.0}, "> 0 and < 1"),
        (1.1, {"at_least": 0.0, "at_most": 1.0}, ">= 0 and <= 1"),
        (math.inf, {"above": 0.0, "at_most": 1e300}, "> 0 and <= 1e"),
        (math.nan, {"above": 0.0}, "> 0"),
        (math.inf, {"above": 0.0, "below": 1.0}, "> 0 and < 1"),
    ],
)
def test_number_outside(value: float, bounds: dict[str, float], allowed: str) -> None:
    with pytest.raises(ValueError, match=rf"delta must be a number {allowed}.*; got {value!r}"):
        check_number("delta", value, **bounds)


def test_not_a_number() -> None:
    with pytest.raises(ValueError, match=r"^alpha must be a number; got nan$"):
        check_number("alpha", math.nan)


@pytest.mark.parametrize("given", ["1", None, [1.0], 1j])
def test_no_number(given: object) -> None:
    message = rf"delta must be a number or a tensor; got {re.escape(repr(given))}"
    with pytest.raises(TypeError, match=message):
        check_number("delta", given, above=0.0)


@pytest.mark.parametrize("given", [(8.0, 6.0), [8, 6], (torch.tensor(8.0), 6.0)])
def test_pair(given: object) -> None:
    assert check_pair("image_size", given, above=0) == (given[0], given[1])


@pytest.mark.parametrize("given", [8.0, (8.0,), (8.0, 6.0, 3.0), "86", None])
def test_no_pair(given: object) -> None:
    message = rf"image_size must be a pair of numbers; got {re.escape(repr(given))}"
    with pytest.raises(ValueError, match=message):
        check_pair("image_size", given, above=0)


def test_a_pair_with_a_number_outside() -> None:
    with pytest.raises(ValueError, match=r"image_size\[1\] must be a number > 0; got -6.0"):
        check_pair("image_size", (8.0, -6.0), above=0)


def test_choice() -> None:
    check_choice("base", "iou", ("iou", "giou"))
    with pytest.raises(ValueError, match="base must be one of iou, giou; got 'ciou'"):
        check_choice("base", "ciou", ("iou", "giou"))
