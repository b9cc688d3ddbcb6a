"""Half precision in, half precision out, computed in single precision between."""

import torch


def at_least_float32(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor in float32 where its dtype is shorter, otherwise the tensor itself.

    Sums over a picture leave float16's range (65 504), a temperature takes similarities out of it,
    and some kernels of PyTorch exist for the longer dtypes only. A loss that needs this computes
    in the longer dtype and returns its result in the dtype of its input.
    """
    return tensor.to(torch.promote_types(tensor.dtype, torch.float32))
