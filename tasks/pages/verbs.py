"""What a person may do to an assignment now, as buttons: each says what follows, and asks."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from bureaus.models import Staff
from bureaus.roles import Permission
from notices.calendar import work_calendar
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks import permissions
from tasks.errors import TransitionDenied
from tasks.lights import far_ahead
from tasks.models import Assignment, Urge
from tasks.models.reminder import NOTE_LENGTH
from tasks.scheduling.dates import ROUND_WORKDAYS, resubmission
from tasks.states import EDITABLE, MOVES, SEALABLE, VERDICTS, EvidenceKind, Status

BY_FORM = ("start", "hand_in", "report_nil")  # the form's own buttons do these
BY_PAGE = {"pass_on": "tasks:assignment_pass_on"}
BY_REVIEW = permissions.JUDGING  # beside the content alone
# More is asked than a reason and a day, or the content is to be seen.
NOT_BY_MOVE = {"hand_in", "report_nil", *BY_PAGE, *BY_REVIEW}
REVIEW = "review"  # no verb of the table: the way to the page that takes the verdict
TO_REVIEW = {
    Status.REVIEW: "去审核",
    Status.APPROVAL: "去签发",
    Status.SUBMITTED: "去核收",
    Status.RECEIVING: "去核收",
}
THEN_FILL = "fill"  # 签收并填报: on to the form
# In the fold 更多: what is done once in a while.
RARE = ("decline", "recall", "correct", "strike_off", "pass_on", "withdraw")
CONSEQUENCES = {
    "decline": "退回下发单位，由其转办或答复；答复前不再提醒，截止时间不变。",
    "review_back": "退回填报人修改，任务回到“填报中”；截止时间不变。",
    "submit": "签发后即报送核收单位，本单位不能再修改，除非对方退回补正。",
    "approval_back": "退回填报人修改，任务回到“填报中”，改好后重新审核、签发；截止时间不变。",
    "recall": "对方开始核收前可以撤回，任务回到“填报中”；报送时间以重新签发报送的为准。",
    "take_up": "告知责任单位材料正在核收，此后对方不能再撤回。",
    "close": "材料核收后任务办结。",
    "return_": "退回责任单位补正，并重新开始提醒；首次报送时间保留。",
    "correct": "办结后发现错误的，可以更正后重新报送；更正报送前，原报送内容仍然有效。",
    "strike_off": "核实无误后从台账中销号，此后不能再更正重报。",
    "insist": "任务退回该单位，回到“待签收”；截止时间不变。",
    "withdraw": "撤销后该单位不再需要报送，向下分解的一并撤销，尚未发出的提醒取消；此项不能恢复。",
    "urge": "立即发邮件提醒下一步的办理人，附言印在催办单上；{}小时内只能催办一次。",
}
# Told after it, where 已 and the verb would say something else.
DONE = {
    "correct": "已转入更正，请修改后重新提交审核",
    "insist": "已答复不同意退办，任务退回该单位",
    "decline": "已退办，请等下发单位转办或答复",
}


@dataclass(frozen=True)
class Ask:
    """One field of a verb's dialog. ``kind``: text (some lines), day or unit (a bureau)."""

    name: str
    label: str
    kind: str = "text"
    is_required: bool = False
    value: str = ""
    help: str = ""


@dataclass(frozen=True)
class Verb:
    """One button; ``kind`` is primary, plain or danger.

    With a ``consequence`` it asks first; with ``is_page`` that is a page of its own. ``refusal``
    says why it cannot be done just now, or, where the dialog ``is_open`` again, why it was not.
    """

    name: str
    label: str
    url: str
    kind: str = "plain"
    consequence: str = ""
    asks: tuple[Ask, ...] = ()
    is_rare: bool = False
    is_page: bool = False
    refusal: str = ""
    is_open: bool = False

    @property
    def needs_reason(self) -> bool:
        return any(ask.name == "reason" and ask.is_required for ask in self.asks)

    @property
    def is_blocked(self) -> bool:
        return bool(self.refusal) and not self.is_open


@dataclass(frozen=True)
class Refused:
    """What was asked for and not done: the verb, why, and what the person had written."""

    verb: str
    message: str
    values: dict[str, str] = field(default_factory=dict)


def verbs(
    user: Staff,
    assignment: Assignment,
    *,
    now: datetime,
    calendar: WorkCalendar | None = None,
    refused: Refused | None = None,
) -> list[Verb]:
    """Rare ones first, the one primary last; none where it is not this person's turn.

    ``calendar`` where the caller has read it already.
    """
    found = [
        _verb(name, assignment, now)
        for name in permissions.open_moves(user, assignment)
        if name not in (*BY_FORM, *BY_REVIEW)
    ]
    if may_judge(user, assignment):
        found.append(_to_review(assignment))
    if permissions.can_move(user, assignment, "accept") and _fills(user, assignment):
        found = [replace(each, kind="plain") for each in found] + [_accept_and_fill(assignment)]
    if permissions.can_urge(user, assignment):
        found.append(_urge(user, assignment, now, calendar or work_calendar()))
    found.sort(key=lambda verb: (not verb.is_rare, verb.kind == "primary", verb.name != "urge"))
    return [_reopened(verb, refused) for verb in found] if refused else found


