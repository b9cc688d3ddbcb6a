"""The numbers that the scenes of the classification page speak of."""

from collections.abc import Callable

import torch

from catalog import Loss
from experiments.classification import EXAMS, Outputs, exam_results, softmax_program
from experiments.descent import descend
from live.families.base import State
from live.families.classification.inputs import batch_inputs, number, setting
from live.families.classification.views import view_of
from live.families.loss_numbers import keywords, named


def quantity(loss: Loss, state: State, name: str, after: int | None) -> float:
    """A reading, "value" or "gradient"; of one logit also "logit" and "chance", its sigmoid; of
    several classes also "probability_2", "hardmax_2", "gradient_2"; of a batch "probability_5",
    "part_5", "gradient_5" and what PyTorch's mean gives, "torch_mean"; of an exam
    "mean_of_model_1" and "right_of_model_1". With "_in_float32" at its end, it is computed in
    float32."""
    result, _, exam = name.partition("_of_")
    if exam:
        mean, right = exam_results(loss, EXAMS[exam], keywords(loss, state))
        return {"mean": mean, "right": right}[result]
    program, point = setting(loss, state, axis=None if after is None else "logit")
    if name.endswith("_in_float32"):
        name, point = name.removesuffix("_in_float32"), point.float()
    if after is not None:
        point = descend(lambda x: program(x)["value"], point, rate=state["rate"], steps=after)[-1]
    found = dict(program(point)) | _beside(view_of(loss, state["view"]), state, point, program)
    if name == "gradient" or name.startswith("gradient_"):
        gradient = torch.func.grad(lambda x: program(x)["value"])(point)
        found |= {"gradient": gradient.norm()} | _numbered("gradient", gradient)
    return named(name, found, loss.id)


def _beside(
    view: str, state: State, point: torch.Tensor, program: Callable[..., Outputs]
) -> Outputs:
    if view == "binary":
        return {"logit": point, "chance": torch.sigmoid(point)}
    if view == "batch":
        found = program(point)
        return {
            **_numbered("probability", found["probabilities"]),
            **_numbered("part", found["parts"]),
            "torch_mean": _torch_mean(state, point),
        }
    if view == "pipeline":
        return _numbered("probability", program(point)["probabilities"])
    both = softmax_program(point, number(state["temperature"]))
    return _numbered("probability", both["softmax"]) | _numbered("hardmax", both["hardmax"])


def _torch_mean(state: State, margins: torch.Tensor) -> torch.Tensor:
    """PyTorch's own mean of the cross-entropy of a batch, each example once."""
    given = batch_inputs(state)
    labels, ignored = given["labels"].argmax(1), given["labels"].sum(1) == 0
    logits = margins[:, None] * torch.nn.functional.one_hot(labels, given["labels"].shape[1])
    return torch.nn.functional.cross_entropy(
        logits, torch.where(ignored, -100, labels), weight=given["class_weights"]
    )


def _numbered(name: str, values: torch.Tensor) -> Outputs:
    return {f"{name}_{i}": value for i, value in enumerate(values.reshape(-1))}
