"""Checks what a unit wrote against its form and names every fault at the field it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never, cast

from reports.schemas.characters import EXCEL_CELL_CHARS, excel_length, is_control
from reports.schemas.columns import Column, ColumnKind, Field, FieldKind
from reports.schemas.content import Content, OutlineContent, TableContent
from reports.schemas.definition import Definition, FormDefinition, OutlineDefinition
from reports.schemas.values import is_date, is_no_value_mark, parse_integer, parse_number
from reports.schemas.word_count import count_words

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at a path such as unit.c2, rows.0.c4, foot.f1, sections.s3 or sections (the whole).

    An empty path is the form as a whole. An error forbids handing in, a warning does not.
    """

    path: str
    label: str
    level: Level
    message_zh: str


def check(definition: Definition, content: Content) -> list[Problem]:
    """Every problem of content as `normalise` returns it, in the order of the form."""
    if isinstance(definition, OutlineDefinition):
        return list(_outline_problems(definition, cast(OutlineContent, content)))
    return list(_table_problems(definition, cast(TableContent, content)))


def outline_word_count(content: OutlineContent) -> int:
    """字数 of everything written; the given headings do not count."""
    return sum(count_words(text) for text in content["sections"].values())


def _outline_problems(definition: OutlineDefinition, content: OutlineContent) -> Iterator[Problem]:
    sections = content["sections"]
    if not any(sections.values()):
        message = "总结尚未填写任何内容，请填写后再上报。"
        yield Problem("sections", definition.title, "error", message)
        return
    for section in definition.sections:
        path, text = f"sections.{section.id}", sections[section.id]
        if not text:
            message = f"“{section.full_heading}”未填写；确无此项内容的，请填写“无”。"
            yield Problem(path, section.full_heading, "warning", message)
        yield from _unfit_text(path, section.full_heading, text)
    total, limit = outline_word_count(content), definition.max_chars
    if limit is not None and total > limit:
        message = f"总字数为{total}字，超过{limit}字的上限，请删减{total - limit}字。"
        yield Problem("sections", definition.title, "error", message)


def _table_problems(definition: FormDefinition, content: TableContent) -> Iterator[Problem]:
    if not any(content["unit"].values()) and not any(any(r.values()) for r in content["rows"]):
        yield Problem("", definition.title, "error", "表内尚未填写任何内容，请填写后再上报。")
    for field in definition.head_fields:
        yield from _field_problems(f"head.{field.id}", field, content["head"][field.id])
    for column in definition.unit_columns():
        yield from _cell_problems(f"unit.{column.id}", column, content["unit"][column.id])
    for number, row in enumerate(content["rows"]):
        for column in definition.row_columns():
            yield from _cell_problems(f"rows.{number}.{column.id}", column, row[column.id])
    for field in definition.foot_fields:
        yield from _field_problems(f"foot.{field.id}", field, content["foot"][field.id])


def _field_problems(path: str, field: Field, text: str) -> Iterator[Problem]:
    if not text:
        # The unit's own name is known and printed without being typed in.
        if field.required and field.kind is not FieldKind.UNIT:
            yield Problem(path, field.label, "error", f"请填写“{field.label}”。")
        return
    yield from _unfit_text(path, field.label, text)
    if field.kind is FieldKind.DATE and not is_date(text):
        yield Problem(path, field.label, "error", _date_message(field.label, text))


def _cell_problems(path: str, column: Column, text: str) -> Iterator[Problem]:
    if not text:
        if column.required:
            message = f"“{column.label}”为必填项，请填写；确无此项内容的，请填写“无”。"
            yield Problem(path, column.label, "error", message)
        return
    yield from _unfit_text(path, column.label, text)
    words = count_words(text)
    if column.max_chars is not None and words > column.max_chars:
        message = (
            f"“{column.label}”为{words}字，超过{column.max_chars}字的上限，"
            f"请删减{words - column.max_chars}字。"
        )
        yield Problem(path, column.label, "error", message)
    if message := _value_fault(column, text):
        yield Problem(path, column.label, "error", message)


def _value_fault(column: Column, text: str) -> str:
    """What is wrong with the value of a number or date column; empty when nothing is."""
    match column.kind:
        case ColumnKind.SERIAL | ColumnKind.TEXT | ColumnKind.LONGTEXT:
            return ""
        case _ if is_no_value_mark(text):
            return ""
        case ColumnKind.INTEGER:
            right = parse_integer(text, measure=column.measure) is not None
            return "" if right else _number_message(column, text, "整数")
        case ColumnKind.DECIMAL:
            right = parse_number(text, measure=column.measure) is not None
            return "" if right else _number_message(column, text, "数字")
        case ColumnKind.DATE:
            return "" if is_date(text) else _date_message(column.label, text)
    assert_never(column.kind)


def _number_message(column: Column, text: str, wanted: str) -> str:
    measure = f"，以“{column.measure}”为单位" if column.measure else ""
    return f"“{column.label}”应填{wanted}{measure}，不能填“{text}”；没有的填“0”或“无”。"


def _date_message(label: str, text: str) -> str:
    return f"“{label}”应填日期，如2023年3月31日，不能填“{text}”。"


def _unfit_text(path: str, label: str, text: str) -> Iterator[Problem]:
    """Text that cannot be kept or printed as it is."""
    for position, char in enumerate(text, start=1):
        if is_control(char):
            message = (
                f"“{label}”第{position}个字符是看不见的控制字符（U+{ord(char):04X}），"
                "请删除后重新录入。"
            )
            yield Problem(path, label, "error", message)
            break
    if excel_length(text) > EXCEL_CELL_CHARS:
        message = f"“{label}”超过Excel单元格{EXCEL_CELL_CHARS}个字符的上限，请精简。"
        yield Problem(path, label, "error", message)
