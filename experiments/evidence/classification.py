"""The evidence for the claims about classification."""

import math

import torch
from torch.func import grad, vmap

from catalog import CATALOG
from experiments.classification import EXAMS, binary_program, exam_results, multiclass_program
from experiments.descent import descend
from experiments.evidence.record import Curve, Evidence
from losses.binary import (
    bce_loss,
    bce_with_logits_loss,
    focal_loss_on_probabilities,
    squared_error_on_sigmoid,
    weighted_bce_loss,
)
from losses.classification import cross_entropy_loss, multiclass_focal_loss, nll_loss, zero_one_loss

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
            _curve("fused", gaps, fused),
            _curve("two_steps", gaps[kept], two_steps[kept]),
        ),
        x_label="gap",
        y_label="loss",
    )


def what_bce_expects() -> Evidence:
    """Three numbers read as probabilities and as logits; a perfect answer read as logits."""
    numbers, labels = _tensor(0.6, 0.3, 0.8), _tensor(1, 0, 1)
    return Evidence(
        numbers={
            "as_probabilities": float(bce_loss(numbers, labels)),
            "as_logits": float(bce_with_logits_loss(numbers, labels)),
            "perfect": float(bce_with_logits_loss(_tensor(1, 0), _tensor(1, 0))),
            "highest": float(torch.sigmoid(ONE)),
        }
    )


def sigmoid_then_bce() -> Evidence:
    """BCE in float32 for the label 0: from the sigmoid, and from the logit."""
    logits = torch.linspace(0, 24, 241)
    zeros = torch.zeros_like(logits)

    def two_steps(z: torch.Tensor) -> torch.Tensor:
        return bce_loss(torch.sigmoid(z), zeros, reduction="sum")

    def fused(z: torch.Tensor) -> torch.Tensor:
        return bce_with_logits_loss(z, zeros, reduction="sum")

    slopes = {"two_steps": grad(two_steps)(logits), "fused": grad(fused)(logits)}
    zero = torch.zeros(())
    dead = logits[slopes["two_steps"] == 0]
    numbers = {"first_dead": round(float(dead[0]), 1)}
    for name, z in {"ten": torch.tensor(10.0), "twenty": torch.tensor(20.0)}.items():
        numbers[f"two_steps_at_{name}"] = float(bce_loss(torch.sigmoid(z), zero))
        numbers[f"fused_at_{name}"] = float(bce_with_logits_loss(z, zero))
    return Evidence(
        numbers=numbers,
        curves=tuple(_curve(name, logits, slope) for name, slope in slopes.items()),
        x_label="logit",
        y_label="gradient",
    )


def shapes_of_the_focal_snippet() -> Evidence:
    """What `unsqueeze(1)` makes of four labels beside four predictions."""
    labels, predictions = torch.zeros(4).unsqueeze(1), torch.zeros(4)
    pairs = torch.broadcast_shapes(labels.shape, predictions.shape)
    return Evidence(
        numbers={
            "predictions": float(predictions.numel()),
            "columns": float(labels.shape[1]),
            "pairs": float(pairs.numel()),
        }
    )


def alpha_for_both() -> Evidence:
    """The focal loss of the notes' code, which multiplies both classes by α, and the paper's."""
    chances, labels, alpha = _tensor(0.9, 0.1, 0.8, 0.7), _tensor(1, 0, 1, 1), 0.25
    plain = focal_loss_on_probabilities(chances, labels, alpha=None, reduction="none")
    paper = focal_loss_on_probabilities(chances, labels, alpha=alpha, reduction="none")
    return Evidence(
        numbers={
            "alpha": alpha,
            "notes_mean": float((alpha * plain).mean()),
            "paper_mean": float(paper.mean()),
            "notes_negative": float(alpha * plain[1]),
            "paper_negative": float(paper[1]),
        }
    )


