"""A function of `losses` and what it calls, without what a reader who pastes it does not need.

Arguments that are left out are set to their defaults, and what then never happens is dropped: a
small partial evaluation of the source. Checks of arguments go, and so do weights, ignored labels
and the handling of dtypes. What remains is the mathematics as it stands in `losses`, its comments
included; nothing of it is written here.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from tools.portable.comments import with_comments
from tools.portable.fold import as_constant, folded
from tools.portable.tidy import tidied

READERS = {
    "residual_of": "prediction - target",
    "read_binary": "(prediction, target.to(prediction.dtype), None)",
    "read_probabilities": "(probabilities, target.to(probabilities.dtype), None)",
    "read_masks": "(probabilities, target.to(probabilities.dtype))",
    "read_pairs": "(first, second, similar.to(first.dtype))",
    "read_labels": "(scores, labels, 1)",
    "read_class_weight": "None",
    "read_distribution": "(logits, probabilities)",
    "reduce_by_share": "reduce_loss(loss, weight, reduction)",
    "reduce_terms": "reduce_loss(sum(terms.values()), weight, reduction)",
    "is_one": "number == 1",
    "is_single": "True",
    "is_constant": "True",
    "_are_many": "False",
    "is_plain": "False",
    "check_pair": "value",
    "checked_price": "price",
    "checked_weight": "weight",
    "by_coordinate": "boxes.unbind(-1)",
    "known_to_be_finite": "False",
    "known_to_be_hard": "False",
    "values_are_readable": "True",
    "functions_of_ones_own_work": "False",
    "matrix_product": "left @ right",
    "_apart": (
        "torch.cdist(embeddings.detach(), embeddings.detach(), "
        "compute_mode='donot_use_mm_for_euclid_dist')"
    ),
}
"""What is left of the functions that check, weigh and convert, by their arguments' names."""
HANDED_ON = {"read_boxes", "read_distributions", "drop_weightless"}
"""Those that hand on the tensors that they are given by keyword, or behind the first argument."""
FIXED = {
    "class_alpha",
    "class_weight",
    "counts",
    "dim",
    "dimensions",
    "finite",
    "ignore_label",
    "label_smoothing",
    "pos_weight",
    "reduction",
    "weight",
}
"""Arguments of helpers that are dropped where they are constants."""
Function = Callable[..., Any]


class Specialised:
    """The definitions that one function needs, each after those that it calls."""

    def __init__(self, readers: Mapping[str, str] | None = None) -> None:
        self.readers = READERS | {**(readers or {})}
        self.definitions: dict[str, ast.stmt] = {}
        self._made: dict[str, Mapping[str, str]] = {}

    def add(self, function: Function, constants: Mapping[str, ast.expr]) -> ast.FunctionDef:
        """Define a function without the arguments that are constants."""
        function = inspect.unwrap(function)
        name = function.__name__
        told = {key: ast.unparse(value) for key, value in constants.items()}
        if name in self._made:
            if self._made[name] != told:
                raise ValueError(f"{name} is needed in two forms: {self._made[name]} and {told}")
            return self.definitions[name]  # type: ignore[return-value]
        self._made[name] = told
        node = with_comments(textwrap.dedent(inspect.getsource(function)))
        _without(node.args, constants)
        node.decorator_list, node.returns = [], None
        node.body = _Evaluation(self, function, constants).block(node.body)
        tidied(node)
        self.definitions[name] = node
        return node

    def forget(self, function: Function) -> None:
        """Take a definition back that no call is left of."""
        del self.definitions[function.__name__], self._made[function.__name__]

    def needed(self, function: Function) -> list[ast.stmt]:
        """What the function needs, itself the last; what was looked at and folded away is not."""
        found: set[str] = set()
        waiting = [function.__name__]
        while waiting:
            name = waiting.pop()
            if name in self.definitions and name not in found:
                found.add(name)
                walked = ast.walk(self.definitions[name])
                waiting += [one.id for one in walked if isinstance(one, ast.Name)]
        return [node for name, node in self.definitions.items() if name in found]

    def add_tuple(self, kind: Any) -> None:
        """Define a named tuple."""
        fields = " ".join(kind._fields)
        made = f'{kind.__name__} = namedtuple("{kind.__name__}", "{fields}")'
        self.definitions.setdefault(kind.__name__, ast.parse(made).body[0])


