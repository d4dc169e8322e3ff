"""Figures of bureaus below, added up cell by cell in a form whose rows it names itself."""

from decimal import Context, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.schemas.content import contributions
from reports.schemas.content.content import ContentError, blank, normalise
from reports.schemas.content.values import value_of
from reports.schemas.definition.choices import Choice
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import Aggregate, ColumnKind, Per, RowMode
from reports.schemas.definition.rows import Row
from reports.schemas.rolling import sums
from reports.schemas.rolling.choices import Choices, Take
from reports.schemas.rolling.merging import Contribution, merge
from reports.schemas.rolling.rolled import roll
from reports.schemas.rolling.sums import origins
from reports.schemas.rolling.units import UnitEntry, levels_of

HANGZHOU, NINGBO, WENZHOU = ("330100", "杭州市"), ("330200", "宁波市"), ("330300", "温州市")
NAMES = dict((HANGZHOU, NINGBO, WENZHOU))

FORM = FormDefinition(
    "检查情况表",
    (
        Column("c1", "项目", ColumnKind.ROW_LABEL),
        Column("c2", "抽查数", ColumnKind.INTEGER, measure="批次"),
        Column("c3", "合格数", ColumnKind.INTEGER, measure="批次"),
        Column("c4", "合格率", ColumnKind.PERCENT),
        Column("c5", "货值", ColumnKind.MONEY, measure="万元", decimals=2),
        Column("c6", "主要问题", ColumnKind.LONGTEXT),
        Column("c7", "完成日期", ColumnKind.DATE),
        Column("c8", "是否完成", ColumnKind.CHOICE, choices=(Choice("是", "1"), Choice("否", "2"))),
        Column("c9", "两年合计", ColumnKind.INTEGER, formula="c2 + c3"),
    ),
    row_mode=RowMode.FIXED_ITEMS,
    rows=(
        Row("r1", ("食品",)),
        Row("h", ("分组",), heading=True),
        Row("r2", ("药品",), crossed=("c5",)),
        Row("r3", ("合计",), formula="r1 + r2"),
    ),
)


def filled(form=FORM, **rows: str):
    """r1="c2=20 c3=19"."""
    items = {row: dict(cell.split("=") for cell in texts.split()) for row, texts in rows.items()}
    return normalise(form, {"items": items})


def merged(own, *given, form=FORM, **choices):
    contributed = [Contribution(*unit, written) for unit, written in given]
    return merge(form, own, contributed, Choices(**choices))


def at(found, path: str) -> str:
    _, row, column = f"items.{path}".split(".")
    return found.content["items"][row][column]


def asked(found) -> list[tuple[str, str, str, str]]:
    return [(one.path, one.stands, one.own, one.offered) for one in found.sums if one.is_asked]


# --- sums ---


def test_each_cell_is_the_sum_of_the_same_cell_below_and_keeps_what_each_gave():
    found = merged(
        blank(FORM),
        (HANGZHOU, filled(r1="c2=1,240 c5=0.10", r2="c2=3")),
        (NINGBO, filled(r1="c2=60 c5=0.20")),
    )

    assert (at(found, "r1.c2"), at(found, "r1.c5"), at(found, "r2.c2")) == ("1300", "0.30", "3")
    origin = origins(FORM, found.content, NAMES)["items.r1.c2"]
    assert origin.parts == (("杭州市", "1,240"), ("宁波市", "60"))
    assert (origin.total, origin.is_other, origin.blank) == ("1300", False, ())
    assert asked(found) == []


def test_rows_and_columns_that_nobody_fills_in_are_left_to_their_formulas():
    found = merged(blank(FORM), (HANGZHOU, filled(r1="c2=1 c3=1", r2="c2=2")))

    assert set(found.content["items"]) == {"r1", "r2"}
    assert "c9" not in found.content["items"]["r1"]


def test_blank_is_not_zero_and_who_left_a_cell_blank_is_named():
    found = merged(blank(FORM), (HANGZHOU, filled(r1="c2=0")), (NINGBO, filled()), (WENZHOU, None))

    assert (at(found, "r1.c2"), at(found, "r1.c3")) == ("0", "")
    assert origins(FORM, found.content, NAMES)["items.r1.c2"].blank == ("宁波市", "温州市")


def test_sum_of_nothing_but_none_says_so():
    found = merged(blank(FORM), (HANGZHOU, filled(r1="c2=无")), (NINGBO, filled(r1="c2=—")))

    assert at(found, "r1.c2") == "无"


