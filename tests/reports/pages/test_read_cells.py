"""The cells of a table to read, as the tag writes them."""

from types import SimpleNamespace

from reports.pages.grid_cell import Cell
from reports.schemas.comparing.text_changes import Run
from reports.schemas.content.table_lines import CellRole
from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind
from reports.schemas.definition.layout import Box
from reports.templatetags.cells import read_cells

TEXT = Column("c1", "情况", ColumnKind.LONGTEXT)
NUMBER = Column("c2", "数量", ColumnKind.INTEGER)


def test_text_is_escaped_and_stands_in_its_own_element():
    written = read_cells([Cell("rows.0.c1", "<b>甲</b>\n乙", TEXT)])

    assert written == (
        '<td class="cell-long"><span class="runs">&lt;b&gt;甲&lt;/b&gt;\n乙</span></td>'
    )


def test_links_lead_to_cells_that_are_anchored():
    cell = Cell("rows.0.c1", "甲", TEXT, span=2, colspan=3, heads=["h-0-1"], position=4)

    written = read_cells([cell], anchored=True)

    assert 'id="rows-0-c1" rowspan="2" colspan="3" headers="h-0-1"' in written
    assert "headers" not in read_cells([cell])


def test_cell_of_one_form_among_several_can_be_marked():
    written = read_cells([Cell("rows.0.c1", "甲", TEXT, form=1, position=4)], anchored=True)

    assert 'id="form-1-rows-0-c1" data-place="1:rows.0.c1" data-column="4"' in written


def test_class_says_what_kind_of_cell_it_is():
    cells = [
        Cell("a.b", "1", NUMBER),
        Cell("", "2", NUMBER, role=CellRole.COMPUTED),
        Cell("", "—", NUMBER, role=CellRole.CROSSED),
        Cell("a.c", "3", NUMBER, is_gone=True, is_asked=True),
    ]

    classes = [read_cells([cell]).split('class="')[1].split('"')[0] for cell in cells]

    assert classes == [
        "cell-short cell-num",
        "cell-short cell-num computed",
        "cell-short cell-num crossed",
        "cell-short cell-num is-gone is-returned",
    ]


def test_what_was_struck_out_and_put_in_is_marked():
    runs = [Run("same", "甲"), Run("struck", "<"), Run("put_in", "乙")]

    written = read_cells([Cell("rows.0.c1", "甲乙", TEXT, runs=runs)])

    assert "甲<del>&lt;</del><ins>乙</ins>" in written
    assert "is-changed" in written


def test_foot_of_a_box_and_marks_stand_below_the_text():
    mark = SimpleNamespace(is_internal=False, note="补充<", settled_at=None)
    cell = Cell(
        "unit.c1",
        "甲",
        TEXT,
        box=Box(field="c1", closing=("（单位盖章）",)),
        marks=[SimpleNamespace(mark=mark, became="")],
    )

    written = read_cells([cell])

    assert '<span class="box-closing">（单位盖章）</span>' in written
    assert "补正要求：补充&lt;" in written
