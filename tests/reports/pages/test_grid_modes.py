"""The 17 real tables as pages show them: every cell once, every control posts what it shows."""

import pytest
from django.http import QueryDict

from reports.filling.posted_form import content_from, texts_from
from reports.pages import grid
from reports.pages.grid_cell import Cell
from reports.schemas.content.content import blank, normalise
from reports.schemas.content.table_lines import CellRole
from tests.reports.tables import BY_NUMBER, CASES

EVERY_CASE = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.name}")


def shown(case) -> grid.Sheet:
    return grid.sheet(case.definition, case.content, [])


def cells(sheet: grid.Sheet) -> list[Cell]:
    return [*sheet.head, *(cell for line in sheet.lines for cell in line), *sheet.foot]


def at(sheet: grid.Sheet, key: str) -> Cell:
    every = [*cells(sheet), *sheet.total]
    return next(cell for cell in every if key in (cell.name, cell.key))


def pressed(sheet: grid.Sheet) -> QueryDict:
    """What a browser posts of the sheet as it is."""
    posted = QueryDict(mutable=True)
    for cell in cells(sheet):
        if not (cell.name and cell.is_entered) or cell.names_unit:
            continue
        if cell.options:
            posted.setlist(cell.name, [one.label for one in cell.options if one.is_chosen])
        else:
            posted[cell.name] = cell.text
    return posted


@EVERY_CASE
def test_page_posted_as_it_is_says_the_same(case):
    posted = content_from(texts_from(pressed(shown(case))), is_table=True)

    assert normalise(case.definition, posted, regions=case.regions) == case.content


@EVERY_CASE
def test_cells_fill_the_grid_without_gap_or_overlap(case):
    sheet = shown(case)
    width = sum(cell.colspan for cell in sheet.lines[0])
    taken = set()
    for row, line in enumerate([*sheet.lines, list(sheet.total)]):
        column = 0
        for cell in line:
            while (row, column) in taken:
                column += 1
            own = {(row + y, column + x) for y in range(cell.span) for x in range(cell.colspan)}
            assert not own & taken
            taken |= own
    height = len(sheet.lines) + bool(sheet.total)
    assert taken == {(row, column) for row in range(height) for column in range(width)}


@EVERY_CASE
def test_every_cell_names_the_header_cells_above_it(case):
    sheet = shown(case)
    known = {f"h-{cell.row}-{cell.column}" for line in sheet.header for cell in line}
    named = {id_ for line in sheet.lines for cell in line for id_ in cell.head_ids.split()}

    assert named == known


def test_cell_below_four_rows_of_header_names_all_of_them():
    cell = at(shown(BY_NUMBER[6]), "items.110000.m2")

    assert cell.head_ids == "h-0-1 h-1-6 h-2-7 h-3-8"
    assert cell.label == "第1行“北京” 抽查企业/中型企业/其中/标注不合格批次"


def test_computed_crossed_and_printed_cells_are_not_written_in():
    catering, civil = shown(BY_NUMBER[3]), shown(BY_NUMBER[10])

    assert (at(catering, "items.r1.sum").text, at(catering, "items.r1.sum").name) == ("78", "")
    assert at(civil, "items.r3.now").role is CellRole.COMPUTED
    crossed = at(civil, "items.r4.before")
    assert (crossed.text, crossed.is_crossed, crossed.name) == ("—", True, "")
    title = civil.lines[0][0]
    assert (title.text, title.colspan, title.is_head) == ("一、社会救助", 5, True)


def test_parts_of_a_row_are_set_in_and_labels_merged():
    lines = shown(BY_NUMBER[2]).lines

    assert [(cell.text, cell.level) for cell in lines[2] if cell.is_head] == [
        ("其中：食品生产小作坊", 1)
    ]
    assert [(cell.text, cell.span) for cell in lines[5] if cell.is_head] == [
        ("抽检食品", 2),
        ("总数", 1),
    ]


def test_totals_stand_beside_the_lines_not_among_them():
    first, last = shown(BY_NUMBER[9]), shown(BY_NUMBER[16])

    assert [cell.text for cell in first.total] == ["合计", "120.5", "2", "33.25", ""]
    assert (first.is_total_first, last.is_total_first) == (True, False)
    assert len(first.lines) == 2
    assert at(last, "total.n").text == "1017"


def test_answers_are_chosen_from_a_list_that_loses_no_other_text():
    case = BY_NUMBER[15]
    sheet = grid.sheet(case.definition, case.content, [])
    grade, means = at(sheet, "rows.0.grade"), at(sheet, "rows.0.means")

    assert [(one.label, one.code, one.is_chosen) for one in grade.options] == [
        ("一级", "A", False),
        ("二级", "B", True),
        ("三级", "C", False),
        ("无", "", False),
    ]
    assert [one.label for one in means.options if one.is_chosen] == ["约谈", "抽检"]

    content = {**case.content, "rows": [{**case.content["rows"][0], "grade": "特级"}]}
    wrong = at(grid.sheet(case.definition, content, []), "rows.0.grade")
    assert [one.label for one in wrong.options if one.is_chosen] == ["特级"]


def test_boxes_of_a_form_without_rows_are_labels_and_blanks():
    sheet = shown(BY_NUMBER[12])

    assert sheet.is_boxes
    assert not sheet.has_rows
    label, about = sheet.lines[3]
    assert (label.text, label.box.vertical, label.is_head) == ("内容简介", True, True)
    assert (about.name, about.colspan, about.box.lines) == ("unit.about", 3, 12)
    assert sheet.lines[4][1].box.closing == ("（单位盖章）", "年　　月　　日")


@pytest.mark.parametrize("number", [1, 6, 11, 12])
def test_fixed_lines_cannot_be_added_to(number):
    assert shown(BY_NUMBER[number]).has_rows is False


def test_table_by_region_without_regions_has_no_lines():
    definition = BY_NUMBER[7].definition

    assert grid.sheet(definition, blank(definition), []).lines == []
