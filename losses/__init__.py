"""Loss functions in plain PyTorch: `from losses import huber_loss`.

What a module gives to everyone stands in its `__all__`.
"""

from losses import (
    binary,
    boxes,
    classification,
    device,
    distances,
    embeddings,
    information,
    regression,
    segmentation,
    values,
)
from losses.binary import *
from losses.boxes import *
from losses.classification import *
from losses.device import *
from losses.distances import *
from losses.embeddings import *
from losses.information import *
from losses.regression import *
from losses.segmentation import *
from losses.values import *

# They are made from all that stands above.
from losses import modules  # isort: skip
from losses.modules import *  # isort: skip

__all__ = [
    *binary.__all__,
    *boxes.__all__,
    *classification.__all__,
    *device.__all__,
    *distances.__all__,
    *embeddings.__all__,
    *information.__all__,
    *modules.__all__,
    *regression.__all__,
    *segmentation.__all__,
    *values.__all__,
]
