"""合并下级报表 and 汇总 of a table whose rows the form names: sums with what they are made of."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bureaus.roles import Role
from reports.actions import schemas
from reports.actions.submissions import save as save_form
from reports.models import Submission
from reports.schemas.content import contributions
from reports.schemas.content.content import ContentError
from tasks.models import Assignment
from tests import factories
from tests.factories import walk
from tests.pages import told
from tests.reports.inspections import FORM
from tests.reports.written import NOW, confirm, filler, save
from tests.splits import accepted, child, cities, split

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]


@pytest.fixture
def task() -> Assignment:
    task = accepted()
    by = factories.coordinator()
    schemas.confirm(task.obligation.notice, 1, FORM, now=factories.NOW, by=by)
    return task


def url(task) -> str:
    return f"/assignments/{task.pk}/forms/1/merge/"


def form_of(task) -> str:
    return f"/assignments/{task.pk}/forms/1/"


def filled(**rows: str) -> dict:
    """r1="c2=20 c3=19"."""
    texts = {row: [one.split("=") for one in cells.split()] for row, cells in rows.items()}
    return {"items": {row: dict(cells) for row, cells in texts.items()}}


def reports(one: Assignment, **rows: str) -> Assignment:
    """Accepted where it is not yet, written, confirmed and reported."""
    if one.status == "pending":
        factories.accept(one)
    known = Submission.objects.filter(assignment=one).first()
    save(one, filled(**rows), revision=known.revision if known else 0)
    confirm(one)
    return walk(one, "pass_review", "submit", now=NOW)


def two_of_three_in(task) -> list[Assignment]:
    """杭州 has reported, 宁波 has nothing to report, 温州 still owes."""
    hangzhou, ningbo, wenzhou = cities(task.bureau)
    made = split(task, hangzhou, ningbo, wenzhou)
    reports(child(made, hangzhou), r1="c2=20 c3=19 c4=95 c5=1.50", r2="c2=5 c3=5 c4=100")
    walk(child(made, ningbo), "accept", "report_nil", "pass_review", "submit")
    return [child(made, bureau) for bureau in (hangzhou, ningbo, wenzhou)]


def draft(task) -> dict:
    return Submission.objects.get(assignment=task).content


def merge(client, task, *children, revision=0, **fields):
    data = {"merge": "1", "revision": revision, "children": [one.pk for one in children]}
    return client.post(url(task), data | fields, follow=True)


def words(answer) -> list[tuple[str, str]]:
    return [(line.code, line.word) for line in answer.context["page"].lines]


def test_page_shows_the_sums_and_their_sources_before_anything_is_stored(writer, task):
    two_of_three_in(task)

    answer = writer.get(url(task))

    assert words(answer) == [
        ("330100", "计入 5 个数"),
        ("330200", "零报告或没有内容，不增加行，也不计数"),
        ("330300", "尚未报送"),
    ]
    text = answer.content.decode()
    assert "<li><span>杭州市</span> 20</li>" in text
    assert "没填的和零报告的不按 0 计" in text
    assert not Submission.objects.filter(assignment=task).exists()


def test_draft_holds_the_sums_and_shows_behind_each_cell_who_gave_what(writer, task):
    hangzhou, ningbo, _ = two_of_three_in(task)

    answer = merge(writer, task, hangzhou, ningbo)

    assert told(answer) == ["已合并2个单位的报送内容，请核对后提交审核"]
    items = draft(task)["items"]
    assert (items["r1"]["c2"], items["r1"]["c4"], items["r1"]["c5"]) == ("20", "95", "1.50")
    text = answer.content.decode()
    assert "<li><span>杭州市</span> 20</li><li>1 家未填：宁波市</li>" in text
    assert "来源已变动" not in text


def test_sources_stay_when_the_form_is_saved_handed_in_and_read_above(client, writer, task):
    hangzhou, _, wenzhou = two_of_three_in(task)
    Assignment.objects.filter(pk=wenzhou.pk).update(status="withdrawn")
    merge(writer, task, hangzhou)
    posted = {"revision": "1"} | {
        f"items.{row}.{id_}": text
        for row, cells in draft(task)["items"].items()
        for id_, text in cells.items()
    }

    writer.post(form_of(task), posted | {"items.r2.c2": "8"})

    assert contributions.codes(draft(task)) == {"330100"}
    text = writer.get(form_of(task)).content.decode()
    assert "：合计 5，与本格不同" in text
    confirm(task)
    walk(task, "pass_review", "submit", now=NOW)
    client.force_login(factories.coordinator())
    assert "<li><span>杭州市</span> 20</li>" in client.get(form_of(task)).content.decode()


def test_own_figures_are_asked_about_and_become_a_part_for_all_at_once(writer, task):
    hangzhou, *_ = two_of_three_in(task)
    save(task, filled(r1="c2=10 c3=9", r2="c2=1"))

    page = writer.get(url(task))
    assert [line.sum.path for line in page.context["page"].sums] == [
        "items.r1.c2",
        "items.r1.c3",
        "items.r2.c2",
    ]
    chosen = {"take.figures": "append", "take.items.r1.c2": "", "take.items.r2.c2": "keep"}
    preview = writer.post(
        url(task), {"preview": "1", "revision": 1, "children": [hangzhou.pk]} | chosen
    )
    assert preview.context["page"].sheet.lines[0][1].text == "30"
    merge(writer, task, hangzhou, revision=1, **chosen)

    items = draft(task)["items"]
    assert (items["r1"]["c2"], items["r1"]["c3"], items["r2"]["c2"]) == ("30", "28", "1")
    assert items["r1"]["c4"] == "93.33"


def test_bureau_that_corrects_its_report_gives_its_new_figures_and_ones_own_stay(writer, task):
    hangzhou, *_ = two_of_three_in(task)
    save(task, filled(r1="c2=10"))
    merge(writer, task, hangzhou, revision=1, **{"take.figures": "append"})
    walk(hangzhou, "return_")

    returned = writer.get(form_of(task)).content.decode()
    assert "来源已变动" in returned
    assert "杭州市（已退回补正，尚未重新报送）" in returned
    assert words(writer.get(url(task)))[0] == (
        "330100",
        "已退回补正，尚未重新报送；草稿中仍计有其 5 个数，来源已变动",
    )
    reports(hangzhou, r1="c2=25 c3=25 c4=100")
    assert "杭州市（报送的数已改）" in writer.get(form_of(task)).content.decode()
    merge(writer, task, hangzhou, revision=2)

    assert draft(task)["items"]["r1"]["c2"] == "35"
    assert "来源已变动" not in writer.get(form_of(task)).content.decode()


def test_bureau_that_is_not_asked_any_more_is_named_and_dropped_by_choice(writer, task):
    hangzhou, *_ = two_of_three_in(task)
    merge(writer, task, hangzhou)
    Assignment.objects.filter(pk=hangzhou.pk).update(
        status="withdrawn", submitted_at=None, submitted_by=None
    )

    page = writer.get(url(task))
    assert [(one.name, one.counted) for one in page.context["page"].gone] == [("杭州市", 5)]
    answer = merge(writer, task, revision=1, drop=["330100"])

    assert told(answer) == ["已去掉不再计入的单位的数，请核对后提交审核"]
    assert draft(task)["items"]["r1"]["c2"] == ""


def test_days_and_answers_are_picked_on_the_page(writer, task):
    hangzhou, ningbo = cities(task.bureau, 2)
    made = split(task, hangzhou, ningbo)
    reports(child(made, hangzhou), r1="c2=1 c7=2026年3月1日")
    reports(child(made, ningbo), r1="c2=2 c7=2026年3月2日")

    page = writer.get(url(task))
    (line,) = page.context["page"].picks
    assert [word for _, word, _ in line.options] == [
        "不填",
        "杭州市：2026年3月1日",
        "宁波市：2026年3月2日",
    ]
    assert "不能合计，请填写：第1行“食品”的“完成日期”" in page.content.decode()
    merge(
        writer, task, child(made, hangzhou), child(made, ningbo), **{"pick.items.r1.c7": "330200"}
    )

    assert draft(task)["items"]["r1"]["c7"] == "2026年3月2日"


def test_writer_cannot_say_what_bureaus_gave(task):
    with pytest.raises(ContentError, match="只由合并写入"):
        save_form(
            task,
            1,
            filled(r1="c2=5") | {"below": {"330100": {"r1": {"c2": "5"}}}},
            revision=0,
            now=NOW,
            by=filler(task.bureau),
        )

    assert not Submission.objects.filter(assignment=task).exists()


@pytest.mark.parametrize("count", [1, 40])
def test_page_takes_the_same_queries_for_one_unit_and_for_forty(
    writer, task, django_assert_num_queries, count
):
    made = split(task, *cities(task.bureau, count))
    for row in made.assignments.for_detail():
        reports(row, r1="c2=1")

    with django_assert_num_queries(14):
        answer = writer.get(url(task))

    assert len(answer.context["page"].lines) == count


# --- the roll-up of what was split ---


def rolled_up(task):
    hangzhou, ningbo = cities(task.bureau, 2)
    made = split(task, hangzhou, ningbo)
    reports(child(made, hangzhou), r1="c2=10 c3=10 c4=100", r2="c2=3")
    reports(child(made, ningbo), r1="c2=20 c3=5 c4=25")
    return made


def test_filler_reads_what_the_bureaus_units_come_to_with_each_units_figures(writer, task):
    made = rolled_up(task)

    answer = writer.get(f"/obligations/{made.pk}/roll-up/")

    assert [cell.text for cell in answer.context["sheet"].lines[0]][1:4] == ["30", "15", "50"]
    assert [block.name for block in answer.context["unit_blocks"]] == [
        "杭州市市场监管局",
        "宁波市市场监管局",
    ]
    text = answer.content.decode()
    assert "率由合计重新计算：合格率＝“合格数”÷“抽查数”×100。" in text
    assert "汇总快照" not in text
    assert "打包下载各单位原表" not in text


def test_workbook_of_it_has_the_sums_and_every_units_figures(writer, task):
    made = rolled_up(task)

    answer = writer.get(f"/obligations/{made.pk}/roll-up/1/download/")

    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["汇总表", "各单位"]
    lines = [[cell.value for cell in row] for row in book["各单位"].iter_rows(min_row=4)]
    figures = {(row[1], row[2]): row[3:6] for row in lines if row[2]}
    assert figures["杭州市市场监管局", "食品"] == [10, 10, 1]
    assert [row[3:6] for row in lines if row[2] == "食品"] == [[10, 10, 1], [20, 5, 0.25]]
    first = [[cell.value for cell in row] for row in book["汇总表"].iter_rows()]
    assert next(row for row in first if row[0] == "食品")[1:4] == [30, 15, 0.5]


@pytest.mark.parametrize("page", ["", "1/", "1/download/"])
def test_filler_of_another_bureau_reads_nothing_of_it(client, task, page):
    made = rolled_up(task)
    other = factories.province("320000", "江苏省")
    (hangzhou,) = [one.bureau for one in made.assignments.all() if one.bureau.code == "330100"]

    answers = []
    for bureau in (other, hangzhou):
        client.force_login(filler(bureau))
        answers.append(client.get(f"/obligations/{made.pk}/roll-up/{page}").status_code)

    assert answers == [404, 403]


def test_filler_does_not_read_the_roll_up_of_what_the_bureau_owes_itself(writer, task):
    rolled_up(task)

    assert writer.get(f"/obligations/{task.obligation_id}/roll-up/").status_code == 403


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER])
def test_reviewers_do_not_read_it(client, task, role):
    made = rolled_up(task)
    client.force_login(factories.staff(role, task.bureau))

    assert client.get(f"/obligations/{made.pk}/roll-up/").status_code == 403


def test_filler_freezes_no_snapshot(writer, task):
    made = rolled_up(task)

    writer.post(f"/obligations/{made.pk}/roll-up/1/snapshots/", {"label": ""})

    assert not made.snapshots.exists()


def test_task_leads_its_filler_to_the_roll_up(writer, task):
    made = rolled_up(task)

    text = writer.get(f"/assignments/{task.pk}/").content.decode()

    assert f'href="/obligations/{made.pk}/roll-up/">下级汇总</a>' in text
