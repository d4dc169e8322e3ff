"""Placed characters become lines, lines paragraphs, ruled lines tables; furniture goes."""

import pytest

from notices.readers.layout.furniture import without_furniture
from notices.readers.layout.lines import Glyph, TextLine, lines
from notices.readers.layout.page import Page, page_of
from notices.readers.layout.paragraphs import text_of
from notices.readers.layout.tables import Rule, find

EM = 16.0
WIDTH, HEIGHT = 600.0, 840.0
LEFT = 80.0


def glyphs(x: float, top: float, text: str, *, em: float = EM, step: float = 1.0) -> list[Glyph]:
    out = []
    for char in text:
        wide = em * (0.5 if char.isascii() else 1.0)
        out.append(Glyph(char, x, top, x + wide, top + em, em))
        x += wide * step
    return out


def printed(*placed: tuple[float, float, str]) -> Page:
    """A page of lines given as (ems from the left margin, top, text)."""
    every = [g for x, top, text in placed for g in glyphs(LEFT + x * EM, top, text)]
    return page_of(WIDTH, HEIGHT, every, [])


FULL = "各级部门要提高认识加强领导认真组织实施确保各项任务落到实处"  # 28 characters, a full line


def test_lines_come_from_the_top_and_letters_from_the_left() -> None:
    mixed = [*reversed(glyphs(80, 200, "第二行")), *glyphs(80, 100, "第一行")]

    assert [line.text for line in lines(mixed)] == ["第一行", "第二行"]


def test_quarter_em_between_han_and_digits_is_no_blank_but_a_wide_gap_is() -> None:
    row = [*glyphs(80, 100, "到"), *glyphs(100, 100, "2025"), *glyphs(136, 100, "年")]
    row += glyphs(170, 100, "签发") + glyphs(300, 100, "某人")

    assert [line.text for line in lines(row)] == ["到2025年 签发  某人"]


def test_words_set_letter_by_letter_stay_words() -> None:
    (line,) = lines(glyphs(80, 100, "示例监督管理局文件", step=1.8))

    assert line.text == "示例监督管理局文件"


def test_latin_words_are_kept_apart() -> None:
    row = [*glyphs(80, 100, "GB"), *glyphs(100, 100, "T")]

    assert [line.text for line in lines(row)] == ["GB T"]


def test_letter_printed_twice_to_look_bold_is_one() -> None:
    row = glyphs(80, 100, "通知") + glyphs(80.6, 100, "通知")

    assert [line.text for line in lines(row)] == ["通知"]


def test_radicals_of_browser_made_files_become_characters() -> None:
    (line,) = lines(glyphs(80, 100, "⽂件⾃2023年3⽉31⽇⻓期"))

    assert line.text == "文件自2023年3月31日长期"


def test_full_line_goes_on_with_the_next_one_at_the_margin() -> None:
    page = printed(
        (2, 100, FULL[:26]), (0, 128, FULL), (0, 156, "报送总局。"), (2, 184, "二、其他")
    )

    assert text_of([page]) == f"{FULL[:26]}{FULL}报送总局。\n二、其他"


def test_sentence_goes_on_over_a_page_end() -> None:
    first = printed((2, 700, FULL[:26]), (0, 728, FULL), (370 / EM, 780, "— 1 —"))
    second = printed((0, 100, "报送总局。"), (80 / EM, 780, "— 2 —"))

    text = text_of(without_furniture([first, second]))

    assert text == f"{FULL[:26]}{FULL}报送总局。"


def test_short_line_heading_and_attachment_mark_begin_anew() -> None:
    page = printed(
        (0, 100, FULL[:27] + "。"),
        (0, 128, "一、提高认识"),
        (0, 156, FULL[:27] + "。"),
        (0, 184, "附件1"),
        (0, 212, FULL),
        (0, 240, "的通知"),
    )

    assert text_of([page]).split("\n") == [
        FULL[:27] + "。",
        "一、提高认识",
        FULL[:27] + "。",
        "附件1",
        FULL + "的通知",
    ]


def test_word_that_did_not_fit_on_the_line_does_not_end_the_paragraph() -> None:
    page = printed(
        (2, 100, FULL[:26]),
        (0, 128, FULL[:20]),
        (0, 156, "https://example.test/path"),
        (2, 184, FULL[:26]),
        (0, 212, FULL),
        (0, 240, FULL),
    )

    assert text_of([page]).split("\n")[0].endswith(FULL[:20] + "https://example.test/path")


