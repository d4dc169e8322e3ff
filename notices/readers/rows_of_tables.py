"""Whether rows of aligned texts are a table: no lines tell it, so its heads and figures must.

Side by side stand also the lines of a signature, a list with numbers, contacts and the names of a
group; a table is only what has heads above it.
"""

import re
from collections.abc import Sequence

_HEAD = re.compile(
    r"(?:序号|编号|名称|单位|数量|姓名|职务|职称|电话|时间|日期|时限|期限|备注|地区|市州|县区|市县|项目"
    r"|类别|类型|种类|内容|情况|合计|总计|小计|金额|标准|措施|任务|事项|部门|人数|家数|件数|次数|户数|比例"
    r"|占比|指标|地址|产品|批次|结果|问题|得分|处室|方式|来源|代码|负责人|联系人|责任人|主体|进度|数)"
    r"(?:\([^()]*\)|（[^（）]*）)?$"
)
_FIGURE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?\s*(?:%|％|‰)?$|^[-—/]$")
_LEADER = re.compile(r"…{2}|\.{4}|·{4}|_{3}|＿{2}|﹍")
_NO_CELL = re.compile(r"[：:；;。]$|盖\s*章|签\s*[字名]|印发$|抄送|^附\s*件")
_NUMBERED = re.compile(r"(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）.、．]|[①-⑳])$")
_LONGEST_HEAD = 16
_LONGEST = 60
_MOST_BAD = 0.15
"""Share of cells that may look like no cell at all."""


def are_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the rows, each with the same number of cells (empty ones too), are a table."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    cells = [cell for row in rows for cell in row if cell]
    bad = sum(bool(_NO_CELL.search(c) or ":" in c or "：" in c or len(c) > _LONGEST) for c in cells)
    if any(_LEADER.search(c) for c in cells) or bad > _MOST_BAD * len(cells):
        return False
    several = sum(sum(map(bool, row)) > 1 for row in rows)
    if _is_numbered_list(rows):
        return False
    heads = _heads(rows[0])
    if heads and _counts_up(rows):
        return True  # a form: nothing filled in but its numbers
    if heads:
        return several >= 3
    return several >= 3 and len(rows[0]) > 2 and all(rows[0]) and _has_figures(rows)


def _heads(row: Sequence[str]) -> bool:
    """Whether a row is the heads of columns: short words, one or more of them well known."""
    texts = ["".join(cell.split()) for cell in row if cell]
    if len(texts) < max(2, len(row) - 1) or max(map(len, texts)) > _LONGEST_HEAD:
        return False
    if any(_FIGURE.fullmatch(text) for text in texts):
        return False
    known = sum(bool(_HEAD.search(text)) for text in texts)
    return known >= (2 if len(row) < 4 else 1)


def _counts_up(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first column is 序号 with 1, 2, 3 below it."""
    if not "".join(rows[0][0].split()).endswith("号") or len(rows) < 3:
        return False
    return [row[0] for row in rows[1:]] == [str(n) for n in range(1, len(rows))]


def _is_numbered_list(rows: Sequence[Sequence[str]]) -> bool:
    return len(rows[0]) == 2 and sum(bool(_NUMBERED.match(row[0])) for row in rows) * 2 > len(rows)


def _has_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column has a word above and nothing but figures below."""
    for head, *column in zip(*rows, strict=True):
        filled = [cell for cell in column if cell]
        if (
            not _FIGURE.fullmatch(head)
            and len(filled) >= 2
            and all(_FIGURE.fullmatch(cell) for cell in filled)
        ):
            return True
    return False