def may_judge(user: Staff, assignment: Assignment) -> bool:
    """Is a verdict on the content this person's now, be it only to send it back?"""
    pair = VERDICTS.get(Status(assignment.status), ())
    return any(permissions.can_move(user, assignment, verb) for verb in pair)


def _to_review(assignment: Assignment) -> Verb:
    label = TO_REVIEW[Status(assignment.status)]
    url = reverse("reports:review", args=[assignment.pk])
    return Verb(REVIEW, label, url, kind="primary", is_page=True)


def _fills(user: Staff, assignment: Assignment) -> bool:
    return user.may(Permission.FILL, at=assignment.bureau)


def _accept_and_fill(assignment: Assignment) -> Verb:
    url = reverse("tasks:assignment_move", args=[assignment.pk, "accept"])
    return Verb("accept", "签收并填报", f"{url}?then={THEN_FILL}", kind="primary")


def done(verb: str) -> str:
    """What the person is told after a verb of the table."""
    return DONE.get(verb, f"已{MOVES[verb].label}")


def may_fill(user: Staff, assignment: Assignment) -> bool:
    return permissions.can_move(user, assignment, "hand_in")


def may_attach(user: Staff, assignment: Assignment) -> bool:
    """Are files beside the forms taken from this person now? A sealed copy follows its version."""
    kinds = assignment.obligation.evidence_kinds
    takes_sealed = EvidenceKind.SEALED in kinds and not assignment.is_nil
    by_status = {status: any(kind != EvidenceKind.SEALED for kind in kinds) for status in EDITABLE}
    by_status |= dict.fromkeys(SEALABLE, takes_sealed)
    fits = by_status.get(Status(assignment.status), False)
    return fits and user.may(Permission.FILL, at=assignment.bureau)


def fill_label(assignment: Assignment) -> str:
    """What the way into the form is called."""
    words = {
        Status.ACCEPTED: "开始填报",
        Status.RETURNED: "补正填报",
        Status.CORRECTING: "更正填报",
    }
    return words.get(Status(assignment.status), "继续填报")


def _verb(name: str, assignment: Assignment, now: datetime) -> Verb:
    if name in BY_PAGE:
        declined = assignment.status == Status.DECLINED
        return Verb(
            name,
            MOVES[name].label,
            reverse(BY_PAGE[name], args=[assignment.pk]),
            kind="primary" if declined else "plain",
            is_rare=not declined,
            is_page=True,
        )
    return Verb(
        name,
        MOVES[name].label,
        reverse("tasks:assignment_move", args=[assignment.pk, name]),
        kind=_kind(name),
        consequence=CONSEQUENCES.get(name, ""),
        asks=tuple(_asks(name, assignment, now)),
        is_rare=name in RARE,
    )


def _kind(name: str) -> str:
    if name == "withdraw":
        return "danger"
    secondary = MOVES[name].needs_reason or name in RARE or name == "take_up"
    return "plain" if secondary else "primary"


def _asks(name: str, assignment: Assignment, now: datetime) -> Iterator[Ask]:
    if name == "correct":
        yield _last_day(assignment, now)
    if name == "decline":
        yield Ask("suggested", "建议转给的单位", kind="unit", help="名称或代码，不清楚的可以不填")
    if MOVES[name].needs_reason:
        yield Ask("reason", "原因", is_required=True)


def _last_day(assignment: Assignment, now: datetime) -> Ask:
    """Of the new round, filled in as it will be where nobody changes it."""
    label = "最迟重新报送"
    if assignment.due_at is None:
        return Ask("until", label, kind="day", help="原任务无时限，不填即不设")
    dates = resubmission(assignment.due_at, None, now=now, calendar=work_calendar())
    day = local_day(dates.due_at if dates and dates.due_at else assignment.due_at)
    help_text = f"默认{ROUND_WORKDAYS}个工作日，不早于原截止时间"
    return Ask("until", label, kind="day", value=f"{day:%Y-%m-%d}", help=help_text)


def _urge(user: Staff, assignment: Assignment, now: datetime, calendar: WorkCalendar) -> Verb:
    last = Urge.objects.about([assignment]).first() if assignment.was_urged else None
    refusal = ""
    try:
        permissions.check_urge(user, assignment, last=last, now=now)
    except TransitionDenied as denied:
        refusal = str(denied)
    return Verb(
        "urge",
        "催办",
        reverse("tasks:assignment_urge", args=[assignment.pk]),
        consequence=CONSEQUENCES["urge"].format(settings.URGE_GAP_HOURS),
        asks=(_note(far_ahead(assignment, now=now, calendar=calendar)),),
        refusal=refusal,
    )


def _note(left: int) -> Ask:
    """``left``: working days to a target that is far ahead."""
    said = f"最多{NOTE_LENGTH}个字，不写进邮件"
    if left:
        said += f"；离目标日还有{left}个工作日，请写明提前催办的原因"
    return Ask("note", "附言", is_required=bool(left), help=said)


def _reopened(verb: Verb, refused: Refused) -> Verb:
    """The refused one with its dialog open, with what was written and why it was not done."""
    if verb.name != refused.verb:
        return verb
    asks = tuple(replace(ask, value=refused.values.get(ask.name, "")) for ask in verb.asks)
    return replace(verb, asks=asks, refusal=refused.message, is_open=True)
