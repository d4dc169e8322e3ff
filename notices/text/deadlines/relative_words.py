"""Words that count from an event: 收到通知之日起10日内, 会议召开前5个工作日, 24小时内, 次日."""

import re
from datetime import date

from notices.text.characters.headings import HEADING
from notices.text.characters.numerals import NUMBER, to_int
from notices.text.deadlines.fixed_words import CLOCK, EDGE, Builder, clock_of
from notices.text.deadlines.rules import Deadline, RelativeDeadline, Unit

_LATER = re.compile(
    rf"(?P<anchor>收到[^,;]{{0,8}}?|接到[^,;]{{0,8}}?|)(?P<which>次日|当日|当天|翌日|隔日){CLOCK}{EDGE}"
)
_UNIT = r"(?P<unit>工作日|日|天|个?月|小时|周|年)"
_AFTER = re.compile(
    rf"(?P<lead>自(?!查|评|行|主|愿|我|身|治|纠|报)|从(?!业|事)|在|于)?(?P<anchor>[^,;。:]{{0,24}}?)(?P<link>之日起|之日|之后|以后|后|起)的?,?"
    rf"(?P<amount>{NUMBER})个?{_UNIT}(?:之内|以内|内|前|(?=[,报向将]|$))"
)
_BEFORE = re.compile(
    rf"(?P<anchor>[^,;。:]{{1,20}}?)(?:前|之前|提前)(?P<amount>{NUMBER})个?{_UNIT}(?:之?内|以内|前)?"
)
_WITHIN = re.compile(rf"(?P<amount>{NUMBER})个?{_UNIT}(?:之内|以内|内)")
_UNITS: dict[str, Unit] = {
    "天": "日",
    "个月": "月",
    "月": "月",
    "周": "日",
    "日": "日",
    "工作日": "工作日",
    "年": "年",
    "小时": "小时",
}


def _later(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    if not match["edge"] and not match["anchor"] and not match["clock"]:
        return None
    amount = 0 if match["which"] in ("当日", "当天") else 1
    return RelativeDeadline(
        match["anchor"] or "收到通知", amount, "日", match.group(), clock_of(match)
    )


# What stands before the event in the same run of signs: whose, what, and the word that opens it.
_LEADS = (
    re.compile(r"^.*?(?:自(?!查|评|行|主|愿|我|身|治|纠|报)|从(?!业|事))(?=.)"),
    re.compile(r"^.{0,20}?(?:请|应当?|须|要|必须|需)(?:在|于)"),
    re.compile(r"^请?[将把].{1,20}?(?:在|于)(?=.)"),
    re.compile(
        r"^.{0,20}?(?:于|在)(?=(?:[本该]?(?:通知|文件|函|方案))?"
        r"(?:收到|接到|印发|发布|下发|完成|事发|事故|事件|发生))"
    ),
    re.compile(r"^(?:请|应当?|须|要|必须|需)?(?:在|于)?(?:本|该)?(?!科|级|年)"),
)


_OPENING = re.compile(r"(?:请|应当?|须|要|必须|需)?(?:自|从|在|于)?(?:本|该)?$")


def _after(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    anchor = HEADING.sub("", match["anchor"], count=1)
    anchor = anchor.lstrip("、和及")
    for lead in _LEADS:
        anchor = lead.sub("", anchor)
    if not anchor or text[: match.start()].endswith("每"):
        return None
    before = _OPENING.sub("", match["anchor"].removesuffix(anchor))
    if match["link"].startswith("之日"):
        anchor += "之日"
    return _relative(match, anchor, 1, skip=len(before) and match.start("anchor") + len(before))


def _before(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    anchor = re.sub(r"^(?:请|应当?|须|要)?(?:在|于)?", "", match["anchor"])
    if re.search(r"[年月日号底\d]$", anchor) or not anchor:
        return None
    return _relative(match, anchor + "前", -1)


def _within(match: re.Match[str], base: date | None, text: str) -> Deadline | None:
    before = text[: match.start()]
    if before.endswith(("每", "月", "年", "第", "近", "次月", "过去", "-", "—")):
        return None
    if match["unit"] in ("年", "周", "月") and not match.group().endswith("内"):
        return None
    earlier = list(_AFTER.finditer(before))  # 收到通知之日起10日内…,20日内…: from the same day
    known = _after(earlier[-1], base, text) if earlier else None
    anchor = known.anchor if isinstance(known, RelativeDeadline) else _previous_chunk(before)
    return _relative(match, anchor, 1)


_EVENT = re.compile(r"(?:的|后|时|的话)$")
_MODAL_END = re.compile(r"(?:应当?|须|要|请|必须|并)?(?:在|于)?$")


def _previous_chunk(before: str) -> str:
    """What the sentence says before `应当于七日内`: the event that starts the count, or ""."""
    chunks = [HEADING.sub("", c) for c in re.split(r"[,;:。]", before) if c]
    if not chunks:
        return ""
    events = [c for c in chunks[:-1] if _EVENT.search(c)]
    if events:
        return _EVENT.sub("", events[-1])[-20:]
    return (chunks[-2] if len(chunks) > 1 else _MODAL_END.sub("", chunks[0]))[-20:]


def _relative(match: re.Match[str], anchor: str, sign: int, *, skip: int = 0) -> Deadline | None:
    """``skip``: where in the text the phrase begins, if something else stands before it."""
    try:
        amount = to_int(match["amount"])
    except ValueError:
        return None
    unit = match["unit"]
    if unit == "周":
        amount *= 7
    if amount == 0 or amount > 400:
        return None
    phrase = match.string[skip : match.end()] if skip else match.group()
    return RelativeDeadline(anchor, sign * amount, _UNITS[unit], phrase)


RELATIVE: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (_LATER, _later),
    (_AFTER, _after),
    (_BEFORE, _before),
    (_WITHIN, _within),
)
