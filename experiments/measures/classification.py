"""The numbers that the scenes of the classification page speak of."""

from collections.abc import Callable, Mapping
from typing import Any

import torch

from catalog import Loss
from experiments.classification import (
    EXAMS,
    Outputs,
    binary_program,
    descend,
    exam_results,
    mixed_program,
    multiclass_program,
    one_hot,
    pipeline_program,
    softmax_program,
    takes_shares,
    view_of,
)
from experiments.measures.readings import State, keywords

FARTHEST = 12.0
"""The logit at which the axis of probabilities ends."""

Setting = tuple[Callable[[torch.Tensor], Outputs], torch.Tensor]


def measure(loss: Loss, state: State, quantity: str, after: int | None) -> float:
    """A reading, "value" or "gradient"; of one logit also "logit" and "chance", its sigmoid; of
    several classes also "probability_2", "hardmax_2", "gradient_2"; of an exam "mean_of_model_1"
    and "right_of_model_1". With "_in_float32" at its end, it is computed in float32."""
    name, _, exam = quantity.partition("_of_")
    if exam:
        mean, right = exam_results(loss, EXAMS[exam], keywords(loss, state))
        return {"mean": mean, "right": right}[name]
    program, point = setting(loss, state, axis=None if after is None else "logit")
    if quantity.endswith("_in_float32"):
        quantity, point = quantity.removesuffix("_in_float32"), point.float()
    if after is not None:
        point = descend(lambda x: program(x)["value"], point, rate=state["rate"], steps=after)
    found = dict(program(point)) | _beside(view_of(loss, state["view"]), state, point, program)
    if quantity == "gradient" or quantity.startswith("gradient_"):
        gradient = torch.func.grad(lambda x: program(x)["value"])(point)
        found |= {"gradient": gradient.norm()} | _numbered("gradient", gradient)
    if quantity not in found:
        raise ValueError(f"{loss.id} has no quantity {quantity!r}; it has {', '.join(found)}")
    return found[quantity].item()


def setting(loss: Loss, state: State, axis: str | None = None) -> Setting:
    """The loss as a function of what the state's view moves, and where that stands."""
    given: Mapping[str, Any] = keywords(loss, state)
    view = view_of(loss, state["view"])
    if view == "pipeline":
        features, weights, truth = pipeline_inputs(state)
        smoothing = _number(given["label_smoothing"])
        return lambda moved: pipeline_program(features, moved, truth, smoothing), weights
    if view == "multiclass":
        logits, truth = multiclass_inputs(loss, state)
        program = multiclass_program(loss)
        first = _number(float(state["handed"] == "probabilities"))
        temperature = _number(state["temperature"])
        return lambda moved: program(moved, truth, temperature, first, **given), logits
    axis = axis or state["axis"]
    point = _number(state["logit"])
    if axis == "probability":
        point = torch.sigmoid(point.clamp(-FARTHEST, FARTHEST))
    if state["label"] == "mixed":
        share = _number(state["share"] / 100)
        return lambda moved: mixed_program(loss, axis)(share, **{axis: moved}, **given), point
    target = _number(float(state["label"] == "positive"))
    return lambda moved: binary_program(loss, axis)(target, **{axis: moved}, **given), point


def multiclass_inputs(loss: Loss, state: State) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits, and the truth: the shares for a loss that takes them, else the true class alone."""
    logits, shares = torch.tensor(state["classes"], dtype=torch.float64).unbind(-1)
    if takes_shares(loss):
        return logits, shares / shares.sum()
    return logits, one_hot(int(state["truth"]), len(logits))


def pipeline_inputs(state: State) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    features, weights = (
        torch.tensor(state[name], dtype=torch.float64) for name in ("features", "weights")
    )
    return features, weights, one_hot(int(state["truth"]), 3)


def _beside(
    view: str, state: State, point: torch.Tensor, program: Callable[..., Outputs]
) -> Outputs:
    if view == "binary":
        return {"logit": point, "chance": torch.sigmoid(point)}
    if view == "pipeline":
        return _numbered("probability", program(point)["probabilities"])
    both = softmax_program(point, _number(state["temperature"]))
    return _numbered("probability", both["softmax"]) | _numbered("hardmax", both["hardmax"])


def _numbered(name: str, values: torch.Tensor) -> Outputs:
    return {f"{name}_{i}": value for i, value in enumerate(values.reshape(-1))}


def _number(value: float) -> torch.Tensor:
    return torch.tensor(value, dtype=torch.float64)
