from io import BytesIO
from zipfile import ZipFile

import pytest

from reports.workbooks.forms.outline import write_outline
from reports.workbooks.forms.table import write_table
from reports.workbooks.sheets.book import CREATOR, add_sheet, new_workbook, to_bytes
from tests.reports.forms import annex_1, annex_1_content, annex_2, annex_2_content
from tests.reports.sheets import reopened


def both_annexes():
    workbook = write_table(annex_1(), annex_1_content(), unit_name="示例局")
    return write_outline(annex_2(), annex_2_content("甲"), unit_name="示例局", onto=workbook)


def test_table_and_outline_stand_in_one_workbook():
    assert reopened(both_annexes()).sheetnames == ["附件1", "附件2"]


def test_same_input_gives_the_same_bytes():
    assert to_bytes(both_annexes()) == to_bytes(both_annexes())


def test_workbook_names_no_person_and_no_moment():
    properties = reopened(both_annexes()).properties

    assert properties.creator == CREATOR
    assert properties.lastModifiedBy is None
    assert (properties.created.year, properties.modified.year) == (2000, 2000)
    with ZipFile(BytesIO(to_bytes(both_annexes()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_sheet_names_are_made_to_fit():
    workbook = new_workbook()

    for name in ["附件1", "附件1", "甲/乙:丙", "", "'甲'", "长" * 40, "长" * 40, "a\x07b"]:
        add_sheet(workbook, name)

    assert reopened(workbook).sheetnames == [
        "附件1",
        "附件1(2)",
        "甲 乙 丙",
        "报表",
        "甲",
        "长" * 31,
        "长" * 28 + "(2)",
        "a b",
    ]


def test_workbook_without_sheets_cannot_be_saved():
    with pytest.raises(IndexError):
        to_bytes(new_workbook())
