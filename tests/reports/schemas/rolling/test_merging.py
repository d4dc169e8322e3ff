import pytest

from reports.schemas.content import sources
from reports.schemas.content.content import ContentError, blank, normalise
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind, Per, RowMode
from reports.schemas.rolling.choices import Choices, Take
from reports.schemas.rolling.merging import Contribution, can_merge, merge
from tests.reports.forms import annex_1, annex_1_content, annex_2, annex_2_content
from tests.reports.tables import CASES
from tests.reports.tables.fixed import SWEEP

HANGZHOU, NINGBO = ("330100", "杭州市"), ("330200", "宁波市")


def row(name: str, organ: str = "市政府") -> dict[str, str]:
    return {"c4": name, "c5": organ, "c6": "已印发"}


def content(*rows: dict[str, str], **unit: str):
    return normalise(annex_1(), {"rows": list(rows), "unit": unit})


def taken(own, *given, **choices):
    """What is in the form after merging ``given``, each (unit, content)."""
    contributions = [Contribution(*unit, written) for unit, written in given]
    return merge(annex_1(), own, contributions, Choices(**choices))


def names(content) -> list[tuple[str, str]]:
    return [(one["c4"], sources.code(one)) for one in content["rows"]]


def edited(content, index: int, **texts: str):
    """The form after somebody has worked on a row and saved it."""
    rows = [dict(one) for one in content["rows"]]
    rows[index].update(texts)
    return normalise(annex_1(), content | {"rows": rows})


# --- the mark ---


def test_mark_survives_saving_and_is_no_cell():
    marked = sources.marked(row("甲"), "330100")

    kept = content(marked)["rows"][0]

    assert kept == marked
    assert (sources.code(kept), sources.is_untouched(kept)) == ("330100", True)
    assert sources.cells(kept) == row("甲")


def test_row_worked_on_keeps_its_bureau_and_is_told_from_an_untouched_one():
    changed = sources.marked(row("甲"), "330100") | {"c6": "送审"}

    assert (sources.code(changed), sources.is_untouched(changed)) == ("330100", False)


def test_own_row_has_no_bureau():
    assert (sources.code(row("甲")), sources.is_untouched(row("甲"))) == ("", False)


def test_row_of_a_mark_alone_is_blank():
    assert content({sources.MARK: sources.marked(row("甲"), "330100")[sources.MARK]})["rows"] == []


@pytest.mark.parametrize("mark", ["330100", "330100:xyz", "<b>:0123456789ab", "../..:0123456789ab"])
def test_mark_of_another_shape_is_refused(mark):
    with pytest.raises(ContentError, match="第1行的来源标记无效"):
        content(row("甲") | {sources.MARK: mark})


def test_mark_anywhere_but_on_a_row_is_refused():
    with pytest.raises(ContentError, match="有本报表没有的项目_from"):
        normalise(annex_1(), {"unit": {sources.MARK: "330100:0123456789ab"}})


# --- rows ---


def test_rows_come_with_their_bureau_after_ones_own_in_administrative_order():
    merged = taken(content(row("省")), (HANGZHOU, content(row("杭"))), (NINGBO, content(row("甬"))))

    assert names(merged.content) == [("省", ""), ("杭", "330100"), ("甬", "330200")]
    assert [len(rows.added) for rows in merged.rows] == [1, 1]


def test_later_bureau_finds_its_place_among_those_merged_before():
    first = taken(content(row("省")), (NINGBO, content(row("甬")))).content

    assert names(taken(first, (HANGZHOU, content(row("杭")))).content) == [
        ("省", ""),
        ("杭", "330100"),
        ("甬", "330200"),
    ]


def test_merging_the_same_again_changes_nothing():
    given = (HANGZHOU, content(row("一"), row("一"), row("二"), c2="批示一次"))
    first = taken(content(row("省")), given).content

    again = taken(first, given)

    assert again.content == first
    assert (again.rows[0].added, again.rows[0].removed) == ([], [])


