"""The tab 报表: each form as the bureaus will see it; without 确认此表 it does not go out."""

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from reports.actions import schemas
from reports.editing.draft import fields
from reports.editing.from_definition import draft_of
from reports.filling.asked_forms import proposed
from reports.models import FormSchema
from tests import factories
from tests.reports.tables import CASES, by_name

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(client):
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def notice():
    """Being checked."""
    return factories.notice(factories.TEXT_APART)


def page(notice):
    return reverse("reports:notice_forms", args=[notice.pk])


def one(notice, number=1):
    return reverse("reports:form_confirm", args=[notice.pk, number])


def seen(client, notice, number=1):
    return {"seen": shown(client, notice)[number].form.seen}


def shown(client, notice):
    forms = client.get(page(notice)).context["forms"]
    return {each.form.attachment.position: each for each in forms}


def confirmed(notice):
    found = notice.attachments.exclude(form_confirmed_at=None)
    return list(found.values_list("position", flat=True))


def test_forms_are_shown_as_the_bureaus_will_see_them_without_ids(desk, notice):
    html = desk.get(page(notice)).content.decode()

    assert 'colspan="3">出台贯彻落实文件情况' in html
    assert "质量工作年度总结提纲" in html
    assert "specimen-ids" not in html
    assert html.count("待确认") >= 2


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_every_real_table_is_shown_whole(desk, notice, case):
    schemas.confirm(notice, 1, case.definition, now=factories.NOW, by=factories.coordinator())

    html = desk.get(page(notice)).content.decode()

    labels = [leaf.label for leaf in case.definition.leaf_columns()]
    assert [label for label in labels if label and label not in html] == []


def test_check_page_has_the_tab_and_says_where_the_forms_are(desk, notice):
    html = desk.get(reverse("notices:check", args=[notice.pk])).content.decode()

    assert 'href="#forms"' in html
    assert f'hx-get="{page(notice)}"' in html
    assert f'<a href="{page(notice)}" target="_blank"' in html  # without scripts


def test_form_is_confirmed_as_it_was_looked_at(desk, notice):
    answer = desk.post(one(notice), seen(desk, notice))

    assert answer.url == f"{page(notice)}#form-1"
    assert confirmed(notice) == [1]
    stored = FormSchema.objects.get()
    assert stored.definition == proposed(notice, 1)
    assert stored.confirmed_by == factories.coordinator()
    assert AuditEvent.objects.filter(verb="确认报表").count() == 1


def test_htmx_gets_the_form_back_as_confirmed(desk, notice):
    html = desk.post(one(notice), seen(desk, notice), headers=HTMX).content.decode()

    assert "已确认" in html
    assert "确认此表" not in html
    assert "<html" not in html


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_form_that_was_changed_meanwhile_is_not_confirmed_unseen(desk, notice, headers):
    old, by = seen(desk, notice), factories.coordinator()
    schemas.confirm(notice, 1, CASES[0].definition, now=factories.NOW, by=by)

    answer = desk.post(one(notice), old, headers=headers, follow=True)

    assert "报表刚刚被改动过" in answer.content.decode()
    assert FormSchema.objects.get().definition == CASES[0].definition


def test_post_without_having_seen_anything_confirms_nothing(desk, notice):
    desk.post(one(notice))

    assert confirmed(notice) == []


def test_editing_the_form_while_checking_confirms_it_and_leads_back(desk, notice):
    address = reverse("reports:schema", args=[notice.pk, 1])
    typed = dict(fields(draft_of(proposed(notice, 1)))) | {"do": "confirm", "base": "0"}

    answer = desk.post(address, typed)

    assert answer.url == page(notice)
    assert confirmed(notice) == [1]


def test_attachment_that_is_no_form_is_not_found(desk, notice):
    assert desk.get(one(notice, 9)).status_code == 404
    assert desk.post(one(notice, 0)).status_code == 404


def test_notice_without_forms_says_so(desk):
    plain = factories.notice(factories.TEXT.replace("附件1\n", "").split("附件：")[0])

    assert "原文没有要填的附件表" in desk.get(page(plain)).content.decode()


def test_who_only_reads_the_notice_sees_the_forms_and_no_button(client):
    task = factories.assignment(text=factories.TEXT_APART)
    client.force_login(factories.staff(Role.FILLER, task.bureau))
    notice = task.obligation.notice
    notice.attachments.update(form_confirmed_at=None)

    assert "确认此表" not in client.get(page(notice)).content.decode()
    assert client.post(one(notice), seen(client, notice)).status_code == 403
    assert confirmed(notice) == []


@pytest.mark.parametrize("count", [1, 50])
def test_page_takes_the_same_queries_for_one_form_and_for_fifty(
    desk, notice, django_assert_num_queries, count
):
    first = notice.attachments.get(position=1)
    notice.attachments.exclude(position=1).delete()
    for number in range(2, count + 1):
        first.pk, first.position = None, number
        first.save()
        if number % 2:
            schemas.confirm(
                notice, number, CASES[0].definition, now=factories.NOW, by=factories.coordinator()
            )

    with django_assert_num_queries(10):
        answer = desk.get(page(notice), headers=HTMX)

    assert len(answer.context["forms"]) == count
