"""Whatever a definition or a content looks like, storing it and cleaning it loses nothing."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.schemas.checking.validation import check
from reports.schemas.content.content import blank, normalise
from reports.schemas.content.table_lines import lines
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition, from_json
from reports.schemas.definition.kinds import ColumnKind, Per, RowMode
from reports.schemas.definition.rows import Region, Row
from reports.schemas.definition.totals import Total
from tests.reports.tables import CASES

KINDS = [
    ColumnKind.TEXT,
    ColumnKind.LONGTEXT,
    ColumnKind.INTEGER,
    ColumnKind.DECIMAL,
    ColumnKind.PERCENT,
    ColumnKind.DATE,
    ColumnKind.YES_NO,
    ColumnKind.REMARK,
]
CODES = ["110000", "310000", "500000"]
MODES = [RowMode.REPEAT, RowMode.FIXED_ITEMS, RowMode.BY_REGION]
words = st.text("甲乙丙丁数量企业", min_size=1, max_size=6)
cells = st.sampled_from(["", "0", "无", "—", "12", "1,200", "3.5", "2000万", "甲\r\n乙", " 是 "])
few = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@st.composite
def definitions(draw):
    mode = draw(st.sampled_from(MODES))
    count = draw(st.integers(1, 5))
    columns = [
        Column(
            f"c{n}",
            draw(words),
            draw(st.sampled_from(KINDS)),
            required=draw(st.booleans()),
            per=draw(st.sampled_from(Per)) if n else Per.ROW,
            max_chars=draw(st.none() | st.integers(1, 50)),
        )
        for n in range(count)
    ]
    split = draw(st.integers(0, count))
    tree = [*columns[:split]]
    if columns[split:]:
        tree.append(Column("g1", draw(words), children=tuple(columns[split:])))
    rows = ()
    if mode is RowMode.FIXED_ITEMS:
        labels = draw(st.lists(words, min_size=1, max_size=5))
        rows = tuple(
            Row(f"r{n}", (label,), level=draw(st.integers(0, 2)), heading=draw(st.booleans()))
            for n, label in enumerate(labels)
        )
    first = ColumnKind.TEXT if mode is RowMode.REPEAT else ColumnKind.ROW_LABEL
    return FormDefinition(
        draw(words),
        (Column("label", draw(words), first), *tree),
        row_mode=mode,
        rows=rows,
        total=draw(st.none() | st.just(Total())),
    )


@st.composite
def filled(draw):
    definition = draw(definitions())
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, min_size=1))
    regions = [Region(code, "甲") for code in codes]
    content = blank(definition, regions=regions)
    unit = {id_: draw(cells) for id_ in content["unit"]}
    data = {**content, "unit": unit}
    if definition.is_keyed:
        data["items"] = {
            key: {id_: draw(cells) for id_ in row} for key, row in content["items"].items()
        }
    else:
        ids = [column.id for column in definition.row_columns()]
        data["rows"] = [{id_: draw(cells) for id_ in ids} for _ in range(draw(st.integers(0, 3)))]
    return definition, data


@few
@given(definitions())
def test_definition_survives_storing(definition):
    assert from_json(json.loads(json.dumps(definition.to_json()))) == definition


@few
@given(filled())
def test_cleaning_twice_is_cleaning_once(made):
    definition, data = made

    once = normalise(definition, data)

    assert normalise(definition, json.loads(json.dumps(once))) == once


@few
@given(filled())
def test_no_answer_is_lost_or_becomes_another(made):
    definition, data = made

    content = normalise(definition, data)

    def answers(whole):
        parts = [whole["unit"], *whole["rows"], *whole.get("items", {}).values()]
        texts = [text.strip().replace("\r\n", "\n") for part in parts for text in part.values()]
        return sorted(filter(None, texts))

    assert answers(content) == answers(data)


@few
@given(filled())
def test_every_filled_form_can_be_checked_and_laid_out(made):
    definition, data = made
    content = normalise(definition, data)

    problems = check(definition, content)
    body = lines(definition, content)

    paths = {cell.path for line in body for cell in line.cells if cell.path}
    assert {problem.path for problem in problems if problem.path} <= paths
    width = len(definition.leaf_columns())
    assert all(sum(cell.colspan for cell in line.cells) <= width for line in body)
    written = [cell for line in body for cell in line.cells if cell.path and not cell.is_covered]
    assert all(cell.value is None or cell.text for cell in written)


@few
@given(st.sampled_from(CASES), st.data())
def test_any_text_in_any_cell_of_the_real_tables_is_told_or_taken(case, data):
    content = case.content
    parts = [content["unit"], *content["rows"], *content.get("items", {}).values()]
    for part in parts:
        for id_ in part:
            if data.draw(st.booleans()):
                part[id_] = data.draw(st.text(max_size=8))

    cleaned = normalise(case.definition, content)

    assert normalise(case.definition, cleaned) == cleaned
    for problem in check(case.definition, cleaned):
        assert problem.message_zh.endswith("。")
        assert problem.level in {"error", "warning"}
    lines(case.definition, cleaned)
