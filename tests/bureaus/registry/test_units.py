import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.actions import units
from bureaus.errors import BureauError
from bureaus.models import Bureau
from bureaus.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


def administrator():
    return factories.staff(Role.SYSTEM_ADMIN, factories.central())


def test_zone_takes_its_place_below_its_parent():
    hangzhou = factories.prefecture(factories.province())

    zone = units.add_zone(hangzhou, code="33G1", name="示例新区市场监督管理局", by=administrator())

    assert (zone.path, zone.rank) == ("/330000/330100/33G1/", Bureau.Rank.ZONE)
    assert zone.short_name == "示例新区市场监管局"
    assert list(Bureau.objects.under(hangzhou)) == [hangzhou, zone]
    assert AuditEvent.objects.about(zone).get().verb == "新增单位"


@pytest.mark.parametrize(
    ("code", "name", "message"),
    [
        ("33/1", "示例新区市场监督管理局", "3至12位数字或大写字母"),
        ("330000", "示例新区市场监督管理局", "已被使用"),
        ("33G2", "已有新区市场监督管理局", "已有名为"),
    ],
)
def test_zone_with_a_bad_code_or_a_taken_name_is_refused(code, name, message):
    zhejiang, by = factories.province(), administrator()
    units.add_zone(zhejiang, code="33G1", name="已有新区市场监督管理局", by=by)
    before = Bureau.objects.count()

    with pytest.raises(BureauError, match=message):
        units.add_zone(zhejiang, code=code, name=name, by=by)

    assert Bureau.objects.count() == before


def test_zone_by_somebody_who_does_not_administer_the_parent_is_refused():
    other = factories.staff(Role.SYSTEM_ADMIN, factories.province("320000", "江苏省"))

    with pytest.raises(BureauError, match="没有在浙江省市场监管局下新增单位的权限"):
        units.add_zone(factories.province(), code="33G1", name="示例新区", by=other)


def test_page_adds_a_zone_and_tells_an_unknown_parent(client):
    factories.province()
    client.force_login(administrator())

    wrong = client.post(
        reverse("bureaus:unit_add"), {"parent": "999999", "code": "33g1", "name": "示例新区"}
    )
    right = client.post(
        reverse("bureaus:unit_add"), {"parent": "330000", "code": "33g1", "name": "示例新区"}
    )

    assert wrong.status_code == 422
    assert "没有这个代码的单位" in wrong.content.decode()
    assert right.status_code == 302
    assert Bureau.objects.get(code="33G1").parent.code == "330000"


def test_pages_behind_the_login_are_not_kept(client):
    client.force_login(administrator())

    assert client.get(reverse("bureaus:unit_add")).headers["Cache-Control"] == "no-store"


def unit_admin():
    return factories.staff(Role.UNIT_ADMIN, factories.province())


def test_switches_of_a_unit_are_turned_and_recorded():
    zhejiang = factories.province()

    units.set_up(zhejiang, is_two_person=True, counties_take_part=False, by=unit_admin())

    assert factories.fresh(zhejiang).is_two_person
    event = AuditEvent.objects.about(zhejiang).get()
    assert (event.verb, event.chain) == ("更改单位设置", "330000")
    assert event.detail == {"is_two_person": [False, True]}


def test_switch_that_stays_leaves_no_trace():
    zhejiang = factories.province()

    units.set_up(zhejiang, is_two_person=False, by=unit_admin())

    assert not AuditEvent.objects.about(zhejiang).exists()


@pytest.mark.parametrize(
    ("role", "at", "switches"),
    [
        (Role.UNIT_ADMIN, "330000", ["is_two_person", "counties_take_part"]),
        (Role.SYSTEM_ADMIN, "100000", ["counties_take_part"]),
        (Role.UNIT_ADMIN, "330100", []),
        (Role.UNIT_ADMIN, "320000", []),
        (Role.SECURITY_ADMIN, "100000", []),
        (Role.COORDINATOR, "330000", []),
    ],
)
def test_who_may_turn_which_switch(role, at, switches):
    zhejiang = factories.province()
    factories.prefecture(zhejiang)
    factories.province("320000", "江苏省")
    factories.central()
    by = factories.staff(role, Bureau.objects.get(code=at))

    assert units.open_settings(zhejiang, by) == switches
    for name in {"is_two_person", "counties_take_part"} - set(switches):
        with pytest.raises(BureauError, match="没有更改浙江省市场监管局这项设置的权限"):
            units.set_up(zhejiang, **{name: True}, by=by)
    assert not factories.fresh(zhejiang).is_two_person
    assert not factories.fresh(zhejiang).counties_take_part


def test_county_has_no_counties_to_ask():
    county = factories.prefecture(factories.prefecture(factories.province()), "330102", "上城区")
    Bureau.objects.filter(pk=county.pk).update(rank=Bureau.Rank.COUNTY)

    assert units.open_settings(factories.fresh(county), unit_admin()) == ["is_two_person"]


def test_unit_page_shows_the_switches_and_saves_them(client):
    zhejiang = factories.province()
    url = reverse("bureaus:unit", args=[zhejiang.pk])
    client.force_login(unit_admin())

    page = client.get(url).content.decode()
    client.post(url, {"counties_take_part": "on"})

    kept = factories.fresh(zhejiang)
    assert "填报人不能审核自己填报的材料" in page
    assert (kept.is_two_person, kept.counties_take_part) == (False, True)


def test_switch_not_offered_is_not_turned_by_posting_it(client):
    zhejiang = factories.province()
    Bureau.objects.update(is_two_person=True)
    client.force_login(administrator())

    client.post(reverse("bureaus:unit", args=[zhejiang.pk]), {"counties_take_part": "on"})

    kept = factories.fresh(zhejiang)
    assert (kept.is_two_person, kept.counties_take_part) == (True, True)
