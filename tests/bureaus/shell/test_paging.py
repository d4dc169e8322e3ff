import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from bureaus.models import CalendarDay
from bureaus.shell import paging
from bureaus.shell.paging import CappedPaginator, Counted, counted, counted_together

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps(monkeypatch):
    """Counting goes by tens, five on a page, down to forty rows."""
    monkeypatch.setattr(paging, "STEP", 10)
    monkeypatch.setattr(paging, "DEEPEST", 40)


def rows(count: int):
    """So many rows of the smallest table there is."""
    CalendarDay.objects.bulk_create(
        [CalendarDay(day=f"20{number:02}-01-01", kind="H") for number in range(count)]
    )
    return CalendarDay.objects.order_by("day")


def page(count: int, number="1"):
    return CappedPaginator(rows(count), 5).get_page(number)


@pytest.mark.parametrize(
    ("count", "word", "is_any"), [(0, "0", False), (3, "3", True), (4, "3+", True), (9, "3+", True)]
)
def test_counted_is_exact_up_to_the_cap_and_says_more_beyond(count, word, is_any):
    found = counted(rows(count), cap=3)

    assert (str(found), bool(found)) == (word, is_any)
    assert found == Counted(min(count, 3), is_more=count > 3)


def test_counted_reads_no_more_rows_than_it_says(django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        counted(CalendarDay.objects.order_by("day"), cap=3)

    assert queries.captured_queries[0]["sql"].count("LIMIT 4") == 1
    assert queries.captured_queries[0]["sql"].count("ORDER BY") == 0


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ((), Counted(0)),
        ((1, 1), Counted(2)),
        ((3, 0), Counted(3)),
        ((3, 1), Counted(3, is_more=True)),
        ((0, 4), Counted(3, is_more=True)),
        ((2, 2), Counted(3, is_more=True)),
    ],
)
def test_parts_are_counted_together_up_to_the_cap(sizes, found):
    rows(10)
    ends = [sum(sizes[: number + 1]) for number in range(len(sizes))]
    parts = [
        CalendarDay.objects.filter(day__year__gte=2000 + end - size, day__year__lt=2000 + end)
        for size, end in zip(sizes, ends, strict=True)
    ]

    assert counted_together(parts, cap=3) == found


def test_no_part_is_asked_once_there_are_more(django_assert_num_queries):
    whole = rows(5)

    with django_assert_num_queries(1):
        counted_together([whole, whole.none()], cap=3)


def test_a_page_of_parts_has_the_rows_of_all():
    whole = rows(9)
    parts = [whole.filter(day__year__lt=2005), whole.filter(day__year__gte=2005)]

    paginator = CappedPaginator(whole, 5, parts=parts)

    assert (paginator.count, len(paginator.get_page(2))) == (9, 4)


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize(
    ("count", "number", "words", "shown", "goes_on"),
    [
        (0, "1", ("0", "1"), 0, False),
        (5, "1", ("5", "1"), 5, False),
        (10, "2", ("10", "2"), 5, False),
        (11, "1", ("10+", "2+"), 5, True),
        (11, "2", ("10+", "2+"), 5, True),
        (11, "3", ("11", "3"), 1, False),
        (30, "3", ("20+", "4+"), 5, True),
        (60, "8", ("40+", "8+"), 5, False),  # the deepest
    ],
)
def test_paginator_counts_to_the_end_of_the_step_and_goes_on(count, number, words, shown, goes_on):
    found = page(count, number)

    assert (found.paginator.count_word, found.paginator.page_word) == words
    assert len(found.object_list) == shown
    assert found.has_next() is goes_on


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize(
    ("number", "given"),
    [(None, 1), ("", 1), ("word", 1), ("9" * 5000, 1), ("-1", 3), ("3", 3), ("4", 3), ("999", 3)],
)
def test_paginator_gives_a_page_whatever_is_asked_for(number, given):
    assert page(12, number).number == given


@pytest.mark.usefixtures("steps")
def test_pager_says_more_and_offers_no_last_page_where_it_did_not_count_to_the_end():
    shown = pager(page(11))

    assert "共 10+ 条，本页 1–5" in shown
    assert "第 1 / 2+ 页" in shown
    assert "下一页</a>" in shown
    assert "末页" not in shown


def test_pager_of_an_empty_list_says_none():
    assert "共 0 条" in pager(page(0))


def test_pager_of_a_whole_count_is_as_before():
    shown = pager(page(12))

    assert "共 12 条，本页 1–5" in shown
    assert "第 1 / 3 页" in shown
    assert '<a href="?page=3">末页</a>' in shown


def pager(page_obj) -> str:
    return render_to_string("_components/pager.html", {"page_obj": page_obj, "query": ""})


@pytest.mark.parametrize(("count", "words"), [(0, "共 0 条"), (7, "共 7 条，本页 1–5")])
def test_pager_of_an_ordinary_paginator_needs_no_words(count, words):
    shown = pager(Paginator(rows(count), 5).get_page("1"))

    assert words in shown
    assert ("第 1 / 2 页" in shown) is (count > 0)
