"""Data sentences from the tables of several periods of one series: figures added up, what is
counted from the beginning as it stands last, texts by period.

Each says of which periods it is; a cell that a period left blank is no part of its figure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from reports.schemas.content.content import TableContent
from reports.schemas.content.values import number_of, spelled
from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import RowMode
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.drafting import document_sentences
from reports.schemas.drafting.data_sentences import draft
from reports.schemas.drafting.sentence import Given, Part, Sentence

# Counted from the beginning, or at a moment: the last figure holds the earlier ones.
_RUNNING = re.compile(r"累计|截至|截止|年初|期末|月末|季末|年末|现有|存量|在册")
_TAIL = re.compile(r"[（(][^（）()]*[）)]\s*$")
_MARKS = re.compile(r"[\s《》]")


@dataclass
class _Together:
    """Content made of several; ``parts``: the cells that each of its cells comes from."""

    content: TableContent
    parts: dict[str, list[Part]]


def draft_periods(outline: OutlineDefinition, tables: Sequence[Given]) -> list[Sentence]:
    """From the same table of several periods, in order of time, each with its ``period``.

    Tables whose columns are not those of the last one, and those with rows of regions, are not
    added to it.
    """
    last = tables[-1]
    same = [one for one in tables if one.definition == last.definition]
    if len(same) < 2 or last.definition.row_mode is RowMode.BY_REGION:
        return draft(outline, [last])
    together = _together(same)
    given = replace(last, content=together.content)
    found = [_of_parts(one, together.parts) for one in draft(outline, [given])]
    return [*found, *_texts(outline, same)]


def span(tables: Sequence[Given]) -> str:
    """2026年1月; of several 2026年1月至2026年3月（共3期）: the number tells of one left out."""
    names = list(dict.fromkeys(one.period for one in tables))
    return names[0] if len(names) == 1 else f"{names[0]}至{names[-1]}（共{len(names)}期）"


def _of_parts(sentence: Sentence, origins: Mapping[str, list[Part]]) -> Sentence:
    parts = [part for path in sentence.paths for part in origins.get(path, ())]
    said = span(_in_time(parts))
    link = "" if said.endswith("）") else "："
    return replace(sentence, text=f"{said}{link}{sentence.text}", parts=tuple(parts))


def _in_time(parts: Sequence[Part]) -> list[Given]:
    given = {one.order: one for one, _ in parts}
    return [given[order] for order in sorted(given)]


def _texts(outline: OutlineDefinition, tables: Sequence[Given]) -> Iterator[Sentence]:
    """What each period wrote once, each text the last time it stands."""
    said: dict[tuple[str, str], Sentence] = {}
    for given in tables:
        texts = {
            column.id: given.content["unit"].get(column.id, "")
            for column in given.definition.unit_columns()
            if not column.is_number
        }
        alone = replace(given, content={**_blank(given.content), "unit": texts})
        for sentence in draft(outline, [alone]):
            parts = tuple((given, path) for path in sentence.paths)
            text = f"{given.period}：{sentence.text}"
            key = sentence.section, sentence.text
            said.pop(key, None)
            said[key] = replace(sentence, given=given, text=text, parts=parts)
    yield from said.values()


def _together(tables: Sequence[Given]) -> _Together:
    definition = tables[-1].definition
    made = _Together(_blank(tables[-1].content), {})
    for column in definition.unit_columns():
        if column.is_number:
            texts = [(one, f"unit.{column.id}", one.content["unit"]) for one in tables]
            made.content["unit"][column.id] = _figure(made, column, texts)
    if definition.is_keyed:
        _add_items(made, tables)
    else:
        _add_rows(made, tables)
    return made


def _add_items(made: _Together, tables: Sequence[Given]) -> None:
    """Row by row of those that the form gives."""
    last = tables[-1]
    items = made.content["items"] = {}
    for row in last.content.get("items", {}):
        items[row] = {}
        for column in last.definition.row_columns():
            texts = [
                (one, f"items.{row}.{column.id}", one.content.get("items", {}).get(row, {}))
                for one in tables
            ]
            items[row][column.id] = _figure(made, column, texts)


def _add_rows(made: _Together, tables: Sequence[Given]) -> None:
    """All rows, one that several periods repeat once, with its last period; a document that goes
    from 起草中 to 已印发 is one by its name."""
    columns = tables[-1].definition.row_columns()
    listed = document_sentences.columns_of(tables[-1])
    telling = [listed.name] if listed else columns
    running = {one.id for one in columns if one.is_number and _RUNNING.search(one.label)}
    kept: dict[tuple[str, ...], tuple[Given, int]] = {}
    for given in tables:
        for index, row in enumerate(given.content["rows"]):
            key = tuple(_plain(row.get(one.id, "")) for one in telling)
            if not any(key):  # a row without a name is nobody else's
                key = (str(given.order), str(index))
            kept.pop(key, None)
            kept[key] = given, index
    for place, (given, index) in enumerate(kept.values()):
        row = dict(given.content["rows"][index])
        if given is not tables[-1]:
            row |= dict.fromkeys(running, "")
        made.content["rows"].append(row)
        for column in columns:
            made.parts[f"rows.{place}.{column.id}"] = [(given, f"rows.{index}.{column.id}")]


def _figure(
    made: _Together, column: Column, texts: Sequence[tuple[Given, str, Mapping[str, str]]]
) -> str:
    """The sum of a column that adds up, else what stands last in it; noting whence it is."""
    said = [(given, path, one[column.id]) for given, path, one in texts if one.get(column.id)]
    if not said:
        return ""
    path = said[-1][1]
    figures = [(given, path, number_of(column, text)) for given, path, text in said]
    known = [(given, path, figure) for given, path, figure in figures if figure is not None]
    is_sum = column.is_number and column.adds_up and not _RUNNING.search(column.label)
    if not is_sum or not known:
        made.parts[path] = [(said[-1][0], path)]
        return said[-1][2]
    made.parts[path] = [(given, path) for given, path, _ in known]
    return spelled(column, sum((figure for _, _, figure in known), Decimal(0)))


def _plain(text: str) -> str:
    """Without blanks, 《》 and what stands in brackets at its end, as the number of a document."""
    return _MARKS.sub("", _TAIL.sub("", text))


def _blank(content: TableContent) -> TableContent:
    blank = {**content, "unit": {}, "rows": []}
    return cast(TableContent, blank | ({"items": {}} if "items" in content else {}))
