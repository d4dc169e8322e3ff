"""Uploaded cells whose stored value is not what stands on the screen: taken as seen, or told."""

import re
from collections.abc import Callable

import pytest

from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind
from reports.workbooks.reading.upload import Upload, read_upload
from tests.reports.filled_templates import KEY, edited, identity, rezipped, template

SHEET = "xl/worksheets/sheet1.xml"
FORM = FormDefinition(
    title="经营主体台账",
    annex_no="附件1",
    columns=(
        Column("c1", "序号", ColumnKind.SERIAL),
        Column("c2", "信用代码", ColumnKind.TEXT),
        Column("c3", "数量", ColumnKind.INTEGER, measure="家"),
        Column("c4", "货值", ColumnKind.MONEY, measure="万元", decimals=2),
        Column("c5", "合格率", ColumnKind.PERCENT, decimals=1),
        Column("c6", "检查日期", ColumnKind.DATE),
        Column("c7", "月份", ColumnKind.MONTH),
        Column("c8", "罚款", ColumnKind.MONEY, measure="元"),
    ),
)
TEMPLATE = template(FORM, room=8)  # rows 4 to 11
DAY, MONTH = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"'
Cells = dict[str, tuple[object, str]]


def written(cells: Cells) -> bytes:
    def change(_, sheet):
        for at, (value, code) in cells.items():
            sheet[at].value, sheet[at].number_format = value, code

    return edited(TEMPLATE, change)


def read(data: bytes) -> Upload:
    return read_upload(data, "填报.xlsx", FORM, identity(FORM), key=KEY)


def texts(upload: Upload) -> dict[str, str]:
    """What was taken in, by its cell."""
    rows = upload.content["rows"]
    found = {
        at: rows[int(path.split(".")[1])][path.split(".")[2]]
        for path, at in upload.addresses.items()
        if path.startswith("rows.")
    }
    return {at: text for at, text in found.items() if text}


def said(faults) -> dict[str, str]:
    return {fault.address: fault.message_zh for fault in faults}


def with_id(data: bytes, cells: dict[str, int]) -> bytes:
    """The cells with format ids that the file does not define, as Chinese Excel saves dates."""

    def change(parts):
        styles, sheet = parts["xl/styles.xml"].decode(), parts[SHEET].decode()
        count = int(re.search(r'<cellXfs count="(\d+)"', styles)[1])
        for at, number in cells.items():
            style = f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0"/></cellXfs>'
            styles = styles.replace("</cellXfs>", style)
            sheet = re.sub(rf'<c r="{at}"( s="\d+")?', f'<c r="{at}" s="{count}"', sheet)
            count += 1
        styles = re.sub(r'<cellXfs count="\d+"', f'<cellXfs count="{count}"', styles)
        parts["xl/styles.xml"], parts[SHEET] = styles.encode(), sheet.encode()

    return rezipped(data, change)


def with_xml(data: bytes, cells: dict[str, str]) -> bytes:
    """The cells with this inside, after their address."""

    def change(parts):
        xml = parts[SHEET].decode()
        for at, inside in cells.items():
            xml, times = re.subn(
                rf'<c r="{at}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)',
                lambda found, at=at, inside=inside: f'<c r="{at}"{found[1] or ""} {inside}</c>',
                xml,
            )
            assert times == 1
        parts[SHEET] = xml.encode()

    return rezipped(data, change)


def test_days_with_formats_of_chinese_excel():
    serials = {f"F{row}": (46112, "General") for row in range(4, 9)}
    months = {f"G{row}": (46112, "General") for row in range(4, 10)}
    data = written({**serials, **months, "B4": (46112, "General")})
    ids = {"F4": 31, "F5": 27, "F6": 36, "F7": 57, "F8": 58, "B4": 31}
    ids |= dict(zip(months, (27, 36, 50, 52, 57, 31), strict=True))

    upload = read(with_id(data, ids))

    found = texts(upload)
    assert upload.faults == ()
    assert [found[f"F{row}"] for row in range(4, 8)] == ["2026年3月31日", *["2026年3月"] * 3]
    assert found["B4"] == "2026年3月31日"
    assert [found[f"G{row}"] for row in range(4, 10)] == ["2026年3月"] * 6
    assert said(upload.notices) == {
        "F8": "单元格显示为“3月31日”，已按“2026年3月31日”导入，请核对。",
        "G9": "单元格显示为“2026年3月31日”，已按“2026年3月”导入，请核对。",
    }


def test_number_in_a_column_of_days_is_a_fault_and_never_a_month():
    values = [2026.10, 2026.1, 202610, 20261001, 10, 46112]

    upload = read(
        written(
            {
                **{f"F{row}": (value, "General") for row, value in enumerate(values, 4)},
                **{f"G{row}": (value, "0.00") for row, value in enumerate(values, 4)},
            }
        )
    )

    assert set(said(upload.faults)) == {f"{column}{row}" for column in "FG" for row in range(4, 10)}
    assert all("应填日期，此格是数字" in words for words in said(upload.faults).values())


def test_year_that_nobody_meant_is_a_fault():
    upload = read(
        written(
            {
                "G4": (2026.10, MONTH),
                "F4": (20.26, DAY),
                "F5": (3.31, 'm"月"d"日"'),
                "F6": (115000, DAY),
                "B4": (2026.10, MONTH),
                "C4": (12, DAY),
                "G5": ("1905年7月", "@"),
                "F7": ("2226-03-31", "@"),
            }
        )
    )

    assert set(said(upload.faults)) == {"G4", "F4", "F5", "F6", "B4", "C4", "G5", "F7"}
    assert said(upload.faults)["G4"].startswith("此格显示为“1905年7月”，多半是把数字填进了日期格式")


