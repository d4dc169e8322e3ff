"""A corrected copy of a directive that is out, taken over; what it changes waits for a decision."""

from datetime import timedelta

from config.upgrading.desk import NOW, central, coordinator
from notices.actions import ingest
from notices.models import Clause
from notices.text.deadlines.office_time import day_in_words, local_day
from tasks.actions import merging
from tasks.actions.merging import How


def correct() -> None:
    """Take in a copy of one notice with a later day, merged into it."""
    by = coordinator()
    dated = (
        Clause.objects.reports().confirmed().filter(obligations__period="", due_at__isnull=False)
    )
    clause = dated.order_by("pk").first()
    day = local_day(clause.due_at)
    later = day + timedelta(days=1)
    old, new = (day_in_words(one) for one in (day, later))
    text = clause.notice.body.replace(old, new)
    copy = ingest.take_in(text, source_name="更正.txt", bureau=central(), now=NOW, by=by)
    merging.merge(copy, How.TAKE, seen=clause.notice.digest, now=NOW, by=by)
