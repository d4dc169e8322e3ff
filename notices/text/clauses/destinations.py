"""The organ that something is handed to: `报送总局`, `报财政部门备案`, `向国务院报告`."""

import re
from collections.abc import Sequence

_SUFFIX = (
    r"(?:部门|部(?!门|分|署|位|级|件|队)|总局|局(?!面|势|限)|厅|委(?!托|派|培)|办公室|办(?!公|理|法|事|结|学|案|机)|"
    r"政府|党委|党组|小组|联席会议|司(?!法|机)|处(?!理|置|罚|于|分)|科(?!学|技|研)|中心|院(?!校)|署|总行|分行|"
    r"机关|平台|系统|邮箱|人大|常委会|协会|委员会|指挥部|专班|机制(?!改革|建设)|专委会|管委会|协调组|工作组|会务组|秘书组|网站|信箱|机构|负责人|"
    r"室(?!内|外)|大队|支队|总队|股(?!东|份|权|票|市)|海关|医院|企业|单位|公司|银行|工商联|妇联|律协|工会)"
)
ORGAN = (
    r"(?:部(?!门|分|署|位|级|件|队)|会务组|值班室|办公室|秘书处|综合组|邮箱|信箱|领导小组|总局|省局|市局|县局|国务院|党?中央(?!财政)|上级[\u4e00-\u9fff、]{2,16}?(?:部门|机关)|我[部局厅委办署会院处省市区县镇中]|"
    r"本[部局厅委]|上级|上一级|"
    rf"(?![、并和或在及与按于])[\u4e00-\u9fff□()、/]{{1,34}}?{_SUFFIX})"
)
"""One organ in masked text, up to its first ending; `_WHOLE` goes on to the full name."""

_WHOLE = rf"{ORGAN}(?:[\u4e00-\u9fff]{{0,6}}?{_SUFFIX})*(?:\(□+\))?"
_AFTER = re.compile(rf"(?P<dest>{_WHOLE}(?:(?:、|和|或|及|以及|与|并|/){_WHOLE})*)")
_BEFORE = re.compile(
    rf"(?:向|报|到|至|给)(?P<dest>{_WHOLE}(?:(?:、|和|或|及|以及|与){_WHOLE})*)"
    r"(?:作出|提出|写出|作|进行|汇总|及时|书面|如实|逐级|统一|分别|一并|定期|专题|再次|补充|首次|提交|立即|同时|办理)*$"
)
_OBJECT_NOUN = re.compile(
    r"情况|总结|报告|材料|信息|数据|名单|方案|清单|[台统]账|报表|表(?!现|示|明|彰|扬|述|达)|意见|建议|问题|案例|计划|进展|结果|资料|线索|成效|事项|"
    r"做法|图片|视频|回执|文件|预案|办法|措施|成果|典型|需求|动态|汇总|名册|材料|号码|方式|时间|安排|信用|档案|照片|台账|经验|疫情|事故|灾情|行为|事件"
)
_CLOSES = re.compile(r"$|备案|[、和并及]|复|汇|存")
_BODIES_LISTED = re.compile(
    r"[^|]*(?:企业|单位|公司|机构|医院|银行)\|(?:名单|情况|名录|清单|数据|信息|台账|目录|材料|联系人|工作|统计)"
)
"""`报送本地区企业名单`: bodies that a list is of, not one that it goes to."""
_GROUP = re.compile(
    r"[\u4e00-\u9fff]{2,20}?(?:领导小组|联席会议|委员会|指挥部|办公室)(?=$|备案|[,。;])"
)
"""The rest of a long name: 国务院|深化医药卫生体制改革领导小组."""
_SHORT = 8
"""A name of so many signs is taken for the organ though an object follows (报送省局工作总结)."""


def find(before: str, after: str, end: int) -> tuple[str, int, bool]:
    """The organ named around a verb, where its words end, and whether it stands before the verb.

    `before` and `after` are the masked words of the verb's own part, `end` is where the verb ends
    in the sentence. The name is "" where there is none.
    """
    ahead = _BEFORE.search(before)
    if ahead:
        return ahead["dest"], end, True
    named = _AFTER.match(after)
    if named and _BODIES_LISTED.match(named["dest"] + "|" + after[named.end() :]):
        return "", end, False
    noun = _OBJECT_NOUN.search(after)
    if named and (
        not noun
        or noun.start() >= named.end()
        or named.end() <= _SHORT
        or _CLOSES.match(after[named.end() :])
    ):
        rest = _GROUP.match(after, named.end())
        stop = rest.end() if rest and not _OBJECT_NOUN.search(rest.group()) else named.end()
        return after[:stop], end + stop, False
    return "", end, False


def spelled_out(organ: str, issuers: Sequence[str]) -> str:
    """`我局质量处` and `部` under the name of the issuer, where there is only one."""
    if len(issuers) != 1:
        return organ
    name = re.sub(r"(?<=[局厅委部会署院])办公[厅室]$", "", issuers[0])
    own = re.match(rf"(?:[我本]{name[-1]}|部$)", organ)
    if own is None or not name.endswith(own.group()[-1]):
        return organ
    return name + organ[own.end() :]
