"""The organ that something is handed to: `报送总局`, `报财政部门备案`, `向国务院报告`.

One organ is read at a time, from its first sign to its ending, and the list goes on only behind a
comma or 和: no name is tried twice, however many there are.
"""

import re
from collections.abc import Sequence

_SUFFIX = re.compile(
    r"部门|部(?!门|分|署|位|级|件|队)|总局|局(?!面|势|限)|厅|委(?!托|派|培|员会)|办公室|办(?!公|理|法|事|结|学|案|机)|"
    r"国务院|政府|党委|党组|小组|联席会议|司(?!法|机)|处(?!理|置|罚|于|分)|科(?!学|技|研)|中心|院(?!校)|署|总行|分行|"
    r"机关|平台|系统|邮箱|人大|常委会|协会|委员会|指挥部|专班|机制(?!改革|建设)|协调组|工作组|会务组|秘书处|秘书组|网站|信箱|机构|"
    r"负责人|室(?!内|外)|[大支总]队|股(?!东|份|权|票|市)|海关|医院|企业|单位|公司|银行|工商联|妇联|残联|律协|供销社|总社|联防联控机制|"
    r"工会|中央(?!财政)|上级|上一级|防指|组委会|我们|工作群|侨联|文联|科协|社科联|馆|站(?!点|台|位|立|在)|园(?!区|林)|所(?![在需有属辖列述谓用得])|校(?![内外准验])"
)
_OFFICES = ("室", "处", "科", "股", "司", "办公室", "中心")
"""`省局|档案室`: an office may be named after a thing."""
_NOT_FIRST = "、并和或在及与按于的"
_NAME = re.compile(r"[\u4e00-\u9fff□()/]*")
_AND = re.compile(r"(?:、|和|或|及|以及|与|并(?!且|于|按|在|将|抄)|/)")
_BRACKET = re.compile(r"\(□+\)")
_LONGEST = 34
"""Signs up to the first ending of a name."""
_FURTHER = 8
"""Signs after which a longer name ends: 国务院|办公厅, 省厅|非遗处."""
_TOWARDS = "向报到至给"
_MOST = 4
"""Signs of direction that are tried before an act, from the nearest."""
_BETWEEN = re.compile(
    r"(?:作出|提出|写出|作|进行|汇总|及时|书面|如实|逐级|统一|分别|一并|定期|专题|再次|补充|首次|提交|立即|同时|办理|电话)$"
)
_THING = re.compile(
    r"情况|总结|报告|材料|信息|数据|名单|方案|清单|[台统]账|报表|表(?!现|示|明|彰|扬|述|达)|意见|建议|问题|案例|计划|进展|结果|资料|线索|成效|事项|"
    r"做法|图片|视频|回执|文件|预案|办法|措施|成果|典型|需求|动态|汇总|名册|号码|方式|时间|安排|信用|档案|照片|经验|疫情|事故|灾情|行为|事件|缺口|去向"
)
_CLOSES = re.compile(r"$|备案|登记|[、和并及]|复|汇|存|审")
_BODIES_LISTED = re.compile(
    r"(?:企业|单位|公司|机构|医院|银行)(?:名单|情况|名录|清单|数据|信息|台账|目录|材料|联系人|工作|统计)"
)
"""`报送本地区企业名单`: bodies that a list is of, not one that it goes to."""
_SHORT = 8
"""A name of so many signs is taken for the organ though an object follows (报送省局工作总结)."""


def find(before: str, after: str, end: int) -> tuple[str, int, bool]:
    """The organ named around a verb, where its words end, and whether it stands before the verb.

    `before` and `after` are the masked words of the verb's own part, `end` is where the verb ends
    in the sentence. The name is "" where there is none.
    """
    if ahead := _before(before):
        return ahead, end, True
    stop = _list_at(after, 0)
    if stop and _fits(after, stop):
        return after[:stop], end + stop, False
    return "", end, False


def goes_on(after: str) -> bool:
    """Whether an organ begins right here."""
    return bool(_list_at(after, 0))


def _fits(after: str, stop: int) -> bool:
    if any(stop - 4 <= listed.start() <= stop for listed in _BODIES_LISTED.finditer(after)):
        return False
    thing = _THING.search(after)
    if thing is None or thing.start() >= stop or stop <= _SHORT:
        return True
    return bool(_CLOSES.match(after[stop:]))


def _list_at(words: str, start: int) -> int:
    """Where a list of organs that begins at `start` ends; 0 without one."""
    end = _organ_at(words, start)
    while end:
        sign = _AND.match(words, end)
        further = _organ_at(words, sign.end()) if sign else 0
        if not further:
            break
        end = further
    return end


def _organ_at(words: str, start: int) -> int:
    """Where the one organ that begins at `start` ends; 0 without one."""
    if start >= len(words) or words[start] in _NOT_FIRST:
        return 0
    limit = min(len(words), start + _LONGEST)
    first = _SUFFIX.search(words, start, limit + 4)
    if first is None or first.start() > limit:
        return 0
    named = _NAME.match(words, start, first.end())
    if named is None or named.end() < first.end():
        return 0
    end = first.end()
    while further := _SUFFIX.search(words, end, end + _FURTHER + 4):
        between = words[end : further.start()]
        if len(between) > _FURTHER or not _is_name(between):
            break
        if _THING.search(between) and further.group() not in _OFFICES:
            break
        end = further.end()
    bracket = _BRACKET.match(words, end)
    return bracket.end() if bracket else end


def _is_name(words: str) -> bool:
    return not words or (bool(_NAME.fullmatch(words)) and words[0] not in "并和或在及与按于的将把")


def _before(before: str) -> str:
    """`向国务院、省政府|及时报告`: the organs behind a sign of direction, right before the verb."""
    words = before
    while trimmed := _BETWEEN.search(words):
        words = words[: trimmed.start()]
    at = len(words)
    for _ in range(_MOST):
        at = max((words.rfind(sign, 0, at) for sign in _TOWARDS), default=-1)
        if at < 0:
            return ""
        stop = _list_at(words, at + 1)
        if stop and stop == len(words):
            return words[at + 1 :]
    return ""


def spelled_out(organ: str, issuers: Sequence[str]) -> str:
    """`我局质量处` and `部` under the name of the issuer, where there is only one."""
    if len(issuers) != 1:
        return organ
    name = re.sub(r"(?<=[局厅委部会署院])办公[厅室]$", "", issuers[0])
    own = re.match(rf"(?:[我本]{name[-1]}|部$)", organ)
    if own is None or not name.endswith(own.group()[-1]):
        return organ
    return name + organ[own.end() :]