def test_hanging_title_in_a_list_is_joined_but_a_signature_is_not() -> None:
    page = printed(
        (2, 100, FULL[:25] + "，"),
        (0, 128, FULL[:27] + "。"),
        (18, 156, "示例监管局"),
        (2, 300, "附件：1." + FULL[:22]),
        (6, 328, "情况表"),
        (2, 400, FULL[:26]),
    )

    found = text_of([page]).split("\n")

    assert found[1] == "示例监管局"
    assert found[2] == "附件：1." + FULL[:22] + "情况表"


def test_page_numbers_and_running_heads_are_dropped_and_figures_stay() -> None:
    pages = [
        printed((0, 40, "示例单位内部流转件 2024"), (0, 300, "12"), (20, 780, mark))
        for mark in ("— 1 —", "第 2 页 共 3 页", "3/3")
    ]

    assert text_of(without_furniture(pages)) == "12\n12\n12"


def test_attachment_mark_at_the_top_of_pages_is_no_running_head() -> None:
    pages = [printed((0, 60, f"附件{n}"), (0, 300, "正文")) for n in (1, 2)]

    assert text_of(without_furniture(pages)) == "附件1\n正文\n附件2\n正文"


def box(xs: list[float], ys: list[float], without: set[tuple[str, int, int]]) -> list[Rule]:
    """The rules of a grid; `without` names pieces: ("h" or "v", row, column)."""
    out = [
        Rule(xs[c], ys[r], xs[c + 1], ys[r])
        for r in range(len(ys))
        for c in range(len(xs) - 1)
        if ("h", r, c) not in without
    ]
    return out + [
        Rule(xs[c], ys[r], xs[c], ys[r + 1])
        for c in range(len(xs))
        for r in range(len(ys) - 1)
        if ("v", r, c) not in without
    ]


XS, YS = [80.0, 180.0, 280.0, 380.0], [100.0, 150.0, 200.0, 250.0]


def test_merged_header_and_wrapped_cell_are_read() -> None:
    rules = box(XS, YS, {("h", 1, 0), ("v", 0, 2)})
    inside = glyphs(90, 140, "序号") + glyphs(185, 105, "文件出台") + glyphs(185, 125, "情况")
    inside += glyphs(185, 160, "名称") + glyphs(285, 160, "日期") + glyphs(90, 210, "1")
    page = page_of(WIDTH, HEIGHT, [*inside, *glyphs(80, 300, "注")], rules)

    assert text_of([page]) == "序号\t文件出台情况\t\n\t名称\t日期\n1\t\t\n注"


def test_table_without_outer_sides_keeps_its_outer_columns() -> None:
    rules = box(XS, YS, {("v", r, c) for r in range(3) for c in (0, 3)})
    page = page_of(WIDTH, HEIGHT, glyphs(90, 110, "甲") + glyphs(300, 110, "丙"), rules)

    assert text_of([page]) == "甲\t\t丙"


def test_frame_and_underline_are_no_table() -> None:
    rules = [*box([70, 500], [90, 400], set()), Rule(80, 130, 200, 130)]
    page = page_of(WIDTH, HEIGHT, glyphs(80, 110, "填报单位") + glyphs(80, 150, "说明"), rules)

    assert text_of([page]) == "填报单位\n说明"


def test_table_over_two_pages_is_one_and_its_header_stands_once() -> None:
    def page(number: str) -> Page:
        cells = glyphs(90, 110, "序号") + glyphs(190, 110, "名称") + glyphs(90, 160, number)
        return page_of(WIDTH, HEIGHT, cells + glyphs(190, 160, "某单位"), box(XS, YS, set()))

    assert text_of([page("1"), page("2")]) == "序号\t名称\t\n1\t某单位\t\n2\t某单位\t"


@pytest.mark.parametrize("count", [9_000, 60_000])
def test_drawing_of_thousands_of_lines_is_left_alone(count: int) -> None:
    rules = [Rule(i % 600, i // 600, i % 600, i // 600 + 300.0) for i in range(count)]
    inside = glyphs(80, 110, "正文")

    assert find(inside, rules) == ([], inside)


def test_hatched_area_is_no_table() -> None:
    places = [80 + 4.0 * i for i in range(60)]
    inside = glyphs(80, 110, "正文")

    assert find(inside, box(places, places, set())) == ([], inside)


def test_line_keeps_its_place_and_size() -> None:
    assert lines(glyphs(80, 100, "通知")) == [TextLine("通知", 80, 100, 112, 116, EM)]
