"""Words of this house that an office does not use every day: each explained where it stands.

Templates write them with ``{% term "目标日" %}``; the manual says more (``place``). Held on every
page by tests/test_help.py.
"""

from dataclasses import dataclass

from bureaus.manual.pages import address


@dataclass(frozen=True)
class Term:
    """What the word means in one sentence, and where the manual explains it."""

    meaning: str
    page: str
    heading: str

    @property
    def url(self) -> str:
        return address(self.page, self.heading)


TERMS = {
    "最严读法": Term("原文有两种理解时，取最严的一种", "dates", "三个日期"),
    "目标日": Term("截止前最后一个工作日，提醒按这一天推算", "dates", "三个日期"),
    "复核日": Term("没有截止时间的，到这一天提醒看一看进展，不算逾期", "dates", "三个日期"),
    "临期线": Term("距目标日不超过几个工作日时显示为临期", "dates", "五种标志"),
    "审计链": Term("一个单位的记录前后相扣，改动、删除任何一条都会查出来", "auditor", "校验审计链"),
    "把握": Term("系统有多确定这句话是报送要求、日期没有歧义、报表也在", "coordinator", "核对入库"),
    "校验码": Term("由内容算出的一串字符（SHA-256），内容改一个字就不同", "everyday", "我的文件"),
}
