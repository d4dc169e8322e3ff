from io import BytesIO
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from bureaus.roles import Role
from tests import factories
from tests.factories import RUNGS, owed_by, walk
from tests.reports.written import accepted, outline, reported, save, table

pytestmark = pytest.mark.django_db

CODES = {"330000": "浙江省", "320000": "江苏省", "110000": "北京市"}
TO_SUBMIT = ("accept", "hand_in", "pass_review", "submit")


@pytest.fixture
def clock(time_machine):
    """Wednesday 1 April 2026, the day after everything was due."""
    time_machine.move_to(RUNGS["O1"], tick=False)


@pytest.fixture
def office(clock, client):
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def issued():
    return factories.obligation(*(factories.province(*each) for each in CODES.items()))


def figures(answer) -> dict[str, int]:
    (one,) = answer.context["page_obj"]
    return {name: getattr(one, name) for name in ("expected", "handed_in", "late", "overdue")}


# --- statistics ---


def test_statistics_count_what_is_owed_in_late_and_overdue(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)
    walk(owed_by(issued, "320000"), *TO_SUBMIT, now=RUNGS["O1"])

    assert figures(office.get("/statistics/")) == {
        "expected": 3,
        "handed_in": 2,
        "late": 1,
        "overdue": 1,
    }


def test_statistics_leave_out_the_withdrawn(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT, "withdraw", now=RUNGS["O1"])

    assert figures(office.get("/statistics/")) == {
        "expected": 2,
        "handed_in": 0,
        "late": 0,
        "overdue": 2,
    }


def test_last_second_is_in_time_and_midnight_is_late(office, issued):
    due = owed_by(issued, "110000").due_at
    walk(owed_by(issued, "110000"), *TO_SUBMIT, now=due.replace(microsecond=999_999))
    assert figures(office.get("/statistics/"))["late"] == 0

    midnight = due.replace(hour=16, minute=0, second=0)
    walk(owed_by(issued, "320000"), *TO_SUBMIT, now=midnight)
    assert figures(office.get("/statistics/"))["late"] == 1
    assert owed_by(issued, "320000").is_late


def test_returned_one_is_still_the_late_one_it_was(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT, "return_", now=RUNGS["O1"])

    assert figures(office.get("/statistics/")) == {
        "expected": 3,
        "handed_in": 0,
        "late": 1,
        "overdue": 2,  # its new round has days left
    }


def test_undated_obligation_is_never_late_or_overdue(office):
    issued = factories.obligation(number="")
    walk(issued.assignments.for_detail().get(), *TO_SUBMIT, now=RUNGS["O3"])

    assert figures(office.get("/statistics/")) == {
        "expected": 1,
        "handed_in": 1,
        "late": 0,
        "overdue": 0,
    }


def test_province_counts_only_itself_and_its_cities(clock, client):
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    issued = factories.obligation(zhejiang, jiangsu, factories.prefecture(zhejiang))
    walk(owed_by(issued, "320000"), *TO_SUBMIT)
    client.force_login(factories.staff(Role.COORDINATOR, zhejiang))

    answer = client.get("/statistics/")

    assert figures(answer) == {"expected": 2, "handed_in": 0, "late": 0, "overdue": 2}
    assert f"/obligations/{issued.pk}/roll-up/" not in answer.content.decode()


# --- roll-up ---


def test_roll_up_page_shows_what_came_in_and_who_is_missing(office, issued):
    reported(owed_by(issued, "330000"), table(documents=2))
    reported(
        owed_by(issued, "110000"),
        table(unit={"c2": "<b>批示</b>", "c3": "", "c8": "无"} | {"c3": "学习", "c7": "活动"}),
    )
    save(factories.accept(owed_by(issued, "320000")), table(rows=[{"c4": "还是草稿"}]))

    answer = office.get(f"/obligations/{issued.pk}/roll-up/")

    assert [(block.code, block.span) for block in answer.context["blocks"]] == [
        ("110000", 1),
        ("330000", 2),
    ]
    assert answer.context["rolled"].missing_names == ["江苏省市场监管局"]
    text = answer.content.decode()
    assert "应报 3 个单位，已报 2 个，未报 1 个" in text
    assert "示例文件2" in text
    assert "还是草稿" not in text
    assert "&lt;b&gt;批示&lt;/b&gt;" in text


