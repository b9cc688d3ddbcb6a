"""The evidence about cross-entropy of several classes, NLL and 0-1 loss."""

import math

import torch

from catalog import CATALOG
from experiments.classification import EXAMS, exam_results
from experiments.descent import descend
from experiments.evidence.record import Curve, Evidence, curve, tensor
from losses.binary import (
    bce_loss,
    bce_with_logits_loss,
)
from losses.classification import cross_entropy_loss, nll_loss, zero_one_loss

ONE = torch.ones((), dtype=torch.float64)
CAT = torch.tensor([0])
ZEROS = torch.zeros(1, 3, dtype=torch.float64)
LOGITS = torch.tensor([[2.0, 1.0, 0.1]], dtype=torch.float64)  # the notes' example, class 0 true


def name_of_the_class() -> Evidence:
    """How often each name is found in `torch.nn`."""
    return Evidence(
        numbers={
            "notes_name": float(hasattr(torch.nn, "CrossEntropy")),
            "right_name": float(hasattr(torch.nn, "CrossEntropyLoss")),
        }
    )


def nll_of_probabilities() -> Evidence:
    """NLL given probabilities, and given their logs."""
    return Evidence(
        numbers={
            "chance": 0.7,
            "misused": float(nll_loss(tensor(0.7, 0.2, 0.1)[None], CAT)),
            "example_misused": float(nll_loss(torch.softmax(LOGITS, 1), CAT)),
            "example": float(nll_loss(torch.log_softmax(LOGITS, 1), CAT)),
            "cross_entropy": float(cross_entropy_loss(LOGITS, CAT)),
        }
    )


def flat_stair() -> Evidence:
    """0-1 loss and cross-entropy of 1000 examples before and after a nudge of all logits."""
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(1000, generator=generator, dtype=torch.float64)
    labels = (torch.rand(1000, generator=generator) < 0.5).double()
    nudge = 1e-5
    axis = torch.linspace(-4, 4, 161, dtype=torch.float64)

    def error(z: torch.Tensor, y: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
        return zero_one_loss((z > 0).double(), y, reduction=reduction)

    change = bce_with_logits_loss(logits + nudge, labels) - bce_with_logits_loss(logits, labels)
    return Evidence(
        numbers={
            "count": float(len(logits)),
            "nudge": nudge,
            "error_change": float(error(logits + nudge, labels) - error(logits, labels)),
            "cross_entropy_change": float(change),
        },
        curves=(
            curve("zero_one", axis, error(axis, torch.ones_like(axis), "none")),
            curve("bce", axis, bce_with_logits_loss(axis, ONE, reduction="none")),
        ),
        x_label="logit",
        y_label="loss",
    )


def right_but_dear() -> Evidence:
    """Cross-entropy of an unsure right answer and of a narrow wrong one."""
    unsure, narrow = tensor(0.34, 0.33, 0.33), tensor(0.49, 0.51, 0.0)
    return Evidence(
        numbers={
            "right": float(nll_loss(unsure.log()[None], CAT)),
            "wrong": float(nll_loss(narrow.log()[None], CAT)),
            "right_at_most": math.log(3),
            "wrong_at_least": math.log(2),
        }
    )


def size_of_the_layer() -> Evidence:
    """What a picture becomes on its way through convolutions and poolings to 100 channels of 4 × 4,
    how many numbers those flatten to, how many weights a layer for seven classes then has, and what
    two layers give without and with an activation between them."""
    maps = [torch.zeros(3, 32, 32)]
    for channels in (32, 64, 100):
        convolved = torch.nn.Conv2d(len(maps[-1]), channels, kernel_size=3, padding=1)(maps[-1])
        maps.append(torch.nn.functional.max_pool2d(convolved, 2))
    features = maps[-1].flatten()
    first, second, given = tensor(1, -1, 2, 0).reshape(2, 2), tensor(1, 1), tensor(1, 2)
    return Evidence(
        numbers={
            "features": float(features.numel()),
            "weights": float(torch.nn.Linear(features.numel(), 7, bias=False).weight.numel()),
            "two_layers": float(second @ (first @ given)),
            "one_layer": float((second @ first) @ given),
            "with_activation": float(second @ (first @ given).relu()),
        },
        curves=tuple(
            Curve(name, tuple(map(float, range(len(counts)))), tuple(map(float, counts)))
            for name, counts in {
                "numbers_curve": [one.numel() for one in maps],
                "channels_curve": [len(one) for one in maps],
                "side_curve": [one.shape[-1] for one in maps],
            }.items()
        ),
        x_label="poolings",
        y_label="how_many",
        log_y=True,
    )


def forgotten_minus() -> Evidence:
    """Descent on cross-entropy and on its negative: the probability of the true class."""
    chance = 0.4

    def run(rate: float) -> tuple[float, ...]:
        path = descend(lambda z: cross_entropy_loss(z, CAT), ZEROS, rate=rate, steps=30)
        return tuple(torch.softmax(path, -1)[:, 0, 0].tolist())

    paths = {"with_minus": run(1.0), "without_minus": run(-1.0)}
    return Evidence(
        numbers={
            "chance": chance,
            "without": float(-bce_loss(tensor(chance), ONE)),
            "end_with": paths["with_minus"][-1],
            "end_without": paths["without_minus"][-1],
        },
        curves=tuple(Curve(n, tuple(map(float, range(31))), path) for n, path in paths.items()),
        x_label="step",
        y_label="chance_axis",
    )


def means_of_the_models() -> Evidence:
    """The losses of the notes' two models, and their share of right answers."""
    loss = CATALOG["cross_entropy_loss"]
    numbers = {}
    for name in ("model_1", "model_2"):
        mean, right = exam_results(loss, EXAMS[name], loss.defaults())
        numbers |= {f"mean_{name}": mean, f"right_{name}": right}
    first = bce_loss(tensor(0.4, 0.7), tensor(1, 1), reduction="none")
    return Evidence(numbers=numbers | {"first": float(first[0]), "second": float(first[1])})


def row_of_eleven_tenths() -> Evidence:
    """The notes' row (0.3, 0.4, 0.4): its sum, and how many classes share its maximum."""
    row = tensor(0.3, 0.4, 0.4)
    repaired = tensor(0.3, 0.4, 0.3)
    return Evidence(
        numbers={
            "sum": round(float(row.sum()), 12),
            "tied": float((row == row.max()).sum()),
            "repaired_sum": round(float(repaired.sum()), 12),
            "loss": float(nll_loss(repaired.log()[None], torch.tensor([1]))),
        }
    )


def nll_alone() -> Evidence:
    """NLL on its own and after a log-softmax, beside the cross-entropy."""
    alone = nll_loss(LOGITS, CAT)
    after = nll_loss(torch.log_softmax(LOGITS, 1), CAT)
    return Evidence(
        numbers={
            "alone": float(alone),
            "after": float(after),
            "cross_entropy": float(cross_entropy_loss(LOGITS, CAT)),
        }
    )


def ignored_labels() -> Evidence:
    """The mean over three examples of which one is ignored, and over the two others."""
    logits = torch.tensor([[2.0, 1.0, 0.1], [0.5, 2.5, -1.0], [9.0, 0.0, 0.0]]).double()
    labels = torch.tensor([0, 2, -100])
    return Evidence(
        numbers={
            "with_ignored": float(cross_entropy_loss(logits, labels)),
            "without": float(cross_entropy_loss(logits[:2], labels[:2])),
            "over_three": float(cross_entropy_loss(logits, labels, reduction="sum")) / 3,
        }
    )
