"""Tables that a plain text draws with signs for lines: │名称│数量│, or | 名称 | 数量 |."""

import re
from itertools import groupby

_RULE = re.compile(r"\s*[┌┬┐├┼┤└┴┘─━┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝═+\-|:\s]{3,}\s*$")
_SIDES = re.compile(r"[│┃║|｜]")
_FEWEST = 2
"""Cells of a row, and rows of a table."""


def with_tabs(text: str) -> str:
    """The rows of such tables tab-separated, without their lines; all else as it is."""
    if not _SIDES.search(text):
        return text
    out: list[str] = []
    for is_drawn, lines in groupby(text.split("\n"), key=_is_drawn):
        run = list(lines)
        out += (_rows(run) if is_drawn else None) or run
    return "\n".join(out)


def _is_drawn(line: str) -> bool:
    bare = line.strip()
    if _RULE.fullmatch(bare) and re.search(r"[─━═]|[-+|]{2}", bare):
        return True
    sides = _SIDES.findall(bare)
    return len(sides) > _FEWEST and _SIDES.match(bare) is not None and bare[-1:] in sides


def _rows(lines: list[str]) -> list[str] | None:
    """The rows, each line of text one; None where the lines are no table."""
    rows = [
        line.strip() for line in lines if not _RULE.fullmatch(line.strip()) or _has_blanks(line)
    ]
    cells = [[cell.strip(" \u3000\t") for cell in _SIDES.split(row)[1:-1]] for row in rows]
    if len(cells) < _FEWEST or len({len(row) for row in cells}) != 1:
        return None
    return ["\t".join(row) for row in cells]


def _has_blanks(line: str) -> bool:
    """Whether a line of nothing but sides and blanks is a row to be filled in: |   |   |."""
    return not re.search(r"[─━═+\-:]|[┌├└┏┣┗╔╠╚]", line) and len(_SIDES.findall(line)) > _FEWEST
