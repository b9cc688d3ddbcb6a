"""Assignments that nobody reads any more, and second names for the same thing."""

import ast
from collections import Counter


def tidied(function: ast.FunctionDef) -> None:
    """Drop, in place, what is assigned and not read, and names that only stand for an argument."""
    _without_second_names(function)
    while _without_unread(function):
        pass


def _names(node: ast.AST, kind: type[ast.expr_context]) -> Counter[str]:
    return Counter(
        one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, kind)
    )


def _without_second_names(function: ast.FunctionDef) -> None:
    assigned = _names(function, ast.Store)
    arguments = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
    second = {}
    for statement in [*function.body]:
        match statement:
            case ast.Assign([ast.Name(name)], ast.Name(first)):
                fixed = first in arguments and not assigned[first]
                if assigned[name] == 1 and fixed and name not in arguments:
                    second[name] = first
                    function.body.remove(statement)
    for one in ast.walk(function):
        if isinstance(one, ast.Name) and one.id in second:
            one.id = second[one.id]


def _without_unread(function: ast.FunctionDef) -> bool:
    read = _names(function, ast.Load)

    def unread(statement: ast.stmt) -> bool:
        if not isinstance(statement, ast.Assign):
            return False
        return not any(read[name] for name in _names(statement, ast.Store))

    dropped = [one for one in ast.walk(function) if isinstance(one, ast.stmt) and unread(one)]
    for parent in ast.walk(function):
        for part in ("body", "orelse"):
            statements = getattr(parent, part, None)
            if isinstance(statements, list):
                setattr(parent, part, [one for one in statements if one not in dropped])
    return bool(dropped)