def test_new_report_replaces_that_bureaus_rows_and_no_others():
    first = taken(
        content(row("省")), (HANGZHOU, content(row("旧"), row("留"))), (NINGBO, content(row("甬")))
    ).content

    again = taken(first, (HANGZHOU, content(row("留"), row("新"))))

    assert names(again.content) == [
        ("省", ""),
        ("留", "330100"),
        ("新", "330100"),
        ("甬", "330200"),
    ]
    assert [one["c4"] for one in again.rows[0].added] == ["新"]
    assert [one["c4"] for one in again.rows[0].removed] == ["旧"]


def test_row_worked_on_here_stays_while_its_bureau_has_not_changed_it():
    given = (HANGZHOU, content(row("一"), row("二")))
    first = edited(taken(content(), given).content, 0, c6="省局已核")

    again = taken(first, (HANGZHOU, content(row("一"), row("二"), row("三"))))

    assert [(one["c4"], one["c6"]) for one in again.content["rows"]] == [
        ("一", "省局已核"),
        ("二", "已印发"),
        ("三", "已印发"),
    ]
    assert again.rows[0].edited == []


def test_row_worked_on_here_is_kept_and_told_where_its_bureau_has_changed_it():
    first = edited(taken(content(), (HANGZHOU, content(row("一")))).content, 0, c6="省局已核")

    again = taken(first, (HANGZHOU, content(row("一改"))))

    assert [(one["c4"], one["c6"]) for one in again.content["rows"]] == [
        ("一改", "已印发"),
        ("一", "省局已核"),
    ]
    assert [one["c4"] for one in again.rows[0].edited] == ["一"]


def test_row_worked_on_here_gives_way_only_by_choice():
    first = edited(
        taken(content(row("省")), (HANGZHOU, content(row("一"), row("二")))).content, 1, c6="已核"
    )

    again = taken(first, (HANGZHOU, content(row("一改"), row("二"))), replace=frozenset({"330100"}))

    assert names(again.content) == [("省", ""), ("一改", "330100"), ("二", "330100")]
    assert [one["c4"] for one in again.rows[0].added] == ["一改"]
    assert [one["c6"] for one in again.rows[0].removed] == ["已核"]


def test_bureau_that_now_reports_nil_takes_its_rows_with_it():
    first = taken(content(row("省")), (HANGZHOU, content(row("杭")))).content

    assert names(taken(first, (HANGZHOU, None)).content) == [("省", "")]


def test_row_that_came_from_further_below_now_comes_from_the_bureau_between():
    district = taken(content(), (("330102", "上城区"), content(row("区")))).content

    assert names(taken(content(), (HANGZHOU, district)).content) == [("区", "330100")]


def test_column_for_the_unit_is_filled_in_where_it_was_left_blank():
    form = FormDefinition(
        title="示例表",
        columns=(Column("c1", "填报单位"), Column("c2", "数量", kind=ColumnKind.INTEGER)),
    )
    given = normalise(form, {"rows": [{"c2": "3"}, {"c1": "上城区局", "c2": "4"}]})

    once = merge(form, blank(form), [Contribution(*HANGZHOU, given)], Choices()).content
    twice = merge(form, once, [Contribution(*HANGZHOU, given)], Choices()).content

    assert [one["c1"] for one in once["rows"]] == ["杭州市", "上城区局"]
    assert twice == once


# --- texts beside the rows ---


def test_blank_text_is_filled_with_a_paragraph_a_unit():
    merged = taken(
        content(), (HANGZHOU, content(c2="批示一次")), (NINGBO, content(c2="批示\n两次"))
    )

    assert merged.content["unit"]["c2"] == "杭州市：批示一次\n宁波市：批示\n两次"


def test_text_that_stands_is_kept_without_a_word():
    merged = taken(content(c2="省领导批示"), (HANGZHOU, content(c2="批示一次")))

    assert merged.content["unit"]["c2"] == "省领导批示"
    (text,) = merged.texts
    assert (text.path, text.own, text.offered, text.take) == (
        "unit.c2",
        "省领导批示",
        "杭州市：批示一次",
        Take.KEEP,
    )


