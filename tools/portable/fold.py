"""What constants decide: comparisons, `and`, `or`, `not`, and factors of 1."""

import ast
import operator
from typing import Any

COMPARED: dict[type[ast.cmpop], Any] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}


def as_constant(node: ast.expr) -> ast.expr | None:
    """The node, if it is a constant or a tuple of constants."""
    try:
        ast.literal_eval(node)
    except ValueError:
        return None
    return node


def folded(node: ast.expr) -> ast.expr:
    """The expression with what is decided put in its place."""
    found: ast.expr = _Fold().visit(node)
    return found


class _Fold(ast.NodeTransformer):
    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Compare(ast.Constant(left), [compared], [ast.Constant(right)]):
                return ast.Constant(COMPARED[type(compared)](left, right))
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        decides = isinstance(node.op, ast.Or)
        open_ones = []
        for value in node.values:
            if not isinstance(value, ast.Constant):
                open_ones.append(value)
            elif bool(value.value) == decides:
                return ast.Constant(decides)
        if not open_ones:
            return ast.Constant(not decides)
        return ast.BoolOp(node.op, open_ones) if len(open_ones) > 1 else open_ones[0]

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.UnaryOp(ast.Not(), ast.Constant(value)):
                return ast.Constant(not value)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.test, ast.Constant):
            return node.body if node.test.value else node.orelse
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.BinOp(other, ast.Mult(), one) | ast.BinOp(one, ast.Mult(), other):
                if isinstance(one, ast.Constant) and one.value == 1:
                    return other
                if isinstance(other, ast.Constant) and other.value == 1:
                    return one
        return node
