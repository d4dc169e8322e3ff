from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.actions import schemas
from reports.exports import files as exports
from reports.filling.asked_forms import proposed
from reports.models import Submission
from reports.schemas.definition.columns import Column
from reports.schemas.definition.outlines import OutlineDefinition, Section
from tests import factories
from tests.factories import walk
from tests.reports.collected import collect
from tests.reports.written import NOW, accepted, handed_in, reported, save, table

pytestmark = pytest.mark.django_db

# in the reverse of the administrative order, so that no order of making can be mistaken for it
CODES = {"650000": "示例区", "330000": "浙江省", "320000": "江苏省", "110000": "北京市"}


@pytest.fixture
def issued():
    return factories.obligation(*(factories.province(*each) for each in CODES.items()))


def task(issued, code):
    return issued.assignments.for_detail().get(bureau__code=code)


def codes(rolled) -> list[str]:
    return [entry.code for entry in rolled.entries]


def test_entries_and_the_missing_are_in_administrative_order(issued):
    for code in ("650000", "110000"):
        reported(task(issued, code), table())

    rolled = collect(issued, 1)

    assert codes(rolled) == ["110000", "650000"]
    assert rolled.missing_names == ["江苏省市场监管局", "浙江省市场监管局"]
    assert rolled.expected == 4


def test_drafts_and_forms_not_yet_sent_never_enter(issued):
    save(factories.accept(task(issued, "110000")), table())
    handed_in(task(issued, "320000"), table())
    walk(handed_in(task(issued, "330000"), table()), "pass_review")

    rolled = collect(issued, 1)

    assert Submission.objects.count() == 3
    assert (codes(rolled), len(rolled.missing)) == ([], 4)


def test_returned_form_leaves_the_roll_up_and_is_missing_again(issued):
    sent = reported(task(issued, "330000"), table())
    assert codes(collect(issued, 1)) == ["330000"]

    walk(sent, "return_")

    rolled = collect(issued, 1)
    assert codes(rolled) == []
    assert "浙江省市场监管局" in rolled.missing_names


def test_closed_form_stays_in(issued):
    walk(reported(task(issued, "330000"), table()), "close")

    assert codes(collect(issued, 1)) == ["330000"]


@pytest.mark.parametrize("sent", [False, True])
def test_withdrawn_unit_is_neither_expected_nor_missing(issued, sent):
    gone = task(issued, "330000")
    if sent:
        reported(gone, table())
    walk(gone, "withdraw")

    rolled = collect(issued, 1)

    assert rolled.expected == 3
    assert "浙江省市场监管局" not in rolled.missing_names
    assert codes(rolled) == []


def test_each_number_collects_its_own_form():
    both = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(both, table())
    save(both, {"sections": {"s1": "学习两次"}}, number=2)
    walk(both, "hand_in", "pass_review", "submit")

    first, second = (collect(both.obligation, number) for number in (1, 2))

    assert first.definition.kind == "table"
    assert first.entries[0].content["rows"][0]["c4"] == "示例文件1"
    assert second.definition.kind == "outline"
    assert second.entries[0].content["sections"]["s1"] == "学习两次"


def test_other_obligations_of_the_notice_do_not_mix(issued):
    reported(task(issued, "330000"), table())
    other = factories.obligation(factories.province(), number="")

    assert codes(collect(other, 0)) == []
    assert collect(other, 0).expected == 1


def confirm(issued, *columns):
    """The next version of the form: a table with these columns."""
    found = proposed(issued.notice, 1)
    changed = replace(found, columns=(*found.columns, *columns))
    return schemas.confirm(issued.notice, 1, changed, now=NOW, by=factories.coordinator())


def test_who_wrote_into_another_version_of_the_form_is_named(issued):
    confirm(issued)
    reported(task(issued, "110000"), table())
    confirm(issued, Column("added", "新增栏"))
    reported(task(issued, "330000"), table(rows=[{"c4": "文件", "added": "新"}]))

    rolled = collect(issued, 1)

    assert codes(rolled) == ["110000", "330000"]
    assert rolled.standing.otherwise == ["北京市市场监管局"]
    assert rolled.standing.sentences()[-1] == (
        "按报表另一版填报、只计入两版都有的栏目的1个：北京市市场监管局。"
    )
    sheet = load_workbook(BytesIO(exports.roll_up_workbook(issued, 1, as_of=NOW.date())))
    assert [sheet.worksheets[0].cell(row, 10).value for row in (5, 6)] == [None, "新"]


def test_table_that_became_a_summary_counts_and_brings_nothing(issued):
    confirm(issued)
    reported(task(issued, "110000"), table())
    outline = OutlineDefinition("总结", (Section("s1", "一", "学习"),))
    schemas.confirm(issued.notice, 1, outline, now=NOW, by=factories.coordinator())

    rolled = collect(issued, 1)

    assert [entry.content for entry in rolled.entries] == [{"sections": {"s1": ""}}]
    assert (rolled.reported, rolled.standing.otherwise) == (1, ["北京市市场监管局"])


@pytest.mark.parametrize("count", [1, 50])
def test_roll_up_takes_three_queries_however_many_units(django_assert_num_queries, count):
    issued = factories.obligation(
        *(factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count))
    )
    for each in issued.assignments.for_detail():
        reported(each, table())

    with django_assert_num_queries(3):
        rolled = collect(issued, 1)
        names = [entry.name for entry in rolled.entries]

    assert len(names) == count
