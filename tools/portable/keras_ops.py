"""torch's operations in the words of `keras.ops`, one by one, for every backend."""

import ast
import re
from collections.abc import Callable

SAME = {
    "abs", "any", "argmax", "argmin", "cumsum", "exp", "expm1", "isnan", "log", "log1p",
    "log_softmax",
    "logical_not", "logsumexp", "max", "maximum", "mean", "min", "minimum",
    "ones_like", "sigmoid", "sign", "sin",
    "sqrt", "square", "squeeze", "sum", "where", "zeros_like", "relu", "matmul",
}  # fmt: skip
OTHER = {
    "amax": "max",
    "atan": "arctan",
    "cat": "concatenate",
    "detach": "stop_gradient",
    "full_like": "full_like",
    "logsigmoid": "log_sigmoid",
    "numel": "size",
    "stack": "stack",
    "unsqueeze": "expand_dims",
}
"""What is called otherwise."""
AXES = {"dim": "axis", "keepdim": "keepdims", "dim1": "axis1", "dim2": "axis2"}
MODULES = ("torch", "functional")
LIMITS = '''
def limits_of(values):
    """The limits of the type of the values, as plain numbers."""
    limits = ml_dtypes.finfo(keras.backend.standardize_dtype(values.dtype))
    names = ("eps", "max", "min", "tiny")
    return SimpleNamespace(**{name: float(getattr(limits, name)) for name in names})
'''
CROSS_ENTROPY = '''
def binary_cross_entropy(probabilities, target):
    """No logarithm below −100, as in torch; Keras's own keeps probabilities 1e-7 off 0 and 1."""
    log_p = ops.maximum(ops.log(probabilities), -100.0)
    log_not_p = ops.maximum(ops.log1p(-probabilities), -100.0)
    return -target * log_p - (1 - target) * log_not_p
'''
NEEDED = {"limits_of": LIMITS, "binary_cross_entropy": CROSS_ENTROPY}
"""What Keras has no word for."""
READERS = {
    "class_dimension": "-1",
    "is_label": "torch.arange(scores.shape[-1]) == labels.unsqueeze(-1)",
    "differs": "(first != second).to(first.dtype)",
    "_apart": "distances_of_all(embeddings.detach(), 'squared')",
}
"""What is simpler where classes always stand in the last dimension, and what Keras lacks."""


class InKeras(ast.NodeTransformer):
    """Rewrites definitions in place; what it does not know raises `ValueError`."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Attribute(ast.Name("torch"), "inf"):
                return _parsed("math.inf")
            case ast.Attribute(ast.Call(ast.Name("limits_of")), _):
                return node
            case ast.Attribute(value, "mT"):
                return _call("swapaxes", [value, ast.Constant(-2), ast.Constant(-1)])
            case ast.Attribute(value, "ndim"):
                return _parsed(f"len({ast.unparse(value)}.shape)")
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        # Where torch asks for its own type, the general way is right for every type.
        if ast.unparse(node).endswith(".dtype == torch.float64"):
            return ast.Constant(False)
        self.generic_visit(node)
        return node

    def visit_If(self, node: ast.If) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        if isinstance(node.test, ast.Constant) and not node.test.value:
            return node.orelse
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.func, ast.Attribute):
            return node
        value, name = node.func.value, node.func.attr
        if isinstance(value, ast.Name) and value.id in (*MODULES, "math"):
            return node if value.id == "math" else self._function(name, node)
        if ast.unparse(value) == "torch.linalg" and name == "svd":
            return _call("svd", node.args, node.keywords)
        if name in ("values", "items"):  # of a dictionary
            return node
        return self._function(name, ast.Call(node.func, [value, *node.args], node.keywords))

    def _function(self, name: str, node: ast.Call) -> ast.expr:
        if made := SPECIAL.get(name):
            return made(node.args, {one.arg: one.value for one in node.keywords})
        if name not in SAME and name not in OTHER:
            raise ValueError(f"no word of Keras for {ast.unparse(node)}")
        keywords = [
            ast.keyword(AXES.get(one.arg or "", one.arg), one.value)
            for one in node.keywords
            if one.arg != "device"
        ]
        return _call(OTHER.get(name, name), node.args, keywords)


Arguments = list[ast.expr]
Named = dict[str | None, ast.expr]


def _arange(args: Arguments, named: Named) -> ast.expr:
    """Up to the size of a tensor, which a graph knows only when it runs."""
    count = re.sub(r"(\w+)\.shape\b", r"ops.shape(\1)", ast.unparse(args[0]))
    return _call("arange", [_parsed(count)])


def _clamp(args: Arguments, named: Named) -> ast.expr:
    if len(args) == 3:
        return _call("clip", args)
    if "min" in named:
        return _call("maximum", [args[0], named["min"]])
    return _call("minimum", [args[0], named["max"]])


def _diagonal(args: Arguments, named: Named) -> ast.expr:
    return _call(
        "diagonal", args, [ast.keyword(AXES[key or ""], value) for key, value in named.items()]
    )


def _limits(args: Arguments, named: Named) -> ast.expr:
    (dtype,) = args
    assert isinstance(dtype, ast.Attribute)
    return ast.Call(ast.Name("limits_of", ast.Load()), [dtype.value], [])


def _full(args: Arguments, named: Named) -> ast.expr:
    return _call("full", args, [ast.keyword("dtype", named["dtype"])])


def _first(args: Arguments, named: Named) -> ast.expr:
    values, _, _, count = args
    return _parsed(f"{ast.unparse(values)}[..., :{ast.unparse(count)}]")


def _gathered(args: Arguments, named: Named) -> ast.expr:
    values, axis, places = args
    return _call("take_along_axis", [values, places, axis])


def _expanded_as(args: Arguments, named: Named) -> ast.expr:
    values, like = args
    return _call("broadcast_to", [values, _call("shape", [like])])


def _picked(args: Arguments, named: Named) -> ast.expr:
    scores, labels = map(ast.unparse, args)
    return _parsed(
        f"-ops.squeeze(ops.take_along_axis({scores}, ops.expand_dims({labels}, -1), -1), -1)"
    )


def _plus_product(args: Arguments, named: Named) -> ast.expr:
    start, left, right = map(ast.unparse, args)
    return _parsed(f"({start}) + ({left}) * ({right})")


def _subtracted_from(args: Arguments, named: Named) -> ast.expr:
    less, whole = map(ast.unparse, args)
    return _parsed(f"({whole}) - ({ast.unparse(named['alpha'])}) * ({less})")


SPECIAL: dict[str, Callable[[Arguments, Named], ast.expr]] = {
    "addcmul": _plus_product,
    "arange": _arange,
    "binary_cross_entropy": lambda args, named: ast.Call(
        ast.Name("binary_cross_entropy", ast.Load()), args, []
    ),
    "clamp": _clamp,
    "diagonal": _diagonal,
    "expand_as": _expanded_as,
    "finfo": _limits,
    "full": _full,
    "gather": _gathered,
    "narrow": _first,
    "nll_loss": _picked,
    "rsub": _subtracted_from,
    "to": lambda args, named: _call("cast", args),
    "unbind": lambda args, named: _call("unstack", args[:1], [ast.keyword("axis", args[1])]),
}
"""Where more changes than the name."""


def _call(name: str, args: Arguments, keywords: list[ast.keyword] | None = None) -> ast.expr:
    function = ast.Attribute(ast.Name("ops", ast.Load()), name, ast.Load())
    return ast.Call(function, args, keywords or [])


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body
