"""发文字号: 机关代字〔年〕序号号, and the numbers of 公告 and 令."""

import re
from dataclasses import dataclass

from notices.text.recipients import organs

_YEAR = re.compile(r" ?〔((?:19|20)\d\d)〕 ?(?:第 ?)?(\d{1,5}) ?号")
_RUN = re.compile(r"(?:[\u4e00-\u9fff]|\([\u4e00-\u9fff]{1,4}\))+$")
_REACH = 80
_LONGEST = 14
"""Signs of a 机关代字."""
_PARTED = re.compile(
    r".*(?:关于|转发|落实|文件|稿纸|[特加平]急|特提|文号|字号|通知|意见|决定|通报|公告|通告|[的便]函(?=..)|方案|办法)"
)
_BODY_ENDS = re.compile(
    r"(?:局|厅|院|署|会|行|社|司|馆|大学|中心|政府|组|办公室|委(?!员)|部(?!门))"
)
_REGIONS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔贵滇云藏陕甘陇青宁新国"
_SERIAL = re.compile(
    r"\(?((?:[\u4e00-\u9fff ]{2,60}(?:公告|令|通告))? ?(?:\d{4}年)?"
    r"第 ?[\d一二三四五六七八九十]{1,5} ?号)\)?$"
)
_GRADE = re.compile(r"等级|特急|加急|平急|特提|内部明电|明电|[:.·• ]")
"""What stands beside the number of a telegram (明传电报)."""
_LABEL = re.compile(r"^(?:发?文号|发文字号|文件编号)\s*:\s*")


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A number as 机关代字〔年〕序号号 without blanks, 第 or leading zeros, and where it stands."""

    value: str
    start: int
    end: int


def search(text: str, start: int = 0, end: int | None = None) -> DocNumber | None:
    """The first number in `text[start:end]`; what is glued to its front is no part of it."""
    for year in _YEAR.finditer(text, start, len(text) if end is None else end):
        low = max(start, year.start() - _REACH)
        run = _RUN.search(text[low : year.start()])
        if run and 1 <= len(code := _code(run.group())) <= _LONGEST:
            value = f"{code}〔{year[1]}〕{int(year[2])}号"
            return DocNumber(value, year.start() - len(code), year.end())
    return None


def _code(run: str) -> str:
    """The 机关代字 at the end of a run of characters, without the body's name before it.

    It is made of signs of the body's name or begins with the region's: 山东省…局|鲁市监标函.
    """
    if parted := _PARTED.match(run):
        run = run[parted.end() :] or run
    for match in _BODY_ENDS.finditer(run, 3):
        body, code = run[: match.end()], run[match.end() :]
        if not 2 <= len(code) <= _LONGEST or not organs.are_organs(body):
            continue
        made_of = code[0] in _REGIONS or code.startswith("市监") or set(code[:2]) <= set(body)
        if made_of and not any("(" not in code[: m.end()] for m in _BODY_ENDS.finditer(code, 4)):
            return code
    return run


def of_line(text: str) -> str | None:
    """The number where the line is one: alone, or before a title in 《》 or after one."""
    text = _LABEL.sub("", text.strip())
    number = search(text)
    if number:
        around = _GRADE.sub("", text[: number.start] + text[number.end :]).strip(" ()")
        if not around or (len(around) <= 6 and "第" not in around):
            return number.value
        return None
    serial = _SERIAL.match(text)
    return serial[1] if serial else None


def key(number: str | None) -> str | None:
    """The form that two versions of one notice share, for de-duplication; None without a number."""
    found = search(number or "")
    return found.value if found else None
