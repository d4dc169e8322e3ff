"""视图: questions to the ledger, kept by a person or shared in a bureau."""

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.actions import saved_views
from tasks.errors import NotYourPost, ViewRefused
from tasks.models import SavedView
from tests import factories
from tests.factories import NOW, owed_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LATE = "whose=mine&light=overdue"


@pytest.fixture
def zhejiang(issued):
    return owed_by(issued, "330000").bureau


@pytest.fixture
def filler(zhejiang):
    return factories.staff(Role.FILLER, zhejiang)


def keep(by, name="我的逾期", query=LATE, bureau=None) -> SavedView:
    return saved_views.keep(name, query, bureau=bureau, now=NOW, by=by)


def names(client) -> list[str]:
    return [line.view.name for line in client.get("/ledger/").context["views"]]


def post(client, name="我的逾期", query=LATE, **more):
    given = {"view-name": name, "query": query, **more}
    return client.post("/ledger/views/", given, follow=True)


def test_kept_view_opens_the_ledger_with_its_question(enter, filler):
    client = enter(filler)

    answer = post(client, query=f"{LATE}&page=3&unknown=1&columns=title")

    view = SavedView.objects.get()
    assert view.query == f"{LATE}&columns=title"
    assert (view.person, view.bureau) == (filler, None)
    text = answer.content.decode()
    assert "已保存视图“我的逾期”" in text
    assert 'aria-current="true">我的逾期</a>' in text
    (line,) = answer.context["views"]
    assert client.get(line.url).context["ledger"].query() == view.query


def test_ledger_without_a_question_is_kept_as_what_it_shows(enter, filler):
    post(enter(filler), query="")

    assert SavedView.objects.get().query == "light=open"


def test_view_of_one_person_is_nobody_elses(enter, filler, zhejiang):
    view = keep(filler)
    other = factories.staff(Role.COORDINATOR, zhejiang)
    client = enter(other)

    assert names(client) == []
    assert client.post(f"/ledger/views/{view.pk}/remove/").status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_shared_view_is_for_the_people_of_the_bureau_alone(enter, filler, zhejiang):
    by = factories.staff(Role.COORDINATOR, zhejiang)
    answer = post(enter(by), **{"view-bureau": zhejiang.code})
    assert "浙江省市场监管局的人员都能用" in answer.content.decode()
    elsewhere = factories.staff(Role.FILLER, factories.province("320000", "江苏省"))

    assert names(enter(filler)) == ["我的逾期"]
    assert names(enter(elsewhere)) == []
    assert names(enter(factories.coordinator())) == []


def test_who_may_not_issue_neither_shares_nor_removes_what_is_shared(enter, filler, zhejiang):
    view = keep(factories.staff(Role.COORDINATOR, zhejiang), bureau=zhejiang)
    client = enter(filler)

    assert "给谁用" not in client.get("/ledger/").content.decode()
    assert "请从列表中选择“给谁用”" in (
        post(client, "另一个", **{"view-bureau": zhejiang.code}).content.decode()
    )
    assert client.post(f"/ledger/views/{view.pk}/remove/").status_code == 403
    with pytest.raises(NotYourPost, match="不能在浙江省市场监管局共享视图"):
        keep(filler, "另一个", bureau=zhejiang)
    assert SavedView.objects.count() == 1


def test_coordinator_shares_in_no_other_bureau(zhejiang):
    with pytest.raises(NotYourPost):
        keep(factories.coordinator(), bureau=zhejiang)


@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.AUDITOR])
def test_who_reads_no_task_keeps_no_view(enter, role):
    client = enter(factories.staff(role, factories.central()))

    assert client.post("/ledger/views/", {"view-name": "一", "query": LATE}).status_code == 403
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "请填写“视图名称”"),
        ({"name": "  "}, "请填写“视图名称”"),
        ({"name": "名" * 21}, "“视图名称”最多20字"),
        ({"query": "due_from=昨天"}, "筛选条件有误，请改正后再存"),
        ({"query": "q=" + "a" * 50 + "&status=pending" * 200}, "查询条件太多"),
    ],
)
def test_what_cannot_be_kept_is_told(enter, filler, given, said):
    answer = post(enter(filler), **given)

    assert answer.status_code in (200, 422)
    assert said in answer.content.decode()
    assert not SavedView.objects.exists()


def test_name_is_given_once_and_others_may_have_the_same(filler, zhejiang):
    keep(filler)
    keep(factories.staff(Role.REVIEWER, zhejiang))
    keep(factories.staff(Role.COORDINATOR, zhejiang), bureau=zhejiang)

    with pytest.raises(ViewRefused, match="已有名为“我的逾期”的视图"):
        keep(filler)
    assert SavedView.objects.count() == 3


def test_twenty_are_enough(filler):
    for number in range(20):
        keep(filler, f"视图{number}")

    with pytest.raises(ViewRefused, match="最多存20个视图"):
        keep(filler)


def test_removing_says_what_it_was_and_is_written_down(enter, filler):
    view = keep(filler)
    client = enter(filler)

    answer = client.post(f"/ledger/views/{view.pk}/remove/", follow=True)

    assert "已删除视图“我的逾期”" in answer.content.decode()
    assert not SavedView.objects.exists()
    told = AuditEvent.objects.filter(subject_kind="tasks.savedview").order_by("pk")
    assert [(one.verb, one.chain, one.actor_name) for one in told] == [
        ("保存视图", "330000", "测试填报人"),
        ("删除视图", "330000", "测试填报人"),
    ]
    assert told[0].detail == {"query": LATE, "shared_in": ""}


def test_removing_a_second_time_is_refused(filler):
    view = keep(filler)
    again = SavedView.objects.get(pk=view.pk)
    saved_views.remove(view, now=NOW, by=filler)

    with pytest.raises(ViewRefused, match="已经被删除"):
        saved_views.remove(again, now=NOW, by=filler)


@pytest.mark.parametrize("count", [1, 20])
def test_ledger_takes_the_same_queries_for_one_view_and_for_twenty(
    enter, filler, zhejiang, django_assert_num_queries, count
):
    by = factories.staff(Role.COORDINATOR, zhejiang)
    for number in range(count):
        keep(filler, f"自己{number}")
        keep(by, f"共享{number}", bureau=zhejiang)
    client = enter(filler)
    client.get("/ledger/")  # the process has met the people

    with django_assert_num_queries(8):
        answer = client.get("/ledger/")

    assert len(answer.context["views"]) == 2 * count
