"""The numbers that scenes speak of, by name, computed by torch from a state.

A scene's question has an answer, the answer states facts, and each fact is one of these numbers:
`measure("boxes", state, "giou_loss", "area", after=20)` is the area of GIoU's box after 20 steps.
"""

from catalog import CATALOG
from experiments.measures import (
    boxes,
    classification,
    concepts,
    distances,
    embeddings,
    information,
    regression,
    segmentation,
)
from experiments.measures.readings import State

MEASURES = {
    "concepts": concepts.measure,
    "regression": regression.measure,
    "boxes": boxes.measure,
    "classification": classification.measure,
    "information": information.measure,
    "embeddings": embeddings.measure,
    "distances": distances.measure,
    "segmentation": segmentation.measure,
}


def measure(
    family: str, state: State, loss_id: str, quantity: str, after: int | None = None
) -> float:
    """One number of a state.

    Args:
        family: One of `MEASURES`.
        state: A complete state of that family's page.
        loss_id: The loss that the number is about (on the concepts page: the gathering).
        quantity: "value", "gradient" (its length), a reading of the loss, or what the family has
            beside: see its module.
        after: The number of descent steps after which to look; `None` looks at the state itself.

    Raises:
        ValueError: for a quantity that is not known.
    """
    return MEASURES[family](CATALOG.get(loss_id, loss_id), state, quantity, after)
