"""The cells of a table to read, hundreds on a page: a template takes ten times as long."""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe

from reports.pages.grid_cell import Cell
from reports.schemas.comparing.text_changes import Run

register = template.Library()


@register.simple_tag
def read_cells(line: Iterable[Cell], *, anchored: bool = False) -> str:
    """A line to read; its line breaks are kept. ``anchored`` where links lead to the cells, below a
    header whose cells have ids."""
    written = "".join([_cell(cell, anchored=anchored) for cell in line])
    return mark_safe(written)  # noqa: S308  every piece escapes what it is given


def _cell(cell: Cell, *, anchored: bool) -> str:
    if cell.is_head:
        return render_to_string("reports/_cell_fixed.html", {"cell": cell})
    return (
        f'<td{_place(cell, anchored)} class="{_classes(cell)}">{_runs(cell)}'
        f"{_closing(cell)}{_made(cell)}{_marks(cell)}</td>"
    )


def _place(cell: Cell, anchored: bool) -> str:
    """The attributes before the class."""
    said = ""
    if place := cell.place:
        said = f' id="{escape(cell.id)}" data-place="{escape(place)}" data-column="{cell.position}"'
    elif anchored and cell.name:
        said = f' id="{escape(cell.id)}"'
    if cell.span > 1:
        said += f' rowspan="{cell.span}"'
    if cell.colspan > 1:
        said += f' colspan="{cell.colspan}"'
    if anchored and cell.heads:
        said += f' headers="{escape(cell.head_ids)}"'
    return said


def _classes(cell: Cell) -> str:
    said = "col-seq" if cell.is_serial else f"cell-{cell.width}"
    if cell.is_number and not cell.is_serial:
        said += " cell-num"
    if cell.is_crossed:
        said += " crossed"
    elif cell.is_computed:
        said += " computed"
    if cell.is_gone:
        said += " is-gone"
    elif cell.runs:
        said += " is-changed"
    return f"{said} is-returned" if cell.is_asked else said


def _runs(cell: Cell) -> str:
    """As templates/reports/_runs.html."""
    text = "".join([_run(run) for run in cell.runs]) if cell.runs else escape(cell.text)
    return f'<span class="runs">{text}</span>'


def _run(run: Run) -> str:
    tag = {"struck": "del", "put_in": "ins"}.get(run.kind)
    return f"<{tag}>{escape(run.text)}</{tag}>" if tag else escape(run.text)


def _closing(cell: Cell) -> str:
    lines = cell.box.closing if cell.box else ()
    return "".join([f'<span class="box-closing">{escape(line)}</span>' for line in lines])


def _made(cell: Cell) -> str:
    return render_to_string("reports/_cell_made.html", {"made": cell.made}) if cell.made else ""


def _marks(cell: Cell) -> str:
    return render_to_string("reports/_marks_read.html", {"marks": cell.marks}) if cell.marks else ""
