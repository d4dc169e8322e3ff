"""A definition as a draft, to be edited; made.made makes an equal definition of it again."""

from collections.abc import Iterator, Sequence

from reports.editing.draft import (
    BOXES,
    CHECKS,
    COLUMNS,
    FOOT,
    HEAD,
    ON,
    OUTLINE,
    ROWS,
    SECTIONS,
    TABLE,
    Draft,
    Entry,
)
from reports.schemas.definition.aggregates import Rate
from reports.schemas.definition.checks import Check
from reports.schemas.definition.choices import Choice
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import Definition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.layout import Layout
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.definition.rows import Row

_FLAGS = ("required", "multiple", "given", "own_measure")
_PLAIN = ("measure", "spans_with", "at_most", "formula")


def draft_of(definition: Definition) -> Draft:
    """Every setting of a definition as text."""
    if isinstance(definition, OutlineDefinition):
        return _outline(definition)
    total, imprint = definition.total, definition.imprint
    texts = {
        "kind": TABLE,
        "title": definition.title,
        "annex_no": definition.annex_no,
        "row_mode": definition.row_mode.value,
        "unit_line": definition.unit_line,
        "notes": "\n".join(definition.notes),
        "orientation": definition.orientation.value,
        "total": total.position.value if total else "",
        "total_label": total.label if total else "合计",
        **{name: getattr(imprint, name) for name in imprint.__slots__},
    }
    labels = [column.id for column in definition.label_columns()]
    return Draft(
        texts,
        {
            COLUMNS: tuple(_columns(definition.columns, 0)),
            ROWS: tuple(_row(row, labels) for row in definition.rows),
            HEAD: tuple(map(_field, definition.head_fields)),
            FOOT: tuple(map(_field, definition.foot_fields)),
            CHECKS: tuple(map(_check, definition.checks)),
            BOXES: tuple(boxes_of(definition.layout)),
        },
    )


def boxes_of(layout: Layout) -> list[Entry]:
    """The boxes of a layout, each with the number of its row from 1."""
    return [
        {
            "row": str(number),
            "label": box.label,
            "field": box.field,
            "colspan": str(box.colspan),
            "rowspan": str(box.rowspan),
            "vertical": _flag(box.vertical),
            "lines": str(box.lines),
            "closing": "\n".join(box.closing),
        }
        for number, boxes in enumerate(layout, start=1)
        for box in boxes
    ]


def choices_text(choices: Sequence[Choice]) -> str:
    """One a line; 一级=A with its code."""
    return "\n".join(
        f"{one.label}={one.code}" if one.code or "=" in one.label else one.label for one in choices
    )


def _columns(columns: Sequence[Column], depth: int) -> Iterator[Entry]:
    for column in columns:
        yield {"id": column.id, "depth": str(depth), "label": column.label, **_settings(column)}
        yield from _columns(column.children, depth + 1)


def _settings(column: Column) -> Entry:
    if column.children:
        return {"kind": column.kind.value, "per": column.per.value}
    return {
        "kind": column.kind.value,
        "per": column.per.value,
        **{name: _flag(getattr(column, name)) for name in _FLAGS},
        **{name: getattr(column, name) for name in _PLAIN},
        "max_chars": _number(column.max_chars),
        "decimals": _number(column.decimals),
        "width": "" if column.width is None else f"{column.width:g}",
        "suggest": "\n".join(column.suggest),
        "choices": choices_text(column.choices),
        "aggregate": column.aggregate.value if column.aggregate else "",
        **_rate(column.rate),
    }


def _row(row: Row, labels: Sequence[str]) -> Entry:
    return {
        "id": row.id,
        **{f"label.{id_}": text for id_, text in zip(labels, row.labels, strict=False)},
        "level": str(row.level),
        "measure": row.measure,
        "kind": row.kind.value if row.kind else "",
        "decimals": _number(row.decimals),
        "aggregate": row.aggregate.value if row.aggregate else "",
        **_rate(row.rate),
        "heading": _flag(row.heading),
        "formula": row.formula,
        **{f"given.{id_}": text for id_, text in row.given},
        **{f"crossed.{id_}": ON for id_ in row.crossed},
    }


def _field(field: Field) -> Entry:
    return {
        "id": field.id,
        "label": field.label,
        "kind": field.kind.value,
        **{name: _flag(getattr(field, name)) for name in ("required", "seal", "sign")},
        "choices": choices_text(field.choices),
    }


def _check(check: Check) -> Entry:
    return {
        "expression": check.expression,
        "level": check.level.value,
        "message": check.message,
        "rows": "、".join(check.rows),
        "columns": "、".join(check.columns),
    }


def _outline(definition: OutlineDefinition) -> Draft:
    texts = {
        "kind": OUTLINE,
        "title": definition.title,
        "annex_no": definition.annex_no,
        "closing_note": definition.closing_note,
        "max_chars": _number(definition.max_chars),
    }
    # Ignored: a section's JSON holds texts alone, which to_json() does not say.
    return Draft(texts, {SECTIONS: tuple(dict(one.to_json()) for one in definition.sections)})  # type: ignore[arg-type]


def _rate(rate: Rate | None) -> Entry:
    if rate is None:
        return {"numerator": "", "denominator": ""}
    return {"numerator": rate.numerator, "denominator": rate.denominator}


def _flag(value: bool) -> str:
    return ON if value else ""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
