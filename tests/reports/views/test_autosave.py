import json
from datetime import timedelta

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from reports.actions import handing_in
from reports.errors import FormIncomplete
from reports.models import Submission
from tasks.states import Status
from tests import factories
from tests.factories import NOW, fresh
from tests.reports.importing import asked, stored
from tests.reports.tables import BY_NUMBER
from tests.reports.written import accepted, filler, outline, save, table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW + timedelta(hours=4, minutes=32), tick=False)


@pytest.fixture
def task():
    return accepted()


@pytest.fixture
def post(client):
    """Posts to the autosave of a form as its filler."""

    def go(task, fields, number=1):
        client.force_login(filler(task.bureau))
        answer = client.post(f"/assignments/{task.pk}/forms/{number}/autosave/", fields)
        return answer.status_code, answer.json()

    return go


def test_what_was_written_is_stored_and_the_page_told_when(post, task):
    status, told = post(task, {"revision": "0", "unit.c2": "批示一次"})

    assert (status, told["state"], told["said"], told["revision"]) == (
        200,
        "saved",
        "已保存 14:02",
        1,
    )
    assert stored(task)["unit"]["c2"] == "批示一次"
    assert json.loads(told["base"]) == stored(task)
    assert fresh(task).status == Status.FILLING


def test_nothing_is_written_where_nothing_changed(post, task):
    save(task, table())
    events = AuditEvent.objects.count()
    fields = {f"unit.{id_}": text for id_, text in table()["unit"].items()}
    fields |= {f"rows.0.{id_}": text for id_, text in table()["rows"][0].items()}

    status, told = post(task, fields | {"foot.f1": table()["foot"]["f1"], "revision": "1"})

    assert (status, told["revision"], told["said"]) == (200, 1, "已保存 12:30")
    assert (Submission.objects.get().revision, AuditEvent.objects.count()) == (1, events)


def test_blank_form_begins_nothing(post, task):
    assert post(task, {"revision": "0"})[1]["said"] == "已保存"
    assert not Submission.objects.exists()
    assert fresh(task).status == Status.ACCEPTED


def test_wrong_cell_is_kept_and_named_as_the_page_numbers_it(post):
    task = asked(BY_NUMBER[16].definition)
    fields = {"rows.0.n": " ", "rows.1.region": "北京", "rows.1.n": "3", "rows.3.n": "约5"}

    status, told = post(task, {"revision": "0", **fields})

    assert (status, told["state"]) == (200, "saved")
    (wrong,) = [one for one in told["problems"] if not one["missing"]]
    assert (wrong["id"], wrong["place"], wrong["level"]) == ("rows-2-n", "第3行 备案数量", "error")
    assert "不能填“约5”" in wrong["message"]
    assert {one["id"] for one in told["problems"] if one["missing"]} >= {
        "rows-1-office",
        "head-month",
    }
    assert stored(task)["rows"][1]["n"] == "约5"


def test_control_character_is_named_and_nothing_stored(post, task):
    status, told = post(task, {"revision": "0", "rows.0.c4": "文件\x00"})

    assert (status, told["state"]) == (422, "refused")
    assert told["said"] == "填写内容有误，没有存入，请按提示改正"
    (wrong,) = [one for one in told["problems"] if not one["missing"]]
    assert wrong["id"] == "rows-0-c4"
    assert not Submission.objects.exists()


def test_figures_that_do_not_agree_yet_are_kept_and_named_until_handing_in(post):
    task = asked(BY_NUMBER[4].definition)
    fields = {"items.r2.quick": "400", "items.r3.quick": "401"}

    status, told = post(task, {"revision": "0", **fields})

    assert (status, told["state"]) == (200, "saved")
    assert stored(task)["items"]["r3"]["quick"] == "401"
    said = [one["message"] for one in told["problems"] if not one["missing"]]
    assert len(said) == 1
    assert "合格批次是监测批次的一部分" in said[0]
    with pytest.raises(FormIncomplete) as refused:
        handing_in.hand_in(task, now=NOW, by=filler(task.bureau))
    assert said[0] in [one.message_zh for one in refused.value.problems[1]]


def test_computed_cells_and_totals_come_from_the_server(post):
    case = BY_NUMBER[10]
    task = asked(case.definition)

    _, told = post(task, {"revision": "0", "items.r1.now": "1,200", "items.r2.now": "30"})

    assert told["computed"]["items-r3-now"] == "1230"
    assert told["computed"]["items-r3-before"] == ""


def test_total_counts_what_is_on_the_page(post):
    task = asked(BY_NUMBER[16].definition)

    _, told = post(task, {"revision": "0", "rows.0.n": "", "rows.1.n": "5", "rows.2.n": "7"})

    assert told["computed"]["total-n"] == "12"


def test_other_writer_is_named_and_nothing_overwritten(post, task):
    save(task, table(unit={"c2": "甲写的"}))

    status, told = post(task, {"revision": "0", "unit.c2": "乙写的"})

    assert (status, told["state"]) == (409, "conflict")
    assert told["said"] == "测试填报人已于12:30保存过新内容"
    assert stored(task)["unit"]["c2"] == "甲写的"


def test_form_that_was_handed_in_is_closed(post, task):
    save(task, table())
    handing_in.hand_in(task, now=NOW, by=filler(task.bureau))

    status, told = post(task, {"revision": "1", "unit.c2": "改写"})

    assert (status, told["state"]) == (422, "closed")
    assert told["said"] == "任务当前为“待审核”，不能修改填报内容"
    assert stored(task)["unit"]["c2"] == "省领导作出批示"


def test_field_that_the_form_does_not_have_is_refused(post, task):
    status, told = post(task, {"revision": "0", "unit.c99": "x"})

    assert (status, told["state"]) == (422, "closed")
    assert "本报表没有的项目c99" in told["said"]


def test_outline_is_saved_too(post):
    task = accepted(number="2", text=factories.TEXT_APART)
    save(task, outline("学习"), number=2)

    _, told = post(task, {"revision": "1", "sections.s1": "学习两次，2026年3月"}, 2)

    assert (told["revision"], told["computed"]) == (2, {})
    assert stored(task, 2)["sections"]["s1"] == "学习两次，2026年3月"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REVIEWER, Role.APPROVER])
def test_who_may_not_write_is_refused(client, task, role):
    client.force_login(factories.staff(role, task.bureau))

    answer = client.post(
        f"/assignments/{task.pk}/forms/1/autosave/", {"revision": "0", "unit.c2": "x"}
    )

    assert answer.status_code == 403
    assert not Submission.objects.exists()


@pytest.mark.parametrize("number", [0, 2, 99])
def test_form_that_is_not_asked_for_is_not_found(client, task, number):
    client.force_login(filler(task.bureau))

    assert client.post(f"/assignments/{task.pk}/forms/{number}/autosave/").status_code == 404


def test_other_bureaus_task_is_not_found(client, task):
    client.force_login(filler(factories.province("320000", "江苏省")))

    assert client.post(f"/assignments/{task.pk}/forms/1/autosave/").status_code == 404
