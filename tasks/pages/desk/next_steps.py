"""The verb of the next step, as the one button of a row of the desk."""

from dataclasses import dataclass

from django.urls import reverse

from bureaus.models import Staff
from bureaus.roles import Permission
from tasks.models import Assignment
from tasks.pages.verbs import THEN_FILL
from tasks.states import Status

WORDS = {
    Status.ACCEPTED: "开始填报",
    Status.FILLING: "继续填报",
    Status.RETURNED: "补正",
    Status.CORRECTING: "更正填报",
    Status.REVIEW: "审核",
    Status.APPROVAL: "签发",
    Status.SUBMITTED: "核收",
    Status.RECEIVING: "核收",
}
MEND = "修改"  # what came back inside the bureau


@dataclass(frozen=True)
class NextStep:
    """``posts``: pressing it does the step; else it leads to the page where it is done."""

    label: str
    url: str
    posts: bool = False


def next_step(user: Staff, row: Assignment) -> NextStep:
    """Of a row that waits for this person, marked with ``came_back``. No query."""
    status = Status(row.status)
    if status == Status.PENDING:
        url = reverse("tasks:assignment_move", args=[row.pk, "accept"])
        if user.may_at(Permission.FILL, row.bureau_id):
            return NextStep("签收并填报", f"{url}?then={THEN_FILL}", posts=True)
        return NextStep("签收", url, posts=True)
    if status not in WORDS:
        return NextStep("答复退办", reverse("tasks:assignment_detail", args=[row.pk]))
    mends = status == Status.FILLING and row.came_back
    label = MEND if mends else WORDS[status]
    return NextStep(label, reverse("reports:step", args=[row.pk]))
