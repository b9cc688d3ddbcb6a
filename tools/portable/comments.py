"""Comments of a function, kept while its syntax tree is changed.

A syntax tree has none. Each is remembered by the statement below it, and written out again as a
string that `written` turns back into a comment.
"""

import ast
import io
import re
import tokenize

MARK = "a comment: "
WRITTEN = re.compile(rf"""^(\s*)(\'|"|\"\"\"){MARK}(.*)\2$""", re.MULTILINE)
FOR_TOOLS = re.compile(r"# (?:fmt|type):")


def with_comments(source: str) -> ast.FunctionDef:
    """The tree of one function, each statement with the `comments` above or beside it."""
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    comments = {
        token.start[0]: token.string
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and not FOR_TOOLS.match(token.string)
    }
    statements = sorted(
        (one for one in ast.walk(function) if isinstance(one, ast.stmt) and one is not function),
        key=lambda one: one.lineno,
    )
    for statement in statements:
        end = (
            statement.body[0].lineno - 1 if isinstance(statement, ast.If) else statement.end_lineno
        )
        mine = [line for line in comments if line <= (end or 0)]
        statement.comments = [comments.pop(line) for line in mine]  # type: ignore[attr-defined]
    return function


def written(node: ast.stmt) -> str:
    """The source of a definition, its comments in their places."""
    _marked(node)
    text = ast.unparse(ast.fix_missing_locations(node))
    return WRITTEN.sub(lambda found: found[1] + found[3], text)


def _marked(node: ast.stmt) -> None:
    for part in ("body", "orelse"):
        statements = getattr(node, part, None)
        if not isinstance(statements, list):
            continue
        marked: list[ast.stmt] = []
        for statement in statements:
            for comment in getattr(statement, "comments", []):
                marked.append(ast.Expr(ast.Constant(MARK + comment)))
            _marked(statement)
            marked.append(statement)
        setattr(node, part, marked)
