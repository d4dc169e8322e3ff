"""Who is where, as tiles: the provinces on their schematic grid, other units one after another."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from bureaus.models import Bureau
from bureaus.shell.region_names import short_region
from notices.text.deadlines.workdays import WorkCalendar
from tasks.lights import light
from tasks.models import Obligation
from tasks.pictures import folding
from tasks.querysets.assignments import AssignmentQuerySet

Tile = dict[str, str]


def units(
    obligation: Obligation,
    owed: AssignmentQuerySet,
    *,
    asked: int,
    now: datetime,
    calendar: WorkCalendar,
) -> Sequence[Tile]:
    """The units below the provinces, in administrative order; of many, the parts they lie in.

    None where there is but one. A province so sees its prefectures, a prefecture its counties,
    the 总局 its provinces where it asked the counties. As templates/_pictures/units.html takes
    them; with a ``code`` as templates/_components/tiles.html does.
    """
    if asked < 2:
        return []
    if asked > folding.MOST:
        found = folding.shares(owed, obligation.issuer, now=now)
        return [
            {
                "code": part.code if part.rank == Bureau.Rank.PROVINCE else "",
                "label": label(part),
                "light": found[obligation.pk, part.path].light,
                "word": found[obligation.pk, part.path].said,
            }
            for part in folding.named(found)
        ]
    rows = owed.expected().select_related("bureau", "obligation").order_by("bureau_path", "pk")
    return [
        {
            "label": label(row.bureau),
            "light": light(row, now=now, calendar=calendar).code,
            "word": row.get_status_display(),
            "url": reverse("tasks:assignment_detail", args=[row.pk]),
        }
        for row in rows
    ]


def label(bureau: Bureau) -> str:
    """A province has its short name, others that of their region; units inside their own."""
    if bureau.rank == Bureau.Rank.PROVINCE:
        return short_region(bureau.region)
    return bureau.region or bureau.short_name
