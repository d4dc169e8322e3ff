"""提醒送达证明: what the ledger of reminders holds, on the page and as a workbook."""

from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from audit import verification
from audit.models import AuditEvent, Chain
from bureaus.models import Staff
from bureaus.roles import Role
from reports.exports import proof_sheet
from tasks.actions import amending
from tasks.models import Delivery
from tasks.reminders.actions import ticking, urging
from tests import factories
from tests.factories import NOW, RUNGS

pytestmark = pytest.mark.django_db

LATER = factories.DUE_ON + timedelta(days=30)


@pytest.fixture
def office(client, time_machine):
    time_machine.move_to(RUNGS["T-1"], tick=False)
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def task(office):
    """Reminded once, urged once, given another deadline, of which the first rung has come."""
    made = factories.assignment()
    factories.staff(Role.FILLER, made.bureau)
    ticking.tick(RUNGS["T-10"])
    Staff.objects.filter(username="330000.filler").update(email="")
    urging.urge(made, note="请抓紧", now=RUNGS["T-5"], by=factories.coordinator())
    amending.amend(
        made.obligation, LATER, reason="示例", now=RUNGS["T-5"], by=factories.coordinator()
    )
    ticking.tick(RUNGS["T-5"])
    return made


def sheet_of(answer):
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.content)).active


def test_page_tells_who_was_told_on_which_deadline_and_how_it_went(office, task):
    answer = office.get(f"/assignments/{task.pk}/reminders/")

    told = {(one.rung, one.version): one for one in answer.context["tellings"]}
    first, urge = told["提前10个工作日", 1], told["催办", 1]
    assert (first.state, first.due_at) == ("已提醒", task.due_at)
    assert {one.state for one in first.deliveries} == {"sent"}
    assert urge.sheet == "催办〔2026〕1号"
    assert [one.state for one in urge.deliveries if one.channel == "email"] == ["failed"]
    assert told["提前5个工作日", 1].state == "已失效"
    assert told["提前10个工作日", 2].due_at.date().isoformat() == "2026-04-30"
    page = answer.content.decode()
    assert "质量工作进展情况（国市监测〔2026〕1号）</span>" in page  # the trail is not printed
    assert "未送达 1 次" in page
    assert "330000.filler@example.test" in page


def test_moment_that_found_nobody_says_so(office):
    """Nobody at the bureau, and on that day nobody above either."""
    made = factories.assignment()
    Staff.objects.update(is_active=False)
    ticking.tick(RUNGS["T-10"])
    Staff.objects.update(is_active=True)

    answer = office.get(f"/assignments/{made.pk}/reminders/")

    assert answer.context["tellings"][0].state == "到时无人可提醒"


def test_sheet_has_a_row_for_every_delivery_and_every_moment_without_one(office, task):
    sheet = sheet_of(office.get(f"/assignments/{task.pk}/reminders.xlsx"))

    values = list(sheet.values)
    head = next(index for index, row in enumerate(values) if row[0] == "序号")
    rows = [row for row in values[head + 1 :] if row[0] is not None]
    silent = task.milestones.filter(deliveries=None).count()
    assert len(rows) == Delivery.objects.count() + silent
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    urged = [row for row in rows if row[2] == "催办（催办〔2026〕1号）" and row[8] == "电子邮件"]
    assert [(row[4], row[7], row[9], row[10]) for row in urged] == [
        (1, "测试填报人", "未登记", "发送失败")
    ]
    assert {row[9] for row in rows if row[8] == "站内消息"} == {None}
    assert "邮箱" in urged[0][13]


def test_sheet_names_the_heads_of_the_chains_and_the_audit_its_digest(office, task):
    answer = office.get(f"/assignments/{task.pk}/reminders.xlsx")

    lines = [row[0] for row in list(sheet_of(answer).values)[:8]]
    event = AuditEvent.objects.get(verb="导出提醒送达证明")
    assert f"内容摘要（SHA-256）：{event.detail['sha256']}" in lines
    head = Chain.objects.get(name="100000")
    assert (head.length, head.tip) == (event.position, event.own_hash)
    assert f"审计链到此为止的校验码：市场监管总局（100000）第{head.length}条　{head.tip}" in lines
    assert list(verification.faults()) == []


