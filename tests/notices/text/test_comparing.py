"""What differs between two copies of a notice, as a person would say it."""

from datetime import date, datetime
from time import perf_counter

import pytest

from notices.text.comparing import forms, items
from notices.text.comparing.advice import Advice, Copy, advise
from notices.text.comparing.passages import MOST_SHOWN, compare
from tests.factories import SHANGHAI, TEXT


def marked(runs):
    return [run.text for run in runs if run.is_marked]


# --- passages -----------------------------------------------------------------------------------


def test_widths_blanks_quotes_and_line_ends_make_no_difference():
    other = TEXT.replace("，", ",").replace("：", ":").replace("联系人", "联 系 人")
    other = other.replace("各单位请于2026年", "各单位请于 2026 年").replace("。重要", "。\n重要")

    found = compare(TEXT, other)

    assert (found.is_same, found.added, found.gone) == (True, 0, 0)


def test_changed_day_is_marked_as_a_whole_number_inside_its_sentence():
    found = compare(TEXT, TEXT.replace("2026年3月31日前", "2026年4月10日前"))

    (difference,) = found.shown
    assert (marked(difference.old), marked(difference.new)) == (["3", "31"], ["4", "10"])
    assert difference.is_changed


def test_what_only_the_fuller_copy_has_is_added_and_nothing_is_gone():
    cut = TEXT[: TEXT.index("附件2\n")]

    found = compare(cut, TEXT)

    assert found.gone == 0
    assert found.added > 80
    assert all(not difference.old for difference in found.shown)


def test_sentence_cut_in_the_middle_is_one_place():
    cut = TEXT[: TEXT.index("报送质量工作年度总结")]

    first = compare(cut, TEXT).shown[0]

    assert marked(first.old) == []
    assert "".join(run.text for run in first.new).startswith("各单位请于2026年3")


def test_long_passages_are_shortened_and_many_are_counted():
    old = "\n".join(f"第{n}条内容是甲{n}。" for n in range(300))
    new = "\n".join(f"第{n}条内容是{'乙' if n % 3 else '甲'}{n}。" for n in range(300))

    found = compare(old, new)
    one = compare("通知如下。", "通知如下。" + "长" * 5000 + "。")

    assert (len(found.shown), found.left_off > 0) == (MOST_SHOWN, True)
    assert len(one.shown[0].new[0].text) < 500
    assert one.added == 5001


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("报送" * 200_000, "报告" * 200_000),
        ("0\t0\t0\n" * 40_000, "0\t1\t0\n" * 40_000),
        ("".join(f"甲{n}。" for n in range(50_000)), "".join(f"乙{n}。" for n in range(50_000))),
        ("", "通知。"),
    ],
    ids=["one-sentence", "same-lines", "all-other", "nothing"],
)
def test_work_is_bounded(old, new):
    began = perf_counter()

    found = compare(old, new)

    assert perf_counter() - began < 20
    assert not found.is_same


# --- duties -------------------------------------------------------------------------------------


def due(month, day):
    return datetime(2026, month, day, 23, 59, 59, tzinfo=SHANGHAI)


def item(key, quote, deliverable, due_at=None, **more):
    return items.Item(key, quote, deliverable, due_at, **more)


def test_duty_is_known_by_its_words_whatever_its_day():
    old = [item(1, "请于3月31日前报送进展情况", "进展情况", due(3, 31))]
    new = [
        item(1, "请于5月底前报送工作总结", "工作总结", due(5, 31)),
        item(2, "请于4月10日前报送进展情况", "进展情况", due(4, 10)),
    ]

    found = items.pairs(old, new)

    assert [(pair.old and pair.old.key, pair.new.key) for pair in found] == [(None, 1), (1, 2)]
    assert [pair.is_moved for pair in found] == [False, True]


def test_two_days_of_one_sentence_keep_to_their_own_days():
    quote = "分别于{}、8月1日前报送进展情况"
    old = [
        item(n, quote.format("4月15日"), "进展情况", day)
        for n, day in ((1, due(4, 15)), (2, due(8, 1)))
    ]
    new = [
        item(n, quote.format("4月20日"), "进展情况", day)
        for n, day in ((1, due(4, 20)), (2, due(8, 1)))
    ]

    found = items.pairs(old, new)

    assert [(pair.old.key, pair.new.key, pair.is_moved) for pair in found] == [
        (1, 1, True),
        (2, 2, False),
    ]


