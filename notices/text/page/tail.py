"""The end of a notice: signature, 成文日期, 附注, 抄送, 印发; and where site chrome begins."""

import re
from dataclasses import dataclass
from datetime import date

from notices.text.characters.headings import HEADING
from notices.text.deadlines.dates import WRITTEN_DATE, date_of
from notices.text.page.lines import Line
from notices.text.recipients import organs

_CHROME = re.compile(
    r"扫一扫|扫描二维码|关注我们|ICP备|公网安备|网站标识码|^相关(?:链接|阅读|文档|附件)|^上一篇|^下一篇|"
    r"打印(?:本页|\]? ?\[?关闭)|关闭窗口|责任编辑|^-->$|版权所有|^分享到"
)
_CUT = re.compile(
    r"预览已结束|剩余\d*.{0,4}(?:未读|内容)|(?:查看|阅读|下载)(?:全文|更多内容|完整)|完整报告|未完待续|登录后(?:查看|阅读)"
)
_DATE_LINE = re.compile(rf"\(?\s*(?:{WRITTEN_DATE.pattern})\s*\)?$")
_NOTE = re.compile(
    r"\(\s*(此件[^()]{2,20}|(?:主动|依申请)公开[^()]{0,6})\)$|^此件(?:主动|依申请)?公开(?:发布)?$"
)
_DISCLOSURE = re.compile(r"^(?:信息)?公开(?:属性|形式|方式|选项)?\s*:\s*(\S{2,12})$")
_CC = re.compile(r"^抄\s*送\s*:\s*(.+)$")
_PRINTED = re.compile(rf"^(?P<who>.*?)\s*(?:{WRITTEN_DATE.pattern})\s*印\s*发$")


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands below the body. Indexes are of lines: the signature block is [sign, after)."""

    issuers: tuple[str, ...]
    written_date: date | None
    disclosure: str | None
    cc: str | None
    printed_by: str | None
    printed_date: date | None
    truncated: bool
    sign: int
    after: int
    chrome: int
    furniture: tuple[int, ...]


def read(found: list[Line], body: int) -> Tail:
    """Reads the tail below line `body`."""
    chrome = _chrome(found, body)
    truncated = any(_CUT.search(line.text) for line in found[body:])
    main = found[:chrome]
    sign, after, issuers, written = _signature(main, body)
    said, printed_date, furniture = _imprint(main, body)
    if not truncated and sign == chrome and main and chrome == len(found):
        last = main[-1].text
        truncated = len(last) > 60 and bool(re.search(r"[\u4e00-\u9fff,、]$", last))
    return Tail(
        issuers,
        written,
        said.get("disclosure"),
        said.get("cc"),
        said.get("printed_by") or None,
        printed_date,
        truncated,
        sign,
        after,
        chrome,
        furniture,
    )


def _chrome(found: list[Line], body: int) -> int:
    """Index of the first line of site text after the notice; the number of lines without any."""
    for i in range(body, len(found)):
        text = found[i].text
        if len(text) < 80 and "。" not in text and (_CHROME.search(text) or _CUT.search(text)):
            return i - 1 if re.match(r"主办单位|版权", found[i - 1].text) else i
    return len(found)


def _imprint(found: list[Line], body: int) -> tuple[dict[str, str], date | None, tuple[int, ...]]:
    """What 附注 and 版记 say, the day of printing, and the lines on which they stand."""
    said: dict[str, str] = {}
    printed: date | None = None
    furniture: list[int] = []
    for i in range(body, len(found)):
        text = found[i].text
        if match := _NOTE.match(text) or _DISCLOSURE.match(text):
            said.setdefault("disclosure", match[1] or match.group())
        elif match := _CC.match(text):
            said["cc"] = match[1].strip().rstrip("。")
        elif text.endswith("发") and (match := _PRINTED.match(text)):
            printed = date_of(match)
            who = match["who"].replace(" ", "")
            if not who and i and organs.is_organ(found[i - 1].text):
                who = found[i - 1].text
                furniture.append(i - 1)
            said["printed_by"] = who
        else:
            continue
        furniture.append(i)
    return said, printed, tuple(furniture)


def _signature(found: list[Line], body: int) -> tuple[int, int, tuple[str, ...], date | None]:
    """First and last line of the signature, who signed, and when."""
    bare: tuple[int, date] | None = None
    for i in range(body, len(found)):
        match = _DATE_LINE.match(found[i].text)
        day = date_of(match) if match else None
        if day is None:
            continue
        issuers, start = _organs_above(found, i, body)
        if issuers:
            return start, i + 1, issuers, day
        bare = bare or (i, day)
    if bare:
        return bare[0], bare[0] + 1, (), bare[1]
    issuers, start = _organs_above(found, len(found), body)
    return start, len(found), issuers, None


def _organs_above(found: list[Line], i: int, body: int) -> tuple[tuple[str, ...], int]:
    """Names in the lines above line `i`, wrapped ones joined, and the index of the first."""
    block: list[str] = []
    start = i
    while start > body and start > i - 15:
        text = organs.without_stamp(found[start - 1].text)
        if text and not _is_signature_line(text, below=bool(block)):
            break
        block.insert(0, text)
        start -= 1
    words = " ".join(name for text in block for name in organs.names(text))
    return tuple(name for name in organs.names(words) if organs.is_organ(name)), start


def _is_signature_line(text: str, *, below: bool) -> bool:
    if HEADING.match(text) or len(text) > 70 or re.search(r"[。;:,《》\d]", text):
        return False
    wrapped = below and re.match(r"[\u4e00-\u9fff ]{6,40}(?:的|工作|情况|联防|防控)$", text)
    return organs.are_organs(text) or bool(wrapped)
