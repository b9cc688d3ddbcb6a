"""Shapes, dtypes, compilers and bad arguments."""

import numpy as np
import pytest
import torch
from torch._decomp import core_aten_decompositions
from torch.fx.experimental.proxy_tensor import make_fx

from losses import boxes
from tests.losses.boxes import oracle

EVERY = pytest.mark.parametrize(("name", "parameters"), oracle.VARIANTS, ids=oracle.variant_id)


def random_pairs(count: int, dtype: torch.dtype = torch.float64) -> tuple[torch.Tensor, ...]:
    return tuple(torch.tensor(oracle.random_boxes(count, seed)).to(dtype) for seed in (1, 2))


@EVERY
def test_broadcasting_is_a_loop_over_pairs(name: str, parameters: dict) -> None:
    loss = getattr(boxes, name)
    prediction, target = random_pairs(5)
    pairwise = loss(prediction[:, None], target[None], **parameters, reduction="none")
    looped = [[loss(p, t, **parameters) for t in target] for p in prediction]
    torch.testing.assert_close(pairwise, torch.tensor(looped, dtype=torch.float64))
    torch.testing.assert_close(
        loss(prediction, target, **parameters, reduction="none"), pairwise.diagonal()
    )


@EVERY
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32], ids=str)
@pytest.mark.parametrize("size", [1.0, 1000.0])
def test_dtypes(name: str, parameters: dict, dtype: torch.dtype, size: float) -> None:
    # In units of 1000, boxes reach 8e3 and their areas 1e7: far more than float16 holds.
    if name == "mpdiou_loss":
        parameters = {"image_size": (8 * size, 6 * size)}
    prediction, target = (tensor.mul(size).to(dtype) for tensor in random_pairs(40))
    prediction.requires_grad_()
    loss = getattr(boxes, name)(prediction, target, **parameters, reduction="none")
    assert loss.dtype == dtype
    given = prediction.detach().double().numpy(), target.double().numpy()
    expected = oracle.values(name, *given, **parameters)
    tolerance = 2 * torch.finfo(dtype).eps + 1e-5
    np.testing.assert_allclose(loss.detach().double(), expected, rtol=tolerance, atol=tolerance)
    loss[loss.isfinite()].sum().backward()
    assert prediction.grad.dtype == dtype
    assert prediction.grad.isfinite().all()


def test_float16_boxes_of_10000_pixels() -> None:
    prediction = torch.tensor([0.0, 0, 10_000, 10_000], dtype=torch.float16)
    target = torch.tensor([0.0, 0, 10_000, 5_000], dtype=torch.float16)
    assert boxes.iou_loss(prediction, target).item() == 0.5
    assert boxes.giou_loss(prediction, target).item() == 0.5
    assert boxes.eiou_loss(prediction, target).isfinite()


def test_mean_of_many_boxes_in_float16() -> None:
    far = torch.tensor([5.0, 5, 6, 6], dtype=torch.float16)
    prediction = torch.tensor([0.0, 0, 1, 1], dtype=torch.float16).expand(100_000, 4)
    assert boxes.iou_loss(prediction, far).item() == 1.0  # the sum, 100 000, overflows


def test_mixed_dtypes_promote() -> None:
    prediction, target = random_pairs(3)
    assert boxes.ciou_loss(prediction.float(), target).dtype == torch.float64
    assert boxes.ciou_loss(prediction.half(), target.bfloat16()).dtype == torch.float32


# What takes coordinates apart or only makes a constant: none of it mixes the pairs of a batch.
UNMIXING = {"unbind", "getitem", "detach", "_to_copy", "scalar_tensor", "zeros_like"}


@EVERY
def test_no_operation_mixes_pairs(name: str, parameters: dict) -> None:
    """Once its coordinates are unbound, each pair is on its own: a compiler makes one pass."""
    prediction, target = random_pairs(6)
    program = make_fx(lambda p, t: getattr(boxes, name)(p, t, **parameters, reduction="none"))(
        prediction, target
    )
    called = {node.target for node in program.graph.nodes if node.op == "call_function"}
    mixing = {call for call in called if torch.Tag.pointwise not in getattr(call, "tags", ())}
    assert {call.__name__.partition(".")[0] for call in mixing} <= UNMIXING


