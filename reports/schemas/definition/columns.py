"""The columns of a table form, as a tree: headings, and under them what is filled in or printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.schemas.definition import json_fields
from reports.schemas.definition.aggregates import Rate, is_rate
from reports.schemas.definition.choices import YES_NO, Choice
from reports.schemas.definition.formula import parse
from reports.schemas.definition.json_fields import DefinitionError, check_id
from reports.schemas.definition.kinds import (
    NUMBERS,
    PRINTED,
    TEXTS,
    Aggregate,
    ColumnKind,
    Per,
)
from reports.schemas.definition.measures import is_money

MAX_HEADER_ROWS = 8  # twice what real tables have
MOST_DECIMALS = 8
PERCENT_SIGN = "%"
_JOINED = TEXTS | {ColumnKind.REGION, ColumnKind.BUREAU, ColumnKind.CONTACT}


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or with children a heading that spans them (only its id and label then count).

    `width` is in Excel character widths; `max_chars` counts as word_count.count_words does;
    `measure` is the unit of measurement in a label such as 企业数(家), of a percent always %.
    `decimals` is how many a figure may have, None: any. `given` text is printed from the
    definition's rows; it may stand merged beside one row label, the column `spans_with`.
    `at_most` is the most a figure may be, a number or the id of a column. `formula` makes the
    program fill the column in. With `own_measure` the kind and measure of a row do not hold here.
    `aggregate` None leaves the rule to the kind, see `aggregation`.
    """

    id: str
    label: str
    kind: ColumnKind = ColumnKind.TEXT
    children: tuple["Column", ...] = ()
    per: Per = Per.ROW
    required: bool = False
    max_chars: int | None = None
    suggest: tuple[str, ...] = ()
    width: float | None = None
    measure: str = ""
    decimals: int | None = None
    choices: tuple[Choice, ...] = ()
    multiple: bool = False
    given: bool = False
    own_measure: bool = False
    spans_with: str = ""
    at_most: str = ""
    formula: str = ""
    aggregate: Aggregate | None = None
    rate: Rate | None = None

    def __post_init__(self) -> None:
        where = f"栏目“{self.label}”"
        check_id(self.id, where)
        if not self.label.strip():
            raise DefinitionError(f"报表定义有误：栏目{self.id}没有名称。")
        if self.kind is ColumnKind.PERCENT:
            object.__setattr__(self, "measure", PERCENT_SIGN)
        if self.kind is ColumnKind.YES_NO and not self.choices:
            object.__setattr__(self, "choices", YES_NO)
        if fault := self._fault():
            raise DefinitionError(f"报表定义有误：{where}{fault}。")
        if self.formula:
            parse(self.formula)

    def _fault(self) -> str:
        """What does not fit together; empty when all does."""
        chosen = self.kind in {ColumnKind.CHOICE, ColumnKind.YES_NO}
        names = [choice.label for choice in self.choices]
        if self.max_chars is not None and self.max_chars < 1:
            return "的字数上限应大于0"
        if self.width is not None and not 1 <= self.width <= 255:
            return "的宽度应在1到255之间"
        if self.decimals is not None and not 0 <= self.decimals <= MOST_DECIMALS:
            return f"的小数位数应在0到{MOST_DECIMALS}之间"
        if self.kind is ColumnKind.MONEY and not is_money(self.measure):
            return f"是金额，应注明单位（元、千元、万元或亿元），不能是“{self.measure}”"
        if chosen is not bool(self.choices):
            return "是选择项，应列出选项" if chosen else "不是选择项，不应列出选项"
        if len(set(names)) != len(names):
            return "的选项有重复"
        if (self.formula or self.at_most) and not self.is_number:
            return "不是数字，不能有公式或上限"
        if self.formula and (self.required or self.given):
            return "由公式算出，不能又要填写或预先印好"
        return self._aggregate_fault()

    def _aggregate_fault(self) -> str:
        rule = self.aggregate
        if (rule is Aggregate.RATE) is not (self.rate is not None):
            return "按比率汇总，应注明分子和分母" if rule else "有分子和分母，应按比率汇总"
        if rule is Aggregate.SUM and self.kind is ColumnKind.PERCENT:
            return "是百分比，不能相加"
        if rule in {Aggregate.SUM, Aggregate.MAX, Aggregate.MIN, Aggregate.RATE}:
            return "" if self.is_number else "不是数字，不能按数字汇总"
        if rule is Aggregate.JOIN and self.is_number:
            return "是数字，不能按文字连接"
        return ""

    def leaves(self) -> tuple["Column", ...]:
        """The columns under this one that hold cells, left to right."""
        if not self.children:
            return (self,)
        return tuple(leaf for child in self.children for leaf in child.leaves())

    def depth(self) -> int:
        """How many header rows this column needs."""
        return 1 + max((child.depth() for child in self.children), default=0)

    @property
    def is_number(self) -> bool:
        """Does it hold figures?"""
        return self.kind in NUMBERS

    @property
    def is_printed(self) -> bool:
        """Does its text come from the definition or the program's counting?"""
        return self.given or self.kind in PRINTED

    @property
    def is_computed(self) -> bool:
        """Is it filled in by a formula?"""
        return bool(self.formula)

    @property
    def is_entered(self) -> bool:
        """Is it written in by a person?"""
        return not self.is_printed and not self.is_computed

    @property
    def aggregation(self) -> Aggregate:
        """The rule in force: its own, else counts and amounts are added up, texts joined.

        A RATE without `rate` is recomputed by its formula.
        """
        if self.aggregate is not None:
            return self.aggregate
        if self.kind in _JOINED and not self.given:
            return Aggregate.JOIN
        if self.kind is ColumnKind.PERCENT and self.formula:
            return Aggregate.RATE
        if self.kind not in NUMBERS - {ColumnKind.PERCENT} or is_rate(self.label, self.measure):
            return Aggregate.NONE
        return Aggregate.SUM

    @property
    def adds_up(self) -> bool:
        """Can the values of several units be added? Counts and amounts can, rates cannot."""
        return self.aggregation is Aggregate.SUM

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping; what is at its default is left out."""
        data: dict[str, object] = {"id": self.id, "label": self.label}
        if self.children:
            return data | {"children": [child.to_json() for child in self.children]}
        data |= {"kind": self.kind.value, "per": self.per.value}
        for name in ("required", "max_chars", "width", "multiple", "given", "own_measure"):
            if value := getattr(self, name):
                data[name] = value
        for name in ("measure", "spans_with", "at_most", "formula"):
            if value := getattr(self, name):
                data[name] = value
        if self.decimals is not None:
            data["decimals"] = self.decimals
        if self.suggest:
            data["suggest"] = list(self.suggest)
        if self.choices:
            data["choices"] = [choice.to_json() for choice in self.choices]
        if self.aggregate:
            data["aggregate"] = self.aggregate.value
        if self.rate:
            data["rate"] = self.rate.to_json()
        return data

    @classmethod
    def from_json(cls, value: object, *, levels: int = MAX_HEADER_ROWS) -> "Column":
        """Raises DefinitionError when the value is not a column."""
        data = json_fields.mapping(value, "栏目", allowed=cls.__slots__)
        label = json_fields.text(data, "label", "栏目")
        where = f"栏目“{label}”"
        id_ = json_fields.text(data, "id", where)
        children = json_fields.items(data, "children", where)
        if not children:
            return cls._leaf(data, id_, label, where)
        if levels == 1:
            raise DefinitionError(f"报表定义有误：表头超过{MAX_HEADER_ROWS}行。")
        below = tuple(cls.from_json(child, levels=levels - 1) for child in children)
        return cls(id_, label, children=below)

    @classmethod
    def _leaf(cls, data: Mapping[str, object], id_: str, label: str, where: str) -> "Column":
        return cls(
            id=id_,
            label=label,
            kind=json_fields.choice(data, "kind", where, ColumnKind, ColumnKind.TEXT),
            per=json_fields.choice(data, "per", where, Per, Per.ROW),
            required=json_fields.flag(data, "required", where),
            max_chars=json_fields.whole(data, "max_chars", where),
            suggest=json_fields.texts(data, "suggest", where),
            width=json_fields.number(data, "width", where),
            measure=json_fields.text(data, "measure", where, default=""),
            decimals=json_fields.whole(data, "decimals", where),
            choices=tuple(map(Choice.from_json, json_fields.items(data, "choices", where))),
            multiple=json_fields.flag(data, "multiple", where),
            given=json_fields.flag(data, "given", where),
            own_measure=json_fields.flag(data, "own_measure", where),
            spans_with=json_fields.text(data, "spans_with", where, default=""),
            at_most=json_fields.text(data, "at_most", where, default=""),
            formula=json_fields.text(data, "formula", where, default=""),
            aggregate=json_fields.optional_choice(data, "aggregate", where, Aggregate),
            rate=Rate.from_json(data.get("rate")),
        )
