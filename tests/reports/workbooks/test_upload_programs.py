"""The same workbook as Excel, WPS and the offices on the web write it: parts, cells and styles."""

import re
from collections.abc import Callable

import pytest

from reports.workbooks.reading import raw
from reports.workbooks.reading.raw import WorkbookRefused
from tests.reports.filled_templates import rezipped
from tests.reports.shown_cells import DAY, SHEET, read, said, texts, with_id, with_xml, written

STYLES, LINKS = "xl/styles.xml", "xl/_rels/workbook.xml.rels"
BOOK = written({"B4": ("示例企业", "@"), "C4": (3, "General"), "F4": (46112, DAY)})
TAKEN = {"B4": "示例企业", "C4": "3", "F4": "2026年3月31日"}
PICTURE = "单元格里是图片，图片不能导入。请删去图片，改填文字；图片可作为随报材料上传。"
Change = Callable[[bytes], bytes]


def replaced(part: str, pattern: str, by: str) -> Change:
    def change(parts):
        parts[part], times = re.subn(pattern, by, parts[part].decode(), flags=re.DOTALL)
        assert times
        parts[part] = parts[part].encode()

    return lambda data: rezipped(data, change)


def put(part: str, data: bytes) -> Change:
    return lambda whole: rezipped(whole, lambda parts: parts.update({part: data}))


def cell(at: str, inside: str) -> Change:
    return lambda data: with_xml(data, {at: inside})


def prefixed(data: bytes) -> bytes:
    """Every element of the sheet with a prefix, as some programs write them."""

    def change(parts):
        xml = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", parts[SHEET])
        parts[SHEET] = xml.replace(b"xmlns=", b"xmlns:x=", 1)

    return rezipped(data, change)


def exchanged_rows(data: bytes) -> bytes:
    def change(parts):
        fourth, fifth = (
            re.search(rb'<row r="%d".*?</row>' % number, parts[SHEET], re.DOTALL)[0]
            for number in (4, 5)
        )
        parts[SHEET] = parts[SHEET].replace(fourth + fifth, fifth + fourth)

    return rezipped(data, change)


SAME = {
    "no fill": replaced(STYLES, r"<fills.*?</fills>", '<fills count="1"><fill/></fills>'),
    "family of fonts": replaced(STYLES, r'<family val="\d+"', '<family val="34"'),
    "short colour": replaced(STYLES, r'rgb="[0-9A-F]{8}"', 'rgb="FF00"'),
    "alignment of its own": replaced(STYLES, r'horizontal="\w+"', 'horizontal="distributed2"'),
    "styles of its own": replaced(
        STYLES, "</styleSheet>", '<dxfs count="1"><dxf x="1"/></dxfs></styleSheet>'
    ),
    "properties beyond the standard": replaced(
        "docProps/core.xml", "</cp:coreProperties>", "<dc:x>1</dc:x></cp:coreProperties>"
    ),
    "product of WPS": put(
        "docProps/custom.xml", b"<Properties><property name='KSO'/></Properties>"
    ),
    "broken theme": put("xl/theme/theme1.xml", b"<a"),
    "broken properties": put("docProps/core.xml", b"<a"),
    "page of its own": replaced(SHEET, r'orientation="\w+"', 'orientation="side"'),
    "no dimension": replaced(SHEET, r"<dimension[^>]*/>", ""),
    "condition of its own": replaced(
        SHEET,
        "</sheetData>",
        '</sheetData><conditionalFormatting><cfRule type="new"/></conditionalFormatting>',
    ),
    "extensions": replaced(
        SHEET,
        "</worksheet>",
        '<extLst><ext uri="{X}"><a xmlns="urn:x"/></ext></extLst></worksheet>',
    ),
    "attributes of Excel 2010": replaced(
        SHEET, '<row r="4"', '<row xmlns:x14ac="urn:x" r="4" x14ac:dyDescent="0.25"'
    ),
    "absolute names": replaced(LINKS, r'Target="/?(?:xl/)?', 'Target="/xl/'),
    "relative names": replaced(LINKS, r'Target="/xl/', 'Target="'),
    "names of Windows": replaced(LINKS, 'Target="/xl/worksheets/', r'Target="worksheets\\\\'),
    "names in capitals": replaced(LINKS, "worksheets/sheet", "Worksheets/Sheet"),
    "cells without addresses": replaced(SHEET, r'(<c) r="[A-Z]+4"', r"\1"),
    "rows without numbers": replaced(SHEET, r'(<row) r="\d+"', r"\1"),
    "elements with prefixes": prefixed,
    "rows out of order": exchanged_rows,
    "no styles": lambda data: with_xml(
        rezipped(data, lambda parts: parts.pop(STYLES)), {"F4": 't="d"><v>2026-03-31</v>'}
    ),
    "text of a formula's kind": cell("B4", 't="str"><v>示例企业</v>'),
    "inline": cell("B4", 't="inlineStr"><is><t>示例企业</t></is>'),
    "inline in pieces": cell(
        "B4", 't="inlineStr"><is><r><t>示例</t></r><r><rPr><b/></rPr><t>企业</t></r></is>'
    ),
    "inline with reading aids": cell(
        "B4",
        't="inlineStr"><is><t>示例企业</t><rPh sb="0" eb="2"><t>shili</t></rPh></is>',
    ),
    "day by name": cell("F4", 't="d"><v>2026-03-31</v>'),
    "moment by name": cell("F4", 't="d"><v>2026-03-31T00:00:00.000Z</v>'),
    "number with an exponent": cell("C4", "><v>3E0</v>"),
    "day with id 31": lambda data: with_id(data, {"F4": 31}),
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_workbook_is_read_whatever_program_wrote_it(change):
    upload = read(change(BOOK))

    assert (upload.faults, upload.notices, texts(upload)) == ((), (), TAKEN)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('t="inlineStr"><is><t>甲_x000D_\n乙</t></is>', "甲\n乙"),
        ('t="inlineStr"><is><t>A_x005F_x0041_</t></is>', "A_x0041_"),
        ('t="inlineStr"><is><t xml:space="preserve">甲  乙</t></is>', "甲  乙"),
        ('t="b"><v>1</v>', "TRUE"),
        ('t="str"><f>IF(1,"","")</f><v></v>', None),  # what it shows is nothing
    ],
)
def test_cell_says_what_it_shows(inside, text):
    upload = read(with_xml(BOOK, {"B4": inside}))

    assert (upload.faults, upload.notices) == ((), ())
    assert texts(upload).get("B4") == text


