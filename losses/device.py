"""Where large batches live: CUDA, then Apple's MPS, then the CPU.

Single float64 values stay on the CPU: MPS has no float64, and one number gains nothing elsewhere.
"""

import functools
import logging
from collections.abc import Callable

import torch

__all__ = ["best_device", "device_name"]

logger = logging.getLogger(__name__)


@functools.cache
def best_device() -> torch.device:
    """The fastest device that really works; asked once a process.

    A device that torch reports but that then refuses a tiny computation (a driver that does not
    match, a card that others have filled) is skipped with a warning in the log.

    Returns:
        A `torch.device`: `cuda`, else `mps`, else `cpu`. It takes no arguments and raises nothing
        for a device that does not work.

    Example:
        >>> best_device().type in ("cuda", "mps", "cpu")
        True
    """
    reported: dict[str, Callable[[], bool]] = {
        "cuda": torch.cuda.is_available,
        "mps": torch.backends.mps.is_available,
    }
    for name, available in reported.items():
        try:
            if available():
                (torch.ones(2, device=name) + 1).sum().item()
                return torch.device(name)
        except (RuntimeError, AssertionError) as error:  # torch without CUDA asserts
            logger.warning("%s is reported but does not work, so it is skipped: %s", name, error)
    return torch.device("cpu")


def device_name() -> str:
    """What a badge says about `best_device()`: "CPU", "Apple GPU", or the name of the GPU.

    Returns:
        A short name, a `str`. It takes no arguments.

    Example:
        >>> isinstance(device_name(), str)
        True
    """
    device = best_device()
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return {"mps": "Apple GPU", "cpu": "CPU"}[device.type]
