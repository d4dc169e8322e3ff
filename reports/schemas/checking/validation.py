"""Checks what a unit wrote against its form and names every fault at the field it stands in."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from reports.schemas.checking import cross_checks
from reports.schemas.checking.problems import Problem
from reports.schemas.checking.unsupported_sections import lacking
from reports.schemas.content.content import Content, OutlineContent, TableContent, has_body
from reports.schemas.content.documents_named import documents
from reports.schemas.content.figures import Figures, Key
from reports.schemas.content.places import row_names
from reports.schemas.content.texts import EXCEL_CELL_CHARS, count_words, excel_length, is_control
from reports.schemas.content.values import (
    decimals_of,
    is_date,
    is_month,
    is_no_value_mark,
    read_number,
    spelled,
)
from reports.schemas.definition.choices import GAP, chosen
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import ColumnKind, FieldKind
from reports.schemas.definition.outlines import OutlineDefinition

_PHONE = re.compile(r"[0-9０-９][0-9０-９\-－—()（）+ 转]{5,}[0-9０-９]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def check(definition: Definition, content: Content) -> list[Problem]:
    """Every problem of content as `normalise` returns it, in the order of the form; relations
    between figures last."""
    found = list(_problems(definition, content))
    if isinstance(definition, FormDefinition):
        found += cross_checks.problems(definition, content)
    return found


def draft_faults(definition: Definition, content: Content) -> list[Problem]:
    """What is wrong at its own place: kept in a draft as it was written, and named there.

    What is missing, and figures that do not agree yet, count when it is handed in: who writes a
    table from the top puts it down in the middle.
    """
    return [
        problem
        for problem in _problems(definition, content)
        if problem.level == "error" and is_written(content, problem.path)
    ]


def unkept(definition: Definition, content: Content) -> list[Problem]:
    """Of the faults those that not even a draft can hold: characters that no file could bear."""
    faults = draft_faults(definition, content)
    return [one for one in faults if any(map(is_control, _text_at(content, one.path)))]


def is_written(content: Content, path: str) -> bool:
    """Is anything written at this path? A fault of emptiness may wait until handing in.

    The empty path is the form as a whole, whose one fault is that nothing stands in it.
    """
    return bool(path) and _says_something(_at(content, path))


def _at(content: Content, path: str) -> object:
    node: object = content
    for step in path.split("."):
        if isinstance(node, list):
            node = node[int(step)] if int(step) < len(node) else ""
        elif isinstance(node, dict):
            node = node.get(step, "")
    return node


def _text_at(content: Content, path: str) -> str:
    found = _at(content, path) if path else ""
    return found if isinstance(found, str) else ""


def _says_something(node: object) -> bool:
    if isinstance(node, dict):
        return any(_says_something(value) for value in node.values())
    if isinstance(node, list):
        return any(_says_something(value) for value in node)
    return bool(node)


def _problems(definition: Definition, content: Content) -> Iterator[Problem]:
    """Those of each place by itself."""
    if isinstance(definition, OutlineDefinition):
        return _outline_problems(definition, cast(OutlineContent, content))
    return _table_problems(definition, cast(TableContent, content))


def outline_word_count(content: OutlineContent) -> int:
    """字数 of everything written; the given headings do not count."""
    return sum(count_words(text) for text in content["sections"].values())


def _outline_problems(definition: OutlineDefinition, content: OutlineContent) -> Iterator[Problem]:
    sections = content["sections"]
    if not any(sections.values()):
        message = "总结尚未填写任何内容，请填写后再报送。"
        yield Problem("sections", definition.title, "error", message)
        return
    for section in definition.sections:
        path, text = f"sections.{section.id}", sections[section.id]
        if not text:
            message = f"“{section.full_heading}”未填写；确无此项内容的，请填写“无”。"
            yield Problem(path, section.full_heading, "warning", message)
        yield from _unfit_text(path, section.full_heading, text)
    yield from lacking(definition, content)
    total, limit = outline_word_count(content), definition.max_chars
    if limit is not None and total > limit:
        message = f"总字数为{total}字，超过{limit}字的上限，请删减{total - limit}字。"
        yield Problem("sections", definition.title, "error", message)


def _table_problems(definition: FormDefinition, content: TableContent) -> Iterator[Problem]:
    if not has_body(content):
        yield Problem("", definition.title, "error", "表内尚未填写任何内容，请填写后再报送。")
    for field in definition.head_fields:
        yield from _field_problems(f"head.{field.id}", field, content["head"][field.id])
    figures = Figures(definition, content)
    for column in definition.unit_columns():
        text, most = content["unit"][column.id], _most(figures, "", column)
        yield from _cell_problems(f"unit.{column.id}", column.label, column, text, most)
    yield from _row_problems(definition, content, figures)
    yield from _item_problems(definition, content, figures)
    for field in definition.foot_fields:
        yield from _field_problems(f"foot.{field.id}", field, content["foot"][field.id])


def _row_problems(
    definition: FormDefinition, content: TableContent, figures: Figures
) -> Iterator[Problem]:
    columns = definition.row_columns()
    for index, row in enumerate(content["rows"]):
        for column in columns:
            path, most = f"rows.{index}.{column.id}", _most(figures, index, column)
            yield from _cell_problems(path, column.label, column, row[column.id], most)


def _item_problems(
    definition: FormDefinition, content: TableContent, figures: Figures
) -> Iterator[Problem]:
    names = row_names(definition, content)
    for row in definition.rows_of(content):
        texts = content.get("items", {}).get(row.id, {})
        for id_, text in texts.items():
            column = figures.column(row.id, id_)
            label, most = f"{names[row.id]}“{column.label}”", _most(figures, row.id, column)
            yield from _cell_problems(f"items.{row.id}.{id_}", label, column, text, most)


def _most(figures: Figures, key: Key, column: Column) -> Decimal | None:
    """The most the figure of a cell may be; None where there is no such figure."""
    if not column.at_most:
        return None
    if column.at_most[0].isdigit():
        return Decimal(column.at_most)
    value = figures.cell(key, column.at_most)
    return value if isinstance(value, Decimal) else None


def _field_problems(path: str, field: Field, text: str) -> Iterator[Problem]:
    """The faults of a field above or below the table."""
    if not text:
        # The unit's own name is known and printed without being typed in.
        if field.required and field.kind is not FieldKind.UNIT:
            yield Problem(path, field.label, "error", f"请填写“{field.label}”。")
        return
    yield from _unfit_text(path, field.label, text)
    if message := _field_fault(field, text):
        yield Problem(path, field.label, "error", message)


def _cell_problems(
    path: str, label: str, column: Column, text: str, most: Decimal | None = None
) -> Iterator[Problem]:
    """The faults of one cell, whose figure may be `most` at most; `label` says where it is."""
    if not text:
        if column.required:
            message = f"“{column.label}”为必填项，请填写；确无此项内容的，请填写“无”。"
            yield Problem(path, label, "error", message)
        return
    for problem in _unfit_text(path, column.label, text):
        yield Problem(path, label, problem.level, problem.message_zh)
    words = count_words(text)
    if column.max_chars is not None and words > column.max_chars:
        message = (
            f"“{column.label}”为{words}字，超过{column.max_chars}字的上限，"
            f"请删减{words - column.max_chars}字。"
        )
        yield Problem(path, label, "error", message)
    if is_no_value_mark(text):
        return
    if message := _value_fault(column, text, most):
        yield Problem(path, label, "error", message)
    elif message := _doubt(column, text):
        yield Problem(path, label, "warning", message)


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


def _field_fault(field: Field, text: str) -> str:
    match field.kind:
        case FieldKind.DATE if not is_date(text):
            return _date_message(field.label, text)
        case FieldKind.MONTH if not is_month(text):
            return _month_message(field.label, text)
        case FieldKind.PHONE if not (_PHONE.search(text) or is_no_value_mark(text)):
            return f"“{field.label}”应填电话号码，不能填“{text}”。"
        case FieldKind.EMAIL if not (_EMAIL.fullmatch(text) or is_no_value_mark(text)):
            return f"“{field.label}”应填电子邮箱，如name@example.com，不能填“{text}”。"
        case FieldKind.CHOICE if not is_no_value_mark(text):
            return _choice_fault(field, text, multiple=False)
    return ""


def _value_fault(column: Column, text: str, most: Decimal | None) -> str:
    """What is wrong with a value; empty when nothing is."""
    if column.is_number:
        return _number_fault(column, text, most)
    if column.choices:
        return _choice_fault(column, text, multiple=column.multiple)
    if column.kind is ColumnKind.DATE and not is_date(text):
        return _date_message(column.label, text)
    if column.kind is ColumnKind.MONTH and not is_month(text):
        return _month_message(column.label, text)
    return ""


def _number_fault(column: Column, text: str, most: Decimal | None) -> str:
    found = read_number(text, measure=column.measure)
    is_whole = column.kind is ColumnKind.INTEGER
    if found is None or (is_whole and found.value != found.value.to_integral_value()):
        measure = f"，以“{column.measure}”为单位" if column.measure else ""
        wanted = "整数" if is_whole else "数字"
        return f"“{column.label}”应填{wanted}{measure}，不能填“{text}”；没有的填“0”或“无”。"
    if column.decimals is not None and decimals_of(found.value) > column.decimals:
        kept = f"最多保留{column.decimals}位小数" if column.decimals else "应填整数"
        return f"“{column.label}”{kept}，不能填“{text}”。"
    if most is not None and found.value > most:
        return f"“{column.label}”填的是{spelled(column, found.value)}，不能超过{most:f}。"
    return ""


def _choice_fault(asked: Column | Field, text: str, *, multiple: bool) -> str:
    labels = chosen(text, asked.choices)
    known = GAP.join(choice.label for choice in asked.choices)
    if labels is None:
        return f"“{asked.label}”应从“{known}”中选择，不能填“{text}”。"
    if len(labels) > 1 and not multiple:
        return f"“{asked.label}”只能选一项，不能填“{text}”。"
    return ""


def _doubt(column: Column, text: str) -> str:
    """What is understood but should be looked at; empty when nothing is."""
    if column.is_number:
        found = read_number(text, measure=column.measure)
        if found and found.is_reckoned:
            amount = f"{spelled(column, found.value)}{column.measure}"
            return f"“{column.label}”填的是“{text}”，按{amount}计，请核对。"
    if column.kind is ColumnKind.CONTACT and not _PHONE.search(text):
        return f"“{column.label}”中没有找到电话号码，请补上。"
    if column.kind is ColumnKind.DOCUMENT:
        vague = [one.text for one in documents(text) if not one.number]
        if vague:
            return f"“{column.label}”中“{vague[0][:30]}”没有写明文号，确无文号的不用补。"
    return ""


def _date_message(label: str, text: str) -> str:
    return f"“{label}”应填日期，如2023年3月31日，不能填“{text}”。"


def _month_message(label: str, text: str) -> str:
    return f"“{label}”应填年月，如2023年3月，不能填“{text}”。"
