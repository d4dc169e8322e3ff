"""Filled templates that something happened to, and what is said of them."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from audit.models import AuditEvent
from reports.actions import importing
from reports.models import Submission, WorkbookImport
from tests.factories import fresh
from tests.reports.filled_templates import filled, rezipped
from tests.reports.importing import take_in

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
NOT_OURS = (
    "文件不是从本系统下载的空表，或表中的识别信息已丢失。"
    "请在任务的填报页面点“下载空表”，把内容填进去后再导入。"
)
ALTERED = (
    "表中的校验信息不符：文件的识别信息被改动过，或不是本系统生成的。"
    "请重新下载空表，把内容复制过去后再导入。"
)
UNSAFE = "文件已损坏或解压后体积异常，无法打开。请用 Excel 或 WPS 打开并另存为 .xlsx 后再导入。"
NO_BOOK = "文件不是 Excel 工作簿{}。请上传填好的 .xlsx 表。"
RESTORE = "请恢复原样，或重新下载空表，把填好的内容复制过去。"


@dataclass(frozen=True)
class Damage:
    name: str
    damage: Callable[[bytes], bytes]
    said: str
    file_name: str = "填报.xlsx"


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


def part(name: str, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda data: rezipped(data, lambda parts: parts.update({name: change(parts[name])}))


def change(values: dict[str, object]) -> Callable[[bytes], bytes]:
    return lambda data: filled(data, {"C5": "示例企业", **values})


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Submission, WorkbookImport, AuditEvent))


def refusal(task, data: bytes, name: str = "填报.xlsx") -> importing.ImportRefused:
    """What is said of the file; the database is as it was."""
    before, status = counts(), fresh(task).status
    with pytest.raises(importing.ImportRefused) as refused:
        take_in(task, data, name=name)
    assert (counts(), fresh(task).status) == (before, status)
    return refused.value
