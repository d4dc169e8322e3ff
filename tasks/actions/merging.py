"""并入 a copy of a notice that is out already, and what its bureaus are told of that."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from notices.actions import merging
from notices.actions.merging import Merged
from notices.models import Notice
from tasks.actions import news
from tasks.models import Obligation
from tasks.states import ObligationState
from tasks.words import keep

TOLD = "来文更新"


class How(StrEnum):
    """采用本件的内容, or 只留作来源."""

    TAKE = "take"
    KEEP = "keep"


@dataclass(frozen=True)
class Told:
    """What was merged, and the obligations in whose 办理记录 their bureaus read about it."""

    merged: Merged
    obligations: list[Obligation]


@transaction.atomic
def merge(upload: Notice, how: How, *, seen: str, now: datetime, by: Staff) -> Told:
    """Take the copy over or keep it as a source; every bureau with a task of the notice is told
    what changed. Raises NoticeError as ``notices.actions.merging`` does."""
    if how == How.KEEP:
        return Told(merging.keep(upload, seen=seen, now=now, by=by), [])
    merged = merging.take(upload, seen=seen, now=now, by=by)
    issued = Obligation.objects.filter(notice=merged.notice, state=ObligationState.ISSUED)
    obligations = list(issued.order_by("pk"))
    keep(Obligation.objects.filter(notice=merged.notice).select_related("notice"))
    detail = {"reason": "；".join(said(merged))}
    for obligation in obligations:
        chain = merged.notice.bureau.code
        trail.record(TOLD, obligation, chain=chain, detail=detail, at=now, by=by)
    words, *more = said(merged)
    news.twin_changed(merged.notice, words=words, reason="；".join(more), now=now, by=by)
    return Told(merged, obligations)


def said(merged: Merged) -> list[str]:
    """In words, for the bureaus."""
    carried = merged.carried
    words = ["依据文件已收到更全或更正的文本，请以文件页的正文为准"]
    words += carried.forms
    if carried.changes:
        words.append(f"{len(carried.changes)}个事项的要求有变，待下发单位确认，确认前按原要求办理")
    if carried.added:
        words.append(f"新增{len(carried.added)}个事项，待下发单位核对")
    return words
