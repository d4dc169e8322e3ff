"""Forms that were confirmed before a fuller copy of their notice came."""

import pytest
from django.urls import reverse

from reports.actions import schemas
from reports.filling.asked_forms import definition_of, proposed
from reports.filling.notice_forms import OUTDATED, forms_of_notice
from tasks.issuing.unconfirmed_forms import unconfirmed
from tests import factories
from tests.factories import NOW, fresh
from tests.tasks.merging import copies

pytestmark = pytest.mark.django_db


def confirmed(notice, number=1):
    by = factories.coordinator()
    schemas.confirm(notice, number, proposed(notice, number), now=NOW, by=by)
    return notice


def in_other_order() -> str:
    """The outline first, the table second."""
    head, table, outline = (
        copies.WHOLE[start:stop]
        for start, stop in zip(
            (0, copies.WHOLE.index("附件1\n"), copies.WHOLE.index("附件2\n")),
            (copies.WHOLE.index("附件1\n"), copies.WHOLE.index("附件2\n"), None),
            strict=True,
        )
    )
    head = head.replace("附件1", "附件X").replace("附件2", "附件1").replace("附件X", "附件2")
    one, two = "1.质量工作进展情况表", "2.质量工作年度总结提纲"
    head = head.replace(f"{one}\n\n{two}", f"1.{two[2:]}\n\n2.{one[2:]}")
    outline, table = outline.replace("附件2", "附件1", 1), table.replace("附件1", "附件2", 1)
    return f"{head}{outline.rstrip()}\n\n{table}"


@pytest.mark.parametrize("is_filed", [False, True])
def test_a_form_stays_with_its_attachment_where_the_copy_numbers_them_otherwise(is_filed):
    notice = confirmed(copies.filed() if is_filed else copies.came(copies.WHOLE))

    copies.merged(copies.came(in_other_order()))

    for one in fresh(notice).attachments.all():
        assert definition_of(notice, one.position).title == one.title
    asked = {one.deliverable: one.attachment_numbers for one in notice.clauses.reports()}
    assert (asked["质量工作进展情况"], asked["质量工作年度总结"]) == ("1", "2")
    assert not unconfirmed(fresh(notice), [1])


def test_a_form_that_the_copy_changed_is_looked_at_again_before_it_goes_out(client):
    notice = confirmed(copies.filed())
    client.force_login(factories.coordinator())

    copies.merged(copies.came(copies.WIDER))

    form, other = forms_of_notice(fresh(notice))
    assert (form.is_confirmed, form.doubts) == (False, [OUTDATED])
    assert (other.is_confirmed, other.doubts) == (True, [])
    assert [one.position for one in unconfirmed(fresh(notice), [1, 2])] == [1]
    page = reverse("reports:notice_forms", args=[notice.pk])
    assert OUTDATED in client.get(page).content.decode()

    client.post(reverse("reports:form_confirm", args=[notice.pk, 1]), {"seen": form.seen})

    form, _ = forms_of_notice(fresh(notice))
    assert (form.is_confirmed, form.doubts, form.schema.version) == (True, [], 1)


def test_a_form_of_which_the_copy_has_no_body_stays_confirmed():
    notice = confirmed(copies.filed())

    copies.merged(copies.came(copies.WHOLE[: copies.WHOLE.index("附件1\n\n质量")]))

    assert forms_of_notice(fresh(notice), 1)[0].is_confirmed
