"""Units by obligations on the page of a notice, and the tiles of units below the provinces."""

import re
from datetime import timedelta

import pytest

from bureaus.models import Bureau
from bureaus.roles import Role
from tasks.models import Assignment, Obligation
from tasks.pictures import matrix as pictures
from tests import factories
from tests.factories import NOW, RUNGS, TO_SUBMIT, copies, owed_by, walk
from tests.tasks.conftest import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def matrix(client, issued):
    return client.get(f"/notices/{issued.notice_id}/").context["matrix"]


def cells(found) -> dict[str, list[str]]:
    """The light of each cell by the code of its row's bureau, or what stands without one."""
    return {row.bureau.code: [cell.light or cell.said for cell in row.cells] for row in found.rows}


def below(province: Bureau, count: int) -> list[Bureau]:
    """Counties, ten in a prefecture."""
    made = []
    for number in range(count):
        code = f"{province.code[:2]}{number // 10 + 1:02}"
        city = factories.prefecture(province, f"{code}00", f"示例{code}市")
        made.append(factories.county(city, f"{code}{number % 10 + 1:02}", f"示例{number}县"))
    return made


def test_rows_are_in_administrative_order_and_nothing_is_summed(office, issued):
    found = matrix(office, issued)

    assert [row.bureau.code for row in found.rows] == sorted(CODES)
    page = office.get(f"/notices/{issued.notice_id}/").content.decode()
    assert "合计" not in page.split('class="ledger matrix"')[1].split("</table>")[0]


def test_cell_is_the_light_of_the_assignment_and_leads_to_it(office, issued, clock):
    late, other = copies(issued, 2)
    other.assignments.filter(bureau__code="110000").delete()
    walk(owed_by(issued, "330000"), *TO_SUBMIT, "close")
    Assignment.objects.filter(obligation=late).update(due_at=NOW + timedelta(hours=1))

    found = matrix(office, issued)

    assert cells(found) == {
        "110000": ["normal", "overdue", ""],
        "320000": ["normal", "overdue", "normal"],
        "330000": ["done", "overdue", "normal"],
        "650000": ["normal", "overdue", "normal"],
    }
    done = found.rows[2].cells[0]
    assert done.url == f"/assignments/{owed_by(issued, '330000').pk}/"
    assert (done.word, done.said) == ("已办结", "已办结")
    assert found.lights == [("normal", "正常"), ("overdue", "逾期"), ("done", "已办结")]


def test_every_cell_says_its_light_in_words_too(office, issued):
    walk(owed_by(issued, "330000"), *TO_SUBMIT, "close")

    page = office.get(f"/notices/{issued.notice_id}/").content.decode()

    table = page.split('class="ledger matrix"')[1].split("</table>")[0]
    said = re.findall(r'visually-hidden">([^<]+)</span></span>', table)
    assert said == ["正常，待签收", "正常，待签收", "已办结，已办结", "正常，待签收"]


def test_what_is_released_says_so(office, issued):
    walk(owed_by(issued, "330000"), "withdraw")

    assert cells(matrix(office, issued))["330000"] == ["ended"]


def test_matrix_is_the_issuers(enter, issued):
    for role, code in ((Role.COORDINATOR, "330000"), (Role.FILLER, "110000")):
        client = enter(factories.staff(role, owed_by(issued, code).bureau))
        assert matrix(client, issued) is None


def test_province_that_split_its_task_sees_its_cities(enter, issued):
    task = owed_by(issued, "330000")
    cities = [factories.prefecture(task.bureau, f"3301{n}0", f"示例{n}市") for n in range(3)]
    (split,) = copies(issued, 1)
    split.assignments.all().delete()
    Obligation.objects.filter(pk=split.pk).update(issuer=task.bureau, parent=task)
    for city in cities:
        Assignment.objects.create(
            obligation=split, bureau=city, bureau_path=city.path, receiver=task.bureau
        )
    client = enter(factories.staff(Role.COORDINATOR, task.bureau))

    answer = client.get(f"/obligations/{split.pk}/")

    assert list(cells(matrix(client, issued))) == ["330100", "330110", "330120"]
    assert [tile["label"] for tile in answer.context["units"]] == ["示例0市", "示例1市", "示例2市"]
    assert 'class="tiles tiles-flow"' in answer.content.decode()


