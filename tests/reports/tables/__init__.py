"""Seventeen real tables, which a survey of directives collected, as forms in our own words."""

from tests.reports.tables import fixed, indicators, regional, registered, repeated
from tests.reports.tables.case import Case

CASES: tuple[Case, ...] = tuple(
    sorted(
        (*fixed.CASES, *indicators.CASES, *regional.CASES, *repeated.CASES, *registered.CASES),
        key=lambda case: case.number,
    )
)
BY_NUMBER = {case.number: case for case in CASES}


def by_name(case: Case) -> str:
    """For the ids of parametrised tests."""
    return case.name
