"""Relations that the figures of a table must keep: ①=②+③+④, 合格+不合格=抽查, 其中 ≤ 总数.

What a check names decides where it holds: columns on every row (or on those named in `rows`), rows
in every column of counts and amounts that is filled in (or in `columns`), cells such as r2.c3 once.
Figures are compared exactly; where a formula divides, both sides are rounded to the decimals of the
figures it names.

A check that names a cell without a number is not judged: 空, 无 and — are not 0. A check for
equality then warns that it could not be made, unless no figure at all was given; one for more or
less passes in silence, since a part need not be reported.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reports.schemas.definition import json_fields
from reports.schemas.definition.formula import Expression, Ref, parse, refs
from reports.schemas.definition.json_fields import DefinitionError
from reports.schemas.definition.kinds import Level
from reports.schemas.definition.rows import Row, parts

_SIGN = re.compile(r"<=|>=|!=|==|[<>=≤≥≠＜＞＝≦≧]")
_PLAIN = {"≤": "<=", "≦": "<=", "≥": ">=", "≧": ">=", "≠": "!=", "==": "="} | {
    "＜": "<",
    "＞": ">",
    "＝": "=",
}
_WORDS = {
    "=": "应等于",
    "!=": "不应等于",
    "<=": "不应大于",
    ">=": "不应小于",
    "<": "应小于",
    ">": "应大于",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """left sign right; `sign` is one of = != <= >= < >."""

    left: Expression
    sign: str
    right: Expression

    @property
    def words(self) -> str:
        """应等于, 不应大于 …"""
        return _WORDS[self.sign]

    @property
    def refs(self) -> list[Ref]:
        """Every name on either side, each once."""
        return list(dict.fromkeys([*refs(self.left), *refs(self.right)]))

    def holds(self, left: Decimal, right: Decimal) -> bool:
        """Is it so?"""
        return {
            "=": left == right,
            "!=": left != right,
            "<=": left <= right,
            ">=": left >= right,
            "<": left < right,
            ">": left > right,
        }[self.sign]


@dataclass(frozen=True, slots=True)
class Check:
    """One relation; `message` is said after what is wrong, in the words of the form's own rule."""

    expression: str
    level: Level = Level.ERROR
    message: str = ""
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.comparison()

    def comparison(self) -> Comparison:
        """Raises DefinitionError when the expression compares nothing."""
        signs = _SIGN.findall(self.expression)
        if len(signs) != 1:
            raise DefinitionError(
                f"报表定义有误：核对关系“{self.expression}”应有且只有一个＝、≤、≥、＜、＞或≠。"
            )
        left, right = self.expression.split(signs[0])
        return Comparison(parse(left), _PLAIN.get(signs[0], signs[0]), parse(right))

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping; what is at its default is left out."""
        data: dict[str, object] = {"expression": self.expression, "level": self.level.value}
        if self.message:
            data["message"] = self.message
        for name in ("rows", "columns"):
            if value := getattr(self, name):
                data[name] = list(value)
        return data

    @classmethod
    def from_json(cls, value: object) -> "Check":
        """Raises DefinitionError when the value is not a check."""
        data = json_fields.mapping(value, "核对关系", allowed=cls.__slots__)
        return cls(
            expression=json_fields.text(data, "expression", "核对关系"),
            level=json_fields.choice(data, "level", "核对关系", Level, Level.ERROR),
            message=json_fields.text(data, "message", "核对关系", default=""),
            rows=json_fields.texts(data, "rows", "核对关系"),
            columns=json_fields.texts(data, "columns", "核对关系"),
        )


def part_checks(rows: Iterable[Row]) -> tuple[Check, ...]:
    """其中 ≤ 总数 for every part that is counted in the unit of the row above it."""
    known = {row.id: row for row in rows}
    return tuple(
        Check(f"{part.id} <= {whole}")
        for whole, found in parts(known.values()).items()
        for part in found
        if (part.measure, part.kind) == (known[whole].measure, known[whole].kind)
    )