class _Evaluation(ast.NodeTransformer):
    """One body: constants take the place of names, and what they decide is decided."""

    def __init__(
        self, made: Specialised, function: Function, constants: Mapping[str, ast.expr]
    ) -> None:
        self.made = made
        self.globals = function.__globals__
        self.locals = {*inspect.signature(function).parameters}
        self.constants = dict(constants)

    def block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        done: list[ast.stmt] = []
        for statement in body:
            found = self._statement(statement)
            if found and (comments := getattr(statement, "comments", None)):
                found[0].comments = comments  # type: ignore[attr-defined]
            done += found
            if done and isinstance(done[-1], ast.Return | ast.Raise):
                break
        return done

    def _statement(self, statement: ast.stmt) -> list[ast.stmt]:
        match statement:
            case ast.Expr(ast.Constant()):
                return []
            case ast.Expr(ast.Call(ast.Name(name))) if name.lstrip("_").startswith("check_"):
                return []
            case ast.If():
                return self._branch(statement)
            case ast.Assign([target], value):
                return self._assign(target, folded(self.visit(value)))
            case ast.Return(value) if value is not None:
                return [ast.Return(folded(self.visit(value)))]
        return [self.visit(statement)]

    def _branch(self, statement: ast.If) -> list[ast.stmt]:
        test = folded(self.visit(statement.test))
        if isinstance(test, ast.Subscript):  # a size: what is handed over is never empty
            test = ast.Constant(True)
        if isinstance(test, ast.Constant):
            return self.block(statement.body if test.value else statement.orelse)
        kept = dict(self.constants)
        body = self.block(statement.body)
        self.constants = dict(kept)
        orelse = self.block(statement.orelse)
        self.constants = kept
        if all(isinstance(one, ast.Raise) for one in body):
            return orelse
        return [*self._no_longer_constant([*body, *orelse]), ast.If(test, body, orelse)]

    def _no_longer_constant(self, branches: list[ast.stmt]) -> list[ast.stmt]:
        """What defines a constant that one of two branches changes, if the body goes on."""
        if any(isinstance(one, ast.Return) for one in branches):
            return []
        changed = [
            target.id
            for one in branches
            if isinstance(one, ast.Assign) and isinstance(target := one.targets[0], ast.Name)
        ]
        given = {name: self.constants.pop(name) for name in changed if name in self.constants}
        return [
            ast.Assign([ast.Name(name, ast.Store())], value, lineno=0)
            for name, value in given.items()
        ]

    def _assign(self, target: ast.expr, value: ast.expr) -> list[ast.stmt]:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and _written_out(value):
            pairs = [*zip(target.elts, value.elts, strict=True)]
            if _may_follow_one_another(pairs):
                return [one for name, part in pairs for one in self._assign(name, part)]
        for name in ast.walk(target):
            if isinstance(name, ast.Name):
                self.constants.pop(name.id, None)
                self.locals.add(name.id)
        if isinstance(target, ast.Name):
            if isinstance(value, ast.Name) and value.id == target.id:
                return []
            if (constant := as_constant(value)) is not None:
                self.constants[target.id] = constant
                return []
        return [ast.Assign([target], value, lineno=0)]

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if isinstance(node.ctx, ast.Load) and node.id in self.constants:
            return self.constants[node.id]
        if node.id not in self.locals:
            self._needed(self.globals.get(node.id))
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if isinstance(node.value, ast.Name):
            module = self.globals.get(node.value.id)
            if isinstance(module, ModuleType) and module.__name__.startswith("losses."):
                self._needed(getattr(module, node.attr))
                return ast.Name(node.attr, ast.Load())
        self.generic_visit(node)
        return node

    def _needed(self, found: Any) -> None:
        """A function handed over by its name, or a named tuple."""
        if isinstance(found, type) and hasattr(found, "_fields"):
            self.made.add_tuple(found)
        elif _is_ours(found) and found.__name__ not in self.made.readers:
            self.made.add(found, {})

    def visit_Call(self, node: ast.Call) -> ast.expr:
        called = self._called(node.func)
        if called is isinstance:
            return ast.Constant(False)  # hyper-parameters are numbers here
        if called is None or not _is_ours(called):
            return self._call_of_others(node)
        name = called.__name__
        if name in HANDED_ON:
            given = [one.value for one in node.keywords if one.arg not in ("dim", "fill")]
            if name == "drop_weightless":
                given = node.args[1:]
            return folded(ast.Tuple([self.visit(one) for one in given], ast.Load()))
        if name in self.made.readers and self.made.readers[name] in ("True", "False", "None"):
            return ast.Constant(ast.literal_eval(self.made.readers[name]))
        node.args = [part for one in node.args for part in self._spread(one)]
        signature = inspect.signature(called)
        by_name = {one.arg: one.value for one in node.keywords if one.arg}
        bound = signature.bind(*node.args, **by_name).arguments
        values = {key: self.visit(value) for key, value in bound.items()}
        if name in self.made.readers:
            expression = ast.parse(self.made.readers[name], mode="eval").body
            inner = _Evaluation(self.made, called, values)
            inner.locals = set()
            return folded(inner.visit(expression))
        return self._call_of_ours(called, signature, values)

    def _spread(self, argument: ast.expr) -> list[ast.expr]:
        """The arguments that `*drop_weightless(…)` stands for."""
        if isinstance(argument, ast.Starred):
            inner = self.visit(argument.value)
            if isinstance(inner, ast.Tuple):
                return inner.elts
        return [argument]

    def _call_of_others(self, node: ast.Call) -> ast.expr:
        # Where a batch is only spread over others, arithmetic spreads it by itself.
        if isinstance(node.func, ast.Attribute) and node.func.attr == "expand":
            return self.visit(node.func.value)
        node.keywords = [one for one in node.keywords if one.arg != "ignore_index"]
        self.generic_visit(node)
        return node

    def _call_of_ours(
        self, called: Function, signature: inspect.Signature, values: dict[str, ast.expr]
    ) -> ast.expr:
        if (
            called.__name__ == "reduce_loss"
            and ast.unparse(values.get("reduction", ast.Constant("mean"))) == "'none'"
        ):
            return values["loss"]
        constants = {}
        for key, parameter in signature.parameters.items():
            value = values.get(key)
            if value is None and parameter.default is not parameter.empty:
                value = ast.Constant(parameter.default)
            constant = None if value is None else as_constant(value)
            is_none = isinstance(constant, ast.Constant) and constant.value is None
            is_mean = key == "reduction" and getattr(constant, "value", None) == "mean"
            if constant is not None and (key in FIXED or is_none) and not is_mean:
                constants[key] = constant
        definition = self.made.add(called, constants)
        passed = {key: value for key, value in values.items() if key not in constants}
        match definition.body:
            case [ast.Return(ast.Name(key))] if key in passed:  # it hands on what it gets
                self.made.forget(called)
                return passed[key]
            case [ast.Return(ast.Constant() as constant)]:
                self.made.forget(called)
                return constant
        args = [value for key, value in passed.items() if _by_place(signature, key)]
        keywords = [
            ast.keyword(key, value)
            for key, value in passed.items()
            if not _by_place(signature, key)
        ]
        return ast.Call(ast.Name(called.__name__, ast.Load()), args, keywords)

    def _called(self, node: ast.expr) -> Any:
        match node:
            case ast.Name("isinstance"):
                return isinstance
            case ast.Name(name) if name not in self.locals:
                return self.globals.get(name)
            case ast.Attribute(ast.Name(name), attribute):
                module = self.globals.get(name)
                if isinstance(module, ModuleType) and module.__name__.startswith("losses"):
                    return getattr(module, attribute)
        return None


