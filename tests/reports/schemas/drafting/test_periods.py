"""Sentences over the periods of a series: sums, the last of what runs on, texts by period."""

import pytest

from reports.schemas.content.content import normalise
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind, Per
from reports.schemas.drafting.period_sentences import draft_periods
from reports.schemas.drafting.sentence import Given, Sentence
from tests.reports.forms import annex_1, annex_1_content, annex_2

pytestmark = pytest.mark.once

FIGURES = FormDefinition(
    "活动情况表",
    (
        Column("a", "活动场次", ColumnKind.INTEGER, per=Per.UNIT, measure="场"),
        Column("b", "累计受众", ColumnKind.INTEGER, per=Per.UNIT, measure="人"),
        Column("c", "活动覆盖率", ColumnKind.PERCENT, per=Per.UNIT),
        Column("d", "特色活动", ColumnKind.LONGTEXT, per=Per.UNIT),
    ),
)
ROWS = FormDefinition(
    "活动清单",
    (
        Column("a", "活动名称"),
        Column("b", "参加人数", ColumnKind.INTEGER, measure="人"),
        Column("c", "累计经费", ColumnKind.INTEGER, measure="元"),
    ),
)


def given(definition, *contents) -> list[Given]:
    return [
        Given("附件1", definition, normalise(definition, data), f"2026年{order + 1}月", order)
        for order, data in enumerate(contents)
    ]


def units(*rows) -> list[Given]:
    return given(FIGURES, *[{"unit": dict(zip("abcd", row, strict=True))} for row in rows])


def listed(*periods) -> list[Given]:
    tables = [[dict(zip("abc", row, strict=True)) for row in rows] for rows in periods]
    return given(ROWS, *[{"rows": rows} for rows in tables])


def texts(tables) -> list[str]:
    return [one.text for one in draft_periods(annex_2(), tables)]


def cells(sentence: Sentence) -> list[tuple[str, str]]:
    return [(one.period, path) for one, path in sentence.parts]


def test_figures_are_added_up_what_runs_on_and_rates_are_the_last_and_texts_go_by_period():
    tables = units(
        ("5", "100", "50", "进企业"), ("", "180", "60", "进校园"), ("12", "300", "70", "进企业")
    )

    found = {one.text: cells(one) for one in draft_periods(annex_2(), tables)}

    assert found == {
        "2026年1月至2026年3月（共2期）活动场次17场。": [
            ("2026年1月", "unit.a"),
            ("2026年3月", "unit.a"),
        ],
        "2026年3月：累计受众300人。": [("2026年3月", "unit.b")],
        "2026年3月：活动覆盖率70%。": [("2026年3月", "unit.c")],
        "2026年2月：进校园": [("2026年2月", "unit.d")],
        "2026年3月：进企业": [("2026年3月", "unit.d")],
    }


def test_rows_of_all_periods_are_told_once_with_their_sums():
    tables = listed(
        [("宣讲", "30", "5"), ("培训", "20", "5")], [("宣讲", "30", "5"), ("展览", "50", "9")]
    )

    assert texts(tables) == [
        "2026年1月至2026年2月（共2期）共填报活动3个。",
        "2026年1月至2026年2月（共2期）参加人数合计100人。",
        "2026年2月：累计经费合计14元。",
        "2026年1月：活动名称：培训，参加人数20人。",
        "2026年2月：活动名称：宣讲，参加人数30人，累计经费5元。",
        "2026年2月：活动名称：展览，参加人数50人，累计经费9元。",
    ]


def test_document_that_is_issued_in_a_later_period_is_one():
    def month(*rows):
        named = [dict(zip(("c4", "c5", "c6"), row, strict=True)) for row in rows]
        return annex_1_content() | {"rows": named, "unit": {}}

    tables = given(
        annex_1(),
        month(("《甲办法》", "省局", "起草中"), ("乙", "省局", "起草中")),
        month(("甲办法（示政发〔2026〕3号）", "省局", "已印发")),
    )

    assert texts(tables)[0] == (
        "2026年1月至2026年2月（共2期）共填报有关文件2件，其中起草中1件、已印发1件。"
    )


def test_table_whose_columns_are_others_is_not_added():
    old = FormDefinition("活动情况表", FIGURES.columns[:1])
    first = given(old, {"unit": {"a": "5"}})
    last = units(("", "", "", ""), ("7", "", "", ""))[1:]

    assert texts([*first, *last]) == ["活动场次7场。"]
