"""时限待核定: deadlines that the words put on another day since the working days changed."""

from datetime import date, datetime

from django.db.models import Q

from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.models import Assignment, DeadlineDoubt, Obligation, Recount
from tasks.querysets.obligations import ObligationQuerySet
from tasks.scheduling.recomputed_due import day_of

BATCH = 500
HANGS_ON_WORKDAYS = ("relative", "recurring", "holiday")  # words of Clause.deadline_json


def find(made: Recount, old: WorkCalendar, new: WorkCalendar) -> int:
    """Write down which open deadlines are in doubt; part of a recount. Returns how many are new.

    A deadline that a person set to a day of their own is not, and one that the words come to
    again no longer is.
    """
    found, settled = [], []
    for obligation in _asked().iterator(BATCH):
        was, becomes = day_of(obligation, old), day_of(obligation, new)
        if was == becomes:
            continue
        stands = _day(obligation.due_at)
        if becomes is None or becomes == stands:
            settled.append(obligation.pk)
        elif was == stands or _is_doubted(obligation):
            found.append(
                DeadlineDoubt(
                    obligation=obligation,
                    recount=made,
                    due_at=obligation.due_at,
                    words_on=becomes,
                )
            )
    DeadlineDoubt.objects.filter(obligation__in=settled).delete()
    DeadlineDoubt.objects.bulk_create(
        found,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["obligation"],
        update_fields=["recount", "due_at", "words_on"],
    )
    return len(found)


def _asked() -> ObligationQuerySet:
    """What notices ask, is still owed and may hang on the working days."""
    owed = Assignment.objects.to_be_amended().order_by().values("obligation")
    kinds = Q()
    for kind in HANGS_ON_WORKDAYS:
        kinds |= Q(clause__deadline_json__contains=f'"{kind}"')
    issued: ObligationQuerySet = Obligation.objects.filter(kinds, state="issued", parent=None)
    asked = issued.filter(pk__in=owed).select_related("clause", "notice", "doubt").order_by("pk")
    return asked.defer("notice__body", "notice__reading_json")


def _is_doubted(obligation: Obligation) -> bool:
    """Was this deadline in doubt before?"""
    doubt: DeadlineDoubt | None = getattr(obligation, "doubt", None)
    return doubt is not None and doubt.due_at == obligation.due_at


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None
