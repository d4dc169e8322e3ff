"""How a person has the ledger: questions kept under a name, for oneself or for a bureau, and which
columns are shown."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Bureau, Staff
from tasks import permissions
from tasks.errors import ViewRefused
from tasks.models import SavedView, ShownColumns
from tasks.models.saved_view import QUERY_LENGTH

MOST = 20  # of a person, and of a bureau: as many as a menu shows


@transaction.atomic
def keep(name: str, query: str, *, bureau: Bureau | None, now: datetime, by: Staff) -> SavedView:
    """A new view, of ``by`` alone or shared in ``bureau``.

    Raises NotYourPost, or ViewRefused where the name is taken, there are ``MOST`` already or the
    question is too long to be kept.
    """
    permissions.check_keep_view(by, bureau)
    if len(query) > QUERY_LENGTH:
        raise ViewRefused("查询条件太多，存不下，请减少条件后再存")
    lock = Bureau.objects if bureau else Staff.objects
    lock.select_for_update().get(pk=(bureau or by).pk)  # two at once: one after the other
    names = list(SavedView.objects.of(by, bureau).values_list("name", flat=True))
    if name in names:
        raise ViewRefused(f"已有名为“{name}”的视图，请换个名称，或先删除原来的")
    if len(names) >= MOST:
        raise ViewRefused(f"最多存{MOST}个视图，请先删除不用的")
    made = SavedView.objects.create(person=by, bureau=bureau, name=name, query=query, saved_at=now)
    _record("保存视图", made, now=now, by=by)
    return made


@transaction.atomic
def remove(view: SavedView, *, now: datetime, by: Staff) -> None:
    """Raises NotYourPost; ViewRefused where somebody was faster."""
    permissions.check_remove_view(by, view)
    if not SavedView.objects.select_for_update().filter(pk=view.pk).exists():
        raise ViewRefused("这个视图已经被删除")
    _record("删除视图", view, now=now, by=by)
    view.delete()


@transaction.atomic
def show_columns(names: Collection[str], *, now: datetime, by: Staff) -> None:
    """These from now on wherever this person opens the ledger; all where none is named (复位).

    Raises NotYourPost.
    """
    permissions.check_keep_view(by, None)
    if names:
        ShownColumns.objects.update_or_create(person=by, defaults={"names": ",".join(names)})
    else:
        ShownColumns.objects.filter(person=by).delete()
    chain = by.bureau.code if by.bureau else trail.SYSTEM_CHAIN
    trail.record("设定显示的列", by, chain=chain, detail={"columns": [*names]}, at=now, by=by)


def _record(verb: str, view: SavedView, *, now: datetime, by: Staff) -> None:
    """On the chain of the bureau it is shared in, or of the person's own."""
    bureau = view.bureau or view.person.bureau
    chain = bureau.code if bureau else trail.SYSTEM_CHAIN
    detail = {"query": view.query, "shared_in": view.bureau.code if view.bureau else ""}
    trail.record(verb, view, chain=chain, detail=detail, at=now, by=by)
