"""The grid of a key–value form: labels, blanks, large boxes, boxes for an opinion and a seal."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.schemas.definition import json_fields
from reports.schemas.definition.json_fields import DefinitionError

MOST_WIDE = 24  # boxes side by side


@dataclass(frozen=True, slots=True)
class Box:
    """A printed `label`, or a blank for the column with the id `field`.

    `vertical` writes the label downwards (内/容/简/介); `lines` is the least height in lines of
    text; `closing` stands at the foot of a blank, at the right: （单位盖章）, 年　月　日.
    """

    label: str = ""
    field: str = ""
    colspan: int = 1
    rowspan: int = 1
    vertical: bool = False
    lines: int = 1
    closing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        where = f"版式中的“{self.label or self.field}”"
        if bool(self.label.strip()) is bool(self.field):
            raise DefinitionError("报表定义有误：版式中的每一格应是标签或一个填写项。")
        if not (1 <= self.colspan <= MOST_WIDE and 1 <= self.rowspan <= 100):
            raise DefinitionError(f"报表定义有误：{where}的跨行或跨列数不对。")
        if not 1 <= self.lines <= 200:
            raise DefinitionError(f"报表定义有误：{where}的高度应在1到200行之间。")

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping; what is at its default is left out."""
        data: dict[str, object] = {"label": self.label} if self.label else {"field": self.field}
        for name in ("colspan", "rowspan", "lines"):
            if (value := getattr(self, name)) != 1:
                data[name] = value
        if self.vertical:
            data["vertical"] = True
        if self.closing:
            data["closing"] = list(self.closing)
        return data

    @classmethod
    def from_json(cls, value: object) -> "Box":
        """Raises DefinitionError when the value is not a box."""
        data = json_fields.mapping(value, "版式", allowed=cls.__slots__)
        return cls(
            label=json_fields.text(data, "label", "版式", default=""),
            field=json_fields.text(data, "field", "版式", default=""),
            vertical=json_fields.flag(data, "vertical", "版式"),
            closing=json_fields.texts(data, "closing", "版式"),
            **{
                name: 1 if (number := json_fields.whole(data, name, "版式")) is None else number
                for name in ("colspan", "rowspan", "lines")
            },
        )


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box at its place; row and column count from 0 at the top left."""

    box: Box
    row: int
    column: int


Layout = tuple[tuple[Box, ...], ...]


def placed(layout: Sequence[Sequence[Box]]) -> tuple[tuple[PlacedBox, ...], ...]:
    """One tuple of boxes a row, as rows of an HTML table: what a box above covers is left out.

    Raises DefinitionError where boxes overlap or leave a gap.
    """
    taken: set[tuple[int, int]] = set()
    rows: list[tuple[PlacedBox, ...]] = []
    for row, boxes in enumerate(layout):
        found, column = [], 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            found.append(PlacedBox(box, row, column))
            cells = {
                (row + down, column + across)
                for down in range(box.rowspan)
                for across in range(box.colspan)
            }
            if cells & taken:
                raise DefinitionError(f"报表定义有误：版式第{row + 1}行的格子互相重叠。")
            taken |= cells
        rows.append(tuple(found))
    _check_whole(taken, len(layout))
    return tuple(rows)


def _check_whole(taken: set[tuple[int, int]], height: int) -> None:
    width = 1 + max((column for _, column in taken), default=-1)
    if width > MOST_WIDE:
        raise DefinitionError(f"报表定义有误：版式超过{MOST_WIDE}列。")
    for row in range(height):
        if any((row, column) not in taken for column in range(width)):
            raise DefinitionError(f"报表定义有误：版式第{row + 1}行没有排满，各行应同样宽。")
    if any(row >= height for row, _ in taken):
        raise DefinitionError("报表定义有误：版式中有格子跨到了最后一行以下。")


def plain(fields: Sequence[tuple[str, str]]) -> Layout:
    """Label and blank side by side, one (id, label) a row, where no layout is drawn."""
    return tuple((Box(label=label), Box(field=id_, colspan=3)) for id_, label in fields)
