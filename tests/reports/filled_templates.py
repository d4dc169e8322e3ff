"""Templates filled in and damaged, as people and their programs do it."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.content.content import TableContent, blank
from reports.schemas.definition.choices import Choice
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import ColumnKind, Per
from reports.workbooks.forms.template import Ask, write_template
from reports.workbooks.reading.meta import Identity, digest_of
from reports.workbooks.sheets.book import to_bytes

KEY = b"a key of the tests"

# What is asked of each row and of the unit, one column of most kinds. The header stands in rows 3
# and 4, the rows from 5 on; column A counts, B is merged over all rows.
VARIED = FormDefinition(
    title="企业检查情况表",
    annex_no="附件1",
    columns=(
        Column("c1", "序号", ColumnKind.SERIAL),
        Column("c2", "总体情况", ColumnKind.LONGTEXT, per=Per.UNIT, max_chars=20),
        Column(
            "g1",
            "检查情况",
            children=(
                Column("c3", "企业名称"),
                Column("c4", "检查次数", ColumnKind.INTEGER, measure="次"),
                Column("c5", "货值", ColumnKind.MONEY, measure="万元", decimals=2),
                Column("c6", "合格率", ColumnKind.PERCENT, decimals=1),
            ),
        ),
        Column("c7", "检查日期", ColumnKind.DATE),
        Column("c8", "性质", ColumnKind.CHOICE, choices=(Choice("国有"), Choice("非国有"))),
        Column("c9", "编号", ColumnKind.INTEGER),
    ),
    foot_fields=(Field("f1", "联系人"),),
)


def identity(definition: FormDefinition, **changes: object) -> Identity:
    fields = {
        "schema_id": 1,
        "schema_version": 1,
        "digest": digest_of(definition),
        "notice_id": 1,
        "notice_name": "示例市监发〔2026〕1号",
        "assignment_id": 1,
        "bureau_code": "330000",
        "bureau_name": "示例省市场监督管理局",
        "attachment_number": 1,
    }
    return Identity(**{**fields, **changes})


def template(
    definition: FormDefinition, content: TableContent | None = None, *, room: int = 5
) -> bytes:
    ask = Ask(definition, content or blank(definition), 0, identity(definition))
    return to_bytes(write_template(ask, key=KEY, room=room))


def edited(data: bytes, change: Callable[[Workbook, Worksheet], object]) -> bytes:
    """The template after `change` of its first sheet, saved as any program would."""
    workbook = load_workbook(BytesIO(data))
    change(workbook, workbook.worksheets[0])
    saved = BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def typed(values: dict[str, object]) -> Callable[[Workbook, Worksheet], None]:
    """Values typed into the cells with these addresses."""

    def change(_: Workbook, sheet: Worksheet) -> None:
        for address, value in values.items():
            sheet[address].value = value
            if isinstance(value, str) and value.startswith("'"):
                sheet[address].value = value[1:]
                sheet[address].data_type = "s"

    return change


def filled(data: bytes, values: dict[str, object]) -> bytes:
    return edited(data, typed(values))


def rezipped(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The file after `change` of its parts."""
    with ZipFile(BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    change(parts)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()


def cells(data: bytes) -> dict[str, object]:
    """What stands in the cells of the first sheet, numbers exact."""
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    return {
        cell.coordinate: Decimal(str(cell.value)) if isinstance(cell.value, float) else cell.value
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
