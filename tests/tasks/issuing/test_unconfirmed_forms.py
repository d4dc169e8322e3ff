"""下发 stops where a form is 待确认, and shows it there."""

import pytest
from django.urls import reverse

from reports.actions import schemas
from reports.filling.asked_forms import proposed
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.errors import IssueRefused
from tasks.models import Assignment, Obligation
from tasks.scheduling.dates import dates_of
from tests import factories
from tests.tasks.issue_page import filled_in, url

pytestmark = pytest.mark.django_db
NOW = factories.NOW


@pytest.fixture
def notice():
    """Filed; nobody has looked at its forms."""
    filed = factories.filed_notice(factories.TEXT_APART)
    filed.attachments.update(form_confirmed_at=None)
    return filed


def issue(clause):
    return issuing.issue(
        clause,
        bureaus=[factories.province()],
        terms=Terms(dates_of(clause)),
        now=NOW,
        by=factories.coordinator(),
    )


def confirm(notice, number):
    by = factories.coordinator()
    return schemas.confirm(notice, number, proposed(notice, number), now=NOW, by=by)


def test_clause_with_an_unconfirmed_form_is_refused_by_its_name(notice):
    with pytest.raises(IssueRefused, match="附件1“质量工作进展情况表”的报表待确认"):
        issue(notice.clauses.get(attachment_numbers="1"))

    assert not Obligation.objects.exists()


def test_it_goes_out_once_its_form_is_confirmed(notice):
    confirm(notice, 1)

    assert issue(notice.clauses.get(attachment_numbers="1")).pk


def test_form_of_another_clause_holds_nothing_up(notice):
    confirm(notice, 2)

    assert issue(notice.clauses.get(attachment_numbers="2")).pk
    with pytest.raises(IssueRefused):
        issue(notice.clauses.get(attachment_numbers="1"))


def test_clause_without_a_form_goes_out(notice):
    assert issue(notice.clauses.get(attachment_numbers="")).pk


def test_attachment_that_is_no_form_holds_nothing_up(notice):
    notice.attachments.filter(position=1).update(kind="prose")

    assert issue(notice.clauses.get(attachment_numbers="1")).pk


def test_page_stops_says_which_and_shows_it(client, notice):
    factories.province()
    client.force_login(factories.coordinator())

    answer = client.post(url(notice), filled_in(client.get(url(notice)), soon_workdays="5"))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "附件1“质量工作进展情况表”的报表待确认" in html
    assert f'hx-get="{reverse("reports:form_confirm", args=[notice.pk, 1])}"' in html
    assert 'value="5"' in html  # what was typed stays
    assert not Assignment.objects.exists()


def test_page_issues_after_the_forms_were_confirmed(client, notice):
    factories.province()
    client.force_login(factories.coordinator())
    typed = filled_in(client.get(url(notice)))
    client.post(url(notice), typed)
    confirm(notice, 1)
    confirm(notice, 2)

    answer = client.post(url(notice), typed)

    assert answer.status_code == 302
    assert Assignment.objects.count() == 3
    assert "待确认的报表" not in client.get(url(notice)).content.decode()
