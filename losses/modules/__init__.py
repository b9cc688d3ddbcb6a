"""A class for every loss: `HuberLoss(delta=2.0)` is `huber_loss` that remembers its options.

The classes are made from the functions when the package is imported; how they look to a type
checker or an editor stands in `__init__.pyi`, which `python -m tools.loss_stubs` writes.
"""

import losses
from losses.modules.adaptive import AdaptiveLoss
from losses.modules.base import LossModule
from losses.modules.classes import class_of
from losses.modules.form import is_loss

_MADE = [class_of(value, __name__) for value in list(vars(losses).values()) if is_loss(value)]
globals().update({one.__name__: one for one in _MADE})

__all__ = ["AdaptiveLoss", "LossModule", *sorted(one.__name__ for one in _MADE)]
