"""The opening of a notice: where number, title and 主送机关 stand, whether or not lines are left.

The one sure mark of an opening is a colon before the first sentence. From there it is read
backwards: addressees, the end of a title in front of them, the number before or behind the title.
A line break is a hint here, never a need.
"""

import re
from dataclasses import dataclass

from notices.text.characters.headings import HEADING
from notices.text.page import doc_number, site_labels, titles
from notices.text.page.brackets import HIDDEN, hidden
from notices.text.page.titles import BODY, TITLE_END
from notices.text.recipients import organs

REACH = 4000
"""Signs in which an opening is looked for."""
_LONGEST_LIST, _MOST_COLONS, _NEAR, _SHORTEST = 700, 60, 40, 5
_ADDRESSEE = re.compile(
    rf"(?:{organs.SUFFIX}|单位|企业|机构|院校|个人|人员|同志|成员|支部|总支|园区|开发区|乡镇|兵团|"
    rf"[校省市县区州盟旗长])(?:\({HIDDEN}+\))?$"
)
_CALLED = re.compile(r"各|有关|全[省市区县国体]|[所直局厅委部院]属|[省市区县]直|成员|相关|驻")
_CALLED_ANEW = re.compile(r"(?<![,、;])\n+(?=各|有关)")
_NOT_ADDRESSED = re.compile(
    r"[。!?》“\"《>|]|如下|通知|的[函通公意决批]|关于|印发|为(?!民)|根据|现将|请|联系|电话|附件|http|邮[箱编]|时间|地[点址]|"
    r"来源|日期|\d{3}|\d[年月日]|[一二三四五六]、"
)
_COLLECTIVE = re.compile(rf"(?:机构|机关|单位|部门|处室|主体|人员|企业)(?:\({HIDDEN}+\))?$")
"""Who is no body of its own: addressed only where it is said which are meant, else a field."""
_PLACED = re.compile("[、省市县区州]")
_CLOCK = re.compile(r"(?<=\d):(?=\d)")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the opening and its offsets: number, title, recipients or body (only its start)."""

    kind: str
    start: int
    end: int


def read(folded: str) -> list[Part]:
    """The parts of the opening of a folded text, in order; the last is the body."""
    text = folded[:REACH]
    labels = {label.end() - 1 for label in site_labels.labels_in(text)}
    frame = _CLOCK.sub("□", hidden(text))
    recipients = _before_colon(frame, labels) or _without_colon(frame)
    limit = recipients.start if recipients else _first_sentence(frame)
    end = titles.end_before(frame, limit, called=recipients is not None)
    if end is None and recipients and titles.quotes(frame, limit):
        end = limit
    number = _number(text, frame, limit, end)
    parts = [part for part in (number, recipients) if part]
    if end is not None:
        low = number.end if number and number.end <= end else 0
        start = titles.start_of(text, frame, low, end)
        if end - start > _SHORTEST and not organs.are_organs(text[start : end - 2]):
            parts.append(Part("title", start, end))
    reached = max((part.end for part in parts), default=0)
    parts.append(_body(frame, recipients, limit, reached))
    return sorted(parts, key=lambda part: part.start)


def names(folded: str, parts: list[Part]) -> tuple[str, ...]:
    """The bodies that stand over the title or number, and in the title."""
    first = min((part.start for part in parts if part.kind != "body"), default=0)
    title = next((folded[p.start : p.end] for p in parts if p.kind == "title"), "")
    above = folded[max(0, first - REACH) : first].split("\n")
    return titles.names_over(above) + titles.issuers_in(title)


def _body(frame: str, recipients: Part | None, limit: int, reached: int) -> Part:
    """Where the body starts: behind the addressees, else behind the title, else at a sentence."""
    if recipients:
        at = recipients.end
    elif BODY.match(frame, on := titles.next_sign(frame, reached)) or limit >= len(frame):
        at = on if reached else 0
    else:
        at = max(limit, reached)
    return Part("body", at, at)


def _before_colon(frame: str, labels: set[int]) -> Part | None:
    """The addressees before a colon that comes before the first sentence ends."""
    colon = -1
    for _ in range(_MOST_COLONS):
        last, colon = colon, frame.find(":", colon + 1)
        if colon < 0 or "。" in frame[last + 1 : colon]:
            return None
        if colon in labels:
            continue
        low = max(last + 1, colon - _LONGEST_LIST)
        for start in _starts(frame, low, colon):
            if is_addressed(words := frame[start:colon]):
                own = _CALLED_ANEW.search(words)
                start = titles.next_sign(frame, start + (own.end() if own else 0))
                return Part("recipients", start, colon + 1)
    return None


_START = re.compile(r"[\n ]+|[〕\d] ?号|通知|\d(?=各|有关)")


def _starts(frame: str, low: int, high: int) -> list[int]:
    """Where addressees may begin: behind a title or a number, at a line, behind a blank; else in
    a title of another kind, where they are called (`…的倡议书各市…`)."""
    found = (m.end() for pattern in (TITLE_END, _START) for m in pattern.finditer(frame, low, high))
    called = [m.start() for m in _CALLED.finditer(frame, low, high)]
    return [*sorted({low, *found}), *called]


def is_addressed(words: str) -> bool:
    """Whether words with hidden brackets can be 主送机关."""
    bare = re.sub(r"\s", "", words)
    if not 1 < len(bare) <= _LONGEST_LIST or _NOT_ADDRESSED.search(bare):
        return False
    if _COLLECTIVE.search(bare) and not (_CALLED.search(bare) or _PLACED.search(bare)):
        return False
    named = [bool(_ADDRESSEE.search(part)) for part in re.split("[、,;]", bare)]
    return named[-1] or 2 * sum(named) >= len(named)


def _without_colon(frame: str) -> Part | None:
    """Addressees that run on into the body, or stand on a line of their own."""
    for title in TITLE_END.finditer(frame, 0, _LONGEST_LIST):
        start = titles.next_sign(frame, title.end())
        if not _CALLED.match(frame, start):
            continue
        for body in BODY.finditer(frame, start, start + _LONGEST_LIST):
            words = frame[start : body.start()].rstrip(" \n,")
            if is_addressed(words):
                return Part("recipients", start, start + len(words))
    return None


def _first_sentence(frame: str) -> int:
    """Where a text without addressees starts to speak: a heading or a sentence."""
    at = 0
    for line in frame.split("\n"):
        bare = line.strip()
        sentence = len(bare) > 25 and "," in bare and (BODY.match(bare) or re.search("[。;]", bare))
        if at and (HEADING.match(bare) or sentence):
            return at
        if sentence:
            return at + line.find("。") if "。" in line else at + len(line)
        at += len(line) + 1
    return len(frame)


def _number(text: str, frame: str, limit: int, end: int | None) -> Part | None:
    """The number before the title or between title and addressees; none that the title quotes."""
    at = 0
    while found := doc_number.search(text, at, max(limit, end or 0) + _NEAR):
        at = found.end
        quoted = frame[at - 1] == HIDDEN or re.match(r" ?(?:文|精神|通知)", text[at : at + 3])
        if not quoted and found.start <= limit and not titles.quotes(frame, found.start):
            return Part("number", found.start, found.end)
    serial = titles.SERIAL.match(frame, end) if end else None
    return Part("number", *serial.span()) if serial else None
