import pytest

from bureaus.roles import Role
from reports.models import Submission
from reports.schemas.content import sources
from tasks.models import Assignment
from tests import factories
from tests.factories import walk
from tests.pages import told
from tests.reports.written import filler, outline, reported, save, table
from tests.splits import accepted, child, cities, split

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]

NOTHING = {"c2": "无", "c3": "无", "c7": "无", "c8": "无"}


@pytest.fixture
def task() -> Assignment:
    return accepted()


def url(task, number=1) -> str:
    return f"/assignments/{task.pk}/forms/{number}/merge/"


def form_of(task, number=1) -> str:
    return f"/assignments/{task.pk}/forms/{number}/"


def documents(*names: str, **unit: str) -> dict:
    rows = [{"c4": name, "c5": "市政府", "c6": "已印发"} for name in names]
    return {"unit": NOTHING | unit, "rows": rows, "foot": {"f1": "示例联系人"}}


def two_of_three_in(task) -> list[Assignment]:
    """杭州 has reported, 宁波 has nothing to report, 温州 still owes."""
    hangzhou, ningbo, wenzhou = cities(task.bureau)
    made = split(task, hangzhou, ningbo, wenzhou)
    reported(child(made, hangzhou), documents("杭一", c2="批示一次"))
    walk(child(made, ningbo), "accept", "report_nil", "pass_review", "submit")
    return [child(made, bureau) for bureau in (hangzhou, ningbo, wenzhou)]


def words(answer) -> list[tuple[str, str, bool]]:
    return [(line.code, line.word, line.is_chosen) for line in answer.context["page"].lines]


def test_page_tells_who_has_reported_and_what_would_come_in(writer, task):
    two_of_three_in(task)

    answer = writer.get(url(task))

    assert words(answer) == [
        ("330100", "新增 1 行", True),
        ("330200", "零报告或没有内容，不增加行，也不计数", False),
        ("330300", "尚未报送", False),
    ]
    text = answer.content.decode()
    assert "文件名称：杭一；发文主体：市政府；当前进展：已印发" in text
    assert "杭州市：批示一次" in text
    assert answer.context["page"].row_count == 1
    assert not Submission.objects.filter(assignment=task).exists()


def test_chosen_bureaus_are_merged_and_the_form_shows_whose_each_row_is(writer, task):
    hangzhou, *_ = two_of_three_in(task)
    save(task, table())

    answer = writer.post(
        url(task), {"merge": "1", "revision": "1", "children": [hangzhou.pk]}, follow=True
    )

    assert told(answer) == ["已合并1个单位的报送内容，请核对后提交审核"]
    text = answer.content.decode()
    mark = Submission.objects.get(assignment=task).content["rows"][1][sources.MARK]
    assert f'<input type="hidden" name="rows.1._from" value="{mark}">' in text
    assert '<span class="row-source" data-row-source>杭州市</span>' in text


def test_page_of_the_task_says_once_whose_reports_were_merged(writer, task):
    hangzhou, *_ = two_of_three_in(task)
    writer.post(url(task), {"merge": "1", "revision": "0", "children": [hangzhou.pk]})

    text = writer.get(f"/assignments/{task.pk}/").content.decode()

    assert text.count(f"自{hangzhou.bureau.short_name}") == 1


def test_form_saved_from_the_page_keeps_the_marks(writer, task):
    hangzhou, *_ = two_of_three_in(task)
    writer.post(url(task), {"merge": "1", "revision": "0", "children": [hangzhou.pk]})
    (row,) = Submission.objects.get(assignment=task).content["rows"]

    answer = writer.post(
        form_of(task),
        {
            "revision": "1",
            "rows.0.c4": "杭一（核）",
            "rows.0.c5": row["c5"],
            "rows.0.c6": row["c6"],
            "rows.0._from": row["_from"],
            "rows.1.c4": "省里的文件",
        },
    )

    assert answer.status_code == 302
    rows = Submission.objects.get(assignment=task).content["rows"]
    assert [sources.code(one) for one in rows] == ["330100", ""]
    assert not sources.is_untouched(rows[0])


def test_row_worked_on_here_is_shown_and_replaced_only_where_that_is_ticked(writer, task):
    hangzhou, *_ = two_of_three_in(task)
    writer.post(url(task), {"merge": "1", "revision": "0", "children": [hangzhou.pk]})
    draft = Submission.objects.get(assignment=task).content
    draft["rows"][0]["c6"] = "省局已核"
    save(task, draft, revision=1)
    walk(hangzhou, "return_")
    save(hangzhou, documents("杭一改"), revision=1)
    walk(hangzhou, "hand_in", "pass_review", "submit")

    page = writer.get(url(task))
    assert words(page)[0] == ("330100", "新增 1 行", False)
    assert "本级改过其中 1 行" in page.content.decode()
    assert "当前进展：省局已核" in page.content.decode()

    data = {"revision": "2", "children": [hangzhou.pk], "replace": ["330100"]}
    preview = writer.post(url(task), data | {"preview": "1"})
    assert words(preview)[0] == ("330100", "新增 1 行，去掉原合并的 1 行", True)
    writer.post(url(task), data | {"merge": "1"})

    rows = Submission.objects.get(assignment=task).content["rows"]
    assert [(one["c4"], one["c6"]) for one in rows] == [("杭一改", "已印发")]


