"""What belongs together has one shape; N predictions and N targets never become N × N."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch

from tests.losses.battery.registry import SAMPLES, Case, each_case

paired = each_case(lambda case: len(case.tensors) > 1 and not case.crosses)
alike = each_case(lambda case: len(case.tensors) > 1 and case.alike)


def _assert_refused(case: Case, tensors: list[torch.Tensor], call: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="shape") as caught:
        call(*tensors)
    for tensor in tensors[:2]:
        assert str(tuple(tensor.shape)) in str(caught.value)


@paired
def test_another_number_of_dimensions_is_refused(case: Case) -> None:
    for side in (0, 1):
        tensors = list(case.tensors)
        tensors[side] = tensors[side].unsqueeze(1)
        _assert_refused(case, tensors, case)


@paired
def test_samples_do_not_cross(case: Case) -> None:
    first, second, *rest = case.tensors
    _assert_refused(case, [first.unsqueeze(1), second.unsqueeze(0), *rest], case)
    _assert_refused(case, [first.unsqueeze(0), second.unsqueeze(1), *rest], case)


@each_case(lambda case: case.crosses)
def test_all_pairs_of_boxes_are_there_for_whoever_asks(case: Case) -> None:
    first, second = case.tensors
    pairs = case.each(first[:, None], second)
    torch.testing.assert_close(pairs, case.each(first[:, None], second[None]))
    assert pairs.shape == (SAMPLES, SAMPLES)
    looped = [[case.each(one, other) for other in second] for one in first]
    torch.testing.assert_close(pairs, torch.tensor(looped, dtype=torch.float64))


@alike
def test_a_single_sample_stands_for_all(case: Case) -> None:
    for side in (0, 1):
        for single in (slice(0, 1), 0):
            one, whole = list(case.tensors), list(case.tensors)
            one[side] = case.tensors[side][single]
            whole[side] = case.tensors[side][:1].expand_as(case.tensors[side])
            torch.testing.assert_close(case.each(*one), case.each(*whole))


@paired
def test_other_sizes_are_refused(case: Case) -> None:
    first, second, *rest = case.tensors
    _assert_refused(case, [torch.cat((first, first))[: SAMPLES + 1], second, *rest], case)


@each_case()
def test_what_is_no_tensor_is_named(case: Case) -> None:
    for name, tensor in case.data.items():
        for given in (tensor.tolist(), None, 1.0):
            with pytest.raises(TypeError) as caught:
                case(*(case.data | {name: given}).values())
            assert str(caught.value) == f"{name} must be a tensor; got {given!r}"
    weights = {name for name in case.options if name in ("class_weight", "class_alpha")}
    for name in weights | ({"weight"} if case.weighted else set()):
        with pytest.raises(TypeError, match=rf"{name} must be a tensor or None; got \[1\.0\]"):
            replace(case, options={**case.options, name: [1.0]})(*case.tensors)


def test_the_seen_cases() -> None:
    import losses

    t = torch.tensor
    for call in (
        lambda: losses.mse_loss(t([[1.0], [2.0], [3.0]]), t([1.0, 2.0, 3.0])),
        lambda: losses.bce_with_logits_loss(t([[9.0], [-9.0]]), t([1.0, 0.0])),
        lambda: losses.dice_loss(t([[[[1.0]]], [[[0.0]]]]), t([[[1.0]], [[0.0]]])),
    ):
        with pytest.raises(ValueError, match="shapes must have the same number of dimensions"):
            call()
