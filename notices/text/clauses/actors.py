"""Who has to act: the subject of a sentence, carried on to sentences that leave it out."""

import re
from collections.abc import Sequence

from notices.text.characters.sentences import Sentence

_SUFFIX = (
    r"(?:单位|部门|机关|地|地区|各部|省|省份|市|区|县|州|局|厅|委|政府|企业|公司|学校|机构|人|者|组织|中心|院|小组|办公室|办(?!理|公|法|好|事)|联席会议|社区|银行|分行|支行|总行|总社|"
    r"部|司|协会|主体|户|场|院校|高校|医院|人员|各地|各校|方|城市|单位和个人|街道|乡镇|兵团|站|所(?![在需有属辖列述谓用得])|团体|处|(?<!部)署|海关|各级|基地|园区|社|会(?!组织|团体)|平台|\(□+\))"
)
_LEAD = (
    r"^(?:\d{1,2}[.、]|\(□+\)|[一二三四五六七八九十]{1,3}、|"
    r"第[一二三四五六七八九十百]{1,5}条|另外|同时|凡|因此|其中|[一二三四五]是|…+|希望)*"
)
_CUE = (
    r"(?:应当|应|要|须|需|必须|务必|可(?!能)|负责|请|于|在|每|将|及时|立即|定期|分别|按|对(?!象)|根据|会同|结合|汇总|认真|如|统一|组织|从|发现|接到|收到|遇|"
    r"也|均|都|不|切实|加强|建立|通过|自|完成|制定|为|参照|依据|依照|确|有|牵头|针对|上述|贯彻|执行|工作|反映|扩大|审核|形成|填写|没有|综合|出具|收集|推荐|初审|审查|牵头|报|\d)"
)
_ACTOR = re.compile(
    rf"{_LEAD}(?P<ask>请|由|督促|指导|要求|组织|要指导|要求)?(?P<np>[^,:]{{0,60}}?{_SUFFIX})(?={_CUE}|$)"
)
_EACH = re.compile(
    rf"{_LEAD}请?(?P<np>各(?:有关|相关|级)?(?:地区各部门|地区|单位|部门|地|[省市县区][\u4e00-\u9fff]{{0,8}}?局|"
    r"省份|省|市|县|区)(?:\(□+\))?)"
)
_BY = re.compile(rf"(?<![理自缘])由(?P<np>[^,:]{{1,30}}?{_SUFFIX})(?={_CUE})")
_NO_ACTOR = re.compile(
    r"^(?:对|将|为|在|按|根据|针对|于|从|通过|以|把|向|并|经|加强|完善|做好|及时|不|已|要|如|坚持|开展|推进|落实|建立|进一步|自|因|与|结合|会同|按照|加大|凡|"
    r"发现|遇|报|符合|支持|鼓励|引导|强化|属于|\d|其他|实现|减少|增加|取消|修订|清理|解决|周密|年底|连同|会商|这|该项|上述|充分|切实|严格|安排|确保|坚决|畅通|认真|逐一|围绕|可|重点|考核结果|一并|形成|明确|抓紧|积极|全面|深入|着力|努力|主动|"
    r"统筹|协调|密切|督促|监督|组织|完善|提高|加快|推动|持续|大力|健全|优化|规范|发挥|依托|利用|及|和|有关情况|具体)"
)
_OTHER = re.compile(
    r"^\(□+\)$|(?<!申)请|及时|立即|向(?!阳)|将|(?:报告|情况|总结|材料)(?:和|及|、|的)|(?:表|名单|方案|总结|清单)\(|"
    r"阶段|步骤|报送|上报|[日时底旬]\S{0,4}前"
)
"""Words that no name holds."""
_PRIVATE = re.compile(
    r"企业|公司|纳税人|缴费人|申请人|申报人|负责人|经营者|生产者|养殖场|养猪场|经营户|农户|养殖户|人员|学生|教师|学校|高校|医疗机构|医疗卫生机构|银行|金融机构|认证机构|"
    r"福利机构|养老机构|服务机构|检验机构|检测机构|旅客|乘客|家长|居民|业主|用人单位|建设单位|施工单位|设计单位|排污单位|主播|社会团体|社会组织|基金会|律师事务所|"
    r"儿童主任|督导员|医师|参保人|代表处|生产单位|经营单位|使用单位|申办单位|社会公众|消费者|村民|殡葬|饭堂|发行人|当事人|审批机关|运营机构|个体"
)
_ANYONE = re.compile(r"任何单位|单位和个人")
_OWN = re.compile(
    r"^(?:由)?(?:我|本)(?:部|局|厅|委|办|署|会|院|处|公司|中心)(?!属|直)|^部(?:$|将)|^(?:省|市|总)?(?:局|厅|委|部)将"
)
_WILL = re.compile(
    r"将(?:选择|组织|对|定期|适时|于|会同|视|根据|按|在|持续|加强|加大|逐|接|给予|予以|不|及时|开展|汇总|联合|统一|不定期|全面|建立|进一步)"
)


