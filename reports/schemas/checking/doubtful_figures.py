"""Figures of a table that may be right and mostly are not: asked about once at handing in."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

from reports.schemas.checking.doubts import Doubt, Kind
from reports.schemas.checking.parts_of_wholes import column_pairs, is_counted, row_pairs
from reports.schemas.content.content import TableContent
from reports.schemas.content.figures import Figures, Key
from reports.schemas.content.places import Place, column_labels, label_paths, places
from reports.schemas.content.values import spelled
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.formula import parse, refs
from reports.schemas.definition.kinds import ColumnKind, Per

_HUNDRED = Decimal(100)
# What is a difference may be less than nothing, and more than everything.
_DIFFERENCE = re.compile(
    r"增减|增长|增幅|增速|增加|增量|净增|减少|减幅|下降|降幅|上升|升幅|升降|提高|涨|跌|同比|环比|比上|比去|比同"
    r"|较上|较去|较同|较年初|相比|对比|变化|变动|差额|差值|差异|差距|价差|温差|偏差|误差|之差|浮动|波动|幅度"
    r"|盈|亏|损益|利润|结余|余额|顺差|逆差|净(?!含量|化|水|菜|重)|气温|温度|℃"
)
_ABOVE_ALL = re.compile(r"倍|利润率|毛利|收益率|回报率|负债率|溢价|加价")
# Rates that are small where all is well.
_SMALL = re.compile(
    r"不合格|不达标|不符合|未|违|差错|失误|事故|死亡|伤亡|发病|感染|患病|投诉|举报|退货|退回|召回|检出|异常|问题|超标|故障"
    r"|误差|漏|流失|空置|淘汰|处罚|占比|比重|比例|利率|税率|费率|损耗|逾期"
)


def doubtful_figures(definition: Definition, content: Mapping[str, Any]) -> list[Doubt]:
    """The questions in the order of the form: by row, then what concerns several cells."""
    if not isinstance(definition, FormDefinition):
        return []
    asking = _Asking(definition, content)
    return [*asking.cells(), *asking.parts(), *asking.blank()]


class _Asking:
    def __init__(self, definition: FormDefinition, content: Mapping[str, Any]) -> None:
        self.definition, self.content = definition, content
        self.figures = Figures(definition, content)
        self.labels = column_labels(definition)
        self.above = {id_: "/".join(path) for id_, path in label_paths(definition.columns)}
        self.places = {one.path: one for one in places(definition, cast(TableContent, content))}

    def cells(self) -> Iterator[Doubt]:
        columns = self.figures.columns.values()
        for column in (one for one in columns if one.per is Per.UNIT):
            yield from self._cell("", column)
        for key in self.figures.keys:
            for column in (one for one in columns if one.per is Per.ROW):
                yield from self._cell(key, column)

    def _cell(self, key: Key, column: Column) -> Iterator[Doubt]:
        value = self.figures.cell(key, column.id) if column.is_number else None
        if not isinstance(value, Decimal) or column.is_printed:
            return
        in_force = self._in_force(key, column)
        words = self._words(key, in_force)
        said = spelled(in_force, value)
        is_difference = bool(_DIFFERENCE.search(words))
        if value < 0 and not is_difference and self._is_entered(key, column):
            message = f"“{column.label}”填的是负数（{said}）。"
            yield self._doubt(Kind.NEGATIVE, key, column, message, (said,))
        if in_force.kind is not ColumnKind.PERCENT and in_force.measure != "%":
            return
        if value > _HUNDRED and not (is_difference or _ABOVE_ALL.search(words)):
            message = f"“{column.label}”是{said}%，超过100%。"
            yield self._doubt(Kind.OVER_HUNDRED, key, column, message, (said,))
        is_small = is_difference or bool(_SMALL.search(words))
        if 0 < value <= 1 and not is_small and self._is_bare(key, column):
            right = f"{(value * _HUNDRED).normalize():f}"
            message = f"“{column.label}”填的是{said}，按{said}%计，不是{right}%。"
            yield self._doubt(Kind.FRACTION, key, column, message, (said,))

    def _is_bare(self, key: Key, column: Column) -> bool:
        """Was it typed, and without the sign that makes it sure?"""
        text = self.figures.text(key, column.id)
        return self._is_entered(key, column) and not {"%", "％"} & set(text)

    def parts(self) -> Iterator[Doubt]:
        """其中 > 总数, across a row and down a column."""
        of_columns = list(column_pairs(self.definition.columns))
        for part, whole in of_columns:
            for key in [""] if part.per is Per.UNIT else self.figures.keys:
                yield from self._part((key, part), (self._key_of(key, whole), whole))
        for part_key, whole_key in row_pairs(self.figures):
            for column in self.figures.columns.values():
                if column.per is Per.ROW and is_counted(column):
                    yield from self._part((part_key, column), (whole_key, column))

    def _key_of(self, key: Key, column: Column) -> Key:
        return "" if column.per is Per.UNIT else key

    def _part(self, part: tuple[Key, Column], whole: tuple[Key, Column]) -> Iterator[Doubt]:
        small, large = (self.figures.cell(key, column.id) for key, column in (part, whole))
        one, other = (self._in_force(*cell) for cell in (part, whole))
        is_alike = is_counted(one) and is_counted(other) and one.measure == other.measure
        if not (is_alike and isinstance(small, Decimal) and isinstance(large, Decimal)):
            return
        if small <= large or small < 0:
            return
        said = spelled(one, small), spelled(other, large)
        names = self._name(part, whole), self._name(whole, part)
        message = f"{names[0]}（{said[0]}）大于{names[1]}（{said[1]}）。"
        cell = part if self._is_entered(*part) or not self._is_entered(*whole) else whole
        about = (*said, whole[1].id, self._row_name(whole[0]))
        yield self._doubt(Kind.PART, *cell, message, about)

    def _name(self, cell: tuple[Key, Column], beside: tuple[Key, Column]) -> str:
        """A column where both stand in one row, else a row."""
        (key, column), (other, _) = cell, beside
        place = self.places.get(self._row_path(key)) if key != other else None
        if place is None:
            return f"“{self.labels[column.id]}”"
        return place.line or f"“{self.labels[column.id]}”"

    def blank(self) -> Iterator[Doubt]:
        """Rows without anything, or without any figure, below something that was written."""
        columns = self.definition.row_columns()
        figures = [column for column in columns if column.is_number]
        keys = [key for key in self.figures.keys if self._asks(key)]
        asked = bool(keys) or not self.definition.is_keyed
        if not columns or not asked:
            return
        if not self._says_anything(keys, columns):
            yield Doubt("", "全表", Kind.BLANK, "表中各行都没有填写。", ("",))
        elif figures and not self._says_anything(keys, figures):
            message = "表中各行的数字都没有填写；数为零的应填“0”。"
            yield Doubt("", "全表", Kind.BLANK, message, ("figures",))

    def _says_anything(self, keys: list[Key], columns: Any) -> bool:
        return any(self.figures.text(key, column.id).strip() for key in keys for column in columns)

    def _asks(self, key: Key) -> bool:
        row = self.figures.rows.get(str(key)) if self.definition.is_keyed else None
        return row is None or not (row.heading or row.formula)

    def _in_force(self, key: Key, column: Column) -> Column:
        return column if key == "" else self.figures.column(key, column.id)

    def _is_entered(self, key: Key, column: Column) -> bool:
        """Does somebody write in this cell?"""
        row = self.figures.rows.get(str(key)) if self.definition.is_keyed else None
        is_asked = row is None or column.per is Per.UNIT or self.definition.asks(row, column)
        return column.is_entered and is_asked

    def _words(self, key: Key, column: Column) -> str:
        """All that says what a figure is: header, row and unit."""
        return f"{self.above[column.id]} {self._row_name(key)} {column.measure}"

    def _row_name(self, key: Key) -> str:
        """What a keyed row is called; of a repeated one what is written in it beside figures."""
        if key == "":
            return ""
        if self.definition.is_keyed:
            return self.figures.rows[str(key)].label
        columns = (one for one in self.definition.row_columns() if not one.is_number)
        return "/".join(filter(None, (self.figures.text(key, one.id) for one in columns)))

    def _row_path(self, key: Key) -> str:
        return f"{'items' if self.definition.is_keyed else 'rows'}.{key}"

    def _doubt(
        self, kind: Kind, key: Key, column: Column, message: str, about: tuple[str, ...]
    ) -> Doubt:
        path = f"unit.{column.id}" if key == "" else f"{self._row_path(key)}.{column.id}"
        place = self.places.get(path) or self._beside(key, column, path)
        id_ = str(key) if self.definition.is_keyed else ""
        return Doubt(
            place.path, place.quoted, kind, message, (column.id, id_, self._row_name(key), *about)
        )

    def _beside(self, key: Key, column: Column, path: str) -> Place:
        """Of a computed cell: the first one that is written in and from which it comes."""
        named = [column.rate.numerator] if column.rate else []
        named += [one.name for one in refs(parse(column.formula))] if column.formula else []
        above, row = path.rpartition(".")[0], self.places.get(self._row_path(key))
        ways = [way for id_ in named if (way := f"{above}.{id_}") in self.places]
        at = Place(ways[0], "") if ways else row or Place("", "")
        number, name = (row.row, row.row_label) if row else (0, "")
        return Place(at.path, self.labels[column.id], "", number, name)
