"""The 17 real tables of the survey (attachment_forms.md §3) as forms, in our own words."""

from tests.reports.tables import fixed, regional, registered, repeated
from tests.reports.tables.case import Case

CASES: tuple[Case, ...] = tuple(
    sorted(
        (*fixed.CASES, *regional.CASES, *repeated.CASES, *registered.CASES),
        key=lambda case: case.number,
    )
)
