"""Words of invented notices. Every one says that it is an example."""

from collections.abc import Sequence
from datetime import date, datetime
from random import Random

from bureaus.models import Bureau
from notices.text.deadlines.office_time import local_day
from tasks.scheduling.dates import Dates

FIELDS = [
    "质量工作",
    "计量监管",
    "认证认可",
    "检验检测",
    "食品抽检",
    "特种设备",
    "价格监管",
    "广告监管",
    "信用监管",
    "网络交易",
    "消费维权",
    "标准化",
    "知识产权",
    "公平竞争",
    "药品监管",
    "产品召回",
]
MATTERS = [
    "进展情况",
    "年度总结",
    "统计表",
    "自查情况",
    "典型案例",
    "工作信息",
    "整改情况",
    "经验做法",
]

WHO = ["各地", "各级市场监管部门", "各单位", "企业", "有关机构", "牵头处室", "基层所", "第三方平台"]
HOW = ["切实", "认真", "及时", "进一步", "依法", "按职责分工", "结合实际", "稳妥"]
DO = [
    "加强",
    "落实",
    "推进",
    "排查",
    "规范",
    "完善",
    "督促",
    "梳理",
    "核查",
    "公开",
    "评估",
    "总结",
]
THINGS = [
    "电梯",
    "气瓶",
    "锅炉",
    "校园食堂",
    "婴幼儿配方乳粉",
    "餐饮服务",
    "小作坊",
    "冷链食品",
    "化妆品",
    "医疗器械",
    "电动自行车",
    "燃气具",
    "儿童玩具",
    "消防产品",
    "眼镜制配",
    "加油机",
    "充电桩",
    "民用三表",
    "强制性认证",
    "有机产品",
    "检验机构",
    "虚假宣传",
    "明码标价",
    "水电气收费",
    "殡葬服务",
    "中介机构",
    "直播带货",
    "商业秘密",
    "专利代理",
    "地理标志",
    "商标侵权",
    "信用修复",
    "异常名录",
    "双随机抽查",
    "企业年报",
    "个体工商户",
    "质量基础设施",
    "首席质量官",
    "企业标准",
    "团体标准",
    "台账",
    "清单",
    "风险",
    "隐患",
    "案件线索",
    "投诉举报",
    "应急预案",
    "责任制",
    "长效机制",
    "工作专班",
    "培训",
    "宣传",
    "问题整改",
]


def matter(rng: Random) -> str:
    return rng.choice(FIELDS) + rng.choice(MATTERS)


def doc_number(issuer: Bureau, at: datetime, number: int) -> str:
    mark = "国" if issuer.rank == Bureau.Rank.CENTRAL else issuer.region[:1]
    return f"{mark}市监示例〔{local_day(at).year}〕{number}号"


def title(issuer: Bureau, matters: Sequence[str]) -> str:
    return f"{issuer}关于报送{'、'.join(matters)}的通知"


def quote(issuer: Bureau, asked: str, dates: Dates) -> str:
    if dates.due_at is None:
        return f"各单位的{asked}请及时报送{issuer}。"
    return f"各单位请于{_say(local_day(dates.due_at))}前将{asked}报送{issuer}。"


def body(issuer: Bureau, number: str, heading: str, quotes: Sequence[str], at: datetime) -> str:
    return "\n\n".join(
        (
            number,
            heading,
            "各有关单位：",
            f"现就有关事项通知如下（压力测试用示例）：{''.join(quotes)}",
            "联系人：示例联系人 000-00000000",
            issuer.name,
            _say(local_day(at)),
        )
    )


def sentences(rng: Random) -> list[str]:
    """The text of a notice of one or two pages, in words that come together anew each time."""
    return [
        f"{rng.choice(WHO)}要{rng.choice(HOW)}{rng.choice(DO)}{rng.choice(FIELDS)}"
        f"{rng.choice(MATTERS)}，{rng.choice(DO)}{rng.choice(THINGS)}{rng.choice(THINGS)}。"
        for _ in range(rng.randint(10, 40))
    ]


def _say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
