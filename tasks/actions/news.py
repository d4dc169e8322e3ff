"""What each act is to those whom it concerns: which event, and in which words.

One call an act, within its transaction and after its change.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from bureaus.models import Bureau, Staff
from notices.models import Notice
from tasks.ladder import events as kinds
from tasks.ladder.events import Kind
from tasks.models import Assignment, Extension, Milestone, Obligation
from tasks.querysets.assignments import reported
from tasks.reminders.actions import events
from tasks.scheduling.dates import moment_in_words
from tasks.states import ExtensionState

NAMED = 3  # bureaus by name where many have the same task
MOVED: dict[str, Kind] = {
    "decline": kinds.DECLINED,
    "hand_in": kinds.REVIEW,
    "report_nil": kinds.REVIEW,
    "pass_review": kinds.APPROVAL,
    "review_back": kinds.SENT_BACK,
    "approval_back": kinds.SENT_BACK,
    "recall": kinds.SENT_BACK,
    "submit": kinds.SUBMITTED,
    "take_up": kinds.TAKEN_UP,
    "close": kinds.CLOSED,
    "return_": kinds.RETURNED,
    "insist": kinds.INSISTED,
    "pass_on": kinds.PASSED_ON,
    "withdraw": kinds.WITHDRAWN,
}  # those not named tell nobody anything new


def issued(
    made: Sequence[Assignment],
    bureaus: Sequence[Bureau],
    *,
    reason: str = "",
    now: datetime,
    by: Staff,
) -> None:
    """下发, 转发分解, 补发: a new task, and who else has it."""
    names = "、".join(str(bureau) for bureau in bureaus[:NAMED])
    also = f"等{len(bureaus)}个单位" if len(bureaus) > NAMED else ""
    words = f"本项同时下发{names}{also}" if len(bureaus) > 1 else ""
    events.tell(kinds.NEW, made, words=words, reason=reason, now=now, by=by)


def moved(
    assignment: Assignment,
    verb: str,
    *,
    old_due: datetime | None,
    reason: str,
    passed_to: str = "",
    now: datetime,
    by: Staff,
) -> None:
    """A verb of the table was done; what the status asked for before is settled by it."""
    events.overtake(assignment, by=by)
    kind = MOVED.get(verb)
    if kind is None:
        return
    words = _words_of(assignment, verb, old_due, passed_to)
    if verb == "submit" and (count := _complete(assignment)):
        kind, words = kinds.ALL_IN, f"{assignment.bureau}已报送，{count}个单位全部报齐"
    events.tell(kind, [assignment], words=words, reason=reason, now=now, by=by)


def _words_of(assignment: Assignment, verb: str, old_due: datetime | None, passed_to: str) -> str:
    if verb == "return_" and assignment.due_at != old_due:
        return f"重新报送的截止时间：{_in_words(assignment.due_at)}"
    return {
        "report_nil": "零报告",
        "recall": "签发人撤回后修改",
        "take_up": "已开始核收，不能再撤回",
        "pass_on": f"已转由{passed_to}办理，不再要求报送",
        "withdraw": "不再要求报送",
    }.get(verb, "")


def hold_count(assignment: Assignment) -> None:
    """Lock the obligation, or two that come last at the same moment would each see the other's
    report missing. Before the assignment, as 撤销 and 撤回下发 lock them: none waits in a ring.
    """
    Obligation.objects.select_for_update(no_key=True).only("pk").get(pk=assignment.obligation_id)


def _complete(assignment: Assignment) -> int:
    """How many bureaus the obligation has, where this was the last to report; 0 where not.

    Told once, whatever is returned later. ``hold_count`` comes before.
    """
    obligation = assignment.obligation
    expected = obligation.assignments.expected()
    told = Milestone.objects.of_events(kinds.ALL_IN).filter(assignment__obligation=obligation)
    if expected.exclude(reported()).exists() or told.exists():
        return 0
    return int(expected.count())


def deadline_moved(
    rows: Iterable[tuple[Assignment, datetime | None]],
    *,
    reason: str,
    now: datetime,
    by: Staff | None,
) -> None:
    """更改时限, of rows with their old deadlines: an event for each old one."""
    alike: dict[tuple[datetime | None, datetime | None], list[Assignment]] = defaultdict(list)
    for row, old in rows:
        alike[old, row.due_at].append(row)
    for (old, new), some in alike.items():
        words = f"截止时间由{_in_words(old)}改为{_in_words(new)}"
        events.tell(kinds.DEADLINE, some, words=words, reason=reason, now=now, by=by)


def withdrawn(rows: Sequence[Assignment], *, reason: str, now: datetime, by: Staff) -> None:
    """撤销事项; the rows are no longer asked for by now."""
    events.tell(kinds.WITHDRAWN, rows, words="不再要求报送", reason=reason, now=now, by=by)


def taken_back(rows: Sequence[Assignment], *, now: datetime, by: Staff) -> None:
    """撤回下发; the rows of which somebody has heard outside of this system already."""
    words = "下发单位已撤回，不再要求报送"
    events.tell(kinds.WITHDRAWN, rows, words=words, now=now, by=by)


def extension_asked(extension: Extension, *, now: datetime, by: Staff) -> None:
    """申请延期: whoever answers is told until when and why."""
    words = f"申请延至{_in_words(extension.asked_until)}"
    rows = [extension.assignment]
    events.tell(kinds.EXTENSION_ASKED, rows, words=words, reason=extension.reason, now=now, by=by)


def extension_answered(extension: Extension, row: Assignment, *, now: datetime, by: Staff) -> None:
    """答复延期: the request is settled, and who asked is told the day that holds now."""
    events.settle_request(row)
    is_granted = extension.state == ExtensionState.GRANTED
    words = "同意延期，截止时间改为" if is_granted else "不同意延期，截止时间仍为"
    words += _in_words(row.due_at)
    reason = extension.opinion
    events.tell(kinds.EXTENSION_ANSWERED, [row], words=words, reason=reason, now=now, by=by)


def assigned(assignment: Assignment, *, now: datetime, by: Staff) -> None:
    """分派承办人: the person is told, whoever was told before him gets no mail about it."""
    events.settle(assignment, kinds.ASSIGNED)
    if assignment.handler:
        events.tell(kinds.ASSIGNED, [assignment], person=assignment.handler, now=now, by=by)


def handed_over(
    rows: Sequence[Assignment], person: Staff, to: Staff, *, now: datetime, by: Staff
) -> None:
    """离岗交接: ``to`` is told what he takes over from ``person``."""
    words = f"原由{person}承办"
    events.tell(kinds.HANDED_OVER, rows, words=words, person=to, now=now, by=by)


def form_changed(notice: Notice, number: int, *, words: str, now: datetime, by: Staff) -> None:
    """A form of the notice has another version: whoever still owes one on it is told.

    ``number``: of the attachment; 0 where the notice has none. ``words`` say which version it is.
    """
    owed = Assignment.objects.with_bureau().filter(obligation__notice=notice)
    rows = owed.select_related("obligation").order_by("pk")
    asked = [row for row in rows if number in (row.obligation.attachments_referred or [0])]
    events.tell(kinds.FORM_CHANGED, asked, words=words, now=now, by=by)


def twin_changed(
    notice: Notice, *, words: str, reason: str = "", now: datetime, by: Staff | None
) -> None:
    """Another text of the same notice has changed it: who still owes something for it is told.

    ``words`` say what is other now. A deadline that moved with it is told as a deadline.
    """
    owed = Assignment.objects.with_bureau().filter(obligation__notice=notice).order_by("pk")
    events.tell(kinds.TWIN_CHANGED, owed, words=words, reason=reason, now=now, by=by)


def _in_words(moment: datetime | None) -> str:
    return moment_in_words(moment) if moment else "无时限"
