"""The statuses of an assignment and the one table of what may be done to it by whom."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from bureaus.roles import Permission


class Status(models.TextChoices):
    PENDING = "pending", "待签收"
    ACCEPTED = "accepted", "已签收"
    FILLING = "filling", "填报中"
    REVIEW = "review", "待审核"
    APPROVAL = "approval", "待签发"
    SUBMITTED = "submitted", "已报送"
    RETURNED = "returned", "退回补正"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤销"


class Side(StrEnum):
    """At which bureau the permission is asked for: who owes, who receives, who asked."""

    OWN = "bureau"
    RECEIVER = "receiver"
    ISSUER = "issuer"


@dataclass(frozen=True)
class Move:
    """One verb: from which statuses, to which, who may, and whether a reason is owed."""

    label: str
    sources: frozenset[Status]
    target: Status
    permission: Permission
    side: Side
    needs_reason: bool = False


S, P = Status, Permission
WITH_BUREAU = (S.PENDING, S.ACCEPTED, S.FILLING, S.REVIEW, S.APPROVAL, S.RETURNED)
EDITABLE = (S.ACCEPTED, S.FILLING, S.RETURNED)
HANDED_IN = (S.SUBMITTED, S.CLOSED)
ENDED = (S.CLOSED, S.WITHDRAWN)

MOVES: dict[str, Move] = {
    "accept": Move("签收", frozenset({S.PENDING}), S.ACCEPTED, P.ACCEPT, Side.OWN),
    "start": Move("开始填报", frozenset({S.ACCEPTED}), S.FILLING, P.FILL, Side.OWN),
    "hand_in": Move("提交审核", frozenset(EDITABLE), S.REVIEW, P.FILL, Side.OWN),
    "pass_review": Move("审核通过", frozenset({S.REVIEW}), S.APPROVAL, P.REVIEW, Side.OWN),
    "review_back": Move("退回修改", frozenset({S.REVIEW}), S.FILLING, P.REVIEW, Side.OWN, True),
    "submit": Move("签发报送", frozenset({S.APPROVAL}), S.SUBMITTED, P.APPROVE, Side.OWN),
    "approval_back": Move(
        "退回修改", frozenset({S.APPROVAL}), S.FILLING, P.APPROVE, Side.OWN, True
    ),
    "close": Move("核收", frozenset({S.SUBMITTED}), S.CLOSED, P.RECEIVE, Side.RECEIVER),
    "return_": Move(
        "退回补正", frozenset({S.SUBMITTED}), S.RETURNED, P.RECEIVE, Side.RECEIVER, True
    ),
    "withdraw": Move(
        "撤销", frozenset({*WITH_BUREAU, S.SUBMITTED}), S.WITHDRAWN, P.ISSUE, Side.ISSUER, True
    ),
}

OWNERS: dict[Status, tuple[Side, Permission] | None] = {
    S.PENDING: (Side.OWN, P.ACCEPT),
    S.ACCEPTED: (Side.OWN, P.FILL),
    S.FILLING: (Side.OWN, P.FILL),
    S.REVIEW: (Side.OWN, P.REVIEW),
    S.APPROVAL: (Side.OWN, P.APPROVE),
    S.SUBMITTED: (Side.RECEIVER, P.RECEIVE),
    S.RETURNED: (Side.OWN, P.FILL),
    S.CLOSED: None,
    S.WITHDRAWN: None,
}


class ObligationState(models.TextChoices):
    ISSUED = "issued", "已下发"
    WITHDRAWN = "withdrawn", "已撤销"
