"""The page of a review: from one waiting unit to the next."""

from datetime import timedelta

import pytest

from reports.actions.returning import Mark, send_back
from tasks.models import Assignment
from tests import factories
from tests.factories import NOW, walk
from tests.pages import told
from tests.reports.reviewing import BACK, url
from tests.reports.written import confirm, reported, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]

CODES = {"110000": "北京市", "320000": "江苏省", "330000": "浙江省"}


def several(*codes) -> list[Assignment]:
    """Reported by these provinces, in the reverse of their order."""
    issued = factories.obligation(*(factories.province(*each) for each in CODES.items()))
    return [reported(factories.owed_by(issued, code), table()) for code in reversed(codes)]


def test_waiting_units_follow_each_other_in_administrative_order(office):
    zhejiang, jiangsu, beijing = several("110000", "320000", "330000")

    line = office.get(url(jiangsu)).context["line"]
    assert (line.position, line.total) == (2, 3)
    assert (line.before, line.after) == (beijing, zhejiang)

    first = office.get(url(beijing))
    assert (first.context["line"].before, first.context["line"].after) == (None, jiangsu)
    assert f'rel="next" href="{url(jiangsu)}"' in first.content.decode()


def test_done_unit_leads_to_the_next_and_the_last_to_the_first_left(office):
    zhejiang, jiangsu, beijing = several("110000", "320000", "330000")

    answer = office.post(url(jiangsu), {"verb": "close", "looked_at": "1"})
    assert (answer.url, told(answer)) == (
        url(zhejiang),
        ["已核收江苏省市场监管局。以下是浙江省市场监管局"],
    )

    assert office.post(url(zhejiang), BACK).url == url(beijing)


def test_units_that_have_not_reported_are_not_in_the_line(office):
    zhejiang, _ = several("320000", "330000")

    assert office.get(url(zhejiang)).context["line"].total == 2


@pytest.mark.parametrize("documents", [1, 50])
def test_review_takes_the_same_queries_for_one_row_and_for_fifty(
    office, django_assert_num_queries, documents
):
    task = reported(factories.assignment(), table(documents=documents))
    marks = [Mark(1, f"rows.{number}.c4", "请写明文号") for number in range(documents)]
    send_back(
        task, "return_", marks=marks, now=NOW + timedelta(hours=4), by=factories.coordinator()
    )
    save(task, table(documents=documents, foot={"f1": "另一人"}), revision=1)
    confirm(task, now=NOW + timedelta(hours=5))
    walk(task, "pass_review", "submit", now=NOW + timedelta(hours=5))
    office.get(url(task))

    with django_assert_num_queries(19):
        answer = office.get(url(task))

    assert len(answer.context["marks"]) == documents
