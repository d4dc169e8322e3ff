"""May this person do this now? ``can_…`` answers, ``check_…`` raises."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.models import Notice
from tasks.errors import IssueRefused, NotYourPost, TransitionDenied
from tasks.models import Assignment, Obligation, SavedView, Urge, UrgeSheet
from tasks.states import (
    EDITABLE,
    MOVES,
    VERDICTS,
    WITH_BUREAU,
    Condition,
    CountsFrom,
    ObligationState,
    Status,
)

SPLITTABLE = EDITABLE
JUDGING = {verb for pair in VERDICTS.values() for verb in pair}
SHOWN = 5  # names in a message; the page lists them all


def can_move(user: Staff, assignment: Assignment, verb: str) -> bool:
    move = MOVES[verb]
    holds = user.may(move.permission, at=assignment.at(move.side))
    fits = holds and Status(assignment.status) in move.sources
    return fits and not _is_one_person(user, assignment, verb)


def check_move(user: Staff, assignment: Assignment, verb: str, *, reason: str = "") -> None:
    """Raise NotYourPost, or TransitionDenied saying what is missing: the status, the reason."""
    move = MOVES[verb]
    _check_holds(user, move.permission, assignment.at(move.side), move.label)
    if Status(assignment.status) not in move.sources:
        raise TransitionDenied(
            f"任务当前为“{assignment.get_status_display()}”，不能{move.label}，请刷新页面"
        )
    if _is_one_person(user, assignment, verb):
        raise TransitionDenied("本单位实行两人制，填报人不能审核自己填报的材料，请由其他审核人办理")
    if reason.strip():
        return
    if move.needs_reason:
        raise TransitionDenied(f"请填写{move.label}的原因")
    if move.condition == Condition.CHILDREN_IN and (below := list(open_below(assignment))):
        names = "、".join(str(row.bureau) for row in below[:SHOWN])
        more = f"等{len(below)}个单位" if len(below) > SHOWN else ""
        raise TransitionDenied(f"下级{names}{more}尚未报送，仍要{move.label}的，请填写原因")


def can_read_roll_up(user: Staff, obligation: Obligation) -> bool:
    """Who rolls up at the bureau that asks; of what it has split, also who fills in its report."""
    own = user.bureaus_where(Permission.ROLL_UP)
    if obligation.parent_id:
        own = [*own, *user.bureaus_where(Permission.FILL)]
    return any(bureau.pk == obligation.issuer_id for bureau in own)


def check_judged_unseen(assignment: Assignment, verb: str) -> None:
    """Raise TransitionDenied where the verb is a verdict on a content that a list does not show.

    A nil report says all it has to say in one word, so that many may be received at once.
    """
    waits = verb in VERDICTS.get(Status(assignment.status), ())
    if waits and not assignment.is_nil:
        raise TransitionDenied(f"已报送内容，请打开后逐件{MOVES[verb].label}；成批只办理零报告")


def open_below(assignment: Assignment) -> QuerySet[Assignment]:
    """What the bureaus below still owe for this assignment, in administrative order."""
    return (
        Assignment.objects.open_below(assignment).select_related("bureau").order_by("bureau_path")
    )


def _is_one_person(user: Staff, assignment: Assignment, verb: str) -> bool:
    return (
        MOVES[verb].condition == Condition.TWO_PEOPLE
        and assignment.bureau.is_two_person
        and assignment.filled_by_id == user.pk
    )


def _check_holds(user: Staff, permission: Permission, at: Bureau, deed: str) -> None:
    if not user.may(permission, at=at):
        raise NotYourPost(f"您在{at}没有“{permission.label}”权限，不能{deed}")


def open_moves(user: Staff, assignment: Assignment) -> list[str]:
    """The verbs this person may use on this assignment now, in the order of the table."""
    return [verb for verb in MOVES if can_move(user, assignment, verb)]


def can_issue(user: Staff, notice: Notice) -> bool:
    return user.may(Permission.ISSUE, at=notice.bureau)


def check_issue(user: Staff, notice: Notice) -> None:
    if not can_issue(user, notice):
        raise NotYourPost(f"您在{notice.bureau}没有“下发”权限")


def can_amend(user: Staff, obligation: Obligation) -> bool:
    issued = obligation.state == ObligationState.ISSUED
    return issued and user.may(Permission.ISSUE, at=obligation.issuer)


def can_take_back(user: Staff, obligation: Obligation, *, now: datetime) -> bool:
    """Whether anybody has signed for it is another question, asked of the rows."""
    return now < obligation.take_back_until and can_amend(user, obligation)


def check_amend(user: Staff, obligation: Obligation) -> None:
    if not user.may(Permission.ISSUE, at=obligation.issuer):
        raise NotYourPost(f"您在{obligation.issuer}没有“下发”权限")


def can_split(user: Staff, assignment: Assignment) -> bool:
    """May this person ask the bureaus below? Only what is accepted and still being worked on."""
    holds = user.may(Permission.ISSUE, at=assignment.bureau)
    return holds and assignment.status in SPLITTABLE


def check_split(user: Staff, assignment: Assignment) -> None:
    if not user.may(Permission.ISSUE, at=assignment.bureau):
        raise NotYourPost(f"您在{assignment.bureau}没有“下发”权限")
    if assignment.status not in SPLITTABLE:
        raise IssueRefused(f"任务当前为“{assignment.get_status_display()}”，不能转发分解")


def reaches_below(bureau: Bureau) -> bool:
    """May its tasks be split at all? Below provinces only where the bureau takes counties in.

    The rule: 填表报数交材料功能一般不向下延伸到县级.
    """
    top = bureau.rank in (Bureau.Rank.CENTRAL, Bureau.Rank.PROVINCE)
    return top or bureau.counties_take_part


def check_reaches_below(bureau: Bureau) -> None:
    if not reaches_below(bureau):
        raise IssueRefused(
            f"{bureau}未开启“任务可分解到县级”。填表报数一般不延伸到县级，确有需要请单位管理员开启"
        )


def can_extend(user: Staff, assignment: Assignment, *, now: datetime) -> bool:
    owed = assignment.status in WITH_BUREAU and assignment.due_at is not None
    in_time = owed and not assignment.is_past(now)
    return in_time and user.may(Permission.FILL, at=assignment.bureau)


def check_extend(user: Staff, assignment: Assignment, *, now: datetime) -> None:
    check_fills(user, assignment, "申请延期")
    if assignment.status not in WITH_BUREAU:
        raise TransitionDenied(f"任务当前为“{assignment.get_status_display()}”，不需要申请延期")
    if assignment.due_at is None:
        raise TransitionDenied("该任务没有截止时间，不需要申请延期")
    if assignment.is_past(now):
        raise TransitionDenied("延期应在截止时间前申请；现已逾期，请尽快报送并说明情况")


def can_decide_extension(user: Staff, assignment: Assignment) -> bool:
    owed = assignment.status in WITH_BUREAU
    return owed and user.may(Permission.RECEIVE, at=assignment.receiver)


def check_decide_extension(user: Staff, assignment: Assignment) -> None:
    check_receives(user, assignment, "答复延期申请")
    if assignment.status not in WITH_BUREAU:
        raise TransitionDenied(
            f"任务当前为“{assignment.get_status_display()}”，延期申请不需要再答复"
        )


def can_enter_day(user: Staff, assignment: Assignment) -> bool:
    """May this person enter the bureau's own day of the event that its deadline counts from?"""
    asked = assignment.obligation
    waits = asked.event_by_bureau and asked.counts_from == CountsFrom.EVENT
    owed = waits and assignment.status in WITH_BUREAU
    return owed and user.may(Permission.FILL, at=assignment.bureau)


