"""What stands between a model's scores and a loss: sigmoid, softmax, and the hand-over itself.

A loss says by the names of its arguments what it takes. Here every loss becomes a function of
the scores, so that a picture can put losses of logits beside losses of probabilities.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch

from catalog import Loss

Outputs = dict[str, torch.Tensor]
Program = Callable[..., Outputs]


@dataclass(frozen=True)
class Exam:
    """Predictions of a model for several examples, and the true classes."""

    probabilities: tuple[tuple[float, ...], ...]
    truth: tuple[int, ...]

    def logits(self) -> torch.Tensor:
        """Scores whose softmax is these probabilities: their logs, with a mean of 0."""
        logs = torch.tensor(self.probabilities, dtype=torch.float64).log()
        return logs - logs.mean(dim=1, keepdim=True)


EXAMS = {
    "model_1": Exam(((0.3, 0.3, 0.4), (0.3, 0.4, 0.3), (0.1, 0.2, 0.7)), (2, 1, 0)),
    "model_2": Exam(((0.1, 0.2, 0.7), (0.1, 0.7, 0.2), (0.3, 0.4, 0.3)), (2, 1, 0)),
    "early": Exam(
        ((0.5, 0.3, 0.2), (0.3, 0.5, 0.2), (0.3, 0.45, 0.25), (0.4, 0.35, 0.25)), (0, 1, 0, 1)
    ),
    "late": Exam(
        ((0.9, 0.06, 0.04), (0.06, 0.9, 0.04), (0.6, 0.3, 0.1), (0.984, 0.01, 0.006)), (0, 1, 0, 1)
    ),
    "five": Exam(
        (
            (0.1, 0.15, 0.05, 0.6, 0.1),
            (0.15, 0.2, 0.4, 0.1, 0.15),
            (0.05, 0.15, 0.4, 0.3, 0.1),
        ),
        (3, 3, 3),
    ),
}
"""The examples of the study notes: two models of three animals, three guesses among five classes;
and a model early and late in training, on the same validation pictures.

The notes print one row as (0.3, 0.4, 0.4), which sums to 1.1; here it is (0.3, 0.4, 0.3).
"""


def takes(loss: Loss) -> str:
    """What a loss takes: "logits", "probabilities", "log_probabilities" or "prediction"."""
    return loss.arguments[0]


def takes_shares(loss: Loss) -> bool:
    """Whether the truth of a loss is a distribution over the classes, not the true one's number."""
    return loss.arguments[1] == "probabilities"


def binary_program(loss: Loss, axis: str) -> Program:
    """A binary loss as a function of the "logit" or of the "probability": that is the axis.

    Inputs are one of that name, `target` and the parameters of the loss; outputs are the readings
    and "value".
    """

    def outputs(target: torch.Tensor, **inputs: torch.Tensor) -> Outputs:
        given, parameters = _given_binary(loss, inputs.pop(axis), axis), inputs
        value = loss.call(given, target, **parameters, reduction="none")
        return {**loss.intermediates(given, target, **parameters), "value": value}

    return outputs


def mixed_program(loss: Loss, axis: str) -> Program:
    """The mean loss of a crowd that all get the same prediction, of whom a `share` is positive."""
    one = binary_program(loss, axis)

    def outputs(share: torch.Tensor, **inputs: torch.Tensor) -> Outputs:
        if_positive = one(torch.ones_like(share), **inputs)["value"]
        if_negative = one(torch.zeros_like(share), **inputs)["value"]
        value = share * if_positive + (1 - share) * if_negative
        return {"if_positive": if_positive, "if_negative": if_negative, "value": value}

    return outputs


def multiclass_program(loss: Loss) -> Program:
    """A multi-class loss of one example, as a function of its logits.

    Inputs `logits` and `truth` (both of K entries; the truth is one-hot, or a distribution for the
    soft cross-entropy), `temperature`, `softmax_first` and the parameters. With `softmax_first` = 1
    instead of 0 the usual mistake is made: probabilities go to a loss that wants logits or
    log-probabilities.
    """

    def outputs(
        logits: torch.Tensor,
        truth: torch.Tensor,
        temperature: torch.Tensor,
        softmax_first: torch.Tensor,
        **parameters: torch.Tensor,
    ) -> Outputs:
        scores, wants = logits / temperature, takes(loss)
        wanted = torch.log_softmax(scores, 0) if wants == "log_probabilities" else scores
        scores = torch.where(softmax_first > 0, torch.softmax(scores, 0), wanted)
        if takes_shares(loss):
            return _first(loss, scores[None], truth[None], parameters)
        # Every class in turn as the true one; the truth then picks. So one program serves all.
        classes = truth.shape[0]
        labels = torch.arange(classes)
        if wants == "prediction":
            given = predicted(scores).expand(classes)
            labels = labels.to(given.dtype)
        else:
            given = scores.expand(classes, classes)
        value = loss.call(given, labels, **parameters, reduction="none")
        found = {**loss.intermediates(given, labels, **parameters), "value": value}
        return {name: (truth * each).sum() for name, each in found.items()}

    return outputs


