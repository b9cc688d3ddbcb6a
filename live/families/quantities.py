"""The numbers that scenes speak of, by name, computed by torch from a state.

A scene's question has an answer, the answer states facts, and each fact is one of these numbers:
`quantity("boxes", state, "giou_loss", "area", after=20)` is the area of GIoU's box after 20 steps.
"""

from catalog import CATALOG
from live.families import EVERY_PAGE
from live.families.base import State


def quantity(page: str, state: State, loss_id: str, name: str, after: int | None = None) -> float:
    """One number of a state.

    Args:
        page: One of `EVERY_PAGE`.
        state: A complete state of that page.
        loss_id: The loss that the number is about (on the concepts page: the reduction).
        name: "value", "gradient" (its length), a reading of the loss, or what the family has
            beside: see its `quantities.py`.
        after: The number of descent steps after which to look; `None` looks at the state itself.

    Raises:
        ValueError: for a quantity that is not known.
    """
    return EVERY_PAGE[page].quantity(CATALOG.get(loss_id, loss_id), state, name, after)
