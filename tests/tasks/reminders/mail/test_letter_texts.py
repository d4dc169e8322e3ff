"""Mails that share what they say, each with its own name, unit and link."""

from dataclasses import replace

from django.utils.html import escape

from tasks.reminders.mail.letter_texts import Said, texts

SAID = Said(
    bureau="示例市局",
    link="https://tasks.example.test/assignments/1/",
    title="质量工作",
    citation="示例〔2026〕1号",
    due="2026年3月31日（周二）24时",
    target="2026年3月30日（周一）17:30",
    status="待签收",
    rung="提前3个工作日",
    need="需要办理（提前3个工作日）",
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
    later = "2026年4月1日（周三）24时"
    changed = replace(SAID, due=later, status="填报中", title="另一项", urged_by="示例省局 丙")

    for text in texts("甲", [changed]):
        for words in (later, "填报中", "另一项", "示例省局 丙 催办"):
            assert words in text
    assert all("目标日" in text for text in texts("甲", [SAID]))
    assert not any("目标日" in text for text in texts("甲", [replace(SAID, target="")]))


def test_html_fits_the_width_of_a_phone():
    """Without the viewport a phone shrinks the page until nobody can read it."""
    for _, html in (texts("甲", [SAID]), texts("甲", [SAID, SAID])):
        assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in html


def test_digest_for_those_who_only_have_to_know_asks_for_nothing():
    late = replace(SAID, need="逾期未报", rung="逾期未报")

    assert all("以下 2 项报送任务逾期未报。" in text for text in texts("甲", [late, late]))
    assert all("以下 2 项报送任务需要办理。" in text for text in texts("甲", [late, SAID]))


def test_html_escapes_name_unit_and_title_and_the_text_does_not():
    odd = replace(SAID, bureau="<i>局</i>", title="<b>&</b>")

    plain, html = texts("<甲>", [odd])

    for words in ("<甲>", "<i>局</i>", "<b>&</b>"):
        assert words in plain
        assert words not in html
        assert escape(words) in html
