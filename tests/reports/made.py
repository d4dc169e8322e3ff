"""Files made in the background, for tests: asked for, made at once, opened."""

import csv
import io
import json
from datetime import datetime, timedelta
from zipfile import ZipFile

from docx import Document
from openpyxl import load_workbook

from bureaus.models import Bureau, Staff
from notices.files import store
from reports.actions import productions
from reports.makers import originals, package
from reports.makers.maker import Params
from reports.models import Production
from reports.states import ProductionKind
from tasks.models import Assignment, Obligation
from tests import factories

NOW = factories.NOW + timedelta(hours=5)
MADE_AT = "2026-03-02T14:30:00+08:00"


def ask(
    kind: ProductionKind,
    params: Params,
    *,
    by: Staff,
    bureau: Bureau | None = None,
    title: str = "示例文件",
    now: datetime = NOW,
) -> Production:
    at = bureau or factories.central()
    return productions.ask(kind, params, title=title, bureau=at, now=now, by=by)


def ask_originals(obligation: Obligation, *, number: int = 1, **fields) -> Production:
    fields.setdefault("by", factories.coordinator())
    return ask(ProductionKind.ORIGINALS, originals.params(obligation, number), **fields)


def ask_package(task: Assignment, *, by: Staff, **fields) -> Production:
    params = package.params(task, by)
    return ask(ProductionKind.PACKAGE, params, by=by, bureau=task.bureau, **fields)


def make(production: Production, *, now: datetime = NOW) -> Production:
    """Made by this process; time stands still meanwhile."""
    productions.produce(production.pk, clock=lambda: now)
    return factories.fresh(production)


def data_of(production: Production) -> bytes:
    assert production.state == "done", production.problem
    with store.open(production.stored_name) as file:
        return file.read()


def unzipped(production: Production) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data_of(production))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def listed(files: dict[str, bytes]) -> list[list[str]]:
    """The lines of the list for people, without the head."""
    return list(csv.reader(io.StringIO(files["清单.csv"].decode("utf-8-sig"))))[1:]


def manifest(files: dict[str, bytes]) -> dict:
    return json.loads(files["manifest.json"])


def sheet(data: bytes):
    return load_workbook(io.BytesIO(data)).worksheets[0]


def words(data: bytes) -> str:
    """All the cells of a workbook, or the paragraphs of a document."""
    if b"word/document.xml" in data:
        return "\n".join(one.text for one in Document(io.BytesIO(data)).paragraphs)
    return "\n".join(str(cell.value) for row in sheet(data) for cell in row if cell.value)
