"""The rows of the ledger, five hundred cells a page: a template takes several times as long."""

from collections.abc import Callable, Iterable

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from bureaus.templatetags.components import badge, light
from tasks.models import Assignment
from tasks.pages.later_periods import in_words
from tasks.pages.ledger_columns import Cell

register = template.Library()


@register.simple_tag
def ledger_rows(rows: Iterable[Assignment], *, with_boxes: bool) -> str:
    """Numbered rows with their ``cells`` (ledger_columns.Cell) and, where wanted, a box to tick."""
    # looked up once: fifty lookups are a third of the work of a table
    before, _, after = reverse("tasks:assignment_detail", args=[0]).rpartition("0")
    written = []
    for row in rows:
        row.url = f"{before}{row.pk}{after}"
        box = _box(row) if with_boxes else ""
        cells = "".join([WRITERS.get(cell.kind, _plain)(cell, row) for cell in row.cells])
        written.append(f"<tr>{box}{cells}</tr>\n")
    return mark_safe("".join(written))  # noqa: S308  every writer escapes what it is given


def _box(row: Assignment) -> str:
    return (
        f'<td class="col-check"><input type="checkbox" name="assignments" value="{row.pk}"'
        f' aria-label="选择第 {row.seq} 项"></td>'
    )


def _plain(cell: Cell, row: Assignment) -> str:
    return f'<td class="col-{cell.kind}"{_label(cell)}>{escape(cell.text)}{_note(cell)}</td>'


def _seq(cell: Cell, row: Assignment) -> str:
    return f'<td class="col-seq">{escape(cell.text)}</td>'


def _light(cell: Cell, row: Assignment) -> str:
    return f'<td class="col-light"{_label(cell)}>{light(row.light.code, row.light.reason)}</td>'


def _title(cell: Cell, row: Assignment) -> str:
    words = escape(cell.text)
    return (
        f'<td class="col-wide"><a class="cell-title" href="{row.url}" title="{words}">{words}</a>'
        f"{_note(cell)}{_later(row)}</td>"
    )


def _later(row: Assignment) -> str:
    """As templates/tasks/_later.html."""
    if not (periods := getattr(row, "later", None)):
        return ""
    before, _, after = reverse("tasks:assignment_detail", args=[0]).rpartition("0")
    items = "".join(
        f'<li><a href="{before}{one.pk}{after}">{escape(one.name)}</a>'
        f'<span class="muted">　{one.due_on:%Y-%m-%d} 截止</span></li>'
        for one in periods
    )
    return f'<details class="more"><summary>{in_words(periods)}</summary><ul>{items}</ul></details>'


def _day(cell: Cell, row: Assignment) -> str:
    return (
        f'<td class="col-day"{_label(cell)}>{escape(cell.text)}{_aside(cell, "week")}'
        f"{_note(cell, f' light-{row.light.code}')}</td>"
    )


def _moment(cell: Cell, row: Assignment) -> str:
    if not cell.text:
        return '<td class="col-moment"></td>'
    return (
        f'<td class="col-moment"{_label(cell)}>{escape(cell.text)}{_aside(cell, "clock")}'
        f"{_note(cell)}</td>"
    )


def _status(cell: Cell, row: Assignment) -> str:
    return f"<td{_label(cell)}>{badge(cell.text, row.badge)}{_note(cell)}</td>"


def _label(cell: Cell) -> str:
    return f' data-label="{cell.label}"'


def _aside(cell: Cell, kind: str) -> str:
    return f'<span class="cell-{kind}">{escape(cell.aside)}</span>' if cell.aside else ""


def _note(cell: Cell, kind: str = "") -> str:
    """What stands beside the value."""
    return f'<span class="cell-sub{kind}">{escape(cell.note)}</span>' if cell.note else ""


WRITERS: dict[str, Callable[[Cell, Assignment], str]] = {
    "seq": _seq,
    "light": _light,
    "title": _title,
    "day": _day,
    "moment": _moment,
    "status": _status,
}
