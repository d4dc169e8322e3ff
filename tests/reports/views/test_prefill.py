"""沿用以前填报的内容: earlier reports of one's own bureau, chosen piece by piece."""

import json
from datetime import timedelta

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from notices.models import Notice
from reports.actions import handing_in
from reports.filling.earlier_reports import DEED
from reports.models import Submission
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.scheduling.dates import dates_of
from tasks.states import Status
from tests import factories
from tests.factories import NOW, fresh
from tests.reports.written import filler, handed_in, outline, reported, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]

FEBRUARY, MARCH = "2026年2月", "2026年3月"


def issued(period="", *, text=factories.TEXT, number="1", bureau=None):
    """The assignment of one period of the clause that asks for this attachment."""
    known = Notice.objects.filter(body=text).first() or factories.filed_notice(text)
    clause = known.clauses.get(attachment_numbers=number)
    made = issuing.issue(
        clause,
        bureaus=[bureau or factories.province()],
        terms=Terms(dates_of(clause), period=period),
        now=NOW,
        by=factories.coordinator(),
    )
    return made.assignments.for_detail().get()


@pytest.fixture
def before():
    """What the bureau reported for February."""
    return reported(issued(FEBRUARY), table(documents=2, unit=UNIT))


UNIT = {"c2": "二月批示", "c3": "二月学习2次", "c7": "二月活动5场", "c8": "无"}


@pytest.fixture
def task(before):
    return factories.accept(issued(MARCH))


def url(task, what="earlier/", number=1) -> str:
    return f"/assignments/{task.pk}/forms/{number}/{what}"


def version(task):
    return task.submissions.get().versions.last()


def post(client, task, *keys, revision=0, before, **more):
    given = {"revision": revision, "from": version(before).pk, "take": keys} | more
    return client.post(url(task), given)


def content(task) -> dict:
    return Submission.objects.get(assignment=task).content


def test_form_says_what_was_reported_before_and_where_to_take_it_from(writer, task, before):
    text = writer.get(url(task, "")).content.decode()

    assert f"国市监测〔2026〕1号 {FEBRUARY}（2026-03-02，第1版）" in text
    assert f'href="{url(task)}"' in text


def test_page_shows_what_was_reported_with_its_source_beside_what_stands(writer, task, before):
    save(task, table(unit=UNIT | {"c2": "三月批示", "c7": ""}))

    answer = writer.get(url(task))

    text = answer.content.decode()
    assert f'href="/assignments/{before.pk}/forms/1/versions/1/">第1版</a>' in text
    assert "国市监测〔2026〕1号" in text
    assert FEBRUARY in text
    found = {one.key: one.standing.value for one in answer.context["found"]}
    assert found == {
        "unit.c2": "differs",
        "unit.c3": "same",
        "unit.c7": "blank",
        "unit.c8": "same",
        "rows.0": "same",
        "rows.1": "blank",
        "foot.f1": "same",
    }
    assert "选中后覆盖现在的内容" in text
    assert _is_checked(text, "unit.c7")
    assert not _is_checked(text, "unit.c2")


def _is_checked(text: str, key: str) -> bool:
    (line,) = [one for one in text.splitlines() if f'value="{key}"' in one]
    return line.split(f'value="{key}"')[1].split(">")[0].endswith(" checked")


def test_only_what_is_chosen_is_taken_and_says_where_it_came_from_until_the_next_save(
    writer, task, before
):
    answer = post(writer, task, "unit.c7", "rows.1", "foot.f1", before=before)

    assert (answer.status_code, answer.url) == (302, url(task, ""))
    written = content(task)
    assert written["unit"] == {"c2": "", "c3": "", "c7": "二月活动5场", "c8": ""}
    assert [row["c4"] for row in written["rows"]] == ["示例文件2"]
    assert written["foot"] == {"f1": "示例联系人 010-00000000"}
    assert fresh(task).status == Status.FILLING
    assert origins(writer.get(url(task, ""))) == {
        "unit.c7",
        "rows.0.c4",
        "rows.0.c5",
        "rows.0.c6",
        "foot.f1",
    }

    save(task, {**written, "unit": written["unit"] | {"c2": "三月批示"}}, revision=1)
    assert origins(writer.get(url(task, ""))) == set()


