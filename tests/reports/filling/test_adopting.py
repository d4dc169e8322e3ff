"""A form is corrected while bureaus fill it in: drafts go over, reports stay on their version."""

from dataclasses import replace

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from reports.actions import adopting, handing_in, schemas
from reports.errors import FormOutdated, ReportError, SavedByAnother
from reports.filling.asked_forms import proposed
from reports.models import Submission
from tests import factories
from tests.factories import fresh
from tests.reports.written import NOW, accepted, filler, reported, save, table

pytestmark = pytest.mark.django_db


def without_c2(definition):
    """The corrected form: the column of instructions is gone, another is new."""
    columns = [column for column in definition.columns if column.id != "c2"]
    fresh_one = replace(columns[1], id="c20", label="新增情况", required=False)
    return replace(definition, columns=(*columns, fresh_one))


def correct(task):
    notice = task.obligation.notice
    return schemas.confirm(
        notice, 1, without_c2(proposed(notice, 1)), now=NOW, by=factories.coordinator()
    )


@pytest.fixture
def task():
    return accepted()


@pytest.fixture
def drafted(task):
    save(task, table())
    correct(task)
    return task


def adopt(task, revision=1):
    return adopting.adopt(task, 1, revision=revision, now=NOW, by=filler(task.bureau))


def page(task):
    return reverse("reports:form_adopt", args=[task.pk, 1])


def test_draft_goes_over_and_what_has_no_place_is_kept_beside_it(drafted):
    submission = adopt(drafted)

    assert submission.schema.version == 2
    assert submission.revision == 2
    assert submission.content["rows"][0]["c4"] == "示例文件1"
    assert submission.content["unit"]["c3"] == "专题学习2次"
    assert "c2" not in submission.content["unit"]
    assert submission.left_over == [{"label": "领导同志批示情况", "text": "省领导作出批示"}]
    event = AuditEvent.objects.about(drafted).filter(verb="换用新表").get()
    assert event.detail == {"attachment": 1, "from": 1, "to": 2, "left": 1}


def test_somebody_elses_save_is_not_overwritten(drafted):
    with pytest.raises(SavedByAnother):
        adopt(drafted, revision=9)

    assert Submission.objects.get().schema.version == 1


def test_latest_form_is_not_changed(task):
    save(task, table())

    with pytest.raises(ReportError, match="已是最新的一版"):
        adopt(task)


def test_outsider_does_not_change_the_form(drafted):
    other = factories.staff(Role.FILLER, factories.province("320000", "江苏省"))

    with pytest.raises(Exception, match="没有“填报”权限"):
        adopting.adopt(drafted, 1, revision=1, now=NOW, by=other)


def test_first_report_is_handed_in_on_the_corrected_form_only(drafted):
    by = filler(drafted.bureau)

    with pytest.raises(FormOutdated, match="附件1的报表已更正为第2版，请先换用新表"):
        handing_in.hand_in(drafted, now=NOW, by=by)

    adopt(drafted)
    assert handing_in.hand_in(fresh(drafted), now=NOW, by=by).status == "review"


def test_same_form_confirmed_again_holds_nobody_up(task):
    save(task, table())
    notice = task.obligation.notice
    schemas.confirm(notice, 1, proposed(notice, 1), now=NOW, by=factories.coordinator())

    assert handing_in.hand_in(task, now=NOW, by=filler(task.bureau)).status == "review"


def test_bureau_that_has_reported_keeps_its_version_and_may_mend_on_it():
    task = reported(factories.assignment(), table())
    correct(task)
    factories.walk(task, "return_")
    save(fresh(task), table(documents=2), revision=1)

    done = handing_in.hand_in(fresh(task), now=NOW, by=filler(task.bureau))

    assert done.status == "review"
    assert Submission.objects.get().schema.version == 1


def test_filler_is_told_sees_what_is_left_and_puts_it_away(client, drafted):
    client.force_login(filler(drafted.bureau))
    form = reverse("reports:form", args=[drafted.pk, 1])

    told = client.get(form).content.decode()
    shown = client.get(page(drafted)).content.decode()
    done = client.post(page(drafted), {"revision": "1"}, follow=True).content.decode()

    assert "本表已更正为第2版" in told
    assert "请换用新表后再提交审核" in told
    assert "这些内容在新表中没有位置（1 处）" in shown
    assert "省领导作出批示" in shown
    assert "已换用第2版，原内容按栏目保留，有1处内容在新表中没有位置" in done
    assert "省领导作出批示" in done
    assert "本表已更正" not in done
    client.post(page(drafted), {"put_away": "1"})
    assert "省领导作出批示" not in client.get(form).content.decode()
    assert AuditEvent.objects.about(drafted).filter(verb="清理换表余留").count() == 1


def test_refused_change_is_told(client, drafted):
    client.force_login(filler(drafted.bureau))

    told = client.post(page(drafted), {"revision": "7"}, follow=True).content.decode()

    assert "该表已被他人保存过新内容" in told


def test_handing_in_the_old_form_is_refused_on_the_page_and_nothing_is_lost(client, drafted):
    client.force_login(filler(drafted.bureau))
    posted = {"revision": "1", "unit.c2": "又一次批示", "rows.0.c4": "文件", "hand_in": "1"}

    answer = client.post(reverse("reports:form", args=[drafted.pk, 1]), posted)

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "附件1的报表已更正为第2版，请先换用新表，再提交审核" in html
    assert "又一次批示" in html
    assert 'name="revision" value="2"' in html


def test_page_without_a_newer_form_leads_back(client, task):
    client.force_login(filler(task.bureau))
    save(task, table())

    assert client.get(page(task)).status_code == 302


def test_those_above_do_not_see_the_draft_there(client, drafted):
    client.force_login(factories.coordinator())

    assert client.get(page(drafted)).status_code == 302


def test_page_of_the_task_says_which_form_was_changed_for_which(client, drafted):
    adopt(drafted)
    client.force_login(filler(drafted.bureau))

    text = client.get(reverse("tasks:assignment_detail", args=[drafted.pk])).content.decode()

    assert "由第1版报表换为第2版" in text
