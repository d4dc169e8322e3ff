"""待确认: forms that nobody has looked at since they were proposed from an attachment's text."""

from collections.abc import Iterable

from notices.models import Attachment, Notice
from notices.states import FILLABLE


def unconfirmed(notice: Notice, numbers: Iterable[int]) -> list[Attachment]:
    """Those among these attachments of the notice, in its order. They must not go out as they are."""
    waiting = notice.attachments.filter(kind__in=FILLABLE, form_confirmed_at=None)
    return list(waiting.filter(position__in=set(numbers)).order_by("position"))


def refusal(form: Attachment) -> str:
    """What to do, for whoever issues."""
    return (
        f"附件{form.position}“{form.title}”的报表待确认："
        "请先看一看各单位将填的表，按“确认此表”，或修改后确认，再下发"
    )