def softmax_program(logits: torch.Tensor, temperature: torch.Tensor) -> Outputs:
    """Softmax and hardmax of one example."""
    classes = torch.arange(logits.shape[0], dtype=logits.dtype)
    return {
        "softmax": torch.softmax(logits / temperature, 0),
        "hardmax": (classes == predicted(logits)).to(logits.dtype),
    }


def smoothed_program(truth: torch.Tensor, label_smoothing: torch.Tensor) -> Outputs:
    """The target of a cross-entropy with label smoothing."""
    return {"target": truth + label_smoothing * (1 / truth.shape[0] - truth)}


def logits_program(probabilities: torch.Tensor, temperature: torch.Tensor) -> Outputs:
    """Logits with a mean of 0 whose softmax is `probabilities`."""
    logs = temperature * probabilities.log()
    return {"logits": logs - logs.mean()}


def pipeline_program(
    features: torch.Tensor,
    weights: torch.Tensor,
    truth: torch.Tensor,
    label_smoothing: torch.Tensor,
) -> Outputs:
    """A tiny classifier, forwards and backwards: fully connected layer, softmax, cross-entropy.

    Args:
        features: x, two numbers.
        weights: Three rows (w₁, w₂, b), flat: one per class.
        truth: One-hot, three numbers.
        label_smoothing: ε of the cross-entropy.
    """
    target = smoothed_program(truth, label_smoothing)["target"]

    def layer(x: torch.Tensor, flat: torch.Tensor) -> torch.Tensor:
        rows = flat.reshape(3, 3)
        return (rows[:, :2] * x).sum(1) + rows[:, 2]

    def loss(probabilities: torch.Tensor) -> torch.Tensor:
        return -(target * probabilities.log()).sum()

    logits, back_to_layer = torch.func.vjp(layer, features, weights)
    probabilities, back_to_logits = torch.func.vjp(lambda z: torch.softmax(z, 0), logits)
    value, back_to_probabilities = torch.func.vjp(loss, probabilities)
    (to_probabilities,) = back_to_probabilities(torch.ones_like(value))
    (to_logits,) = back_to_logits(to_probabilities)
    to_features, to_weights = back_to_layer(to_logits)
    return {
        "logits": logits,
        "probabilities": probabilities,
        "value": value,
        "to_probabilities": to_probabilities,
        "to_logits": to_logits,
        "to_features": to_features,
        "gradient": to_weights,
        "true_probability": (truth * probabilities).sum(),
        "spread": -probabilities.log().mean(),
        "smoothed": (label_smoothing > 0).to(logits.dtype),
    }


def predicted(scores: torch.Tensor) -> torch.Tensor:
    """The number of the largest score, the first of equals, as a float."""
    classes = torch.arange(scores.shape[0], dtype=scores.dtype)
    return torch.where(scores == scores.amax(), classes, float(scores.shape[0])).amin()


def one_hot(position: int, classes: int) -> torch.Tensor:
    truth = torch.zeros(classes, dtype=torch.float64)
    truth[min(position, classes - 1)] = 1
    return truth


def exam_results(loss: Loss, exam: Exam, given: Mapping[str, Any]) -> tuple[float, float]:
    """The mean loss of an exam, and the share of right answers."""
    logits = exam.logits()
    program, zero = multiclass_program(loss), torch.zeros((), dtype=torch.float64)
    values = [
        program(row, one_hot(truth, len(row)), 1 + zero, zero, **given)["value"]
        for row, truth in zip(logits, exam.truth, strict=True)
    ]
    right = (logits.argmax(1) == torch.tensor(exam.truth)).double().mean()
    return torch.stack(values).mean().item(), right.item()


def _given_binary(loss: Loss, prediction: torch.Tensor, axis: str) -> torch.Tensor:
    wants = takes(loss)
    if wants == "prediction":
        return (prediction > (0 if axis == "logit" else 0.5)).to(prediction.dtype)
    if axis == "logit":
        return torch.sigmoid(prediction) if wants == "probabilities" else prediction
    return prediction if wants == "probabilities" else torch.logit(prediction)


def _first(
    loss: Loss, scores: torch.Tensor, truth: torch.Tensor, parameters: Mapping[str, torch.Tensor]
) -> Outputs:
    value = loss.call(scores, truth, **parameters, reduction="none")
    found = {**loss.intermediates(scores, truth, **parameters), "value": value}
    return {name: each[0] for name, each in found.items()}
