import pytest

from reports.schemas.comparing.conflicts import Pick, differences, merged
from reports.schemas.content.content import normalise
from tests.reports.forms import annex_1, annex_2, annex_2_content
from tests.reports.tables import CASES

FORM = annex_1()
THEIRS, MINE = Pick.THEIRS, Pick.MINE


def content(*documents: str, **unit: str):
    rows = [{"c4": name, "c5": "省政府", "c6": "已印发"} for name in documents]
    return normalise(FORM, {"unit": unit, "rows": rows})


def suggestions(theirs, mine, base):
    found = differences(FORM, theirs, mine, base=base)
    return {one.key: (one.theirs, one.mine, one.suggested) for one in found}


def names(whole) -> str:
    return "".join(row["c4"] for row in whole["rows"])


def test_who_changed_a_cell_is_suggested_and_nobody_where_both_did():
    base = content("甲", c2="批示", c3="学习", c7="活动")
    theirs = content("甲", c2="批示一次", c3="学习", c7="活动三场")
    mine = content("甲", c2="批示", c3="学习两次", c7="活动五场")

    assert suggestions(theirs, mine, base) == {
        "changed:unit.c2": ("批示一次", "批示", THEIRS),
        "changed:unit.c3": ("学习", "学习两次", MINE),
        "changed:unit.c7": ("活动三场", "活动五场", None),
    }


def test_without_what_both_began_with_nothing_is_suggested():
    found = suggestions(content("甲", c2="一"), content("甲", c2="二"), None)

    assert found == {"changed:unit.c2": ("一", "二", None)}


def test_same_content_has_no_differences():
    assert differences(FORM, content("甲"), content("甲"), base=content()) == []


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "key", "suggested"),
    [
        ("甲", "甲乙", "甲", "removed:rows.1", THEIRS),  # they put it in
        ("甲乙", "甲乙", "甲", "removed:rows.1", MINE),  # I took it out
        ("甲", "甲", "甲乙", "added:rows.1", MINE),  # I put it in
        ("甲乙", "甲", "甲乙", "added:rows.1", THEIRS),  # they took it out
    ],
)
def test_row_that_one_has_is_suggested_after_who_put_it_in_or_took_it_out(
    base, theirs, mine, key, suggested
):
    found = suggestions(content(*theirs), content(*mine), content(*base))

    assert {key: said for key, (_, _, said) in found.items()} == {key: suggested}


@pytest.mark.parametrize(
    ("picks", "rows"),
    [
        ({}, "甲丁"),
        ({"removed:rows.1": THEIRS}, "甲乙丁"),
        ({"added:rows.1": THEIRS}, "甲"),
        ({"removed:rows.1": THEIRS, "added:rows.1": THEIRS}, "甲乙"),
        ({"removed:rows.1": MINE, "added:rows.1": MINE}, "甲丁"),
    ],
)
def test_rows_are_kept_and_left_out_as_picked(picks, rows):
    base, theirs, mine = content("甲"), content("甲", "乙"), content("甲", "丁")

    assert names(merged(FORM, theirs, mine, picks, base=base)) == rows


def test_rows_that_both_put_in_are_both_suggested():
    found = suggestions(content("甲", "乙"), content("甲", "丁"), content("甲"))

    assert found == {
        "removed:rows.1": ("乙；省政府；已印发", "", THEIRS),
        "added:rows.1": ("", "丁；省政府；已印发", MINE),
    }


def test_row_that_both_rewrote_is_one_row():
    found = suggestions(content("乙"), content("丁"), content("甲"))

    assert found == {"changed:rows.0.c4": ("乙", "丁", None)}


def test_row_that_i_moved_and_they_rewrote_is_left_to_the_person():
    base = content("甲", "乙")
    theirs = normalise(FORM, {"rows": [{**base["rows"][0], "c6": "施行"}, base["rows"][1]]})
    mine = normalise(FORM, {"rows": base["rows"][::-1]})

    assert suggestions(theirs, mine, base) == {
        "removed:rows.0": ("甲；省政府；施行", "", None),
        "added:rows.1": ("", "甲；省政府；已印发", THEIRS),
    }


def test_cells_are_taken_one_by_one_and_mine_is_left_as_it_is():
    theirs, mine = content("甲", c2="一", c3="一"), content("乙", c2="二", c3="二")
    picks = {"changed:unit.c2": THEIRS, "changed:rows.0.c4": THEIRS, "changed:unit.c3": MINE}

    both = merged(FORM, theirs, mine, picks, base=None)

    assert (both["unit"]["c2"], both["unit"]["c3"], names(both)) == ("一", "二", "甲")
    assert (mine["unit"]["c2"], names(mine)) == ("二", "乙")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.name}")
def test_all_of_theirs_is_theirs_and_all_of_mine_is_mine(case):
    theirs, mine = case.content, case.wrong_content
    found = differences(case.definition, theirs, mine, base=theirs)

    assert [one.suggested for one in found] == [MINE]
    for pick, whole in ((THEIRS, theirs), (MINE, mine)):
        picks = {one.key: pick for one in found}
        assert merged(case.definition, theirs, mine, picks, base=theirs) == whole


def test_sections_of_an_outline_are_taken_one_by_one():
    theirs, mine = annex_2_content("一", "二"), annex_2_content("甲", "乙")
    found = differences(annex_2(), theirs, mine, base=annex_2_content("一", ""))

    assert [(one.key, one.suggested) for one in found] == [
        ("changed:sections.s1", MINE),
        ("changed:sections.s2", None),
    ]
    both = merged(annex_2(), theirs, mine, {"changed:sections.s2": THEIRS}, base=None)
    assert list(both["sections"].values())[:2] == ["甲", "二"]
