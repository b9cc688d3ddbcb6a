"""What a torch program depends on, as one short text: change anything of it, and the text changes.

A function is its bytecode, its constants, defaults and closure, and whatever it names of the
modules around it, function by function; of a record it reads only the fields that some function
names. So a loss that is changed forgets its own tapes and no others, and a comment forgets none.
Whatever is not understood counts as all of the sources together: a tape may be recorded too often,
but never reused wrongly.
"""

import dataclasses
import dis
import functools
import hashlib
import sys
import types
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import torch

from live.disk_cache import ROOT, digest_of

SOURCES = tuple(
    ROOT / folder for folder in ("losses", "catalog", "experiments", "live/families", "live/tape")
)
ATOMS = (str, bytes, int, float, complex, range, slice, types.NoneType, types.EllipsisType)
DYNAMIC = {"getattr", "globals", "vars", "eval", "exec", "__import__", "import_module"}
"""What reaches names that no bytecode names."""
COMPILED_BY = f"{sys.implementation.cache_tag}, torch {torch.__version__}"
"""Python's own sign of which compiled code it may use again: a patch of Python records nothing anew
(what it compiles otherwise has another fingerprint by itself)."""


class UnfamiliarError(TypeError):
    """A program holds something whose contents are not understood."""


class _Node(NamedTuple):
    """A value that is described, kept alive: its id stays its own."""

    value: Any
    text: str
    reversed_parts: list[Any]
    has_identity: bool
    """Equal numbers and texts may or may not be one object, and are never told by a number."""


class Fingerprints:
    """The fingerprints of several programs, which share most of what they depend on.

    A program is a function, or a tuple of functions, records and plain values.
    """

    def __init__(self, programs: Mapping[str, Any]) -> None:
        self.programs = programs
        self.names: set[str] = set()
        self.nodes: dict[int, _Node] = {}
        self._collect_names()

    def __getitem__(self, key: str) -> str:
        try:
            described = list(self._walk(self.programs[key]))
        except UnfamiliarError:
            described = [key, digest_of(SOURCES)]
        return hashlib.sha256("\n".join([COMPILED_BY, *described]).encode()).hexdigest()[:24]

    def unfamiliar(self) -> dict[str, str]:
        """The programs that count as all sources, and what is not understood of them."""
        found = {}
        for key, program in self.programs.items():
            try:
                list(self._walk(program))
            except UnfamiliarError as error:
                found[key] = str(error)
        return found

    def _collect_names(self) -> None:
        """Every name in the bytecode of every function that can be reached."""
        known = -1
        while known < len(self.names):
            known = len(self.names)
            self.nodes.clear()  # a new name opens more of a module or a record
            waiting = [*self.programs.values()]
            while waiting:
                value = waiting.pop()
                if id(value) not in self.nodes:
                    with suppress(UnfamiliarError):
                        waiting.extend(self._node(value).reversed_parts)

    def _walk(self, root: Any) -> Iterator[str]:
        """What `root` holds, depth first; what has been seen is named by its number."""
        numbers: dict[int, int] = {}
        waiting = [root]
        while waiting:
            value = waiting.pop()
            if (number := numbers.get(id(value))) is not None:
                yield f"seen {number}"
                continue
            node = self.nodes.get(id(value)) or self._node(value)
            if node.has_identity:
                numbers[id(value)] = len(numbers)
            yield node.text
            waiting.extend(node.reversed_parts)

    def _node(self, value: Any) -> _Node:
        text, parts = self._describe(value)
        node = _Node(value, f"{text} of {len(parts)}", parts[::-1], _has_identity(value))
        self.nodes[id(value)] = node
        return node

    def _describe(self, value: Any) -> tuple[str, list[Any]]:
        """A text for the value itself, and the values in it."""
        kind = type(value).__name__
        match value:
            case _ if type(value) in (bool, *ATOMS):
                return f"{kind} {value!r}", []
            case tuple() | list():
                return kind, [*value]
            case dict() | types.MappingProxyType():
                return kind, [part for item in value.items() for part in item]
            case set() | frozenset() if all(type(item) in ATOMS for item in value):
                return kind, sorted(value, key=repr)
            case torch.Tensor():
                return f"{kind} {value.dtype}", [value.tolist()]
            case torch.dtype() | torch.device() | types.UnionType():
                return repr(value), []
            case functools.partial():
                return kind, [value.func, value.args, value.keywords]
            case types.MethodType():
                return kind, [value.__func__, value.__self__]
            case types.FunctionType() if _ours(value.__code__.co_filename):
                return self._function(value)
            case types.FunctionType() if hasattr(value, "__wrapped__"):  # by a decorator of torch
                return f"{value.__code__.co_qualname}", [value.__wrapped__]
            case types.ModuleType() if _ours(getattr(value, "__file__", None)):
                names = sorted(self.names & vars(value).keys())
                return f"module {value.__name__} {names}", [vars(value)[name] for name in names]
            case types.ModuleType():
                return f"module {value.__name__}", []
            case type() if _is_our_class(value):
                return self._class(value)
            case _ if hasattr(value, "cache_parameters"):  # a cached function
                return "cached", [value.__wrapped__]
            case _ if kind == "_tuplegetter":  # a field of a named tuple
                return repr(value), []
            case _ if dataclasses.is_dataclass(value) and _is_our_class(type(value)):
                fields = [f.name for f in dataclasses.fields(value) if f.name in self.names]
                return f"record {fields}", [type(value), *(getattr(value, f) for f in fields)]
            case _ if hasattr(value, "__qualname__") and hasattr(value, "__module__"):
                return f"{value.__module__}.{value.__qualname__}", []  # of torch, or of Python
        raise UnfamiliarError(f"{kind} {value!r:.80}")

    def _function(self, function: types.FunctionType) -> tuple[str, list[Any]]:
        code = function.__code__
        names = _names(code)
        self.names |= names
        if hidden := (DYNAMIC & names) | _hidden(code):
            raise UnfamiliarError(f"{function.__qualname__} uses {', '.join(sorted(hidden))}")
        used = sorted(names & function.__globals__.keys())
        cells = [cell.cell_contents for cell in function.__closure__ or ()]
        around = [function.__globals__[name] for name in used]
        given = [function.__defaults__, function.__kwdefaults__]
        text = f"{function.__qualname__} {_digest(code)} {used}"
        return text, [*given, *cells, *around]

    def _class(self, kind: type) -> tuple[str, list[Any]]:
        """Its bases, and all of its attributes but those that Python itself puts there."""
        own = {
            name: part
            for name, part in sorted(vars(kind).items())
            if not (name.startswith("__") and name not in ("__call__", "__post_init__"))
        }
        functions = [
            part.fget if isinstance(part, property) else getattr(part, "__func__", part)
            for part in own.values()
        ]
        return f"class {kind.__qualname__} {[*own]}", [*functions, *kind.__bases__]


