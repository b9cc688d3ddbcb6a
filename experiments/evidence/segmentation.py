"""The evidence for the claims about losses of masks."""

import torch

from experiments.evidence.record import Curve, Evidence
from experiments.segmentation import scores
from losses.segmentation import dice_loss, jaccard_loss, tversky_loss

NOTES_SMOOTHING = 1e-6
PREDICTION = torch.tensor([[0.9, 0.2, 0.4, 0.7]], dtype=torch.float64)
TARGET = torch.tensor([[1.0, 0.0, 1.0, 1.0]], dtype=torch.float64)
"""The four pixels of the study notes' kind of example."""


def dice_and_f1() -> Evidence:
    """Soft Dice and F1 at every threshold, for a mask that is right but unsure."""
    prediction = torch.tensor([[0.6, 0.6, 0.4, 0.4]], dtype=torch.float64)
    target = torch.tensor([[1.0, 1.0, 0.0, 0.0]], dtype=torch.float64)
    soft = 1 - dice_loss(prediction, target, smoothing=0.0).item()
    thresholds = torch.linspace(0.05, 0.95, 91, dtype=torch.float64).tolist()
    f1 = [scores(prediction, target, threshold)["dice"].item() for threshold in thresholds]
    return Evidence(
        numbers={
            "f1_at_half": scores(prediction, target, 0.5)["dice"].item(),
            "soft": soft,
            "plain": dice_loss(PREDICTION, TARGET, smoothing=0.0).item(),
            "squares": dice_loss(PREDICTION, TARGET, denominator="squares", smoothing=0.0).item(),
        },
        curves=(
            Curve("f1", tuple(thresholds), tuple(f1)),
            Curve("soft_dice", tuple(thresholds), (soft,) * len(thresholds)),
        ),
        x_label="threshold",
        y_label="score",
    )


def second_sigmoid() -> Evidence:
    """The truth given as the prediction, once as it is and once through a sigmoid."""

    def mask(share: float) -> torch.Tensor:
        return (torch.arange(100) < round(100 * share)).double().reshape(10, 10)

    def twice(share: float) -> float:
        target = mask(share)
        return dice_loss(torch.sigmoid(target), target, smoothing=NOTES_SMOOTHING).item()

    def once(share: float) -> float:
        return dice_loss(mask(share), mask(share), smoothing=NOTES_SMOOTHING).item()

    shares = tuple(percent / 100 for percent in range(1, 100))
    half = mask(0.5)
    tversky = tversky_loss(torch.sigmoid(half), half, smoothing=NOTES_SMOOTHING)
    ends = torch.sigmoid(torch.tensor([0.0, 1.0], dtype=torch.float64))
    return Evidence(
        numbers={
            "lowest": ends[0].item(),
            "highest": ends[1].item(),
            "dice_half": twice(0.5),
            "tversky_half": tversky.item(),
            "dice_rare": twice(0.01),
        },
        curves=(
            Curve("twice", shares, tuple(map(twice, shares))),
            Curve("once", shares, tuple(map(once, shares))),
        ),
        x_label="share",
        y_label="loss",
    )


def target_of_five_sizes() -> Evidence:
    """What `expand` with five sizes does to batches of pictures, and to a batch of volumes."""
    five = (-1, 1, -1, -1, -1)
    batches = [torch.zeros(count, 1, 8, 8) for count in (1, 2, 4, 8)]

    def refuses(batch: torch.Tensor) -> bool:
        try:
            batch.expand(five)
        except RuntimeError:
            return True
        return False

    volumes = torch.zeros(2, 1, 6, 8, 8)
    summed_over_two = volumes.expand(five).sum((-2, -1))
    return Evidence(
        numbers={
            "dimensions": float(batches[0].ndim),
            "sizes": float(len(five)),
            "tried": float(len(batches)),
            "refused": float(sum(map(refuses, batches))),
            "masks": float(volumes.shape[0] * volumes.shape[1]),
            "values": float(summed_over_two.numel()),
        }
    )


