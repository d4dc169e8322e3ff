"""The demonstration directive set in type: where each line and each rule stands on the page.

From the one layout the tests write a PDF and an OFD, so both hold the same print: page numbers and
a running head to be dropped, lines of 28 characters, a ruled table with a merged header.
"""

from dataclasses import dataclass, field

from PIL import Image

from tests.notices.made_files import DIRECTIVE

WIDTH, HEIGHT = 595.3, 841.9  # A4 in points
LEFT, RIGHT, TOP, BOTTOM = 79.4, 521.6, 105.0, 740.0
EM, PITCH = 15.75, 28.0
"""Type size and distance of lines: 28 characters a line and 22 lines a page (GB/T 9704-2012)."""
RUNNING_HEAD = "示例单位公文交换系统 内部流转件"


@dataclass
class Sheet:
    """A page: pieces of text as (x, base line from the top, size, text), rules as four ends."""

    texts: list[tuple[float, float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    picture: Image.Image | None = None
    """What a scanner puts over the whole page."""


def width(text: str, size: float) -> float:
    """Width of a run: full size for Han and full-width signs, half for ASCII."""
    return sum(0.5 if char.isascii() else 1.0 for char in text) * size


class Press:
    """Sets paragraphs, headings and tables from the top, and turns the page when it is full."""

    def __init__(self, *, per_page: int | None = None) -> None:
        self.sheets: list[Sheet] = []
        self.bottom = BOTTOM if per_page is None else TOP + per_page * PITCH
        self.turn()

    def turn(self) -> None:
        number = len(self.sheets) + 1
        self.sheets.append(Sheet())
        self.y = TOP
        mark = f"— {number} —"
        self.put((WIDTH - width(mark, 14)) / 2, 765.0, 14, mark)
        self.put(LEFT, 50.0, 9, RUNNING_HEAD)

    def put(self, x: float, y: float, size: float, text: str) -> None:
        self.sheets[-1].texts.append((x, y, size, text))

    def line(self, x: float, size: float, text: str) -> None:
        if self.y + PITCH > self.bottom:
            self.turn()
        self.y += PITCH
        self.put(x, self.y, size, text)

    def centred(self, text: str, size: float = 22) -> None:
        self.line((WIDTH - width(text, size)) / 2, size, text)

    def paragraph(self, text: str, *, indent: float = 2) -> None:
        """Wraps at the right margin; no line starts with a closing sign, which hangs instead."""
        x, start = LEFT + indent * EM, 0
        for i, char in enumerate(text):
            closing = char in "，。、；：）》」,.;:)"
            if x + width(text[start : i + 1], EM) > RIGHT + 0.1 and not closing:
                self.line(x, EM, text[start:i])
                x, start = LEFT, i
        self.line(x, EM, text[start:])

    def table(self, rows: list[list[str]]) -> None:
        """Ruled; in the first two rows an empty place belongs to its neighbour, as in a header."""
        columns = len(rows[0])
        step = (RIGHT - LEFT) / columns
        tall = 4 * 14.0
        top = self.y + 10
        sheet = self.sheets[-1]
        for r in range(len(rows) + 1):
            y = top + r * tall
            for c in range(columns):
                if not (r == 1 and rows[1][c] == ""):
                    sheet.rules.append((LEFT + c * step, y, LEFT + (c + 1) * step, y))
        for r, row in enumerate(rows):
            for c in range(columns + 1):
                wide = r == 0 and 0 < c < columns and row[c] == ""
                if not wide:
                    x = LEFT + c * step
                    sheet.rules.append((x, top + r * tall, x, top + (r + 1) * tall))
            for c, cell in enumerate(row):
                for i in range(0, len(cell), 4):  # a narrow column breaks every four characters
                    y = top + r * tall + 13 * (i // 4 + 1)
                    self.put(LEFT + c * step + 2, y, 10.5, cell[i : i + 4])
        self.y = top + len(rows) * tall


def directive(*, per_page: int | None = None) -> list[Sheet]:
    """The pages of the demonstration directive; `per_page` lines on each where given."""
    press = Press(per_page=per_page)
    lines = [line for line in DIRECTIVE.split("\n") if line.strip()]
    rows = [line.split("\t") for line in lines if "\t" in line]
    for i, line in enumerate(lines):
        if "\t" in line:
            if "\t" not in lines[i - 1]:
                press.table([*rows, [""] * len(rows[0])])
        elif line.startswith("附件 "):
            press.turn()
            press.paragraph(line, indent=0)
        elif line.endswith("文件"):
            press.centred(line, 30)
        elif line.startswith("国市监质发"):
            press.centred(line, EM)
        elif line.startswith(("市场监管总局关于", "《质量强国建设纲要》")):
            for part in line.split(" "):
                press.centred(part)
        else:
            press.paragraph(line, indent=0 if line.startswith(("各省", "填报", "联系人及")) else 2)
    return press.sheets
