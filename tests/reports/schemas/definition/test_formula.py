from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.schemas.definition.formula import (
    Constant,
    Missing,
    Operation,
    Ref,
    divides,
    evaluate,
    in_words,
    parse,
    refs,
)
from reports.schemas.definition.json_fields import DefinitionError

FIGURES = {"a": Decimal(6), "b": Decimal(3), "c": Decimal(2), "zero": Decimal(0)}
GAPS = {"blank": Missing.BLANK, "none": Missing.MARK, "text": Missing.FAULT}


def value(text, **options):
    known = {**FIGURES, **GAPS}
    return evaluate(parse(text), lambda ref: known[ref.name], **options)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", 6),
        ("a + b - c", 7),
        ("a - b - c", 1),
        ("a - (b - c)", 5),
        ("a + b * c", 12),
        ("(a + b) * c", 18),
        ("a / b / c", 1),
        ("c ÷ a × 3", 1),
        ("ａ＋ｂ", 9),
        ("a － b − c", 1),
        ("a * 0.5", 3),
    ],
)
def test_products_bind_closer_than_sums_from_left_to_right(text, expected):
    assert value(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a +",
        "+ a",
        "a b",
        "(a",
        "a)",
        "()",
        "a ** b",
        "a // b",
        "-a",
        "a % b",
        "f(a)",
        "a.b.c",
        "a = b",
        "__import__('os')",
        "A",
        "数量",
        "1e5",
        "1.2.3",
        "a" + " + a" * 200,
        "(" * 9 + "a" + ")" * 9,
    ],
)
def test_anything_but_sums_and_products_of_names_is_refused(text):
    with pytest.raises(DefinitionError, match="公式"):
        parse(text)


def test_cell_is_named_by_row_and_column():
    assert refs(parse("r1.c2 + r1.c2 - c3")) == [Ref("r1", "c2"), Ref("c3")]


def test_sum_leaves_marks_out_and_waits_for_what_is_blank():
    assert value("a + none") == Decimal(6)
    assert value("none + a") == Decimal(6)
    assert value("none + none") is Missing.MARK
    assert value("a + blank") is Missing.BLANK
    assert value("none + blank") is Missing.BLANK
    assert value("a + text") is Missing.FAULT


@pytest.mark.parametrize("text", ["a - none", "none - a", "a * none", "none / a"])
def test_nothing_but_a_sum_leaves_marks_out(text):
    assert value(text) is Missing.MARK


def test_strict_sum_takes_no_mark_for_nothing():
    assert value("a + none", strict=True) is Missing.MARK


def test_division_by_zero_has_no_value():
    assert value("a / zero") is Missing.FAULT


def test_division_is_exact_enough_to_be_rounded_once():
    assert value("c / b * 3") == pytest.approx(Decimal(2), abs=Decimal("1e-50"))
    assert divides(parse("a * (b / c)")) is True
    assert divides(parse("a * b")) is False


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a + b", "甲a＋甲b"),
        ("a - (b - c)", "甲a－（甲b－甲c）"),
        ("a - b * c", "甲a－甲b×甲c"),
        ("(a + b) / c * 100", "（甲a＋甲b）÷甲c×100"),
        ("a / (b * c)", "甲a÷（甲b×甲c）"),
    ],
)
def test_formula_in_words_keeps_its_brackets(text, words):
    assert in_words(parse(text), lambda ref: f"甲{ref.name}") == words


expressions = st.recursive(
    st.sampled_from(sorted(FIGURES)).map(Ref) | st.integers(0, 999).map(Decimal).map(Constant),
    lambda inner: st.builds(Operation, st.sampled_from("+-*/"), inner, inner),
    max_leaves=12,
).filter(lambda expression: depth(expression) < 8)


def spelled(expression):
    if isinstance(expression, Ref):
        return expression.name
    if isinstance(expression, Constant):
        return str(expression.value)
    return f"({spelled(expression.left)} {expression.sign} {spelled(expression.right)})"


def depth(expression):
    if not isinstance(expression, Operation):
        return 0
    return 1 + max(depth(expression.left), depth(expression.right))


@given(expressions)
def test_every_formula_is_read_back_from_its_spelling(expression):
    assert parse(spelled(expression)) == expression


@given(expressions)
def test_brackets_in_words_are_those_that_matter(expression):
    words = in_words(expression, lambda ref: ref.name)
    plain = words.replace("（", "(").replace("）", ")")

    read = evaluate(parse(plain), lambda ref: FIGURES[ref.name])
    meant = evaluate(expression, lambda ref: FIGURES[ref.name])

    if isinstance(read, Decimal) and isinstance(meant, Decimal):
        assert abs(read - meant) <= abs(meant) * Decimal("1e-40")
    else:
        assert read == meant


@given(st.text(alphabet="abc1.+-*/() ×÷", max_size=30))
def test_any_text_is_a_formula_or_refused(text):
    try:
        found = parse(text)
    except DefinitionError:
        return
    assert isinstance(found, Ref | Constant | Operation)
