"""Where the lines of a notice were, in text that lost its line breaks.

Scans read by OCR and some web pages give heading, number, title, recipients, body and signature as
one run. Each element has a form of its own (党政机关公文处理工作条例第九条): a title ends in a kind
of document, a number has its year in brackets, recipients end in a colon, a signature is names and
a date. A cut is a pair of offsets [end of one line, start of the next).
"""

import re

from notices.text.page import site_labels
from notices.text.recipients import organs

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_LONG = 110
"""A line longer than this may hold several paragraphs (a line of prose on paper has 28 signs)."""
_TITLE = 30
_HEADLIKE = re.compile(r"[〔:]|[知见告函]")
_HEAD = 900
_DATE = (
    r"(?:(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3}) ?年 ?[\d一二三四五六七八九十]{1,3} ?月"
    r" ?[\d一二三四五六七八九十]{1,3} ?日"
)
_KIND = r"(?:通知|意见|决定|公告|通告|通报|方案|办法|规定|函|批复|细则|要点|规划|指南|预案)"
_AFTER_TITLE = (
    r"(?:(?<=通知)|(?<=意见)|(?<=决定)|(?<=公告)|(?<=通告)|(?<=通报)|(?<=方案)|(?<=办法)|(?<=规定)|"
    r"(?<=的函)|(?<=批复)|(?<=细则)|(?<=要点)|(?<=规划)|(?<=预案)|(?<=\(试行\)))"
)
_ADDRESSED = (
    r"(?:各(?!项|类|种|方面)|有关|国务院|本市|全市|全省|全体|市直|省直|"
    r"[\u4e00-\u9fff]{2,20}(?:局|厅|委|政府|公司|部|院|行|分局|街道办事处|办公室|学校|大学)(?=[,、:(])|"
    r"[\u4e00-\u9fff]{2,8}、[^。:《》]{2,200}(?:局|厅|委|政府|部门|公司)(?=[,、:]))"
)
_BODY = (
    r"(?:为(?:了|贯彻|深入|进一步|全面|切实|做好|加强|规范|落实|推动|加快|认真|有效|确保|提高|保障|充分|扎实|坚决|更好)"
    r"|根据|按照|依据|现将|现就|近日|近年来|近期|目前|当前|经[^。,]{2,20}(?:同意|批准|研究)|随着|自20|《)"
)
_PARAGRAPHS = re.compile(
    rf"(?<=[。;:)]) ?(?={_NUMERAL}、(?!{_NUMERAL}、))"
    rf"|(?<=[。;:]) ?(?=\({_NUMERAL}\))"
    r"|(?<=[。;]) ?(?=\d{1,2}[.、][^\d])"
    r"|(?<=[。:])(?: |(?=联系人|联系方式|附件?[:1]|抄送:|分送:|\(此件))"
    r"|(?<=如下) (?=\S)"
    r"|(?<=[。)\d日a-z]) ?(?=附件 ?\d?[:])|(?<=[\u4e00-\u9fff)》]) ?(?=附件 ?[2-9] ?:)"
    r"|(?<=号)(?: )(?=各|有关|\S{2,20}(?:局|厅|委|部|政府|单位)[,、:])"
)
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
_NUMBERED = re.compile(
    rf"{_AFTER_TITLE}[》”]? ?"
    r"(?=(?!的)[\u4e00-\u9fff]{2,12}(?:\([\u4e00-\u9fff]\))? ?〔\d{4}〕 ?\d)"
)
_RED_HEAD = re.compile(r"(?<=文件) ?(?=[\u4e00-\u9fff]{2,12} ?〔\d{4}〕 ?\d)")
_NUMBER_FIRST = re.compile(
    r"^(?:(?!关于|通知|意见)[^。,;]){0,40}?〔\d{4}〕 ?\d{1,5} ?号(?P<gap> ?)"
    r"(?=(?!为|根据|按照|现)[\u4e00-\u9fff、 ]{0,60}?(?:关于|印发|转发))"
)
_SERIAL = re.compile(r"(?<=的公告) ?(?=(?:\d{4}年)?第 ?\d{1,4} ?号)")
_NUMBER_END = re.compile(r"(?<=[〕\d]号) ?(?=[^\s,。;、)》])|(?<=第\d号) ?(?=[^\s,。;、)》])")
_RECIPIENTS = re.compile(
    rf"{_AFTER_TITLE}[》”]? ?(?=(?!的){_ADDRESSED}[^。《》]{{0,500}}?(?<!\d):)"
)
_STARTS_BODY = re.compile(
    rf"(?:(?<=的通知)|(?<=的意见)|(?<=的公告)|(?<=的通报)|(?<=的函)) ?(?={_BODY})"
)
_SALUTED = re.compile(
    r"^(?:各|有关|[^。《》]{0,120}?(?:局|厅|委|政府|部门|单位|公司|机构|办公室|军区))[^。《》]{0,600}?(?<!\d):(?=\S)"
)
_NOT_SALUTED = re.compile(
    r"请|\d月|邮箱|如下:|通知:|为(?:了|贯彻|深入|进一步|做好|加强)|现将|联系|电话|时间|地址|附件"
)
_ORGAN_END = (
    r"(?:局|厅|委|部|会|办公室|办|政府|院|署|中心|银行|公司|小组|指挥部|专班|处|社|团中央|总工会|妇联|集团|"
    r"部门|所|站|科|街道)"
)
_WHO = (
    rf"(?P<who>[\u4e00-\u9fff][\u4e00-\u9fff、 ]{{0,260}}?{_ORGAN_END}|国 *务 *院)"
    r"(?: ?\((?:代章|盖章|公章|章|印)\))?"
)
_TITLED = re.compile(r"([\u4e00-\u9fff、 ]{3,80}?)(?:关于|印发|转发)")
_NOT_SIGNED = re.compile(
    r" ?(?:印发(?!给)|发布|下发|公布|召开|施行|实施|起|前|至|到|以前|之前|[,、—~-]|[上下]午|"
    r"在|以|对|向|组织|开展|开始|举行|"
    r"\((?!此件|信息公开|联系|主动|依申请|公开|星期)|\d)"
)
_DAY = re.compile(_DATE)
_REACH = 264
"""Signs before a date in which the names that sign are looked for."""
_SIGNED = re.compile(rf"(?:(?<=[。)》\da-z\"])|(?<= )(?<![\u4e00-\u9fff] )|(?<=  )){_WHO} *$")
_SIGNED_SPACED = re.compile(rf"(?<=[\u4e00-\u9fff] ){_WHO} *$")
_GLUED = re.compile(rf"(?<=[\u4e00-\u9fff])(?P<who>[\u4e00-\u9fff、 ]{{2,60}}?{_ORGAN_END}) *$")
_CLOSED = re.compile(r"$|附|\(此件|抄|印")
_LISTED = (
    r"(?:表|方案|通知|提纲|名单|办法|指南|清单|目录|样式|模板|说明|回执|规则|要点|标准|意见|"
    r"(?<!秘)书|纲要|细则|台账)"
)
_LIST_END = re.compile(rf".*{_LISTED}(?=[\u4e00-\u9fff])")
_LIST_SPACED = re.compile(rf".*{_LISTED} +(?=[\u4e00-\u9fff])")
_SENTENCE = re.compile(
    r"请|应(?!对|急)|要求|负责|组织(?!部)|开展|认真|以及|根据|关于|进行|落实|完成|按照|由|经(?!济|信|贸|开|营|管)|于|的"
)
_DATED = re.compile(
    rf"(?<=[。)》表案单]) ?(?={_DATE}(?:$| |\((?:此件|联系|信息公开)|附件|抄送|联系))"
)
_IMPRINT = re.compile(
    rf"(?<=[。)日]) ?(?=[\u4e00-\u9fff]{{2,24}}{_ORGAN_END} ?{_DATE} ?印 ?发)"
    r"|(?<=日) ?(?=\((?:此件|信息公开|联系|主动|依申请|公开)|联系人)"
    r"|(?<=[日)]) ?(?=附件|抄送|分送|主题词)"
    r"|(?<=公开\)) ?(?=\S)|(?<=发布\)) ?(?=\S)"
)


