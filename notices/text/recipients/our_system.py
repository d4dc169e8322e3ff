"""Which organs are of market regulation, which are the issuer's own offices, which of neither."""

import re

from notices.text.recipients import organs

OURS = re.compile(
    r"市场(?:监督管理|监管|和质量监督管理|和质量监管|质量监督管理|质量监管|监督)(?:\([^()]{2,12}\))?"
    r"(?:综合行政执法)?(?:主管)?(?:部门|机构|局|厅|委员会|委|分局|所)|"
    r"市场局|市监(?:局|委|厅|分局|所)|"
    r"工商(?:行政管理|和市场监管|质监|质量监督)?(?:分)?局|工商行政管理部门|"
    r"(?:质量技术监督|质监|食品药品监督管理|食品药品监管|食药监|食药监管|食药)(?:部门|分?局)"
)
"""An organ of market regulation of today or of before 2018 (工商, 质监, 食药监); never 总局."""

HEAD_OFFICE = re.compile(r"(?:国家)?(?:市场监督管理|市场监管|市监)?总局")
SHORT = re.compile(
    r"(?:(?:市场)?监管|监督管理|市|县|区|分|管理)?(?:局|委)(?:\((?:[厅委局办]、?)+\))?$|分局$"
)
"""Of the same system, said shortly after a range or a place: 各市（州）局, 宁波市局, 各分局."""

BRANCH = re.compile(
    r"^(?:各)?(?:市场监管|市场监督管理|市监|工商)?(?P<kind>直属|派出|区|开发区)*(?:分局|派出机构)"
)
STATION = re.compile(
    r"(?:市场监督管理|市场监管|市监|工商|监管)(?:分局)?(?:中心)?所(?:\(|$)|"
    r"^各(?:乡镇|乡\(镇|镇街|街道|团场|中心所)"
)
"""Below all units of the tree."""

_LEVEL = r"(?:总局|省局|自治区局|自治州局|市局|区局|县局|州局|我局|本局|局|委|厅)"
_OWN = rf"(?:国家)?(?:市场监督管理|市场监管)?(?:{_LEVEL}|机关|系统)?(?:机关)?"
_WHICH = r"(?:各|全体|有关|相关|机关各|机关有关|内设各?)?"
_OFFICES = r"(?:司局|司\(局|司室|[处科股][、(]?室|科所|部室|内设机构|支部|党支部)"
_ENFORCERS = r"(?:综合)?(?:行政)?(?:执法|稽查)+(?:总队|支队|大队|局)"
INNER = re.compile(
    rf"^{_OWN}{_WHICH}{_OFFICES}"  # 局机关各处室
    rf"|^{_OWN}所?{_WHICH}(?:直属|所属|下属)(?:各|有关|相关)?"  # 省局直属各单位
    r"(?:\(?(?:事业|企事业|行政|挂靠|派出)?(?:单位|机构)|院所)"
    rf"|^{_LEVEL}?(?:属|内|机关)(?:各|有关|相关)"  # 局属各单位
    rf"|^{_LEVEL}?机关(?:全体|和|及|$)"
    rf"|^{_LEVEL}(?:机关|{_ENFORCERS}|信息中心|各|有关|相关)"
    rf"|^[省市区县州]?(?:市场监督管理|市场监管|市场)?{_ENFORCERS}$"
    r"|^各(?:直属|事业|检验检测|技术)(?:事业)?(?:单位|机构)"
)
"""The issuer's own offices and the bodies that belong to it."""
_ELSEWHERE = re.compile(r"政府|国务院|党中央|省直|市直|县直|区直|部属|省属|市属|中央")

VAGUE = re.compile(
    r"^(?:各|其他|其它)?(?:有关|相关|部分|个别|试点|涉及|重点|承担|开展|参与|参加|上述|以下|下列|名单|列入|所列|"
    r"沿海|沿江|沿边|西部|东部|中部|中西部|东中部|民族|边境|成员|先行|示范(?!区)|首批|第[一二三]批|受检|抽检|被抽|"
    r"所涉|设有|任务)"
)
"""Names nobody in particular."""
MEMBERS = re.compile(r"(?:成员|有关|相关)(?:单位|地区|地方|局)$")

_NOT_PUBLIC = re.compile(
    r"企业|公司|集团|团体|党派|总支|支部|林场|农场|总场|院所|科研|高校|^驻|中央驻|协会|学会|商会|促进会|联盟|院校|学校|大学|医院|银行|实验室|认证机构|检验检测机构|平台|经营者|生产者|单位职工"
)
_OF_ANOTHER = re.compile(
    r"(?!.*市场监)(?:国家|中国|中华|全国|最高|财政部|海关总署|公安部|农业农村部|商务部|自然资源部|生态环境部)[^各]*各"
)
_PERHAPS_OURS = re.compile(r"单位|地区|地方$|成员|机构$|^各地|^各级")
_PERHAPS_OF_OURS = re.compile(
    r"市场|工商(?!联|业|界|银行)|质监|食药|质量技术|市监|(?<!金融)(?<!能源)(?<!药品)(?<!保)(?<!证)监管局|"
    r"(?<!公安)(?<!税务)(?<!外汇)(?<!环境)(?<!资源)(?<!规划)(?<!烟草)分局|派出机构"
)
_OTHER_BODY = re.compile(
    r"(?:妇联|工会|团委|科协|文联|残联|侨联|工商联|供销社|供销合作社|军区|总队|支队|大队|法院|检察院|学院|院|分行|支行|公署|"
    r"管委会|管理委员会|办事处|行署|人大|政协|人员|报社|电视台|工委|党委|党组|组织部|宣传部|职改办|督察局)(?:\([^()]*\))*$"
)


def is_inner(item: str, segment: str) -> bool:
    """The issuer's own offices: 总局各司局, 局机关各处室, 局属各单位; not those of a government."""
    return bool(INNER.search(item)) and not _ELSEWHERE.search(segment)


def is_other(item: str, segment: str) -> bool:
    """Surely none of ours: another authority, a company, an association."""
    if _OF_ANOTHER.match(item) or re.match(r"[省市县区镇乡州]直(?![管接])", item):
        return True
    if INNER.search(item) and _ELSEWHERE.search(segment):
        return True
    if is_perhaps_ours(item):
        return False
    if _NOT_PUBLIC.search(item) or _OTHER_BODY.search(item):
        return True
    if _PERHAPS_OURS.search(item) and not re.search(r"[省市县区]直|政府|国务院|中央|部门", item):
        return False
    return ends_as_organ(item) or "部门" in item


def is_perhaps_ours(item: str) -> bool:
    """Speaks of the market, of branches, of 工商 or 质监: a person looks before it is left out."""
    return bool(OURS.search(item) or _PERHAPS_OF_OURS.search(item))


def ends_as_organ(item: str) -> bool:
    """Ends as the name of a body does, whichever."""
    return bool(re.search(rf"(?:主管)?{organs.SUFFIX}$", re.sub(r"\([^()]*\)", "", item)))
