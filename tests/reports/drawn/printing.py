"""Drawn tables set in print: ruled lines, words broken by narrow columns, headers on each page."""

from tests.notices.print_pdf import pdf
from tests.notices.printed import BOTTOM, EM, LEFT, RIGHT, Press, width
from tests.reports.drawn.drawn import Drawn

_SIZE, _LINE = 10.5, 14.0


def printed(notice: list[str], attachment: list[str | Drawn]) -> bytes:
    """A PDF: the notice, and on a new page its attachment."""
    press = Press()
    for i, line in enumerate(notice):
        if i < 2:
            press.centred(line, 18 if i == 0 else EM)
        else:
            press.paragraph(line, indent=0 if i == 2 else 2)
    press.turn()
    for i, one in enumerate(attachment):
        if isinstance(one, Drawn):
            _Table(one, press).draw()
        elif i == 1:
            press.centred(one, 18)
        else:
            press.paragraph(one, indent=0)
    return pdf(press.sheets)


class _Table:
    def __init__(self, drawn: Drawn, press: Press) -> None:
        self.drawn, self.press = drawn, press
        self.cells = {(r, c): cell for r, c, cell in drawn.places()}
        self.height, self.width = len(drawn.rows()), len(drawn.rows()[0])
        self.step = (RIGHT - LEFT) / self.width
        self.tall = [self._lines(r) * _LINE + 6 for r in range(self.height)]

    def draw(self) -> None:
        """From where the press stands; the first row is repeated on each further page."""
        first, y = 0, self.press.y + 12
        for r in range(self.height):
            room = sum(self.tall[first : r + 1])
            if y + room > BOTTOM:
                self._piece(range(first, r), y)
                self.press.turn()
                y = self.press.y
                self._piece(range(1), y)
                first, y = r, y + self.tall[0]
        self._piece(range(first, self.height), y)
        self.press.y = y + sum(self.tall[first:])

    def _piece(self, rows: range, top: float) -> None:
        sheet = self.press.sheets[-1]
        y = top
        for r in rows:
            for c in range(self.width):
                cell = self.cells.get((r, c))
                if cell is None:
                    continue
                x0, x1 = LEFT + c * self.step, LEFT + (c + cell.columns) * self.step
                bottom = y + sum(self.tall[r : min(r + cell.rows, rows.stop)])
                sheet.rules += [(x0, y, x1, y), (x0, bottom, x1, bottom)]
                sheet.rules += [(x0, y, x0, bottom), (x1, y, x1, bottom)]
                for i, line in enumerate(self._broken(cell.text, cell.columns)):
                    self.press.put(x0 + 2, y + 13 + i * _LINE, _SIZE, line)
            y += self.tall[r]

    def _lines(self, r: int) -> int:
        found = [
            -(-len(self._broken(cell.text, cell.columns)) // cell.rows)
            for (row, _), cell in self.cells.items()
            if row <= r < row + cell.rows
        ]
        return max(found, default=1)

    def _broken(self, text: str, columns: int) -> list[str]:
        out = []
        for part in text.split("\n"):
            line = ""
            for char in part:
                if width(line + char, _SIZE) > columns * self.step - 4:
                    out.append(line)
                    line = ""
                line += char
            out.append(line)
        return out