def who_is_heard() -> Evidence:
    """A clean example and a mislabelled one: their losses' ratio, as γ grows."""
    clean, mislabelled = 0.9, 0.01
    gammas = torch.linspace(0, 4, 41, dtype=torch.float64)

    def ratio(gamma: float) -> float:
        losses = focal_loss_on_probabilities(
            _tensor(clean, mislabelled), _tensor(1, 1), alpha=None, gamma=gamma, reduction="none"
        )
        return float(losses[1] / losses[0])

    return Evidence(
        numbers={
            "clean": clean,
            "mislabelled": mislabelled,
            "cross_entropy_ratio": ratio(0.0),
            "focal_ratio": ratio(2.0),
        },
        curves=(Curve("ratio", tuple(gammas.tolist()), tuple(map(ratio, gammas.tolist()))),),
        x_label="gamma",
        y_label="ratio_axis",
        log_y=True,
    )


def name_of_the_class() -> Evidence:
    """How often each name is found in `torch.nn`."""
    return Evidence(
        numbers={
            "notes_name": float(hasattr(torch.nn, "CrossEntropy")),
            "right_name": float(hasattr(torch.nn, "CrossEntropyLoss")),
        }
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
            "floor": float(once(_tensor(1, 0, 0)[None])),
            "example_once": float(once(LOGITS)),
            "example_twice": float(twice(LOGITS)),
        },
        curves=tuple(Curve(name, tuple(map(float, steps)), path) for name, path in paths.items()),
        x_label="step",
        y_label="loss",
    )


def nll_of_probabilities() -> Evidence:
    """NLL given probabilities, and given their logs."""
    return Evidence(
        numbers={
            "chance": 0.7,
            "misused": float(nll_loss(_tensor(0.7, 0.2, 0.1)[None], CAT)),
            "example_misused": float(nll_loss(torch.softmax(LOGITS, 1), CAT)),
            "example": float(nll_loss(torch.log_softmax(LOGITS, 1), CAT)),
            "cross_entropy": float(cross_entropy_loss(LOGITS, CAT)),
        }
    )


def weights_and_counts() -> Evidence:
    """The best constant probability for 20 positives and 80 negatives, under three weightings."""
    positives, negatives = 0.2, 0.8
    weights = {"none": (1.0, 1.0), "inverse": (0.8, 0.2), "proportional": (0.2, 0.8)}
    chances = torch.linspace(0.0005, 0.9995, 9991, dtype=torch.float64)
    ones = torch.ones_like(chances)

    def mean(prices: tuple[float, float]) -> torch.Tensor:
        given = {"positive_weight": prices[0], "negative_weight": prices[1], "reduction": "none"}
        yes = weighted_bce_loss(chances, ones, **given)
        no = weighted_bce_loss(chances, 0 * ones, **given)
        return (positives * yes + negatives * no) / (positives * prices[0] + negatives * prices[1])

    means = {name: mean(prices) for name, prices in weights.items()}
    thin = slice(95, -95, 98)
    return Evidence(
        numbers={name: round(float(chances[m.argmin()]), 4) for name, m in means.items()},
        curves=tuple(_curve(f"curve_{n}", chances[thin], m[thin]) for n, m in means.items()),
        x_label="chance",
        y_label="loss",
    )


def gamma_turns_down() -> Evidence:
    """The factor that focusing leaves to an easy example, over γ."""
    chance = 0.9
    gammas = torch.linspace(0, 5, 51, dtype=torch.float64)
    plain = bce_loss(_tensor(chance), ONE)

    def left(gamma: float) -> float:
        return float(
            focal_loss_on_probabilities(_tensor(chance), ONE, alpha=None, gamma=gamma) / plain
        )

    return Evidence(
        numbers={"chance": chance, "at_one": left(1.0), "at_two": left(2.0)},
        curves=(Curve("left", tuple(gammas.tolist()), tuple(map(left, gammas.tolist()))),),
        x_label="gamma",
        y_label="left_axis",
    )


def third_focal_output() -> Evidence:
    """The multi-class focal loss of the notes' third row, from the printed logits."""
    row = _tensor(-2.5052, -0.3744, 0.3718, -1.5129, -2.0459, 1.0374, -0.5433)
    value = multiclass_focal_loss(row[None], torch.tensor([1]))
    return Evidence(numbers={"third": float(value)})


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
            _curve("zero_one", axis, error(axis, torch.ones_like(axis), "none")),
            _curve("bce", axis, bce_with_logits_loss(axis, ONE, reduction="none")),
        ),
        x_label="logit",
        y_label="loss",
    )


