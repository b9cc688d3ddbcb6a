"""The evidence about softmax, maximum and where a second softmax leads."""

import torch
from torch.func import grad

from catalog import CATALOG
from experiments.classification import multiclass_program
from experiments.descent import descend
from experiments.evidence.record import Curve, Evidence, curve, tensor
from losses.classification import cross_entropy_loss

ONE = torch.ones((), dtype=torch.float64)
CAT = torch.tensor([0])
ZEROS = torch.zeros(1, 3, dtype=torch.float64)
LOGITS = torch.tensor([[2.0, 1.0, 0.1]], dtype=torch.float64)  # the notes' example, class 0 true


def log_of_softmax() -> Evidence:
    """−ln softmax of the smaller of two float32 logits, in two steps and in one."""
    gaps = torch.arange(0.0, 131.0)
    logits = torch.stack((torch.zeros_like(gaps), gaps), 1)
    two_steps = -torch.softmax(logits, 1).log()[:, 0]
    fused = cross_entropy_loss(logits, torch.zeros(len(gaps), dtype=torch.long), reduction="none")
    kept = two_steps.isfinite()
    return Evidence(
        numbers={
            "last_finite": float(gaps[kept][-1]),
            "fused_beyond": float(fused[-1]),
            "gap_beyond": float(gaps[-1]),
        },
        curves=(
            curve("fused", gaps, fused),
            curve("two_steps", gaps[kept], two_steps[kept]),
        ),
        x_label="gap",
        y_label="loss",
    )


def softmax_twice() -> Evidence:
    """Cross-entropy with a second softmax before it: its floor, an example, a training run."""

    def once(logits: torch.Tensor) -> torch.Tensor:
        return cross_entropy_loss(logits, CAT)

    def twice(logits: torch.Tensor) -> torch.Tensor:
        return cross_entropy_loss(torch.softmax(logits, 1), CAT)

    steps = range(61)
    paths = {
        name: tuple(float(loss(z)) for z in descend(loss, ZEROS, rate=1.0, steps=60))
        for name, loss in {"once": once, "twice": twice}.items()
    }
    return Evidence(
        numbers={
            "floor": float(once(tensor(1, 0, 0)[None])),
            "example_once": float(once(LOGITS)),
            "example_twice": float(twice(LOGITS)),
        },
        curves=tuple(Curve(name, tuple(map(float, steps)), path) for name, path in paths.items()),
        x_label="step",
        y_label="loss",
    )


def hardmax() -> Evidence:
    """The index that the notes' code returns, and the vector that their text promises."""
    logits = tensor(3, 1, -3)
    index = logits.argmax()
    vector = torch.nn.functional.one_hot(index, 3)
    numbers = {f"entry_{i}": float(v) for i, v in enumerate(vector)}
    return Evidence(numbers={"index": float(index), **numbers})


def normalised_wrongly() -> Evidence:
    """Softmax of a 3 × 3 input, divided along the wrong axis, and of a large logit, not shifted."""
    rows = torch.tensor([[1.0, 2, 3], [1, 2, 3], [3, 0, 0]], dtype=torch.float64)
    exponentials = rows.exp()
    wrong = (exponentials / exponentials.sum(1)).sum(1)
    large = tensor(1000, 1, -3).exp()
    return Evidence(
        numbers={
            "first_row": float(wrong[0]),
            "last_row": float(wrong[2]),
            "broken": float((large / large.sum()).isnan().sum()),
            "stable": float(torch.softmax(tensor(1000, 1, -3), 0)[0]),
        }
    )


def max_and_argmax() -> Evidence:
    """The gradient of max and of argmax, and a loss below zero."""
    logits = tensor(3, 1, -3)
    of_max = grad(lambda z: z.max())(logits)
    program = multiclass_program(CATALOG["zero_one_loss"])
    truth = tensor(1, 0, 0)
    of_argmax = grad(lambda z: program(z, truth, ONE, 0 * ONE)["value"])(logits)
    density = torch.distributions.Normal(tensor(0.0), tensor(0.1))
    return Evidence(
        numbers={
            "max_slope": float(of_max.norm()),
            "argmax_slope": float(of_argmax.norm()),
            "spread": 0.1,
            "below_zero": float(-density.log_prob(tensor(0.0))),
        }
    )


def two_softmaxes() -> Evidence:
    """The notes' two examples of a softmax."""
    numbers = {}
    for name, logits in {"a": tensor(1, 2, 3), "b": tensor(3, 1, -3)}.items():
        softmax = torch.softmax(logits, 0)
        numbers |= {f"{name}_{i}": float(p) for i, p in enumerate(softmax)}
        numbers[f"{name}_sum"] = round(float(softmax.sum()), 12)
    return Evidence(numbers=numbers)