def _by_place(signature: inspect.Signature, key: str) -> bool:
    return signature.parameters[key].kind is not inspect.Parameter.KEYWORD_ONLY


def _is_ours(found: Any) -> bool:
    return inspect.isfunction(found) and found.__module__.startswith("losses.")


def _written_out(value: ast.Tuple) -> bool:
    """Whether each part of a tuple stands there: none is `*parts`."""
    return not any(isinstance(part, ast.Starred) for part in value.elts)


def _may_follow_one_another(pairs: list[tuple[ast.expr, ast.expr]]) -> bool:
    """Whether a, b = x, y may be written as a = x and b = y: y does not read a."""
    for at, (name, value) in enumerate(pairs):
        later = [part for _, part in pairs[at + 1 :]]
        read = {one.id for part in later for one in ast.walk(part) if isinstance(one, ast.Name)}
        same = isinstance(value, ast.Name) and ast.unparse(value) == ast.unparse(name)
        if ast.unparse(name) in read and not same:
            return False
    return True


def _without(arguments: ast.arguments, constants: Mapping[str, ast.expr]) -> None:
    """The arguments that are left, without annotations."""
    first = len(arguments.args) - len(arguments.defaults)
    defaults: list[ast.expr | None] = [None] * first + [*arguments.defaults]
    kept = [
        (one, default)
        for one, default in zip(arguments.args, defaults, strict=True)
        if one.arg not in constants
    ]
    by_name = [
        (one, default)
        for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        if one.arg not in constants
    ]
    arguments.args = [one for one, _ in kept]
    arguments.defaults = [default for _, default in kept if default is not None]
    arguments.kwonlyargs = [one for one, _ in by_name]
    arguments.kw_defaults = [default for _, default in by_name]
    for one in (*arguments.args, *arguments.kwonlyargs):
        one.annotation = None
