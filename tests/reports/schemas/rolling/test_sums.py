"""Figures of bureaus below, added up cell by cell in a form whose rows it names itself."""

from decimal import Context, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.schemas.content import contributions
from reports.schemas.content.content import ContentError, blank, normalise
from reports.schemas.content.table_lines import lines
from reports.schemas.content.values import value_of
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import RowMode
from reports.schemas.definition.rows import Row
from reports.schemas.rolling import sums
from reports.schemas.rolling.choices import Take
from reports.schemas.rolling.origins import is_stale, origins
from reports.schemas.rolling.rolled import roll
from reports.schemas.rolling.units import UnitEntry, levels_of
from tests.reports.inspections import (
    FORM,
    HANGZHOU,
    NAMES,
    NINGBO,
    WENZHOU,
    at,
    filled,
    merged,
    worked_on,
)


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


def test_rate_on_a_row_of_totals_is_no_sum_of_rates():
    content = filled(r1="c2=10 c3=9 c4=90", r2="c2=10 c3=10 c4=100")

    total = next(line for line in lines(FORM, content) if line.row and line.row.id == "r3")

    assert [cell.text for cell in total.cells][1:4] == ["20", "19", ""]


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
        is_stale(FORM, first, "330100", filled(**now))
        for now in (
            {"r1": "c2=20", "r2": "c2=1"},
            {"r1": "c2=20", "r2": "c2=3"},  # r2 is kept by hand
            {"r1": "c2=21"},
            {"r1": "c2=20 c3=1"},
        )
    ]

    assert stale == [False, False, True, True]


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
