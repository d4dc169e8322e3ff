"""发文字号: 机关代字〔年〕序号号, and the numbers of 公告 and 令."""

import re

_CODE = r"[\u4e00-\u9fff]{1,14}(?:\([\u4e00-\u9fff]\))?"
DOC_NUMBER = re.compile(rf"({_CODE}) ?〔((?:19|20)\d\d)〕 ?(?:第 ?)?(\d{{1,5}}) ?号")
_SERIAL = re.compile(
    r"\(?((?:[\u4e00-\u9fff ]{2,60}(?:公告|令|通告))? ?(?:\d{4}年)?"
    r"第 ?[\d一二三四五六七八九十]{1,5} ?号)\)?$"
)
_GRADE = re.compile(r"等级|特急|加急|平急|特提|内部明电|明电|[:.·• ]")
"""What stands beside the number of a telegram (明传电报)."""
_LABEL = re.compile(r"^(?:发?文号|发文字号|文件编号)\s*:\s*")


def of_line(text: str) -> str | None:
    """The number where the line is one: alone, or before a title in 《》 or after one."""
    text = _LABEL.sub("", text.strip())
    match = DOC_NUMBER.search(text)
    if match:
        around = _GRADE.sub("", text[: match.start()] + text[match.end() :]).strip(" ()")
        if not around or (len(around) <= 6 and "第" not in around):
            return normal(match)
        return None
    serial = _SERIAL.match(text)
    return serial[1] if serial else None


def normal(match: re.Match[str]) -> str:
    """机关代字〔年〕序号号 without blanks; a 第 or a leading zero is kept out."""
    return f"{match[1]}〔{match[2]}〕{int(match[3])}号"


def key(number: str | None) -> str | None:
    """The form that two versions of one notice share, for de-duplication; None without a number."""
    match = DOC_NUMBER.search(number or "")
    return normal(match) if match else None
