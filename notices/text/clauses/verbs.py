"""The verbs of handing in (报送, 上报, 反馈, 报…备案 …) and the uses of them that are none."""

import re
from dataclasses import dataclass
from itertools import islice

from notices.text.characters.sentences import Chunk, Sentence
from notices.text.clauses import destinations
from notices.text.clauses.destinations import ORGAN

_TO = r"(?:给|至|到|送|入|往)?"
_BARE = (
    r"(?<![举申情通海预公电简警播板画回喜年月日周快专汇填上呈层续抄转谎瞒缓误漏迟捷晚早书海墙壁登线速直])"
    rf"报(?!名|销|刊|纸|道|酬|废|考|警|表|价|损|关|复|怨|答|偿|检|建|装|送|告|备|批|经|请|验|审|核|账|单){_TO}(?={ORGAN})"
)
_SEND = (
    r"(?<![报移转抄呈输配运赠寄发递护遣派推投接选传解放送])"
    rf"送(?!达|检|医|餐|返|审){_TO}(?:交)?(?={ORGAN})"
)
_HAND = rf"(?<![递提呈送上转移成外社建])交(?=(?!易|通|流|接|办|叉|由|底|付|换|警){ORGAN})"
_VERB = re.compile(
    rf"(?P<verb>(?:综合|汇总|逐级|统一|分别|一并|书面)*"
    r"(?:报送|上报(?!名)|呈报|层报|报备|请示报告|续报|速报|抄报|转报|函报|径报|报至|报给|报回|汇报|报告|函告|函复|反馈|回复|返回|反映|填报|"
    r"提交|递交|提供[给至到]|回传至?|送达(?=[我省市县区总])|呈送|交至|交回|送交|送至|上交至?|寄送至?|寄至|寄往|邮寄至|(?<![转下印签颁])发送?(?:至|到|往)|推送至|"
    rf"上传(?:至|到)|传真?(?:至|到)|{_BARE}|{_SEND}|{_HAND}|(?<=随时)报(?=$|[,。;])|(?<=及时)报(?=$|[,。;])|备案(?!管理|审查|制|登记|手续)|申请))"
    rf"{_TO}"
)
_NOUN_AFTER = re.compile(
    r"^(?:机关(?:$|[,。])|之?前[,要须应由经]|后[,不一二三四五六七八九十\d]|[^,]{0,10}时[应要须需请]|改为|情况纳入|部门|机构|等?(?:[\u4e00-\u9fff]{0,4}体系|制度|机制|工作(?!情况|总结|进展|开展|信息|方案|中|组(?!织)|动态|计划|要点|台账|报告|成效|经验|建议|问题|数据|材料|小结|安排|亮点|典型|简报|推进|落实)|渠道|流程|程序|时限|期限|地点|系统(?!报)|人(?!民|大|力|社|员)|的(?!是)|者|率|格式|要求(?!的)|模板|主体|责任|义务|"
    r"范围|口径|网址|途径|质量|评审材料时|书(?!面)|卡|会(?!议|务组)|稿|意识|热线|电话(?!号)|措施|单位|时间(?!为|:|是|截)|截止|复印件|材料时|信息报表|、[一-龥]{2,4}等|任务))|^等[,。;]|^[、](?:人员|隔离|处置)"
)
_NOUN_BEFORE = re.compile(
    r"(?:加强|严格|做好|减少|避免|精简|完善|规范|健全|建立|畅通|落实|执行|强化|优化|简化|推进|开展|实行|指导|负责)"
    r"[\u4e00-\u9fff□()、“”《》]{0,14}$"
)
_COMPOUND = re.compile(
    r"(?:工作|总结|年度|检测|评估|调查|研究|监测|分析|财务|审计|验收|检验|整改|体检|自查|核查|考核|评审|专题|信息|疫情|事故|停产|鉴定|可行性|"
    r"绩效|质量|风险|统计|项目|调研|执行|评价|监督|发展|行业|查处|试点|专项|督查|结果|调查处理|季度|半年|月度|述职|中期|终期|(?<!分)阶段性?|初步|最终|进度|结题|[》”)年书本])$"
)
_ADVERB = re.compile(
    r"(?:及时|立即|立刻|马上|逐级|随时|第一时间|规定|依法|如实|主动|定期|要求|迅速|书面|[内前]|同时|一并|即时|[应要须需]|应当|必须|并|尽快|"
    r"汇总|统一|专题|分别|分类|尽早|及早|按月|按季|逐月|每[月季年周日天]|向□*|每季度|每半年|作出|[向]|随即|电话|口头|后|再|和|特别|系统进行|平台进行)$"
)
_NEGATED = re.compile(
    r"不得|严禁|禁止|避免|减少|精简|取消|无需|不需|无须|不必|不再|免予|免于|免除|暂缓|不作|不予|(?<!从)未(?!来|成年|经)|已(?:经)?(?!建|有|取|开|发|下|经|完|印|确|列|获)|曾|尚未|"
    r"(?<![许认不])可(?!能|靠|持续|行|视|疑|再生|控|用性|信|燃|追|根据实际情况在|比)|允许|自动|有权|拟(?!予|定|推|表|申|任|提)|改为|是否|逾期|拒不|迟报|瞒报|如需|需要|应[当]?[由]?自愿"
)
_APPROVAL = re.compile(
    r"^(?:研究|集体|依法|予以|进行|党组|会议|主要负责人|主管领导|负责人|按程序|复审|初审|审核|重新)?(?:复核|批准|审批|审定|核准|同意(?!后?报)|审议|批复|审查(?!情况|意见)|审核(?!意见|情况|结果)|决定|核定|备查|验证|处理|查处(?!情况)|立案|调查处理)"
)
_LOOKED_OVER = re.compile(r"(?:汇总)?(?:审核|审阅|审查|备查)(?:$|汇总)")
"""`于3月25日前将发言材料报办公室审核`: material handed in by a day, to be looked over."""
_MONEY = re.compile(r"罚款|款项|税款|资金|费用|押金|证照|车辆|样品|样本")
_FACT = re.compile(
    r"(?:累计|共|境内|新增|收到|接到|经|根据|依据|按照|(?<![数依根证票])据|接|(?<![各管局出究务监])所|(?<![及即按随同准适实届平定限])时)$"
)
_DOWN = re.compile(
    r"^(?:被|受检|企业(?:$|[、和])|医院|医疗机构|申请|当事|举报|投诉|公众|社会(?:$|公)|群众|纳税人|学生|家长|考生|患者|用户|消费|试点(?:省|市|地|城|单|企|医)|各[地省市县单]|地方(?!党委|政府|人民|各级|金融|税务|市场)|"
    r"下级|基层|相关企业|养殖|经营|建设单位|施工|本单位|单位|(?:本|所在)?(?:机构|医院|学校|公司)(?:负责人)?$|医疗|供|参建|征信|制定机关|报告机关|建议人|提案|代表|委员(?!会)|认证机构|银行业?金融|主编)"
)
_REACH = 240
"""Signs before a verb that can say something of it."""
_MOST = 12
"""A sentence that hands in more often than this is no sentence but noise."""
_WEAK = (
    "汇报",
    "反映",
    "提交",
    "递交",
    "填报",
    "申请",
    "备案",
    "回复",
    "返回",
    "提供给",
    "提供至",
    "提供到",
    "送达",
)
_DOCUMENT = re.compile(
    r"报告|总结|材料|方案|名单|[报台清]?[表账单]|意见|建议|计划|情况|数据|资料|信息|案例|回执|说明|说明书|清单"
)
_APPLYING = re.compile(r"申请书|申报书|申请表|申请材料(?!汇总)|补正|作业|志愿|论文|入会|复议")


