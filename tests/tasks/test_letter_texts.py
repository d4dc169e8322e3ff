"""Mails that share what they say, each with its own name, unit and link."""

from dataclasses import replace
from datetime import UTC, datetime

from django.utils.html import escape

from tasks.letter_texts import Said, texts

SAID = Said(
    bureau="示例市局",
    link="https://tasks.example.test/assignments/1/",
    title="质量工作",
    citation="示例〔2026〕1号",
    due_at=datetime(2026, 3, 31, 15, 59, tzinfo=UTC),
    status="待签收",
    rung="提前3个工作日",
    urged_by="",
)


def test_second_mail_of_the_same_words_has_its_own_name_unit_and_link():
    first = texts("甲", [SAID])
    other = replace(SAID, bureau="示例县局", link="https://tasks.example.test/assignments/2/")

    for before, after in zip(first, texts("乙", [other]), strict=True):
        assert all(words in before for words in ("甲", "示例市局", "assignments/1/"))
        expected = before.replace("甲", "乙").replace("市局", "县局")
        assert after == expected.replace("assignments/1/", "assignments/2/")


def test_each_mail_says_its_own_deadline_state_title_and_who_urges():
    texts("甲", [SAID])
    later = datetime(2026, 4, 1, 15, 59, tzinfo=UTC)
    changed = replace(SAID, due_at=later, status="填报中", title="另一项", urged_by="示例省局 丙")

    for text in texts("甲", [changed]):
        for words in ("2026年4月1日 23:59", "填报中", "另一项", "示例省局 丙 催办"):
            assert words in text
    assert all("无时限" in text for text in texts("甲", [replace(SAID, due_at=None)]))


def test_html_escapes_name_unit_and_title_and_the_text_does_not():
    odd = replace(SAID, bureau="<i>局</i>", title="<b>&</b>")

    plain, html = texts("<甲>", [odd])

    for words in ("<甲>", "<i>局</i>", "<b>&</b>"):
        assert words in plain
        assert words not in html
        assert escape(words) in html