def test_page_of_the_task_says_which_report_was_taken_over(writer, task, before):
    post(writer, task, "unit.c7", before=before)

    text = writer.get(f"/assignments/{task.pk}/").content.decode()

    assert f"来自国市监测〔2026〕1号 {FEBRUARY}" in text


def origins(answer) -> set[str]:
    sheet = answer.context["sheet"]
    cells = [*sheet.head, *sheet.foot, *(cell for line in sheet.lines for cell in line)]
    marked = {cell.name for cell in cells if cell.origin}
    said = f"沿用自 国市监测〔2026〕1号 {FEBRUARY}</span>"
    assert answer.content.decode().count(said) == len(marked)
    return marked


def test_taking_is_one_event_that_names_the_source_what_was_taken_and_overwritten(
    writer, task, before
):
    save(task, table(unit=UNIT | {"c2": "三月批示", "c7": ""}))

    post(writer, task, "unit.c2", "unit.c7", "unit.c3", revision=1, before=before)

    event = AuditEvent.objects.about(task).get(verb=DEED)
    detail = json.loads(event.detail_json)
    assert detail["from"] == {
        "assignment": before.pk,
        "attachment": 1,
        "version": 1,
        "key": version(before).pk,
        "report": f"国市监测〔2026〕1号 {FEBRUARY}",
    }
    assert detail["taken"] == ["unit.c2", "unit.c7"]  # what stood already is not taken
    assert detail["overwritten"] == ["unit.c2"]
    assert content(task)["unit"]["c2"] == "二月批示"


def test_all_blank_ones_are_taken_at_once_and_nothing_is_overwritten(writer, task, before):
    save(task, table(documents=1, unit={"c2": "三月批示", "c3": "", "c7": "", "c8": ""}))

    post(writer, task, revision=1, before=before, all="1")

    assert content(task)["unit"] == UNIT | {"c2": "三月批示"}
    assert [row["c4"] for row in content(task)["rows"]] == ["示例文件1", "示例文件2"]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ((), "请至少选择一项要沿用的内容"),
        (("unit.c3",), "所选内容与现在填写的相同，没有变化"),
        (("unit.c99",), "所选内容与现在填写的相同，没有变化"),
    ],
)
def test_choice_that_changes_nothing_is_told(writer, task, before, keys, said):
    save(task, table(unit=UNIT))

    answer = post(writer, task, *keys, revision=1, before=before)

    assert (answer.status_code, answer.context["refusal"]) == (422, said)
    assert Submission.objects.get(assignment=task).revision == 1


def test_draft_that_somebody_saved_meanwhile_is_not_written_over(writer, task, before):
    save(task, table(unit=UNIT | {"c2": "他人所写"}))

    answer = post(writer, task, "unit.c2", revision=0, before=before)

    assert answer.status_code == 422
    assert "该表已被他人保存过新内容" in answer.content.decode()
    assert content(task)["unit"]["c2"] == "他人所写"


@pytest.mark.parametrize("given", ["", "x", "0", "9" * 30])
def test_source_that_is_none_is_told(writer, task, before, given):
    answer = writer.post(url(task), {"revision": "0", "from": given, "take": "unit.c2"})

    assert answer.status_code == 422
    assert "已不能沿用，请刷新页面后重新选择" in answer.content.decode()
    assert not Submission.objects.filter(assignment=task).exists()


