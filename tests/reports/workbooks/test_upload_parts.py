"""What else a workbook may hold: pictures, formulas, strict names, days since 1904."""

import re
from collections.abc import Callable

import pytest

from tests.reports.filled_templates import rezipped
from tests.reports.shown_cells import DAY, MONTH, SHEET, Cells, read, said, texts, with_xml, written


def test_picture_in_a_cell_is_a_fault():
    picture = '=DISPIMG("ID_0123",1)'
    upload = read(
        with_xml(
            written(dict.fromkeys(("B4", "B5", "B6", "C4", "F4"), ("x", "@"))),
            {
                "B4": f't="str"><f>_xlfn.DISPIMG("ID_0123",1)</f><v>{picture}</v>',
                "B5": f't="str"><f>DISPIMG("ID_0123",1)</f><v>{picture}</v>',
                "B6": f't="inlineStr"><is><t>{picture}</t></is>',
                "C4": f't="str"><f>_xlfn.DISPIMG("ID_0123",1)</f><v>{picture}</v>',
                "F4": '><f>_xlfn.IMAGE("a.png")</f><v>0</v>',
            },
        )
    )

    assert set(said(upload.faults)) == {"B4", "B5", "B6", "C4", "F4"}
    assert all(words.startswith("单元格里是图片") for words in said(upload.faults).values())


def with_parts(parts: dict[str, bytes]) -> Callable[[bytes], bytes]:
    return lambda data: rezipped(data, lambda found: found.update(parts))


def test_picture_that_excel_put_into_a_cell_is_no_error_value():
    value = 't="e" vm="1"><v>#VALUE!</v>'
    data = with_xml(written({"B4": ("x", "@")}), {"B4": value})
    structure = b'<rvStructures><s t="_localImage"/></rvStructures>'

    plain, placed = (
        read(data),
        read(with_parts({"xl/richData/rdrichvaluestructure.xml": structure})(data)),
    )

    assert said(plain.faults)["B4"].startswith("单元格显示错误值“#VALUE!”")
    assert said(placed.faults)["B4"].startswith("单元格里是图片")


@pytest.mark.parametrize("prefix", ["xdr:", ""])
@pytest.mark.parametrize("anchor", ["twoCellAnchor", "oneCellAnchor"])
def test_picture_on_the_sheet_is_told(anchor, prefix):
    corner = (
        f"<{prefix}from><{prefix}col>3</{prefix}col><{prefix}row>4</{prefix}row></{prefix}from>"
    )
    inside = f"{corner}<{prefix}pic></{prefix}pic>"
    name = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    drawing = (
        f'<{prefix}wsDr xmlns{":" if prefix else ""}{prefix.rstrip(":")}="{name}">'
        f"<{prefix}{anchor}>{inside}</{prefix}{anchor}></{prefix}wsDr>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    parts = {
        "xl/drawings/drawing1.xml": drawing.encode(),
        "xl/worksheets/_rels/sheet1.xml.rels": links.encode(),
    }

    upload = read(with_parts(parts)(written({"B4": ("甲", "@")})))

    assert [str(one) for one in upload.notices] == [
        "表上的1张图片没有导入：D5。需要的请作为随报材料上传。"
    ]


def test_formula_without_a_result_is_a_fault_and_with_one_is_told():
    upload = read(
        with_xml(
            written(dict.fromkeys(("B4", "C4", "D4", "F4", "H4", "C5"), ("x", "@"))),
            {
                "B4": 't="str"><f>A1&amp;"x"</f>',
                "C4": "><f>1+1</f>",
                "D4": "><f>1+1</f><v></v>",
                "F4": "><f>TODAY()</f>",
                "H4": 't="e"><f>1/0</f><v>#DIV/0!</v>',
                "C5": "><f>6+6</f><v>12</v>",
            },
        )
    )

    assert set(said(upload.faults)) == {"B4", "C4", "D4", "F4", "H4"}
    assert said(upload.notices) == {"C5": "填的是公式，已按计算结果“12”导入。"}


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"officeDocument/relationships"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
        b"officeDocument/extendedProperties"
    ),
    b"http://schemas.openxmlformats.org/drawingml/2006/main": b"drawingml/main",
}


def strict(parts: dict[str, bytes]) -> None:
    for name, data in parts.items():
        for usual, own in STRICT.items():
            data = data.replace(usual, b"http://purl.oclc.org/ooxml/" + own)
        parts[name] = data


def with_iso_day(parts: dict[str, bytes]) -> None:
    """Strict files may hold days as they are written."""
    day = r'<c r="F4"\1 t="d"><v>2026-03-31</v></c>'
    xml = re.sub(r'<c r="F4"( s="\d+")?[^>]*>.*?</c>', day, parts[SHEET].decode())
    parts[SHEET] = xml.encode()
    strict(parts)


@pytest.mark.parametrize("change", [strict, with_iso_day])
def test_strict_workbook_is_read(change: Callable[[dict[str, bytes]], None]):
    cells: Cells = {"B4": ("甲", "@"), "C4": (3, "0"), "D4": (1.5, "0.00"), "F4": (46112, DAY)}

    upload = read(rezipped(written(cells), change))

    assert (upload.faults, upload.notices) == ((), ())
    assert texts(upload) == {"B4": "甲", "C4": "3", "D4": "1.50", "F4": "2026年3月31日"}


@pytest.mark.parametrize("flag", [b'date1904="1"', b'date1904="true"'])
def test_days_since_1904(flag):
    def change(parts):
        book = re.sub(rb"<workbookPr[^>]*/>", b"", parts["xl/workbook.xml"])
        parts["xl/workbook.xml"] = book.replace(b"<bookViews", b"<workbookPr %s/><bookViews" % flag)

    upload = read(rezipped(written({"F4": (44650, DAY), "G4": (44650, MONTH)}), change))

    assert texts(upload) == {"F4": "2026年3月31日", "G4": "2026年3月"}
