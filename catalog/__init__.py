"""Every loss of the package, one record each: `CATALOG["huber_loss"]`, `family("boxes")`."""

from catalog.boxes import BOXES
from catalog.classification import CLASSIFICATION
from catalog.distances import DISTANCES
from catalog.embeddings import EMBEDDINGS
from catalog.information import INFORMATION
from catalog.record import Claims, Loss, Option, Parameter, Reference
from catalog.regression import REGRESSION
from catalog.segmentation import SEGMENTATION

CATALOG: dict[str, Loss] = {
    loss.id: loss
    for loss in (
        *REGRESSION,
        *BOXES,
        *CLASSIFICATION,
        *INFORMATION,
        *EMBEDDINGS,
        *DISTANCES,
        *SEGMENTATION,
    )
}
FAMILIES: tuple[str, ...] = tuple(dict.fromkeys(loss.family for loss in CATALOG.values()))


def family(name: str) -> tuple[Loss, ...]:
    """The losses of one family, in the order in which its page shows them."""
    if name not in FAMILIES:
        raise ValueError(f"family must be one of {', '.join(FAMILIES)}; got {name!r}")
    return tuple(loss for loss in CATALOG.values() if loss.family == name)


__all__ = ["CATALOG", "FAMILIES", "Claims", "Loss", "Option", "Parameter", "Reference", "family"]
