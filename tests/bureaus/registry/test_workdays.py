from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bureaus import calendar
from bureaus.actions import registry, workdays
from bureaus.errors import BureauError
from bureaus.models import CalendarDay
from bureaus.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return factories.staff(Role.SYSTEM_ADMIN, factories.central())


def test_seeded_calendar_has_rest_days_and_make_up_days():
    registry.load_workdays()

    rest, work = calendar.days()

    assert date(2023, 10, 1) in rest
    assert date(2023, 4, 23) in work
    assert (len(rest), len(work)) == (180, 40)


def test_imported_year_adds_and_changes_days(administrator):
    CalendarDay.objects.create(day=date(2027, 1, 1), kind="H", name="旧")

    count = workdays.import_days(
        "日期,类型,名称\n2027-01-01,放假,元旦\n2027-01-02,休,元旦\n2027-01-03,调休上班,元旦\n",
        by=administrator,
    )

    assert count == 3
    assert list(CalendarDay.objects.values_list("day", "kind", "name")) == [
        (date(2027, 1, 1), "H", "元旦"),
        (date(2027, 1, 2), "H", "元旦"),
        (date(2027, 1, 3), "W", "元旦"),
    ]


@pytest.mark.parametrize("said", ["2027-1-1", "2027/1/1", "2027.01.01", "2027年1月1日"])
def test_days_are_read_as_spreadsheets_and_people_write_them(administrator, said):
    workdays.import_days(f"{said},放假,元旦\n", by=administrator)

    assert CalendarDay.objects.get().day == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2027-01-01,放假,元旦\n2027-02-30,放假,春节\n", "第2行：“2027-02-30”不是日期"),
        ("2027-01-01,半天,元旦\n", "类型“半天”不认识"),
        ("0027-01-01,放假,元旦\n", "日期应在2000年至2099年之间"),
        ("2027-01,放假,元旦\n", "第1行：“2027-01”不是日期"),
        ("2027-01-01-01-01-01-01,放假,元旦\n", "不是日期"),
        ("2027-01-04,调休上班,元旦\n", "不是周六、周日"),
        ("日期,类型,名称\n", "文件里没有日期"),
    ],
)
def test_import_with_a_fault_names_it_and_stores_nothing(administrator, text, message):
    with pytest.raises(BureauError, match=message):
        workdays.import_days(text, by=administrator)

    assert CalendarDay.objects.count() == 0


def test_only_the_system_administrator_edits_the_calendar(client):
    client.force_login(factories.coordinator())

    refused = client.post(reverse("bureaus:workday_put"), {"day": "2027-01-01", "kind": "H"})

    assert refused.status_code == 403
    with pytest.raises(BureauError, match="没有修改工作日历的权限"):
        workdays.put(date(2027, 1, 1), kind="H", name="", by=factories.coordinator())


def test_page_sets_imports_and_removes(client, administrator):
    client.force_login(administrator)
    file = SimpleUploadedFile("2027.csv", "2027-01-01,放假,元旦\n".encode("gb18030"))

    client.post(reverse("bureaus:workday_import"), {"file": file})
    client.post(reverse("bureaus:workday_put"), {"day": "2027-01-02", "kind": "H", "name": "元旦"})
    first = CalendarDay.objects.get(day=date(2027, 1, 1))
    client.post(reverse("bureaus:workday_remove", args=[first.pk]))

    page = client.get(reverse("bureaus:workdays")).content.decode()
    assert [day.day for day in CalendarDay.objects.all()] == [date(2027, 1, 2)]
    assert "已载入到2027年" in page


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "请填写日期"),
        ("2027-02-30", "日期不对"),
        ("0001-01-01", "日期应在2000年至2099年之间"),
    ],
)
def test_page_tells_a_wrong_day_and_sets_nothing(client, administrator, day, said):
    client.force_login(administrator)

    told = client.post(reverse("bureaus:workday_put"), {"day": day, "kind": "H", "name": "元旦"})

    assert told.status_code == 422
    assert said in told.content.decode()
    assert CalendarDay.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的"),
        (b"2027-13-01,H,x\n", "不是日期"),
        (b"\xff\xff\xff\x00", "无法识别文件的文字编码"),
        (b"0" * (1024 * 1024 + 1), "文件超过1 MB"),
    ],
)
def test_page_tells_a_bad_file_at_the_field(client, administrator, data, message):
    client.force_login(administrator)

    told = client.post(
        reverse("bureaus:workday_import"), {"file": SimpleUploadedFile("2027.csv", data)}
    )

    assert told.status_code == 422
    assert message in told.content.decode()
    assert CalendarDay.objects.count() == 0
