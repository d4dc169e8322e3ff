import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureaus.search.excerpts import Run, excerpt, marked
from bureaus.search.pairs import is_exact, pairs
from bureaus.search.spelling import folded, joined, pattern, squeezed

SIGNS = st.text(alphabet="质量工作 \n\u3000〔〕()（）[]12３ａAz\u200bﬁ①𠀀㎡İ，。", max_size=30)


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("〔2023〕[2023](2023)（2023）【2023】", "(2023)(2023)(2023)(2023)(2023)"),
        ("ＩＳＯ９００１", "iso9001"),
        ("质 量　工\n作", "质量工作"),
        ("iso  9001 Standard", "iso 9001 standard"),
        ("第 3 季度", "第3季度"),
        ("零\u200b宽", "零宽"),
        ("二○二三年", "二〇二三年"),
        ("“质量”「质量」", '"质量""质量"'),
        ("A—B–C－D", "a-b-c-d"),
    ],
)
def test_spelling(written, spelled):
    assert squeezed(written) == spelled


@given(SIGNS)
def test_folding_moves_no_character(text):
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)
    assert squeezed(squeezed(text)) == squeezed(text)


@given(SIGNS, st.data())
def test_every_piece_of_a_text_is_found_in_it(text, data):
    """Whatever runs of a text somebody copies: its pairs are there, and it is marked there."""
    start = data.draw(st.integers(0, len(text)))
    word = squeezed(text[start : data.draw(st.integers(start, len(text)))])
    if word and " " not in word:
        assert word in squeezed(text)
        assert set(pairs(word)) <= set(pairs(squeezed(text)))
        assert re.search(pattern(word), folded(text))
        assert any(run.is_found for run in marked(text, [word]))
        assert "".join(run.text for run in marked(text, [word])) == text


@given(
    st.text(alphabet="质量工作", max_size=12), st.text(alphabet="质量工作", min_size=2, max_size=2)
)
def test_pair_of_two_characters_proves_the_word(text, word):
    assert is_exact(word)
    assert (set(pairs(word)) <= set(pairs(text))) == (word in text)


@pytest.mark.parametrize("word", ["质", "质量工", "𠀀量"])
def test_other_words_are_looked_for_in_the_text(word):
    assert not is_exact(word)


def test_no_word_goes_from_one_text_into_the_next():
    assert joined("质", "量", "") == "质\n量"
    assert pairs(joined("质", "量")) == []


def test_pairs_fit_into_four_bytes():
    found = pairs("\u0001\u0001\uffff\uffff𠀀𠀀")

    assert all(-(2**31) <= pair < 2**31 for pair in found)


def test_excerpt_stands_around_the_first_word():
    text = "前" * 40 + "报送质 量\n工作情况" + "后" * 90

    runs = excerpt(text, ["质量工作"])

    assert [run.text for run in runs if run.is_found] == ["质 量 工作"]
    assert (runs[0], runs[-1]) == (Run("…"), Run("…"))
    assert runs[1].text == "前" * 14 + "报送"


def test_excerpt_of_a_short_text_is_all_of_it():
    assert excerpt("质量工作", ["工作"]) == [Run("质量"), Run("工作", is_found=True)]
    assert excerpt("质量工作", ["电梯"]) == []


def test_longest_of_words_that_begin_together_is_marked():
    assert marked("质量工作", ["质量", "质量工"])[0] == Run("质量工", is_found=True)