@dataclass(frozen=True, slots=True)
class Verb:
    """One act of handing in; offsets are within the sentence, `dest` is "" where none is named."""

    start: int
    end: int
    word: str
    dest: str
    dest_end: int
    chunk: int


def find(sentence: Sentence) -> list[Verb]:
    """The verbs of a sentence that hand something in, from left to right."""
    out: list[Verb] = []
    for match in islice(_VERB.finditer(sentence.masked), _MOST):
        verb = _verb(sentence, match)
        if verb is None or (out and verb.word == "备案" and verb.chunk == out[-1].chunk):
            continue
        out.append(verb)
    return out


def _verb(sentence: Sentence, match: re.Match[str]) -> Verb | None:
    index = sentence.chunk_at(match.start())
    chunk = sentence.chunks[index]
    before = sentence.masked[max(chunk.start, match.start() - _REACH) : match.start()]
    after = sentence.masked[match.end() : chunk.end]
    word = match["verb"]
    dest, dest_end, ahead = destinations.find(before, after, match.end())
    if _is_noun(word, before, after, dest, ahead=ahead):
        return None
    if _is_excluded(word, sentence, chunk, before, after, dest, ahead=ahead):
        return None
    if (word == "交" or word.endswith(_WEAK)) and not _holds_weak(
        word, sentence, before, after, dest
    ):
        return None
    return Verb(match.start(), match.end(), word, dest, dest_end, index)


