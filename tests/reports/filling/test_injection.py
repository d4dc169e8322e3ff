"""What a program would run stays the text it is: typed on the web, printed, and sent back."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from reports.workbooks.forms.comma import unprefixed
from tests.reports.filled_templates import filled
from tests.reports.importing import asked, downloaded, stored, take_in
from tests.reports.written import accepted

pytestmark = pytest.mark.django_db
TEXTS = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://example.com","a")',
    "@SUM(1)",
    "+1",
    "-1+2",
    "甲\t=1+1",
    "'=1+1",
    "''",
    "＝1+1",
    "%0A=1",
]


@pytest.fixture
def task():
    return accepted()


def url(task) -> str:
    return f"/assignments/{task.pk}/forms/1/"


def is_number(text: str) -> bool:
    """+1 is a figure, which no program runs."""
    return re.fullmatch(r"[+-]?[0-9.,]+", text) is not None


@pytest.mark.parametrize("text", TEXTS)
def test_text_typed_on_the_web_is_text_in_the_workbook_and_the_csv(writer, task, text):
    writer.post(url(task), {"revision": "0", "unit.c2": text, "rows.0.c4": text})
    assert stored(task)["unit"]["c2"] == stored(task)["rows"][0]["c4"] == text

    sheet = load_workbook(BytesIO(writer.get(f"{url(task)}download/").content)).worksheets[0]
    for address in ("B5", "D5"):
        assert (sheet[address].value, sheet[address].data_type) == (text, "s")

    plain = writer.get(f"{url(task)}download/?format=csv").content.decode("utf-8-sig")
    records = list(csv.reader(StringIO(plain)))
    cells = [cell for record in records for cell in record if unprefixed(cell) == text]
    assert len(cells) == 2
    assert not any(cell[0] in "=+-@\t\r" and not is_number(cell) for cell in cells)


@pytest.mark.parametrize("text", [text for text in TEXTS if text[0] != "="])
def test_text_filled_in_offline_comes_back_the_same(text):
    task = asked()
    data = filled(downloaded(task), {"C5": text if text[0] != "'" else f"'{text}"})

    take_in(task, data)

    assert stored(task)["rows"][0]["c3"] == text


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f"])
def test_control_character_is_refused_by_its_place(writer, task, char):
    answer = writer.post(url(task), {"revision": "0", "unit.c2": f"甲{char}乙"})

    assert answer.status_code == 422
    assert f"第2个字符是看不见的控制字符（U+{ord(char):04X}）" in answer.content.decode()
