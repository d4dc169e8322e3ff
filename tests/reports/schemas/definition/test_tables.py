"""The 17 real tables of the survey: expressed, stored, filled in, checked and laid out."""

import json

import pytest

from reports.schemas.checking.validation import check
from reports.schemas.content.content import blank, normalise
from reports.schemas.content.table_lines import lines
from reports.schemas.definition.definition import from_json
from tests.reports.tables import CASES

every_table = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.name}")


def test_all_17_tables_are_here():
    assert [case.number for case in CASES] == list(range(1, 18))


@every_table
def test_definition_survives_storing(case):
    stored = json.loads(json.dumps(case.definition.to_json(), ensure_ascii=False))

    assert from_json(stored) == case.definition


@every_table
def test_header_has_its_spans(case):
    grid = case.definition.header_grid()

    assert [[(one.label, one.rowspan, one.colspan) for one in row] for row in grid] == case.header


@every_table
def test_blank_content_normalises_to_itself(case):
    empty = blank(case.definition, regions=case.regions)

    assert normalise(case.definition, json.loads(json.dumps(empty))) == empty


@every_table
def test_filled_content_survives_storing_and_has_no_error(case):
    content = case.content

    assert normalise(case.definition, json.loads(json.dumps(content))) == content
    assert [one for one in check(case.definition, content) if one.level == "error"] == []


@every_table
def test_one_wrong_value_is_told_at_its_place(case):
    right = check(case.definition, case.content)

    found = [one for one in check(case.definition, case.wrong_content) if one not in right]

    assert [(one.label, one.message_zh, one.level) for one in found] == [
        (*case.problem, case.level)
    ]


@every_table
def test_every_line_covers_the_width_of_the_header(case):
    width = len(case.definition.leaf_columns())
    covered = {}

    for index, line in enumerate(lines(case.definition, case.content)):
        for column, cell in enumerate(line.cells):
            for down in range(cell.rowspan):
                for across in range(cell.colspan):
                    place = (index + down, column + across)
                    covered[place] = covered.get(place, 0) + 1

    height = len(lines(case.definition, case.content))
    assert covered == {(row, column): 1 for row in range(height) for column in range(width)}
