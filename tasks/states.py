"""The statuses of an assignment and the one table of what may be done to it by whom.

docs/states.md is drawn from this table: ``manage.py draw_states``.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from bureaus.roles import Permission
from notices.states import EvidenceKind as EvidenceKind  # said of a clause, asked of an obligation


class Status(models.TextChoices):
    PENDING = "pending", "待签收"
    ACCEPTED = "accepted", "已签收"
    FILLING = "filling", "填报中"
    REVIEW = "review", "待审核"
    APPROVAL = "approval", "待签发"
    SUBMITTED = "submitted", "已报送"
    RECEIVING = "receiving", "待核收"
    RETURNED = "returned", "退回补正"
    CLOSED = "closed", "已办结"
    CORRECTING = "correcting", "更正重报"
    STRUCK = "struck", "已销号"
    DECLINED = "declined", "已退办"
    PASSED_ON = "passed_on", "已转办"
    WITHDRAWN = "withdrawn", "已撤销"


class Side(StrEnum):
    """At which bureau the permission is asked for: who owes, who receives, who asked."""

    OWN = "bureau"
    RECEIVER = "receiver"
    ISSUER = "issuer"


class Condition(StrEnum):
    """What must hold besides post and status; tasks/permissions.py asks it."""

    TWO_PEOPLE = "two_people"  # where the bureau has 两人制, the filler does not review
    CHILDREN_IN = "children_in"  # bureaus below have handed in, or a reason is given


@dataclass(frozen=True)
class Move:
    """One verb: from which statuses, to which, who may, whether a reason is owed, what else."""

    label: str
    sources: frozenset[Status]
    target: Status
    permission: Permission
    side: Side
    needs_reason: bool = False
    condition: Condition | None = None


S, P = Status, Permission
EDITABLE = (S.ACCEPTED, S.FILLING, S.RETURNED, S.CORRECTING)
WITH_BUREAU = (S.PENDING, *EDITABLE, S.REVIEW, S.APPROVAL)
NOT_BEGUN = (S.PENDING, S.ACCEPTED)
WITH_RECEIVER = (S.SUBMITTED, S.RECEIVING)
# A sealed copy is of a version that was handed in; what is with the filler still changes.
SEALABLE = (S.REVIEW, S.APPROVAL, *WITH_RECEIVER, S.CLOSED)
HANDED_IN = (*WITH_RECEIVER, S.CLOSED, S.STRUCK)
RELEASED = (S.PASSED_ON, S.WITHDRAWN)  # nothing is asked of this bureau any more
ENDED = (S.CLOSED, S.STRUCK, *RELEASED)
# All the others, by name: a query that says what it wants is served by the indexes of just these.
OPEN = (*WITH_BUREAU, *WITH_RECEIVER, S.DECLINED)


def _from(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


MOVES: dict[str, Move] = {
    "accept": Move("签收", _from(S.PENDING), S.ACCEPTED, P.ACCEPT, Side.OWN),
    "decline": Move("退办", _from(S.PENDING, S.ACCEPTED), S.DECLINED, P.ACCEPT, Side.OWN, True),
    "start": Move("开始填报", _from(S.ACCEPTED), S.FILLING, P.FILL, Side.OWN),
    "hand_in": Move("提交审核", _from(*EDITABLE), S.REVIEW, P.FILL, Side.OWN),
    "report_nil": Move("零报告", _from(*EDITABLE), S.REVIEW, P.FILL, Side.OWN),
    "pass_review": Move(
        "审核通过", _from(S.REVIEW), S.APPROVAL, P.REVIEW, Side.OWN, condition=Condition.TWO_PEOPLE
    ),
    "review_back": Move("退回修改", _from(S.REVIEW), S.FILLING, P.REVIEW, Side.OWN, True),
    "submit": Move(
        "签发报送",
        _from(S.APPROVAL),
        S.SUBMITTED,
        P.APPROVE,
        Side.OWN,
        condition=Condition.CHILDREN_IN,
    ),
    "approval_back": Move("退回修改", _from(S.APPROVAL), S.FILLING, P.APPROVE, Side.OWN, True),
    "recall": Move("撤回", _from(S.SUBMITTED), S.FILLING, P.APPROVE, Side.OWN, True),
    "take_up": Move("开始核收", _from(S.SUBMITTED), S.RECEIVING, P.RECEIVE, Side.RECEIVER),
    "close": Move("核收", _from(*WITH_RECEIVER), S.CLOSED, P.RECEIVE, Side.RECEIVER),
    "return_": Move("退回补正", _from(*WITH_RECEIVER), S.RETURNED, P.RECEIVE, Side.RECEIVER, True),
    "correct": Move("更正重报", _from(S.CLOSED), S.CORRECTING, P.FILL, Side.OWN, True),
    "strike_off": Move("销号", _from(S.CLOSED), S.STRUCK, P.RECEIVE, Side.RECEIVER),
    "insist": Move("不同意退办", _from(S.DECLINED), S.PENDING, P.ISSUE, Side.ISSUER, True),
    "pass_on": Move(
        "转办",
        _from(S.PENDING, S.ACCEPTED, S.DECLINED),
        S.PASSED_ON,
        P.ISSUE,
        Side.ISSUER,
        True,
    ),
    "withdraw": Move(
        "撤销",
        _from(*WITH_BUREAU, *WITH_RECEIVER, S.DECLINED),
        S.WITHDRAWN,
        P.ISSUE,
        Side.ISSUER,
        True,
    ),
}

# What one decides with the content before one's eyes: the verb that lets it pass, the one that
# sends it back. Only the page that shows the content takes them.
VERDICTS: dict[Status, tuple[str, str]] = {
    S.REVIEW: ("pass_review", "review_back"),
    S.APPROVAL: ("submit", "approval_back"),
    S.SUBMITTED: ("close", "return_"),
    S.RECEIVING: ("close", "return_"),
}
# Who has the next step. None: nothing is left to do.
OWNERS: dict[Status, tuple[Side, Permission] | None] = {
    S.PENDING: (Side.OWN, P.ACCEPT),
    S.ACCEPTED: (Side.OWN, P.FILL),
    S.FILLING: (Side.OWN, P.FILL),
    S.REVIEW: (Side.OWN, P.REVIEW),
    S.APPROVAL: (Side.OWN, P.APPROVE),
    S.SUBMITTED: (Side.RECEIVER, P.RECEIVE),
    S.RECEIVING: (Side.RECEIVER, P.RECEIVE),
    S.RETURNED: (Side.OWN, P.FILL),
    S.CLOSED: (Side.RECEIVER, P.RECEIVE),  # 销号 is due at leisure and never on a desk
    S.CORRECTING: (Side.OWN, P.FILL),
    S.DECLINED: (Side.ISSUER, P.ISSUE),
    S.STRUCK: None,
    S.PASSED_ON: None,
    S.WITHDRAWN: None,
}


class SealedCopy(models.TextChoices):
    """How far the sealed copies of an assignment's forms are; the electronic ones go by status."""

    NONE = "", "未传"
    PART = "part", "部分已传"
    IN = "in", "已传"
    VOID = "void", "已失效"


