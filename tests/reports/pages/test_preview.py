from reports.pages import roll_up_table
from reports.schemas.rolling.units import UnitEntry
from tests.reports.forms import annex_1, annex_1_content


def test_header_leaves_out_the_serial_number_that_stands_before():
    top, below = roll_up_table.header(annex_1())

    assert "序号" not in [cell.label for cell in (*top, *below)]
    assert sum(cell.colspan for cell in top) == 7
    assert [cell.label for cell in below] == ["文件名称", "发文主体", "当前进展"]


def test_block_has_a_line_a_document_without_its_serial_number():
    entries = [
        UnitEntry("110000", "北京", annex_1_content(documents=3)),
        UnitEntry("330000", "浙江", annex_1_content(documents=0)),
    ]

    first, second = roll_up_table.blocks(annex_1(), entries)

    assert (first.number, first.name, first.span) == (1, "北京", 3)
    assert (second.number, second.name, second.span) == (2, "浙江", 1)
    assert [len(line) for line in first.lines] == [7, 3, 3]
    assert first.lines[2][0].text == "示例文件3"