def product_with_the_loss() -> Evidence:
    """p · (−ln p) would be constant if the loss were inversely proportional to p."""
    chances = torch.linspace(0.05, 1, 96, dtype=torch.float64)
    loss = bce_loss(chances, ONE, reduction="none")
    places = {"low": 0.2, "middle": 0.4, "high": 0.8}
    products = {f"product_{n}": p * float(bce_loss(_tensor(p), ONE)) for n, p in places.items()}
    return Evidence(
        numbers=places | products,
        curves=(
            _curve("loss", chances, loss),
            _curve("inverse", chances, products["product_middle"] / chances),
        ),
        x_label="chance",
        y_label="loss_axis",
    )


def right_but_dear() -> Evidence:
    """Cross-entropy of an unsure right answer and of a narrow wrong one."""
    unsure, narrow = _tensor(0.34, 0.33, 0.33), _tensor(0.49, 0.51, 0.0)
    return Evidence(
        numbers={
            "right": float(nll_loss(unsure.log()[None], CAT)),
            "wrong": float(nll_loss(narrow.log()[None], CAT)),
            "right_at_most": math.log(3),
            "wrong_at_least": math.log(2),
        }
    )


def size_of_the_layer() -> Evidence:
    """How many numbers 100 channels of 4 × 4 flatten to."""
    features = torch.zeros(100, 4, 4).flatten()
    return Evidence(numbers={"features": float(features.numel())})


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
            "without": float(-bce_loss(_tensor(chance), ONE)),
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
    first = bce_loss(_tensor(0.4, 0.7), _tensor(1, 1), reduction="none")
    return Evidence(numbers=numbers | {"first": float(first[0]), "second": float(first[1])})


def row_of_eleven_tenths() -> Evidence:
    """The notes' row (0.3, 0.4, 0.4): its sum, and how many classes share its maximum."""
    row = _tensor(0.3, 0.4, 0.4)
    repaired = _tensor(0.3, 0.4, 0.3)
    return Evidence(
        numbers={
            "sum": round(float(row.sum()), 12),
            "tied": float((row == row.max()).sum()),
            "repaired_sum": round(float(repaired.sum()), 12),
            "loss": float(nll_loss(repaired.log()[None], torch.tensor([1]))),
        }
    )


def giving_up() -> Evidence:
    """Cross-entropy and squared error from a confidently wrong logit."""
    start, enough = -8.0, 0.9
    losses = {"cross_entropy": bce_with_logits_loss, "squared_error": squared_error_on_sigmoid}
    axis = torch.linspace(-8, 8, 801, dtype=torch.float64)
    numbers: dict[str, float] = {"start": start, "enough": enough}
    curves = []
    for name, loss in losses.items():
        slope = grad(lambda z, own=loss: own(z, ONE))
        numbers[f"gradient_{name}"] = float(slope(_tensor(start)))
        numbers[f"lowest_curvature_{name}"] = float(vmap(grad(slope))(axis).min())
        logit, steps = _tensor(start), 0
        while torch.sigmoid(logit) < enough:
            logit, steps = logit - slope(logit), steps + 1
        numbers[f"steps_{name}"] = float(steps)
        curves.append(_curve(name, axis[::10], vmap(slope)(axis[::10])))
    return Evidence(numbers=numbers, curves=tuple(curves), x_label="logit", y_label="gradient")


def hardmax() -> Evidence:
    """The index that the notes' code returns, and the vector that their text promises."""
    logits = _tensor(3, 1, -3)
    index = logits.argmax()
    vector = torch.nn.functional.one_hot(index, 3)
    numbers = {f"entry_{i}": float(v) for i, v in enumerate(vector)}
    return Evidence(numbers={"index": float(index), **numbers})


