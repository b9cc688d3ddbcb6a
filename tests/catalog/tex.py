"""A calculator for the TeX that the catalog shows with numbers put in.

It knows the notation of the records and nothing else. Where a reader would stumble, it does too: a
minus sign right after an operator is refused, and -3^2 is -9, so a record that forgets to put a
negative number in parentheses does not get the value of the loss.
"""

import math
import re
from collections.abc import Mapping
from decimal import Decimal

TOKEN = re.compile(r"\s*(\\[a-zA-Z]+|\d+(?:\.\d+)?|[-+/^_(){},e])")
SPACES = re.compile(r"\\[,;:! ]|\\left|\\right(?![a-z])|\\bigg[lr]")
FUNCTIONS = {
    r"\exp": math.exp,
    r"\cosh": math.cosh,
    r"\tanh": math.tanh,
    r"\sin": math.sin,
    r"\cos": math.cos,
}
PLACEHOLDER = re.compile(r"\\(value|signed)\{(\w+)\}")


def placeholders(tex: str) -> set[str]:
    """The names of the numbers that are put in."""
    return {name for _, name in PLACEHOLDER.findall(tex)}


def coloured(tex: str) -> set[str]:
    r"""The names of the \term marks."""
    return set(re.findall(r"\\term\{(\w+)\}", tex))


def calculate(tex: str, numbers: Mapping[str, float]) -> float:
    """The value of the formula once the numbers are put in, character by character.

    What stands beside it, behind a wide space, is another number.
    """

    def written(match: re.Match[str]) -> str:
        number = numbers[match[2]]
        text = format(Decimal(number), "f")
        return f"({text})" if match[1] == "signed" and number < 0 else text

    plain = re.sub(r"\\term\{\w+\}", "", PLACEHOLDER.sub(written, tex.split(r"\qquad")[0]))
    return _Parser(SPACES.sub("", plain)).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        position = 0
        while position < len(text.rstrip()):
            match = TOKEN.match(text, position)
            if match is None:
                raise ValueError(f"not understood: {text[position:]!r}")
            self.tokens.append(match[1])
            position = match.end()
        self.tokens.append("end")

    def whole(self) -> float:
        value = self.sum()
        self.expect("end")
        return value

    def take(self) -> str:
        return self.tokens.pop(0)

    def expect(self, token: str) -> None:
        if (found := self.take()) != token:
            raise ValueError(f"expected {token}, found {found}")

    def sum(self) -> float:
        sign = -1.0 if self.tokens[0] == "-" and self.take() else 1.0
        value = sign * self.product()
        while self.tokens[0] in ("+", "-"):
            sign = 1.0 if self.take() == "+" else -1.0
            value += sign * self.product()
        return value

    def product(self) -> float:
        value = self.power()
        while self.tokens[0] not in ("+", "-", ",", ")", "}", r"\rvert", "end"):
            if self.tokens[0] == "/":
                self.take()
                value /= self.power()
            else:
                if self.tokens[0] == r"\cdot":
                    self.take()
                value *= self.power()
        return value

    def power(self) -> float:
        value = self.atom()
        if self.tokens[0] == "^":
            self.take()
            value **= self.group() if self.tokens[0] == "{" else float(self.take())
        return value

    def group(self, opening: str = "{", closing: str = "}") -> float:
        self.expect(opening)
        value = self.sum()
        self.expect(closing)
        return value

    def atom(self) -> float:
        token = self.tokens[0]
        if token == "(":
            return self.group("(", ")")
        if token == "{":
            return self.group()
        self.take()
        if token == r"\lvert":
            value = self.sum()
            self.expect(r"\rvert")
            return abs(value)
        if token in (r"\frac", r"\tfrac", r"\dfrac"):
            return self.group() / self.group()
        if token == r"\sqrt":
            return math.sqrt(self.group())
        if token == r"\max":
            return self.largest()
        if token == r"\ln":
            return self.logarithm()
        if token == "e":
            return math.e
        if token in FUNCTIONS:
            return FUNCTIONS[token](self.power())
        if not token[0].isdigit():
            raise ValueError(f"not understood: {token}; catalog/record.py says what is")
        return float(token)

    def largest(self) -> float:
        self.expect("(")
        first = self.sum()
        self.expect(",")
        second = self.sum()
        self.expect(")")
        return max(first, second)

    def logarithm(self) -> float:
        if self.tokens[0] != r"\cosh":
            return math.log(self.power())
        self.take()
        size = abs(self.power())
        return size + math.log1p(math.exp(-2 * size)) - math.log(2)
