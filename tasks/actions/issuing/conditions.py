"""What may not go out, and why: each raises IssueRefused in words that say what to do."""

from bureaus.models import Bureau
from notices.models import Clause, Notice
from notices.states import ClauseState, NoticeState
from notices.text.deadlines.office_time import local_day
from tasks import permissions
from tasks.actions.issuing.terms import Terms
from tasks.errors import IssueRefused
from tasks.issuing import unconfirmed_forms
from tasks.issuing.from_above import open_tasks
from tasks.issuing.same_duty import steps
from tasks.models import Assignment
from tasks.scheduling.dates import SOON_RANGE
from tasks.states import WITH_BUREAU, ObligationState

NEED_MISSING = "向下级转发前，请说明确需报送的理由（已有数据能满足的，不要求下级填报）"


def check_clause(clause: Clause, period: str) -> None:
    """The notice is filed, the clause and its forms are confirmed, and this period is not out.

    Holds the notice: who issues the same at the same moment waits, and is refused then.
    """
    locked = Notice.objects.select_for_update().get(pk=clause.notice_id)
    if locked.state != NoticeState.FILED:
        raise IssueRefused("文件尚未核对入库，请先在“核对”页确认识别结果")
    if clause.state != ClauseState.CONFIRMED:
        raise IssueRefused(f"事项“{clause.deliverable}”尚未确认，不能下发")
    for form in unconfirmed_forms.unconfirmed(locked, clause.attachments_referred):
        raise IssueRefused(unconfirmed_forms.refusal(form))
    out = clause.obligations.filter(parent=None, state=ObligationState.ISSUED)
    if out.filter(period=period).exists():
        which = f"（{period}）" if period else ""
        raise IssueRefused(f"事项“{clause.deliverable}”{which}已经下发过，不能重复下发")


def check_in_time(clause: Clause, terms: Terms) -> None:
    """What passes on a task from above comes in before that is due, or it is said why not."""
    tasks = open_tasks(clause.notice)
    asked = [(clause, terms.period, terms.dates.due_at)]
    for step in steps(asked, tasks):
        if step.is_later and step.task.due_at:
            limit = f"{local_day(step.task.due_at):%Y年%-m月%-d日}"
            raise IssueRefused(
                f"事项“{clause.deliverable}”晚于上级要求的{limit}，请改早，或勾选知晓并说明理由"
            )


def check_bureaus(issuer: Bureau, bureaus: list[Bureau]) -> None:
    """At least one, all of them in use and below who issues."""
    if not bureaus:
        raise IssueRefused("请至少选择一个接收单位")
    for bureau in bureaus:
        if bureau.pk == issuer.pk or not bureau.path.startswith(issuer.path):
            raise IssueRefused(f"{bureau}不是{issuer}的下级单位，不能向它下发")
        if not bureau.is_active:
            raise IssueRefused(f"{bureau}已停用，不能向它下发")


def check_soon(workdays: int) -> None:
    """An office may call it 临期 so many working days ahead."""
    if workdays not in SOON_RANGE:
        raise IssueRefused(f"临期线应为{SOON_RANGE[0]}到{SOON_RANGE[-1]}个工作日")


def check_below(row: Assignment, bureaus: list[Bureau]) -> None:
    """At least one, all of them in use and directly below whose task it is; counties take part."""
    if not bureaus:
        raise IssueRefused("请至少选择一个接收单位")
    for bureau in bureaus:
        if bureau.parent_id != row.bureau_id:
            raise IssueRefused(f"{bureau}不是{row.bureau}的直接下级，不能分解给它")
        if not bureau.is_active:
            raise IssueRefused(f"{bureau}已停用，不能分解给它")
    permissions.check_reaches_below(row.bureau)


def check_still_owed(row: Assignment) -> None:
    """What is handed in already asks nothing more of anybody below."""
    if row.status not in WITH_BUREAU:
        raise IssueRefused(f"本级任务当前为“{row.get_status_display()}”，不能再向下级补发")


def check_terms(row: Assignment, terms: Terms) -> None:
    """It is said why it is needed, and the day is not after that of the task that is split."""
    if not terms.need.strip():
        raise IssueRefused(NEED_MISSING)
    mine, theirs = row.due_at, terms.dates.due_at
    if mine is not None and (theirs is None or theirs > mine):
        limit = f"{local_day(mine):%Y年%-m月%-d日}"
        raise IssueRefused(f"下级的截止时间不能晚于本级的截止时间{limit}")
