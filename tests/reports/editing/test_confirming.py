from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from notices.actions import checking
from reports.actions import schemas, submissions
from reports.editing.draft import fields
from reports.editing.from_definition import draft_of
from reports.editing.to_definition import made
from reports.errors import ReportError
from reports.filling.asked_forms import definition_of, forms_of, proposed
from reports.models import FormSchema
from tasks.errors import NotYourPost
from tests import factories

pytestmark = pytest.mark.django_db
LATER = factories.NOW + timedelta(hours=1)


@pytest.fixture
def notice():
    return factories.filed_notice(factories.TEXT_APART)


def posted(definition, **changes):
    """What the page sends for this definition when 确认报表 is pressed, with some of it changed."""
    return dict(fields(draft_of(definition))) | {"do": "confirm", "base": "0"} | changes


def address(notice, number=1):
    return reverse("reports:schema", args=[notice.pk, number])


def test_confirmed_form_is_a_version_and_is_audited(notice):
    by = factories.coordinator()

    schema = schemas.confirm(notice, 1, proposed(notice, 1), now=LATER, by=by)

    assert (schema.version, schema.confirmed_at, schema.confirmed_by) == (1, LATER, by)
    assert definition_of(notice, 1) == proposed(notice, 1)
    assert AuditEvent.objects.about(schema).get().verb == "确认报表"


def test_confirming_the_same_form_again_makes_no_second_version(notice):
    for _ in range(2):
        schemas.confirm(notice, 1, proposed(notice, 1), now=LATER, by=factories.coordinator())

    assert FormSchema.objects.count() == 1


def test_changed_form_is_a_new_version_and_what_was_begun_stays(notice):
    task = factories.accept(factories.assignment(text=factories.TEXT_APART))
    filler = factories.staff(Role.FILLER, task.bureau)
    submissions.save(task, 1, {"foot": {"f1": "示例"}}, revision=0, now=LATER, by=filler)
    first = proposed(notice, 1)
    entries = draft_of(first).part("columns")
    shorter = [one | {"max_chars": "50"} if one["id"] == "c4" else one for one in entries]

    changed = made(draft_of(first).with_part("columns", shorter)).definition
    schemas.confirm(notice, 1, changed, now=LATER, by=factories.coordinator())

    assert FormSchema.objects.order_by("version").last().version == 2
    assert definition_of(notice, 1).row_columns()[0].max_chars == 50
    (form,) = forms_of(task)
    assert form.definition.row_columns()[0].max_chars is None


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FILLER])
def test_only_those_who_check_the_notice_confirm_its_forms(notice, role):
    other = factories.staff(role, factories.province())

    with pytest.raises(NotYourPost, match="不能确认报表"):
        schemas.confirm(notice, 1, proposed(notice, 1), now=LATER, by=other)

    assert not FormSchema.objects.exists()


def test_form_is_confirmed_while_the_notice_is_being_checked():
    unchecked, by = factories.notice(factories.TEXT_APART), factories.coordinator()

    schemas.confirm(unchecked, 1, proposed(unchecked, 1), now=LATER, by=by)

    confirmed = dict(unchecked.attachments.values_list("position", "form_confirmed_at"))
    assert confirmed == {1: LATER, 2: None}


def test_form_of_a_discarded_notice_is_not_confirmed():
    discarded, by = factories.notice(factories.TEXT_APART), factories.coordinator()
    checking.discard(discarded, reason="重复", now=LATER, by=by)

    with pytest.raises(ReportError, match="已作废"):
        schemas.confirm(discarded, 1, proposed(discarded, 1), now=LATER, by=by)

    assert not FormSchema.objects.exists()
    assert discarded.attachments.get(position=1).form_confirmed_at is None


def test_page_confirms_with_the_corrections(client, notice):
    client.force_login(factories.coordinator())
    first = proposed(notice, 1)
    place = next(name for name, value in posted(first).items() if value == "c4").removesuffix("id")

    shown = client.get(address(notice)).content.decode()
    done = client.post(address(notice), posted(first, **{f"{place}max_chars": "80"}))

    assert "待确认" in shown
    assert "出台贯彻落实文件情况" in shown
    assert done.url == reverse("tasks:notice_detail", args=[notice.pk])
    assert definition_of(notice, 1).row_columns()[0].max_chars == 80
    assert "已确认" in client.get(address(notice)).content.decode()


def test_page_sets_the_limit_of_an_outline(client, notice):
    client.force_login(factories.coordinator())

    client.post(address(notice, 2), posted(proposed(notice, 2), max_chars="2500"))

    assert definition_of(notice, 2).max_chars == 2500


def test_page_tells_a_bad_limit_and_stores_nothing(client, notice):
    client.force_login(factories.coordinator())

    told = client.post(address(notice, 2), posted(proposed(notice, 2), max_chars="0"))

    assert told.status_code == 422
    assert "字数上限应大于0" in told.content.decode()
    assert not FormSchema.objects.exists()


def test_attachment_that_is_no_form_has_no_page(client, notice):
    client.force_login(factories.coordinator())

    assert client.get(address(notice, 9)).status_code == 404
