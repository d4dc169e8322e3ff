"""The marks that changes of units and people leave, for bureaus/kept/versions.py."""

from django.db import transaction

from bureaus.kept import versions
from bureaus.models import HouseChange

MANY = 500


@transaction.atomic
def fold() -> None:
    """One mark in place of many, so that the sum stays a matter of a few rows.

    Marks that come in meanwhile stay; whatever the sum becomes, everybody reads anew once.
    """
    for kind in (versions.UNITS, versions.PEOPLE):
        rows = HouseChange.objects.filter(kind=kind)
        found = list(rows.values_list("pk", flat=True)[:MANY])
        if len(found) == MANY:
            HouseChange.objects.mark(kind)
            rows.filter(pk__in=found).delete()
