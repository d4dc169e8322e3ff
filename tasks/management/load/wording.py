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


def _say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