@pytest.mark.parametrize(
    ("take", "result"),
    [
        (Take.APPEND, "省领导批示\n杭州市：批示一次"),
        (Take.REPLACE, "杭州市：批示一次"),
        (Take.KEEP, "省领导批示"),
    ],
)
def test_text_that_stands_is_changed_only_by_choice(take, result):
    merged = taken(
        content(c2="省领导批示"), (HANGZHOU, content(c2="批示一次")), takes={"unit.c2": take}
    )

    assert merged.content["unit"]["c2"] == result


def test_blank_text_may_be_left_blank():
    merged = taken(content(), (HANGZHOU, content(c2="批示")), takes={"unit.c2": Take.KEEP})

    assert merged.content["unit"]["c2"] == ""


def test_paragraph_that_stands_already_is_not_appended_again():
    first = taken(content(), (HANGZHOU, content(c2="批示一次"))).content

    again = taken(
        first,
        (HANGZHOU, content(c2="批示一次")),
        (NINGBO, content(c2="批示两次")),
        takes={"unit.c2": Take.APPEND},
    )

    assert again.content["unit"]["c2"] == "杭州市：批示一次\n宁波市：批示两次"


def test_unit_that_wrote_there_is_none_gets_no_paragraph():
    merged = taken(content(), (HANGZHOU, content(c8="无")), (NINGBO, content(c8="一条经验")))
    nobody = taken(content(), (HANGZHOU, content(c8="无")), (NINGBO, content(c8="无")))

    assert merged.content["unit"]["c8"] == "宁波市：一条经验"
    assert nobody.content["unit"]["c8"] == "无"


def unit_form(kind: ColumnKind, label: str = "企业数") -> FormDefinition:
    return FormDefinition(
        title="示例表", columns=(Column("c1", label, kind=kind, per=Per.UNIT), Column("c2", "名称"))
    )


def merged_units(form: FormDefinition, *texts: str):
    given = [
        Contribution(*unit, normalise(form, {"unit": {"c1": text}}))
        for unit, text in zip((HANGZHOU, NINGBO), texts, strict=True)
    ]
    return merge(form, blank(form), given, Choices())


def test_counts_of_the_units_are_added_up():
    merged = merged_units(unit_form(ColumnKind.DECIMAL), "1,200.5", "3")

    assert merged.content["unit"]["c1"] == "1203.5"


@pytest.mark.parametrize(
    ("kind", "label", "text"),
    [(ColumnKind.DECIMAL, "合格率", "98"), (ColumnKind.DATE, "印发日期", "2026年3月1日")],
)
def test_rates_and_days_are_left_to_a_person_and_named(kind, label, text):
    merged = merged_units(unit_form(kind, label), text, text)

    assert merged.content["unit"]["c1"] == ""
    assert merged.left_out == [label]


def test_head_and_foot_stay_ones_own():
    own = annex_1_content(documents=0)

    assert taken(own, (HANGZHOU, annex_1_content())).content["foot"] == own["foot"]


# --- outlines and other tables ---


def test_all_but_rows_for_regions_which_are_others_at_every_level_can_be_merged():
    regional = next(one for one in CASES if one.definition.row_mode is RowMode.BY_REGION)
    forms = (annex_1(), annex_2(), SWEEP.definition, regional.definition)

    assert [can_merge(one) for one in forms] == [True, True, True, False]


def test_sections_of_a_summary_are_joined_with_the_units_named():
    given = [
        Contribution(*HANGZHOU, annex_2_content("学习一次", "印发一件")),
        Contribution(*NINGBO, annex_2_content("学习两次")),
    ]

    merged = merge(annex_2(), annex_2_content("", "省里印发两件"), given, Choices())

    assert merged.content["sections"]["s1"] == "杭州市：学习一次\n宁波市：学习两次"
    assert merged.content["sections"]["s2"] == "省里印发两件"
    assert [text.path for text in merged.texts] == ["sections.s1", "sections.s2"]
    assert merged.rows == []