def test_one_unit_alone_is_no_matrix_and_no_tile(office):
    issued = factories.obligation(factories.prefecture(factories.province()))

    assert matrix(office, issued) is None
    assert office.get(f"/obligations/{issued.pk}/").context["units"] == []


def test_sixty_units_have_a_row_each_and_more_are_folded(office):
    counties = below(factories.province(), 61)
    issued = factories.obligation(*counties[:60])
    each = matrix(office, issued)
    issued.assignments.filter(bureau__in=counties[:5]).update(status="closed")
    Assignment.objects.create(
        obligation=issued,
        bureau=counties[60],
        bureau_path=counties[60].path,
        receiver=factories.central(),
        due_at=issued.due_at,
    )

    folded = matrix(office, issued)

    assert (each.is_folded, len(each.rows)) == (False, 60)
    assert (folded.is_folded, folded.units) == (True, 61)
    ((cell,),) = [row.cells for row in folded.rows]
    assert [row.bureau.code for row in folded.rows] == ["330000"]
    assert (cell.light, cell.said) == ("normal", "5/61")
    assert cell.word == "61个单位，已报5"


def test_what_is_not_due_is_grey_and_never_none_of_so_many(office, clock):
    counties = below(factories.province(), 70)
    issued = factories.obligation(*counties)

    before = office.get(f"/notices/{issued.notice_id}/")
    tiles = office.get(f"/obligations/{issued.pk}/").context["units"]
    clock.move_to(RUNGS["O1"], tick=False)
    office.force_login(factories.coordinator())
    after = matrix(office, issued)

    ((cell,),) = [row.cells for row in before.context["matrix"].rows]
    assert (cell.light, cell.said, cell.word) == ("", "未到期", "70个单位，未到期")
    table = before.content.decode().split('class="ledger matrix"')[1].split("</table>")[0]
    assert "0/70" not in table
    assert [(tile["light"], tile["word"]) for tile in tiles] == [("", "未到期")]
    ((cell,),) = [row.cells for row in after.rows]
    assert (cell.light, cell.said, cell.word) == ("overdue", "0/70", "70个单位，已报0，逾期未报70")


def test_undated_parts_say_so(office):
    issued = factories.obligation(*below(factories.province(), 61))
    Assignment.objects.update(due_at=None, target_at=None)

    ((cell,),) = [row.cells for row in matrix(office, issued).rows]

    assert (cell.light, cell.said) == ("undated", "无时限")


def test_provinces_beside_their_counties_fold_into_one_row_each(office):
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    unit = factories.internal_unit()
    issued = factories.obligation(zhejiang, jiangsu, unit, *below(zhejiang, 60))

    found = matrix(office, issued)

    assert [row.bureau.code for row in found.rows] == ["320000", "330000", "N10"]
    words = [row.cells[0].word for row in found.rows]
    assert words == ["1个单位，未到期", "61个单位，未到期", "1个单位，未到期"]


def test_of_many_periods_the_last_are_shown_and_the_rest_told(office, issued):
    for number, copy in enumerate(copies(issued, pictures.MOST_COLUMNS + 1)):
        Obligation.objects.filter(pk=copy.pk).update(due_at=RUNGS["O1"] + timedelta(days=number))

    answer = office.get(f"/notices/{issued.notice_id}/")

    found = answer.context["matrix"]
    assert (len(found.columns), found.cut) == (24, 2)
    assert all(len(row.cells) == 24 for row in found.rows)
    assert "略去较早的 2 列" in answer.content.decode()


@pytest.mark.parametrize(("count", "queries"), [(2, 27), (60, 27), (61, 28), (200, 28)])
def test_notice_asks_as_often_for_few_units_as_for_many(
    office, django_assert_num_queries, count, queries
):
    issued = factories.obligation(*below(factories.province(), count))

    with django_assert_num_queries(queries):
        office.get(f"/notices/{issued.notice_id}/")


@pytest.mark.parametrize(("count", "queries"), [(2, 20), (60, 20), (61, 21), (200, 21)])
def test_obligation_asks_as_often_for_few_units_as_for_many(
    office, django_assert_num_queries, count, queries
):
    issued = factories.obligation(*below(factories.province(), count))

    with django_assert_num_queries(queries):
        office.get(f"/obligations/{issued.pk}/")