def normalised_wrongly() -> Evidence:
    """Softmax of a 3 × 3 input without the column view, and of a large logit without a shift."""
    rows = torch.tensor([[1.0, 2, 3], [1, 2, 3], [3, 0, 0]], dtype=torch.float64)
    exponentials = rows.exp()
    wrong = (exponentials / exponentials.sum(1)).sum(1)
    large = _tensor(1000, 1, -3).exp()
    return Evidence(
        numbers={
            "first_row": float(wrong[0]),
            "last_row": float(wrong[2]),
            "broken": float((large / large.sum()).isnan().sum()),
            "stable": float(torch.softmax(_tensor(1000, 1, -3), 0)[0]),
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


def max_and_argmax() -> Evidence:
    """The gradient of max and of argmax, and a loss below zero."""
    logits = _tensor(3, 1, -3)
    of_max = grad(lambda z: z.max())(logits)
    program = multiclass_program(CATALOG["zero_one_loss"])
    truth = _tensor(1, 0, 0)
    of_argmax = grad(lambda z: program(z, truth, ONE, 0 * ONE)["value"])(logits)
    density = torch.distributions.Normal(_tensor(0.0), _tensor(0.1))
    return Evidence(
        numbers={
            "max_slope": float(of_max.norm()),
            "argmax_slope": float(of_argmax.norm()),
            "spread": 0.1,
            "below_zero": float(-density.log_prob(_tensor(0.0))),
        }
    )


def slope_of_the_sigmoid() -> Evidence:
    """The derivative of the sigmoid, and of ten in a chain at best."""
    logits = torch.linspace(-8, 8, 161, dtype=torch.float64)
    slope = vmap(grad(torch.sigmoid))
    slopes = slope(logits)
    single = torch.linspace(0, 20, 2001)
    dead = single[grad(lambda z: torch.sigmoid(z).sum())(single) == 0]
    return Evidence(
        numbers={
            "steepest": float(slopes.max()),
            "ten": float(slopes.max()) ** 10,
            "first_zero": round(float(dead[0]), 2),
        },
        curves=(_curve("slope", logits, slopes),),
        x_label="logit",
        y_label="slope_axis",
    )


def two_softmaxes() -> Evidence:
    """The notes' two examples of a softmax."""
    numbers = {}
    for name, logits in {"a": _tensor(1, 2, 3), "b": _tensor(3, 1, -3)}.items():
        softmax = torch.softmax(logits, 0)
        numbers |= {f"{name}_{i}": float(p) for i, p in enumerate(softmax)}
        numbers[f"{name}_sum"] = round(float(softmax.sum()), 12)
    return Evidence(numbers=numbers)


def printed_logits() -> Evidence:
    """BCE of the notes' three printed logits, both ways, beside that of not knowing anything."""
    logits, labels = _tensor(-0.0381, -0.0381, -0.0382), _tensor(1, 1, 0)
    return Evidence(
        numbers={
            "with_logits": float(bce_with_logits_loss(logits, labels)),
            "with_sigmoid": float(bce_loss(torch.sigmoid(logits), labels)),
            "chance_level": math.log(2),
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


def loss_and_gradient() -> Evidence:
    """The gradient in the true class's logit against the loss, beside 1 − exp(−L)."""
    program = binary_program(CATALOG["bce_with_logits_loss"], "logit")
    logits = torch.linspace(-4, 6, 101, dtype=torch.float64)
    values = torch.stack([program(ONE, logit=z, pos_weight=1.0)["value"] for z in logits])
    slopes = vmap(grad(lambda z: program(ONE, logit=z, pos_weight=1.0)["value"]))(logits).abs()
    difference = (slopes - (1 - (-values).exp())).abs().max()
    return Evidence(
        numbers={"largest_difference": round(float(difference), 12), "count": float(len(logits))},
        curves=(_curve("gradient", values.flip(0), slopes.flip(0)),),
        x_label="loss",
        y_label="gradient_axis",
    )


def _tensor(*values: float) -> torch.Tensor:
    """One number for one argument, otherwise a vector."""
    return torch.tensor(values[0] if len(values) == 1 else values, dtype=torch.float64)


def _curve(label: str, x: torch.Tensor, y: torch.Tensor) -> Curve:
    return Curve(label, tuple(x.tolist()), tuple(y.tolist()))