def cuts(line: str, *, at_head: bool) -> list[tuple[int, int]]:
    """The places where `line`, a physical line of the folded text, should be broken."""
    out = _head(line) if at_head and len(line) > _TITLE and _HEADLIKE.search(line) else []
    signed = _signatures(line)
    out += [pair for found in signed for pair in found]
    if len(line) > _LONG:
        out += [m.span() for m in _PARAGRAPHS.finditer(line)]
        out += _headings(line)
        out += [m.span() for m in _IMPRINT.finditer(line)]
        out += [m.span() for m in _DATED.finditer(line)]
        out += _gaps(line, signed)
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


def _gaps(line: str, signed: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Runs of blanks, but not those that space out a name (`国  务  院`)."""
    inside = [(found[0][1], found[1][0]) for found in signed]
    out = []
    for match in _GAP.finditer(line):
        start, end = match.span()
        if any(a <= start < b for a, b in inside):
            continue
        if _SPACED.search(line[max(0, start - 2) : start]) and _SPACED_ON.match(
            line[end : end + 2]
        ):
            continue
        out.append((start, end))
    return out


def _head(line: str) -> list[tuple[int, int]]:
    """Where site table, title, number, recipients and body of a notice meet."""
    out = _table(line)
    first = max((end for _, end in out), default=0)
    if headed := _RED_HEAD.search(line, first, first + 60):
        out.append(headed.span())
    if numbered := _NUMBER_FIRST.match(line[first : first + _HEAD]):
        out.append((first + numbered.start("gap"), first + numbered.end("gap")))
        first += numbered.end("gap")
    for pattern in (_NUMBERED, _SERIAL, _RECIPIENTS):
        match = pattern.search(line, first, first + _HEAD)
        if match:
            out.append((match.end() - len(match.group().lstrip("》”")), match.end()))
    reached = max((end for _, end in out), default=first)
    match = _NUMBER_END.search(line, reached, reached + 60)
    if match:
        out.append(match.span())
    start = max((end for _, end in out), default=first)
    salutation = _SALUTED.match(line[start : start + _HEAD])
    if salutation and not _NOT_SALUTED.search(salutation.group()):
        out.append((start + salutation.end(), start + salutation.end()))
    elif match := _STARTS_BODY.search(line, first, first + 200):
        out.append(match.span())
    return out


def _table(line: str) -> list[tuple[int, int]]:
    """Cuts before each label of a website's table, and before the title that follows it."""
    marks = site_labels.labels_in(line[:_HEAD])
    if len(marks) < 3:
        return []
    out = [(m.start(), m.start()) for m in marks if m.start()]
    titled = next((i for i, m in enumerate(marks) if m.group().replace(" ", "") == "标题:"), None)
    if titled is not None and titled + 1 < len(marks):
        title = line[marks[titled].end() : marks[titled + 1].start()].strip()
        again = line.find(title, marks[-1].end()) if title else -1
        if again >= 0:
            out += [(again, again), (again + len(title), again + len(title))]
    return out


def _signatures(line: str) -> list[list[tuple[int, int]]]:
    """For each signature the cut before its names, before its date and behind the date."""
    out = []
    for day in _DAY.finditer(line):
        if not day.start() or _NOT_SIGNED.match(line, day.end()):
            continue
        low = max(0, day.start() - _REACH)
        found = _names_before(line, low, day)
        if found is None:
            continue
        start, end = found
        if start >= end or _SENTENCE.search(line[start:end]):
            continue
        bare = len(line[:start].rstrip())
        out.append([(bare, start), (end, day.start()), (day.end(), day.end())])
    return out


def _names_before(line: str, low: int, day: re.Match[str]) -> tuple[int, int] | None:
    """Where the names that sign stand before a date; None where there are none."""
    before = line[low : day.start()]
    closed = _CLOSED.match(line, day.end())
    glued = _GLUED.search(before) if closed else None
    if glued and (at := _own_name(line, glued["who"])) >= 0:
        return low + glued.start("who") + at, low + glued.end("who")
    if signed := _SIGNED.search(before) or _SIGNED_SPACED.search(before):
        start = low + signed.start("who")
        if listed := _LIST_SPACED.match(signed["who"]):
            start += listed.end()
        return start, low + signed.end("who")
    if glued:
        listed = _LIST_END.match(glued["who"])
        end = low + glued.end("who")
        return (low + glued.start("who") + listed.end() if listed else end), end
    return None


def _own_name(line: str, words: str) -> int:
    """Where in `words` the issuer that the title names stands (`…方案商务部 中国银行`); else -1."""
    named = _TITLED.match(line)
    first = organs.names(named[1])[:1] if named else []
    return words.rfind(first[0]) if first and organs.is_organ(first[0]) else -1
