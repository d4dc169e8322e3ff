"""Stops a classified document (密级, 份号) before anything of it is kept.

密级 and 份号 stand in the first lines above the title (党政机关公文处理工作条例第九条), but also in
page headers, watermarks and stamps: a mark is a run of its own, or stands at an end of a line. A
notice that speaks of 商业秘密 or of 保守国家秘密法 is not classified.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from notices.text.characters.normalize import UNSEEN, fold
from notices.text.page.copy_number import NUMBER, URGENT, copy_number, is_copy_number
from notices.text.page.lines import lines

_LEVEL = r"(?:绝\s*密|[机機]\s*密|[秘祕]\s*密)"
_SIGN = r"[★☆✩✪✫✬✭✮✯✰⭐⋆*]"
_DOT = r"[★☆✩-✰⭐⋆*·•・‧∙●○◆◇⚫▪—\-]"
_JOINT = r"(?:★|☆|[✩-✰⭐⋆*·•・‧∙●○◆◇⚫▪.、:,/|~—\-_]|\s)"
_MISREAD = r"(?:[大女食太六文xXkK☀](?=\s*\d))"
"""What programs that recognise scans make of the star."""
_TERM = (
    r"(?:\d{1,3}\s*(?:年|个\s*月|月)|[一二两三四五六七八九十〇]{1,4}\s*(?:年|个\s*月|月)|长\s*期"
    r"|永\s*久|[启开]\s*[用封]\s*前|(?:公\s*开|解\s*密|考\s*试?|开\s*考|开\s*标)\s*前|至?\s*\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?[前止]?)"
)
_LABEL = (
    r"(?:密\s*级|密级和保密期限|密级及保密期限|秘密等级|保密等级|涉密等级|保密级别|密级标[识志])"
)
_OPEN, _SHUT = r"[\[(〔〖『“\"{<]", r"[\])〕〗』”\"}>]"

_BARE = re.compile(rf"{_OPEN}?\s*(?P<level>{_LEVEL})\s*{_SHUT}?")
_WHOLE = re.compile(
    rf"(?:{NUMBER}\s*)?(?:{URGENT}\s*)?(?:{_LABEL}\s*:?\s*)?"
    rf"(?P<level>(?:{_OPEN}?\s*{_LEVEL}\s*[级件]?\s*{_SHUT}?\s*)+"
    rf"(?:{_SIGN}?{_JOINT}*{_MISREAD}?{_OPEN}?\s*(?:保密期限\s*:?\s*)?{_TERM}\s*{_SHUT}?|(?:\s*{_DOT})*){_SHUT}?)"
    rf"\s*(?:{URGENT}\s*)?(?:{NUMBER})?"
)
"""A run that is nothing but the mark, with what the head of a document puts beside it."""
_FULL = rf"{_OPEN}?{_LEVEL}\s*[级件]?\s*(?:{_SIGN}|\s*{_DOT}\s*{_TERM}|\(\s*{_TERM}\s*\))"
_BOXED = rf"[\[(〖『]\s*{_LEVEL}\s*[级件]?\s*[\])〗』]"
_FIRST = re.compile(rf"\s*(?:{NUMBER}\s*)?(?:{URGENT}\s*)?(?P<level>{_FULL}|{_BOXED})")
_LAST = re.compile(
    rf"(?P<level>{_LEVEL}\s*[级件]?\s*(?:{_SIGN}\s*(?:{_TERM})?|{_DOT}\s*{_TERM}|\(\s*{_TERM}\s*\))"
    rf"|{_BOXED})\s*{_SHUT}?\s*(?:{URGENT})?\s*$"
)
_STARRED = re.compile(
    rf"(?<![“\"‘《])(?<!商业)(?<!技术)(?<!个人)(?<!企业)(?<!经营)(?P<level>{_LEVEL}\s*[★☆])"
)
_LABELLED = re.compile(
    rf"(?:^|\s){_LABEL}\s*:?\s*(?P<level>{_LEVEL})(?!\s*(?:[、/或及和,□的]|{_LEVEL}))"
)
_HEADS = r"(?:文件|通知|函|号|意见|报告|方案|通报|纪要|请示|决定|批复)"
_EDGE = re.compile(
    rf"^\s*(?P<first>{_LEVEL}[级件]?)(?:\s{{2,}}\S|\s(?:{URGENT}|\S.*{_HEADS}$))"
    rf"|(?<=\S)(?:\s(?P<glued>绝密|机密|秘密)|\s{{3,}}(?P<last>{_LEVEL}))[级件]?\s*$"
)
_RUNS = re.compile(r"\s*\t\s*|\s{3,}")
_COMPOUND = re.compile(
    r"(?:国家|商业|工作|个人|技术|军事|企业|经营|警务|审判|保守|保密|泄[露漏]|涉及|属于|属|的|和|或|及|、|,"
    r"|与|为|等|非|窃取|知悉|产生|接触)$"
)
"""What stands before 秘密 where a line was only broken there."""
_BROKEN_OFF = re.compile(
    r"(?:国家|商业|工作|个人|技术|军事|保守|泄[露漏]|涉及|属于|知悉|、|,|和|或|及|与)(?:机密|秘密)$"
    r"|(?:企业|经营)秘密$"
)
"""The same for a line that is nothing but the level."""
_OTHER_CHOICE = re.compile(r"^(?:[□☑☐○]?\s*)(?:非密|非涉密|不涉密|无密级|绝密|机密|秘密)级?$")
_DOUBT = re.compile(
    r"内部(?:资料|文件|使用|刊物|材料)|不予公开|(?:注意|妥善)保[存管密]|请勿(?:外传|扩散)|仅供内部"
)
_SEAMLESS = dict.fromkeys(map(ord, UNSEEN))
_HEADING_LINES = 12
_SHORT = 40
_LONGEST_MARK = 60


class ClassifiedDocument(Exception):
    """The text is marked as a state secret; `message_zh` says what to do. Nothing may be stored."""

    def __init__(self, mark: str, place: str = "文件首部") -> None:
        self.mark, self.place = mark, place
        self.message_zh = (
            f"{place}标有“{mark}”，可能是涉密公文。本系统不得处理涉密文件，已停止读取且未保存任何内容；"
            "请改走涉密渠道，并向本单位保密工作机构报告。"
        )
        super().__init__(self.message_zh)


def refuse_classified(text: str) -> None:
    """Raises ClassifiedDocument where a document bears 密级 or 份号."""
    number = copy_number(text)
    if number:
        raise ClassifiedDocument(f"份号 {number}")
    refuse_marked(text, "文件首部" if _level(text[:400]) else "文件中")


def refuse_marked(text: str, place: str = "文件中") -> None:
    """The same for text of which the first lines are no head of a document: 密级 alone counts."""
    mark = _level(text)
    if mark:
        raise ClassifiedDocument(mark, place)


def refuse_marked_values(data: object, place: str) -> None:
    """The same for every text in what JSON knows: lists, mappings, values."""
    if isinstance(data, str):
        refuse_marked(data, place)
    elif isinstance(data, Mapping):
        for value in data.values():
            refuse_marked_values(value, place)
    elif isinstance(data, Iterable):
        for value in data:
            refuse_marked_values(value, place)


def refuse_copy_number(paragraph: str, place: str) -> None:
    """Raises ClassifiedDocument where a paragraph of the place is nothing but a 份号."""
    if is_copy_number(paragraph):
        raise ClassifiedDocument(f"份号 {''.join(paragraph.split())}", place)


def mark_of(text: str) -> str | None:
    """The mark of a document, as written; None for an open one."""
    number = copy_number(text)
    return f"份号 {number}" if number else _level(text)


def doubt_of(text: str) -> str | None:
    """A word that asks whether the text may be taken in (内部资料, 不予公开); None without one.

    Such a word is no 密级: a person is asked, nothing is refused.
    """
    match = _DOUBT.search(re.sub(r"\s", "", fold(text)))
    return match.group() if match else None


def _level(text: str) -> str | None:
    """The level of the first mark; only lines with 密 are looked at closely."""
    if "密" not in text:
        return None
    spelled = _spelled(text)
    found = list(_pieces(spelled))
    for i, (piece, above) in enumerate(found):
        if "密" not in piece or len(piece) > 2_000:
            continue
        beside = [words for words, _ in (*found[max(i - 1, 0) : i], *found[i + 1 : i + 2])]
        if (mark := _mark(piece, above, beside)) is not None:
            return mark
    # A text that came without line ends: its lines are found as the reading finds them.
    for line in lines(fold(text[:4000]))[:_HEADING_LINES]:
        bare = line.text.strip()
        is_sure = "\n" not in text[:400] or not _BARE.fullmatch(bare)
        if "密" in bare and is_sure and (level := _whole(bare, "", ())):
            return level
    return None


def _spelled(text: str) -> str:
    """One spelling: signs that are not seen dropped, letters of compatibility as the usual ones."""
    seen = text.translate(_SEAMLESS).replace("\r\n", "\n").replace("\r", "\n").replace("\t", "\x1f")
    spelled = fold(unicodedata.normalize("NFKC", seen.replace("\x1f", "   ")))
    return re.sub(r"[\v\f\x85\u2028\u2029]", "\n", spelled)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The lines, each with the one directly above it ("" below a gap, where a paragraph begins);
    characters that stand one below the other make a line."""
    column: list[str] = []
    above = ""
    for line in text.split("\n"):
        bare = line.strip()
        if len(bare) == 1:
            column.append(bare)
        elif bare:
            if len(column) > 1:
                yield "".join(column), ""
            column = []
            yield line, above
        above = bare
    if len(column) > 1:
        yield "".join(column), ""