class ObligationState(models.TextChoices):
    ISSUED = "issued", "已下发"
    WITHDRAWN = "withdrawn", "已撤销"
    TAKEN_BACK = "taken_back", "已撤回"  # soon after it went out, when nobody had signed for it


class ExtensionState(models.TextChoices):
    ASKED = "asked", "待答复"
    GRANTED = "granted", "同意"
    REFUSED = "refused", "不同意"
    TAKEN_BACK = "taken_back", "已收回"


class CountsFrom(models.TextChoices):
    """What the deadline of an obligation counts from, where it is not a day that is known."""

    DAY = "", "确定的日期"
    RECEIPT = "receipt", "各单位签收"
    HOURS = "hours", "各单位签收（按小时）"
    EVENT = "event", "事件发生"


FROM_RECEIPT = (CountsFrom.RECEIPT, CountsFrom.HOURS)


class DeadlineCause(models.TextChoices):
    """Why a deadline became another one."""

    AMENDED = "amended", "下发单位更改时限"
    EXTENDED = "extended", "同意延期"
    RETURNED = "returned", "退回补正"
    CORRECTED = "corrected", "更正重报"
    CALENDAR = "calendar", "工作日历更新"
    RECEIVED = "received", "按签收时间计算"
    HAPPENED = "happened", "填写起算之日"


OWN_DAY = (DeadlineCause.EXTENDED, DeadlineCause.RETURNED, DeadlineCause.CORRECTED)
