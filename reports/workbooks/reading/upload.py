"""Reads a filled-in template back: bytes in, the content of the form or every fault by cell out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.schemas.checking.problems import Problem
from reports.schemas.checking.validation import check, is_written
from reports.schemas.content import sources
from reports.schemas.content.content import Content, ContentError, normalise
from reports.schemas.definition.definition import Definition
from reports.schemas.definition.outlines import OutlineDefinition
from reports.workbooks.reading.cell_texts import said
from reports.workbooks.reading.intact import Fault, address, layout_faults, outside
from reports.workbooks.reading.meta import SHEET, Identity, Meta, check_identity, read_meta
from reports.workbooks.reading.raw import RawSheet, WorkbookRefused, read_sheets
from reports.workbooks.sheets.blanks import columns_by_path

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Upload:
    """What a template says: whole where there are no `faults`.

    `revision` is the one the form had when the template was made, `notices` say what was made of
    cells that were not plain, `addresses` where on the sheet each path of the content stands.
    """

    content: Content | None
    revision: int
    faults: tuple[Fault, ...]
    notices: tuple[Fault, ...]
    addresses: Mapping[str, str]


def read_upload(
    data: bytes, file_name: str, definition: Definition, identity: Identity, *, key: bytes
) -> Upload:
    """Raises WorkbookRefused for a file that is not this form's template as a whole."""
    sheets = read_sheets(data, file_name)
    meta = read_meta(sheets, key=key)
    check_identity(meta.identity, identity)
    sheet = _main(sheets, meta)
    notices = _overlooked(sheets, sheet, meta)
    if moved := layout_faults(sheet, meta):
        return Upload(None, meta.revision, tuple(moved), tuple(notices), {})
    return _Reading(definition, sheet, meta).upload(notices)


def _main(sheets: list[RawSheet], meta: Meta) -> RawSheet:
    found = [sheet for sheet in sheets if sheet.title == meta.sheet]
    others = [sheet for sheet in sheets if sheet.title != SHEET and not sheet.is_hidden]
    if not found and len(others) == 1:
        found = others  # renamed, and no other it could be
    if not found:
        raise WorkbookRefused(
            f"找不到工作表“{meta.sheet}”，可能已被删除或改名。请恢复原来的名称，或重新下载空表填写。"
        )
    if found[0].is_hidden:
        raise WorkbookRefused(f"工作表“{meta.sheet}”被隐藏，请取消隐藏、核对内容后再导入。")
    return found[0]


def _overlooked(sheets: list[RawSheet], main: RawSheet, meta: Meta) -> list[Fault]:
    notices = []
    for sheet in sheets:
        if sheet is not main and sheet.title != SHEET and sheet.cells:
            notices.append(Fault("", f"工作表“{sheet.title}”不是空表里原有的，其内容没有导入。"))
    if places := main.pictures:
        named = "、".join(places[:_MOST_NAMED]) + ("等" if len(places) > _MOST_NAMED else "")
        notices.append(
            Fault("", f"表上的{len(places)}张图片没有导入：{named}。需要的请作为随报材料上传。")
        )
    if strays := outside(main, meta):
        named = "、".join(strays[:_MOST_NAMED]) + ("等" if len(strays) > _MOST_NAMED else "")
        notices.append(Fault("", f"表格右侧有{len(strays)}格内容没有导入：{named}。"))
    return notices


class _Reading:
    """One sheet with the layout of its template, cell by cell."""

    def __init__(self, definition: Definition, sheet: RawSheet, meta: Meta) -> None:
        self.definition, self.sheet, self.meta = definition, sheet, meta
        self.faults: list[Fault] = []
        self.notices: list[Fault] = []
        self.addresses: dict[str, str] = {}

    def upload(self, notices: list[Fault]) -> Upload:
        data = self._data()
        content: Content | None = None
        try:
            content = normalise(self.definition, data)
        except ContentError as refused:
            self.faults.append(Fault("", str(refused)))
        else:
            self.faults += self._faults_of(content)
        return Upload(
            content,
            self.meta.revision,
            tuple(self.faults),
            (*notices, *self.notices),
            self.addresses,
        )

    def _data(self) -> dict[str, Any]:
        columns = columns_by_path(self.definition, {"regions": list(self.meta.regions)})
        data: dict[str, Any] = {}
        rows: dict[int, dict[str, str]] = {}
        places: dict[int, dict[str, str]] = {}
        for path, top, left, _, _ in self.meta.spots:
            at = address(top, left)
            found = said(self.sheet.cells.get(at), columns[path])
            if found.fault:
                self.faults.append(Fault(at, found.fault))
            if found.notice:
                self.notices.append(Fault(at, found.notice))
            part, _, rest = path.partition(".")
            key, _, column_id = rest.partition(".")
            if part == "rows":
                rows.setdefault(int(key), {})[column_id] = found.text
                places.setdefault(int(key), {})[column_id] = at
                continue
            self.addresses[path] = at
            if part == "items":
                data.setdefault(part, {}).setdefault(key, {})[column_id] = found.text
            else:
                data.setdefault(part, {})[rest] = found.text
        if not isinstance(self.definition, OutlineDefinition):
            data["rows"] = self._rows(rows, places)
            if self.meta.regions:
                data["regions"] = [dict(region) for region in self.meta.regions]
        return data

    def _rows(
        self, rows: Mapping[int, dict[str, str]], places: Mapping[int, Mapping[str, str]]
    ) -> list[dict[str, str]]:
        """Those with something in them, each still marked as the bureau's it was taken from."""
        written: list[dict[str, str]] = []
        for key in sorted(rows):
            if not any(text.strip() for text in rows[key].values()):
                continue
            for column_id, at in places[key].items():
                self.addresses[f"rows.{len(written)}.{column_id}"] = at
            mark = self.meta.marks.get(str(key))
            written.append({**rows[key], sources.MARK: mark} if mark else rows[key])
        return written

    def _faults_of(self, content: Content) -> list[Fault]:
        """What not even a draft may hold; what is only missing may follow later."""
        problems = [one for one in check(self.definition, content) if one.level == "error"]
        return [
            Fault(self._address(one), one.message_zh)
            for one in problems
            if is_written(content, one.path)
        ]

    def _address(self, problem: Problem) -> str:
        """The cell of a path; of a whole row its first cell, of the whole form none."""
        at = self.addresses.get(problem.path, "")
        if at:
            return at
        inside = f"{problem.path}."
        return next((at for path, at in self.addresses.items() if path.startswith(inside)), "")
