"""How the classes look that `__init__.py` makes of the functions.

Written by `python -m tools.loss_stubs`.
"""
# ruff: noqa: E501, RUF022

from typing import Literal

import torch

from losses.arguments import Scalar
from losses.modules.adaptive import AdaptiveLoss as AdaptiveLoss
from losses.modules.base import LossModule as LossModule
from losses.reduction import Reduction

__all__ = [
    "AdaptiveLoss",
    "LossModule",
    "AlphaIoULoss",
    "BCELoss",
    "BCEWithLogitsLoss",
    "BarronLoss",
    "BarronNLLLoss",
    "BatchAllTripletLoss",
    "BatchHardTripletLoss",
    "CDIoULoss",
    "CIoULoss",
    "CharbonnierLoss",
    "ContrastiveLoss",
    "CosineEmbeddingLoss",
    "CrossEntropy",
    "CrossEntropyLoss",
    "DIoULoss",
    "DiceBCELoss",
    "DiceBCEWithLogitsLoss",
    "DiceCrossEntropyLoss",
    "DiceLoss",
    "DiceWithLogitsLoss",
    "EIoULoss",
    "Entropy",
    "FocalEIoULoss",
    "FocalLoss",
    "FocalLossOnProbabilities",
    "FocalTverskyLoss",
    "FrobeniusNorm",
    "GIoULoss",
    "GeneralisedDiceLoss",
    "HalfMSELoss",
    "HammingCount",
    "HammingDistance",
    "HingeLoss",
    "HuberLoss",
    "InfoNCELoss",
    "InnerIoULoss",
    "IoULoss",
    "JSDivergence",
    "JaccardLoss",
    "KLDivergence",
    "KLDivergenceWithLogits",
    "L1Loss",
    "L1Penalty",
    "L2Penalty",
    "LogCoshLoss",
    "LogIoULoss",
    "MPDIoULoss",
    "MSELoss",
    "MulticlassDiceLoss",
    "MulticlassFocalLoss",
    "NLLLoss",
    "NTXentLoss",
    "NuclearNorm",
    "PixelBCELoss",
    "PixelBCEWithLogitsLoss",
    "PixelFocalLoss",
    "PixelFocalWithLogitsLoss",
    "QuantileLoss",
    "RowNorm",
    "SIoULoss",
    "SemiHardTripletLoss",
    "ShapeIoULoss",
    "SmoothL1Loss",
    "SoftCrossEntropyLoss",
    "SoftMarginTripletLoss",
    "SoftMulticlassFocalLoss",
    "SpectralNorm",
    "SquaredErrorOnSigmoid",
    "SupervisedContrastiveLoss",
    "SwappedTripletLoss",
    "TripletLoss",
    "TverskyLoss",
    "TverskyWithLogitsLoss",
    "WIoULoss",
    "WassersteinDistance",
    "WeightedBCELoss",
    "ZeroOneLoss",
]

