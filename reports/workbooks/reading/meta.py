"""The hidden sheet of a fill-in template: whose it is and where everything stands, sealed."""

import base64
import hashlib
import hmac
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.definition.definition import Definition
from reports.workbooks.reading.raw import RawSheet, WorkbookRefused

SHEET = "_meta"
_WARNING = "系统用于识别本表的数据，请勿改动"
_FORMAT = "1"
_CHUNK = 8000  # characters a cell; far below Excel's 32767
_FIRST_CHUNK_ROW = 4

_UNMARKED = (
    "文件不是从本系统下载的空表，或表中的识别信息已丢失。"
    "请在任务的填报页面点“下载空表”，把内容填进去后再导入。"
)
_ALTERED = (
    "表中的校验信息不符：文件的识别信息被改动过，或不是本系统生成的。"
    "请重新下载空表，把内容复制过去后再导入。"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a template is for. `digest` is that of the definition; the names are for messages."""

    schema_id: int
    schema_version: int
    digest: str
    notice_id: int
    notice_name: str
    assignment_id: int
    bureau_code: str
    bureau_name: str
    attachment_number: int
    period: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the hidden sheet holds.

    `revision` is the one the form had when the template was made. `spots` are path and box
    (top, left, bottom, right) of all that is filled in, `printed` box and text of all that is not.
    `marks` says by the number of a row from which bureau it was taken over; `regions` are those of
    a table by region.
    """

    identity: Identity
    revision: int
    sheet: str
    spots: tuple[tuple[str, int, int, int, int], ...]
    printed: tuple[tuple[int, int, int, int, str], ...]
    marks: Mapping[str, str] = field(default_factory=dict)
    regions: tuple[Mapping[str, str], ...] = ()


def digest_of(definition: Definition) -> str:
    """One spelling for one definition."""
    spelled = json.dumps(definition.to_json(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(spelled.encode()).hexdigest()


def write_meta(workbook: Workbook, meta: Meta, *, key: bytes) -> None:
    """Adds the hidden sheet. `key` seals it: without the key nobody can make one that is taken."""
    sheet: Worksheet = workbook.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
    plain = json.dumps(asdict(meta), ensure_ascii=False, separators=(",", ":"))
    sealed = base64.b64encode(zlib.compress(plain.encode(), 9)).decode()
    sheet["A1"], sheet["A2"], sheet["A3"] = _WARNING, f"v{_FORMAT}", _seal(sealed, key)
    for number, start in enumerate(range(0, len(sealed), _CHUNK)):
        cell = sheet.cell(_FIRST_CHUNK_ROW + number, 1)
        cell.value = sealed[start : start + _CHUNK]
        cell.data_type = "s"


def read_meta(sheets: list[RawSheet], *, key: bytes) -> Meta:
    """Raises WorkbookRefused where there is none or its seal does not fit."""
    found = next((sheet for sheet in sheets if sheet.title == SHEET), None)
    if found is None:
        raise WorkbookRefused(_UNMARKED)
    texts = {address: cell.text for address, cell in found.cells.items()}
    chunks, row = [], _FIRST_CHUNK_ROW
    while chunk := texts.get(f"A{row}", ""):
        chunks.append(chunk)
        row += 1
    sealed = "".join(chunks)
    if not sealed or texts.get("A2") != f"v{_FORMAT}":
        raise WorkbookRefused(_UNMARKED)
    if not hmac.compare_digest(_seal(sealed, key).encode(), texts.get("A3", "").encode()):
        raise WorkbookRefused(_ALTERED)
    return _meta(json.loads(zlib.decompress(base64.b64decode(sealed))))


def check_identity(found: Identity, wanted: Identity) -> None:
    """Raises WorkbookRefused where the template is for something else, and says for what."""
    again = "请在本任务的填报页面重新下载空表。"
    if found.bureau_code != wanted.bureau_code:
        raise WorkbookRefused(
            f"这份空表是为{found.bureau_name}下载的，不能导入到{wanted.bureau_name}的任务。{again}"
        )
    if found.notice_id != wanted.notice_id:
        raise WorkbookRefused(
            f"这份空表属于{found.notice_name}，不能导入到{wanted.notice_name}的任务。{again}"
        )
    if found.attachment_number != wanted.attachment_number:
        raise WorkbookRefused(
            f"这份空表是{_attachment(found)}的，当前报表是{_attachment(wanted)}。"
            f"请到{_attachment(found)}的填报页面导入，或重新下载本表的空表。"
        )
    if found.assignment_id != wanted.assignment_id:
        period = f"（{found.period}）" if found.period else ""
        raise WorkbookRefused(f"这份空表属于另一项任务{period}，不能导入到当前任务。{again}")
    if found.digest != wanted.digest:
        raise WorkbookRefused(
            f"报表已修订：这份空表是第{found.schema_version}版，现行的是第{wanted.schema_version}版。"
            "请重新下载空表，把内容复制过去后再导入。"
        )


def _attachment(identity: Identity) -> str:
    return f"附件{identity.attachment_number}" if identity.attachment_number else "报送材料"


def _seal(sealed: str, key: bytes) -> str:
    return hmac.new(key, f"{_FORMAT}:{sealed}".encode(), hashlib.sha256).hexdigest()


def _meta(data: dict[str, Any]) -> Meta:
    return Meta(
        identity=Identity(**data["identity"]),
        revision=data["revision"],
        sheet=data["sheet"],
        spots=tuple((path, *box) for path, *box in data["spots"]),
        printed=tuple(
            (top, left, low, right, text) for top, left, low, right, text in data["printed"]
        ),
        marks=data["marks"],
        regions=tuple(data["regions"]),
    )