def test_day_set_by_a_person_stays_where_both_copies_say_the_same_words():
    rule = '{"kind": "undated"}'
    old = item(1, "请及时报送", "情况", due(3, 31), rule=rule, is_by_hand=True)

    same, other = (
        item(1, "请及时报送", "情况", None, rule=rule),
        item(1, "请于4月报送", "情况", due(4, 30)),
    )

    assert [items.Pair(old, new).is_moved for new in (same, other)] == [False, True]


# --- attachments --------------------------------------------------------------------------------

HEADERS = [["序号", "领导批示", "出台文件", "", ""], ["", "", "名称", "主体", "进展"]]


def table(position=1, title="情况表", headers=HEADERS, rows=()):
    body = {"header_rows": headers, "body_rows": rows}
    return forms.form_of(position, title, "table", body)


def test_headings_stand_over_the_columns_below_them():
    assert table().columns == (
        "序号",
        "领导批示",
        "出台文件／名称",
        "出台文件／主体",
        "出台文件／进展",
    )


def test_columns_and_rows_that_came_or_went_are_named():
    wide = [[*HEADERS[0], "金额"], [*HEADERS[1], ""]]

    (pair,) = forms.pairs([table(rows=[["甲", ""]])], [table(headers=wide, rows=[["乙", ""]])])

    assert pair.changes == ["增加1栏（金额）", "增加1行（乙）", "减少1行（甲）"]
    assert (pair.is_more, pair.is_less) == (True, True)


def test_attachment_is_known_by_its_title_wherever_it_stands():
    missing = forms.form_of(1, "名单", "missing", {})

    found = forms.pairs([table(1)], [missing, table(2, "《情况表》")])

    assert [(pair.old and pair.old.position, pair.new.position) for pair in found] == [
        (None, 1),
        (1, 2),
    ]
    assert [pair.is_changed for pair in found] == [True, False]


def test_body_that_was_missing_is_more():
    missing = forms.form_of(1, "情况表", "missing", {})

    (pair,) = forms.pairs([missing], [table()])

    assert (pair.changes, pair.is_more, pair.is_less) == (["由无正文变为表格"], True, False)


# --- advice -------------------------------------------------------------------------------------

PLAIN = "关于报送情况的通知"


def copy(title=PLAIN, issuers=("市场监管总局",), day=date(2026, 3, 2), cut=False):
    return Copy(title, frozenset(issuers), day, cut)


@pytest.mark.parametrize(
    ("old", "new", "texts", "more", "less", "advice"),
    [
        (copy(), copy(), (TEXT, TEXT), False, False, Advice.SAME),
        (copy(cut=True), copy(), (TEXT[:300], TEXT), True, False, Advice.FULLER),
        (copy(), copy(cut=True), (TEXT, TEXT[:300]), False, True, Advice.CUT),
        (copy(), copy(), (TEXT, TEXT + "附则一条。" * 20), False, False, Advice.FULLER),
        (copy(), copy(), (TEXT + "附则一条。" * 20, TEXT), False, False, Advice.CUT),
        # each has words of its own, as an abridged copy has
        (copy(), copy(), (TEXT + "摘编。", TEXT + "全文如下。" * 50), False, False, Advice.FULLER),
        (copy(), copy(), (TEXT + "全文如下。" * 50, TEXT + "摘编。"), False, False, Advice.CUT),
        (copy(), copy(), (TEXT, TEXT.replace("31日", "20日")), True, False, Advice.CORRECTED),
        (
            copy(),
            copy(day=date(2026, 3, 1)),
            (TEXT, TEXT.replace("31日", "20日")),
            True,
            False,
            Advice.OLDER,
        ),
        (
            copy(),
            copy(),
            (TEXT, TEXT.replace("重要情况", "重大情况")),
            False,
            False,
            Advice.WORDING,
        ),
        (
            copy(),
            copy(f"{PLAIN}（更正）"),
            (TEXT, TEXT.replace("重要情况", "重大情况")),
            False,
            False,
            Advice.CORRECTED,
        ),
        (
            copy(),
            copy("关于举办培训班的函", ("浙江省市场监管局",)),
            (TEXT, "兹定于下月举办培训班，请派员参加。" * 30),
            False,
            True,
            Advice.OTHER,
        ),
    ],
)
def test_advice(old, new, texts, more, less, advice):
    assert advise(old, new, compare(*texts), is_more=more, is_less=less) == advice
