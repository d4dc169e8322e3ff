import pytest

from reports.schemas.content.texts import count_without_punctuation, count_words


@pytest.mark.parametrize(
    ("text", "words", "without_punctuation"),
    [
        ("", 0, 0),
        (" \n　\t", 0, 0),
        ("质量强国", 4, 4),
        ("质量强国。", 5, 4),
        ("“质量月”——活动……", 11, 5),
        ("开展活动26场", 6, 6),
        ("ISO 9001认证", 4, 4),
        ("1,240人次", 3, 3),
        ("增长3.5%，", 4, 3),
        ("3 000 字", 3, 3),
        ("甲\n乙", 2, 2),
        ("甲,乙", 3, 2),
        ("市场监管（2023）", 7, 5),
        ("ＡＢ１", 3, 3),
        ("①②", 2, 2),
        ("·", 1, 0),
        ("𠮷", 1, 1),
        ("甲\u200b乙", 2, 2),
        ("ab\u200bcd", 1, 1),
        ("e\u0301t", 1, 1),
    ],
)
def test_words_are_counted_as_word_does(text, words, without_punctuation):
    assert count_words(text) == words
    assert count_without_punctuation(text) == without_punctuation
