"""The same losses in other libraries, where their packages are at hand.

Only the modules that hold the losses are imported, as Python source: a package whose compiled parts
were built for another torch, or whose other dependencies are missing, still has its losses.
"""

import importlib
import importlib.util
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

Loss = Callable[..., Tensor]
TEMPERATURE, MARGIN, SMOOTHING = 0.1, 0.2, 0.1
BARE = {
    "torchvision": ("torchvision", "torchvision.ops"),
    "fvcore": ("fvcore", "fvcore.nn"),
    "segmentation_models_pytorch": ("segmentation_models_pytorch",),
}
"""Packages whose `__init__` is not run."""


def module(name: str) -> ModuleType:
    """A module of another library."""
    for package in BARE.get(name.partition(".")[0], ()):
        if package not in sys.modules:
            spec = importlib.util.find_spec(package)
            if spec is None or spec.submodule_search_locations is None:
                raise ModuleNotFoundError(f"No module named {package!r}")
            bare = ModuleType(package)
            bare.__path__ = [*spec.submodule_search_locations]
            sys.modules[package] = bare
    return importlib.import_module(name)


def installed(package: str) -> str:
    """The version of a package, or "" where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _torchvision_box(name: str) -> Loss:
    loss = getattr(module(f"torchvision.ops.{name}_loss"), _TORCHVISION[name])
    return lambda prediction, target: loss(prediction, target, reduction="mean")


_TORCHVISION = {"giou": "generalized_box_iou_loss", "ciou": "complete_box_iou_loss"}


def _fvcore_giou() -> Loss:
    loss = module("fvcore.nn.giou_loss").giou_loss
    return lambda prediction, target: loss(prediction, target, reduction="mean")


def _focal(name: str) -> Loss:
    loss = module(name).sigmoid_focal_loss
    return lambda logits, target: loss(logits, target, alpha=0.25, gamma=2.0, reduction="mean")


def _kornia_focal() -> Loss:
    loss = module("kornia.losses").binary_focal_loss_with_logits
    return lambda logits, target: loss(
        logits[:, None], target[:, None], alpha=0.25, gamma=2.0, reduction="mean"
    )


def _smp_focal() -> Loss:
    loss = module("segmentation_models_pytorch.losses.focal").FocalLoss
    return loss("binary", alpha=0.25, gamma=2.0)


def _monai_focal() -> Loss:
    loss = module("monai.losses").FocalLoss(alpha=0.25, gamma=2.0)
    return lambda logits, target: loss(logits[None, None], target[None, None])


def _torch_cross_entropy() -> Loss:
    return lambda logits, labels, weights: functional.cross_entropy(
        logits, labels, weight=weights.to(logits.dtype), label_smoothing=SMOOTHING
    )


def _smp_dice() -> Loss:
    loss = module("segmentation_models_pytorch.losses.dice").DiceLoss
    return loss("binary", from_logits=False, smooth=1.0)


def _torch_info_nce() -> Loss:
    def loss(queries: Tensor, keys: Tensor) -> Tensor:
        similarity = functional.normalize(queries, dim=-1) @ functional.normalize(keys, dim=-1).mT
        labels = torch.arange(len(queries), device=queries.device)
        return functional.cross_entropy(similarity / TEMPERATURE, labels)

    return loss


def _pml_triplets() -> Loss:
    distance = module("pytorch_metric_learning.distances").LpDistance(normalize_embeddings=False)
    reducer = module("pytorch_metric_learning.reducers").MeanReducer()
    mine = module("pytorch_metric_learning.miners").BatchHardMiner(distance=distance)
    loss = module("pytorch_metric_learning.losses").TripletMarginLoss(
        margin=MARGIN, distance=distance, reducer=reducer
    )
    return lambda embeddings, labels: loss(embeddings, labels, mine(embeddings, labels))


Loader = Callable[[], Any]
PEERS: dict[str, dict[str, Loader]] = {
    "GIoU": {
        "torchvision": lambda: _torchvision_box("giou"),
        "fvcore": _fvcore_giou,
    },
    "CIoU": {"torchvision": lambda: _torchvision_box("ciou")},
    "sigmoid focal": {
        "torchvision": lambda: _focal("torchvision.ops.focal_loss"),
        "fvcore": lambda: _focal("fvcore.nn.focal_loss"),
        "kornia": _kornia_focal,
        "segmentation-models-pytorch": _smp_focal,
        "monai": _monai_focal,
    },
    "cross-entropy": {"torch": _torch_cross_entropy},
    "Dice": {
        "segmentation-models-pytorch": _smp_dice,
        "monai": lambda: module("monai.losses").DiceLoss(smooth_nr=1.0, smooth_dr=1.0),
    },
    # NTXentLoss of pytorch-metric-learning asks for N³ numbers: more than there are at N = 1000.
    "InfoNCE": {"torch": _torch_info_nce},
    "batch-hard triplets": {"pytorch-metric-learning": _pml_triplets},
}
"""By loss and by package: what loads the loss, which takes what ours takes and gives its mean."""


def packages() -> list[str]:
    """The packages of all peers, each once."""
    return list(dict.fromkeys(name for peers in PEERS.values() for name in peers))