def test_nil_reports_alone_leave_the_form_blank():
    found = merged(blank(FORM), (HANGZHOU, None), (NINGBO, None))

    assert found.content["items"] == blank(FORM)["items"]
    assert found.sums == []


def test_what_is_no_number_is_named_and_counts_in_nothing():
    found = merged(blank(FORM), (HANGZHOU, filled(r1="c2=约30")), (NINGBO, filled(r1="c2=12批次")))

    assert at(found, "r1.c2") == "12"
    (stray,) = found.strays
    assert (stray.code, stray.label, stray.text) == ("330100", "第1行“食品”的“抽查数”", "约30")


def test_negative_and_long_figures_are_added_exactly():
    found = merged(
        blank(FORM),
        (HANGZHOU, filled(r1="c2=-5 c5=9999999999999.99")),
        (NINGBO, filled(r1="c2=2 c5=0.01")),
    )

    assert (at(found, "r1.c2"), at(found, "r1.c5")) == ("-3", "10000000000000.00")


FIGURES = st.one_of(
    st.just(""),
    st.sampled_from(["0", "无", "—", "0.00"]),
    st.decimals(-999_999_999, 999_999_999, places=2).map(lambda value: f"{value:f}"),
    st.decimals(0, 9_999_999_999_999, places=0).map(lambda value: f"{value:f}"),
)


@given(st.lists(FIGURES, min_size=1, max_size=32))
@settings(deadline=None, max_examples=60)
def test_sum_is_that_of_the_roll_up_in_whatever_order_and_however_often_merged(texts):
    units = [(f"33{number:02}00", f"第{number}市") for number in range(1, len(texts) + 1)]
    written = [filled(r1=f"c5={text}") if text else filled() for text in texts]
    given = list(zip(units, written, strict=True))
    values = [value_of(FORM.column("c5"), text) for text in texts]
    numbers = [value for value in values if isinstance(value, Decimal)]

    whole = merged(blank(FORM), *given)
    one_by_one = blank(FORM)
    for unit in reversed(given):
        one_by_one = merged(one_by_one, unit).content
    entries = [UnitEntry(code, name, one, f"/{code}/") for (code, name), one in given]
    rolled = roll(FORM, levels_of(FORM, entries, {})[0], by="省局", day="2026年3月31日")

    text = at(whole, "r1.c5")
    assert one_by_one["items"] == whole.content["items"]
    assert rolled.content["items"]["r1"]["c5"] == text
    if numbers:
        exact = Context(prec=60)
        total = Decimal(0)
        for number in numbers:
            total = exact.add(total, number)
        assert Decimal(text) == total
    else:
        assert text == ("无" if any(texts) else "")
    again = merged(whole.content, *given)
    assert again.content == whole.content


# --- one's own part ---


def test_figure_of_ones_own_is_kept_till_somebody_says_what_it_is():
    own = filled(r1="c2=10")

    found = merged(own, (HANGZHOU, filled(r1="c2=20")))

    assert at(found, "r1.c2") == "10"
    assert asked(found) == [("items.r1.c2", "10", "", "20")]
    assert "r1" not in contributions.of(found.content)["330100"]


@pytest.mark.parametrize(
    ("take", "result", "own"), [(Take.APPEND, "30", "10"), (Take.REPLACE, "20", "")]
)
def test_figure_of_ones_own_is_a_part_or_gives_way_by_choice(take, result, own):
    found = merged(filled(r1="c2=10"), (HANGZHOU, filled(r1="c2=20")), takes={"items.r1.c2": take})

    assert at(found, "r1.c2") == result
    assert contributions.own(contributions.of(found.content), ("r1", "c2")) == own


def test_one_choice_may_hold_for_all_figures_but_those_with_their_own():
    takes = {sums.ALL: Take.APPEND, "items.r2.c2": Take.REPLACE}
    own = filled(r1="c2=10", r2="c2=1")

    found = merged(own, (HANGZHOU, filled(r1="c2=20", r2="c2=5")), takes=takes)

    assert (at(found, "r1.c2"), at(found, "r2.c2")) == ("30", "5")


def test_own_part_stays_when_a_bureau_reports_otherwise():
    first = merged(
        filled(r1="c2=10"),
        (HANGZHOU, filled(r1="c2=20")),
        (NINGBO, filled(r1="c2=5")),
        takes={sums.ALL: Take.APPEND},
    ).content

    again = merged(first, (HANGZHOU, filled(r1="c2=7")))

    assert at(again, "r1.c2") == "22"
    assert asked(again) == []
    assert origins(FORM, again.content, NAMES)["items.r1.c2"].parts == (
        ("本级", "10"),
        ("杭州市", "7"),
        ("宁波市", "5"),
    )


