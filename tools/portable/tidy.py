"""Assignments that nobody reads any more, and second names for the same thing."""

import ast
from collections import Counter


def tidied(function: ast.FunctionDef) -> None:
    """Drop, in place, what is assigned and not read, and names that only stand for an argument."""
    _without_second_names(function)
    _without_overwritten(function)
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


def _without_overwritten(function: ast.FunctionDef) -> None:
    """Without what is assigned anew before anybody reads it."""
    later: set[str] = set()  # names that are assigned next, and not read before
    for statement in reversed(function.body[:]):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        if isinstance(target, ast.Name) and target.id in later:
            function.body.remove(statement)
            continue
        plain = isinstance(statement, ast.Assign)
        later = (later | {*_names(statement, ast.Store)} if plain else set()) - {
            *_names(statement, ast.Load)
        }


def _without_unread(function: ast.FunctionDef) -> bool:
    read = _names(function, ast.Load)

    def unread(statement: ast.stmt) -> bool:
        if not isinstance(statement, ast.Assign):
            return False
        stored = _names(statement, ast.Store)  # nothing where a place in a tensor is filled
        return bool(stored) and not any(read[name] for name in stored)

    dropped = [one for one in ast.walk(function) if isinstance(one, ast.stmt) and unread(one)]
    for parent in ast.walk(function):
        for part in ("body", "orelse"):
            statements = getattr(parent, part, None)
            if isinstance(statements, list):
                setattr(parent, part, [one for one in statements if one not in dropped])
    return bool(dropped)
