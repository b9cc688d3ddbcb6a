"""Flatten a traced ATen graph to the operations of a tape.

Every register of a tape is a flat array of fixed size. Whatever only moves elements about (reshape,
select, expand, cat …) becomes one `take` with constant indices, found by running the ATen operation
itself on index tensors; so a tape is as long as the graph, whatever the size of its arrays.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from live.words.number_format import json_number

SAME_NAME = {
    "add", "sub", "mul", "div", "neg", "abs", "sign", "sqrt", "exp", "log", "log1p", "expm1",
    "tanh", "sinh", "cosh", "atan", "atan2", "sin", "cos", "minimum", "maximum", "pow", "floor",
    "eq", "ne", "lt", "le", "gt", "ge", "isnan", "where", "sigmoid",
}  # fmt: skip
RENAMED = {
    "bitwise_and": "minimum", "logical_and": "minimum",
    "bitwise_or": "maximum", "logical_or": "maximum",
    "bitwise_not": "not", "logical_not": "not",
}  # fmt: skip
UNCHANGED = {"alias", "detach", "clone", "lift_fresh_copy", "contiguous"}
REDUCTIONS = {"sum", "mean", "amax", "amin"}
# Every element of the result is an element of an operand, or the fill.
MOVES = {
    "view", "reshape", "_unsafe_view", "unsqueeze", "squeeze", "select", "slice", "expand",
    "permute", "transpose", "t", "cat", "stack", "flip", "split_with_sizes", "unbind", "repeat",
    "slice_scatter", "select_scatter", "diagonal_scatter", "diagonal", "diagonal_copy", "copy",
    "constant_pad_nd", "index_select", "roll",
}  # fmt: skip


@dataclass(frozen=True)
class Register:
    """A flat array on the tape, seen in the shape that torch gives it."""

    number: int
    shape: tuple[int, ...]


class CannotBeTapedError(RuntimeError):
    """The program uses an operation that the player does not know; the message names it."""


class Recorder:
    """Walks the traced graph and writes each operation once."""

    def __init__(self, names: Sequence[str], shapes: Sequence[tuple[int, ...]]) -> None:
        self.entries: list[tuple[Any, ...]] = []  # ("input", name) | ("constant", values) | (op, …)
        self.sizes: list[int] = []
        self.known: dict[tuple[Any, ...], int] = {}
        self.arguments = [
            self._emit(("input", name), shape) for name, shape in zip(names, shapes, strict=True)
        ]

    def run(self, module: torch.fx.GraphModule) -> Any:
        values: dict[torch.fx.Node, Any] = {}
        arguments = iter(self.arguments)
        for node in module.graph.nodes:
            args = torch.fx.map_arg(node.args, values.__getitem__)
            if node.op == "placeholder":
                values[node] = next(arguments)
            elif node.op == "get_attr":
                values[node] = self._constant(getattr(module, node.target))
            elif node.op == "output":
                return torch.fx.map_arg(node.args[0], values.__getitem__)
            elif node.target is operator.getitem:
                values[node] = args[0][args[1]]
            else:
                kwargs = torch.fx.map_arg(node.kwargs, values.__getitem__)
                values[node] = self._operation(node.target, args, kwargs)
        raise CannotBeTapedError("the traced graph has no output")

    def _operation(self, target: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        name = _name(target)
        if not _registers(args):
            made = target(*args, **kwargs)
            # Autograd's "efficient" zeros own no storage to read from.
            return self._constant(torch.zeros(made.shape) if made._is_zerotensor() else made)
        if name in UNCHANGED or (
            name == "_to_copy" and kwargs.get("dtype", torch.float64).is_floating_point
        ):
            return args[0]
        if name in ("full_like", "zeros_like", "ones_like"):
            fill = float(args[1]) if name == "full_like" else float(name == "ones_like")
            return self._constant(torch.full(args[0].shape, fill, dtype=torch.float64))
        if name in REDUCTIONS:
            return self._reduce(name, *args)
        if name in RENAMED or name in SAME_NAME or hasattr(self, f"_aten_{name}"):
            return self._elementwise(name, args, kwargs)
        return self._structure(target, args, kwargs)

    def _elementwise(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Register:
        if kwargs.get("rounding_mode"):
            raise CannotBeTapedError(f"cannot be taped: {name} with rounding_mode")
        if kwargs.get("alpha", 1) != 1:
            args = [args[0], self._elementwise("mul", [args[1], kwargs["alpha"]], {})]
        special = getattr(self, f"_aten_{name}", None)
        if special is not None:
            return special(*args)
        operands = [self._as_register(arg) for arg in args]
        shape = tuple(torch.broadcast_shapes(*(operand.shape for operand in operands)))
        numbers = [self._expand(operand, shape).number for operand in operands]
        return self._emit((RENAMED.get(name, name), *numbers), shape)

    # Operations whose ATen form is not the player's.

    def _aten_pow(self, base: Any, exponent: Any) -> Register:
        if exponent == 2:
            return self._elementwise("mul", [base, base], {})
        if exponent == 1:
            return base
        if exponent == 0.5:
            return self._emit(("sqrt", base.number), base.shape)
        operands = [self._as_register(base), self._as_register(exponent)]
        shape = tuple(torch.broadcast_shapes(*(operand.shape for operand in operands)))
        return self._emit(("pow", *(self._expand(o, shape).number for o in operands)), shape)

    def _aten_reciprocal(self, value: Register) -> Register:
        return self._elementwise("div", [1.0, value], {})

    def _aten_rsqrt(self, value: Register) -> Register:
        return self._aten_reciprocal(self._emit(("sqrt", value.number), value.shape))

    def _aten_relu(self, value: Register) -> Register:
        return self._elementwise("maximum", [value, 0.0], {})

    def _aten_clamp(self, value: Register, low: Any = None, high: Any = None) -> Register:
        if low is not None:
            value = self._elementwise("maximum", [value, low], {})
        return value if high is None else self._elementwise("minimum", [value, high], {})

    def _aten_clamp_min(self, value: Register, low: Any) -> Register:
        return self._aten_clamp(value, low)

    def _aten_clamp_max(self, value: Register, high: Any) -> Register:
        return self._aten_clamp(value, None, high)

    def _reduce(
        self, name: str, value: Register, dims: Any = None, keepdim: bool = False
    ) -> Register:
        rank = len(value.shape)
        reduced = sorted(d % rank for d in dims) if dims else list(range(rank))
        kept = [d for d in range(rank) if d not in reduced]
        count = torch.Size([value.shape[d] for d in reduced]).numel()
        order = torch.arange(_size(value.shape)).reshape(value.shape).permute(kept + reduced)
        moved = self._take(value, order.flatten(), tuple(order.shape))
        shape = [value.shape[d] for d in kept]
        if keepdim:
            shape = [1 if d in reduced else value.shape[d] for d in range(rank)]
        total = self._emit(("sum" if name == "mean" else name, moved.number, count), tuple(shape))
        return self._elementwise("div", [total, float(count)], {}) if name == "mean" else total

    def _structure(self, target: Any, args: Any, kwargs: Any) -> Any:
        """Run an operation that only moves elements on the positions of the elements."""
        sources = _registers([args, list(kwargs.values())])
        fill = self._as_register(0.0)
        if _name(target) == "constant_pad_nd":  # position 0 stands for the fill
            fill, args = self._as_register(float((*args, 0)[2])), [*args[:2], 0]
        offsets, start = {}, 1
        for source in sources:
            offsets[source] = start
            start += _size(source.shape)

        def positions(value: Any) -> Any:
            if not isinstance(value, Register):
                return value
            first = offsets[value]
            return torch.arange(first, first + _size(value.shape)).reshape(value.shape)

        try:
            moved = target(*_map(args, positions), **_map(dict(kwargs), positions))
        except (RuntimeError, TypeError, IndexError) as error:
            raise CannotBeTapedError(f"cannot be taped: {target} ({error})") from error
        if _name(target) not in MOVES:
            raise CannotBeTapedError(f"cannot be taped: {target}")
        if isinstance(moved, list | tuple):
            return [self._gather(sources, fill, part) for part in moved]
        return self._gather(sources, fill, moved)

    def _gather(self, sources: list[Register], fill: Register, positions: torch.Tensor) -> Register:
        shape = tuple(positions.shape)
        start = 1
        for source in sources:
            size = _size(source.shape)
            if ((positions >= start) & (positions < start + size)).all():
                return self._take(source, (positions - start).flatten(), shape)
            start += size
        together = self._emit(("cat", fill.number, *(s.number for s in sources)), (start,))
        return self._take(together, positions.flatten(), shape)

    # Writing.

    def _take(self, source: Register, index: torch.Tensor, shape: tuple[int, ...]) -> Register:
        positions = index.tolist()
        entry = self.entries[source.number]
        if positions == list(range(self.sizes[source.number])):
            return Register(source.number, shape)
        if entry[0] == "take":
            below = entry[2]
            return self._take(
                Register(entry[1], ()), torch.tensor([below[p] for p in positions]), shape
            )
        if entry[0] == "constant":
            return self._emit(("constant", tuple(entry[1][p] for p in positions)), shape)
        return self._emit(("take", source.number, tuple(positions)), shape)

    def _expand(self, value: Register, shape: tuple[int, ...]) -> Register:
        index = torch.arange(_size(value.shape)).reshape(value.shape).expand(shape)
        return self._take(value, index.flatten(), shape)

    def _as_register(self, value: Any) -> Register:
        return (
            value
            if isinstance(value, Register)
            else self._constant(torch.tensor(value, dtype=torch.float64))
        )

    def _constant(self, tensor: torch.Tensor) -> Register:
        values = tuple(tensor.to(torch.float64).flatten().tolist())
        return self._emit(("constant", values), tuple(tensor.shape))

    def _emit(self, entry: tuple[Any, ...], shape: tuple[int, ...]) -> Register:
        """Write an operation, or find it if the same one stands already."""
        simpler = self._simplify(entry)
        if simpler is not None:
            return Register(simpler, shape)
        key = tuple(map(repr, entry))  # repr tells -0.0 from 0.0 and keeps NaN equal to itself
        if key not in self.known:
            self.known[key] = len(self.entries)
            self.entries.append(entry)
            self.sizes.append(_size(shape))
        return Register(self.known[key], shape)

    def _simplify(self, entry: tuple[Any, ...]) -> int | None:
        """x·1, x/1, x−0 and the sum of a single element are x."""
        neutral = {"mul": 1.0, "div": 1.0, "sub": 0.0, "add": 0.0}.get(entry[0])
        if neutral is not None:
            if self._is_constant(entry[2], neutral):
                return entry[1]
            if entry[0] in ("mul", "add") and self._is_constant(entry[1], neutral):
                return entry[2]
        if entry[0] in ("sum", "amax", "amin") and entry[2] == 1:
            return entry[1]
        return None

    def _is_constant(self, number: int, value: float) -> bool:
        entry = self.entries[number]
        return entry[0] == "constant" and all(element == value for element in entry[1])

    def finish(self, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Drop what no output needs and number the rest: inputs, constants, operations."""
        results = {name: self._as_register(value).number for name, value in outputs.items()}
        needed = set(results.values())
        for number in range(len(self.entries) - 1, -1, -1):
            if number in needed:
                needed.update(_operands(self.entries[number]))
        kinds: dict[str, list[int]] = {"input": [], "constant": [], "operation": []}
        for number, entry in enumerate(self.entries):
            if entry[0] == "input" or number in needed:
                kinds[entry[0] if entry[0] in kinds else "operation"].append(number)
        ordered = [number for kind in kinds.values() for number in kind]
        renumbered = {number: position for position, number in enumerate(ordered)}

        def operation(entry: tuple[Any, ...]) -> list[Any]:
            operands = [renumbered[number] for number in _operands(entry)]
            rest = [list(x) if isinstance(x, tuple) else x for x in entry[1 + len(operands) :]]
            return [entry[0], *operands, *rest]

        entries = self.entries
        return {
            "inputs": [[entries[n][1], self.sizes[n]] for n in kinds["input"]],
            "constants": [[json_number(v) for v in entries[n][1]] for n in kinds["constant"]],
            "operations": [operation(entries[n]) for n in kinds["operation"]],
            "sizes": [self.sizes[n] for n in ordered],
            "outputs": {name: renumbered[number] for name, number in results.items()},
        }


def _operands(entry: tuple[Any, ...]) -> tuple[int, ...]:
    if entry[0] in ("input", "constant"):
        return ()
    if entry[0] in ("take", "sum", "amax", "amin"):
        return entry[1:2]
    return entry[1:]


def _name(target: Any) -> str:
    return target._schema.name.split("::")[-1]


def _registers(value: Any) -> list[Register]:
    if isinstance(value, Register):
        return [value]
    if isinstance(value, list | tuple):
        found = [register for item in value for register in _registers(item)]
        return list(dict.fromkeys(found))
    return []


def _map(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {key: _map(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_map(item, change) for item in value]
    return change(value)


def _size(shape: Sequence[int]) -> int:
    return torch.Size(shape).numel()
