"""The list of attachments that stands after the body (附件说明)."""

import re
from dataclasses import dataclass

from notices.text.characters.normalize import plain
from notices.text.deadlines.dates import WRITTEN_DATE
from notices.text.page.lines import Line
from notices.text.recipients import organs

_OPENS = re.compile(
    r"^附\s*(?:件|表|录)\s*(?P<first>\d{1,2}|[一二三四五六七八九十])?\s*:\s*(?P<rest>.*)$"
)
_BARE = re.compile(r"^附\s*(?:件|表)$")
_ITEM = re.compile(
    r"^(?:附\s*(?:件|表)\s*(?:\d{1,2}|[一二三四五六七八九十])\s*[:.、]?|\d{1,2}\s*[.、]|\(\d{1,2}\))\s*(?P<title>.+)$"
)
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|zip|rar|wps|et|ceb|ofd|jpe?g|png|txt)\)?$", re.IGNORECASE)
_STOPS = re.compile(
    r"^\(此件|^抄\s*送|^联\s*系|^电\s*话|^附件?\d*$|^主题词|公开(?:属性|形式|方式)|[。:]$|^邮箱|^传真"
)


@dataclass(frozen=True, slots=True)
class AttachmentList:
    """Titles in order, and the lines [first, after) they stand on."""

    titles: tuple[str, ...]
    first: int
    after: int


def read(found: list[Line], body: int, limit: int) -> AttachmentList | None:
    """The list between the lines `body` and `limit`; None where the notice has none."""
    for i in range(body, limit):
        match = _OPENS.match(found[i].text)
        if not match:
            continue
        titles, after = _items(found, i, limit, match)
        if titles:
            return AttachmentList(tuple(titles), i, after)
    return None


def _items(found: list[Line], i: int, limit: int, match: re.Match[str]) -> tuple[list[str], int]:
    titles = _split(match["rest"])
    after = i + 1
    while after < limit:
        text = found[after].text
        if WRITTEN_DATE.match(text) or _STOPS.search(text):
            break
        item = _ITEM.match(text)
        if item:
            titles += _split(text) if not text.startswith("附") else [item["title"]]
        elif titles and _continues(text, titles[-1]):
            titles[-1] += text
        elif not titles and not organs.is_organ(text):
            titles.append(text)
        else:
            break
        after += 1
    cleaned = [c for t in titles if (c := _clean(t))]
    return cleaned, after


def _continues(text: str, title: str) -> bool:
    """Whether a line without a number is the wrapped rest of the title above."""
    if organs.is_organ(text) or all(organs.is_organ(n) for n in organs.names(text)):
        return False
    return len(text) <= 40 and not re.search(r"[。;:]", text) and not title.endswith(("》", "表)"))


_LONGEST = 6000


def _split(rest: str) -> list[str]:
    """`1.甲 2.乙` or `1甲2乙` on one line as two titles: by numbers that count on."""
    rest = rest[:_LONGEST].strip()
    first = re.match(r"(\d{1,2})\s*[.、]\s*(?=\S)|(1)(?=[\u4e00-\u9fff《“])", rest)
    if not first:
        return [rest] if rest else []
    out: list[str] = []
    number, start = int(first[1] or 1), first.end()
    while True:
        number += 1
        point = "[.、]" if first[1] else "[.、]?"
        following = re.compile(
            rf"(?<![\d.第]){number}\s*{point}(?=\s*[^\d\s.、年月日个项号级期届]|\s*(?:19|20)\d\d年)"
        ).search(rest, start)
        if not (following or out or first[1]):
            return [rest]
        out.append(rest[start : following.start() if following else len(rest)].strip())
        if not following:
            return out
        start = following.end()


def _clean(title: str) -> str:
    title = plain(title).strip(" ;。,")
    if _FILE.search(title):
        bare = _FILE.sub("", title)
        return "" if re.fullmatch(r"附件\d*|.*〔\d{4}〕\d+号", bare) else bare
    return "" if title in ("略", "(略)", "无", "如文") else title
