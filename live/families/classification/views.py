"""Which of the losses of the classification page each of its views shows: their records say it."""

from catalog import Loss, views


def losses_of(view: str) -> tuple[Loss, ...]:
    """The losses that one view shows."""
    return views("classification")[view]


def view_of(loss: Loss, view: str) -> str:
    """The view itself if it shows the loss, otherwise one that does."""
    return view if view in loss.views else loss.views[0]
