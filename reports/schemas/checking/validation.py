"""Checks what a unit wrote against its form and names every fault at the field it stands in."""

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from reports.schemas.checking import cross_checks
from reports.schemas.checking.cell_faults import cell_problems, field_problems, unfit_text
from reports.schemas.checking.problems import Level, Problem
from reports.schemas.checking.unsupported_sections import lacking
from reports.schemas.content.content import Content, OutlineContent, TableContent, has_body
from reports.schemas.content.figures import Figures, Key
from reports.schemas.content.names import row_names
from reports.schemas.content.word_count import count_words
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import Definition, FormDefinition, OutlineDefinition

__all__ = ["Level", "Problem", "check", "outline_word_count"]


def check(definition: Definition, content: Content) -> list[Problem]:
    """Every problem of content as `normalise` returns it, in the order of the form; relations
    between figures last."""
    if isinstance(definition, OutlineDefinition):
        return list(_outline_problems(definition, cast(OutlineContent, content)))
    return list(_table_problems(definition, cast(TableContent, content)))


def disagreements(definition: Definition, content: Content) -> list[Problem]:
    """Of these problems, those between figures that are each right in itself."""
    if isinstance(definition, OutlineDefinition):
        return []
    return list(cross_checks.problems(definition, content))


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
        yield from unfit_text(path, section.full_heading, text)
    yield from lacking(definition, content)
    total, limit = outline_word_count(content), definition.max_chars
    if limit is not None and total > limit:
        message = f"总字数为{total}字，超过{limit}字的上限，请删减{total - limit}字。"
        yield Problem("sections", definition.title, "error", message)


def _table_problems(definition: FormDefinition, content: TableContent) -> Iterator[Problem]:
    if not has_body(content):
        yield Problem("", definition.title, "error", "表内尚未填写任何内容，请填写后再报送。")
    for field in definition.head_fields:
        yield from field_problems(f"head.{field.id}", field, content["head"][field.id])
    figures = Figures(definition, content)
    for column in definition.unit_columns():
        text, most = content["unit"][column.id], _most(figures, "", column)
        yield from cell_problems(f"unit.{column.id}", column.label, column, text, most)
    yield from _row_problems(definition, content, figures)
    yield from _item_problems(definition, content, figures)
    for field in definition.foot_fields:
        yield from field_problems(f"foot.{field.id}", field, content["foot"][field.id])
    yield from cross_checks.problems(definition, content)


def _row_problems(
    definition: FormDefinition, content: TableContent, figures: Figures
) -> Iterator[Problem]:
    columns = definition.row_columns()
    for index, row in enumerate(content["rows"]):
        for column in columns:
            path, most = f"rows.{index}.{column.id}", _most(figures, index, column)
            yield from cell_problems(path, column.label, column, row[column.id], most)


def _item_problems(
    definition: FormDefinition, content: TableContent, figures: Figures
) -> Iterator[Problem]:
    names = row_names(definition, content)
    for row in definition.rows_of(content):
        texts = content.get("items", {}).get(row.id, {})
        for id_, text in texts.items():
            column = figures.column(row.id, id_)
            label, most = f"{names[row.id]}“{column.label}”", _most(figures, row.id, column)
            yield from cell_problems(f"items.{row.id}.{id_}", label, column, text, most)


def _most(figures: Figures, key: Key, column: Column) -> Decimal | None:
    """The most the figure of a cell may be; None where there is no such figure."""
    if not column.at_most:
        return None
    if column.at_most[0].isdigit():
        return Decimal(column.at_most)
    value = figures.cell(key, column.at_most)
    return value if isinstance(value, Decimal) else None
