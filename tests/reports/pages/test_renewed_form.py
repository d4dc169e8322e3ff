"""A form whose attachment came again with more columns, after bureaus had begun to fill it in."""

import pytest
from django.urls import reverse

from reports.editing.draft import fields
from reports.filling.asked_forms import definition_of, forms_of, newer_of
from reports.models import FormSchema
from tests import factories
from tests.reports.written import save, table
from tests.tasks.merging import copies

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def begun():
    """浙江 has begun on the narrow table; then the wider copy is taken over."""
    issued = factories.obligation(text=factories.TEXT_APART)
    task = factories.accept(issued.assignments.for_detail().get())
    save(task, table())
    copies.merged(copies.came(copies.WIDER))
    return task


def address(task):
    return reverse("reports:schema", args=[task.obligation.notice_id, 1])


def labels(definition):
    return [column.label for column in definition.leaf_columns()]


def test_form_in_use_stays_and_the_page_says_that_it_is_old(desk, begun):
    page = desk.get(address(begun))

    assert page.context["is_outdated"]
    assert 'href="?renewed"' in page.content.decode()
    assert "投入金额" not in labels(definition_of(begun.obligation.notice, 1))


def test_new_column_is_proposed_and_the_others_keep_their_ids(desk, begun):
    notice = begun.obligation.notice
    before = definition_of(notice, 1)

    page = desk.get(address(begun) + "?renewed")
    sent = dict(fields(page.context["draft"])) | {"do": "confirm", "base": page.context["base"]}
    confirmed = desk.post(address(begun), sent)

    assert confirmed.status_code == 302
    after = definition_of(notice, 1)
    assert labels(after) == [*labels(before), "投入金额"]
    assert [one.id for one in after.leaf_columns()][:-1] == [
        one.id for one in before.leaf_columns()
    ]
    assert not desk.get(address(begun)).context["is_outdated"]
    (form,) = forms_of(begun)
    assert newer_of(begun, form).carried.left == ()


def test_nothing_is_stored_before_it_is_confirmed(desk, begun):
    desk.get(address(begun) + "?renewed")

    assert FormSchema.objects.count() == 1


def test_same_table_in_the_new_copy_is_not_told(desk):
    issued = factories.obligation(text=factories.TEXT_APART)
    task = factories.accept(issued.assignments.for_detail().get())
    save(task, table())

    copies.merged(copies.came(copies.LATER))

    assert not desk.get(address(task)).context["is_outdated"]


def test_bureau_that_has_not_begun_gets_the_new_table():
    notice = factories.filed_notice(factories.TEXT_APART)

    copies.merged(copies.came(copies.WIDER))

    assert "投入金额" in labels(definition_of(notice, 1))
