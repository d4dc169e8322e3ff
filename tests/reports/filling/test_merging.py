"""合并下级报表: what comes in is marked, and what stands is not overwritten unasked."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError
from openpyxl import load_workbook

from audit.models import AuditEvent, Chain
from bureaus.models import Bureau
from bureaus.roles import Role
from reports.actions import handing_in, schemas
from reports.actions.merging import merge
from reports.errors import ContentRefused, FormClosed, ReportError, SavedByAnother
from reports.exports import files as exports
from reports.filling.asked_forms import proposed
from reports.models import Submission
from reports.schemas.content import sources
from reports.schemas.content.content import ContentError
from reports.schemas.rolling.choices import Choices, Take
from tasks.errors import NotYourPost
from tasks.models import Assignment
from tasks.states import Status
from tests import factories
from tests.factories import fresh, walk
from tests.reports.collected import collect
from tests.reports.written import NOW, filler, handed_in, outline, reported, save, table
from tests.splits import accepted, child, cities, split

pytestmark = pytest.mark.django_db

NOTHING = {"c2": "无", "c3": "无", "c7": "无", "c8": "无"}


@pytest.fixture
def task() -> Assignment:
    return accepted()


def documents(*names: str, **unit: str) -> dict:
    rows = [{"c4": name, "c5": "市政府", "c6": "已印发"} for name in names]
    return {"unit": NOTHING | unit, "rows": rows, "foot": {"f1": "示例联系人"}}


def take(task, *children, number=1, revision=0, by=None, **choices):
    return merge(
        task,
        number,
        children,
        choices=Choices(**choices),
        revision=revision,
        now=NOW,
        by=by or filler(task.bureau),
    )


def rows_of(task) -> list[tuple[str, str]]:
    content = Submission.objects.get(assignment=task, attachment_number=1).content
    return [(row["c4"], sources.code(row)) for row in content["rows"]]


def two_in(task) -> tuple[Assignment, Assignment]:
    """杭州 and 宁波 have reported one document each."""
    hangzhou, ningbo = cities(task.bureau, 2)
    made = split(task, hangzhou, ningbo)
    return (
        reported(child(made, hangzhou), documents("杭一")),
        reported(child(made, ningbo), documents("甬一")),
    )


# --- what comes in ---


def test_merging_makes_the_draft_and_begins_the_filling(task):
    hangzhou, ningbo = two_in(task)

    saved = take(task, ningbo, hangzhou)

    assert (saved.revision, saved.saved_by, saved.saved_at) == (1, filler(task.bureau), NOW)
    assert rows_of(task) == [("杭一", "330100"), ("甬一", "330200")]
    assert fresh(task).status == Status.FILLING


def test_merging_is_recorded_with_the_bureaus_it_took_from(task):
    hangzhou, _ = two_in(task)

    take(task, hangzhou)

    event = AuditEvent.objects.about(task).get(verb="合并下级报表")
    assert event.chain == "330000"
    assert event.detail["from"] == {"330100": "杭州市市场监管局"}
    assert event.detail["rows"] == {"added": 1, "removed": 0}
    assert (event.detail["attachment"], event.detail["revision"]) == (1, 1)


def test_merging_leaves_ones_own_rows_and_texts(task):
    hangzhou, _ = two_in(task)
    save(task, table())

    take(task, hangzhou, revision=1)

    assert rows_of(task) == [("示例文件1", ""), ("杭一", "330100")]
    assert Submission.objects.get(assignment=task).content["unit"] == table()["unit"]


def test_second_report_of_a_bureau_replaces_its_first_and_no_others(task):
    hangzhou, ningbo = two_in(task)
    take(task, hangzhou, ningbo)
    walk(hangzhou, "return_")
    save(hangzhou, documents("杭一改", "杭二"), revision=1)
    handing_in.hand_in(hangzhou, now=NOW, by=filler(hangzhou.bureau))
    walk(hangzhou, "pass_review", "submit", now=NOW)

    take(task, hangzhou, revision=1)

    assert rows_of(task) == [("杭一改", "330100"), ("杭二", "330100"), ("甬一", "330200")]


def test_row_worked_on_here_survives_saving_and_merging_and_gives_way_by_choice(task):
    hangzhou, _ = two_in(task)
    take(task, hangzhou)
    draft = Submission.objects.get(assignment=task).content
    draft["rows"][0]["c6"] = "省局已核"
    save(task, draft, revision=1)
    assert rows_of(task) == [("杭一", "330100")]

    with pytest.raises(ReportError, match="没有新的变化"):
        take(task, hangzhou, revision=2)
    take(task, hangzhou, revision=2, replace=frozenset({"330100"}))

    assert Submission.objects.get(assignment=task).content["rows"][0]["c6"] == "已印发"


def test_text_that_stands_is_changed_only_by_choice(task):
    hangzhou, ningbo = cities(task.bureau, 2)
    made = split(task, hangzhou, ningbo)
    given = [
        reported(child(made, bureau), documents(f"文件{n}", c2=f"批示{n}次"))
        for n, bureau in enumerate((hangzhou, ningbo), start=1)
    ]
    save(task, {"unit": {"c2": "省领导批示"}})

    take(task, *given, revision=1)
    assert Submission.objects.get(assignment=task).content["unit"]["c2"] == "省领导批示"

    take(task, *given, revision=2, takes={"unit.c2": Take.APPEND})
    assert Submission.objects.get(assignment=task).content["unit"]["c2"] == (
        "省领导批示\n杭州市：批示1次\n宁波市：批示2次"
    )


def test_nil_report_adds_no_rows_even_where_a_draft_was_left(task):
    hangzhou, ningbo = cities(task.bureau, 2)
    made = split(task, hangzhou, ningbo)
    reported(child(made, hangzhou), documents("杭一"))
    nil = factories.accept(child(made, ningbo))
    save(nil, documents("不报的草稿"))
    walk(nil, "report_nil", "pass_review", "submit", now=NOW)

    take(task, child(made, hangzhou), nil)

    assert rows_of(task) == [("杭一", "330100")]


def test_report_under_correction_is_taken_as_it_was_handed_in(task):
    hangzhou, _ = two_in(task)
    walk(hangzhou, "close", "correct")
    save(hangzhou, documents("更正稿"), revision=1)

    take(task, hangzhou)

    assert rows_of(task) == [("杭一", "330100")]


def test_summary_is_joined_by_sections_with_the_units_named():
    task = accepted(number="2", text=factories.TEXT_APART)
    (hangzhou,) = cities(task.bureau, 1)
    given = reported(child(split(task, hangzhou), hangzhou), outline("学习两次"), number=2)

    take(task, given, number=2)

    sections = Submission.objects.get(assignment=task).content["sections"]
    assert sections["s1"] == "杭州市：学习两次"


def test_summary_over_its_limit_is_refused_by_its_figure_and_never_cut():
    task = accepted(number="2", text=factories.TEXT_APART)
    hangzhou, ningbo = cities(task.bureau, 2)
    made = split(task, hangzhou, ningbo)
    given = [
        reported(child(made, bureau), outline("字" * 1500), number=2)
        for bureau in (hangzhou, ningbo)
    ]

    with pytest.raises(ContentRefused) as refused:
        take(task, *given, number=2)

    (problem,) = refused.value.problems
    assert problem.message_zh == "总字数为3008字，超过3000字的上限，请删减8字。"
    assert not Submission.objects.filter(assignment=task).exists()
    take(task, given[0], number=2)
    assert len(Submission.objects.get(assignment=task).content["sections"]["s1"]) == 1504


# --- what is refused ---


def test_draft_below_is_not_taken(task):
    hangzhou, ningbo = cities(task.bureau, 2)
    made = split(task, hangzhou, ningbo)
    handed_in(child(made, hangzhou), documents("未签发"))
    reported(child(made, ningbo), documents("甬一"))

    with pytest.raises(ReportError, match="杭州市市场监管局尚未报送"):
        take(task, child(made, hangzhou), child(made, ningbo))

    assert not Submission.objects.filter(assignment=task).exists()


def test_form_filled_in_by_another_version_is_told(task):
    hangzhou, _ = two_in(task)
    notice = task.obligation.notice
    form = proposed(notice, 1)
    longer = replace(
        form, columns=(*form.columns, replace(form.columns[-1], id="c9", label="备注"))
    )
    schemas.confirm(notice, 1, longer, now=NOW, by=factories.coordinator())

    with pytest.raises(ReportError) as refused:
        take(task, hangzhou)

    assert str(refused.value) == (
        "杭州市市场监管局按报表第1版填报，本级为第2版，栏目不同，不能合并"
    )


def test_assignment_that_is_not_of_this_split_is_refused(task):
    two_in(task)
    stranger = Assignment.objects.get(pk=task.pk)

    with pytest.raises(ReportError, match="所选单位中有的已不在这次分解中"):
        take(task, stranger)


def test_merging_nobody_is_refused(task):
    with pytest.raises(ReportError, match="请至少选择一个已报送的下级单位"):
        take(task)


def test_merging_the_same_again_is_told_and_changes_nothing(task):
    hangzhou, _ = two_in(task)
    take(task, hangzhou)

    with pytest.raises(ReportError, match="没有新的变化"):
        take(task, hangzhou, revision=1)

    assert Submission.objects.get(assignment=task).revision == 1


@pytest.mark.parametrize("revision", [0, 2, -1])
def test_merging_into_a_form_that_another_has_saved_is_told(task, revision):
    hangzhou, _ = two_in(task)
    save(task, table())

    with pytest.raises(SavedByAnother):
        take(task, hangzhou, revision=revision)

    assert rows_of(task) == [("示例文件1", "")]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FILLER])
def test_only_fillers_merge(task, role):
    hangzhou, _ = two_in(task)

    with pytest.raises(NotYourPost, match="没有“填报”权限"):
        take(task, hangzhou, by=factories.staff(role, task.bureau))


@pytest.mark.parametrize("where", ["above", "below"])
def test_fillers_of_other_bureaus_do_not_merge(task, where):
    hangzhou, _ = two_in(task)
    bureau = factories.central() if where == "above" else hangzhou.bureau

    with pytest.raises(NotYourPost, match="您在浙江省市场监管局没有“填报”权限"):
        take(task, hangzhou, by=filler(bureau))


def test_nothing_is_merged_after_handing_in(task):
    hangzhou, _ = two_in(task)
    save(task, table())
    handing_in.hand_in(task, now=NOW, by=filler(task.bureau))

    with pytest.raises(FormClosed, match="任务当前为“待审核”"):
        take(task, hangzhou, revision=1)


def test_merging_whose_audit_fails_stores_nothing(task):
    hangzhou, _ = two_in(task)
    Chain.objects.filter(name="330000").update(length=0)  # the next event's place is taken

    with pytest.raises(IntegrityError):
        take(task, hangzhou)

    assert not Submission.objects.filter(assignment=task).exists()


def test_writer_cannot_claim_that_a_row_is_another_bureaus(task):
    two_in(task)
    row = {"c4": "自拟", "c5": "省政府", "c6": "已印发"}

    with pytest.raises(ContentError, match="不是从下级合并来的"):
        save(task, {"rows": [sources.marked(row, "330100")]})

    assert not Submission.objects.filter(assignment=task).exists()


# --- onward and upward ---


def test_excel_of_the_form_does_not_print_where_rows_came_from(task):
    hangzhou, ningbo = two_in(task)
    take(task, hangzhou, ningbo)

    data = exports.assignment_workbook(fresh(task), 1)

    sheet = load_workbook(BytesIO(data)).worksheets[0]
    printed = " ".join(str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value)
    assert "杭一" in printed
    assert "甬一" in printed
    assert "3301" not in printed
    assert "杭州" not in printed


def test_national_roll_up_takes_the_provinces_own_table_and_no_city_twice(task):
    hangzhou, ningbo = two_in(task)
    take(task, hangzhou, ningbo)
    save(
        task,
        Submission.objects.get(assignment=task).content | {"foot": {"f1": "联系人"}},
        revision=1,
    )
    handing_in.hand_in(task, now=NOW, by=filler(task.bureau))
    walk(task, "pass_review", "submit", now=NOW)

    rolled = collect(task.obligation, 1)

    assert [(entry.code, len(entry.content["rows"])) for entry in rolled.entries] == [("330000", 2)]
    assert rolled.expected == 1
    assert [entry.code for entry in collect(hangzhou.obligation, 1).entries] == ["330100", "330200"]


def test_what_a_district_reports_reaches_the_province_by_way_of_its_city(task):
    (hangzhou,) = cities(task.bureau, 1)
    Bureau.objects.filter(pk=hangzhou.pk).update(counties_take_part=True)
    middle = factories.accept(child(split(task, hangzhou), hangzhou))
    district = factories.county(hangzhou)
    lowest = split(middle, district, day=date(2026, 3, 20), now=NOW - timedelta(hours=1))
    given = reported(child(lowest, district), documents("区一", c2="区里批示"))

    take(middle, given)
    whole = Submission.objects.get(assignment=middle).content
    assert rows_of(middle) == [("区一", "330102")]
    assert whole["unit"]["c2"] == "上城区：区里批示"
    save(middle, whole | {"foot": {"f1": "联系人"}}, revision=1)
    handing_in.hand_in(middle, now=NOW, by=filler(hangzhou))
    walk(middle, "pass_review", "submit", now=NOW)
    take(task, middle)

    assert rows_of(task) == [("区一", "330100")]
    assert (
        Submission.objects.get(assignment=task).content["unit"]["c2"] == "杭州市：上城区：区里批示"
    )
