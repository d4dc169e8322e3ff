"""Schema → template → filled in → read back → stored → official sheet, for the 17 real tables."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from reports.exports import files as exports
from reports.filling import offline_templates
from reports.filling.asked_forms import forms_of
from reports.schemas.content.content import blank
from reports.workbooks.forms.table import write_table
from reports.workbooks.reading.meta import SHEET, read_meta
from reports.workbooks.reading.raw import RawCell, RawSheet
from reports.workbooks.reading.upload import read_upload
from reports.workbooks.sheets.book import to_bytes
from tests.reports.filled_templates import KEY, cells, filled, identity, template
from tests.reports.importing import asked, downloaded, stored, take_in
from tests.reports.tables import CASES
from tests.reports.written import save

NAMES = [f"{case.number} {case.name}" for case in CASES]
EVERY_CASE = pytest.mark.parametrize("case", CASES, ids=NAMES)
SOFFICE = shutil.which("soffice")


def spots(data: bytes, key: bytes) -> dict[str, tuple[int, int]]:
    """Row and column of the cell for each path of a template."""
    found = load_workbook(BytesIO(data))[SHEET]
    texts = {
        cell.coordinate: RawCell("text", cell.value)
        for row in found.iter_rows()
        for cell in row
        if cell.value is not None
    }
    meta = read_meta([RawSheet(SHEET, is_hidden=True, cells=texts)], key=key)
    return {path: (top, left) for path, top, left, _, _ in meta.spots}


def text_at(content, path: str) -> str:
    node = content
    for step in path.split("."):
        if isinstance(node, list):
            node = node[int(step)] if int(step) < len(node) else {}
        else:
            node = node.get(step, {})
    return node or ""


def typed_in(text: str) -> object:
    """As Excel takes what is typed: whole numbers become numbers, the rest stays text."""
    return int(text) if re.fullmatch(r"0|[1-9][0-9]{0,9}", text) else text


def filled_in(data: bytes, content, key: bytes) -> bytes:
    values = {
        f"{get_column_letter(column)}{row}": typed_in(text)
        for path, (row, column) in spots(data, key).items()
        if (text := text_at(content, path))
    }
    return filled(data, values)


def blank_template(case) -> bytes:
    return template(case.definition, blank(case.definition, regions=case.regions))


def official(definition, content) -> bytes:
    return to_bytes(write_table(definition, content, unit_name="示例省市场监督管理局"))


@pytest.mark.django_db
@EVERY_CASE
def test_filled_in_template_is_stored_and_printed_as_if_it_had_been_typed_on_the_web(case):
    task = asked(case.definition)
    if case.regions:
        save(task, {"regions": blank(case.definition, regions=case.regions)["regions"]})
    data = filled_in(downloaded(task, room=12), case.content, offline_templates.key())

    take_in(task, data, later=5)

    assert stored(task) == case.content
    form = next(form for form in forms_of(task) if form.number == 1)
    printed = exports.form_workbook(form, unit_name="示例省市场监督管理局")
    assert cells(printed) == cells(official(case.definition, case.content))


@EVERY_CASE
def test_written_content_stands_in_the_template_and_comes_back(case):
    data = template(case.definition, case.content)

    upload = read_upload(data, "a.xlsx", case.definition, identity(case.definition), key=KEY)

    assert upload.faults == ()
    assert cells(official(case.definition, upload.content)) == cells(
        official(case.definition, case.content)
    )


@pytest.fixture(scope="module")
def through_office(tmp_path_factory) -> dict[int, bytes]:
    """Every filled in template, saved by LibreOffice, by the number of its table."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder: Path = tmp_path_factory.mktemp("office")
    sent, back = folder / "sent", folder / "back"
    sent.mkdir()
    for case in CASES:
        data = filled_in(blank_template(case), case.content, KEY)
        (sent / f"{case.number}.xlsx").write_bytes(data)
    command = [
        SOFFICE,
        f"-env:UserInstallation=file://{folder}/profile",
        *("--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(back)),
        *(str(sent / f"{case.number}.xlsx") for case in CASES),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {case.number: (back / f"{case.number}.xlsx").read_bytes() for case in CASES}


@EVERY_CASE
def test_template_saved_by_libreoffice_says_the_same(case, through_office):
    data = through_office[case.number]

    upload = read_upload(data, "a.xlsx", case.definition, identity(case.definition), key=KEY)

    assert [str(fault) for fault in upload.faults] == []
    assert cells(official(case.definition, upload.content)) == cells(
        official(case.definition, case.content)
    )


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.level == "error" and case.wrong[1]],
    ids=lambda case: f"{case.number} {case.name}",
)
def test_wrong_figure_is_refused_at_its_cell(case):
    data = filled_in(blank_template(case), case.wrong_content, KEY)

    upload = read_upload(data, "a.xlsx", case.definition, identity(case.definition), key=KEY)

    places = {fault.message_zh: fault.address for fault in upload.faults}
    assert re.fullmatch(r"[A-Z]+[0-9]+", places[case.problem[1]])
