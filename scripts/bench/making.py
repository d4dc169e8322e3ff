"""Makes one file as a worker does, in a process of its own; prints one line of JSON.

Run through ``manage.py shell`` on a database that ``reported.fill`` filled.
"""

import json
import resource
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone
from openpyxl import Workbook

from bureaus.models import Staff
from reports.actions import productions
from reports.makers import originals
from reports.models import Production, SubmissionVersion
from reports.states import ProductionKind
from scripts.bench import reported
from tasks.models import Obligation

MEGABYTE = 1 << 20


def fill(bureaus: int, rows: int) -> None:
    """Prints the key of the obligation."""
    print(json.dumps({"obligation": reported.fill(bureaus, rows).pk}))


def worker() -> None:
    """The originals as the worker makes them."""
    produce(ProductionKind.ORIGINALS, title="示例 各单位原表")


def produce(kind: ProductionKind, *, title: str) -> None:
    by, obligation = Staff.objects.get(username=reported.USERNAME), Obligation.objects.get()
    production = productions.ask(
        kind,
        originals.params(obligation, reported.ATTACHMENT),
        title=title,
        bureau=obligation.issuer,
        now=timezone.now(),
        by=by,
    )
    tell(lambda: productions.produce(production.pk, clock=timezone.now))
    made = Production.objects.get(pk=production.pk)
    if made.problem:
        raise RuntimeError(made.problem)


def floor() -> None:
    """The same cells by openpyxl without any looks, zipped in memory no more than one at a time."""
    tell(_bare)


def _bare() -> None:
    with ZipFile(BytesIO(), "w", ZIP_DEFLATED) as archive:
        contents = SubmissionVersion.objects.values_list("pk", "content_json")
        for key, content in contents.iterator(50):
            archive.writestr(f"{key}.xlsx", _workbook(json.loads(content)))


def _workbook(content: dict[str, Any]) -> bytes:
    workbook, data = Workbook(write_only=True), BytesIO()
    sheet = workbook.create_sheet()
    sheet.append(list(content["unit"].values()))
    for row in content["rows"]:
        sheet.append(list(row.values()))
    workbook.save(data)
    return data.getvalue()


def tell(work: Callable[[], None]) -> None:
    """``before`` and ``peak``: the most memory of this process until and with the work, in MB."""
    before, begin, cpu = _peak(), time.perf_counter(), time.process_time()
    work()
    seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
    print(json.dumps({"seconds": seconds, "cpu": cpu, "before": before, "peak": _peak()}))


def _peak() -> float:
    """Linux counts in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
