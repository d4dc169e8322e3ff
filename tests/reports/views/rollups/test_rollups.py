from io import BytesIO
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from bureaus.models import Post
from bureaus.roles import Role
from reports.exports import files as exports
from reports.models import Production
from tasks.models import Obligation
from tests import factories, splits
from tests.factories import owed_by, walk
from tests.reports.written import accepted, outline, reported, save, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(day_after, office):
    return office


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
    assert answer.context["said"][0].label == "一、组织学习有关情况"
    assert answer.context["said"][0].texts == [("浙江省市场监管局", "学习两次")]
    download = office.get(f"/obligations/{issued.pk}/roll-up/2/download/")
    sheet = load_workbook(BytesIO(download.content)).worksheets[0]
    assert [cell.value for cell in sheet[4]] == ["浙江省市场监管局", "学习两次"]


def test_each_form_has_its_own_roll_up(office):
    task = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(task, table())
    save(task, outline("学习两次"), number=2)
    walk(task, "hand_in", "pass_review", "submit")
    url = f"/obligations/{task.obligation_id}/roll-up/"

    assert office.get(url).context["number"] == 1
    assert office.get(f"{url}2/").context["texts"][0]["words"] == 4
    assert office.get(f"{url}3/").status_code == 404


def test_files_of_two_periods_have_two_names(office, issued):
    reported(owed_by(issued, "330000"), table())
    Obligation.objects.filter(pk=issued.pk).update(period="2026年2月")
    task = owed_by(issued, "330000").pk

    rolled = office.get(f"/obligations/{issued.pk}/roll-up/1/download/")
    form = office.get(f"/assignments/{task}/forms/1/download/")

    for answer, end in ((rolled, "-2026年2月-附件1汇总表.xlsx"), (form, "-2026年2月.xlsx")):
        assert answer["Content-Disposition"].endswith(quote(end))


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
def test_roll_up_is_for_those_who_may_roll_up_at_the_issuer(day_after, client, issued, role, page):
    client.force_login(factories.staff(role, factories.central()))

    assert client.get(f"/obligations/{issued.pk}/roll-up/{page}").status_code == 403


@pytest.mark.parametrize(("most", "is_long"), [(3, False), (2, True)])
def test_roll_up_of_many_units_is_made_by_a_worker(office, issued, monkeypatch, most, is_long):
    monkeypatch.setattr(exports, "MOST_AT_ONCE", most)
    url = f"/obligations/{issued.pk}/roll-up/1/"

    download, made = office.get(f"{url}download/"), office.post(f"{url}make/")

    assert download.status_code == (302 if is_long else 200)
    production = Production.objects.get()
    assert made.url == f"/files/{production.pk}/"
    assert (production.kind, production.title) == ("roll_up", "质量工作进展情况 附件1 汇总表")
    assert office.get(url).context["is_long"] is is_long


def test_making_a_roll_up_of_another_number_is_not_found(office, issued):
    assert office.post(f"/obligations/{issued.pk}/roll-up/2/make/").status_code == 404
    assert not Production.objects.exists()


def test_province_rolls_up_its_own_split_and_not_the_nations(day_after, client):
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    national = factories.obligation(zhejiang, jiangsu)
    hangzhou = factories.prefecture(zhejiang)
    split = splits.split(factories.accept(owed_by(national, "330000")), hangzhou)
    reported(split.assignments.for_detail().get(), table())
    person = factories.staff(Role.COORDINATOR, zhejiang)
    client.force_login(person)

    answer = client.get(f"/obligations/{split.pk}/roll-up/")

    assert [block.name for block in answer.context["blocks"]] == ["杭州市市场监管局"]
    assert answer.context["levels_of_work"] == []
    assert client.get(f"/obligations/{national.pk}/roll-up/").status_code == 403
    client.force_login(factories.staff(Role.COORDINATOR, jiangsu))
    assert client.get(f"/obligations/{split.pk}/roll-up/").status_code == 404


def test_who_may_roll_up_at_two_levels_is_led_from_one_to_the_other(office, issued):
    zhejiang = owed_by(issued, "330000")
    split = splits.split(factories.accept(zhejiang), factories.prefecture(zhejiang.bureau))
    Post.objects.create(
        staff=factories.coordinator(), bureau=zhejiang.bureau, role=Role.COORDINATOR
    )

    answers = [office.get(f"/obligations/{one.pk}/roll-up/") for one in (issued, split)]

    assert [one.context["levels_of_work"] for one in answers] == [[split], [issued]]


@pytest.mark.parametrize("page", ["", "1/", "1/download/"])
def test_coordinator_of_a_province_cannot_see_what_others_reported(day_after, client, issued, page):
    reported(owed_by(issued, "320000"), table())
    client.force_login(factories.staff(Role.COORDINATOR, owed_by(issued, "330000").bureau))

    assert client.get(f"/obligations/{issued.pk}/roll-up/{page}").status_code == 403


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(("page", "queries"), [("/obligations/{}/roll-up/", 14)])
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
