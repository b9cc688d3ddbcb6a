"""The records of the losses of masks.

Every value is split into what the false alarms and what the misses contribute; the two readings
`alarm` and `miss` sum to it.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch

from catalog.record import Loss, Option, Parameter, Properties
from catalog.references import cite
from losses import segmentation
from losses.arguments import Scalar
from losses.binary import bce_loss, focal_loss_on_probabilities
from losses.segmentation.dice import DENOMINATORS, Denominator

Numbers = Mapping[str, torch.Tensor]
MASK = (-2, -1)


def _areas(probabilities: torch.Tensor, target: torch.Tensor) -> dict[str, torch.Tensor]:
    """The soft counts: Σ pg, Σ p(1 − g), Σ (1 − p)g."""
    overlap = probabilities * target
    return {
        "true_positives": overlap.sum(MASK),
        "false_positives": (probabilities - overlap).sum(MASK),
        "false_negatives": (target - overlap).sum(MASK),
    }


def _parts(alarm: torch.Tensor, miss: torch.Tensor, whole: torch.Tensor) -> Numbers:
    whole = torch.where(whole == 0, 1, whole)
    return {"alarm": alarm / whole, "miss": miss / whole}


def _pixel_parts(pixels: torch.Tensor, target: torch.Tensor) -> Numbers:
    """Means over the mask of what stands on the background and on the object."""
    return {"alarm": (pixels * (1 - target)).mean(MASK), "miss": (pixels * target).mean(MASK)}


def _dice(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    denominator: Denominator,
    smoothing: Scalar,
) -> Numbers:
    """`squares` is 1 for the denominator of the V-Net paper; then `error` and `squared_areas` are
    Σ (p − g)² and Σ p² + Σ g²."""
    areas = _areas(probabilities, target)
    alarm, miss = areas["false_positives"], areas["false_negatives"]
    squared_errors = (probabilities - target) ** 2
    squared_areas = (probabilities * probabilities + target * target).sum(MASK)
    if denominator == "squares":
        alarm = (squared_errors * (1 - target)).sum(MASK)
        miss = (squared_errors * target).sum(MASK)
        whole = squared_areas
    else:
        whole = 2 * areas["true_positives"] + alarm + miss
    return {
        **areas,
        **_parts(alarm, miss, whole + smoothing),
        "error": squared_errors.sum(MASK),
        "squared_areas": squared_areas,
        "squares": torch.full_like(alarm, float(denominator == "squares")),
    }


def _tversky(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    fp_weight: Scalar,
    fn_weight: Scalar,
    smoothing: Scalar,
) -> Numbers:
    areas = _areas(probabilities, target)
    alarm, miss = fp_weight * areas["false_positives"], fn_weight * areas["false_negatives"]
    return {**areas, **_parts(alarm, miss, areas["true_positives"] + alarm + miss + smoothing)}


def _focal_tversky(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    fp_weight: Scalar,
    fn_weight: Scalar,
    gamma: Scalar,
    smoothing: Scalar,
) -> Numbers:
    """The power is of the sum; it is split in the proportion of what it is a power of."""
    weights: dict[str, Any] = {
        "fp_weight": fp_weight,
        "fn_weight": fn_weight,
        "smoothing": smoothing,
    }
    plain = _tversky(probabilities, target, **weights)
    value = segmentation.focal_tversky_loss(
        probabilities, target, gamma=gamma, **weights, reduction="none"
    )
    parts = _parts(value * plain["alarm"], value * plain["miss"], plain["alarm"] + plain["miss"])
    return {**plain, **parts}


def _jaccard(probabilities: torch.Tensor, target: torch.Tensor, *, smoothing: Scalar) -> Numbers:
    return _tversky(probabilities, target, fp_weight=1.0, fn_weight=1.0, smoothing=smoothing)


def _pixel_bce(probabilities: torch.Tensor, target: torch.Tensor) -> Numbers:
    return _pixel_parts(bce_loss(probabilities, target, reduction="none"), target)


def _pixel_focal(
    probabilities: torch.Tensor, target: torch.Tensor, *, alpha: Scalar, gamma: Scalar
) -> Numbers:
    pixels = focal_loss_on_probabilities(
        probabilities, target, alpha=alpha, gamma=gamma, reduction="none"
    )
    return _pixel_parts(pixels, target)


def _dice_bce(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    dice_weight: Scalar,
    bce_weight: Scalar,
    smoothing: Scalar,
) -> Numbers:
    dice = _dice(probabilities, target, denominator="sum", smoothing=smoothing)
    bce = _pixel_bce(probabilities, target)
    return {
        "dice": dice["alarm"] + dice["miss"],
        "bce": bce["alarm"] + bce["miss"],
        "alarm": dice_weight * dice["alarm"] + bce_weight * bce["alarm"],
        "miss": dice_weight * dice["miss"] + bce_weight * bce["miss"],
    }


HIT = r"\term{hit}{\mathrm{TP}}"
ALARM = r"\term{alarm}{\mathrm{FP}}"
MISS = r"\term{miss}{\mathrm{FN}}"
HIT_NUMBER = r"\term{hit}{\value{true_positives}}"
ALARM_NUMBER = r"\term{alarm}{\value{false_positives}}"
MISS_NUMBER = r"\term{miss}{\value{false_negatives}}"
TVERSKY_FORMULA = (
    rf"\frac{{w_{{\mathrm{{FP}}}}\,{ALARM} + w_{{\mathrm{{FN}}}}\,{MISS}}}"
    rf"{{{HIT} + w_{{\mathrm{{FP}}}}\,{ALARM} + w_{{\mathrm{{FN}}}}\,{MISS} + \varepsilon}}"
)
WEIGHED = rf"\value{{fp_weight}}\cdot {ALARM_NUMBER} + \value{{fn_weight}}\cdot {MISS_NUMBER}"
TVERSKY_NUMBERS = rf"\frac{{{WEIGHED}}}{{{HIT_NUMBER} + {WEIGHED} + \value{{smoothing}}}}"
PARTS_NUMBERS = r"\term{miss}{\value{miss}} + \term{alarm}{\value{alarm}}"

TERMS = ("alarm", "miss")
SMOOTHING = Parameter("smoothing", r"\varepsilon", 1.0, 1e-6, 100.0, logarithmic=True)
FP_WEIGHT = Parameter("fp_weight", r"w_{\mathrm{FP}}", 0.3, 0.0, 1.0)
FN_WEIGHT = Parameter("fn_weight", r"w_{\mathrm{FN}}", 0.7, 0.0, 1.0)


OVERLAP = Properties(
    convex=False,
    smooth=True,
    bounded_gradient=True,
    symmetric=True,
    highest=1.0,
    shift_invariant=False,
)
PIXELWISE = Properties(
    convex=True,
    smooth=True,
    bounded_gradient=False,
    symmetric=False,
    shift_invariant=False,
)

LOSSES: tuple[Loss, ...] = (
    Loss(
        id="dice_loss",
        family="segmentation",
        function=segmentation.dice_loss,
        look="blue",
        formula=rf"\frac{{{ALARM} + {MISS}}}{{2\,{HIT} + {ALARM} + {MISS} + \varepsilon}}"
        r"\qquad\allowbreak\text{V-Net: }\frac{\sum (p-g)^2}{\sum p^2 + \sum g^2 + \varepsilon}",
        formula_with_values=(
            ("squares", r"\frac{\value{error}}{\value{squared_areas} + \value{smoothing}}"),
            (
                "",
                rf"\frac{{{ALARM_NUMBER} + {MISS_NUMBER}}}"
                rf"{{2\cdot {HIT_NUMBER} + {ALARM_NUMBER} + {MISS_NUMBER} + \value{{smoothing}}}}",
            ),
        ),
        intermediates=_dice,
        properties=OVERLAP,
        references=cite("milletari_2016", "dice_1945", "sorensen_1948", "li_2020"),
        parameters=(SMOOTHING,),
        options=(Option("denominator", DENOMINATORS),),
        terms=TERMS,
        related=("jaccard_loss", "tversky_loss", "dice_bce_loss"),
    ),
    Loss(
        id="jaccard_loss",
        family="segmentation",
        function=segmentation.jaccard_loss,
        look="vermilion",
        formula=rf"\frac{{{ALARM} + {MISS}}}{{{HIT} + {ALARM} + {MISS} + \varepsilon}}",
        formula_with_values=(
            (
                "",
                rf"\frac{{{ALARM_NUMBER} + {MISS_NUMBER}}}"
                rf"{{{HIT_NUMBER} + {ALARM_NUMBER} + {MISS_NUMBER} + \value{{smoothing}}}}",
            ),
        ),
        intermediates=_jaccard,
        properties=OVERLAP,
        references=cite("rahman_2016", "jaccard_1901"),
        parameters=(SMOOTHING,),
        terms=TERMS,
        related=("dice_loss", "tversky_loss", "iou_loss"),
    ),
    Loss(
        id="tversky_loss",
        family="segmentation",
        function=segmentation.tversky_loss,
        look="green",
        formula=TVERSKY_FORMULA,
        formula_with_values=(("", TVERSKY_NUMBERS),),
        intermediates=_tversky,
        properties=replace(OVERLAP, symmetric=False),
        references=cite("salehi_2017", "tversky_1977"),
        parameters=(FP_WEIGHT, FN_WEIGHT, SMOOTHING),
        terms=TERMS,
        related=("dice_loss", "jaccard_loss", "focal_tversky_loss"),
    ),
    Loss(
        id="focal_tversky_loss",
        family="segmentation",
        function=segmentation.focal_tversky_loss,
        look="purple",
        formula=rf"\left({TVERSKY_FORMULA}\right)^{{1/\gamma}}",
        formula_with_values=(("", rf"\left({TVERSKY_NUMBERS}\right)^{{1/\value{{gamma}}}}"),),
        intermediates=_focal_tversky,
        properties=replace(OVERLAP, symmetric=False, bounded_gradient=False),
        references=cite("abraham_2019", "salehi_2017"),
        parameters=(
            FP_WEIGHT,
            FN_WEIGHT,
            Parameter("gamma", r"\gamma", 4 / 3, 0.5, 3.0),
            SMOOTHING,
        ),
        terms=TERMS,
        related=("tversky_loss", "pixel_focal_loss"),
    ),
    Loss(
        id="pixel_bce_loss",
        family="segmentation",
        function=segmentation.pixel_bce_loss,
        look="orange",
        formula=r"\term{miss}{-\tfrac{1}{N}\sum g\ln p}"
        r"\;\term{alarm}{-\,\tfrac{1}{N}\sum (1-g)\ln(1-p)}",
        formula_with_values=(("", PARTS_NUMBERS),),
        intermediates=_pixel_bce,
        properties=PIXELWISE,
        references=cite("ronneberger_2015", "cox_1958"),
        terms=TERMS,
        related=("pixel_focal_loss", "dice_bce_loss"),
    ),
    Loss(
        id="pixel_focal_loss",
        family="segmentation",
        function=segmentation.pixel_focal_loss,
        look="sky",
        formula=r"\term{miss}{-\tfrac{1}{N}\sum \alpha g(1-p)^\gamma\ln p}"
        r"\;\term{alarm}{-\,\tfrac{1}{N}\sum (1-\alpha)(1-g)p^\gamma\ln(1-p)}",
        formula_with_values=(("", PARTS_NUMBERS),),
        intermediates=_pixel_focal,
        properties=PIXELWISE,
        references=cite("lin_2017"),
        parameters=(
            Parameter("alpha", r"\alpha", 0.25, 0.0, 1.0),
            Parameter("gamma", r"\gamma", 2.0, 0.0, 5.0),
        ),
        terms=TERMS,
        related=("pixel_bce_loss", "focal_tversky_loss"),
    ),
    Loss(
        id="dice_bce_loss",
        family="segmentation",
        function=segmentation.dice_bce_loss,
        look="grey",
        formula=r"w_{\mathrm{D}}\,L_{\text{Dice}} + w_{\mathrm{B}}\,L_{\text{BCE}}",
        formula_with_values=(
            (
                "",
                r"\value{dice_weight}\cdot \value{dice} + \value{bce_weight}\cdot \value{bce}",
            ),
        ),
        intermediates=_dice_bce,
        properties=replace(OVERLAP, bounded_gradient=False, symmetric=False, highest=math.inf),
        references=cite("isensee_2021"),
        parameters=(
            Parameter("dice_weight", r"w_{\mathrm{D}}", 1.0, 0.0, 5.0),
            Parameter("bce_weight", r"w_{\mathrm{B}}", 1.0, 0.0, 5.0),
            SMOOTHING,
        ),
        terms=TERMS,
        related=("dice_loss", "pixel_bce_loss"),
    ),
)
