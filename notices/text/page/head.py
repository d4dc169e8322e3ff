"""The head of a notice: urgency, number, title and 主送机关, and where the body starts."""

import re
from dataclasses import dataclass

from notices.text.characters.headings import HEADING
from notices.text.characters.normalize import plain
from notices.text.page import doc_number, site_table
from notices.text.page.lines import Line
from notices.text.recipients import organs

_KINDS = (
    r"(?:通知|意见|决定|决议|方案|办法|函|通报|公告|通告|批复|规定|细则|指南|命令|令|纪要|报告|请示|"
    r"安排|规划|预案|要点|措施)"
)
_TITLE_ENDS = re.compile(rf"{_KINDS}(?:\([^)]{{2,12}}\))?[》”]?(?:的{_KINDS})?$")
_URGENCY = re.compile(r"\(?(特急|加急|特提|平急|急件)\)?(?:[·.・]?明电)?$")
_RED_HEAD = re.compile(r"文件$")
_SALUTATION = re.compile(
    r"各|有关|局|厅|委|部|政府|单位|公司|学校|大学|学院|院|行|协会|办公室|企业|中心|处|站|机构|社区|人员|同志"
)
_NO_SALUTATION = re.compile(
    r"。|如下|通知:|为(?:了|贯彻|深入|进一步|全面|切实|做好|加强|落实)|根据|现将|《[^》]*$|联系|电话|^附件|"
    rf"^{HEADING.pattern}|https?|时间:|编号:|日期:|来源:|浏览|索引号"
)
_CHROME = re.compile(
    r"^(?:首页|当前位置|您(?:的|所在)|来源|发布时间|发布日期|浏览|点击|字体|分享|打印|收藏|搜索|高级搜索|无障碍|下载|【|\[)|"
    r"政府信息公开$|^规章|^编号|\d{4}-\d\d-\d\d"
)
_SEARCH_DEPTH = 70
_TITLE_LINES = 6


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body; `body` is the index of the body's first line."""

    title: str | None
    doc_number: str | None
    recipients_text: str | None
    urgency: str | None
    agency_line: str | None
    table: dict[str, str]
    body: int


def read(found: list[Line], source: str) -> Head:
    """Reads the head; `source` is the original text, from which the wording is taken."""
    table = site_table.read(found)
    first = table.after if table.values else 0
    salutation = _salutation(found, first)
    body = salutation[1] if salutation else _body_without_salutation(found, first)
    top = salutation[0] if salutation else body
    title = _title(found, first, top, source)
    if title is None and first:
        title = _title(found, 0, first, source)
    number = next((n for line in found[:body] if (n := doc_number.of_line(line.text))), None)
    listed = table.values.get("doc_number", "")
    match = doc_number.DOC_NUMBER.search(listed)
    number = (doc_number.normal(match) if match else None) or number
    text = None
    if salutation:
        start, end = found[salutation[0]].start, found[salutation[1] - 1].end
        text = re.sub(r"\s+", "", source[start:end]).rstrip("：:")
    return Head(
        _prefer_table(table.values.get("title"), title),
        number,
        text,
        _urgency(found[:body]),
        _agency_line(found[:body]),
        table.values,
        body,
    )


def _salutation(found: list[Line], first: int) -> tuple[int, int] | None:
    """Line indexes [from, to) of 主送机关: what ends in a colon before the first sentence."""
    for i in range(first, min(len(found), _SEARCH_DEPTH)):
        text = found[i].text
        if "。" in text and not doc_number.of_line(text):
            return None
        if not text.endswith(":"):
            continue
        start = i
        while start > first and _goes_on(found[start - 1].text):
            start -= 1
        whole = "".join(line.text for line in found[start : i + 1])
        if _SALUTATION.search(whole) and not _NO_SALUTATION.search(whole):
            return start, i + 1
    return None


def _goes_on(text: str) -> bool:
    return text.endswith((",", "、")) and not _NO_SALUTATION.search(text)


_BODY_STARTS = re.compile(r"^(?:为|根据|按照|近日|近年来|经|依据|目前|当前|现将|自|随着|《)|[。;]")


def _body_without_salutation(found: list[Line], first: int) -> int:
    for i in range(first, min(len(found), _SEARCH_DEPTH)):
        text = found[i].text
        if HEADING.match(text) or (_BODY_STARTS.search(text) and len(text) > 25 and "," in text):
            return i
    return first


def _title(found: list[Line], first: int, top: int, source: str) -> str | None:
    """The title block nearest above the salutation or the body."""
    last = top - 1
    while last >= first and not _ends_title(found[last].text):
        if not _between(found[last].text):
            return None
        last -= 1
    if last < first:
        return None
    start = last
    while start > first and last - start < _TITLE_LINES and _part_of_title(found, start):
        start -= 1
    words = source[found[start].start : found[last].end]
    return _without_number(plain(words)) or None


def _ends_title(text: str) -> bool:
    return bool(_TITLE_ENDS.search(text)) and not doc_number.of_line(text)


def _between(text: str) -> bool:
    """What may stand between the title and the body."""
    if _CHROME.search(text) or re.search(r"浏览|字体|来源:|发布(?:时间|日期|人)|分享到", text):
        return True
    return bool(doc_number.of_line(text)) or (len(text) <= 30 and not re.search(r"[。;]", text))


_STARTS_WHOLE = re.compile(r"^关于|^[\u4e00-\u9fff、()“”]{2,40}?(?:关于|印发|转发|批转)")


def _part_of_title(found: list[Line], start: int) -> bool:
    """Whether the line above `start` belongs to the same title."""
    above, here = found[start - 1].text, found[start].text
    if doc_number.of_line(above) or (_ends_title(above) and _STARTS_WHOLE.match(here)):
        return False
    if _RED_HEAD.search(above) or _CHROME.search(above) or _urgency_word(above):
        return False
    if re.search(r"[。;:!?|]|\d{4}年\d+月\d+日$", above) or len(above) > 60:
        return False
    if _STARTS_WHOLE.match(here) and not here.startswith("关于"):
        return _RUNS_INTO.search(above) is not None
    if here.startswith(("关于", "印发", "转发")):
        return all(organs.is_organ(name) for name in organs.names(above))
    return True


_RUNS_INTO = re.compile(r"[、(]$")


_LISTED_DAY = re.compile(r"^[\[(【（]?\d{4}[-./]\d\d?[-./]\d\d?[\])】）]? *")
"""The day that a site's list puts before a title."""


def _without_number(title: str) -> str:
    title = _LISTED_DAY.sub("", title)
    match = doc_number.DOC_NUMBER.match(title)
    if match:
        title = title[match.end() :].strip()
    if title.startswith("《") and title.endswith("》") and _TITLE_ENDS.search(title[1:-1]):
        title = title[1:-1]
    return title


def _prefer_table(listed: str | None, read_title: str | None) -> str | None:
    if not listed:
        return read_title
    return plain(listed)


def _urgency_word(text: str) -> str | None:
    match = _URGENCY.match(text.replace(" ", ""))
    return match[1] if match else None


def _urgency(head: list[Line]) -> str | None:
    return next((w for line in head if (w := _urgency_word(line.text))), None)


def _agency_line(head: list[Line]) -> str | None:
    """发文机关标志 without 文件: `国家市场监督管理总局文件` gives the body's name."""
    for line in head:
        name = line.text.replace(" ", "")
        if name.endswith("文件") and organs.is_organ(name.removesuffix("文件")):
            return name.removesuffix("文件")
    return None