_PUBLIC = re.compile(r"企业|群众|用户|消费者|社会(?!团体|组织|保|治|事)|公众|经营者|市场主体|商户")
_QUALITY = re.compile(r"的(?:真实|准确|完整|及时|规范|有效|严肃)性")
_TO_FINISH = re.compile(r"[日底旬末](?:之前|以前|前|内)[^,]{0,6}完成[^,]{0,16}$")
_FINISHED = re.compile(r"(?:工作)?(?:$|[,。;])")
"""`于5月31日前完成数据报送工作` asks for the report by that day."""
_SENT = re.compile(
    r"[于在]?(?:报送?|函报|上报|送|交|提交|反馈|寄|发[至到往]|传真?[至到]|呈|书面|一并|及时|由|经|请|要)"
)


def _is_noun(word: str, before: str, after: str, dest: str, *, ahead: bool) -> bool:
    if word.endswith(("报告", "汇报", "备案")) and _SENT.match(after):
        return True
    if word.endswith(("至", "到", "往", "给")):
        return bool(_PUBLIC.match(after))
    if after.startswith("了"):
        return True
    if word == "请示报告" and not ahead:
        return not _ADVERB.search(before) or bool(_NOUN_AFTER.search(after))
    if ahead:
        return bool(_NOUN_AFTER.search(after))
    if _QUALITY.search(after) or before.endswith("的"):
        return True
    if _NOUN_AFTER.search(after):
        return not (_TO_FINISH.search(before) and _FINISHED.match(after))
    if "报告" in word and after.startswith("、") and _COMPOUND.search(before):
        return True  # 将中期报告、…: one of several things
    if "报告" in word and re.search("[将把]", before):
        return not (dest or re.search(r"[前内底]|每", before) or _ADVERB.search(before))
    if "报告" in word and (not dest or _COMPOUND.search(before)):
        return not _ADVERB.search(before) and not (dest and not _COMPOUND.search(before))
    if word.endswith("反馈") and re.match(r"(?:意见|信息)?(?:,|。|$)", after) and not dest:
        return not _ADVERB.search(before)
    if (
        re.search(r"(?:信息|数据|材料|文件|结果|意见|资料|统计|逐级)$", before)
        and not dest
        and not after
    ):
        return bool(_NOUN_BEFORE.search(before))
    return bool(re.search(r"(?<![及尽])[早晚谎瞒缓漏误迟]$", before))


def _is_excluded(
    word: str,
    sentence: Sentence,
    chunk: Chunk,
    before: str,
    after: str,
    dest: str,
    *,
    ahead: bool,
) -> bool:
    if "交" in word and _MONEY.search(sentence.masked[: chunk.end]):
        return True
    rest = after[len(dest) :] if dest and after.startswith(dest) else after
    if _NEGATED.search(before) or _FACT.search(before):
        return True
    if rest.endswith("的") or (
        re.search(r"(?:后|时|之前)$", rest) and chunk.end < len(sentence.text) - 1
    ):
        return True
    if dest and not ahead and _APPROVAL.match(rest):
        return not (_LOOKED_OVER.match(rest) and re.search(r"[月日周底][^,]{0,8}[前内]", before))
    if before.startswith("或") and "可" in sentence.masked[: chunk.start]:
        return True
    return bool(dest and _DOWN.match(re.sub(r"^(?:有关|相关|各|该)", "", dest)))


def _holds_weak(word: str, sentence: Sentence, before: str, after: str, dest: str) -> bool:
    """汇报, 反映, 提交, 备案 and the like count only with a destination and a sign of duty."""
    duty = re.search(r"及时|定期|应当?|要(?!件|素|点)|须|(?<!申)请|必须|立即|每|[前内]", before)
    if word.endswith("汇报"):
        return bool(
            dest and duty and re.search(r"情况|问题|进展", before + after) and "积极" not in before
        )
    if word.endswith(("填报", "备案")):
        return bool(dest and duty)
    if word.endswith(("提交", "递交")) and not dest:
        dated = re.search(r"[月年日周旬]?底?(?:之前|以前|前|内)", before)
        return bool(dated and _DOCUMENT.search(after or before) and not _APPLYING.search(after))
    if word.endswith(("提交", "递交")) and _APPLYING.search(after):
        return False
    if word.endswith("申请"):
        return bool(dest and re.search(r"[前底内]", before) and re.search(r"汇总|统一", before))
    if word.endswith("反映"):
        return bool(dest and re.search(r"及时|请|要|应|报告和", before))
    if (
        word.endswith("提交")
        and dest
        and before.endswith(dest)
        and re.search(r"报告|总结|情况", after)
    ):
        return True
    return bool(dest and duty)
