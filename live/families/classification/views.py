"""Which of the losses of the classification page each of its views shows."""

from catalog import Loss, family

BINARY = (
    "zero_one_loss", "bce_with_logits_loss", "bce_loss", "weighted_bce_loss", "focal_loss",
    "hinge_loss", "squared_error_on_sigmoid",
)  # fmt: skip
MULTICLASS = (
    "zero_one_loss", "cross_entropy_loss", "soft_cross_entropy_loss", "nll_loss",
    "multiclass_focal_loss",
)  # fmt: skip
VIEWS = {"binary": BINARY, "multiclass": MULTICLASS, "pipeline": ("cross_entropy_loss",)}
FIRST = {
    "binary": "bce_with_logits_loss",
    "multiclass": "cross_entropy_loss",
    "pipeline": "cross_entropy_loss",
}
"""The loss that a view opens with where the chosen one is not among its own."""


def losses_of(view: str) -> tuple[Loss, ...]:
    """The losses that one view shows."""
    return tuple(loss for loss in family("classification") if loss.id in VIEWS[view])


def view_of(loss: Loss, view: str) -> str:
    """The view itself if it shows the loss, otherwise one that does."""
    if loss in losses_of(view):
        return view
    return "binary" if loss.id in BINARY else "multiclass"