def test_text_is_taken_as_chosen(writer, task):
    hangzhou, *_ = two_of_three_in(task)
    save(task, {"unit": {"c2": "省领导批示"}})

    page = writer.get(url(task))
    (text,) = [line for line in page.context["page"].texts if line.text.path == "unit.c2"]
    assert text.options == [
        ("keep", "保留本级内容", True),
        ("append", "接在本级内容之后", False),
        ("replace", "以下级内容替换", False),
    ]
    data = {"revision": "1", "children": [hangzhou.pk], "take.unit.c2": "append", "merge": "1"}
    writer.post(url(task), data)

    unit = Submission.objects.get(assignment=task).content["unit"]
    assert unit["c2"] == "省领导批示\n杭州市：批示一次"


def test_preview_changes_nothing(writer, task):
    hangzhou, *_ = two_of_three_in(task)

    answer = writer.post(url(task), {"preview": "1", "revision": "0", "children": [hangzhou.pk]})

    assert answer.status_code == 200
    assert not Submission.objects.filter(assignment=task).exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "请至少选择一个已报送的下级单位"),
        ({"children": ["x", "٣", "99999"]}, "请至少选择一个已报送的下级单位"),
        ({"revision": "7"}, "该表已被他人保存过新内容"),
        ({"revision": "none"}, "该表已被他人保存过新内容"),
    ],
)
def test_what_cannot_be_merged_is_told_and_nothing_stored(writer, task, data, message):
    two_of_three_in(task)

    answer = writer.post(url(task), {"merge": "1", "revision": "0"} | data)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Submission.objects.filter(assignment=task).exists()


def test_unit_that_has_not_reported_is_refused_by_name(writer, task):
    *_, wenzhou = two_of_three_in(task)

    answer = writer.post(url(task), {"merge": "1", "revision": "0", "children": [wenzhou.pk]})

    assert answer.status_code == 422
    assert "温州市市场监管局尚未报送" in answer.content.decode()


def test_summary_too_long_is_told_before_and_refused(client):
    task = accepted(number="2", text=factories.TEXT_APART)
    hangzhou, ningbo = cities(task.bureau, 2)
    made = split(task, hangzhou, ningbo)
    given = [
        reported(child(made, bureau), outline("字" * 1500), number=2)
        for bureau in (hangzhou, ningbo)
    ]
    client.force_login(filler(task.bureau))
    said = "总字数为3008字，超过3000字的上限，请删减8字。"

    preview = client.get(url(task, 2))
    answer = client.post(
        url(task, 2), {"merge": "1", "revision": "0", "children": [one.pk for one in given]}
    )

    assert said in preview.content.decode()
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Submission.objects.filter(assignment=task).exists()


def test_form_says_who_is_missing_and_leads_to_merging(writer, task):
    two_of_three_in(task)

    text = writer.get(form_of(task)).content.decode()

    assert "还有 1 个单位未报送：温州市市场监管局。仍可提交审核，签发报送时须说明原因。" in text
    assert f'href="{url(task)}"' in text


def test_form_of_a_task_that_is_not_split_says_nothing_of_it(writer, task):
    assert "合并下级报表" not in writer.get(form_of(task)).content.decode()


def test_read_view_shows_whose_each_row_is(client, writer, task):
    hangzhou, *_ = two_of_three_in(task)
    writer.post(url(task), {"merge": "1", "revision": "0", "children": [hangzhou.pk]})
    client.force_login(factories.staff(Role.REVIEWER, task.bureau))

    text = client.get(form_of(task)).content.decode()

    assert '<td class="row-source">杭州市</td>' in text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REVIEWER, Role.APPROVER])
def test_only_fillers_of_the_bureau_reach_the_page(client, task, role):
    two_of_three_in(task)
    client.force_login(factories.staff(role, task.bureau))

    assert client.get(url(task)).status_code == 403
    assert client.post(url(task), {"merge": "1"}).status_code == 403


def test_filler_below_does_not_know_of_the_page(client, task):
    hangzhou, *_ = two_of_three_in(task)
    client.force_login(filler(hangzhou.bureau))

    assert client.get(url(task)).status_code == 404


def test_task_that_is_not_split_leads_to_its_form(writer, task):
    answer = writer.get(url(task))

    assert (answer.status_code, answer.url) == (302, form_of(task))
    assert told(answer) == ["该任务没有转发给下级，没有可以合并的内容"]


def test_task_handed_in_leads_to_its_form_and_says_why(writer, task):
    two_of_three_in(task)
    walk(task, "hand_in")

    answer = writer.get(url(task))

    assert (answer.status_code, answer.url) == (302, form_of(task))
    assert told(answer) == ["任务当前为“待审核”，不能修改填报内容"]


def test_form_that_the_task_does_not_ask_for_is_not_found(writer, task):
    two_of_three_in(task)

    assert writer.get(url(task, 2)).status_code == 404


def test_statistics_list_a_split_for_those_who_made_it_alone(client, task):
    two_of_three_in(task)
    listed = {}
    for bureau in (factories.central(), task.bureau):
        client.force_login(factories.staff(Role.COORDINATOR, bureau))
        rows = client.get("/statistics/?since=").context["page_obj"]
        listed[bureau.code] = [
            (one.issuer.code, one.tally.expected, one.tally.actual) for one in rows
        ]

    assert listed == {
        "100000": [("100000", 1, 0)],
        "330000": [("330000", 3, 2), ("100000", 1, 0)],
    }


@pytest.mark.parametrize("count", [1, 50])
def test_page_takes_the_same_queries_for_one_unit_and_for_fifty(
    writer, task, django_assert_num_queries, count
):
    made = split(task, *cities(task.bureau, count))
    for row in made.assignments.for_detail():
        reported(row, documents("示例文件"))

    with django_assert_num_queries(14):
        answer = writer.get(url(task))

    assert len(answer.context["page"].lines) == count
