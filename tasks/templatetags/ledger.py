"""The cells of the ledger, five hundred on a page: a template takes several times as long."""

from collections.abc import Callable

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from bureaus.templatetags.components import badge, light
from tasks.columns import Cell
from tasks.models import Assignment

register = template.Library()


@register.simple_tag
def ledger_cells(row: Assignment) -> str:
    """One row's ``cells`` (tasks.columns.Cell), as table cells."""
    written = [WRITERS.get(cell.kind, _plain)(cell, row) for cell in row.cells]
    return mark_safe("".join(written))  # noqa: S308  every writer escapes what it is given


def _plain(cell: Cell, row: Assignment) -> str:
    return f"<td>{escape(cell.text)}{_below(cell)}</td>"


def _seq(cell: Cell, row: Assignment) -> str:
    return f'<td class="col-seq">{escape(cell.text)}</td>'


def _light(cell: Cell, row: Assignment) -> str:
    return f'<td class="col-light">{light(row.light.code, row.light.reason)}</td>'


def _title(cell: Cell, row: Assignment) -> str:
    url = reverse("tasks:assignment_detail", args=[row.pk])
    return f'<td><a class="cell-title" href="{url}">{escape(cell.text)}</a>{_below(cell)}</td>'


def _day(cell: Cell, row: Assignment) -> str:
    return f'<td class="col-day">{escape(cell.text)}{_below(cell, f" light-{row.light.code}")}</td>'


def _status(cell: Cell, row: Assignment) -> str:
    return f"<td>{badge(cell.text, row.badge)}{_below(cell)}</td>"


def _below(cell: Cell, kind: str = "") -> str:
    return f'<span class="cell-sub{kind}">{escape(cell.below)}</span>' if cell.below else ""


WRITERS: dict[str, Callable[[Cell, Assignment], str]] = {
    "seq": _seq,
    "light": _light,
    "title": _title,
    "day": _day,
    "status": _status,
}
