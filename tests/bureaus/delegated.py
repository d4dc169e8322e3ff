"""A delegation among the people of one bureau, and what it gives them."""

from datetime import timedelta

from bureaus.actions import delegations
from bureaus.roles import Role
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()
DAY = timedelta(days=1)


def make(absentee, deputy, start=TODAY, end=TODAY + 4 * DAY, *, by=None, **options):
    return delegations.make(
        absentee,
        deputy=deputy,
        starts_on=start,
        ends_on=end,
        now=NOW,
        by=by or absentee,
        **options,
    )


def held(person):
    return [(post.role, post.acting_for) for post in factories.fresh(person).held_posts]


def other_bureau(zhejiang):
    return factories.staff(Role.FILLER, factories.prefecture(zhejiang))