@pytest.mark.parametrize(
    "name", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#NUM!"]
)
@pytest.mark.parametrize("formula", ["", "<f>A1/0</f>"])
def test_error_is_told_by_its_name(formula, name):
    upload = read(with_xml(BOOK, {"C4": f't="e">{formula}<v>{name}</v>'}))

    assert said(upload.faults) == {"C4": f"单元格显示错误值“{name}”，请改为正确的内容。"}


@pytest.mark.parametrize(
    "inside",
    [
        't="str"><f>_xlfn.DISPIMG("ID_0A",1)</f><v>=DISPIMG("ID_0A",1)</v>',
        't="str"><f>DISPIMG("ID_0A",1)</f><v>#NAME?</v>',
        't="e"><f>_xlfn.DISPIMG("ID_0A",1)</f><v>#NAME?</v>',
        '><f>_xlfn.DISPIMG("ID_0A",1)</f>',
        't="str"><f>IFERROR(_xlfn.DISPIMG("ID_0A",1),"")</f><v>=DISPIMG("ID_0A",1)</v>',
        't="inlineStr"><is><t>=DISPIMG("ID_0A",1)</t></is>',
        't="str"><f t="shared" ref="B4:B5" si="0">_xlfn.DISPIMG("ID_0A",1)</f><v>x</v>',
    ],
)
def test_picture_in_a_cell_of_wps_is_told(inside):
    assert said(read(with_xml(BOOK, {"B4": inside})).faults) == {"B4": PICTURE}


@pytest.mark.parametrize(
    ("pattern", "by", "place"),
    [
        (r'<row r="4"', '<row r="4" hidden="true"', "第4行"),
        (r'<row r="4"[^>]*>', '<row r="4" ht="0" customHeight="1">', "第4行"),
        (r"<cols>", '<cols><col min="3" max="3" hidden="1"/>', "C列"),
        (r"<cols>", '<cols><col min="3" max="3" width="0" customWidth="1"/>', "C列"),
    ],
)
def test_row_or_column_that_does_not_show_is_told(pattern, by, place):
    [fault] = read(replaced(SHEET, pattern, by)(BOOK)).faults

    assert fault.message_zh.startswith(f"{place}被隐藏，请取消隐藏")


def test_format_that_the_file_defines_comes_before_the_programs_own():
    data = replaced(
        STYLES, "<numFmts[^>]*>", '<numFmts><numFmt numFmtId="57" formatCode="000000"/>'
    )(with_id(BOOK, {"B5": 57, "C4": 57}))

    upload = read(with_xml(data, {"B5": "><v>12</v>"}))

    assert (upload.faults, texts(upload)["B5"], texts(upload)["C4"]) == ((), "000012", "3")


def test_cells_without_addresses_are_counted_too():
    numbers = (number * 7919 % 1_000_003 for number in range(raw.MOST_CELLS + 1))
    cells = b"<row>" + b"".join(b"<c><v>%d</v></c>" % number for number in numbers) + b"</row>"
    data = rezipped(
        BOOK,
        lambda parts: parts.update(
            {SHEET: parts[SHEET].replace(b"</sheetData>", cells + b"</sheetData>")}
        ),
    )

    with pytest.raises(WorkbookRefused, match="表中单元格超过200000个"):
        read(data)
