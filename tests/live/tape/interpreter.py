"""A second player of tapes, in numpy: slow, obvious, and independent of the browser's.

It knows a tape only by what `live/tape/record.py` says of its form, and computes in any dtype.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

Array = np.ndarray


def _truth(compare):
    return lambda a, b: compare(a, b).astype(a.dtype)


def _sigmoid(a):
    """As torch's kernel: rounded to float32 at least inside; what calls it rounds the result."""
    return a.dtype.type(1) / (a.dtype.type(1) + np.exp(-a))


ELEMENTWISE = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "neg": np.negative,
    "minimum": np.minimum, "maximum": np.maximum, "abs": np.abs, "sign": np.sign, "sqrt": np.sqrt,
    "exp": np.exp, "log": np.log, "log1p": np.log1p, "expm1": np.expm1, "pow": np.power,
    "tanh": np.tanh, "sinh": np.sinh, "cosh": np.cosh, "sin": np.sin, "cos": np.cos,
    "atan": np.arctan, "atan2": np.arctan2, "floor": np.floor,
    "eq": _truth(np.equal), "ne": _truth(np.not_equal), "lt": _truth(np.less),
    "le": _truth(np.less_equal), "gt": _truth(np.greater), "ge": _truth(np.greater_equal),
    "not": lambda a: (a == 0).astype(a.dtype), "isnan": lambda a: np.isnan(a).astype(a.dtype),
    "where": lambda c, a, b: np.where(c != 0, a, b),
    "sigmoid": lambda a: _sigmoid(a.astype(np.promote_types(a.dtype, np.float32))),
}  # fmt: skip
FOLDS = {"sum": np.sum, "amax": np.max, "amin": np.min}


def play(tape: Mapping[str, Any], inputs: Mapping[str, Any], dtype: Any = np.float64) -> dict:
    """The outputs of a tape, each `(elements, lanes)`, for inputs `(elements, lanes)`."""
    lanes = max((np.shape(v)[1] for v in inputs.values() if np.ndim(v) == 2), default=1)
    registers: list[Array] = []
    with np.errstate(all="ignore"):
        for name, size in tape["inputs"]:
            values = np.asarray(inputs[name], dtype=dtype)
            registers.append(np.broadcast_to(values.reshape(size, -1), (size, lanes)))
        for values in tape["constants"]:
            column = np.array([float(value) for value in values], dtype=dtype)
            registers.append(np.broadcast_to(column[:, None], (len(values), lanes)))
        for operation, size in zip(
            tape["operations"], tape["sizes"][len(registers) :], strict=True
        ):
            made = _apply(operation, registers)
            assert made.shape == (size, lanes), operation
            registers.append(made.astype(dtype))
    return {name: registers[number] for name, number in tape["outputs"].items()}


def _apply(operation: list[Any], registers: list[Array]) -> Array:
    name, *operands = operation
    if name == "take":
        return registers[operands[0]][operands[1]]
    if name == "cat":
        return np.concatenate([registers[number] for number in operands])
    if name in FOLDS:
        source, count = operands
        folded = registers[source].reshape(-1, count, registers[source].shape[1])
        return FOLDS[name](folded, axis=1)
    return ELEMENTWISE[name](*(registers[number] for number in operands))
