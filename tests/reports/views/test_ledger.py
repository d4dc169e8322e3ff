"""The export shows what the page shows: the same address, the same cells."""

import csv
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from audit.models import AuditEvent
from bureaus.models import Bureau
from bureaus.roles import Role
from reports.exports import ledger_sheet as ledgers
from tasks.models import Assignment, Extension, Obligation
from tests import factories
from tests.factories import NOW, TO_SUBMIT, owed_by, walk
from tests.tasks.views.test_ledger import Table

pytestmark = pytest.mark.django_db

URL = "/ledger/export.xlsx"
CODES = {"650000": "示例区", "330000": "浙江省", "320000": "江苏省", "110000": "北京市"}
HEAD = 4  # the row of the labels


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOW + timedelta(hours=3), tick=False)
    return time_machine


@pytest.fixture
def office(client, clock):
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def issued():
    """Four provinces, each somewhere else on its way."""
    made = factories.obligation(*(factories.province(*each) for each in CODES.items()))
    walk(owed_by(made, "110000"), *TO_SUBMIT, "close")
    walk(owed_by(made, "320000"), *TO_SUBMIT)
    Assignment.objects.filter(bureau__code="320000").update(
        is_late=True, is_nil=True, resubmitted_at=NOW + timedelta(days=2)
    )
    Assignment.objects.filter(bureau__code="330000").update(due_at=NOW.replace(hour=15, minute=0))
    Extension.objects.create(
        assignment=owed_by(made, "330000"),
        asked_until=NOW,
        asked_at=NOW,
        asked_by=factories.coordinator(),
    )
    Obligation.objects.filter(pk=made.pk).update(period="2026年第一季度")
    return made


def sheet_of(answer):
    assert answer.status_code == 200, answer.headers.get("Location")
    return load_workbook(BytesIO(answer.content)).worksheets[0]


def values(answer) -> list[list]:
    """The table below the lines."""
    return [[cell.value for cell in row] for row in sheet_of(answer).iter_rows(min_row=HEAD)]


def as_the_page_says(value) -> str:
    if isinstance(value, datetime):
        day = f"{value:%Y-%m-%d}"
        return day if value.time() == datetime.min.time() else f"{day} {value:%H:%M}"
    return "" if value is None else str(value)


def cells_of_page(page: str) -> list[list[str]]:
    """Each cell and its second line apart, as the workbook has them."""
    return Table(page).rows


def joined(row: list, columns) -> list[str]:
    """The cells of a row of the workbook, put together as the page puts them."""
    found, texts = [], iter(as_the_page_says(value) for value in row)
    for column in columns:
        text = next(texts)
        note = next(texts) if column.note else ""
        found.append(" ".join(part for part in (text, note) if part))
    return found


def test_moments_are_shown_whole(office, issued):
    sheet = sheet_of(office.get(URL))

    moments = [cell for cell in sheet[HEAD + 1] if cell.number_format.endswith("hh:mm")]
    assert moments
    for cell in moments:  # 2026-03-02 10:30 and the margins: Excel shows ### where it is narrower
        assert sheet.column_dimensions[cell.column_letter].width >= 17


WEEKDAYS = {"2026-03-02": "（周一）", "2026-03-31": "（周二）"}


@pytest.mark.parametrize(
    "query",
    [
        "light=",
        "",
        "light=&sort=-bureau",
        "light=&sort=-submitted&columns=bureau&columns=submitted",
        "light=&status=pending&status=closed&sort=due",
        "light=&columns=title",
        "q=没有这样的词",
    ],
)
def test_export_is_the_page_cell_by_cell(office, issued, query):
    answer = office.get(f"/ledger/?{query}")
    columns = answer.context["ledger"].columns

    exported = [joined(row, columns) for row in values(office.get(f"{URL}?{query}"))]

    page = Table(answer.content.decode()).rows
    if not answer.context["assignments"]:
        page = page[:1]  # without the line that says there is none
    for weekday in WEEKDAYS.values():  # a date of Excel has its weekday in it
        page = [[text.replace(f" {weekday}", "") for text in row] for row in page]
    assert exported[0] == page[0]
    assert exported[1:] == page[1:]


def test_export_holds_all_pages(office):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 63)]
    factories.obligation(*bureaus)

    found = values(office.get(f"{URL}?light=open&sort=bureau&page=2"))

    assert [row[0] for row in found[1:]] == list(range(1, 53))
    assert len({row[5] for row in found[1:]}) == 52


def test_export_says_whose_it_is_when_it_was_made_and_what_it_holds(office, issued):
    answer = office.get(f"{URL}?light=normal&bureau=320000&status=submitted&q=质量")

    sheet = sheet_of(answer)
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [
        "任务台账",
        "制表单位：市场监管总局　　制表时间：2026-03-02 12:30",
        "筛选条件：进度：● 正常；事项、文号、单位：质量；责任单位及下级：江苏省市场监管局；"
        "状态：已报送",
    ]
    assert unquote(answer["Content-Disposition"]).endswith("任务台账-市场监管总局-2026-03-02.xlsx")


def test_export_without_a_condition_says_so(office, issued):
    assert sheet_of(office.get(f"{URL}?light=")).cell(3, 1).value == "筛选条件：全部任务"


