"""The attachments of a notice and of its copy put together; part of the action that merges them."""

from notices.checking.twins import Comparison
from notices.models import Attachment, Notice
from notices.states import AttachmentKind, NoticeState


def take_over(comparison: Comparison) -> dict[int, int]:
    """Take over the attachments; returns the number that each of the new copy has from now on.

    A filed notice keeps its numbers, and so does one of which a form was confirmed, for forms are
    known by them; what is new comes at the end.
    """
    old = comparison.old
    mine = {one.position: one for one in old.attachments.all()}
    keeps = old.state == NoticeState.FILED or any(one.form_confirmed_at for one in mine.values())
    theirs = {one.position: one for one in comparison.new.attachments.all()}
    numbers: dict[int, int] = {}
    kept: list[Attachment] = []
    last = max(mine, default=0) if keeps else max(theirs, default=0)
    for pair in comparison.attachments:
        was = mine.get(pair.old.position) if pair.old else None
        comes = theirs.get(pair.new.position) if pair.new else None
        if was and comes:
            position = was.position if keeps else comes.position
        elif was and keeps:
            position = was.position
        elif comes and not keeps:
            position = comes.position
        else:
            last += 1
            position = last
        if comes:
            numbers[comes.position] = position
        kept.append(_joined(was, comes, position, old, is_changed=bool(pair.changes)))
    _write(kept)
    return numbers


def _joined(
    was: Attachment | None,
    comes: Attachment | None,
    position: int,
    notice: Notice,
    *,
    is_changed: bool,
) -> Attachment:
    """The new copy's attachment, but no body is lost that only the old one has."""
    row = was or Attachment(notice=notice)
    row.position = position
    if comes:
        row.title = comes.title or row.title
        if was is None or comes.kind != AttachmentKind.MISSING:
            row.kind, row.body_json = comes.kind, comes.body_json
            if is_changed:  # what was confirmed is not what it asks for now
                row.form_confirmed_at = None
    return row


def _write(rows: list[Attachment]) -> None:
    """Positions may change places, so those that move make room first."""
    for aside, row in enumerate((row for row in rows if row.pk), start=10_000):
        Attachment.objects.filter(pk=row.pk).update(position=aside)
    for row in rows:
        row.save()
