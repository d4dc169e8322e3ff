"""Three hundred cells with all kinds of formats: what is taken in without a word is what
LibreOffice shows."""

import calendar
import csv
import random
import shutil
import subprocess

import pytest

from reports.schemas.content.values import said_day
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind
from reports.workbooks.reading.upload import read_upload
from tests.reports.filled_templates import KEY, edited, identity, template

SOFFICE = shutil.which("soffice")
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,2052,false,true,true,false,false,1"
ROWS = 100
FIRST = 4  # below title, unit and header
FORM = FormDefinition(
    title="示例表",
    columns=(
        Column("c1", "说明", ColumnKind.LONGTEXT),
        Column("c2", "数值", ColumnKind.DECIMAL),
        Column("c3", "日期", ColumnKind.DATE),
    ),
)
FIGURES = [0, 1, -1, 12, -12, 0.5, 1234, 1234.5678, -1234.5, 125000, 0.355, 99.995, 13800001111]
DAYS = [46112, 46112.65, 45000, 46326, 36525.25, 61, 2026.1, 12]
FIGURE_FORMATS = [
    *("General", "0", "0.00", "#,##0", "#,##0.00", "0%", "0.00%", "0.00E+00", "##0.0E+0", "000000"),
    *('0\\.0,"万元"', '0.0"万元"', "#,##0.00_);(#,##0.00)", "#,##0_);[Red](#,##0)", ";;;", "@"),
    *("0.00;[Red]0.00", "0;-0;;@", '#,##0;-#,##0;"-"', '"¥"#,##0.00', '"约"0', '0"次"', "0.0#"),
    *("000-0000-0000", '[<0]"负"0;[=0]"零";0.0', '0.0"%"', 'General"元"', "0.00,,"),
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
]
DAY_FORMATS = [
    *('yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', 'm"月"d"日"', "yyyy/m/d", "yyyy-mm-dd", "yyyy.mm"),
    *("yy/m/d", "yyyy/m/d h:mm", "h:mm:ss", "[h]:mm", "h:mm AM/PM", "yyyy\\-mm\\-dd;@", "mm:ss.0"),
    "d-mmm-yy",
]


def cells_of_all_kinds() -> list[tuple[float, str]]:
    chance = random.Random(13)  # noqa: S311 - the same cells in every run
    figures = [(chance.choice(FIGURES), chance.choice(FIGURE_FORMATS)) for _ in range(ROWS * 2)]
    days = [(chance.choice(DAYS), chance.choice(DAY_FORMATS)) for _ in range(ROWS)]
    mixed = [*figures, *days]
    chance.shuffle(mixed)
    return mixed


def office_shows(data: bytes, folder) -> list[list[str]]:
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (folder / "a.xlsx").write_bytes(data)
    command = [
        SOFFICE,
        f"-env:UserInstallation=file://{folder}/profile",
        *("--headless", "--convert-to", AS_SHOWN, "--outdir", str(folder), str(folder / "a.xlsx")),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = next(folder.glob("a*.csv")).read_text("utf-8")
    return list(csv.reader(text.splitlines()))


def squeezed(text: str) -> str:
    return "".join(text.split())


def figure(text: str) -> str:
    """1,234.50 as 1234.5; what is shown by another sign is compared as it stands."""
    plain = squeezed(text).replace(",", "").removeprefix("¥")
    if plain.startswith("("):
        plain = f"-{plain[1:-1]}"
    try:
        return str(float(plain))
    except ValueError:
        return plain


def means_same(column: str, taken: str, shown: str) -> bool:
    if column == "A":
        return squeezed(taken) == squeezed(shown)
    return figure(taken) == figure(shown) or taken in days(shown)


def days(shown: str) -> set[str]:
    """The day that is shown, with its year in full or not."""
    first = (shown.split() or [""])[0]
    for number, name in enumerate(calendar.month_abbr):
        first = first.replace(f"-{name}-", f"-{number}-")
    turned = "-".join(reversed(first.split("-")))
    return {said_day(f"{century}{day}") for century in ("", "19", "20") for day in (first, turned)}


def test_what_is_taken_in_silence_is_what_the_office_program_shows(tmp_path):
    mixed = iter(cells_of_all_kinds())

    def change(_, sheet):
        for row in range(FIRST, FIRST + ROWS):
            for column in "ABC":
                cell = sheet[f"{column}{row}"]
                cell.value, cell.number_format = next(mixed)

    data = edited(template(FORM, room=ROWS), change)
    shown = office_shows(data, tmp_path)

    upload = read_upload(data, "a.xlsx", FORM, identity(FORM), key=KEY)

    told = {fault.address for fault in (*upload.faults, *upload.notices)}
    silent = {at: path.split(".") for path, at in upload.addresses.items() if at not in told}
    compared = [
        (at, upload.content["rows"][int(row)][column], shown[int(at[1:]) - 1]["ABC".index(at[0])])
        for at, (_, row, column) in silent.items()
    ]
    assert [one for one in compared if not means_same(one[0][0], one[1], one[2])] == []
    assert len(compared) > 80
