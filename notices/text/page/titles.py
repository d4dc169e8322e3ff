"""Where the title of a notice begins and ends, and the bodies named over it and in it."""

import re

from notices.text.characters.headings import HEADING
from notices.text.page import doc_number
from notices.text.page.brackets import HIDDEN
from notices.text.recipients import organs

KINDS = (
    r"(?:通 *知|意见|决定|决议|公告|通告|通报|方案|办法|规定|的[ \n]*函|复函|批复|细则|要点|规划|"
    r"指南|预案|纪要|报告|请示|命令|令|安排|措施|计划)"
)
TITLE_END = re.compile(rf"{KINDS}(?:\({HIDDEN}+\))*+[》”]?+(?! ?[的书类及和与、》”《<>(])")
BODY = re.compile(
    r"为(?!民)|根据|按照|依据|现[将就印]|近[日年期]|目前|当前|随着|《|20\d\d年|经|定于|自\d|请|"
    rf"{HEADING.pattern}"
)
_VERB = re.compile(r"关于|印发|转发|批转")
_ASKS = re.compile(rf"{_VERB.pattern}|征求|召开|开展|公布")
_STARTS_WHOLE = re.compile(rf"^[\u4e00-\u9fff、()“”]{{0,40}}?(?:{_VERB.pattern})")
_CHROME = re.compile(
    r"^(?:首页|当前位置|您(?:的|所在)|点击|打印|收藏|搜索|高级搜索|无障碍|下载|\[|规章|编号)|"
    r"政府信息公开$|\d{4}-\d\d-\d\d|来源|分享|字体|浏览|发布(?:时间|日期|人)"
)
PAPER = re.compile(r"(?:文件|稿纸|[特加平]急|特提|明电)\)?[ \n]*")
_CALLED = re.compile(r".*(?:部门|单位|企业|机构|人员)(?=[\u4e00-\u9fff]{4})")
SERIAL = re.compile(
    r"[ \n]*(?:[\u4e00-\u9fff \n]{2,60}(?:公告|令|通告) ?)?(?:\d{4}年)?第 ?\d{1,4} ?号"
)
_BEHIND = re.compile(rf"{SERIAL.pattern}|[ (]*\d{{4}}年")
_MOST_LINES, _LONGEST_LINE, _LONGEST = 6, 60, 400


def end_before(frame: str, limit: int, *, called: bool) -> int | None:
    """The end of the title before `limit`, where addressees follow if `called`, else the body."""
    found = TITLE_END.finditer(frame, max(0, limit - 2500), limit)
    ends = [m.end() for m in found if not _only_names(frame, m)]
    whole = [end for end in ends if _closes_line(frame, end, limit, called=called)]
    for end in reversed(whole):
        if all(_furniture(line) for line in frame[end:limit].split("\n")):
            return end
    return None if called else next((end for end in ends if _runs_on(frame, end)), None)


def _runs_on(frame: str, end: int) -> bool:
    """Whether a number or the body follows a title in the same line."""
    return _numbered(frame, end) or bool(BODY.match(frame, next_sign(frame, end)))


def _numbered(frame: str, end: int) -> bool:
    """Whether a number or the day of a notice follows a title."""
    number = doc_number.search(frame, end, end + 40)
    return bool((number and number.start <= end + 1) or _BEHIND.match(frame, end))


def next_sign(frame: str, at: int) -> int:
    """The next sign that is no blank."""
    while at < len(frame) and frame[at] in " \n":
        at += 1
    return at


def _only_names(frame: str, kind: re.Match[str]) -> bool:
    """Whether a line is a body's name and a kind (`某局公告`): a letterhead, no title."""
    low = frame.rfind("\n", 0, kind.end()) + 1
    words = frame[low : kind.start()].strip()
    goes_on = frame[max(0, low - 9) : low].rstrip().endswith("的")
    return organs.are_organs(words) or (len(words) < 2 and not goes_on)


def _closes_line(frame: str, end: int, limit: int, *, called: bool) -> bool:
    rest = frame[end:limit].split("\n")[0].strip()
    return _numbered(frame, end) if rest else called or end < limit or frame[end : end + 1] in "\n"


def _furniture(text: str) -> bool:
    """What may stand between the title and the body."""
    text = text.strip()
    short = len(text) <= 30 and not re.search("[。;]", text)
    return short or bool(_CHROME.search(text) or doc_number.of_line(text))