def test_roll_up_of_texts_shows_each_units_own(office):
    issued = factories.obligation(
        factories.province(),
        factories.province("320000", "江苏省"),
        number="2",
        text=factories.TEXT_APART,
    )
    reported(owed_by(issued, "330000"), outline("学习两次"), number=2)

    answer = office.get(f"/obligations/{issued.pk}/roll-up/")

    (entry,) = answer.context["texts"]
    assert (entry["name"], entry["words"]) == ("浙江省市场监管局", 4)
    assert "学习两次" in answer.content.decode()
    assert office.get(f"/obligations/{issued.pk}/roll-up/2/download/").status_code == 404


def test_each_form_has_its_own_roll_up(office):
    task = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(task, table())
    save(task, outline("学习两次"), number=2)
    walk(task, "hand_in", "pass_review", "submit")
    url = f"/obligations/{task.obligation_id}/roll-up/"

    assert office.get(url).context["number"] == 1
    assert office.get(f"{url}2/").context["texts"][0]["words"] == 4
    assert office.get(f"{url}3/").status_code == 404


def test_roll_up_download_is_dated_named_and_complete(office, issued):
    reported(owed_by(issued, "330000"), table())

    answer = office.get(f"/obligations/{issued.pk}/roll-up/1/download/")

    name = quote("市场监管总局关于报送质量工作情况的通知-附件1汇总表.xlsx")
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet["A2"].value == "汇总单位：市场监管总局　　截至2026年4月1日"
    assert sheet["B5"].value == "浙江省市场监管局"
    assert (
        sheet["A6"].value == "应报3个单位，已报1个，未报2个：北京市市场监管局、江苏省市场监管局。"
    )


@pytest.mark.parametrize("number", [0, 2, 99])
def test_roll_up_download_of_another_number_is_not_found(office, issued, number):
    assert office.get(f"/obligations/{issued.pk}/roll-up/{number}/download/").status_code == 404


@pytest.mark.parametrize("role", [Role.FILLER, Role.REVIEWER, Role.APPROVER])
@pytest.mark.parametrize("page", ["", "1/", "1/download/"])
def test_roll_up_is_for_those_who_may_roll_up_at_the_issuer(clock, client, issued, role, page):
    client.force_login(factories.staff(role, factories.central()))

    assert client.get(f"/obligations/{issued.pk}/roll-up/{page}").status_code == 403


@pytest.mark.parametrize("page", ["", "1/", "1/download/"])
def test_coordinator_of_a_province_cannot_see_what_others_reported(clock, client, issued, page):
    reported(owed_by(issued, "320000"), table())
    client.force_login(factories.staff(Role.COORDINATOR, owed_by(issued, "330000").bureau))

    assert client.get(f"/obligations/{issued.pk}/roll-up/{page}").status_code == 403


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(
    ("page", "queries"), [("/statistics/", 9), ("/obligations/{}/roll-up/", 12)]
)
def test_page_takes_the_same_queries_for_one_row_and_for_fifty(
    office, django_assert_num_queries, page, queries, count
):
    issued = factories.obligation(
        *(factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count))
    )
    for task in issued.assignments.for_detail():
        reported(task, table())

    with django_assert_num_queries(queries):
        answer = office.get(page.format(issued.pk))

    assert answer.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_statistics_take_the_same_queries_for_one_obligation_and_for_three(
    office, django_assert_num_queries, count
):
    for number in ("1", "2", "")[:count]:
        factories.obligation(number=number, text=factories.TEXT_APART)

    with django_assert_num_queries(9):
        answer = office.get("/statistics/")

    assert len(answer.context["page_obj"]) == count
