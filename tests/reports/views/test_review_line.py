"""The page of a review: from one waiting unit to the next."""

from datetime import timedelta

import pytest

from bureaus.models import Post
from bureaus.roles import Role
from reports.actions.returning import Mark, send_back
from tasks.models import Assignment
from tests import factories
from tests.factories import NOW, walk
from tests.pages import told
from tests.reports.reviewing import BACK, login, url
from tests.reports.written import confirm, reported, save, table
from tests.tasks import told as told_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]

CODES = {"110000": "北京市", "320000": "江苏省", "330000": "浙江省"}
CLOSE = {"verb": "close", "looked_at": "1"}


def several(*codes) -> list[Assignment]:
    """Reported by these provinces, in the reverse of their order."""
    issued = factories.obligation(*(factories.province(*each) for each in CODES.items()))
    return [reported(factories.owed_by(issued, code), table()) for code in reversed(codes)]


def said(line) -> tuple:
    return line.position, str(line.left), line.after


def test_waiting_units_follow_each_other_in_administrative_order(office):
    zhejiang, jiangsu, beijing = several("110000", "320000", "330000")

    answer = office.get(url(beijing))

    line = answer.context["line"]
    assert (said(line), line.back_url) == ((1, "2", jiangsu), "")
    assert line.skip_url == f"{url(jiangsu)}?skip={beijing.pk}"
    text = answer.content.decode()
    assert "第 1 项，还有 2 项" in text
    assert f'rel="next" href="{line.skip_url}"' in text
    assert said(office.get(url(jiangsu)).context["line"]) == (1, "2", zhejiang)


def test_what_was_skipped_is_passed_over_and_can_be_gone_back_to(office):
    zhejiang, jiangsu, beijing = several("110000", "320000", "330000")

    answer = office.get(f"{url(zhejiang)}?skip={beijing.pk}&skip={jiangsu.pk}")

    line = answer.context["line"]
    assert said(line) == (3, "0", None)
    assert "第 3 项，没有其他的了" in answer.content.decode()
    assert line.back_url == f"{url(jiangsu)}?skip={beijing.pk}"
    back = office.get(line.back_url).context["line"]
    assert (said(back), back.back_url) == ((2, "1", zhejiang), url(beijing))


def test_done_unit_leads_to_the_next_and_the_last_to_the_first_left(office):
    zhejiang, jiangsu, beijing = several("110000", "320000", "330000")

    answer = office.post(url(jiangsu), CLOSE)
    assert (answer.url, told(answer)) == (
        f"{url(zhejiang)}?done=1",
        ["已核收江苏省市场监管局“质量工作进展情况”。以下是下一项"],
    )
    assert said(office.get(answer.url).context["line"]) == (2, "1", beijing)

    answer = office.post(answer.url, BACK)
    assert answer.url == f"{url(beijing)}?done=2"
    assert said(office.get(answer.url).context["line"]) == (3, "0", None)

    answer = office.post(answer.url, CLOSE)
    assert (answer.url, told(answer)[-1]) == (
        "/",
        "已核收北京市市场监管局“质量工作进展情况”。没有等您审核、签发或核收的了",
    )


def test_where_only_what_was_skipped_is_left_one_is_back_on_the_desk_and_told(office):
    zhejiang, jiangsu, _ = several("110000", "320000", "330000")
    office.post(url(zhejiang), CLOSE)
    beijing = Assignment.objects.get(bureau__code="110000")

    answer = office.post(f"{url(jiangsu)}?done=1&skip={beijing.pk}", CLOSE)

    assert (answer.url, told(answer)[-1]) == (
        "/",
        "已核收江苏省市场监管局“质量工作进展情况”。跳过的1项仍在等您办理",
    )


def test_another_task_of_the_same_notice_comes_before_what_is_due_sooner(client):
    here = factories.province()
    notice = factories.filed_notice()
    first, second = (
        told_of.owed(told_of.issue(here, number=each, notice=notice), here) for each in ("1", "2")
    )
    later = factories.filed_notice(factories.TEXT.replace("〔2026〕1号", "〔2026〕2号"))
    sooner = told_of.owed(told_of.issue(here, notice=later), here)
    for row in (first, second, sooner):
        walk(row, "accept", "hand_in")
    Assignment.objects.filter(pk=sooner.pk).update(target_at=NOW + timedelta(days=1))
    client = login(client, Role.REVIEWER, here)

    answer = client.post(url(first), {"verb": "pass_review", "looked_at": "0"})
    assert answer.url == f"{url(second)}?done=1"

    answer = client.post(answer.url, {"verb": "pass_review", "looked_at": "0"})
    assert answer.url == f"{url(sooner)}?done=2"


def test_who_reviews_and_approves_signs_the_same_report_next(client):
    task = factories.assignment()
    walk(task, "accept", "hand_in")
    person = factories.staff(Role.REVIEWER, task.bureau)
    Post.objects.create(staff=person, bureau=task.bureau, role=Role.APPROVER)
    client.force_login(person)

    answer = client.post(url(task), {"verb": "pass_review", "looked_at": "0"})

    assert answer.url == f"{url(task)}?done=1"
    assert client.get(answer.url).context["heading"] == "签发"


def test_nothing_of_another_bureau_or_of_another_post_is_in_the_line(client):
    units = (factories.province(), factories.province("320000", "江苏省"))
    issued = factories.obligation(*units)
    task = factories.owed_by(issued, "330000")
    walk(task, "accept", "hand_in")
    walk(factories.owed_by(issued, "320000"), "accept", "hand_in")
    signing = factories.owed_by(factories.copies(issued, 1)[0], "330000")
    walk(signing, "accept", "hand_in", "pass_review")
    client = login(client, Role.REVIEWER, task.bureau)

    assert said(client.get(url(task)).context["line"]) == (1, "0", None)


@pytest.mark.parametrize(
    "query", ["?done=x&skip=²", "?skip=", "?done=-1", "?done=99999999999", "?skip=9999999999999"]
)
def test_address_that_is_no_walk_begins_one(office, query):
    zhejiang, _ = several("320000", "330000")

    assert office.get(url(zhejiang) + query).context["line"].position == 1


def test_units_that_have_not_reported_are_not_in_the_line(office):
    zhejiang, _ = several("320000", "330000")

    assert str(office.get(url(zhejiang)).context["line"].left) == "1"


@pytest.mark.parametrize("others", [1, 12])
def test_line_takes_the_same_queries_for_one_that_waits_and_for_twelve(
    office, django_assert_num_queries, others
):
    task = reported(factories.assignment(), table())
    for each in factories.copies(task.obligation, others):
        walk(each.assignments.get(), "accept", "hand_in", "pass_review", "submit")
    office.get(url(task))

    with django_assert_num_queries(14):
        answer = office.get(url(task))

    assert str(answer.context["line"].left) == str(others)


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

    with django_assert_num_queries(14):
        answer = office.get(url(task))

    assert len(answer.context["marks"]) == documents
