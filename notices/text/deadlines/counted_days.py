"""Words that count from an event: 收到通知之日起10日内, 会议召开前5个工作日, 24小时内, 次日."""

import re
from collections.abc import Iterator

from notices.text.characters.headings import HEADING
from notices.text.characters.numerals import leading_int
from notices.text.deadlines.rules import Mention, RelativeDeadline, Unit
from notices.text.deadlines.time_words import Phrase, clock_of

PATTERN = re.compile(
    r"(?:(?P<day>[gG])(?P<clock>c?)|(?:(?P<link>[ao])C?|(?P<ahead>[eb])|(?P<most>lX?))?(?P<n>[nd]))"
    r"(?P<edge>[eil]?)"
)
_ANCHOR_REACH = 24
_LONGEST = 400
_RECEIPT = re.compile(r"(?:[收接]到|签收|收[文悉]|文到)[^,;]{0,8}$")
_SELF = r"自(?![查评行主愿我身治纠报])|从(?![业事])"
_DUTY = r"(?:请|应当?|必?须|要|需)"
# What stands before the event in the same run of signs: whose, what, and the word that opens it.
_LEADS = (
    re.compile(rf"^.*?(?:{_SELF})(?=.)"),
    re.compile(rf"^.{{0,20}}?{_DUTY}[在于]"),
    re.compile(r"^请?[将把].{1,20}?[在于](?=.)"),
    re.compile(
        r"^.{0,20}?[于在](?=(?:[本该]?(?:通知|文件|函|方案))?(?:[收接]到|印发|发布|下发|完成|事[发故件]|发生))"
    ),
    re.compile(rf"^{_DUTY}?[在于]?[本该]?(?![科级年])"),
)
_OPENING = re.compile(rf"{_DUTY}?[自从在于]?[本该]?$")
_BEFORE_EVENT = re.compile(rf"^{_DUTY}?[在于]?")
_NOT_WITHIN = re.compile(r"(?:[每月年第近-]|过去|—|超过)$")
_EVENT = re.compile(r"(?:的?[后时]|的话|的)$")
_CASE = re.compile(r"^(?:如?遇有?|发[生现]|出现|一旦)")
_MODAL_END = re.compile(rf"并?{_DUTY}?[在于]?$")
_GOES_ON = re.compile(r"[,报向将]|$")


class Reader:
    """Reads the phrases of one sentence in order: `20日内` counts from the event named before."""

    def __init__(self) -> None:
        self.anchor = ""

    def read(self, phrase: Phrase) -> Iterator[Mention]:
        if phrase.match["day"]:
            yield from _next_day(phrase)
            return
        for read in (self._after, self._before, self._within):
            if (found := read(phrase)) is not None:
                yield found
                return

    def _after(self, phrase: Phrase) -> Mention | None:
        """`自收到本通知之日起10日内`, `活动结束后,两周内`."""
        if not phrase.match["link"]:
            return None
        if not phrase.match["edge"] and not _GOES_ON.match(phrase.following()):
            return None
        run = re.split(r"[,;。:]", phrase.before(_ANCHOR_REACH))[-1]
        anchor = HEADING.sub("", run, count=1).lstrip("、和及")
        for lead in _LEADS:
            anchor = lead.sub("", anchor)
        opening = run.removesuffix(anchor)
        if not anchor or (not opening and phrase.before(_ANCHOR_REACH + 1)[:1] == "每"):
            return None
        shown = _OPENING.search(opening)
        anchor += "之日" if phrase.said("link").startswith("之日") else ""
        found = _mention(
            phrase, anchor, 1, phrase.start - len(run) + (shown.start() if shown else 0)
        )
        self.anchor = anchor if found else self.anchor
        return found

    def _before(self, phrase: Phrase) -> Mention | None:
        """`会议召开前5个工作日`, `活动举办提前3日`."""
        if not phrase.match["ahead"]:
            return None
        run = re.split(r"[,;。:]", phrase.before(20))[-1]
        anchor = _BEFORE_EVENT.sub("", run)
        if not anchor or re.search(r"[年月日号底\d]$", anchor):
            return None
        return _mention(phrase, anchor + "前", -1, phrase.start - len(run))

    def _within(self, phrase: Phrase) -> Mention | None:
        """`24小时内`, `至迟不超过2小时`: from the event that the sentence names before."""
        first = phrase.words("most") or phrase.words("n")
        start = first[0].start
        head = phrase.sentence.text[max(0, start - 120) : start]
        if not phrase.match["most"] and phrase.match["edge"] != "i":
            return None
        if not phrase.match["most"] and _NOT_WITHIN.search(head):
            return None
        return _mention(phrase, self.anchor or _case_before(head), 1, start)


def _next_day(phrase: Phrase) -> Iterator[Mention]:
    """`收到通知次日`, `当日17时前`."""
    if phrase.letters_before[-1:] in ("d", "w", "D"):  # 3月15日当天 is that day
        return
    receipt = _RECEIPT.search(phrase.before())
    if not (receipt or phrase.match["edge"] or phrase.match["clock"]):
        return
    anchor = receipt.group() if receipt else ""
    text = anchor + phrase.text
    later = phrase.match["day"] == "G"
    rule = RelativeDeadline(
        anchor or "收到通知", int(later), "日", text, clock_of(phrase.said("clock"))
    )
    yield Mention(phrase.end - len(text), phrase.end, rule)


def _case_before(head: str) -> str:
    """What the sentence says before `应当于七日内`: the event that starts the count, or ""."""
    chunks = [HEADING.sub("", c) for c in re.split(r"[,;:。]", head) if c]
    if not chunks:
        return ""
    events = [c for c in chunks[:-1] if _EVENT.search(c) or _CASE.search(c)]
    if events:
        return re.sub("^如?遇有?", "", _EVENT.sub("", events[-1]))[-20:]
    return (chunks[-2] if len(chunks) > 1 else _MODAL_END.sub("", chunks[0]))[-20:]


def _mention(phrase: Phrase, anchor: str, sign: int, start: int) -> Mention | None:
    words = phrase.said("n")
    if words.endswith("号"):
        return None
    half = words.startswith("半")
    amount = 1 if half else leading_int(words)
    unit: Unit = "日"
    if words.endswith("工作日"):
        unit = "工作日"
    elif words.endswith("小时"):
        unit = "小时"
    elif words.endswith("月"):
        amount, unit = (15, "日") if half else (amount, "月")
    elif words.endswith("年"):
        amount, unit = (6, "月") if half else (amount, "年")
    elif words.endswith(("周", "星期")):
        amount *= 7
    if not 0 < amount <= _LONGEST:
        return None
    text = phrase.sentence.text[start : phrase.end]
    return Mention(start, phrase.end, RelativeDeadline(anchor, sign * amount, unit, text))