class AlphaIoULoss(LossModule):
    """α-IoU loss, 1 − IoU^α, in [0, 1]."""

    def __init__(self, *, alpha: Scalar = 3.0, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class BCELoss(LossModule):
    """Binary cross-entropy of probabilities: −y ln p − (1 − y) ln(1 − p)."""

    def __init__(
        self,
        *,
        pos_weight: Scalar = 1.0,
        label_smoothing: Scalar = 0.0,
        ignore_label: int | None = None,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, probabilities: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class BCEWithLogitsLoss(LossModule):
    """Binary cross-entropy of sigmoid(logits), computed without ever forming the sigmoid."""

    def __init__(
        self,
        *,
        pos_weight: Scalar = 1.0,
        label_smoothing: Scalar = 0.0,
        ignore_label: int | None = None,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class BarronLoss(LossModule):
    """Barron's general robust loss: one knob α from half the squared error to ignoring outliers."""

    def __init__(
        self, *, alpha: Scalar = 0.0, scale: Scalar = 1.0, reduction: Reduction = "mean"
    ) -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class BarronNLLLoss(LossModule):
    """Barron's loss with its normalising term: minus the log of the density that belongs to it."""

    def __init__(
        self, *, alpha: Scalar = 1.0, scale: Scalar = 1.0, reduction: Reduction = "mean"
    ) -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class BatchAllTripletLoss(LossModule):
    """The triplet loss of every triplet that a labelled batch holds."""

    def __init__(
        self,
        *,
        margin: Scalar | None = 0.2,
        distance: Literal["squared", "euclidean"] = "euclidean",
        counted: Literal["all", "active"] = "all",
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, embeddings: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class BatchHardTripletLoss(LossModule):
    """The triplet loss of each anchor with its farthest positive and its nearest negative."""

    def __init__(
        self,
        *,
        margin: Scalar | None = 0.2,
        distance: Literal["squared", "euclidean"] = "euclidean",
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, embeddings: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class CDIoULoss(LossModule):
    """Control-Distance-IoU loss, L_base + Σ‖P_k − T_k‖/(4c), in [0, 2) for the base 1 − IoU."""

    def __init__(
        self, *, base: Literal["iou", "giou", "diou", "ciou"] = "iou", reduction: Reduction = "mean"
    ) -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class CIoULoss(LossModule):
    """Complete-IoU loss, 1 − IoU + ρ²/c² + αv, in [0, 2.5)."""

    def __init__(
        self,
        *,
        trade_off: Literal["constant", "gated", "differentiated"] = "constant",
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class CharbonnierLoss(LossModule):
    """√(r² + ε²) − ε: an absolute error whose kink is rounded off over a width ε."""

    def __init__(self, *, epsilon: Scalar = 1.0, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class ContrastiveLoss(LossModule):
    """Pulls similar pairs together and pushes dissimilar ones at least a margin apart."""

    def __init__(self, *, margin: Scalar = 1.0, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self,
        first: torch.Tensor,
        second: torch.Tensor,
        similar: torch.Tensor,
        weight: torch.Tensor | None = None,
    ) -> torch.Tensor: ...

class CosineEmbeddingLoss(LossModule):
    """Turns similar pairs towards each other and dissimilar ones away; lengths do not matter."""

    def __init__(self, *, margin: Scalar = 0.0, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self,
        first: torch.Tensor,
        second: torch.Tensor,
        similar: torch.Tensor,
        weight: torch.Tensor | None = None,
    ) -> torch.Tensor: ...

class CrossEntropy(LossModule):
    """Expected surprise of someone who believes `model` while outcomes follow `truth`."""

    def __init__(
        self, *, unit: Literal["nats", "bits"] = "nats", reduction: Reduction = "mean"
    ) -> None: ...
    def __call__(
        self, *, truth: torch.Tensor, model: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class CrossEntropyLoss(LossModule):
    """Minus the log of the probability that a softmax over the logits gives the true class."""

    def __init__(
        self,
        *,
        class_weight: torch.Tensor | None = None,
        label_smoothing: Scalar = 0.0,
        ignore_label: int | None = -100,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class DIoULoss(LossModule):
    """Distance-IoU loss, 1 − IoU + ρ²/c², in [0, 2)."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class DiceBCELoss(LossModule):
    """Dice and pixelwise cross-entropy together: the shape from one, a steady slope from the other."""

    def __init__(
        self,
        *,
        dice_weight: Scalar = 1.0,
        bce_weight: Scalar = 1.0,
        smoothing: Scalar = 1.0,
        dim: int | tuple[int, ...] = (-2, -1),
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, probabilities: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class DiceBCEWithLogitsLoss(LossModule):
    """`dice_with_logits_loss` and `pixel_bce_with_logits_loss` together."""

    def __init__(
        self,
        *,
        dice_weight: Scalar = 1.0,
        bce_weight: Scalar = 1.0,
        smoothing: Scalar = 1.0,
        pos_weight: Scalar = 1.0,
        ignore_label: int | None = None,
        dim: int | tuple[int, ...] = (-2, -1),
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class DiceCrossEntropyLoss(LossModule):
    """`multiclass_dice_loss` and the mean cross-entropy of the pixels together."""

    def __init__(
        self,
        *,
        dice_weight: Scalar = 1.0,
        cross_entropy_weight: Scalar = 1.0,
        smoothing: Scalar = 1.0,
        class_weight: torch.Tensor | None = None,
        ignore_label: int | None = -100,
        per_image: bool = True,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class DiceLoss(LossModule):
    """1 minus twice the overlap over the two areas: 1 − (2 Σpg + ε) / (Σp + Σg + ε)."""

    def __init__(
        self,
        *,
        denominator: Literal["sum", "squares"] = "sum",
        smoothing: Scalar = 1.0,
        dim: int | tuple[int, ...] = (-2, -1),
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, probabilities: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class DiceWithLogitsLoss(LossModule):
    """`dice_loss` of sigmoid(logits), with both p and 1 − p computed from the logit."""

    def __init__(
        self,
        *,
        denominator: Literal["sum", "squares"] = "sum",
        smoothing: Scalar = 1.0,
        ignore_label: int | None = None,
        dim: int | tuple[int, ...] = (-2, -1),
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class EIoULoss(LossModule):
    """Efficient-IoU loss, 1 − IoU + ρ²/c² + (w − W)²/C_w² + (h − H)²/C_h², in [0, 3.25)."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class Entropy(LossModule):
    """Expected surprise of a distribution: 0 when the outcome is certain, ln K when all are alike."""

    def __init__(
        self, *, unit: Literal["nats", "bits"] = "nats", reduction: Reduction = "mean"
    ) -> None: ...
    def __call__(
        self, distribution: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class FocalEIoULoss(LossModule):
    """Focal-EIoU loss, IoU^γ · EIoU, in [0, 0.82) for γ = 0.5 (found numerically)."""

    def __init__(
        self,
        *,
        gamma: Scalar = 0.5,
        focusing: Literal["detached", "differentiated", "normalised"] = "detached",
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class FocalLoss(LossModule):
    """Binary cross-entropy on logits that looks away from easy examples."""

    def __init__(
        self,
        *,
        alpha: Scalar | None = 0.25,
        gamma: Scalar = 2.0,
        pos_weight: Scalar = 1.0,
        label_smoothing: Scalar = 0.0,
        ignore_label: int | None = None,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class FocalLossOnProbabilities(LossModule):
    """`focal_loss` where the sigmoid has already been applied."""

    def __init__(
        self,
        *,
        alpha: Scalar | None = 0.25,
        gamma: Scalar = 2.0,
        pos_weight: Scalar = 1.0,
        label_smoothing: Scalar = 0.0,
        ignore_label: int | None = None,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, probabilities: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class FocalTverskyLoss(LossModule):
    """The Tversky loss to the power 1/γ, which for γ > 1 lifts the masks that are almost right."""

    def __init__(
        self,
        *,
        fp_weight: Scalar = 0.3,
        fn_weight: Scalar = 0.7,
        gamma: Scalar = 1.3333333333333333,
        smoothing: Scalar = 1.0,
        dim: int | tuple[int, ...] = (-2, -1),
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, probabilities: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class FrobeniusNorm(LossModule):
    """Frobenius norm of the difference: the matrix read as one long vector, and its length."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class GIoULoss(LossModule):
    """Generalized-IoU loss, 1 − IoU + (C − U)/C, in [0, 2)."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class GeneralisedDiceLoss(LossModule):
    """One Dice loss of all classes: the overlaps and the areas are each summed with class weights."""

    def __init__(
        self,
        *,
        smoothing: Scalar = 1e-06,
        ignore_label: int | None = -100,
        per_image: bool = True,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class HalfMSELoss(LossModule):
    """Half the squared error, r²/2, so that the gradient is r itself."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class HammingCount(LossModule):
    """Number of places at which two codes differ: `hamming_distance` times their length."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, first: torch.Tensor, second: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class HammingDistance(LossModule):
    """Share of the places at which two codes differ."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, first: torch.Tensor, second: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class HingeLoss(LossModule):
    """How far a score falls short of the margin on the right side: max(0, m − s z), s = 2y − 1."""

    def __init__(
        self,
        *,
        margin: Scalar = 1.0,
        pos_weight: Scalar = 1.0,
        label_smoothing: Scalar = 0.0,
        ignore_label: int | None = None,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class HuberLoss(LossModule):
    """The parabola r²/2 near the target, the tangent line δ(|r| − δ/2) beyond δ."""

    def __init__(self, *, delta: Scalar = 1.0, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class InfoNCELoss(LossModule):
    """A classification among keys: each query must find its own, by cosine similarity."""

    def __init__(self, *, temperature: Scalar = 0.1, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, queries: torch.Tensor, keys: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class InnerIoULoss(LossModule):
    """Inner-IoU loss, 1 − IoU of both boxes scaled about their own centres, in [0, 1]."""

    def __init__(self, *, ratio: Scalar = 0.75, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class IoULoss(LossModule):
    """IoU (Jaccard) loss, 1 − IoU, in [0, 1]."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class JSDivergence(LossModule):
    """Jensen–Shannon divergence: the mean divergence of two distributions from their middle."""

    def __init__(
        self, *, unit: Literal["nats", "bits"] = "nats", reduction: Reduction = "mean"
    ) -> None: ...
    def __call__(
        self, first: torch.Tensor, second: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class JaccardLoss(LossModule):
    """1 minus intersection over union of the masks: 1 − (Σpg + ε) / (Σp + Σg − Σpg + ε)."""

    def __init__(
        self,
        *,
        smoothing: Scalar = 1.0,
        dim: int | tuple[int, ...] = (-2, -1),
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, probabilities: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class KLDivergence(LossModule):
    """Kullback–Leibler divergence D(truth ‖ model): what believing `model` costs on top."""

    def __init__(
        self, *, unit: Literal["nats", "bits"] = "nats", reduction: Reduction = "mean"
    ) -> None: ...
    def __call__(
        self, *, truth: torch.Tensor, model: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class KLDivergenceWithLogits(LossModule):
    """`kl_divergence` of two softmaxes, from their logits."""

    def __init__(
        self, *, unit: Literal["nats", "bits"] = "nats", reduction: Reduction = "mean"
    ) -> None: ...
    def __call__(
        self, *, truth: torch.Tensor, model: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class L1Loss(LossModule):
    """Absolute error |r|, in the unit of the data: every unit of error costs the same."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class L1Penalty(LossModule):
    """λ Σ|w|: a price on weights that sends the unneeded ones to exactly 0."""

    def __init__(self, *, strength: Scalar) -> None: ...
    def __call__(self, weights: torch.Tensor) -> torch.Tensor: ...

class L2Penalty(LossModule):
    """λ Σw²: a price on weights that makes all of them smaller and none of them 0."""

    def __init__(self, *, strength: Scalar) -> None: ...
    def __call__(self, weights: torch.Tensor) -> torch.Tensor: ...

class LogCoshLoss(LossModule):
    """ln cosh r: r²/2 near the target, |r| − ln 2 far from it, smooth in between."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class LogIoULoss(LossModule):
    """The IoU loss of UnitBox, −ln IoU, in [0, ∞]."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class MPDIoULoss(LossModule):
    """MPDIoU loss, 1 − IoU + (d₁² + d₂²)/(w² + h²), below 3 for boxes inside the image."""

    def __init__(
        self, *, image_size: tuple[Scalar, Scalar], reduction: Reduction = "mean"
    ) -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class MSELoss(LossModule):
    """Squared error r², in the squared unit of the data: twice the error costs four times as much."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class MulticlassDiceLoss(LossModule):
    """The mean of the Dice losses of all classes, each against all others, of softmax(logits)."""

    def __init__(
        self,
        *,
        smoothing: Scalar = 1.0,
        class_weight: torch.Tensor | None = None,
        ignore_label: int | None = -100,
        per_image: bool = True,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class MulticlassFocalLoss(LossModule):
    """Cross-entropy times (1 − p)^γ, where p is the softmax probability of the true class."""

    def __init__(
        self,
        *,
        gamma: Scalar = 2.0,
        class_alpha: torch.Tensor | None = None,
        label_smoothing: Scalar = 0.0,
        ignore_label: int | None = -100,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class NLLLoss(LossModule):
    """Negative log-likelihood: minus the log-probability of the true class."""

    def __init__(
        self,
        *,
        class_weight: torch.Tensor | None = None,
        label_smoothing: Scalar = 0.0,
        ignore_label: int | None = -100,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self,
        log_probabilities: torch.Tensor,
        labels: torch.Tensor,
        weight: torch.Tensor | None = None,
    ) -> torch.Tensor: ...

class NTXentLoss(LossModule):
    """Each view must find the other view of its sample among all views of the batch."""

    def __init__(self, *, temperature: Scalar = 0.1, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, first: torch.Tensor, second: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class NuclearNorm(LossModule):
    """Sum of the singular values of the difference: the convex stand-in for its rank."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class PixelBCELoss(LossModule):
    """Binary cross-entropy of every pixel, averaged over the mask."""

    def __init__(
        self, *, dim: int | tuple[int, ...] = (-2, -1), reduction: Reduction = "mean"
    ) -> None: ...
    def __call__(
        self, probabilities: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class PixelBCEWithLogitsLoss(LossModule):
    """`bce_with_logits_loss` of every pixel, averaged over the pixels of the mask that count."""

    def __init__(
        self,
        *,
        pos_weight: Scalar = 1.0,
        label_smoothing: Scalar = 0.0,
        ignore_label: int | None = None,
        dim: int | tuple[int, ...] = (-2, -1),
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class PixelFocalLoss(LossModule):
    """Focal loss of every pixel, averaged over the mask: the easy background falls silent."""

    def __init__(
        self,
        *,
        alpha: Scalar | None = 0.25,
        gamma: Scalar = 2.0,
        dim: int | tuple[int, ...] = (-2, -1),
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, probabilities: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class PixelFocalWithLogitsLoss(LossModule):
    """`focal_loss` of every pixel, averaged over the pixels of the mask that count."""

    def __init__(
        self,
        *,
        alpha: Scalar | None = 0.25,
        gamma: Scalar = 2.0,
        pos_weight: Scalar = 1.0,
        label_smoothing: Scalar = 0.0,
        ignore_label: int | None = None,
        dim: int | tuple[int, ...] = (-2, -1),
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class QuantileLoss(LossModule):
    """The pinball loss: an error below the target costs τ a unit, one above it 1 − τ."""

    def __init__(self, *, tau: Scalar = 0.9, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class RowNorm(LossModule):
    """Mean length of the rows of the difference: the mean Euclidean distance of paired points."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class SIoULoss(LossModule):
    """SIoU loss, 1 − IoU + (Δ + Ω)/2, in [0, 2.03) for θ = 4."""

    def __init__(self, *, theta: Scalar = 4.0, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class SemiHardTripletLoss(LossModule):
    """The triplet loss of every positive pair with its semi-hard negative."""

    def __init__(
        self,
        *,
        margin: Scalar | None = 0.2,
        distance: Literal["squared", "euclidean"] = "squared",
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, embeddings: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class ShapeIoULoss(LossModule):
    """Shape-IoU loss, in [0, 2.16) for scale 0: distance and shape weighted by the target's shape."""

    def __init__(self, *, scale: Scalar = 0.0, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class SmoothL1Loss(LossModule):
    """A parabola r²/(2β) near the target, |r| − β/2 beyond β: slope ±1 outside, whatever β."""

    def __init__(self, *, beta: Scalar = 1.0, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class SoftCrossEntropyLoss(LossModule):
    """Cross-entropy where the target is a whole distribution: a teacher's, or several opinions."""

    def __init__(
        self,
        *,
        class_weight: torch.Tensor | None = None,
        label_smoothing: Scalar = 0.0,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, probabilities: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class SoftMarginTripletLoss(LossModule):
    """A triplet loss without a margin to choose: ln(1 + e^(d(a, p) − d(a, n)))."""

    def __init__(
        self,
        *,
        distance: Literal["squared", "euclidean"] = "euclidean",
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self,
        anchor: torch.Tensor,
        positive: torch.Tensor,
        negative: torch.Tensor,
        weight: torch.Tensor | None = None,
    ) -> torch.Tensor: ...

class SoftMulticlassFocalLoss(LossModule):
    """The focal loss where the target is a whole distribution: −Σ q_k (1 − p_k)^γ ln p_k."""

    def __init__(
        self,
        *,
        gamma: Scalar = 2.0,
        class_alpha: torch.Tensor | None = None,
        label_smoothing: Scalar = 0.0,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, probabilities: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class SpectralNorm(LossModule):
    """Largest singular value of the difference: the most by which it can stretch a vector."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class SquaredErrorOnSigmoid(LossModule):
    """(sigmoid(z) − y)²: the Brier score, and a poor teacher."""

    def __init__(
        self,
        *,
        pos_weight: Scalar = 1.0,
        label_smoothing: Scalar = 0.0,
        ignore_label: int | None = None,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class SupervisedContrastiveLoss(LossModule):
    """Each embedding must find all others of its class among the whole batch."""

    def __init__(self, *, temperature: Scalar = 0.1, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, embeddings: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class SwappedTripletLoss(LossModule):
    """A triplet loss that lets anchor and positive swap places, to see the negative that is nearer."""

    def __init__(
        self,
        *,
        margin: Scalar = 0.2,
        distance: Literal["squared", "euclidean"] = "euclidean",
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self,
        anchor: torch.Tensor,
        positive: torch.Tensor,
        negative: torch.Tensor,
        weight: torch.Tensor | None = None,
    ) -> torch.Tensor: ...

class TripletLoss(LossModule):
    """Asks that the negative be farther from the anchor than the positive, by a margin."""

    def __init__(
        self,
        *,
        margin: Scalar = 0.2,
        distance: Literal["squared", "euclidean"] = "squared",
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self,
        anchor: torch.Tensor,
        positive: torch.Tensor,
        negative: torch.Tensor,
        weight: torch.Tensor | None = None,
    ) -> torch.Tensor: ...

class TverskyLoss(LossModule):
    """Dice with a price for each kind of mistake: 1 − (TP + ε) / (TP + a FP + b FN + ε)."""

    def __init__(
        self,
        *,
        fp_weight: Scalar = 0.3,
        fn_weight: Scalar = 0.7,
        smoothing: Scalar = 1.0,
        dim: int | tuple[int, ...] = (-2, -1),
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, probabilities: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class TverskyWithLogitsLoss(LossModule):
    """`tversky_loss` of sigmoid(logits), with both p and 1 − p computed from the logit."""

    def __init__(
        self,
        *,
        fp_weight: Scalar = 0.3,
        fn_weight: Scalar = 0.7,
        smoothing: Scalar = 1.0,
        ignore_label: int | None = None,
        dim: int | tuple[int, ...] = (-2, -1),
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class WIoULoss(LossModule):
    """Wise-IoU loss, version 1, exp(ρ²/c²)(1 − IoU), in [0, e)."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class WassersteinDistance(LossModule):
    """Wasserstein-1 or earth mover's distance between histograms over bins one unit apart."""

    def __init__(self, *, reduction: Reduction = "mean") -> None: ...
    def __call__(
        self, first: torch.Tensor, second: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class WeightedBCELoss(LossModule):
    """Binary cross-entropy with prices: −w₊ y ln p − w₋ (1 − y) ln(1 − p)."""

    def __init__(
        self,
        *,
        positive_weight: Scalar = 1.0,
        negative_weight: Scalar = 1.0,
        label_smoothing: Scalar = 0.0,
        ignore_label: int | None = None,
        reduction: Reduction = "mean",
    ) -> None: ...
    def __call__(
        self, probabilities: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...

class ZeroOneLoss(LossModule):
    """1 for every wrong answer, 0 for every right one: the mean is the error rate."""

    def __init__(
        self, *, ignore_label: int | None = None, reduction: Reduction = "mean"
    ) -> None: ...
    def __call__(
        self, prediction: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor: ...
