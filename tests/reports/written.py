"""Forms of a real assignment, written and handed in by the right people."""

from datetime import datetime, timedelta
from typing import Any

from bureaus.models import Bureau, Staff
from bureaus.roles import Role
from reports.actions import handing_in, submissions
from reports.errors import FormDoubtful
from reports.models import Submission
from tasks.models import Assignment
from tests import factories

NOW = factories.NOW + timedelta(hours=3)


def table(documents: int = 1, **changes: Any) -> dict[str, Any]:
    """The whole table of attachment 1, with so many documents."""
    whole = {
        "unit": {"c2": "省领导作出批示", "c3": "专题学习2次", "c7": "开展活动5场", "c8": "无"},
        "rows": [
            {"c4": f"示例文件{number}", "c5": "省政府", "c6": "已印发"}
            for number in range(1, documents + 1)
        ],
        "foot": {"f1": "示例联系人 010-00000000"},
    }
    return whole | changes


def outline(*texts: str) -> dict[str, Any]:
    return {"sections": {f"s{number}": text for number, text in enumerate(texts, start=1)}}


def filler(bureau: Bureau) -> Staff:
    return factories.staff(Role.FILLER, bureau)


def accepted(bureau: Bureau | None = None, **fields: Any) -> Assignment:
    return factories.accept(factories.assignment(bureau, **fields))


def save(
    task: Assignment, data: Any, *, number: int = 1, revision: int = 0, now: datetime = NOW
) -> Submission:
    return submissions.save(task, number, data, revision=revision, now=now, by=filler(task.bureau))


def confirm(task: Assignment, *, now: datetime = NOW) -> Assignment:
    """Handed in, and what is asked about on the way is confirmed to be right."""
    by = filler(task.bureau)
    try:
        return handing_in.hand_in(task, now=now, by=by)
    except FormDoubtful as doubtful:
        keys = [one.key for one in doubtful.questions]
        return handing_in.hand_in(task, confirmed=keys, now=now, by=by)


def handed_in(task: Assignment, data: Any, *, number: int = 1) -> Assignment:
    """Accepted, written and waiting for review."""
    factories.accept(task)
    save(task, data, number=number)
    return handing_in.hand_in(task, now=NOW, by=filler(task.bureau))


def reported(task: Assignment, data: Any, *, number: int = 1) -> Assignment:
    """The same, reviewed and approved."""
    return factories.walk(handed_in(task, data, number=number), "pass_review", "submit", now=NOW)
