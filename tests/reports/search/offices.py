"""A small office in which everything that can be found is there once, through the actions."""

from dataclasses import dataclass
from datetime import timedelta

from bureaus.models import Bureau
from notices.models import Notice
from tasks.models import Assignment
from tasks.states import EvidenceKind
from tests import factories
from tests.factories import NOW
from tests.reports.enclosed import asked, attach
from tests.reports.written import confirm, save, table

PLAIN = """市监特设发〔2023〕12号

市场监管总局关于开展电梯安全筑底行动的通知

浙江省、江苏省市场监管局：

为深入 推 进电梯安全工作，按照 ISO 9001 和ＧＢ/T 19001的要求，请各地排查老旧住宅电梯隐患。
有关情况见市监质发（2022）112号文件。二○二三年底前完成“回头看”。

市场监管总局

2023年3月1日
"""
LIFTS_NUMBER = "市监特设发2023 12号"  # as people type it
OTHER = PLAIN.replace("〔2023〕12号", "〔2023〕112号").replace("电梯安全筑底", "校园食品安全守护")
OTHER = OTHER.replace("电梯", "食堂")


@dataclass
class Office:
    """``task``: 浙江 has handed in; ``owed``: 江苏 has not begun."""

    zhejiang: Bureau
    jiangsu: Bureau
    hangzhou: Bureau
    notice: Notice
    plain: Notice
    other: Notice
    task: Assignment
    owed: Assignment


def furnished() -> Office:
    """Needs FILES_DIR to be a folder of the tests' own."""
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    hangzhou = factories.prefecture(zhejiang)
    obligation = factories.obligation(zhejiang, jiangsu)
    plain = factories.filed_notice(PLAIN, now=NOW + timedelta(minutes=1))
    other = factories.filed_notice(OTHER, now=NOW + timedelta(minutes=2))
    task = factories.accept(factories.owed_by(obligation, "330000"))
    asked(task, EvidenceKind.IMAGE)
    attach(task, note="年度培训现场")
    save(task, table(documents=2))
    confirm(task)
    factories.walk(task, "pass_review", "submit")
    return Office(
        zhejiang,
        jiangsu,
        hangzhou,
        obligation.notice,
        plain,
        other,
        task,
        factories.owed_by(obligation, "320000"),
    )
