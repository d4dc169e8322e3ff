"""Sentences drafted for a summary: what they say, and that each figure of them is somebody's."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from reports.schemas.content.content import normalise
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind, Per
from reports.schemas.definition.outlines import Section
from reports.schemas.drafting.data_sentences import draft
from reports.schemas.drafting.sentence import Given, Made, Sentence
from reports.schemas.drafting.themes import section_for
from tests.reports.forms import annex_1, annex_1_content, annex_2
from tests.reports.tables import CASES
from tests.reports.tables.case import put

pytestmark = pytest.mark.once

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def of_annex_1(content=None, **unit: str) -> list[Sentence]:
    return draft(annex_2(), [Given("附件1", annex_1(), content or annex_1_content(**unit))])


def said(sentences: list[Sentence], section: str) -> list[str]:
    return [one.text for one in sentences if one.section == section]


def documents(*rows: tuple[str, str, str]):
    named = [dict(zip(("c4", "c5", "c6"), row, strict=True)) for row in rows]
    return normalise(annex_1(), annex_1_content() | {"rows": named})


def test_columns_of_annex_1_go_to_the_sections_of_annex_2():
    sections = annex_2().sections
    labels = {column.label: column.id for column in annex_1().leaf_columns()}

    found = {label: section_for(sections, label) for label in labels}

    assert found == {
        "序号": "",
        "领导同志批示情况": "s1",
        "组织开展学习情况": "s1",
        "文件名称": "s2",
        "发文主体": "s2",
        "当前进展": "",
        "开展的重点和特色宣传贯彻工作": "s3",
        "好的经验和做法": "s4",
    }


def test_labels_of_other_directives_find_the_section_they_share_words_with():
    sections = (
        Section("s1", "一", "农村食品市场监管"),
        Section("s2", "二", "特种设备安全"),
        Section("s3", "三", "存在的困难"),
    )

    assert section_for(sections, "检查农村食品经营户") == "s1"
    assert section_for(sections, "检查特种设备（台）") == "s2"
    assert section_for(sections, "主要问题") == "s3"
    assert section_for(sections, "出动执法人员") == ""
    assert section_for(sections, "总数", "特种设备") == "s2"  # the group where the column is silent


def test_documents_are_counted_by_their_progress_and_told_one_by_one():
    content = documents(
        ("浙江省贯彻《纲要》实施方案（浙政发〔2026〕3号，2026年3月5日）", "省政府", "已印发"),
        ("《任务分工》", "省局", "征求意见"),
        ("工作要点", "", "征求意见"),
        ("无", "", ""),
    )

    assert said(of_annex_1(content), "s2") == [
        "共填报有关文件3件，其中已印发1件、征求意见2件。",
        "省政府印发《浙江省贯彻〈纲要〉实施方案》（浙政发〔2026〕3号，2026年3月5日）。",
        "《任务分工》（发文主体：省局），当前进展：征求意见。",
        "《工作要点》，当前进展：征求意见。",
    ]


def test_what_the_directive_asks_and_the_rows_do_not_say_is_named():
    asks = replace(annex_2().sections[1], hint="文件名称、发文主体、印发时间等")
    outline = replace(annex_2(), sections=(annex_2().sections[0], asks, *annex_2().sections[2:]))
    content = documents(
        ("《方案》（2026年3月5日）", "省政府", "已印发"), ("《要点》", "", "起草中")
    )

    made = draft(outline, [Given("附件1", annex_1(), content)])

    lacks = {one.text: one.lacks for one in made if one.made is Made.CELLS}
    assert lacks == {
        "省政府印发《方案》（2026年3月5日）。": (),
        "《要点》，当前进展：起草中。": ("发文主体", "印发时间"),
    }


def test_long_texts_are_quoted_as_they_stand_and_their_figures_are_only_mentioned():
    found = of_annex_1(c3="专题学习三次。\n覆盖11个市", c8="无")

    (quote,) = [one for one in found if one.paths == ("unit.c3",)]
    assert (quote.text, quote.made) == ("专题学习三次。\n覆盖11个市", Made.QUOTE)
    assert quote.mentions == ("11个", "三次")
    assert said(found, "s4") == []  # 无 is nothing to draw on
    assert said(found, "s5") == []


def test_changed_row_changes_the_sentences_made_from_it_and_no_other():
    before = documents(("《甲》", "省政府", "起草中"), ("《乙》", "省局", "起草中"))
    after = put(before, "rows.1.c6", "已印发")

    old, new = said(of_annex_1(before), "s2"), said(of_annex_1(after), "s2")

    assert old == [
        "共填报有关文件2件，当前进展均为起草中。",
        "《甲》（发文主体：省政府），当前进展：起草中。",
        "《乙》（发文主体：省局），当前进展：起草中。",
    ]
    assert new == [
        "共填报有关文件2件，其中起草中1件、已印发1件。",
        "《甲》（发文主体：省政府），当前进展：起草中。",
        "省局印发《乙》。",
    ]


def test_rows_with_figures_are_counted_added_up_and_told_without_contacts():
    table = FormDefinition(
        title="宣传活动统计表",
        columns=(
            Column("c1", "活动名称"),
            Column("c2", "参加人数（人次）", ColumnKind.INTEGER, measure="人次"),
            Column("c3", "联系人", ColumnKind.CONTACT),
        ),
    )
    rows = [
        {"c1": "启动仪式", "c2": "1,200", "c3": "示例联系人 010-00000000"},
        {"c1": "培训班", "c2": "80"},
    ]
    content = normalise(table, {"rows": rows})

    found = draft(annex_2(), [Given("附件1", table, content)])

    assert [(one.section, one.text) for one in found] == [
        ("s3", "共填报活动2个。"),
        ("s3", "参加人数合计1280人次。"),
        ("s3", "活动名称：启动仪式，参加人数1,200人次。"),
        ("s3", "活动名称：培训班，参加人数80人次。"),
    ]
    assert found[1].paths == ("rows.0.c2", "rows.1.c2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("20", "货值20万元。"),
        ("20万元", "货值20万元。"),
        ("2000元", "货值2000元。"),
        ("２０", "货值２０万元。"),
    ],
)
def test_figure_has_its_measure_once(text, said):
    column = Column("c1", "货值（万元）", ColumnKind.MONEY, per=Per.UNIT, measure="万元")
    table = FormDefinition(title="统计表", columns=(column,))
    content = normalise(table, {"unit": {"c1": text}})

    assert [one.text for one in draft(annex_2(), [Given("附件1", table, content)])] == [said]


def test_blank_table_gives_nothing():
    empty = normalise(annex_1(), {})

    assert draft(annex_2(), [Given("附件1", annex_1(), empty)]) == []
    assert draft(annex_2(), []) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_figure_of_a_sentence_occurs_in_its_cells_or_counts_or_adds_them_up(case):
    found = draft(annex_2(), [Given("附件1", case.definition, case.content)])

    assert found
    for sentence in found:
        cells = [at(case.content, path) for path in sentence.paths]
        assert all(cells), sentence
        known = figures(" ".join(cells)) | figures(printed(case.definition))
        if sentence.made is Made.COUNT:
            rows = {path.split(".")[1] for path in sentence.paths}
            known |= {Decimal(len(rows)), *map(Decimal, Counter(cells).values())}
            known.add(sum((figure for cell in cells for figure in figures(cell)), Decimal(0)))
        assert figures(sentence.text) <= known, sentence


def figures(text: str) -> set[Decimal]:
    return {Decimal(one.replace(",", "")) for one in FIGURE.findall(text)}


def printed(definition: FormDefinition) -> str:
    """What the form itself says: its title, columns and rows."""
    labels = [column.label for column in definition.leaf_columns()]
    return " ".join([definition.title, *labels, *(row.label for row in definition.rows)])


def at(content, path: str) -> str:
    node = content
    for step in path.split("."):
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node