def worked_on(content, row: str, **texts: str):
    """The form after somebody has changed cells and saved it."""
    items = {**content["items"], row: {**content["items"][row], **texts}}
    return normalise(FORM, {**content, "items": items})


def test_sum_worked_on_by_hand_is_never_overwritten_and_its_rest_may_be_ones_own():
    first = merged(blank(FORM), (HANGZHOU, filled(r1="c2=20"))).content
    edited = worked_on(first, "r1", c2="25")
    new = (HANGZHOU, filled(r1="c2=30"))

    kept = merged(edited, new)
    added = merged(edited, new, takes={"items.r1.c2": Take.APPEND})
    replaced = merged(edited, new, takes={"items.r1.c2": Take.REPLACE})

    assert [at(one, "r1.c2") for one in (kept, added, replaced)] == ["25", "35", "30"]
    origin = origins(FORM, kept.content, NAMES)["items.r1.c2"]
    assert (origin.parts, origin.total, origin.is_other) == ((("杭州市", "20"),), "20", True)
    # kept once, it can still be told apart later
    assert at(merged(kept.content, new, takes={"items.r1.c2": Take.APPEND}), "r1.c2") == "35"


def test_sum_that_was_blanked_by_hand_stays_blank_without_a_word():
    first = merged(blank(FORM), (HANGZHOU, filled(r1="c2=20"))).content

    again = merged(worked_on(first, "r1", c2=""), (HANGZHOU, filled(r1="c2=30")))

    assert at(again, "r1.c2") == ""
    assert asked(again) == [("items.r1.c2", "", "", "30")]


def test_sum_written_in_another_way_is_the_same_sum():
    first = merged(blank(FORM), (HANGZHOU, filled(r1="c2=1240 c5=1.50"))).content

    again = merged(
        worked_on(first, "r1", c2="1,240", c5="1.5"), (HANGZHOU, filled(r1="c2=1250 c5=2"))
    )

    assert (at(again, "r1.c2"), at(again, "r1.c5")) == ("1250", "2.00")


def test_bureau_that_is_dropped_takes_its_figures_with_it():
    first = merged(blank(FORM), (HANGZHOU, filled(r1="c2=20")), (NINGBO, filled(r1="c2=5"))).content

    again = merged(first, dropped=frozenset({"330100"}))

    assert at(again, "r1.c2") == "5"
    assert contributions.codes(again.content) == {"330200"}


def test_bureau_that_now_reports_nil_takes_its_figures_with_it():
    first = merged(blank(FORM), (HANGZHOU, filled(r1="c2=20"))).content

    assert at(merged(first, (HANGZHOU, None)), "r1.c2") == ""


def test_news_of_a_bureau_is_told_but_not_what_is_kept_by_hand():
    first = merged(filled(r2="c2=9"), (HANGZHOU, filled(r1="c2=20", r2="c2=1"))).content

    stale = [
        sums.is_stale(FORM, first, "330100", filled(**now))
        for now in (
            {"r1": "c2=20", "r2": "c2=1"},
            {"r1": "c2=20", "r2": "c2=3"},  # r2 is kept by hand
            {"r1": "c2=21"},
            {"r1": "c2=20 c3=1"},
        )
    ]

    assert stale == [False, False, True, True]


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


# --- what is kept in the content ---


def test_what_bureaus_gave_survives_saving_and_goes_with_its_cells():
    first = merged(blank(FORM), (HANGZHOU, filled(r1="c2=20", r2="c2=1"))).content

    assert normalise(FORM, first) == first
    shorter = FormDefinition(
        FORM.title, FORM.columns, row_mode=RowMode.FIXED_ITEMS, rows=(Row("r1", ("食品",)),)
    )
    kept = normalise(shorter, {"items": {"r1": first["items"]["r1"]}, "below": first["below"]})
    assert kept["below"] == {"330100": {"r1": {"c2": "20"}}}


@pytest.mark.parametrize(
    "below",
    ["x", {"33<b>": {}}, {"330100": "x"}, {"330100": {"r1": "x"}}, {"330100": {"r1": {"c2": 3}}}],
)
def test_parts_of_another_shape_are_refused(below):
    with pytest.raises(ContentError, match="下级单位的数字来源无效"):
        normalise(FORM, {"below": below})