@cache
def _names(code: types.CodeType) -> set[str]:
    inner = (part for part in code.co_consts if isinstance(part, types.CodeType))
    return {*code.co_names}.union(*map(_names, inner))


@cache
def _hidden(code: types.CodeType) -> set[str]:
    """Statements of a function that bring in, or change, what its module does not show."""
    found = {step.opname for step in dis.get_instructions(code)} & {"IMPORT_NAME", "STORE_GLOBAL"}
    inner = (part for part in code.co_consts if isinstance(part, types.CodeType))
    return found.union(*map(_hidden, inner))


@cache
def _digest(code: types.CodeType) -> str:
    """The bytecode and the constants that it loads: a docstring is one that it does not."""
    digest = hashlib.sha256(code.co_code)
    shape = (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags)
    digest.update(repr((shape, code.co_names, code.co_varnames, code.co_freevars)).encode())
    loaded = {step.arg or 0 for step in dis.get_instructions(code) if step.opcode in dis.hasconst}
    for place in sorted(loaded):
        constant = code.co_consts[place]
        if isinstance(constant, frozenset):
            constant = sorted(constant, key=repr)  # whose order changes from start to start
        inner = isinstance(constant, types.CodeType)
        digest.update((_digest(constant) if inner else repr(constant)).encode() + b"\0")
    return digest.hexdigest()


def _has_identity(value: Any) -> bool:
    return isinstance(value, types.FunctionType | types.ModuleType | type) or (
        dataclasses.is_dataclass(value)
    )


def _ours(file: str | None) -> bool:
    path = Path(file or "")
    return path.is_relative_to(ROOT) and "site-packages" not in path.parts


def _is_our_class(kind: type) -> bool:
    top = kind.__module__.split(".")[0]
    return (ROOT / top).is_dir() or (ROOT / f"{top}.py").is_file()
