import pytest
from django.urls import reverse

from bureaus.roles import Role
from reports.actions import handing_in
from reports.errors import FormClosed, FormNotEmpty
from reports.models import Submission, SubmissionVersion
from tasks.errors import NotYourPost
from tasks.states import Status
from tests import factories
from tests.factories import fresh, walk
from tests.pages import told
from tests.reports.collected import collect
from tests.reports.written import NOW, accepted, filler, outline, reported, save, table

pytestmark = pytest.mark.django_db

NOT_EMPTY = "表中已有内容，如确无情况请先清空，或点“提交审核”"


def report_nil(task, *, by=None):
    return handing_in.hand_in_nil(task, now=NOW, by=by or filler(task.bureau))


def url(task):
    return reverse("reports:nil", args=[task.pk])


@pytest.fixture
def enter(client):
    def log_in(person):
        client.force_login(person)
        return client

    return log_in


def test_nil_report_goes_to_review_and_says_what_it_is():
    task = report_nil(accepted())

    assert (fresh(task).status, fresh(task).is_nil) == (Status.REVIEW, True)
    assert fresh(task).filled_by == filler(task.bureau)


@pytest.mark.parametrize(
    "data", [table(), {"unit": {"c2": "有批示"}}, {"rows": [{"c4": "文件一"}]}]
)
def test_nil_report_over_a_table_with_anything_in_it_is_refused(data):
    task = accepted()
    save(task, data)

    with pytest.raises(FormNotEmpty, match=NOT_EMPTY):
        report_nil(task)
    assert (fresh(task).status, fresh(task).is_nil) == (Status.FILLING, False)


def test_nil_report_over_a_written_summary_is_refused():
    task = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(task, outline("学习两次"), number=2)

    with pytest.raises(FormNotEmpty):
        report_nil(task)


def test_contact_below_an_empty_table_does_not_stand_against_it():
    task = accepted()
    save(task, {"foot": {"f1": "示例联系人"}})

    assert report_nil(task).is_nil


def test_nil_report_before_acceptance_or_by_another_post_is_refused():
    task = factories.assignment()
    with pytest.raises(FormClosed, match="请先签收任务"):
        report_nil(task)

    factories.accept(task)
    with pytest.raises(NotYourPost, match="没有“填报”权限"):
        report_nil(task, by=factories.staff(Role.REVIEWER, task.bureau))
    assert fresh(task).status == Status.ACCEPTED


def test_nil_report_given_back_can_be_filled_in_after_all():
    task = report_nil(accepted())
    walk(task, "review_back")

    save(task, table())
    handing_in.hand_in(task, now=NOW, by=filler(task.bureau))

    assert (fresh(task).status, fresh(task).is_nil) == (Status.REVIEW, False)
    assert SubmissionVersion.objects.count() == 1


def test_roll_up_counts_a_nil_report_as_reported_and_not_as_missing():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    issued = factories.obligation(zhejiang, jiangsu, factories.province("340000", "安徽省"))
    nil = report_nil(factories.accept(factories.owed_by(issued, "330000")))
    walk(nil, "pass_review", "submit")
    reported(factories.owed_by(issued, "320000"), table())

    rolled = collect(issued, 1)

    assert [entry.code for entry in rolled.entries] == ["320000"]
    assert rolled.nil_names == ["浙江省市场监管局"]
    assert rolled.missing_names == ["安徽省市场监管局"]
    assert (rolled.reported, rolled.expected) == (2, 3)


def test_button_reports_nil_and_the_page_says_so(enter):
    task = accepted()
    client = enter(filler(task.bureau))

    answer = client.post(url(task))

    assert (answer.status_code, answer.url) == (302, f"/assignments/{task.pk}/")
    assert "零报告（无此情况）" in client.get(answer.url).content.decode()


def test_button_over_a_written_form_is_refused_and_leads_to_it(enter):
    task = accepted()
    save(task, table())

    answer = enter(filler(task.bureau)).post(url(task))

    assert answer.url == f"/assignments/{task.pk}/forms/1/"
    assert told(answer) == [NOT_EMPTY]
    assert fresh(task).status == Status.FILLING


def test_nil_report_by_get_is_refused(enter):
    task = accepted()

    assert enter(filler(task.bureau)).get(url(task)).status_code == 405


def test_form_page_offers_it_and_keeps_what_was_written_meanwhile(enter):
    task = accepted()
    client = enter(filler(task.bureau))
    page = reverse("reports:form", args=[task.pk, 1])
    assert 'name="report_nil"' in client.get(page).content.decode()

    answer = client.post(page, {"revision": "0", "rows.0.c4": "刚写的文件", "report_nil": "1"})

    assert answer.status_code == 422
    assert NOT_EMPTY in answer.content.decode()
    assert "刚写的文件" in answer.content.decode()
    assert answer.context["revision"] == 1  # stored as a draft
    assert fresh(task).status == Status.FILLING


def test_form_page_reports_nil(enter):
    task = accepted()
    page = reverse("reports:form", args=[task.pk, 1])

    answer = enter(filler(task.bureau)).post(page, {"revision": "0", "report_nil": "1"})

    assert answer.url == f"/assignments/{task.pk}/"
    assert (fresh(task).status, fresh(task).is_nil) == (Status.REVIEW, True)
    assert Submission.objects.count() == 1
