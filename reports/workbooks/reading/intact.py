"""Whether an uploaded sheet still has the layout of its template: nothing moved or hidden."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from reports.workbooks.reading.cell_texts import same_text
from reports.workbooks.reading.meta import Meta
from reports.workbooks.reading.raw import RawSheet
from reports.workbooks.sheets.styles import Box

_MOST_NAMED = 30
_DO_NOT = "请恢复原样，或重新下载空表，把填好的内容复制过去。"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell (C5), or with an empty address with the sheet."""

    address: str
    message_zh: str

    def __str__(self) -> str:
        return f"{self.address}：{self.message_zh}" if self.address else self.message_zh


def address(row: int, column: int) -> str:
    """C5 for 5, 3."""
    return f"{get_column_letter(column)}{row}"


def layout_faults(sheet: RawSheet, meta: Meta) -> list[Fault]:
    """Everything that makes it doubtful which blank a cell stands for."""
    if moved := _moved(sheet, meta):
        return moved  # all else would only follow from it
    return [
        *_hidden(sheet, meta),
        *_merged(sheet, meta),
        *_strays(sheet, meta),
    ]


def outside(sheet: RawSheet, meta: Meta) -> list[str]:
    """The addresses at the right of the table where something stands; it is not taken in."""
    right = max(box.right for box in _boxes(meta))
    return [found for found, cell in sheet.cells.items() if cell.text and _place(found)[1] > right]


def _moved(sheet: RawSheet, meta: Meta) -> list[Fault]:
    wrong = [
        (top, left, text)
        for top, left, _, _, text in meta.printed
        if text and not same_text(text, sheet.cells.get(address(top, left)))
    ]
    if not wrong:
        return []
    if shifted := _shifted(sheet, wrong):
        return [shifted]
    faults = [_changed(sheet, top, left, text) for top, left, text in wrong[:_MOST_NAMED]]
    if len(wrong) > _MOST_NAMED:
        faults.append(Fault("", f"还有{len(wrong) - _MOST_NAMED}处印好的内容被改动，不再列出。"))
    return faults


def _shifted(sheet: RawSheet, wrong: list[tuple[int, int, str]]) -> Fault | None:
    """One fault for rows or columns that were put in or taken out, instead of one a label."""
    places: dict[str, list[tuple[int, int]]] = {}
    for found, cell in sheet.cells.items():
        if cell.text:
            places.setdefault("".join(cell.text.split()), []).append(_place(found))
    moves: Counter[tuple[int, int]] = Counter()
    for top, left, text in wrong:
        for row, column in places.get("".join(text.split()), []):
            if (row == top) is not (column == left):
                moves[row - top, column - left] += 1
                break
    if not moves:
        return None
    (down, across), times = moves.most_common(1)[0]
    if times * 2 <= len(wrong) or (len(wrong) < 2 and not across):
        return None
    if across:
        first = get_column_letter(min(left for _, left, _ in wrong))
        deed = f"插入了{across}列" if across > 0 else f"删除了{-across}列"
        return Fault("", f"从{first}列起，表格被{deed}，各栏已错位。{_DO_NOT}")
    deed = f"插入了{down}行" if down > 0 else f"删除了{-down}行"
    return Fault(
        "", f"从第{min(top for top, _, _ in wrong)}行起，表格被{deed}，各行已错位。{_DO_NOT}"
    )


def _changed(sheet: RawSheet, top: int, left: int, text: str) -> Fault:
    found = sheet.cells.get(address(top, left))
    name = text if len(text) <= 20 else f"{text[:20]}…"
    if found is None or not found.text:
        return Fault(address(top, left), f"印好的“{name}”被删除，请恢复。")
    now = found.text if len(found.text) <= 20 else f"{found.text[:20]}…"
    return Fault(address(top, left), f"应为印好的“{name}”，现为“{now}”，请改回。")


def _hidden(sheet: RawSheet, meta: Meta) -> Iterator[Fault]:
    boxes = list(_boxes(meta))
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    columns = sorted(map(column_index_from_string, sheet.hidden_columns))
    for column in columns:
        if column <= right:
            letter = get_column_letter(column)
            yield Fault("", f"{letter}列被隐藏，请取消隐藏、核对内容后再导入。")
    for row in sorted(sheet.hidden_rows):
        if row <= bottom:
            yield Fault("", f"第{row}行被隐藏，请取消隐藏（或取消筛选）、核对内容后再导入。")


def _merged(sheet: RawSheet, meta: Meta) -> Iterator[Fault]:
    expected = {(box.top, box.left, box.bottom, box.right) for box in _boxes(meta)}
    for top, left, bottom, right in sorted(sheet.merges):
        if (top, left, bottom, right) in expected:
            continue
        if any(
            one_top <= bottom and top <= one_bottom and one_left <= right and left <= one_right
            for _, one_top, one_left, one_bottom, one_right in meta.spots
        ):
            area = f"{address(top, left)}:{address(bottom, right)}"
            yield Fault(area, "填写区的单元格被合并，请取消合并，逐格填写。")


def _strays(sheet: RawSheet, meta: Meta) -> Iterator[Fault]:
    """Text that stands in none of the blanks, where it would be lost."""
    boxes = list(_boxes(meta))
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    tops = {(box.top, box.left) for box in boxes}
    empty = {(top, left) for top, left, _, _, text in meta.printed if not text}
    for found, cell in sheet.cells.items():
        row, column = _place(found)
        if not cell.text.strip() or column > right:
            continue
        if row > bottom:
            yield Fault(
                found,
                "内容写在表格以下，不会被导入。行数不够的，请先导入已填的部分，再下载新的空表续填。",
            )
        elif (row, column) in empty:
            yield Fault(found, "此格由系统自动计算或不需填写，请清空。")
        elif (row, column) not in tops:
            yield Fault(
                found, "此格不是填写位置（可能是合并单元格被拆开），请把内容移到应填的格内。"
            )


def _boxes(meta: Meta) -> Iterable[Box]:
    for _, top, left, bottom, right in meta.spots:
        yield Box(top, left, bottom, right)
    for top, left, bottom, right, _ in meta.printed:
        yield Box(top, left, bottom, right)


def _place(found: str) -> tuple[int, int]:
    letters, row = coordinate_from_string(found)
    return row, column_index_from_string(letters)
