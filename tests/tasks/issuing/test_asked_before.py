"""The same form asked of the same units before is told before it goes out again."""

from datetime import timedelta

import pytest

from bureaus.roles import Role
from tasks.actions import amending, issuing
from tasks.actions.issuing import Terms
from tasks.issuing.asked_before import asked_before
from tasks.scheduling.dates import dates_of
from tests import factories
from tests.factories import NOW, TO_SUBMIT, owed_by, walk

pytestmark = pytest.mark.django_db

AGAIN = factories.TEXT_APART.replace("〔2026〕1号", "〔2026〕2号")
OTHER_TABLE = AGAIN.replace("领导同志批示情况\t组织开展学习情况", "抽查批次\t不合格批次").replace(
    "文件名称\t发文主体\t当前进展", "产品名称\t生产单位\t处理结果"
)


@pytest.fixture
def provinces():
    return [factories.province("320000", "江苏省"), factories.province()]


@pytest.fixture
def earlier(provinces):
    """The first table, asked of two provinces on 2 March 2026, due on 31 March."""
    return factories.obligation(*provinces, text=factories.TEXT_APART)


def found(provinces, text=AGAIN, *, now=NOW + timedelta(days=60), numbers=(1, 2), user=None):
    notice = factories.filed_notice(text)
    asker = user or factories.coordinator()
    return asked_before(notice, numbers, provinces, issuer=notice.bureau, user=asker, now=now)


def test_same_table_handed_in_is_told_with_who_and_when(earlier, provinces):
    for code in ("320000", "330000"):
        walk(owed_by(earlier, code), *TO_SUBMIT, now=NOW + timedelta(days=20))

    (one,) = found(provinces)

    assert (one.notice, one.number, one.place) == (earlier.notice, 1, 1)
    assert (one.is_table, one.is_same) == (True, True)
    assert (one.counts.units, one.counts.handed_in, one.counts.first) == (2, 2, "江苏")
    assert str(one.counts.last_on) == "2026-03-22"


def test_same_table_not_handed_in_yet_is_told_with_its_day(earlier, provinces):
    (one,) = found(provinces)

    assert (one.counts.handed_in, one.counts.last_on, str(one.due_on)) == (0, None, "2026-03-31")


def test_first_named_is_one_that_has_reported(earlier, provinces):
    walk(owed_by(earlier, "330000"), *TO_SUBMIT)

    (one,) = found(provinces)

    assert (one.counts.units, one.counts.handed_in, one.counts.first) == (2, 1, "浙江")


def test_outline_asked_again_is_told_too(provinces):
    factories.obligation(*provinces, number="2", text=factories.TEXT_APART)

    (one,) = found(provinces)

    assert (one.number, one.place, one.is_table, one.is_same) == (2, 2, False, True)


def test_only_the_forms_asked_for_are_looked_at(earlier, provinces):
    assert found(provinces, numbers=(2,)) == []
    assert found(provinces, numbers=()) == []


def test_other_table_is_not_the_same(earlier, provinces):
    assert found(provinces, OTHER_TABLE) == []


def test_table_with_one_column_more_is_nearly_the_same(earlier, provinces):
    more = AGAIN.replace("好的经验和做法\n\t", "好的经验和做法\t责任人\n\t", 1)

    (one,) = found(provinces, more)

    assert one.is_same is False


def test_units_not_asked_before_are_none_of_it(earlier):
    assert found([factories.province("110000", "北京市")]) == []
    assert found([]) == []


def test_what_is_withdrawn_counts_no_more(earlier, provinces):
    amending.withdraw(earlier, reason="下发有误", now=NOW, by=factories.coordinator())

    assert found(provinces) == []


def test_what_is_a_year_old_counts_no_more(earlier, provinces):
    assert len(found(provinces, now=NOW + timedelta(days=365))) == 1
    later = factories.filed_notice(AGAIN.replace("2号", "3号"))

    assert (
        asked_before(
            later,
            (1,),
            provinces,
            issuer=later.bureau,
            user=factories.coordinator(),
            now=NOW + timedelta(days=366),
        )
        == []
    )


def test_own_notice_is_not_told_of(earlier, provinces):
    notice = earlier.notice

    assert (
        asked_before(
            notice, (1,), provinces, issuer=notice.bureau, user=factories.coordinator(), now=NOW
        )
        == []
    )


def test_what_another_province_has_asked_is_not_told(provinces):
    jiangsu, zhejiang = provinces
    city = factories.prefecture(jiangsu, "320100", "南京市")
    notice = factories.filed_notice(AGAIN, bureau=jiangsu)
    clause = notice.clauses.get(attachment_numbers="1")
    by = factories.staff(Role.COORDINATOR, jiangsu)
    terms = Terms(dates_of(clause), need="缺少数据")
    issuing.issue(clause, bureaus=[city], terms=terms, now=NOW, by=by)

    stranger = factories.staff(Role.COORDINATOR, zhejiang)
    assert found([city], factories.TEXT_APART, user=stranger) == []
    assert len(found([city], AGAIN.replace("2号", "3号"), user=by)) == 1


def test_of_the_periods_of_one_notice_the_one_reported_on_is_told(provinces):
    notice = factories.filed_notice(factories.TEXT_APART)
    clause = notice.clauses.get(attachment_numbers="1")
    march, *_ = (
        issuing.issue(
            clause,
            bureaus=provinces,
            terms=Terms(dates_of(clause), period),
            now=NOW,
            by=factories.coordinator(),
        )
        for period in ("3月", "4月")
    )
    walk(owed_by(march, "320000"), *TO_SUBMIT)

    (one,) = found(provinces)

    assert (one.counts.handed_in, one.notice) == (1, notice)


def test_questions_do_not_grow_with_the_obligations(provinces, django_assert_num_queries):
    user, notice = factories.coordinator(), factories.filed_notice(AGAIN)
    user.held_posts  # noqa: B018  read once a request
    notice = type(notice).objects.prefetch_related("attachments").get(pk=notice.pk)
    factories.obligation(*provinces, text=factories.TEXT_APART)
    with django_assert_num_queries(3):
        asked_before(notice, (1,), provinces, issuer=notice.bureau, user=user, now=NOW)
    for number in range(3, 12):
        again = factories.filed_notice(AGAIN.replace("2号", f"{number}号"))
        clause = again.clauses.get(attachment_numbers="1")
        terms = Terms(dates_of(clause))
        issuing.issue(clause, bureaus=provinces, terms=terms, now=NOW, by=user)

    with django_assert_num_queries(3):
        assert (
            len(asked_before(notice, (1,), provinces, issuer=notice.bureau, user=user, now=NOW))
            == 2
        )