def check_own_day(user: Staff, assignment: Assignment) -> None:
    check_fills(user, assignment, "填写起算之日")
    if assignment.status not in WITH_BUREAU:
        raise TransitionDenied(f"任务当前为“{assignment.get_status_display()}”，不需要填写起算之日")
    if not can_enter_day(user, assignment):
        raise TransitionDenied("该任务的起算之日不由本单位填写，请刷新页面")


def check_fills(user: Staff, assignment: Assignment, deed: str) -> None:
    _check_holds(user, Permission.FILL, assignment.bureau, deed)


def check_receives(user: Staff, assignment: Assignment, deed: str) -> None:
    _check_holds(user, Permission.RECEIVE, assignment.receiver, deed)


def can_assign(user: Staff, assignment: Assignment) -> bool:
    """May this person say who of the bureau has it in hand?"""
    return assignment.status in WITH_BUREAU and user.may(Permission.ACCEPT, at=assignment.bureau)


def check_assign(user: Staff, assignment: Assignment) -> None:
    _check_holds(user, Permission.ACCEPT, assignment.bureau, "分派承办人")
    if assignment.status not in WITH_BUREAU:
        raise TransitionDenied(f"任务当前为“{assignment.get_status_display()}”，不需要分派承办人")


def can_plan(user: Staff, bureau: Bureau | None) -> bool:
    """May this person say when a bureau's units are reminded? The system's: who runs the system."""
    if bureau is not None:
        return user.may(Permission.ISSUE, at=bureau)
    return any(each.parent_id is None for each in user.bureaus_where(Permission.SYSTEM))


