"""A form as comma-separated values, for other programs; Excel never runs what stands in it.

UTF-8 with a byte order mark, by which Excel knows it. Excel would take text that begins with
= + - @ or a tab for a formula, so such text gets an apostrophe before it, and so does text that
begins with an apostrophe itself: taking one apostrophe off the front (`unprefixed`) gives back
every text as it was. Negative numbers stay plain. Line breaks inside a cell stay, in quotes.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import cast

from reports.schemas.content.content import Content, OutlineContent, TableContent
from reports.schemas.content.places import column_labels
from reports.schemas.content.table_lines import lines
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.kinds import RowMode
from reports.schemas.definition.outlines import OutlineDefinition

_PREFIX = "'"
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", _PREFIX)
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?")
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def write_csv(definition: Definition, content: Content) -> bytes:
    """The body of a form: a head with a name for each column, then a line for each of its own.

    Labels that are merged on paper stand on every line. A key–value form or an outline has two
    columns, what is asked and what was written.
    """
    out = StringIO(newline="")
    writer = csv.writer(out)
    for record in _records(definition, content):
        writer.writerow([prefixed(text) for text in record])
    return (_BYTE_ORDER_MARK + out.getvalue()).encode()


def prefixed(text: str) -> str:
    """The text so that no program takes it for a formula."""
    is_risky = text.startswith(_RISKY) and not _NUMBER.fullmatch(text)
    return _PREFIX + text if is_risky else text


def unprefixed(text: str) -> str:
    """The text as it was before `prefixed`."""
    return text.removeprefix(_PREFIX)


def _records(definition: Definition, content: Content) -> Iterator[list[str]]:
    if isinstance(definition, OutlineDefinition):
        written = cast(OutlineContent, content)["sections"]
        yield ["部分", "内容"]
        for section in definition.sections:
            yield [section.full_heading, written[section.id]]
        return
    yield from _table_records(definition, cast(TableContent, content))


def _table_records(definition: FormDefinition, content: TableContent) -> Iterator[list[str]]:
    labels = column_labels(definition)
    if definition.row_mode is RowMode.KEY_VALUE:
        yield ["项目", "内容"]
        for column in definition.columns:
            yield [labels[column.id], content["unit"].get(column.id, "")]
        return
    yield [labels[leaf.id] for leaf in definition.leaf_columns()]
    for line in lines(definition, content):
        yield [cell.text for cell in line.cells]