def test_digits_that_excel_lost_are_a_fault():
    upload = read(
        written(
            {
                "B4": (911101081234567891, "General"),
                "B5": (9.11101081234567e17, "0"),
                "B6": (1234567890123456, "@"),
                "B7": ("9.11101E+17", "@"),
                "B8": (-911101081234567000, "#,##0"),
                "C4": (1234567890123456, "0"),
                "B9": (123456789012345, "0"),
                "B10": (330106199001, "General"),
            }
        )
    )

    assert set(said(upload.faults)) == {"B4", "B5", "B6", "B7", "B8", "C4"}
    assert all("丢失" in words for words in said(upload.faults).values())
    assert (texts(upload)["B9"], texts(upload)["B10"]) == ("123456789012345", "330106199001")
    assert set(said(upload.notices)) == {"B10"}  # on the screen it is 3.30106E+11


def test_text_column_takes_a_number_as_it_is_shown():
    shown = {
        "B4": (12, "000000", "000012"),
        "B5": (13800001111, "000-0000-0000", "138-0000-1111"),
        "B6": (1240, "#,##0", "1,240"),
        "B7": (0.355, "0.0%", "35.5%"),
        "B8": (-12, "0_);(0)", "(12)"),
        "B9": (125000, '0!.0,"万元"', "12.5万元"),
        "B10": (3.14159, "0.00", "3.14"),
        "B11": ("张三", '@"先生"', "张三先生"),
    }

    upload = read(written({at: (value, code) for at, (value, code, _) in shown.items()}))

    assert upload.faults == ()
    assert {at: text.strip() for at, text in texts(upload).items()} == {
        at: text for at, (_, _, text) in shown.items()
    }
    assert set(said(upload.notices)) == {"B9", "B10", "B11"}


def test_unit_of_the_format_must_be_that_of_the_column():
    upload = read(
        written(
            {
                "D4": (125000, '0!.0,"万元"'),
                "D5": (12.5, '0.0"元"'),
                "H4": (12.5, '0.0"万元"'),
                "C4": (12, '0"个"'),
                "C5": (20, '"约"0'),
                "C6": (3, '0"万家"'),
                "D6": (12, '"$"0'),
                "D7": (12.5, '0.0"万元"'),
                "H5": (125000, '0!.0,"万元"'),
                "C7": (12, '0"家"'),
                "D8": (12, '"¥"#,##0.00'),
            }
        )
    )

    assert set(said(upload.faults)) == {"D4", "D5", "H4", "C4", "C5", "C6", "D6"}
    assert said(upload.faults)["D4"] == (
        "单元格显示为“12.5万元”，存的却是125000，此栏单位是“万元”，分不清以哪个为准。"
        "请把单元格格式改为“常规”，按此栏的单位重新填写。"
    )
    found = texts(upload)
    assert [found[at] for at in ("D7", "H5", "C7", "D8")] == ["12.5", "125000", "12", "12"]
    assert upload.notices == ()


def test_sign_zero_and_rounding_of_the_format_are_told():
    upload = read(
        written(
            {
                "D4": (-5, "0.00_);(0.00)"),
                "D5": (-5, "0.00;[Red]0.00"),
                "D6": (-5, "0.00;0.00"),
                "D7": (12.3456, "0.00"),
                "D8": (12.34, "0"),
                "D9": (0, '0;-0;"-"'),
                "D10": (0, "0;-0;;@"),
                "D11": (5, ";;;"),
                "E4": (0.98765, "0.0%"),
                "C4": (2.6, "0"),
            }
        )
    )

    assert set(said(upload.faults)) == {"D6", "D11", "C4"}
    assert set(said(upload.notices)) >= {"D5", "D7", "D8", "D9", "D10", "E4"}
    assert "D4" not in said(upload.notices)
    found = texts(upload)
    assert [found[at] for at in ("D4", "D5", "D7", "D8", "D9", "D10", "E4")] == [
        *("-5", "-5", "12.35", "12.34", "0", "0", "98.8"),
    ]


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
        "表上的1张图片没有导入：D5。需要的请作为佐证材料上传。"
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


def test_characters_of_no_width_are_dropped_and_told():
    upload = read(
        written(
            {
                "C4": ("\u200b12", "@"),
                "D4": ("12.5\ufeff", "@"),
                "B4": ("示\u200d例", "@"),
                "F4": ("\u202a2026年3月31日\u202c", "@"),
                "G4": ("2026年\u20603月", "@"),
                "B5": ("👨\u200d👩", "@"),
                "E4": ("98\u00ad%", "@"),
            }
        )
    )

    assert upload.faults == ()
    found = texts(upload)
    assert [found[f"{column}4"] for column in "CDBFGE"] == [
        *("12", "12.5", "示例", "2026年3月31日", "2026年3月", "98%"),
    ]
    assert found["B5"] == "👨\u200d👩"
    assert set(said(upload.notices)) == {f"{column}4" for column in "CDBFGE"}
    assert said(upload.notices)["F4"] == "有2个看不见的字符（U+202A、U+202C），已去掉。"


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