def check_policy(user: Staff, bureau: Bureau | None) -> None:
    if not can_plan(user, bureau):
        raise NotYourPost(f"您不能设定{bureau or '系统'}的提醒方案")


def bureaus_to_share_in(user: Staff) -> list[Bureau]:
    """The bureaus for whose people this person may keep a view of the ledger."""
    own = {*user.bureaus_where(Permission.ISSUE), *user.bureaus_where(Permission.STAFF)}
    return [bureau for bureau in user.bureaus_where(Permission.READ) if bureau in own]


def check_keep_view(user: Staff, bureau: Bureau | None) -> None:
    if not user.bureaus_where(Permission.READ):
        raise NotYourPost("您没有查看任务的岗位，不能保存视图和显示的列")
    if bureau and bureau not in bureaus_to_share_in(user):
        raise NotYourPost(f"您不能在{bureau}共享视图")


def can_remove_view(user: Staff, view: SavedView) -> bool:
    """One's own; a shared one whoever may share there."""
    if view.bureau_id is None:
        return view.person_id == user.pk
    return any(bureau.pk == view.bureau_id for bureau in bureaus_to_share_in(user))


def check_remove_view(user: Staff, view: SavedView) -> None:
    if not can_remove_view(user, view):
        raise NotYourPost(f"视图“{view}”由{view.bureau or view.person}共享，您不能删除")


def can_resend(user: Staff, assignment: Assignment) -> bool:
    """Who asked for the report may have a reminder sent again."""
    return user.may_at(Permission.URGE, assignment.receiver_id)


def check_resend(user: Staff, assignment: Assignment) -> None:
    if not can_resend(user, assignment):
        raise NotYourPost(f"您在{assignment.receiver}没有“催办”权限，不能重新发送提醒")


def can_confirm(user: Staff, sheet: UrgeSheet) -> bool:
    """回执 is for those who accept tasks at the bureau that was urged, until one of them has."""
    return sheet.read_at is None and user.may(Permission.ACCEPT, at=sheet.bureau)


def check_confirm(user: Staff, sheet: UrgeSheet) -> None:
    _check_holds(user, Permission.ACCEPT, sheet.bureau, "确认收到催办单")


def can_urge(user: Staff, assignment: Assignment) -> bool:
    """Whoever asked for it may ask again; a bureau further up asks that one."""
    return assignment.status in WITH_BUREAU and user.may(Permission.URGE, at=assignment.receiver)


def check_urge(user: Staff, assignment: Assignment, *, last: Urge | None, now: datetime) -> None:
    """``last`` is the latest urge of this assignment: not again within URGE_GAP_HOURS."""
    _check_holds(user, Permission.URGE, assignment.receiver, "催办")
    if assignment.status not in WITH_BUREAU:
        raise TransitionDenied(f"任务当前为“{assignment.get_status_display()}”，不需要催办")
    hours = settings.URGE_GAP_HOURS
    if last is not None and now < last.milestone.at + timedelta(hours=hours):
        at = timezone.localtime(last.milestone.at)
        again = at + timedelta(hours=hours)
        raise TransitionDenied(
            f"{hours}小时内已催办过（{last.made_by} {at:%-m月%-d日 %-H:%M}），"
            f"为减轻基层负担，{again:%-m月%-d日 %-H:%M}以后可以再催"
        )


def for_absentee(by: Staff, permission: Permission, *, at: Bureau) -> dict[str, str]:
    """The absentee whose post it is, under ``acting_for``; empty where the post is one's own."""
    absentee = by.acting_for(permission, at=at)
    return {"acting_for": absentee} if absentee else {}
