"""Words find the rows that a plain look through every text finds."""

from random import Random

import pytest
from django.db.models import Q

from bureaus.search.asked import read
from bureaus.search.spelling import squeezed
from notices.actions import searching as of_notices
from notices.models import Notice, NoticeText
from tasks import words
from tasks.models import Assignment, Obligation
from tests import factories

pytestmark = pytest.mark.django_db
LETTERS = "质量工作电梯安a1(%_ "


def text(rng, most=9) -> str:
    return "".join(rng.choice(LETTERS) for _ in range(rng.randint(1, most))).strip() or "质"


@pytest.fixture
def rows():
    """Forty obligations of ten notices, all with titles that have much in common."""
    rng = Random(26)  # noqa: S311  no secret
    issued = factories.obligation(factories.province(), factories.province("320000", "江苏省"))
    made = [issued, *factories.copies(issued, 39)]
    notices = [issued.notice]
    for number in range(9):
        copy = Notice.objects.get(pk=issued.notice_id)
        copy.pk = None
        copy.doc_number = f"国市监测〔2026〕{number + 2}号"
        copy.save()
        notices.append(copy)
    for notice in notices:
        Notice.objects.filter(pk=notice.pk).update(title=text(rng))
    for obligation in made:
        Obligation.objects.filter(pk=obligation.pk).update(
            title=text(rng), notice=rng.choice(notices), period=rng.choice(["", "2026年4月"])
        )
    for notice in Notice.objects.all():
        of_notices.keep(notice)
    words.keep(Obligation.objects.select_related("notice"))
    return rng


def holds(asked, *texts) -> bool:
    spelled = [squeezed(each) for each in texts]
    return all(any(word in each for each in spelled) for word in asked.words)


@pytest.mark.parametrize("seed", range(12))
def test_words_find_what_the_texts_hold(rows, seed):
    rng = Random(seed)  # noqa: S311  no secret
    typed = [text(rng, 3), f"{text(rng, 3)} {text(rng, 2)}", text(rng, 2), f"浙江 {text(rng, 2)}"]
    for asked in map(
        read, [*typed, "2026年4月", "〔2026〕3号", "国市监测2026 3号", "江苏", "%", "_"]
    ):
        if not asked:
            continue
        expected = {
            task.pk
            for task in Assignment.objects.select_related("obligation__notice", "bureau")
            if holds(
                asked,
                task.obligation.title,
                task.obligation.period,
                task.obligation.notice.title,
                task.obligation.notice.doc_number,
                task.bureau.short_name,
            )
        }
        found = set(words.assignments(Assignment.objects.all(), asked).values_list("pk", flat=True))
        assert found == expected, asked
        matters = set(
            words.obligations(Obligation.objects.all(), asked).values_list("pk", flat=True)
        )
        assert matters == {
            one.pk
            for one in Obligation.objects.select_related("notice")
            if holds(asked, one.title, one.period, one.notice.title, one.notice.doc_number)
        }, asked
        heads = set(NoticeText.objects.holding(asked.words, "head").values_list("pk", flat=True))
        assert heads == {
            one.pk for one in Notice.objects.all() if holds(asked, one.title, one.doc_number)
        }, asked


@pytest.mark.parametrize("word", ["质", "质量", "工作电", "a1", "%", "_"])
def test_one_plain_word_finds_what_a_comparison_by_the_database_found(rows, word):
    """In titles without blanks, which the search does not mind."""
    plain = Obligation.objects.exclude(title__contains=" ").exclude(notice__title__contains=" ")
    compared = plain.filter(Q(title__icontains=word) | Q(notice__title__icontains=word))

    found = words.obligations(plain, read(word))

    assert set(found.values_list("pk", flat=True)) == set(compared.values_list("pk", flat=True))