def _mark(line: str, above: str, beside: Sequence[str]) -> str | None:
    """The level that a line shows: as a run of its own, or at one of its ends."""
    whole = line.strip()
    runs = [run for run in _RUNS.split(whole) if run]
    for at, run in enumerate(runs):
        left = runs[at - 1] if at else above
        if level := _whole(run, left, beside if len(runs) == 1 else runs[:at] + runs[at + 1 :]):
            return level
    if level := _whole(whole, above, beside):
        return level
    match = _FIRST.match(whole) or _LABELLED.search(whole)
    if match is None and (last := _LAST.search(whole)):
        match = None if _COMPOUND.search(whole[: last.start()]) else last
    if match is None and len(whole) < _SHORT:
        match = _STARRED.search(whole)
    return _bare_level(match["level"]) if match else _at_an_edge(line.rstrip())


def _whole(run: str, before: str, beside: Sequence[str]) -> str | None:
    """The level, where the run is nothing but a mark."""
    match = _WHOLE.fullmatch(run) if len(run) <= _LONGEST_MARK else None
    if match is None or len(_levels(run)) > 1:
        return None
    if _BARE.fullmatch(run) and _is_no_mark(run, before, beside):
        return None
    return _bare_level(match["level"])


def _at_an_edge(line: str) -> str | None:
    """A bare level, apart from the words that it begins or ends."""
    match = _EDGE.search(line)
    if match is None or len(_levels(line)) > 1:
        return None
    ahead = re.sub(r"\s", "", line[: match.start()] + match.group()[:1])
    if not match["first"] and _COMPOUND.search(ahead):
        return None
    return _bare_level(match["first"] or match["glued"] or match["last"])


def _is_no_mark(run: str, before: str, beside: Sequence[str]) -> bool:
    """Whether a bare level only goes on what broke off before it, or is one of several choices."""
    own = _bare_level(run)
    others = [
        match.group().strip() for side in beside if (match := _OTHER_CHOICE.match(side.strip()))
    ]
    return bool(_BROKEN_OFF.search(before.rstrip() + run)) or any(
        own not in each for each in others
    )


def _levels(text: str) -> set[str]:
    """Several of them are a list of what there is."""
    return {_bare_level(level) for level in re.findall(_LEVEL, text)}


def _bare_level(found: str) -> str:
    level = re.sub(r"\s", "", found).replace("機", "机").replace("祕", "秘")
    match = re.search("绝密|机密|秘密", level)
    return match.group() if match else level