def test_dates_are_dates_and_may_be_reckoned_with(office, issued):
    sheet = sheet_of(office.get(f"{URL}?light=&columns=due&columns=submitted&sort=bureau"))

    found = [(cell.value, cell.number_format) for cell in sheet[HEAD + 1] if cell.is_date]
    assert found == [
        (datetime(2026, 3, 31), "yyyy-mm-dd"),  # noqa: DTZ001  as Excel has it
        (datetime(2026, 3, 2, 11, 30), "yyyy-mm-dd hh:mm"),  # noqa: DTZ001
    ]
    assert sheet.cell(HEAD + 3, 4).value == datetime(2026, 3, 2, 15, 0)  # noqa: DTZ001


@pytest.mark.parametrize(
    "words", ['=HYPERLINK("http://example.test","点")', "+1+1", "-2", "@SUM(1)"]
)
def test_nothing_in_an_export_is_a_formula(office, issued, words):
    Obligation.objects.filter(pk=issued.pk).update(title=words, period="")
    Bureau.objects.filter(code="330000").update(short_name=words)
    factories.staff(Role.FILLER, Bureau.objects.get(code="110000"))
    type(factories.coordinator()).objects.filter(username="110000.filler").update(name=words[:30])

    sheet = sheet_of(office.get(f"{URL}?light=&q={words.replace('+', '%2B')}"))

    kinds = {cell.data_type for row in sheet for cell in row if cell.value is not None}
    assert kinds == {"s", "n", "d"}
    assert sheet.cell(HEAD + 1, 3).value == words
    assert sheet.cell(HEAD + 1, 3).quotePrefix


def test_export_is_told_to_the_audit_with_what_was_taken(office, issued):
    office.get(f"{URL}?light=owed&page=3&sort=due")

    event = AuditEvent.objects.filter(verb="导出台账").get()
    assert (event.chain, event.actor_key) == ("100000", str(factories.coordinator().pk))
    assert event.detail == {"count": 2, "filters": "进度：未报送", "query": "light=owed&sort=due"}
    assert event.at == NOW + timedelta(hours=3)


def test_export_that_is_not_told_is_not_given(office, issued, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("audit")

    monkeypatch.setattr("audit.trail.record", broken)

    with pytest.raises(OSError, match="audit"):
        office.get(f"{URL}?light=")


def test_too_many_rows_are_left_to_a_worker(office, issued, monkeypatch):
    monkeypatch.setattr(ledgers, "MOST", 3)

    answer = office.get(f"{URL}?light=&sort=due&page=1", follow=True)

    assert answer.redirect_chain == [("/ledger/export/?light=&sort=due", 302)]
    assert "符合条件的任务 4 项" in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="导出台账").exists()
    assert len(values(office.get(f"{URL}?light=&bureau=330000"))) == 2


def test_a_wrong_filter_exports_nothing(office, issued):
    answer = office.get(f"{URL}?light=&due_to=x", follow=True)

    assert answer.redirect_chain == [("/ledger/?light=&due_to=x", 302)]
    assert "筛选条件有误，没有导出。请按提示改正后再导出" in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="导出台账").exists()


def test_export_holds_what_one_may_see_and_no_more(client, clock, issued):
    client.force_login(factories.staff(Role.FILLER, Bureau.objects.get(code="330000")))

    assert [row[5] for row in values(client.get(f"{URL}?light="))] == [
        "责任单位",
        "浙江省市场监管局",
    ]
    refused = client.get(f"{URL}?light=&bureau=320000", follow=True)
    assert "没有找到单位“320000”" in refused.content.decode()


def test_administrators_export_an_empty_list(client, clock, issued):
    client.force_login(factories.staff(Role.AUDITOR, factories.central()))

    assert len(values(client.get(f"{URL}?light="))) == 1


def test_export_only_answers_to_get(office, issued):
    assert office.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 50])
def test_export_takes_the_same_queries_for_one_row_and_for_fifty(
    office, django_assert_num_queries, count
):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count)]
    factories.obligation(*bureaus)

    with django_assert_num_queries(17):
        answer = office.get(f"{URL}?light=")

    assert len(values(answer)) == count + 1


def comma_rows(answer) -> list[list[str]]:
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("query", ["light=", "light=&sort=-submitted&columns=due&columns=status"])
def test_csv_has_the_columns_and_the_rows_of_the_workbook(office, issued, query):
    in_excel = values(office.get(f"{URL}?{query}"))

    answer = office.get(f"/ledger/export.csv?{query}")

    said = [[as_the_page_says(value) for value in row] for row in in_excel]
    assert comma_rows(answer) == said
    assert len(said) == 5
    assert unquote(answer["Content-Disposition"]).endswith("任务台账-市场监管总局-2026-03-02.csv")


def test_csv_is_told_to_the_audit_and_holds_no_formula(office, issued):
    Obligation.objects.filter(pk=issued.pk).update(title="=1+1", period="")

    rows = comma_rows(office.get("/ledger/export.csv?light="))

    assert {row[2] for row in rows[1:]} == {"'=1+1"}
    assert AuditEvent.objects.get(verb="导出台账").detail["count"] == 4


def test_csv_of_a_wrong_filter_is_refused_with_words(office, issued):
    answer = office.get("/ledger/export.csv?light=&due_to=x", follow=True)

    assert "筛选条件有误，没有导出。请按提示改正后再导出" in answer.content.decode()


def test_csv_holds_what_one_may_see_and_no_more(client, clock, issued):
    client.force_login(factories.staff(Role.FILLER, Bureau.objects.get(code="330000")))

    rows = comma_rows(client.get("/ledger/export.csv?light="))

    assert [row[5] for row in rows] == ["责任单位", "浙江省市场监管局"]
