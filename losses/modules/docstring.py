"""The docstring of a class, from that of its function: the same words in another order."""

import ast
import doctest
import re
from collections.abc import Collection, Mapping

HEADING = re.compile(r"^(Args|Returns|Raises|Example|Source):", re.MULTILINE)
ARGUMENT = re.compile(r"^ {4}(\w+(?:, \w+)*):", re.MULTILINE)


def sections(text: str) -> dict[str, str]:
    """The parts of a docstring by heading, that before the first one under "".

    Each keeps its indentation, and the line of its heading if something is said there.
    """
    pieces = HEADING.split(text)
    parts = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return {"": pieces[0].strip()} | {name: part.strip("\n") for name, part in parts.items()}


def arguments(text: str) -> dict[tuple[str, ...], str]:
    """What is said in a section `Args` about each argument, or about several at once."""
    pieces = ARGUMENT.split(text)
    return {
        tuple(names.split(", ")): f"    {names}:{said.rstrip()}"
        for names, said in zip(pieces[1::2], pieces[2::2], strict=True)
    }


def class_docstring(text: str, function: str, name: str, options: Collection[str]) -> str:
    """The docstring of the class `name` of a function whose docstring is `text`."""
    parts = sections(text)
    said = arguments(parts["Args"])
    given_once = [line for names, line in said.items() if {*names} <= {*options}]
    given_at_calls = [line for names, line in said.items() if not {*names} <= {*options}]
    summary, _, meaning = parts[""].partition("\n")
    blocks = [
        summary,
        meaning.strip(),
        f"This is `losses.{function}` that remembers its options, as `losses.LossModule` says.",
        "\n".join(["Args:", *given_once]),
        "\n".join(["Inputs:", *given_at_calls]),
        f"Returns:\n{parts['Returns']}",
        f"Raises:\n{parts['Raises']}\n    An option is refused when the class is constructed.",
        f"Example:\n{_constructed(parts['Example'], {function: name}, options)}",
        f"Source:{parts['Source']}",
    ]
    return "\n\n".join(block for block in blocks if block)


def _constructed(examples: str, classes: Mapping[str, str], options: Collection[str]) -> str:
    """The same examples by the class: `huber_loss(p, t, delta=2)` is `HuberLoss(delta=2)(p, t)`."""
    lines = []
    for example in doctest.DocTestParser().get_examples(examples):
        source = _rewritten(example.source.rstrip("\n"), classes, options).split("\n")
        lines += [f"    >>> {source[0]}", *(f"    ... {line}" for line in source[1:])]
        lines += [f"    {line}".rstrip() for line in example.want.rstrip("\n").split("\n") if line]
    return "\n".join(lines)


def _rewritten(source: str, classes: Mapping[str, str], options: Collection[str]) -> str:
    calls = [
        (node, node.func.id)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in classes
    ]
    # The last first: what stands before it then stays where it is.
    for call, function in sorted(calls, key=lambda found: _span(source, found[0]), reverse=True):
        given: dict[bool, list[str]] = {True: [], False: []}
        for one in call.args:
            given[False].append(source[slice(*_span(source, one))])
        for keyword in call.keywords:
            given[keyword.arg is None or keyword.arg in options].append(
                source[slice(*_span(source, keyword))]
            )
        start, end = _span(source, call)
        made = f"{classes[function]}({', '.join(given[True])})({', '.join(given[False])})"
        source = source[:start] + made + source[end:]
    return source


def _span(source: str, node: ast.expr | ast.keyword) -> tuple[int, int]:
    """From where to where a node stands; Python counts lines, and bytes in a line."""
    lines = source.splitlines(keepends=True)

    def place(line: int, column: int) -> int:
        before = "".join(lines[: line - 1])
        return len(before) + len(lines[line - 1].encode()[:column].decode())

    return (
        place(node.lineno, node.col_offset),
        place(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset),
    )
