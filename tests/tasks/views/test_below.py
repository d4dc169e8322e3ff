"""The page of a task that was split: how far those below are."""

from datetime import date

import pytest
from django.urls import reverse

from bureaus.roles import Role
from tasks.actions import amending
from tests import factories
from tests.factories import NOW, TO_SUBMIT, walk
from tests.splits import child, cities, coordinator, split
from tests.tasks.split_pages import page_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# --- on the page of the task above ---


def test_task_above_counts_those_below_in_administrative_order(chief, task):
    issued = split(task, *cities(task.bureau, 20))
    for row in issued.assignments.for_detail().order_by("bureau_path")[:17]:
        walk(row, *TO_SUBMIT)

    answer = chief.get(page_of(task))

    below = answer.context["below"]
    assert (below.total, below.reported, below.open, below.later) == (20, 17, 3, 0)
    assert [row.bureau.code for row in below.page] == sorted(row.bureau.code for row in below.page)
    text = answer.content.decode()
    assert "20 个单位，已报 17，未报 3" in text
    assert "示例18市市场监管局、示例19市市场监管局、示例20市市场监管局" in text


def test_task_above_says_where_a_day_below_has_come_to_lie_after_its_own(chief, task):
    issued = split(task)
    early = date(2026, 3, 20)
    amending.amend(task.obligation, early, reason="提前汇总", now=NOW, by=factories.coordinator())

    text = chief.get(page_of(task)).content.decode()

    assert "下级时限晚于本级" in text
    assert "有 3 个单位的截止时间晚于本级的截止时间" in text
    assert f'href="{reverse("tasks:obligation_amend", args=[issued.pk])}"' in text
    amending.amend(issued, early, reason="随本级提前", now=NOW, by=coordinator(task.bureau))
    assert "下级时限晚于本级" not in chief.get(page_of(task)).content.decode()


def test_those_handed_in_are_not_counted_as_late_below(chief, task):
    (hangzhou,) = cities(task.bureau, 1)
    walk(child(split(task, hangzhou), hangzhou), *TO_SUBMIT)
    early = date(2026, 3, 20)
    amending.amend(task.obligation, early, reason="提前汇总", now=NOW, by=factories.coordinator())

    assert chief.get(page_of(task)).context["below"].later == 0


def test_task_that_is_not_split_offers_it_to_the_coordinator_alone(enter, task):
    assert "转发分解" in enter(coordinator(task.bureau)).get(page_of(task)).content.decode()

    filler = enter(factories.staff(Role.FILLER, task.bureau)).get(page_of(task))
    assert (filler.context["below"], filler.context["may_split"]) == (None, False)


def test_signing_with_units_missing_asks_for_a_reason_by_name_and_keeps_it(enter, task):
    hangzhou, *_ = cities(task.bureau)
    issued = split(task)
    walk(child(issued, hangzhou), *TO_SUBMIT)
    walk(task, "hand_in", "pass_review")
    client = enter(factories.staff(Role.APPROVER, task.bureau))

    review = reverse("reports:review", args=[task.pk])
    text = client.get(review).content.decode()
    assert "下级还有 2 个单位没有报送：宁波市市场监管局、温州市市场监管局" in text
    verdict = {"verb": "submit", "looked_at": "0"}
    assert client.post(review, verdict).status_code == 422
    assert client.post(review, verdict | {"comment": "时限已到"}).status_code == 302

    text = client.get(page_of(task)).content.decode()
    assert "时限已到" in text
    assert "报送时下级宁波市市场监管局、温州市市场监管局尚未报送" in text


def test_task_below_shows_its_own_and_nothing_of_the_one_above(enter, task):
    hangzhou, ningbo, _ = cities(task.bureau)
    issued = split(task, hangzhou, ningbo)
    own = child(issued, hangzhou)
    client = enter(factories.staff(Role.FILLER, hangzhou))

    text = client.get(page_of(own)).content.decode()

    assert "宁波" not in text
    assert client.get(page_of(task)).status_code == 404
    assert client.get(page_of(child(issued, ningbo))).status_code == 404
    assert client.get(f"/obligations/{task.obligation_id}/").status_code == 404
    assert client.get(f"/notices/{issued.notice_id}/").status_code == 200


# --- figures ---


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("page", ["task", "split"])
def test_pages_take_the_same_queries_for_one_unit_and_for_fifty(
    chief, task, django_assert_num_queries, page, count
):
    issued = split(task, *cities(task.bureau, count))
    for row in issued.assignments.for_detail():
        walk(row, "accept", "hand_in")
    address, queries = {"task": (page_of(task), 23), "split": (url(task), 17)}[page]

    with django_assert_num_queries(queries):
        answer = chief.get(address)

    assert answer.context["below"].total == count


def test_task_page_lists_fifty_and_leads_to_the_rest(chief, task):
    split(task, *cities(task.bureau, 51))

    answer = chief.get(page_of(task))

    assert len(answer.context["below"].page.object_list) == 50
    assert "只列出前 50 个单位" in answer.content.decode()
    second = chief.get(url(task), {"page": 2})
    assert [row.bureau.code for row in second.context["below"].page] == ["335100"]