def test_what_another_bureau_reported_cannot_be_taken(writer, task, before):
    shanghai = factories.province("310000", "上海市")
    text = factories.TEXT.replace("〔2026〕1号", "〔2026〕3号")
    theirs = reported(issued(text=text, bureau=shanghai), table())

    answer = post(writer, task, "unit.c2", before=theirs)

    assert answer.status_code == 422
    assert not Submission.objects.filter(assignment=task).exists()


def test_drafts_of_others_and_what_never_left_the_bureau_are_no_source(client):
    handed_in(issued(FEBRUARY), table())  # waits for review
    task = factories.accept(issued(MARCH))
    client.force_login(filler(task.bureau))

    answer = client.get(url(task), follow=True)

    assert "没有报送过相同或相近的报表" in answer.content.decode()
    assert client.get(url(task, "")).context["earlier"] == []


def test_nil_report_is_no_source(client):
    before = factories.accept(issued(FEBRUARY))
    handing_in.hand_in_nil(before, now=NOW, by=filler(before.bureau))
    factories.walk(before, "pass_review", "submit")
    task = factories.accept(issued(MARCH))
    client.force_login(filler(task.bureau))

    assert client.get(url(task, "")).context["earlier"] == []


def test_like_form_of_another_notice_is_offered_after_the_same_one(writer, task, before):
    text = factories.TEXT.replace("〔2026〕1号", "〔2026〕2号").replace(
        "开展的重点工作", "其他工作"
    )
    reported(issued(text=text), table(unit=UNIT | {"c2": "另一文件"}))

    answer = writer.get(url(task))

    names = [tab["label"] for tab in answer.context["tabs"]]
    assert names == [f"国市监测〔2026〕1号 {FEBRUARY}", "国市监测〔2026〕2号"]
    other = writer.get(url(task) + answer.context["tabs"][1]["url"])
    texts = {one.key: one.text for one in other.context["found"]}
    assert texts["unit.c2"] == "另一文件"
    assert "unit.c7" not in texts  # 其他工作 is not 开展的重点工作


def test_summary_takes_over_sections_and_marks_them(client):
    reported(
        issued(FEBRUARY, number="2", text=factories.TEXT_APART),
        outline("学习2次", "", "活动3场"),
        number=2,
    )
    task = factories.accept(issued(MARCH, number="2", text=factories.TEXT_APART))
    client.force_login(filler(task.bureau))
    page = client.get(url(task, number=2))
    (report,) = [page.context["report"]]

    client.post(
        url(task, number=2), {"revision": 0, "from": report.version.pk, "take": ["sections.s3"]}
    )

    assert content(task)["sections"]["s3"] == "活动3场"
    parts = client.get(url(task, "", number=2)).context["outline"]
    assert [part.section.id for part in parts if part.cell.origin] == ["s3"]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REVIEWER, Role.APPROVER])
def test_those_who_fill_nothing_in_may_not_take(client, task, before, role):
    client.force_login(factories.staff(role, task.bureau))

    assert client.get(url(task)).status_code == 403
    assert post(client, task, "unit.c2", before=before).status_code == 403


def test_those_above_see_nothing_of_it(client, task, before):
    client.force_login(factories.coordinator())

    assert client.get(url(task)).status_code == 403
    assert "沿用以前填报的内容" not in client.get(url(task, "")).content.decode()


def test_form_that_is_handed_in_takes_nothing_any_more(writer, task, before):
    save(task, table())
    handing_in.hand_in(task, now=NOW + timedelta(hours=3), by=filler(task.bureau))

    answer = writer.get(url(task), follow=True)

    assert "不能修改填报内容" in answer.content.decode()


@pytest.mark.parametrize("documents", [1, 30])
def test_page_takes_the_same_queries_for_one_row_and_for_thirty(
    client, django_assert_num_queries, documents
):
    reported(issued(FEBRUARY), table(documents=documents))
    task = factories.accept(issued(MARCH))
    client.force_login(filler(task.bureau))

    with django_assert_num_queries(13):
        answer = client.get(url(task))

    assert len(answer.context["found"]) == documents + 5
