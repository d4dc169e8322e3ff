import pytest

from reports.pages import grid
from reports.schemas.checking.problems import Problem
from reports.schemas.checking.validation import check
from reports.schemas.content.content import blank, normalise
from tests.reports.forms import annex_1, annex_1_content, annex_2, annex_2_content


def names(line) -> list[str]:
    return [cell.name for cell in line]


def test_first_line_carries_the_units_cells_over_all_lines():
    sheet = grid.sheet(annex_1(), annex_1_content(documents=3), [])

    assert sheet.row_count == len(sheet.lines) == 3
    assert names(sheet.lines[0]) == [
        "",
        "unit.c2",
        "unit.c3",
        "rows.0.c4",
        "rows.0.c5",
        "rows.0.c6",
        "unit.c7",
        "unit.c8",
    ]
    assert [cell.span for cell in sheet.lines[0]] == [3, 3, 3, 1, 1, 1, 3, 3]
    assert names(sheet.lines[2]) == ["rows.2.c4", "rows.2.c5", "rows.2.c6"]


def test_texts_stand_in_their_own_cells():
    content = annex_1_content(documents=2)

    sheet = grid.sheet(annex_1(), content, [])

    shown = {cell.name: cell.text for line in sheet.lines for cell in line if cell.name}
    assert shown == {
        **{f"unit.{column}": text for column, text in content["unit"].items()},
        **{
            f"rows.{number}.{column}": text
            for number, row in enumerate(content["rows"])
            for column, text in row.items()
        },
    }
    assert [cell.text for cell in sheet.foot] == ["示例联系人 010-00000000"]


def test_blank_form_has_one_line_to_write_in():
    sheet = grid.sheet(annex_1(), blank(annex_1()), [])

    assert sheet.row_count == 1
    assert {cell.text for cell in sheet.lines[0] if cell.name} == {""}


def test_every_control_posts_a_name_that_the_content_knows():
    """What the page posts back unchanged is the same content."""
    content = annex_1_content(documents=2)
    sheet = grid.sheet(annex_1(), content, [])

    posted: dict = {"rows": [{}, {}]}
    for cell in [*sheet.head, *sheet.foot, *(cell for line in sheet.lines for cell in line)]:
        part, _, rest = cell.name.partition(".")
        if part == "rows":
            index, _, column = rest.partition(".")
            posted["rows"][int(index)][column] = cell.text
        elif part:
            posted.setdefault(part, {})[rest] = cell.text

    assert normalise(annex_1(), posted) == content


def test_spare_lines_follow_the_written_ones():
    sheet = grid.sheet(annex_1(), annex_1_content(documents=2), [], spare=1)

    assert sheet.row_count == 3
    assert {cell.text for cell in sheet.lines[2] if cell.name} == {""}


def test_template_line_has_the_placeholder_of_the_script():
    sheet = grid.sheet(annex_1(), annex_1_content(), [])

    assert [name for name in names(sheet.template) if name] == [
        "rows.__index__.c4",
        "rows.__index__.c5",
        "rows.__index__.c6",
    ]


def test_problems_stand_at_their_own_cell_only():
    content = normalise(annex_1(), {"unit": {"c2": "批示"}, "rows": [{"c4": "甲"}, {"c5": "乙"}]})
    problems = check(annex_1(), content)

    sheet = grid.sheet(annex_1(), content, problems)

    cells = [*sheet.head, *sheet.foot, *(cell for line in sheet.lines for cell in line)]
    marked = {cell.name for cell in cells if cell.problems}
    assert marked == {problem.path for problem in problems}
    assert marked == {"unit.c3", "unit.c7", "unit.c8", "rows.1.c4", "foot.f1"}
    assert all(cell.is_wrong == bool(cell.problems) for cell in cells)


def test_form_with_a_problem_of_the_whole_marks_no_cell():
    content = blank(annex_1())
    whole = [problem for problem in check(annex_1(), content) if problem.path == ""]

    sheet = grid.sheet(annex_1(), content, whole)

    assert whole
    assert not any(cell.problems for line in sheet.lines for cell in line)


def test_outline_has_each_section_with_its_text_and_count():
    parts = grid.outline(annex_2(), annex_2_content("学习两次。", "", "ABC 12"), [])

    assert [(part.cell.name, part.cell.text, part.words) for part in parts][:3] == [
        ("sections.s1", "学习两次。", 5),
        ("sections.s2", "", 0),
        ("sections.s3", "ABC 12", 2),
    ]
    assert len(parts) == 5


@pytest.mark.parametrize(
    ("path", "href", "place"),
    [
        ("rows.1.c4", "rows-1-c4", "第2行 文件名称"),
        ("unit.c2", "unit-c2", "文件名称"),
        ("foot.f1", "foot-f1", "文件名称"),
        ("sections", "form", "文件名称"),
        ("", "form", "文件名称"),
    ],
)
def test_fault_links_to_its_cell_and_names_the_line(path, href, place):
    problems = [
        Problem(path, "文件名称", "error", "请填写。"),
        Problem(path, "文件名称", "warning", "请核对。"),
    ]

    assert grid.faults(problems, "error") == [grid.Fault(href, place, "请填写。")]
    assert grid.faults(problems, "warning") == [grid.Fault(href, place, "请核对。")]
