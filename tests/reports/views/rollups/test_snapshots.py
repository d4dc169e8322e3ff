from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bureaus.roles import Role
from reports.exports import files as exports
from reports.models import Production, Snapshot
from tests import factories
from tests.factories import owed_by, walk
from tests.reports.snapped import LATER, take
from tests.reports.written import reported, table

pytestmark = pytest.mark.django_db

CODES = {"110000": "北京市", "330000": "浙江省"}


@pytest.fixture
def office(client, time_machine):
    time_machine.move_to(LATER, tick=False)
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def issued():
    made = factories.obligation(*(factories.province(*each) for each in CODES.items()))
    reported(owed_by(made, "330000"), table(documents=2))
    return made


def test_snapshot_is_made_from_the_roll_up_page_and_listed_there(office, issued):
    url = f"/obligations/{issued.pk}/roll-up/1/"

    answer = office.post(f"{url}snapshots/", {"label": "第一次上报"})

    snapshot = Snapshot.objects.get()
    assert answer.url == f"/snapshots/{snapshot.pk}/"
    assert (snapshot.label, snapshot.as_of, snapshot.made_by) == (
        *("第一次上报", LATER),
        factories.coordinator(),
    )
    page = office.get(url).content.decode()
    assert f'href="/snapshots/{snapshot.pk}/"' in page
    assert "第一次上报" in page


def test_a_double_click_opens_the_first_and_a_later_one_is_another(office, issued, time_machine):
    url = f"/obligations/{issued.pk}/roll-up/1/snapshots/"

    answers = [office.post(url, {"label": "第一次上报"}).url for _ in range(2)]
    other = office.post(url, {"label": "第二次上报"}).url
    time_machine.move_to(LATER + timedelta(minutes=1), tick=False)
    later = office.post(url, {"label": "第一次上报"}).url

    assert answers[0] == answers[1]
    assert len({answers[0], other, later}) == 3
    assert Snapshot.objects.count() == 3


def test_label_that_is_too_long_is_told_and_nothing_is_kept(office, issued):
    url = f"/obligations/{issued.pk}/roll-up/1/snapshots/"

    answer = office.post(url, {"label": "字" * 101}, follow=True)

    assert "快照名称不能超过100字，现为101字，请缩短" in answer.content.decode()
    assert not Snapshot.objects.exists()


def test_snapshot_page_shows_what_was_and_who_was_missing(office, issued):
    snapshot = take(issued)
    walk(owed_by(issued, "330000"), "return_", now=LATER)

    answer = office.get(f"/snapshots/{snapshot.pk}/")

    text = answer.content.decode()
    assert [block.name for block in answer.context["blocks"]] == ["浙江省市场监管局"]
    assert "示例文件2" in text
    assert "应报 2 个单位，已报 1 个，未报 1 个" in text
    assert "与制作时一致" in text
    assert snapshot.digest in text


def test_workbook_of_a_snapshot_is_dated_by_it(office, issued):
    snapshot = take(issued)

    answer = office.get(f"/snapshots/{snapshot.pk}/download/")

    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet["A2"].value == "汇总单位：市场监管总局　　截至2026年3月2日"


def test_long_workbook_of_a_snapshot_is_made_by_a_worker(office, issued, monkeypatch):
    snapshot = take(issued, label="第一次")
    monkeypatch.setattr(exports, "MOST_AT_ONCE", 1)

    download = office.get(f"/snapshots/{snapshot.pk}/download/")
    made = office.post(f"/snapshots/{snapshot.pk}/make/")

    production = Production.objects.get()
    assert (download.status_code, download.url) == (302, f"/snapshots/{snapshot.pk}/")
    assert made.url == f"/files/{production.pk}/"
    assert production.title == "质量工作进展情况 第一次 汇总表"


def test_difference_names_who_came_and_what_changed_whichever_is_asked_first(office, issued):
    old = take(issued)
    reported(owed_by(issued, "110000"), table())
    walk(owed_by(issued, "330000"), "return_", now=LATER)
    new = take(issued, now=LATER)

    answers = [
        office.get(f"/snapshots/{first.pk}/difference/{second.pk}/")
        for first, second in ((old, new), (new, old))
    ]

    for answer in answers:
        assert [(unit.name, unit.words) for unit in answer.context["found"].units] == [
            ("北京市市场监管局", "未报→已报"),
            ("浙江省市场监管局", "已报→未报"),
        ]
    download = office.get(f"/snapshots/{old.pk}/difference/{new.pk}/download/")
    words = [cell.value for row in load_workbook(BytesIO(download.content)).active for cell in row]
    assert "未报→已报" in words


def test_snapshots_of_different_forms_or_one_with_itself_are_not_compared(office, issued):
    snapshot = take(issued)
    other = take(factories.obligation(factories.province(), number=""), number=0)

    for key in (other.pk, snapshot.pk, 999):
        assert office.get(f"/snapshots/{snapshot.pk}/difference/{key}/").status_code == 404


@pytest.mark.parametrize("role", [Role.FILLER, Role.REVIEWER, Role.APPROVER])
@pytest.mark.parametrize("page", ["", "download/"])
def test_snapshots_are_for_those_who_may_roll_up(client, issued, role, page):
    snapshot = take(issued)
    client.force_login(factories.staff(role, factories.central()))

    assert client.get(f"/snapshots/{snapshot.pk}/{page}").status_code == 403
    url = f"/obligations/{issued.pk}/roll-up/1/snapshots/"
    assert client.post(url, {"label": ""}).status_code == 403
    assert Snapshot.objects.count() == 1


def test_snapshot_of_the_nation_is_not_found_for_a_province(client, issued):
    snapshot = take(issued)
    client.force_login(factories.staff(Role.COORDINATOR, owed_by(issued, "330000").bureau))

    assert client.get(f"/snapshots/{snapshot.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_pages_take_the_same_queries_for_one_unit_and_for_many(
    office, django_assert_num_queries, count
):
    made = factories.obligation(
        *(factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count))
    )
    for each in made.assignments.for_detail():
        reported(each, table())
    first, second = take(made), take(made, now=LATER)

    with django_assert_num_queries(12):
        assert office.get(f"/snapshots/{first.pk}/").status_code == 200
    with django_assert_num_queries(12):
        url = f"/snapshots/{first.pk}/difference/{second.pk}/"
        assert office.get(url).status_code == 200
