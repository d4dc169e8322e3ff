"""Where paragraphs were, in a physical line that holds several of them."""

import re

from notices.text.page import site_labels

_LONG = 110
"""A line longer than this may hold several paragraphs (a line of prose on paper has 28 signs)."""
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_MARKS = re.compile(
    rf"(?<=[。;:)]) ?(?={_NUMERAL}、(?!{_NUMERAL}、))"
    rf"|(?<=[。;:]) ?(?=\({_NUMERAL}\))"
    r"|(?<=[。;]) ?(?=\d{1,2}[.、][^\d])"
    r"|(?<=[。:]) (?=\S)|(?<=[。:])(?=联系人|联系方式|附件?[:1])"
    r"|(?<=如下) (?=\S)"
)
_ELEMENTS = re.compile(
    r"(?<![见按照将和及与的 ]) ?(?=附件 ?\d? ?:)"
    r"|(?<=[。日)]) ?(?=附件|抄送|分送|主题词|联系人|\(?(?:此件|主动公开|依申请公开))"
    r"|(?<![(\u4e00-\u9fff]) ?(?=抄送:|分送:)"
    r"|(?<!政府)(?=(?:政府)?信息公开(?:选项|形式|属性|方式)? ?:)"
    r"|(?<=公开\)) ?(?=\S)|(?<=发布\)) ?(?=\S)"
)
"""Where something begins that stands below the body and has a line of its own."""
_COUNT = {word: n for n, word in enumerate("一二三四五六七八九十", 1)}
_NUMERAL_MARK = re.compile(
    r"(?<![第、之十])(?P<number>[一二三四五六七八九十])、(?=[\u4e00-\u9fff])(?![一二三四五六七八九十])"
)
_BRACKET_MARK = re.compile(
    r"(?<![第条])\((?P<number>[一二三四五六七八九十])\)(?=[\u4e00-\u9fff])(?![项款条点至、和])"
)
_GAP = re.compile(r" {2,}")
_SPACED = re.compile(r"(?:^| )[\u4e00-\u9fff]$")
_SPACED_ON = re.compile(r"[\u4e00-\u9fff](?: |$)")
_TABLE = 900
"""Signs in which a flat table of a website is looked for."""


def cuts(line: str, *, at_head: bool) -> list[tuple[int, int]]:
    """The places [end of one paragraph, start of the next) in a physical line."""
    out = _table(line) if at_head else []
    out += [m.span() for m in _ELEMENTS.finditer(line)]
    if len(line) > _LONG:
        out += [m.span() for m in _MARKS.finditer(line)]
        out += _headings(line)
        out += _gaps(line)
    return out


def _headings(line: str) -> list[tuple[int, int]]:
    """Headings glued to the words before them (`…时间三、要求(一)请…`), where they count on."""
    out: list[tuple[int, int]] = []
    for pattern in (_NUMERAL_MARK, _BRACKET_MARK):
        last = 0
        for match in pattern.finditer(line):
            number = _COUNT.get(match["number"], 0)
            if number == last + 1 or number == 1:
                last = number
                out.append((match.start(), match.start()))
    return out


def _gaps(line: str) -> list[tuple[int, int]]:
    """Runs of blanks, but not those that space out a name (`国  务  院`)."""
    out = []
    for match in _GAP.finditer(line):
        start, end = match.span()
        spaced = _SPACED.search(line[max(0, start - 2) : start])
        if not (spaced and _SPACED_ON.match(line[end : end + 2])):
            out.append((start, end))
    return out


def _table(line: str) -> list[tuple[int, int]]:
    """Cuts before each label of a website's table."""
    marks = site_labels.labels_in(line[:_TABLE])
    return [(m.start(), m.start()) for m in marks] if len(marks) > 1 else []
