"""The page 下发 of a bureau that passes a request on to those below it."""

import pytest

from bureaus.roles import Role
from tasks.models import Assignment, Obligation
from tests import factories
from tests.tasks.issue_page import TEXT, filled_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def province_notice():
    """What the 总局 asks, taken in by 浙江 to be sent on to its cities."""
    province = factories.province()
    factories.prefecture(province)
    text = TEXT.replace(factories.RECIPIENTS, "各市市场监管局")
    return factories.filed_notice(text, bureau=province)


@pytest.fixture
def province_office(enter):
    return enter(factories.staff(Role.COORDINATOR, factories.province()))


def test_bureau_says_why_before_it_passes_a_request_down(province_office, province_notice):
    shown = province_office.get(url(province_notice))

    response = province_office.post(url(province_notice), filled_in(shown))

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "is_needed": ["现有数据能满足的不要下发；确需下级报送的请勾选"],
        "need": ["请填写确需报送的理由"],
    }
    assert not Obligation.objects.exists()


def test_answer_is_kept_with_what_goes_out(province_office, province_notice):
    shown = province_office.get(url(province_notice))

    province_office.post(
        url(province_notice), filled_in(shown, is_needed="on", need="本级没有分市数据")
    )

    assert set(Obligation.objects.values_list("need", flat=True)) == {"本级没有分市数据"}


def test_own_notice_asks_no_such_question(province_office, province_notice):
    province_notice.issuers = "浙江省市场监督管理局"
    province_notice.save()

    form = province_office.get(url(province_notice)).context["form"]

    assert not {"need", "is_needed"} & form.fields.keys()


def test_central_office_is_not_asked(office, provinces):
    form = office.get(url(factories.filed_notice(TEXT))).context["form"]

    assert not {"need", "is_needed"} & form.fields.keys()


def test_bureau_that_was_sent_the_task_is_pointed_to_it(province_office, province_notice):
    assert province_office.get(url(province_notice)).context["received"] is None
    from_above = factories.filed_notice(TEXT)
    clause = from_above.clauses.get(attachment_numbers="1")
    data = {"clauses": [clause.pk], "bureaus": [factories.province().pk], "soon_workdays": "3"}
    province_office.force_login(factories.coordinator())
    province_office.post(url(from_above), data)
    province_office.force_login(factories.staff(Role.COORDINATOR, factories.province()))

    answer = province_office.get(url(province_notice))

    assert answer.context["received"] == Assignment.objects.get()
    assert "请优先在" in answer.content.decode()
