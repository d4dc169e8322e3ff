"""A notice that passes on what a bureau above has asked: its dates beside those of the tasks here.

A bureau that 转发, 落实 or 根据 the notice of a bureau above has that notice's tasks itself; what
it asks of those below by a notice of its own should come in before its own day.
"""

from django.db.models import Q

from notices.models import Citation, Notice
from tasks.issuing import burden
from tasks.models import Assignment

BINDING = (Citation.Kind.FORWARDS, Citation.Kind.CARRIES_OUT, Citation.Kind.RESTS_ON)
MOST = 200  # open tasks looked at, those due first


def open_tasks(notice: Notice) -> list[Assignment]:
    """What the office still owes by the notices that this one passes on, or by its own number.

    A notice that passes on another is followed one step: 转发 of a 转发.
    """
    named = notice.citations.filter(kind__in=BINDING)
    numbers = set(named.values_list("number", flat=True))
    if notice.doc_number and burden.is_passed_down(notice):
        numbers.add(notice.doc_number)
    if not numbers:
        return []
    asked = Q(obligation__notice__doc_number__in=numbers)
    passed_on = Citation.objects.filter(kind__in=BINDING, number__in=numbers).values("notice")
    asked |= Q(obligation__notice__in=passed_on)
    owed = Assignment.objects.with_bureau().filter(asked, bureau=notice.bureau)
    rows = owed.exclude(obligation__issuer=notice.bureau).exclude(obligation__notice=notice)
    rows = rows.select_related("obligation__notice", "obligation__issuer", "bureau")
    rows = rows.defer("obligation__notice__body", "obligation__notice__reading_json")
    return list(rows.order_by("due_at", "pk")[:MOST])
