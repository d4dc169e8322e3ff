"""Copies of one invented directive: whole, cut off, corrected, with more or less attached."""

from notices.actions import checking
from notices.checking.counterparts import counterpart
from notices.checking.decisions import as_read
from notices.checking.twins import Comparison
from notices.models import Notice
from tasks.actions import issuing, merging
from tasks.actions.issuing import Terms
from tasks.actions.merging import How, Told
from tasks.models import Obligation
from tasks.scheduling.dates import dates_of
from tests import factories
from tests.factories import NOW

WHOLE = factories.TEXT_APART  # three duties: table by 31 March, outline by 31 December, undated
CUT_MARK = "预览已结束，完整报告链接和二维码如下"
CUT = WHOLE[: WHOLE.index("各单位请于2026年12月31日前")] + "各单位请\n" + CUT_MARK
CUT_EARLY = WHOLE[: WHOLE.index("各单位请于2026年3月31日前")] + "各单位请于2026\n" + CUT_MARK
IN_TABLE = WHOLE[: WHOLE.index("\t组织开展学习情况")]
LATER = WHOLE.replace("2026年3月31日前", "2026年4月10日前")
CORRECTED = LATER.replace("情况的通知\n", "情况的通知（更正）\n", 1)
MORE = WHOLE.replace(
    "2.质量工作年度总结提纲\n\n市场监管总局",
    "2.质量工作年度总结提纲\n\n3.联系人名单\n\n市场监管总局",
)
WIDER = WHOLE.replace("\t好的经验和做法\n", "\t好的经验和做法\t投入金额\n").replace(
    "当前进展\t\t\n", "当前进展\t\t\t\n"
)
WITHOUT_SECOND = WHOLE.replace(
    "。各单位请于2026年12月31日前将质量工作年度总结（附件2）报送总局", ""
)
AT_FIVE = WHOLE.replace("2026年3月31日前", "2026年4月10日17:00前")


def came(text: str, **options) -> Notice:
    return factories.notice(text, **options)


def filed(text: str = WHOLE) -> Notice:
    return factories.filed_notice(text)


def comparison(upload: Notice) -> Comparison:
    fresh = factories.fresh(upload)
    return Comparison(counterpart(fresh), fresh)


def advice(upload: Notice) -> str:
    return comparison(upload).advice.value


def merged(upload: Notice, how: How = How.TAKE, **options) -> Told:
    seen = comparison(upload).old.digest
    options = {"seen": seen, "now": NOW, "by": factories.coordinator()} | options
    return merging.merge(factories.fresh(upload), how, **options)


def issued(notice: Notice, position: int = 1, *, bureaus=None, now=NOW) -> Obligation:
    clause = notice.clauses.reports().get(position=position)
    return issuing.issue(
        clause,
        bureaus=bureaus or [factories.province()],
        terms=Terms(dates_of(clause)),
        now=now,
        by=factories.coordinator(),
    )


def file(notice: Notice) -> Notice:
    """Checked as read."""
    decisions = {clause.pk: as_read(clause) for clause in notice.clauses.reports()}
    by = factories.coordinator()
    return checking.file(notice, metadata={}, decisions=decisions, now=NOW, by=by)


def duties(notice: Notice) -> list[tuple[str, str, str]]:
    """State, what is handed in, the last day."""
    return [
        (clause.state, clause.deliverable, day(clause.due_at))
        for clause in notice.clauses.reports()
    ]


def day(moment) -> str:
    return f"{moment.astimezone(factories.SHANGHAI):%m-%d}" if moment else ""


def sources(notice: Notice) -> list[tuple[str, bool, bool]]:
    """How each copy stands: its way in, whether its text is the notice's, whether it is cut."""
    rows = notice.sources.order_by("pk")
    return [(row.how, row.is_text, row.is_truncated) for row in rows]
