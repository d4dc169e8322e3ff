"""Buttons of the editor: the tree of columns, rows, boxes; ids stay what they are."""

import pytest

from reports.editing import boxes
from reports.editing.draft import Draft, named
from reports.editing.from_definition import draft_of
from reports.editing.moves import moved
from reports.editing.new_forms import start
from reports.editing.rematch import rematched
from reports.editing.to_definition import made
from tests.reports.tables import CASES


def tree(text: str) -> Draft:
    """a, .b for b below a, ..c below that: each word is a column, its label its id."""
    entries = tuple(
        {"id": word.strip("."), "label": word.strip("."), "depth": str(word.count("."))}
        for word in text.split()
    )
    return Draft({"kind": "table", "title": "表"}, {"columns": entries})


def drawn(draft: Draft) -> str:
    return " ".join("." * int(one["depth"]) + one["id"] for one in draft.part("columns"))


@pytest.mark.parametrize(
    ("before", "act", "after", "place"),
    [
        ("a b c", "columns.2.up", "a c b", 1),
        ("a b c", "columns.0.up", "a b c", 0),
        ("a b c", "columns.0.down", "b a c", 1),
        ("a b c", "columns.2.down", "a b c", 2),
        ("a .b .c d", "columns.3.up", "d a .b .c", 0),
        ("a .b .c d", "columns.0.down", "d a .b .c", 1),
        ("a .b c .d", "columns.2.up", "c .d a .b", 0),
        ("a .b .c", "columns.1.up", "a .b .c", 1),
        ("a .b .c d", "columns.2.down", "a .b .c d", 2),
        ("a b c", "columns.1.in", "a .b c", 1),
        ("a b", "columns.0.in", "a b", 0),
        ("a .b c", "columns.2.in", "a .b .c", 2),
        ("a b .c", "columns.1.in", "a .b ..c", 1),
        ("a .b", "columns.1.in", "a .b", 1),
        ("a .b .c", "columns.2.out", "a .b c", 2),
        ("a .b .c", "columns.1.out", "a .c b", 2),
        ("a .b ..c .d", "columns.1.out", "a .d b .c", 2),
        ("a b", "columns.1.out", "a b", 1),
        ("a .b .c d", "columns.0.remove", "b c d", 0),
        ("a .b ..c", "columns.1.remove", "a .c", 0),
        ("a b", "columns.1.remove", "a", 0),
        ("a .b c", "columns.0.add", "a .b c1 c", 2),
        ("a .b c", "columns.1.add", "a .b .c1 c", 2),
        ("a .b c", "columns.0.below", "a .b .c1 c", 2),
        ("a b", "columns.add", "a b c1", 2),
        ("a ...b", "columns.1.up", "a .b", 1),  # never more than one step deeper
    ],
)
def test_columns_move_with_what_stands_below_them(before, act, after, place):
    done = moved(tree(before), act)

    assert drawn(done.draft) == after
    assert done.place == f"columns.{place}"


@pytest.mark.parametrize(
    "act", ["", "columns", "columns.9.up", "else.0.up", "columns.0.jump", "columns.x", "title.add"]
)
def test_unknown_act_is_none(act):
    assert moved(tree("a b"), act) is None


def test_new_id_was_never_used_before():
    done = moved(tree("c1 c2"), "columns.add", {"c1", "c2", "c7", "r9"})

    assert drawn(done.draft) == "c1 c2 c8"


def test_moved_column_keeps_its_id_and_every_setting():
    before = draft_of(CASES[2].definition)
    entries = before.part("columns")
    last = len(entries) - 1

    done = moved(moved(before, f"columns.{last}.up").draft, f"columns.{last - 1}.down").draft

    assert made(done).definition == CASES[2].definition


def test_rows_are_added_beside_their_like_nested_and_moved():
    draft = Draft({}, {"rows": ({"id": "r1", "level": "0"}, {"id": "r2", "level": "1"})})

    added = moved(draft, "rows.1.add").draft
    deeper = moved(added, "rows.2.in").draft
    flat = moved(moved(deeper, "rows.1.out").draft, "rows.1.out").draft
    turned = moved(flat, "rows.2.up").draft
    left = moved(turned, "rows.0.remove").draft

    assert [(one["id"], one["level"]) for one in left.part("rows")] == [("r3", "2"), ("r2", "0")]


def test_boxes_are_laid_out_two_a_row_and_long_ones_alone():
    draft = moved(draft_of(CASES[11].definition), "boxes.lay").draft

    definition = made(draft).definition

    shape = [[(box.label or box.field, box.colspan) for box in row] for row in definition.layout]
    assert shape == [
        [("申报单位", 1), ("by", 1), ("作品类别", 1), ("kind", 1)],
        [("作品名称", 1), ("name", 1), ("联系人", 1), ("person", 1)],
        [("电话", 1), ("phone", 3)],
        [("内容简介", 1), ("about", 3)],
        [("申报单位意见", 1), ("opinion", 3)],
    ]


def test_field_that_comes_or_goes_takes_its_boxes_along():
    draft = draft_of(CASES[11].definition)

    more = moved(draft, "columns.6.add").draft
    shown = [one.get("field") for one in more.part("boxes")]
    assert shown[-1] == "c1"
    assert made(named(more)).faults == ()
    less = moved(more, "columns.7.remove").draft
    assert made(less).definition == CASES[11].definition
    first = moved(less, "columns.0.remove").draft  # the row of nothing else goes
    assert made(first).faults == ()
    assert boxes.next_row(first) == "5"


@pytest.mark.parametrize("kind", ["table", "outline"])
def test_form_begun_by_hand_is_one_that_can_be_confirmed(kind):
    begun = start(Draft({"title": "报送材料"}), f"start.{kind}")

    assert made(begun).faults == ()


def test_form_read_anew_keeps_the_ids_and_settings_of_what_it_has_in_common():
    known = draft_of(CASES[2].definition)
    entries = known.part("columns")
    turned = tuple(one | {"id": f"x{n}", "kind": "text"} for n, one in enumerate(entries))
    read = known.with_part("columns", turned).with_part("checks", [{"expression": "x3 >= x5"}])
    read = moved(read, "columns.add").draft
    fresh = read.part("columns")[-1] | {"label": "新栏"}
    read = read.with_part("columns", [*read.part("columns")[:-1], fresh])

    done = rematched(read, known, known.ids() | {"c30"})

    ids = [one["id"] for one in done.part("columns")]
    assert ids == [*(one["id"] for one in entries), "c31"]
    kinds = [one["kind"] for one in done.part("columns")[3:-1]]
    assert kinds == [one["kind"] for one in entries[3:]]
    assert done.part("checks")[0]["expression"] == f"{ids[3]} >= {ids[5]}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_form_read_again_unchanged_is_unchanged(case):
    draft = draft_of(case.definition)

    assert made(rematched(draft, draft, draft.ids())).definition == case.definition