def quotes(frame: str, at: int) -> bool:
    """Whether what stands at `at` is quoted by a title that has begun and not ended."""
    low = max(frame.rfind("\n", 0, at) + 1, at - 200)
    ended = max((m.end() for m in TITLE_END.finditer(frame, low, at)), default=low)
    return bool(_VERB.search(frame, ended, at))


def start_of(text: str, frame: str, low: int, end: int) -> int:
    """Where the title that ends at `end` begins, at `low` at the earliest."""
    start = max(low, frame.rfind("\n", 0, end - 1) + 1, end - _LONGEST)
    for _ in range(_MOST_LINES):
        above = frame[:start].rstrip(" \n")
        up = max(low, frame.rfind("\n", 0, len(above)) + 1)
        if len(above) <= low or not _goes_on(
            text[up : len(above)].strip(), text[start:end].strip()
        ):
            break
        start = up
    return _within(text, frame, next_sign(frame, start), end)


def _goes_on(above: str, here: str) -> bool:
    """Whether the line above belongs to the title that goes on with `here`."""
    if doc_number.of_line(above) or HEADING.match(above):
        return False
    if PAPER.search(above) or _CHROME.search(above) or re.search(r"[。;:!?|]|\d日$", above):
        return False
    if len(above) > _LONGEST_LINE or (TITLE_END.search(above[-9:]) and _STARTS_WHOLE.match(here)):
        return False
    if here.startswith(("关于", "印发", "转发")):
        return organs.are_organs(above)
    return not _STARTS_WHOLE.match(here) or above.endswith(("、", "("))


def _within(text: str, frame: str, start: int, end: int) -> int:
    """The start behind what is glued to the front: drafting paper, another title, site words."""
    for mark in _PARTS.finditer(frame, start, end):
        if _VERB.search(frame, mark.end(), end):
            start = mark.end()
    verb = _ASKS.search(frame, start, end)
    if not verb:
        return start
    for paper in PAPER.finditer(frame, start, verb.start()):
        over = re.sub("[公发]文$", "", text[start : paper.start()])
        start = paper.end() if not over or organs.are_organs(over) else start
    start = _own_words(text, start, verb.start())
    return start + _single(text[start : verb.start()])


_PARTS = re.compile(rf"{TITLE_END.pattern}|[],;:。|>》#]|\d日|[\dXx*-]{{7,}}|附件\d*")


def _own_words(text: str, start: int, end: int) -> int:
    """The names before a title's verb, without the words that blanks set apart from them."""
    run = text[start:end]
    if (" " not in run and "\n" not in run) or organs.are_organs(run):
        return start
    tokens = list(re.finditer(r"\S+", run))
    first = end if run[-1] in " \n" else start + tokens.pop().start()
    for token in reversed(tokens):
        if not organs.are_organs(token[0]) or TITLE_END.search(token[0]) or "公开" in token[0]:
            break
        first = start + token.start()
    return next_sign(text, first)


def _single(run: str) -> int:
    """How much of the names before a title's verb is a head printed once more, or addressees."""
    called = _CALLED.match(run)
    low = called.end() if called else 0
    for i in range(low + 4, len(run) - 3):
        again = _WHOLE.match(run[i : i + organs.alike(run[low:], run[i:])])
        if again and organs.are_organs(again[0]):
            return i
    return low


_WHOLE = re.compile(rf".{{3,}}{organs.SUFFIX}")


def issuers_in(title: str) -> tuple[str, ...]:
    """The bodies that a title names as its issuers."""
    verb = _ASKS.search(title)
    words = re.sub(r"等\d*个?(?:部门|单位)|联合$", "", title[: verb.start()]) if verb else ""
    return tuple(organs.names(words)) if organs.are_organs(words) else ()


def names_over(above: list[str]) -> tuple[str, ...]:
    """The bodies in the last of the lines over number and title: 发文机关标志."""
    found: list[str] = []
    for line in reversed(above):
        words = _RED_END.sub("", line.strip())
        if words and not organs.are_organs(words):
            break
        found = [*organs.names(words), *found]
    return tuple(found)


_RED_END = re.compile(rf"(?:{PAPER.pattern}|通知|公文|发文)+$")
