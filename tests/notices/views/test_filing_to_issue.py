"""确认入库并下发 files the notice and leads to the page where it is issued."""

import pytest
from django.urls import reverse

from bureaus.models import Staff
from tests import factories
from tests.notices.views.test_check import as_shown, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(client):
    client.force_login(factories.coordinator())
    return factories.notice()


def test_filing_can_lead_straight_to_the_issue_page(client, notice):
    typed = as_shown(client.get(url(notice)), issue_next="1")

    answer = client.post(url(notice), typed, follow=True)

    assert answer.redirect_chain == [(reverse("tasks:issue", args=[notice.pk]), 302)]
    assert "已核对入库，请核对接收单位后下发" in answer.content.decode()
    assert factories.fresh(notice).state == "filed"
    assert not notice.obligations.exists()  # what goes out is decided there


def test_what_has_nothing_to_be_issued_leads_to_its_own_page(client, notice):
    typed = as_shown(client.get(url(notice)), decision="no", issue_next="1")

    answer = client.post(url(notice), typed, follow=True)

    assert answer.redirect_chain == [(reverse("tasks:notice_detail", args=[notice.pk]), 302)]
    assert "没有确认的报送事项，不用下发" in answer.content.decode()


def test_one_who_may_not_issue_is_led_to_no_page_that_refuses(client, notice, monkeypatch):
    held = Staff.may
    monkeypatch.setattr(
        Staff, "may", lambda self, what, **at: what != "issue" and held(self, what, **at)
    )
    page = client.get(url(notice))
    assert 'name="issue_next"' not in page.content.decode()

    answer = client.post(url(notice), as_shown(page, issue_next="1"), follow=True)

    assert answer.redirect_chain == [(reverse("tasks:notice_detail", args=[notice.pk]), 302)]
    assert "您没有“下发”权限" in answer.content.decode()
