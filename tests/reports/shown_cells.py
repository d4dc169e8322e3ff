"""A template with a column of most kinds, its cells written with formats, and what is read."""

import re

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