def of_sentence(sentence: Sentence, position: int) -> str:
    """The subject in force at an offset of the sentence; "" where the sentence names none."""
    last = sentence.chunk_at(position)
    for index in range(last, -1, -1):
        chunk = sentence.chunks[index]
        end = min(chunk.end, position) if index == last else chunk.end
        masked = sentence.masked[chunk.start : end]
        named = list(_BY.finditer(masked))
        if named:
            return _words(sentence, chunk.start, named[-1])
        match = _ACTOR.match(masked)
        if match and not _NO_ACTOR.match(match["np"]) and not _OTHER.search(match["np"]):
            return _words(sentence, chunk.start, match)
        each = _EACH.match(masked)
        if each:
            return _words(sentence, chunk.start, each)
    return ""


def _words(sentence: Sentence, offset: int, match: re.Match[str]) -> str:
    return sentence.text[offset + match.start("np") : offset + match.end("np")]


def is_private(actor: str, recipients: str) -> bool:
    """Whether the duty is an enterprise's, a school's or a person's that was not written to."""
    if not actor or _ANYONE.search(actor):
        return False
    found = [m.group() for m in _PRIVATE.finditer(actor)]
    if not found:
        return False
    rest = _PRIVATE.sub("", actor)
    if re.search(r"部门|政府|机关|各地|主管|单位", rest):
        return False
    return not any(word in recipients for word in found)


_CASE = re.compile(rf"^经?[^,]{{0,4}}(?:{_PRIVATE.pattern})[^,]*的,")


def in_private_case(sentence: Sentence) -> bool:
    """`经养殖场户自行检测…的,应当报告…`: the case named first says whose duty it is."""
    return bool(_CASE.match(sentence.masked))


def is_issuer(actor: str, issuers: Sequence[str]) -> bool:
    """Whether the sentence says what the issuer or a co-issuer itself will do."""
    if not actor:
        return False
    if _OWN.match(actor):
        return True
    names = [*issuers, *(re.sub(r"(?<=[局厅委部])办公[厅室]$", "", name) for name in issuers)]
    return any(_abbreviates(actor, name) for name in names)


_ASKED = re.compile(r"(?<!申)请|务必|应当|必须|,各")
_THING = re.compile(r"^(?:后的|结果|情况|材料|表|数据|名单|意见|信息)")


def announces(sentence: Sentence, position: int) -> bool:
    """`将定期汇总`, `将组织`: the writer announces, and asks for nothing.

    Where somebody is asked first (`请各市局将汇总表报…`), or a thing follows, 将 marks the object.
    """
    head = sentence.masked[:position]
    asked = max((m.end() for m in _ASKED.finditer(head)), default=0)
    will = _WILL.search(head, asked)
    if will is None or _THING.match(head[will.end() :]):
        return False
    return not (asked and "," not in head[asked : will.start()])


def _abbreviates(actor: str, name: str) -> bool:
    """省住建厅 for 湖北省住房和城乡建设厅: the same signs in the same order, same ending."""
    if len(actor) < 2 or actor[-1] != name[-1] or len(actor) > len(name):
        return False
    signs = iter(name)
    return all(char in signs for char in actor)
