"""下发 stops where a form is 待确认, and shows it there."""

import re

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
HTMX = {"HX-Request": "true"}


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
    assert f'hx-get="{reverse("reports:form_confirm", args=[notice.pk, 1])}?at=issue"' in html
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


def with_forms(notice) -> str:
    return reverse("reports:forms_issue", args=[notice.pk])


def seen(client, notice, *numbers) -> dict:
    """What the page takes along of the forms it has shown."""
    found = {}
    for number in numbers:
        address = reverse("reports:form_confirm", args=[notice.pk, number])
        html = client.get(f"{address}?at=issue", headers=HTMX).content.decode()
        name, value = re.search(r'form="issue" name="([^"]*)" value="([^"]*)"', html).groups()
        found[name] = value
    return found


def test_forms_that_the_page_showed_are_confirmed_as_it_goes_out(client, notice):
    factories.province()
    client.force_login(factories.coordinator())
    page = client.get(url(notice))
    assert f'action="{with_forms(notice)}"' in page.content.decode()

    answer = client.post(with_forms(notice), filled_in(page) | seen(client, notice, 1, 2))

    assert answer.status_code == 302
    assert Assignment.objects.count() == 3
    assert not notice.attachments.filter(form_confirmed_at=None).exists()


def test_form_that_was_not_shown_still_stops_it(client, notice):
    factories.province()
    client.force_login(factories.coordinator())
    typed = filled_in(client.get(url(notice))) | seen(client, notice, 1)

    answer = client.post(with_forms(notice), typed)

    assert answer.status_code == 422
    assert "附件2“质量工作年度总结提纲”的报表待确认" in answer.content.decode()
    assert not Assignment.objects.exists()


def test_form_that_was_changed_meanwhile_is_not_confirmed_unseen(client, notice):
    factories.province()
    client.force_login(factories.coordinator())
    typed = filled_in(client.get(url(notice))) | seen(client, notice, 1, 2)
    typed["seen-1"] = "0" * 16

    answer = client.post(with_forms(notice), typed)

    assert answer.status_code == 422
    assert "报表刚刚被改动过" in answer.content.decode()
    assert not Assignment.objects.exists()


def test_button_that_only_goes_over_the_dates_confirms_no_form(client, notice):
    factories.province()
    client.force_login(factories.coordinator())
    page = client.get(url(notice))
    clause = page.context["previews"][0].clause

    client.post(
        with_forms(notice), filled_in(page, add_date=clause.pk) | seen(client, notice, 1, 2)
    )

    assert notice.attachments.filter(form_confirmed_at=None).count() == 2


def test_form_with_doubts_is_confirmed_by_itself_alone(client, notice, monkeypatch):
    client.force_login(factories.coordinator())
    monkeypatch.setattr("reports.filling.notice_forms.doubts_of", lambda attachment: ["请看表头"])

    html = client.get(
        reverse("reports:form_confirm", args=[notice.pk, 1]), {"at": "issue"}, headers=HTMX
    ).content.decode()

    assert "请看表头" in html
    assert 'form="issue"' not in html


def test_coming_back_to_the_address_leads_to_the_page(client, notice):
    client.force_login(factories.coordinator())

    assert client.get(with_forms(notice)).url == url(notice)
