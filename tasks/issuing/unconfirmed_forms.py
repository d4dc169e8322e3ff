"""待确认: forms that nobody has looked at since they were proposed from an attachment's text."""

from collections.abc import Iterable

from notices.models import Attachment, Notice


def unconfirmed(notice: Notice, numbers: Iterable[int]) -> list[Attachment]:
    """Those among these attachments of the notice, in its order. They must not go out so."""
    wanted = set(numbers)
    return [
        one
        for one in notice.attachments.all()
        if one.is_fillable and one.form_confirmed_at is None and one.position in wanted
    ]


def refusal(form: Attachment) -> str:
    """What to do, for whoever issues."""
    return (
        f"附件{form.position}“{form.title}”的报表待确认："
        "请先看一看各单位将填的表，按“确认此表”，或修改后确认，再下发"
    )
