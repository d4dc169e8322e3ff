"""What waits for a person is counted in parts: together they are just the rows of the list."""

from collections import Counter
from itertools import chain, product

import pytest
from django.test import RequestFactory

from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Role
from tasks.filters import AssignmentFilter
from tasks.models import Assignment
from tests import factories
from tests.tasks.counts.office import Life

pytestmark = pytest.mark.django_db
WAITING = (
    {"light": "mine"},
    {"whose": "mine"},
    {"whose": "mine", "status": "submitted"},
    {"whose": "mine", "light": "overdue", "later": "1"},
    {"light": "mine", "bureau": "330000"},
)


def asked(user: Staff, **given: str) -> AssignmentFilter:
    request = RequestFactory().get("/ledger/", given)
    request.user = user
    seen = Assignment.objects.visible_to(user)
    return AssignmentFilter(request.GET, queryset=seen, request=request)


@pytest.fixture
def people():
    """In one post, in all posts of a province, and in posts of it and of the unit above."""
    Life(seed=3).go_on(120)
    zhejiang = Bureau.objects.get(code="330000")
    one = factories.staff(Role.FILLER, zhejiang)
    all_posts = factories.staff(Role.FILLER, zhejiang, username="all")
    both = factories.staff(Role.COORDINATOR, factories.central(), username="both")
    roles = (Role.FILLER, Role.REVIEWER, Role.APPROVER, Role.COORDINATOR)
    for person in (all_posts, both):
        for role in roles:
            Post.objects.get_or_create(staff=person, bureau=zhejiang, role=role)
    return Staff.objects.filter(pk__in=[one.pk, all_posts.pk, both.pk]).order_by("pk")


def test_parts_have_each_row_once(people):
    sizes = []
    for person, given in product(people, WAITING):
        chosen = asked(person, **given)
        rows = set(chosen.qs.values_list("pk", flat=True))
        found = Counter(
            chain.from_iterable(part.values_list("pk", flat=True) for part in chosen.parts())
        )
        assert found == Counter(rows)
        assert chosen.parts()
        sizes.append(len(rows))
    assert sum(map(bool, sizes)) > len(WAITING)


@pytest.mark.parametrize(
    "given", [{"light": ""}, {"light": "mine", "q": "活动"}, {"whose": "own"}, {"light": "?"}]
)
def test_other_lists_are_counted_whole(given):
    person = factories.staff(Role.FILLER, factories.province())

    assert asked(person, **given).parts() == []
