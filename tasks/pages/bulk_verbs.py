"""What may be done to many rows of the ledger at once: accept, return, close, urge, extend.

The ledger posts ``assignments`` (keys), ``verb`` (a name of this table) and ``next`` (its own
address) to ``tasks:bulk``, which first says what would happen and then does it row by row. Received
and returned at once are only nil reports, of which the list shows all there is.
"""

from dataclasses import dataclass

from bureaus.models import Staff
from bureaus.roles import Permission
from tasks.states import MOVES

LIMIT = 200  # rows at once

P = Permission


@dataclass(frozen=True)
class BulkVerb:
    """One button below the ledger, and what its page asks for before it is done."""

    name: str
    label: str
    permission: Permission
    consequence: str
    needs_reason: bool = False
    needs_day: bool = False
    takes_note: bool = False
    needs_handler: bool = False


def _move(name: str, consequence: str, *, needs_day: bool = False) -> BulkVerb:
    move = MOVES[name]
    return BulkVerb(name, move.label, move.permission, consequence, move.needs_reason, needs_day)


BULK_VERBS = {
    verb.name: verb
    for verb in (
        _move("accept", "签收时间记为现在，此后可以填报。"),
        BulkVerb(
            "assign",
            "分派承办人",
            P.ACCEPT,
            "由选定的人员承办，提醒先发给承办人。",
            needs_handler=True,
        ),
        _move("take_up", "状态改为“待核收”，责任单位不能再撤回。"),
        _move("close", "零报告核收后任务办结；报送了内容的，请打开逐件核收。"),
        _move(
            "return_",
            "零报告退回责任单位补正，原因相同；首次报送时间保留，重新开始提醒。"
            "报送了内容的，请打开逐件退回。",
            needs_day=True,
        ),
        BulkVerb("extend", "同意延期", P.RECEIVE, "按各单位申请的日期延期，原时限保留在记录中。"),
        BulkVerb(
            "urge",
            "催办",
            P.URGE,
            "立即发邮件提醒下一步的办理人，并记入办理记录。",
            takes_note=True,
        ),
        _move("strike_off", "从台账中销号，此后不能再更正重报。"),
    )
}


def bulk_verbs(user: Staff) -> list[BulkVerb]:
    """Those for which this person holds a post somewhere, in the order of the buttons."""
    return [verb for verb in BULK_VERBS.values() if user.bureaus_where(verb.permission)]
