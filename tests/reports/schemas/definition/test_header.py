import pytest

from reports.schemas.definition.columns import Column
from reports.schemas.definition.header import HeaderCell, header_depth, header_grid
from tests.reports.forms import annex_1


def chain(depth: int) -> Column:
    """A column under depth - 1 headings."""
    column = Column("c1", "第1层")
    for level in range(2, depth + 1):
        column = Column(f"g{level}", f"第{level}层", children=(column,))
    return column


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_header_of_any_depth_reaches_down_beside_a_plain_column(depth):
    columns = (chain(depth), Column("c2", "备注"))

    grid = header_grid(columns)

    assert header_depth(columns) == depth
    assert len(grid) == depth
    assert grid[0][1] == HeaderCell("备注", 0, 1, rowspan=depth, colspan=1)
    assert [row[0].label for row in grid] == [f"第{n}层" for n in range(depth, 0, -1)]


def test_annex_1_header_has_one_span_and_five_columns_reaching_down():
    first, second = annex_1().header_grid()

    assert [(cell.label, cell.column, cell.rowspan, cell.colspan) for cell in first] == [
        ("序号", 0, 2, 1),
        ("领导同志批示情况", 1, 2, 1),
        ("组织开展学习情况", 2, 2, 1),
        ("出台贯彻落实《纲要》文件情况", 3, 1, 3),
        ("开展的重点和特色宣传贯彻工作", 6, 2, 1),
        ("好的经验和做法", 7, 2, 1),
    ]
    assert second == (
        HeaderCell("文件名称", 1, 3, 1, 1),
        HeaderCell("发文主体", 1, 4, 1, 1),
        HeaderCell("当前进展", 1, 5, 1, 1),
    )


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_header_cells_cover_every_place_exactly_once(depth):
    columns = (chain(depth), Column("c2", "甲"), Column("g9", "乙", children=(Column("c3", "丙"),)))

    covered = [
        (row, column)
        for cells in header_grid(columns)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]

    rows = max(depth, 2)
    assert sorted(covered) == [(row, column) for row in range(rows) for column in range(3)]
