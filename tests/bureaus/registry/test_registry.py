from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from audit.models import AuditEvent
from bureaus import calendar
from bureaus.actions import registry
from bureaus.models import Bureau, CalendarDay
from tests import real_tree

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def tree(django_db_setup, django_db_blocker):
    with real_tree.loaded(django_db_blocker):
        yield


def data_rows(name):
    return list(registry.read_data(name))


def test_tree_has_every_tier():
    assert Counter(Bureau.objects.values_list("rank", flat=True)) == {
        "central": 1,
        "province": 32,
        "prefecture": 347,
        "county": 2834,
        "internal": 32,
    }


def test_provinces_are_29_bureaus_two_departments_and_one_commission():
    by_ending = {}
    for bureau in Bureau.objects.provinces():
        by_ending.setdefault(bureau.short_name[-1], []).append(bureau.region)

    assert len(by_ending.pop("局")) == 29
    assert by_ending == {"厅": ["吉林省", "宁夏回族自治区"], "委": ["天津市"]}


def test_prefectures_are_333_and_the_14_of_the_bingtuan():
    below = Bureau.objects.filter(rank="prefecture")

    assert below.exclude(parent__code="660000").count() == 333
    assert below.filter(parent__code="660000").count() == 14


def test_internal_units_are_26_departments_and_6_institutions_of_the_central_office():
    units = Bureau.objects.internal_units()

    assert Counter(units.values_list("region_kind", flat=True)) == {"司局": 26, "直属单位": 6}
    assert set(units.values_list("parent__code", flat=True)) == {"100000"}
    assert not units.territorial().exists()


def test_planned_and_sub_provincial_cities_are_marked():
    planned = Bureau.objects.filter(is_planned_city=True).values_list("region", flat=True)

    assert list(planned) == ["大连市", "宁波市", "厦门市", "青岛市", "深圳市"]
    assert Bureau.objects.filter(is_sub_provincial=True).count() == 15


def test_every_path_is_the_parents_path_and_the_own_code():
    rows = Bureau.objects.exclude(parent=None).values_list("path", "parent__path", "code")

    assert [row for row in rows if row[0] != f"{row[1]}{row[2]}/"] == []


def test_subtree_of_a_province_is_its_prefectures_and_counties():
    zhejiang = Bureau.objects.get(code="330000")
    codes = set(Bureau.objects.under(zhejiang).values_list("code", flat=True))

    expected = {row["code"] for row in data_rows("prefectures") if row["code"].startswith("33")}
    expected |= {row["code"] for row in data_rows("counties") if row["code"].startswith("33")}
    assert codes == {"330000"} | expected
    assert len(expected) > 90


def test_bureau_is_called_by_its_short_name():
    assert str(Bureau.objects.get(code="100000")) == "市场监管总局"
    assert str(Bureau.objects.get(code="120000")) == "天津市市场监管委"
    assert str(Bureau.objects.get(code="220000")) == "吉林省市场监管厅"
    assert str(Bureau.objects.get(code="330100")) == "杭州市市场监管局"
    assert registry.short_name("某市市场监督管理委员会") == "某市市场监管委"


def test_aliases_stand_one_on_a_line():
    assert Bureau.objects.get(code="100000").aliases.splitlines() == ["总局", "国家市场监管总局"]
    assert "自治区市场监管局" in Bureau.objects.get(code="650000").aliases.splitlines()


def test_loading_again_adds_nothing():
    before = (Bureau.objects.count(), AuditEvent.objects.count())

    assert registry.load_tree() == 0

    assert (Bureau.objects.count(), AuditEvent.objects.count()) == before


def test_loading_again_leaves_what_the_office_changed():
    Bureau.objects.filter(code="330000").update(
        name="浙江省市场监督管理局（更名）", short_name="浙江局", is_active=False, aliases="浙江"
    )

    registry.load_tree()

    bureau = Bureau.objects.get(code="330000")
    assert (bureau.name, bureau.short_name) == ("浙江省市场监督管理局（更名）", "浙江局")
    assert (bureau.is_active, bureau.aliases) == (False, "浙江")


def test_loading_again_restores_only_what_is_missing():
    Bureau.objects.filter(code__in=["330102", "N52"]).delete()

    assert registry.load_tree() == 2

    assert Bureau.objects.get(code="330102").path == "/330000/330100/330102/"
    assert AuditEvent.objects.filter(verb="载入机构").first().detail == {"added": 2}


def test_workdays_are_loaded_once_and_read_as_two_sets():
    rows = data_rows("workdays")

    assert registry.load_workdays() == len(rows)
    assert registry.load_workdays() == 0

    rest, work = calendar.days()
    assert {str(day) for day in rest} == {row["date"] for row in rows if row["kind"] == "H"}
    assert {str(day) for day in work} == {row["date"] for row in rows if row["kind"] == "W"}
    assert len(rest) > len(work) > 0


def test_edited_workday_stays_edited():
    registry.load_workdays()
    CalendarDay.objects.filter(day="2021-01-01").update(kind="W", name="改为上班")

    registry.load_workdays()

    day = CalendarDay.objects.get(day="2021-01-01")
    assert (day.kind, day.name, str(day)) == ("W", "改为上班", "2021-01-01 调休上班")


def test_command_says_what_it_added():
    Bureau.objects.filter(code="N52").delete()
    first, second = StringIO(), StringIO()

    call_command("load_bureaus", stdout=first)
    call_command("load_bureaus", stdout=second)

    days = len(data_rows("workdays"))
    assert first.getvalue() == f"新增机构1个，新增放假与调休日{days}天\n"
    assert second.getvalue() == "新增机构0个，新增放假与调休日0天\n"
