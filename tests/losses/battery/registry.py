"""The cases of the battery: every public function, with data on which it must keep every rule.

A case is a batch of three samples. Its numbers are few-digit ones that bfloat16 holds exactly, so
that all dtypes are given the same, and lie away from kinks.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
import torch
from torch import Tensor

import losses
from losses.modules.form import is_loss

SAMPLES = 3
Data = dict[str, Tensor]


@dataclass(frozen=True)
class Case:
    """A public function with one choice of its options.

    name: the function, by which `-k` selects its tests.
    data: its tensors by argument, `SAMPLES` of them in dimension 0.
    options: the other keywords.
    option: what tells the case from others of the same function.
    event: how many dimensions one sample of the first tensor has.
    weighted: whether it takes `weight` and `reduction`.
    constant: whether autograd is told that some part of it is a constant, so that its gradient is
        not that of the value. (The tests of boxes hold those to an oracle.)
    alike: whether the first two tensors have one shape, by `check_shapes`.
    crosses: whether pairs of all with all are made by broadcasting, as for boxes.
    raises_on_nan: whether a NaN is an error also where values cannot be read.
    batched: whether a single sample needs a dimension in front, too.
    limits: the infinities of one number of the first tensor at which the loss has a limit. It has
        none where all numbers of a sample together make a size, a direction or a softmax.
    """

    name: str
    data: Data
    options: Mapping[str, Any] = field(default_factory=dict)
    option: str = ""
    event: int = 0
    weighted: bool = True
    constant: bool = False
    alike: bool = True
    crosses: bool = False
    raises_on_nan: bool = False
    batched: bool = False
    limits: tuple[float, ...] = (math.inf, -math.inf)

    def __str__(self) -> str:
        return f"{self.name}-{self.option}" if self.option else self.name

    @property
    def tensors(self) -> tuple[Tensor, ...]:
        return tuple(self.data.values())

    @property
    def differentiable(self) -> list[int]:
        """Which of the tensors have a gradient."""
        return [i for i, tensor in enumerate(self.tensors) if tensor.is_floating_point()]

    def __call__(self, *tensors: Tensor, **keywords: Any) -> Tensor:
        given = dict(zip(self.data, tensors, strict=True))
        return getattr(losses, self.name)(**given, **self.options, **keywords)

    def each(self, *tensors: Tensor, **keywords: Any) -> Tensor:
        """The unreduced losses."""
        return self(*tensors, **keywords, **({"reduction": "none"} if self.weighted else {}))

    def of_one(self, losses: Callable[..., Tensor]) -> Callable[..., Tensor]:
        """The loss of a single sample, made from that of a batch."""
        if not self.batched:
            return losses
        return lambda *sample: losses(*(tensor.unsqueeze(0) for tensor in sample)).squeeze(0)

    def given(self, dtype: torch.dtype) -> list[Tensor]:
        """The tensors, the floating ones in this dtype, fresh."""
        return [
            tensor.detach().clone().to(dtype) if tensor.is_floating_point() else tensor.clone()
            for tensor in self.tensors
        ]


def _numbers(*shape: int, seed: int, low: float = -3.0, high: float = 3.0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    drawn = low + (high - low) * torch.rand(shape, generator=generator)
    return drawn.bfloat16().double()


def _boxes(seed: int) -> Tensor:
    corner = _numbers(SAMPLES, 2, seed=seed, low=0, high=1)
    sides = _numbers(SAMPLES, 2, seed=seed + 50, low=1, high=3)
    return torch.cat((corner, corner + sides), 1).bfloat16().double()


RESIDUALS = {
    "prediction": torch.tensor([0.625, -2.25, 5.5], dtype=torch.float64),
    "target": torch.tensor([0.25, 0.5, -1.25], dtype=torch.float64),
}
TARGET = torch.tensor([0.25, 0.875, 0.5], dtype=torch.float64)
LOGITS = {"logits": torch.tensor([1.75, -0.5, 3.25], dtype=torch.float64), "target": TARGET}
CHANCES = {"probabilities": torch.tensor([0.75, 0.375, 0.0625]).double(), "target": TARGET}
LABELS = torch.tensor([2, 0, 1])
CLASSES = {"logits": _numbers(SAMPLES, 3, seed=1), "labels": LABELS}
CLASS_WEIGHT = torch.tensor([0.5, 2.0, 1.25])
LOGS = {"log_probabilities": _numbers(SAMPLES, 3, seed=2, low=-4, high=-0.25), "labels": LABELS}
P = torch.tensor([[0.5, 0.25, 0.125, 0.125], [0.0625, 0.4375, 0.25, 0.25], [0.75, 0.125, 0.0625,
                 0.0625]], dtype=torch.float64)  # fmt: skip
# No cumulative sums of the two are equal: there the distance between piles has a kink.
Q = torch.tensor([[0.25, 0.25, 0.25, 0.25], [0.5, 0.125, 0.25, 0.125], [0.25, 0.125, 0.5, 0.125]],
                 dtype=torch.float64)  # fmt: skip
SOFT = {"logits": _numbers(SAMPLES, 4, seed=3), "probabilities": P}
PAIR = {"truth": P, "model": Q}
PILES = {"first": P, "second": Q}
POINTS = {"first": _numbers(SAMPLES, 3, seed=4), "second": _numbers(SAMPLES, 3, seed=5)}
ROWS = {"prediction": POINTS["first"], "target": POINTS["second"]}
SIMILAR = POINTS | {"similar": torch.tensor([0.75, 0.25, 0.5], dtype=torch.float64)}
TRIPLETS = dict(
    zip(
        ("anchor", "positive", "negative"),
        (_numbers(SAMPLES, 3, seed=seed) for seed in (6, 7, 8)),
        strict=True,
    )
)
QUERIES = {"queries": _numbers(SAMPLES, 2, 3, seed=9), "keys": _numbers(SAMPLES, 4, 3, seed=10)}
VIEWS = {"first": _numbers(SAMPLES, 4, 3, seed=25), "second": _numbers(SAMPLES, 4, 3, seed=26)}
BATCHES = {
    "embeddings": _numbers(SAMPLES, 6, 3, seed=27),
    "labels": torch.tensor([[0, 0, 1, 1, 2, 2], [5, 2, 5, 2, 7, 7], [1, 0, -1, -1, 0, 1]]),
}
MATRICES = {
    "prediction": _numbers(SAMPLES, 3, 2, seed=11),
    "target": _numbers(SAMPLES, 3, 2, seed=12),
}
SETS = {"first": _numbers(SAMPLES, 2, 3, seed=23), "second": _numbers(SAMPLES, 3, 3, seed=24)}
CODES = {
    "first": torch.tensor([[1.0, 0, 2], [0, 0, 1], [2, 1, 1]], dtype=torch.float64),
    "second": torch.tensor([[1.0, 1, 0], [0, 0, 1], [0, 2, 0]], dtype=torch.float64),
}
MASKS = {
    "probabilities": _numbers(SAMPLES, 2, 3, seed=15, low=0.125, high=0.875),
    "target": _numbers(SAMPLES, 2, 3, seed=16, low=0.125, high=0.875),
}
MASK_LOGITS = {"logits": _numbers(SAMPLES, 2, 3, seed=25), "target": MASKS["target"]}
PICTURES = {
    "logits": _numbers(SAMPLES, 3, 4, seed=26),
    "labels": torch.tensor([[0, 1, 1, 2], [1, 0, 0, 0], [2, 2, 1, 0]]),
}
PAIR_OF_LOGITS = {"truth": _numbers(SAMPLES, 4, seed=27), "model": _numbers(SAMPLES, 4, seed=28)}
WEIGHTS = {"weights": torch.tensor([0.75, -1.5, 2.25], dtype=torch.float64)}
BOXES = {"prediction": _boxes(17), "target": _boxes(18)}

_box = partial(Case, data=BOXES, event=1, crosses=True, limits=())
_classes = partial(Case, event=1, alike=False, limits=(-math.inf,))
_vectors = partial(Case, event=1, limits=())
_mask = partial(Case, data=MASKS, event=2)
_mask_logits = partial(Case, data=MASK_LOGITS, event=2)
_pictures = partial(Case, data=PICTURES, event=2, alike=False, batched=True, limits=(-math.inf,))
_norm = partial(Case, data=MATRICES, event=2, limits=())
_piles = partial(Case, data=PILES, event=1)
_sets = partial(Case, data=SETS, event=2, weighted=False, limits=())


def _batch(name: str, options: Mapping[str, Any], option: str = "") -> Case:
    return Case(name, BATCHES, options, option, event=2, alike=False, limits=())


CASES = (
    *(Case(name, RESIDUALS) for name in ("l1_loss", "mse_loss", "half_mse_loss", "huber_loss",
                                         "smooth_l1_loss", "log_cosh_loss", "quantile_loss",
                                         "charbonnier_loss", "barron_loss")),
    Case("barron_loss", RESIDUALS, {"alpha": -1.5, "scale": 0.5}, "robust"),
    Case("barron_nll_loss", RESIDUALS),
    Case("barron_nll_loss", RESIDUALS, {"alpha": 1.75, "scale": 0.5}, "scaled"),
    Case("bce_with_logits_loss", LOGITS),
    Case("bce_with_logits_loss", LOGITS, {"pos_weight": 3.0}, "pos_weight"),
    *(Case(name, data, {"pos_weight": 3.0, "label_smoothing": 0.25}, "pos_weight and smoothing")
      for data, names in (
          (LOGITS, ("bce_with_logits_loss", "focal_loss", "hinge_loss",
                    "squared_error_on_sigmoid")),
          (CHANCES, ("bce_loss", "focal_loss_on_probabilities")))
      for name in names),
    Case("weighted_bce_loss", CHANCES, {"positive_weight": 0.8, "label_smoothing": 0.25},
         "smoothing"),
    Case("focal_loss", LOGITS),
    Case("focal_loss", LOGITS, {"gamma": 0.5, "alpha": None}, "root"),
    Case("hinge_loss", LOGITS),
    Case("squared_error_on_sigmoid", LOGITS),
    Case("bce_loss", CHANCES),
    Case("weighted_bce_loss", CHANCES, {"positive_weight": 0.8, "negative_weight": 0.2}),
    Case("focal_loss_on_probabilities", CHANCES),
    Case("focal_loss_on_probabilities", CHANCES, {"gamma": 0.5}, "root"),
    Case("zero_one_loss", {"prediction": torch.tensor([0.0, 1, 2]).double(), "labels": LABELS}),
    _classes("cross_entropy_loss", CLASSES),
    _classes("cross_entropy_loss", CLASSES, {"class_weight": CLASS_WEIGHT, "label_smoothing": 0.1},
             "weights and smoothing"),
    _classes("nll_loss", LOGS),
    _classes("nll_loss", LOGS, {"class_weight": CLASS_WEIGHT}, "weights"),
    _classes("multiclass_focal_loss", CLASSES),
    _classes("multiclass_focal_loss", CLASSES, {"gamma": 0.5, "class_alpha": CLASS_WEIGHT}, "root"),
    _classes("soft_cross_entropy_loss", SOFT),
    _classes("soft_cross_entropy_loss", SOFT,
             {"class_weight": torch.ones(4), "label_smoothing": 0.2}, "weights and smoothing"),
    _classes("nll_loss", LOGS, {"class_weight": CLASS_WEIGHT, "label_smoothing": 0.1},
             "weights and smoothing"),
    _classes("multiclass_focal_loss", CLASSES, {"class_alpha": CLASS_WEIGHT,
             "label_smoothing": 0.1}, "smoothing"),
    _classes("soft_multiclass_focal_loss", SOFT),
    _classes("soft_multiclass_focal_loss", SOFT,
             {"gamma": 0.5, "class_alpha": torch.tensor([0.5, 2.0, 1.25, 1.0]),
              "label_smoothing": 0.2}, "root and smoothing"),
    Case("self_information", {"probability": Q[0, :3]}, weighted=False),
    Case("entropy", {"distribution": Q}, event=1),
    Case("cross_entropy", PAIR, event=1),
    Case("kl_divergence", PAIR, event=1),
    Case("kl_divergence", PAIR, {"unit": "bits"}, "bits", event=1),
    Case("kl_divergence_with_logits", PAIR_OF_LOGITS, event=1, limits=(-math.inf,)),
    _piles("js_divergence"),
    _piles("wasserstein_distance"),
    _vectors("contrastive_loss", SIMILAR, {"margin": 6.0}),
    _vectors("cosine_embedding_loss", SIMILAR, {"margin": -0.75}),
    _vectors("triplet_loss", TRIPLETS, {"margin": 40.0}),
    _vectors("triplet_loss", TRIPLETS, {"margin": 8.0, "distance": "euclidean"}, "euclidean"),
    _vectors("info_nce_loss", QUERIES, {"temperature": 0.5}, event=2),
    _vectors("nt_xent_loss", VIEWS, {"temperature": 0.5}, event=2),
    _batch("supervised_contrastive_loss", {"temperature": 0.5}),
    _vectors("soft_margin_triplet_loss", TRIPLETS),
    _vectors("swapped_triplet_loss", TRIPLETS, {"margin": 8.0}),
    _vectors("swapped_triplet_loss", TRIPLETS, {"margin": 40.0, "distance": "squared"}, "squared"),
    *(_batch(f"{name}_triplet_loss", options, option)
      for name in ("batch_all", "batch_hard", "semi_hard")
      for option, options in (
          ("euclidean", {"margin": 8.0, "distance": "euclidean"}),
          ("squared", {"margin": 60.0, "distance": "squared"}),
          ("soft", {"margin": None, "distance": "euclidean"}))),
    _batch("batch_all_triplet_loss", {"margin": 8.0, "counted": "active"}, "active"),
    _norm("frobenius_norm"),
    _vectors("row_norm", ROWS),
    _norm("spectral_norm", raises_on_nan=True),
    _norm("nuclear_norm", raises_on_nan=True),
    _norm("nuclear_norm", data={key: value.mT for key, value in MATRICES.items()}, option="wide",
          raises_on_nan=True),
    *(_sets("pairwise_distance", options={"p": p}, option=f"p {p:g}")
      for p in (1.0, 1.5, 2.0, 3.5, 50.0, math.inf)),
    _sets("pairwise_distance", options={"p": torch.tensor(2.5)}, option="p as a tensor"),
    Case("hamming_distance", CODES, event=1),
    Case("hamming_count", CODES, event=1),
    *(Case(name, WEIGHTS, {"strength": 0.3}, weighted=False)
      for name in ("l1_penalty", "l2_penalty", "l1_shrinkage", "l2_shrinkage")),
    _mask("dice_loss"),
    _mask("dice_loss", options={"denominator": "squares"}, option="squares"),
    *(_mask(name) for name in ("tversky_loss", "focal_tversky_loss", "jaccard_loss",
                               "pixel_bce_loss", "pixel_focal_loss", "dice_bce_loss")),
    *(_mask_logits(name) for name in (
        "dice_with_logits_loss", "tversky_with_logits_loss", "pixel_bce_with_logits_loss",
        "pixel_focal_with_logits_loss", "dice_bce_with_logits_loss")),
    _mask_logits("dice_with_logits_loss", options={"denominator": "squares"}, option="squares"),
    _mask_logits("pixel_bce_with_logits_loss",
                 options={"pos_weight": 3.0, "label_smoothing": 0.25}, option="pos_weight"),
    *(_pictures(name) for name in (
        "multiclass_dice_loss", "generalised_dice_loss", "dice_cross_entropy_loss")),
    _pictures("multiclass_dice_loss", options={"class_weight": CLASS_WEIGHT}, option="weights"),
    _pictures("dice_cross_entropy_loss", options={"class_weight": CLASS_WEIGHT},
              option="weights"),
    *(_box(name) for name in ("iou_loss", "log_iou_loss", "giou_loss", "diou_loss", "eiou_loss",
                              "cdiou_loss", "siou_loss", "alpha_iou_loss", "inner_iou_loss")),
    _box("mpdiou_loss", options={"image_size": (8.0, 6.0)}),
    _box("ciou_loss", constant=True),
    _box("ciou_loss", options={"trade_off": "differentiated"}, option="differentiated"),
    _box("focal_eiou_loss", constant=True),
    _box("focal_eiou_loss", options={"focusing": "differentiated"}, option="differentiated"),
    _box("wiou_loss", constant=True),
    _box("shape_iou_loss", constant=True, options={"scale": 0.7}),
    _box("box_iou", weighted=False),
    *(Case(name, {"boxes": BOXES["prediction"]}, weighted=False, event=1)
      for name in ("corners_to_centre", "centre_to_corners")),
    Case("box_convert", {"boxes": BOXES["prediction"]}, {"in_fmt": "xyxy", "out_fmt": "cxcywh"},
         weighted=False, event=1, limits=()),
)  # fmt: skip

NOT_TESTED = {
    "best_device": "chooses a device, takes no tensor",
    "device_name": "names a device, takes no tensor",
    "check_boxes": "reads values and returns nothing: tests/losses/boxes/test_tensors",
    "check_distribution": "reads values and returns nothing: test_values",
    "check_finite": "reads values and returns nothing: test_values",
    "check_labels": "reads values and returns nothing: test_values",
    "check_probability": "reads values and returns nothing: test_values",
}
"""Public functions without a case, and why."""


def each_case(choose: Callable[[Case], bool] = lambda case: True) -> pytest.MarkDecorator:
    """Runs a test for every case, or for those that a rule concerns."""
    return pytest.mark.parametrize("case", [case for case in CASES if choose(case)], ids=str)


def is_first(case: Case) -> bool:
    """Of those of its function: for tests that take long and do not depend on the options."""
    return case is next(other for other in CASES if other.name == case.name)


def has_class(case: Case) -> bool:
    return is_loss(getattr(losses, case.name))