def index_and_loss() -> Evidence:
    """Tversky with weights of one half beside Dice, with and without smoothing."""
    epsilon = 0.1
    equal = {"fp_weight": 0.5, "fn_weight": 0.5}
    dice = dice_loss(PREDICTION, TARGET, smoothing=0.0).item()
    return Evidence(
        numbers={
            "tversky_half": tversky_loss(PREDICTION, TARGET, **equal, smoothing=0.0).item(),
            "dice": dice,
            "coefficient": 1 - dice,
            "epsilon": epsilon,
            "tversky_smooth": tversky_loss(PREDICTION, TARGET, **equal, smoothing=epsilon).item(),
            "dice_twice": dice_loss(PREDICTION, TARGET, smoothing=2 * epsilon).item(),
            "dice_same": dice_loss(PREDICTION, TARGET, smoothing=epsilon).item(),
        }
    )


def special_cases() -> Evidence:
    """The Tversky index while both weights grow together."""

    def index(weight: float) -> float:
        loss = tversky_loss(PREDICTION, TARGET, fp_weight=weight, fn_weight=weight, smoothing=0.0)
        return 1 - loss.item()

    dice = 1 - dice_loss(PREDICTION, TARGET, smoothing=0.0).item()
    jaccard = 1 - jaccard_loss(PREDICTION, TARGET, smoothing=0.0).item()
    weights = tuple(step / 20 for step in range(2, 25))
    return Evidence(
        numbers={
            "dice_gap": round(abs(index(0.5) - dice), 12),
            "jaccard_gap": round(abs(index(1.0) - jaccard), 12),
        },
        curves=(
            Curve("index", weights, tuple(map(index, weights))),
            Curve("dice", weights, (dice,) * len(weights)),
            Curve("jaccard", weights, (jaccard,) * len(weights)),
        ),
        x_label="weight",
        y_label="value",
    )


def price_of_a_miss() -> Evidence:
    """Two pixels missed against two too many; and the threshold that is cheapest for a model whose
    scores overlap: quantiles of two normal distributions, two standard deviations apart, with one
    object pixel in five."""
    target = torch.cat((torch.ones(10), torch.zeros(10))).double()[None]
    missed, extra = target.clone(), target.clone()
    missed[0, :2], extra[0, 10:12] = 0.0, 1.0

    def cost(prediction: torch.Tensor, fp_weight: float) -> float:
        weights = {"fp_weight": fp_weight, "fn_weight": 1 - fp_weight}
        return tversky_loss(prediction, target, **weights, smoothing=0.0).item()

    ranks = (torch.arange(400, dtype=torch.float64) + 0.5) / 400
    many = (torch.arange(1600, dtype=torch.float64) + 0.5) / 1600
    seen = torch.cat((torch.special.ndtri(ranks) + 2, torch.special.ndtri(many)))[None]
    truth = torch.cat((torch.ones(400), torch.zeros(1600))).double()[None]
    thresholds = torch.linspace(-2, 4, 301, dtype=torch.float64)
    masks = (seen >= thresholds[:, None, None]).double()

    def cheapest(fn_weight: float) -> dict[str, float]:
        costs = tversky_loss(
            masks, truth, fp_weight=1 - fn_weight, fn_weight=fn_weight, reduction="none"
        )
        found = scores(masks[costs.argmin()], truth, 0.5)
        return {name: score.item() for name, score in found.items()}

    prices = tuple(step / 20 for step in range(1, 20))
    best = [cheapest(price) for price in prices]
    low, high = cheapest(0.1), cheapest(0.9)
    return Evidence(
        numbers={
            "missed_tversky": cost(missed, 0.3),
            "extra_tversky": cost(extra, 0.3),
            "missed_dice": cost(missed, 0.5),
            "extra_dice": cost(extra, 0.5),
            "recall_low": low["recall"],
            "recall_high": high["recall"],
            "precision_low": low["precision"],
            "precision_high": high["precision"],
        },
        curves=tuple(
            Curve(name, prices, tuple(scored[name] for scored in best))
            for name in ("recall", "precision")
        ),
        x_label="fn_weight",
        y_label="score",
    )


def one_more_missed() -> Evidence:
    """By how much the Dice loss rises when one more pixel of an object is missed."""
    numbers = {"small": 4.0, "large": 400.0}
    for name, count in list(numbers.items()):
        target = torch.ones(1, int(count), dtype=torch.float64)
        missed = target.clone()
        missed[0, 0] = 0
        jump = dice_loss(missed, target, smoothing=0.0) - dice_loss(target, target, smoothing=0.0)
        numbers[f"{name}_jump"] = float(jump)
    return Evidence(numbers=numbers)