def test_compiles_without_a_break() -> None:
    prediction, target = random_pairs(7)
    prediction.requires_grad_()
    # The battery compiles every loss, and a number changes no program: here are the other names.
    variants = [(n, k) for n, k in oracle.VARIANTS if any(isinstance(v, str) for v in k.values())]
    variants += [("focal_eiou_loss", {"focusing": "normalised"})]

    def every(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        return torch.stack([getattr(boxes, n)(p, t, **k) for n, k in variants])

    compiled = torch.compile(every, fullgraph=True, backend="aot_eager")
    losses, expected = compiled(prediction, target), every(prediction, target)
    torch.testing.assert_close(losses, expected)
    (gradient,) = torch.autograd.grad(losses.sum(), prediction)
    (expected_gradient,) = torch.autograd.grad(expected.sum(), prediction)
    torch.testing.assert_close(gradient, expected_gradient)


@EVERY
def test_traces_with_parameters_as_inputs(name: str, parameters: dict) -> None:
    prediction, target = (tensor[0] for tensor in random_pairs(1))
    names = [key for key, value in parameters.items() if isinstance(value, float)]
    fixed = {key: value for key, value in parameters.items() if key not in names}

    def loss(p: torch.Tensor, t: torch.Tensor, *numbers: torch.Tensor) -> torch.Tensor:
        return getattr(boxes, name)(p, t, **dict(zip(names, numbers, strict=True)), **fixed)

    numbers = [torch.tensor(parameters[key], dtype=torch.float64) for key in names]
    program = make_fx(
        torch.func.functionalize(torch.func.grad_and_value(loss)),
        decomposition_table=core_aten_decompositions(),
    )(prediction, target, *numbers)
    # The program must be true for other boxes and other parameters than those it was traced with.
    numbers = [number * 1.1 for number in numbers]
    prediction, target = torch.tensor([1.0, 1, 4, 3]).double(), torch.tensor([2, 1.5, 6, 4.5])
    traced = program(prediction, target.double(), *numbers)
    direct = torch.func.grad_and_value(loss)(prediction, target.double(), *numbers)
    torch.testing.assert_close(traced, direct)


BOX = torch.tensor([1.0, 1, 4, 3])


@pytest.mark.parametrize(("name", "parameters"), oracle.CONTEXT.items(), ids=str)
@pytest.mark.parametrize(
    ("target", "message"),
    [
        (BOX > 1, r"target must have a floating or integer dtype; got torch\.bool"),
        (BOX[:3], r"target must have shape \(\.\.\., 4\), \(x1, y1, x2, y2\); got \(3,\)"),
        (torch.tensor(1.0), r"target must have shape .* got \(\)"),
    ],
    ids=["booleans", "three numbers", "a number"],
)
def test_refuses_what_are_no_boxes(
    name: str, parameters: dict, target: torch.Tensor, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        getattr(boxes, name)(BOX, target, **parameters)


def test_refuses_shapes_that_do_not_broadcast() -> None:
    with pytest.raises(ValueError, match=r"prediction \(3, 4\), target \(2, 4\)"):
        boxes.giou_loss(BOX.expand(3, 4), BOX.expand(2, 4))


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("ciou_loss", {"trade_off": "none"}, "trade_off must be one of constant, gated, diff"),
        ("focal_eiou_loss", {"focusing": "sharp"}, "focusing must be one of detached, diff"),
        ("focal_eiou_loss", {"gamma": -0.5}, r"gamma must be a number >= 0; got -0\.5"),
        ("cdiou_loss", {"base": "eiou"}, "base must be one of iou, giou, diou, ciou; got 'eiou'"),
        ("siou_loss", {"theta": 0.5}, r"theta must be a number >= 1; got 0\.5"),
        ("mpdiou_loss", {"image_size": (8, 0)}, r"image_size\[1\] must be a number > 0; got 0"),
        ("alpha_iou_loss", {"alpha": 0.0}, r"alpha must be a number > 0; got 0\.0"),
        ("inner_iou_loss", {"ratio": float("nan")}, "ratio must be a number > 0; got nan"),
        ("shape_iou_loss", {"scale": -1}, "scale must be a number >= 0; got -1"),
        ("iou_loss", {"reduction": "median"}, "reduction must be one of none, mean, sum"),
    ],
)
def test_refuses_bad_parameters(name: str, parameters: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        getattr(boxes, name)(BOX, BOX, **parameters)


@pytest.mark.parametrize(("name", "parameters"), oracle.CONTEXT.items(), ids=str)
def test_integers_are_converted(name: str, parameters: dict) -> None:
    loss = getattr(boxes, name)
    pixels, other = torch.tensor([[1, 1, 4, 3]]), torch.tensor([[2, 0, 5, 4]])
    for dtype in (torch.bfloat16, torch.float32, torch.float64):
        expected = loss(pixels.to(dtype), other.to(dtype), **parameters)
        torch.testing.assert_close(loss(pixels, other.to(dtype), **parameters), expected)
        torch.testing.assert_close(loss(pixels.to(dtype), other, **parameters), expected)
    expected = loss(pixels.float(), other.float(), **parameters)
    torch.testing.assert_close(loss(pixels, other, **parameters), expected)


FORMATS = {"xyxy": [2.0, 1, 6, 4], "xywh": [2.0, 1, 4, 3], "cxcywh": [4.0, 2.5, 4, 3]}


@pytest.mark.parametrize("given", FORMATS)
@pytest.mark.parametrize("wanted", FORMATS)
@pytest.mark.parametrize("dtype", [torch.float64, torch.int64])
def test_formats_of_boxes(given: str, wanted: str, dtype: torch.dtype) -> None:
    box = 2 * torch.tensor([[FORMATS[given]]], dtype=torch.float64)
    expected = 2 * torch.tensor([[FORMATS[wanted]]], dtype=torch.float64)
    found = boxes.box_convert(box.to(dtype), in_fmt=given, out_fmt=wanted)
    torch.testing.assert_close(found, expected if dtype.is_floating_point else expected.float())


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(ValueError, match="in_fmt must be one of xyxy, xywh, cxcywh; got 'yxyx'"):
        boxes.box_convert(BOX, in_fmt="yxyx", out_fmt="xyxy")


def test_check_boxes_accepts_boxes_and_empty_sides() -> None:
    boxes.check_boxes(prediction=torch.tensor([0, 0, 1, 2]))
    boxes.check_boxes(prediction=BOX, target=torch.tensor([[1.0, 1, 1, 1], [0, 0, 2, 0]]))
    boxes.check_boxes(prediction=torch.zeros(0, 4))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (torch.tensor([4.0, 1, 1, 3]), r"^target must be finite with x1 <= x2 .*\(4\.0, 1\.0, 1"),
        (
            torch.tensor([[[1.0, 1, 4, 3], [1, 5, 4, 3]]]),
            r"^target\[0, 1\] must be finite with x1 <= x2 and y1 <= y2; got \(1\.0, 5\.0, 4\.0",
        ),
        (torch.tensor([[0.0, 0, float("inf"), 1]]), r"target\[0\] must be finite"),
        (torch.tensor([[0.0, 0, float("nan"), 1]]), r"target\[0\] must be finite"),
        (torch.zeros(1, 4).bool(), "target must have a floating or integer dtype"),
        (torch.zeros(4, 3), r"target must have shape \(\.\.\., 4\)"),
    ],
)
def test_check_boxes_names_the_first_bad_box(given: torch.Tensor, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        boxes.check_boxes(prediction=BOX, target=given)
