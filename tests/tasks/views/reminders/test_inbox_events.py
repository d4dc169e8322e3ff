"""Events in the inbox and on the desk: one line for several alike, what opens, the marks."""

import pytest

from bureaus.roles import Role
from tasks.models import Delivery, DeskLook
from tests import factories
from tests.factories import NOW
from tests.tasks import told
from tests.tasks.told import HOUR, MINUTE

pytestmark = pytest.mark.django_db


def person(here, role=Role.FILLER):
    return factories.staff(role, here)


def opened(client, kind: str):
    row = Delivery.objects.get(
        channel="inbox", milestone__event__kind=kind, recipient=client.session["_auth_user_id"]
    )
    return client.post(f"/inbox/{row.pk}/open/").url


def test_new_tasks_of_a_notice_are_one_line_that_opens_each(here, notice, enter):
    for number in ("1", "2", ""):
        told.issue(here, number=number, notice=notice)
    client = enter(person(here))

    answer = client.get("/inbox/")

    (line,) = answer.context["rows"]
    assert line.subject.startswith("【新任务】3项新任务，最早3月31日截止：")
    keys = list(here.assignments.order_by("pk").values_list("pk", flat=True))
    assert [row.milestone.assignment_id for row in line.rows] == keys
    text = answer.content.decode()
    assert text.count("打开第") == 3
    assert "第1项：质量工作进展情况（3月31日截止）" in text
    for row in line.rows:
        url = client.post(f"/inbox/{row.pk}/open/").url
        assert url == f"/assignments/{row.milestone.assignment_id}/"
    assert client.get("/inbox/").context["unread"] == 0


def test_message_says_what_why_and_from_whom(here, notice, enter):
    task = told.move(told.owed(told.issue(here, notice=notice), here), "accept", "hand_in")
    told.move(task, "review_back", reason="表二缺数据")

    text = enter(person(here)).get("/inbox/").content.decode()

    assert "【退回修改】" in text
    assert "原因：表二缺数据" in text
    assert "来自：浙江省市场监管局 测试审核人" in text


@pytest.mark.parametrize(
    ("way", "kind", "role", "where"),
    [
        (("accept", "hand_in"), "v", Role.REVIEWER, "/assignments/{}/review/"),
        (("accept", "hand_in", "pass_review"), "a", Role.APPROVER, "/assignments/{}/review/"),
        (("accept", "hand_in", "review_back"), "b", Role.FILLER, "/assignments/{}/step/"),
    ],
)
def test_message_leads_to_where_one_can_act(here, notice, enter, way, kind, role, where):
    task = told.move(told.owed(told.issue(here, notice=notice), here), *way)
    client = enter(person(here, role))

    url = opened(client, kind)

    assert url == where.format(task.pk)
    assert client.get(url, follow=True).status_code == 200


def test_all_have_reported_leads_to_the_obligation(here, notice, enter):
    made = told.issue(here, notice=notice)
    told.move(told.owed(made, here), "accept", "hand_in", "pass_review", "submit")
    client = enter(factories.coordinator())

    url = opened(client, "z")

    assert url == f"/obligations/{made.pk}/"
    assert client.get(url).status_code == 200


def test_desk_marks_what_came_since_one_looked_last_and_keeps_the_mark_for_the_visit(
    here, notice, enter, time_machine
):
    time_machine.move_to(NOW - HOUR, tick=False)
    client = enter(person(here))
    client.get("/")
    time_machine.move_to(NOW + HOUR, tick=False)
    told.issue(here, notice=notice, now=NOW)

    def marks(minutes=0):
        time_machine.move_to(NOW + HOUR + minutes * MINUTE, tick=False)
        client.force_login(person(here))
        answer = client.get("/")
        return [row.is_new for row in answer.context["waiting"]], ">新</span>" in (
            answer.content.decode()
        )

    assert marks() == ([True], True)
    assert marks(20) == ([True], True)
    assert marks(51) == ([False], False)
    assert DeskLook.objects.count() == 1


def test_nothing_is_new_to_who_looks_for_the_first_time(here, notice, enter, clock):
    told.issue(here, notice=notice)

    assert [row.is_new for row in enter(person(here)).get("/").context["waiting"]] == [False]


def test_what_came_back_stands_first_with_its_reason(here, notice, enter, clock):
    near, far = (told.issue(here, number=number, notice=notice) for number in ("1", "2"))
    told.move(told.owed(near, here), "accept", now=NOW)
    told.move(told.owed(far, here), "accept", "hand_in", now=NOW)
    told.move(told.owed(far, here), "review_back", reason="总结缺第三部分", now=NOW)

    answer = enter(person(here)).get("/")

    rows = answer.context["waiting"]
    assert [row.obligation_id for row in rows] == [far.pk, near.pk]
    assert [row.came_back and row.came_back.reason for row in rows] == ["总结缺第三部分", None]
    text = answer.content.decode()
    assert "审核退回</span> 测试审核人 3月2日 9:30：总结缺第三部分" in text
    assert f'href="/assignments/{rows[0].pk}/step/"' in text


@pytest.mark.parametrize(("count", "queries"), [(1, 12), (12, 13)])  # the list is full: counted
def test_desk_takes_the_same_queries_whatever_came_back(
    here, notice, enter, clock, count, queries, django_assert_num_queries
):
    made = told.issue(here, notice=notice, now=NOW)
    told.move(told.owed(made, here), "accept", "hand_in", "review_back", now=NOW)
    factories.copies(made, count - 1)
    client = enter(person(here))
    client.get("/")
    DeskLook.objects.update(looked_at=NOW - HOUR)

    with django_assert_num_queries(queries):
        client.get("/")
