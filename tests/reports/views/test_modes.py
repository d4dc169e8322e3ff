"""Forms of every row mode through the web: shown, written, handed in, read by those above."""

import pytest

from bureaus.roles import Role
from reports.actions import handing_in
from reports.models import Submission
from tasks.states import Status
from tests import factories
from tests.factories import fresh
from tests.reports.importing import asked, stored
from tests.reports.pages.test_grid_modes import pressed, shown
from tests.reports.tables import BY_NUMBER, CASES
from tests.reports.written import NOW, filler, save

pytestmark = pytest.mark.django_db
EVERY_CASE = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.name}")


def url(task) -> str:
    return f"/assignments/{task.pk}/forms/1/"


def begun(case):
    """A task that asks for this table; one by region has the regions of the case."""
    task = asked(case.definition)
    if case.regions:
        save(task, {"regions": case.content["regions"]})
    return task


def revision(task) -> int:
    return (
        Submission.objects.filter(assignment=task).values_list("revision", flat=True).first() or 0
    )


@EVERY_CASE
def test_table_is_filled_in_handed_in_and_read(client, case):
    task = begun(case)
    client.force_login(filler(task.bureau))
    posted = {**dict(pressed(shown(case)).lists()), "revision": revision(task), "hand_in": "1"}

    answer = client.post(url(task), posted)

    assert (answer.status_code, fresh(task).status) == (302, Status.REVIEW)
    assert stored(task) == case.content

    client.force_login(factories.staff(Role.REVIEWER, task.bureau))
    for page in (url(task), f"/assignments/{task.pk}/review/"):
        text = client.get(page).content.decode()
        for cell in (cell for line in shown(case).lines for cell in line if cell.text):
            assert cell.text in text


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.level == "error"],
    ids=lambda case: f"{case.number} {case.name}",
)
def test_wrong_figure_is_named_at_its_cell(client, case):
    task = begun(case)
    client.force_login(filler(task.bureau))
    posted = {**dict(pressed(shown(case)).lists()), "revision": revision(task), "hand_in": "1"}
    posted[case.wrong[0]] = case.wrong[1]

    answer = client.post(url(task), posted)

    assert (answer.status_code, fresh(task).status != Status.REVIEW) == (422, True)
    (fault,) = answer.context["errors"]
    assert fault.message == case.problem[1]
    assert f'id="{fault.href}"' in answer.content.decode()


def test_rows_by_region_are_the_bureaus_below(client):
    task = asked(BY_NUMBER[7].definition)
    factories.prefecture(task.bureau)
    factories.prefecture(task.bureau, "330200", "宁波市")
    factories.internal_unit("330000N1", "示例处")
    client.force_login(filler(task.bureau))

    page = client.get(url(task))
    assert [line[0].text for line in page.context["sheet"].lines] == ["杭州市", "宁波市"]

    answer = client.post(url(task), {"revision": "0", "items.330200.e": "12"})
    assert answer.status_code == 302
    content = stored(task)
    assert [one["label"] for one in content["regions"]] == ["杭州市", "宁波市"]
    assert content["items"]["330200"]["e"] == "12"


def test_bureau_with_none_below_has_a_row_of_its_own(client):
    task = asked(BY_NUMBER[7].definition)
    client.force_login(filler(task.bureau))

    lines = client.get(url(task)).context["sheet"].lines

    assert [line[0].text for line in lines] == ["浙江省"]


def test_row_that_the_table_does_not_have_is_refused(client):
    task = asked(BY_NUMBER[1].definition)
    client.force_login(filler(task.bureau))

    answer = client.post(url(task), {"revision": "0", "items.r99.n": "1"})

    assert answer.status_code == 422
    assert "本报表没有的项目r99" in answer.context["refusal"]
    assert not Submission.objects.exists()


def test_crossed_out_cell_takes_no_figure(client):
    task = asked(BY_NUMBER[10].definition)
    client.force_login(filler(task.bureau))

    answer = client.post(url(task), {"revision": "0", "items.r4.before": "3"})

    assert answer.status_code == 422
    assert "不用填写" in answer.context["refusal"]


def test_nil_report_is_refused_where_a_fixed_row_is_filled_in(client):
    task = asked(BY_NUMBER[1].definition)
    client.force_login(filler(task.bureau))

    answer = client.post(url(task), {"revision": "0", "items.r1.n": "3", "report_nil": "1"})

    assert answer.status_code == 422
    assert "表中已有内容" in answer.context["refusal"]


def test_refused_table_by_region_keeps_its_rows_and_what_was_typed(client):
    task = asked(BY_NUMBER[7].definition)
    factories.prefecture(task.bureau)
    client.force_login(filler(task.bureau))
    typed = {"items.330100.e": "12", "items.330100.e9": "x"}

    answer = client.post(url(task), {"revision": "0", **typed})

    assert answer.status_code == 422
    (line,) = answer.context["sheet"].lines
    assert [cell.text for cell in line][:2] == ["杭州市", "12"]


def test_row_is_moved_without_a_script(client):
    task = asked(BY_NUMBER[16].definition)
    client.force_login(filler(task.bureau))
    rows = {f"rows.{n}.region": name for n, name in enumerate(("北京", "上海", "重庆"))}

    answer = client.post(url(task), {"revision": "0", **rows, "move_down": "0"})

    assert answer.url == f"{url(task)}#rows-1-region"
    assert [row["region"] for row in stored(task)["rows"]] == ["上海", "北京", "重庆"]


def test_change_in_a_fixed_row_is_shown_to_who_reviews_again(client):
    case = BY_NUMBER[4]
    task = asked(case.definition)
    by = filler(task.bureau)
    save(task, case.content)
    handing_in.hand_in(task, now=NOW, by=by)
    factories.walk(task, "review_back")
    items = {**case.content["items"], "r2": {**case.content["items"]["r2"], "fixed": "140"}}
    save(task, {**case.content, "items": items}, revision=1)
    handing_in.hand_in(task, now=NOW, by=by)
    client.force_login(factories.staff(Role.REVIEWER, task.bureau))

    text = client.get(f"/assignments/{task.pk}/review/").content.decode()

    assert text.count("<del>130</del><ins>140</ins>") == 2  # in the list and at its place
    assert "91.43" in text  # the rate that is computed from it
