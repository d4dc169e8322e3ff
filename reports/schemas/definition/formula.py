"""Sums, differences, products and quotients of figures of one table; nothing else is understood.

    c3 + c4          columns, on every row           r2 + r3      rows, in every column of figures
    r2.c3 ÷ r1.c3    single cells                    c4 ÷ c3 × 100

A name is the id of a column, of a row, or of a cell (row.column). × ÷ − and full-width signs are
read as * / -. Text is parsed by this module alone; nothing is ever handed to Python to run.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from reports.schemas.definition.json_fields import DefinitionError

MOST_CHARS = 400
MOST_NESTED = 8
_EXACT = Context(prec=60)
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "–": "-"})
_TOKEN = re.compile(
    r"\s*(?:([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)|([0-9]+(?:\.[0-9]+)?)|([-+*/()]))"
)
_SHOWN = {"+": "＋", "-": "－", "*": "×", "/": "÷"}


class Missing(Enum):
    """Why there is no figure where a formula names one."""

    BLANK = "blank"
    MARK = "mark"  # 无, — and the like
    FAULT = "fault"  # no number, or a division by 0


Value = Decimal | Missing


@dataclass(frozen=True, slots=True)
class Ref:
    """A name in a formula: a column, a row, or with ``column`` one cell of the row ``name``."""

    name: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number written in the formula."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Operation:
    """left + right, and so on; ``sign`` is one of + - * /."""

    sign: str
    left: "Expression"
    right: "Expression"


Expression = Ref | Constant | Operation


@lru_cache(maxsize=2048)
def parse(text: str) -> Expression:
    """Raises DefinitionError for anything that is no formula."""
    if len(text) > MOST_CHARS:
        raise DefinitionError(f"报表定义有误：公式超过{MOST_CHARS}个字符。")
    reader = _Reader(list(_tokens(text)), text)
    expression = reader.sum(0)
    if reader.rest():
        raise _unreadable(text)
    return expression


def refs(expression: Expression) -> list[Ref]:
    """The names in a formula, in order, each once."""
    return list(dict.fromkeys(_refs(expression)))


def divides(expression: Expression) -> bool:
    """Is there a division, whose result must be rounded?"""
    if not isinstance(expression, Operation):
        return False
    return expression.sign == "/" or divides(expression.left) or divides(expression.right)


def evaluate(
    expression: Expression, figure: Callable[[Ref], Value], *, strict: bool = False
) -> Value:
    """The exact result, or what it is missing; a quotient without an end to 60 digits.

    A sum leaves 无 and — out where another of its figures is a number; every other gap, and with
    ``strict`` any, makes the whole missing.
    """
    found = _evaluated(expression, figure, strict=strict)
    if isinstance(found, Missing):
        return found
    return _EXACT.divide(Decimal(found.numerator), Decimal(found.denominator))


def in_words(expression: Expression, name: Callable[[Ref], str]) -> str:
    """The formula with names in words: “合格数”＋“不合格数”."""
    if isinstance(expression, Constant):
        return f"{expression.value:f}"
    if isinstance(expression, Ref):
        return name(expression)
    left, right = in_words(expression.left, name), in_words(expression.right, name)
    if expression.sign in "*/":
        left = f"（{left}）" if _is_sum(expression.left) else left
    if expression.sign != "+" and (_is_sum(expression.right) or _is_product_in(expression)):
        right = f"（{right}）"
    return f"{left}{_SHOWN[expression.sign]}{right}"


def _evaluated(
    expression: Expression, figure: Callable[[Ref], Value], *, strict: bool
) -> Fraction | Missing:
    """A long sum leans to the left, so that it is walked, not called, down to its first figure."""
    operations: list[Operation] = []
    while isinstance(expression, Operation):
        operations.append(expression)
        expression = expression.left
    found = _exact(expression.value if isinstance(expression, Constant) else figure(expression))
    for operation in reversed(operations):
        right = _evaluated(operation.right, figure, strict=strict)
        found = _joined(operation.sign, found, right, strict=strict)
    return found


def _exact(value: Value) -> Fraction | Missing:
    return value if isinstance(value, Missing) else Fraction(value)


def _joined(
    sign: str, left: Fraction | Missing, right: Fraction | Missing, *, strict: bool
) -> Fraction | Missing:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return _operated(sign, left, right)
    if sign == "+" and not strict and Missing.MARK in (left, right):
        return right if left is Missing.MARK else left
    gaps = [value for value in (left, right) if isinstance(value, Missing)]
    return next((gap for gap in gaps if gap is not Missing.MARK), gaps[0])


def _operated(sign: str, left: Fraction, right: Fraction) -> Fraction | Missing:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    return left / right if right else Missing.FAULT


def _is_sum(expression: Expression) -> bool:
    return isinstance(expression, Operation) and expression.sign in "+-"


def _is_product_in(expression: Operation) -> bool:
    """a ÷ (b × c) keeps its brackets, a − b × c needs none."""
    return expression.sign in "*/" and isinstance(expression.right, Operation)


def _refs(expression: Expression) -> Iterator[Ref]:
    if isinstance(expression, Ref):
        yield expression
    elif isinstance(expression, Operation):
        yield from _refs(expression.left)
        yield from _refs(expression.right)


def _tokens(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS).strip()
    position = 0
    while position < len(plain):
        found = _TOKEN.match(plain, position)
        if not found:
            raise _unreadable(text)
        yield found[0].strip()
        position = found.end()


def _unreadable(text: str) -> DefinitionError:
    return DefinitionError(
        f"报表定义有误：公式“{text}”只能由编号、数字、＋－×÷和括号组成，请检查。"
    )


class _Reader:
    """Reads tokens from left to right; products bind closer than sums."""

    def __init__(self, tokens: list[str], text: str) -> None:
        self.tokens, self.text, self.position = tokens, text, 0

    def rest(self) -> bool:
        return self.position < len(self.tokens)

    def sum(self, depth: int) -> Expression:
        found = self._product(depth)
        while (sign := self._next_of("+-")) is not None:
            found = Operation(sign, found, self._product(depth))
        return found

    def _product(self, depth: int) -> Expression:
        found = self._single(depth)
        while (sign := self._next_of("*/")) is not None:
            found = Operation(sign, found, self._single(depth))
        return found

    def _single(self, depth: int) -> Expression:
        if depth > MOST_NESTED or not self.rest():
            raise _unreadable(self.text)
        word = self.tokens[self.position]
        self.position += 1
        if word == "(":
            found = self.sum(depth + 1)
            if self._next_of(")") is None:
                raise _unreadable(self.text)
            return found
        if word[0].isdigit():
            return Constant(Decimal(word))
        if word[0].isalpha():
            name, _, column = word.partition(".")
            return Ref(name, column)
        raise _unreadable(self.text)

    def _next_of(self, signs: str) -> str | None:
        if self.rest() and self.tokens[self.position] in signs:
            self.position += 1
            return self.tokens[self.position - 1]
        return None
