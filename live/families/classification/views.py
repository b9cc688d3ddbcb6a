"""Which of the losses of the classification page each of its views shows."""

from catalog import Loss, family

BINARY = (
    "bce_with_logits_loss", "zero_one_loss", "bce_loss", "weighted_bce_loss", "focal_loss",
    "hinge_loss", "squared_error_on_sigmoid",
)  # fmt: skip
MULTICLASS = (
    "cross_entropy_loss", "zero_one_loss", "soft_cross_entropy_loss", "nll_loss",
    "multiclass_focal_loss",
)  # fmt: skip
VIEWS = {"binary": BINARY, "multiclass": MULTICLASS, "pipeline": ("cross_entropy_loss",)}
"""The losses of each view, the one that it opens with first."""


def losses_of(view: str) -> tuple[Loss, ...]:
    """The losses that one view shows."""
    return tuple(loss for loss in family("classification") if loss.id in VIEWS[view])


def view_of(loss: Loss, view: str) -> str:
    """The view itself if it shows the loss, otherwise one that does."""
    if loss in losses_of(view):
        return view
    return "binary" if loss.id in BINARY else "multiclass"