def test_digest_is_over_the_rows_of_the_sheet(office, task):
    found = proof_sheet.rows(task)
    named, rows = proof_sheet.read_back(
        office.get(f"/assignments/{task.pk}/reminders.xlsx").content
    )

    assert len(rows) == len(found)
    assert named == proof_sheet.digest(rows) == proof_sheet.digest(found)
    Delivery.objects.filter(state="sent").update(attempts=9)
    assert proof_sheet.digest(proof_sheet.rows(task)) != proof_sheet.digest(found)


def verify(data: bytes, tmp_path) -> str:
    path, out = tmp_path / "证明.xlsx", StringIO()
    path.write_bytes(data)
    call_command("verify_reminders", str(path), stdout=out)
    return out.getvalue()


def test_file_that_nobody_touched_is_confirmed_with_the_event_that_names_it(office, task, tmp_path):
    said = verify(office.get(f"/assignments/{task.pk}/reminders.xlsx").content, tmp_path)

    assert "内容与摘要一致" in said
    assert "2026-03-27 09:00由" in said
    assert "测试收文管理" in said


def test_file_of_the_time_when_two_columns_were_called_otherwise_is_confirmed(
    office, task, tmp_path
):
    book = load_workbook(BytesIO(office.get(f"/assignments/{task.pk}/reminders.xlsx").content))
    heads = [cell for row in book.active for cell in row if cell.value in proof_sheet.ONCE]
    for cell in heads:
        cell.value = proof_sheet.ONCE[cell.value]
    older = BytesIO()
    book.save(older)

    assert len(heads) == 2
    assert "内容与摘要一致" in verify(older.getvalue(), tmp_path)


def test_changed_cell_is_found(office, task, tmp_path):
    book = load_workbook(BytesIO(office.get(f"/assignments/{task.pk}/reminders.xlsx").content))
    cell = next(cell for row in book.active for cell in row if cell.value == "发送失败")
    cell.value = "已发送"
    changed = BytesIO()
    book.save(changed)

    with pytest.raises(CommandError, match="内容与摘要不一致"):
        verify(changed.getvalue(), tmp_path)


def test_digest_that_no_export_has_made_is_found(office, task, tmp_path):
    """Rows made up together with a digest of their own: the audit does not know it."""
    found = proof_sheet.rows(task)
    found[0][1] = None
    by = factories.coordinator()
    forged = proof_sheet.workbook(task, found, now=NOW, by=by)

    with pytest.raises(CommandError, match="审计中没有"):
        verify(forged, tmp_path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello"])
def test_other_file_is_refused_in_words(data, tmp_path):
    with pytest.raises(CommandError, match="不是提醒送达证明"):
        verify(data, tmp_path)


def test_task_without_a_deadline_has_its_review_day_alone(office):
    task = factories.assignment(number="")

    answer = office.get(f"/assignments/{task.pk}/reminders/")

    found = [(one.rung, one.audience) for one in answer.context["tellings"]]
    assert found == [
        ("复核日，没有截止时间，请看一看进展", "承办人"),
        ("复核日，告知下发单位", "下发单位"),
    ]
    assert sheet_of(office.get(f"/assignments/{task.pk}/reminders.xlsx"))


def test_task_of_which_nobody_was_to_be_told_says_so(office):
    task = factories.assignment(number="")
    task.milestones.all().delete()

    assert "没有提醒。" in office.get(f"/assignments/{task.pk}/reminders/").content.decode()


def test_long_list_is_paged_and_takes_the_same_queries(office, django_assert_num_queries):
    task = factories.assignment()
    factories.staff(Role.FILLER, task.bureau)
    url = f"/assignments/{task.pk}/reminders/"
    ticking.tick(RUNGS["T-10"])
    with django_assert_num_queries(13):
        assert len(office.get(url).context["tellings"]) == 10

    for day in range(60):
        urging.urge(task, now=NOW + timedelta(days=day), by=factories.coordinator())
    with django_assert_num_queries(8):
        assert len(office.get(url).context["tellings"]) == 50
    assert len(office.get(f"{url}?page=2").context["tellings"]) == 20
