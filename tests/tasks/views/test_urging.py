import io

import pytest
from docx import Document
from docx.enum.section import WD_SECTION

from bureaus.roles import Role
from tasks.models import UrgeSheet
from tests import factories
from tests.factories import owed_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def task(issued):
    return owed_by(issued, "330000")


def paragraphs(answer) -> list[str]:
    return [one.text for one in Document(io.BytesIO(answer.content)).paragraphs]


def test_urging_tells_the_number_and_the_page_offers_the_sheet(office, task):
    answer = office.post(f"/assignments/{task.pk}/urge/", {"note": "请抓紧"}, follow=True)

    sheet = UrgeSheet.objects.get()
    page = answer.content.decode()
    assert "已催办（催办〔2026〕1号）" in page
    assert f'href="/urge-sheets/{sheet.pk}/download/"' in page
    assert "尚未确认收到" in page
    assert f"/urge-sheets/{sheet.pk}/receipt/" not in page


def test_bureau_confirms_on_its_page_and_the_office_sees_when(office, enter, task):
    office.post(f"/assignments/{task.pk}/urge/", {"note": ""})
    sheet = UrgeSheet.objects.get()
    enter(factories.staff(Role.FILLER, task.bureau))
    url = f"/urge-sheets/{sheet.pk}/receipt/"
    assert url in office.get(f"/assignments/{task.pk}/").content.decode()

    told = office.post(url, {"assignment": str(task.pk)}, follow=True).content.decode()

    assert "已确认收到催办〔2026〕1号" in told
    assert "浙江省市场监管局 测试填报人 2026-03-02 12:30 确认收到" in told
    assert url not in told
    again = office.post(url, follow=True).content.decode()
    assert "已经确认收到" in again


def test_receipt_by_another_post_is_403_and_nothing_is_kept(office, task):
    office.post(f"/assignments/{task.pk}/urge/", {"note": ""})
    sheet = UrgeSheet.objects.get()

    assert office.post(f"/urge-sheets/{sheet.pk}/receipt/").status_code == 403
    assert UrgeSheet.objects.get().read_at is None


def test_sheet_says_what_is_asked_of_whom_with_its_receipt_to_sign(office, task):
    office.post(f"/assignments/{task.pk}/urge/", {"note": "请于本周内报送"})
    sheet = UrgeSheet.objects.get()

    answer = office.get(f"/urge-sheets/{sheet.pk}/download/")

    assert paragraphs(answer) == [
        "催办单",
        "催办〔2026〕1号",
        "",
        "浙江省市场监督管理局：",
        "截至2026年3月2日12时30分，下列事项尚未收到你单位的报送材料，请抓紧办理，并确认收到本单。"
        "办理中有困难的，请及时说明情况。",
        "质量工作进展情况（国市监测〔2026〕1号），截止时间为2026年3月31日。",
        "附言：请于本周内报送",
        "",
        "国家市场监督管理总局",
        "2026年3月2日",
        "",
        "回执（催办〔2026〕1号）",
        "收到时间：　　　　年　　月　　日　　时",
        "确认人（签字）：",
    ]
    assert "%E5%82%AC%E5%8A%9E%E3%80%942026%E3%80%951%E5%8F%B7" in answer["Content-Disposition"]


def test_sheet_of_an_overdue_task_says_so_and_a_confirmed_one_who_has_read_it(
    office, enter, task, clock
):
    clock.move_to(factories.RUNGS["O1"], tick=False)
    office.force_login(factories.coordinator())
    office.post(f"/assignments/{task.pk}/urge/", {"note": ""})
    sheet = UrgeSheet.objects.get()
    enter(factories.staff(Role.FILLER, task.bureau)).post(f"/urge-sheets/{sheet.pk}/receipt/")

    said = paragraphs(office.get(f"/urge-sheets/{sheet.pk}/download/"))

    assert "质量工作进展情况（国市监测〔2026〕1号），截止时间为2026年3月31日，已逾期。" in said
    assert said[-2:] == [
        "本单已于2026年4月1日9时00分收到。",
        "确认人：浙江省市场监督管理局　测试填报人",
    ]


def test_bulk_lists_its_sheets_and_gives_them_in_one_document(office, issued):
    rows = [owed_by(issued, code) for code in ("330000", "320000")]
    asked = {"verb": "urge", "assignments": [row.pk for row in rows], "confirmed": "1", "note": ""}

    answer = office.post("/assignments/bulk/", asked)

    sheets = answer.context["sheets"]
    assert [str(sheet) for sheet in sheets] == ["催办〔2026〕1号", "催办〔2026〕2号"]
    assert "全部下载" in answer.content.decode()
    answer = office.get("/urge-sheets/download/", {"sheet": [one.pk for one in sheets]})
    said = paragraphs(answer)
    assert [line for line in said if line.startswith("催办〔")] == [
        "催办〔2026〕1号",
        "催办〔2026〕2号",
    ]
    second = Document(io.BytesIO(answer.content)).sections[1]
    assert second.start_type == WD_SECTION.NEW_PAGE
    assert 'w:pgNumType w:start="1"' in second._sectPr.xml  # each goes to a bureau of its own


def test_sheets_of_others_are_left_out(office, enter, issued):
    for code in ("330000", "320000"):
        office.post(f"/assignments/{owed_by(issued, code).pk}/urge/", {"note": ""})
    enter(factories.staff(Role.FILLER, owed_by(issued, "330000").bureau))
    keys = list(UrgeSheet.objects.values_list("pk", flat=True))

    said = paragraphs(office.get("/urge-sheets/download/", {"sheet": keys}))

    assert "江苏省市场监督管理局：" not in said
    assert "浙江省市场监督管理局：" in said


@pytest.mark.parametrize("given", [[], ["x"], ["9" * 30], ["0"]])
def test_no_sheet_to_give_is_told(office, given):
    answer = office.get("/urge-sheets/download/", {"sheet": given}, follow=True)

    assert "没有可以下载的催办单" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_document_takes_the_same_queries_however_many_sheets(
    office, django_assert_num_queries, count
):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count)]
    rows = list(factories.obligation(*bureaus).assignments.all())
    office.post(
        "/assignments/bulk/",
        {"verb": "urge", "assignments": [row.pk for row in rows], "confirmed": "1", "note": ""},
    )
    keys = list(UrgeSheet.objects.values_list("pk", flat=True))
    assert len(keys) == count

    with django_assert_num_queries(4):
        office.get("/urge-sheets/download/", {"sheet": keys})
