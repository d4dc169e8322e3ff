"""What stands beside figures when they are added up: rates, texts, days, answers, extremes."""

from reports.schemas.content.content import blank, normalise
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import Aggregate, ColumnKind, Per, RowMode
from reports.schemas.definition.rows import Row
from reports.schemas.rolling import sums
from reports.schemas.rolling.choices import Choices, Take
from reports.schemas.rolling.merging import Contribution, merge
from reports.schemas.rolling.origins import origins
from tests.reports.inspections import FORM, HANGZHOU, NAMES, NINGBO, at, filled, merged, worked_on

# --- rates ---


def test_rate_is_worked_out_from_the_sums_and_never_added():
    found = merged(
        blank(FORM),
        (HANGZHOU, filled(r1="c2=10 c3=10 c4=100")),
        (NINGBO, filled(r1="c2=20 c3=5 c4=25")),
    )

    assert at(found, "r1.c4") == "50"
    assert found.left_out == []


def test_rate_follows_its_figures_and_one_written_by_hand_is_asked_about():
    first = merged(blank(FORM), (HANGZHOU, filled(r1="c2=10 c3=10 c4=100"))).content
    new = (NINGBO, filled(r1="c2=10 c3=0 c4=0"))

    followed = merged(first, new)
    by_hand = merged(worked_on(first, "r1", c4="98.6"), new)
    taken = merged(worked_on(first, "r1", c4="98.6"), new, takes={"items.r1.c4": Take.REPLACE})

    assert [at(one, "r1.c4") for one in (followed, by_hand, taken)] == ["50", "98.6", "50"]
    assert [(one.path, one.words) for one in by_hand.rates] == [
        ("items.r1.c4", "“合格数”÷“抽查数”×100")
    ]


def test_rate_whose_figures_are_gone_goes_with_them():
    first = merged(blank(FORM), (HANGZHOU, filled(r1="c2=10 c3=10 c4=100"))).content

    assert at(merged(first, dropped=frozenset({"330100"})), "r1.c4") == ""


def test_rate_of_what_nobody_knows_is_left_blank_and_named():
    form = FormDefinition(
        "满意度",
        (
            Column("c1", "项目", ColumnKind.ROW_LABEL),
            Column("c2", "群众满意率", ColumnKind.PERCENT),
            Column("c3", "平均用时", ColumnKind.DECIMAL, measure="天"),
        ),
        row_mode=RowMode.FIXED_ITEMS,
        rows=(Row("r1", ("窗口",)),),
    )

    given = (HANGZHOU, filled(form, r1="c2=98 c3=3"))
    found = merged(blank(form), given, form=form)

    assert found.content["items"] == blank(form)["items"]
    assert found.left_out == ["第1行“窗口”的“群众满意率”", "第1行“窗口”的“平均用时”"]


def test_points_of_a_self_assessment_are_left_to_a_person():
    form = FormDefinition(
        "自评表",
        (
            Column("c1", "内容", ColumnKind.ROW_LABEL),
            Column("c2", "自评分", ColumnKind.INTEGER),
        ),
        row_mode=RowMode.SCORED,
        rows=(Row("r1", ("组织领导",)),),
    )

    found = merged(blank(form), (HANGZHOU, filled(form, r1="c2=9")), form=form)

    assert found.content["items"]["r1"]["c2"] == ""
    assert found.left_out == ["第1行“组织领导”的“自评分”"]


# --- texts, days and answers ---


def test_texts_of_a_cell_are_joined_with_the_units_named_and_one_that_stands_is_kept():
    found = merged(
        filled(r2="c6=本级问题"),
        (HANGZHOU, filled(r1="c6=标签", r2="c6=储存")),
        (NINGBO, filled(r1="c6=无")),
    )

    assert at(found, "r1.c6") == "杭州市：标签"
    assert at(found, "r2.c6") == "本级问题"
    assert [text.path for text in found.texts] == ["items.r1.c6", "items.r2.c6"]


def test_days_and_answers_are_neither_joined_nor_taken_but_picked():
    given = [
        (HANGZHOU, filled(r1="c7=2026年3月1日 c8=是")),
        (NINGBO, filled(r1="c7=2026年3月5日 c8=否")),
    ]

    open_ = merged(blank(FORM), *given)
    picked = merged(blank(FORM), *given, picks={"items.r1.c7": "330200", "items.r1.c8": "330100"})

    assert [one.path for one in open_.picks] == ["items.r1.c7", "items.r1.c8"]
    assert (at(open_, "r1.c7"), at(open_, "r1.c8")) == ("", "")
    assert open_.left_out == ["第1行“食品”的“完成日期”", "第1行“食品”的“是否完成”"]
    assert (at(picked, "r1.c7"), at(picked, "r1.c8")) == ("2026年3月5日", "是")
    assert picked.left_out == []


def test_pick_of_a_bureau_that_said_nothing_changes_nothing():
    found = merged(blank(FORM), (HANGZHOU, filled(r1="c8=是")), picks={"items.r1.c8": "990000"})

    assert at(found, "r1.c8") == ""


# --- figures that stand beside all rows ---


def test_figures_that_a_unit_gives_once_keep_their_parts_too():
    form = FormDefinition(
        "示例表",
        (Column("c1", "企业数", ColumnKind.INTEGER, per=Per.UNIT), Column("c2", "名称")),
    )
    once = normalise(form, {"unit": {"c1": "3"}})

    first = merge(form, blank(form), [Contribution(*HANGZHOU, once)], Choices()).content
    both = merge(form, first, [Contribution(*NINGBO, once)], Choices())

    assert both.content["unit"]["c1"] == "6"
    assert origins(form, both.content, NAMES)["unit.c1"].parts == (("杭州市", "3"), ("宁波市", "3"))


def test_largest_figure_is_the_largest_of_all_and_ones_own():
    form = FormDefinition(
        "示例表",
        (
            Column("c1", "项目", ColumnKind.ROW_LABEL),
            Column("c2", "最高价", ColumnKind.DECIMAL, aggregate=Aggregate.MAX),
        ),
        row_mode=RowMode.FIXED_ITEMS,
        rows=(Row("r1", ("猪肉",)),),
    )

    found = merged(
        filled(form, r1="c2=15"),
        (HANGZHOU, filled(form, r1="c2=12")),
        (NINGBO, filled(form, r1="c2=18")),
        form=form,
        takes={sums.ALL: Take.APPEND},
    )

    assert at(found, "r1.c2") == "18"
