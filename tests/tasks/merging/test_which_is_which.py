"""Which upload is a copy of which notice: other signs, other bodies, two at once, either order."""

import pytest

from notices.actions import checking
from notices.actions import merging as notice_merging
from notices.checking.counterparts import counterpart
from notices.checking.decisions import as_read
from notices.errors import NoticeError, NumberTaken
from tasks.actions.merging import How
from tests import factories
from tests.factories import NOW, fresh
from tests.tasks.merging import copies
from tests.tasks.merging.copies import came, comparison, filed, merged, sources

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "number",
    [
        "国市监测[2026]1号",
        "国市监测（2026）1 号",
        "国市监测【2026】第1号",
        "国市监测〔２０２６〕１号",
    ],
)
def test_number_in_other_signs_is_the_same_number(number):
    first = filed()

    assert came(copies.WHOLE.replace("国市监测〔2026〕1号", number)).twin_of == first


def test_same_number_of_another_body_is_no_copy():
    first = filed()
    other = came(
        "国市监测〔2026〕1号\n\n浙江省市场监督管理局关于举办培训班的通知\n\n各市市场监管局：\n\n"
        "定于下月在杭州举办广告监管业务培训班，请选派业务骨干参加。\n\n"
        "培训期间食宿统一安排，差旅费回原单位报销。\n\n"
        "浙江省市场监督管理局\n\n2026年3月5日\n"
    )

    assert copies.advice(other) == "other"
    parted = notice_merging.part(other, now=NOW, by=factories.coordinator())

    assert (parted.twin_of, parted.state, counterpart(parted)) == (None, "to_check", None)
    assert copies.file(parted).state == "filed"
    assert factories.fresh(first).sources.count() == 0


def test_copy_of_a_discarded_one_stands_alone():
    first = came(copies.CUT)
    checking.discard(first, reason="重复", now=NOW, by=factories.coordinator())

    assert came(copies.WHOLE).twin_of is None


def test_copy_of_a_merged_one_is_compared_with_what_is_left():
    first = filed()
    merged(came(copies.LATER))

    assert came(copies.CORRECTED).twin_of == first


def test_two_copies_that_wait_at_once_go_in_one_after_the_other():
    notice = filed(copies.CUT)
    one, other = came(copies.WHOLE), came(copies.WHOLE)

    seen = comparison(other).old.digest
    merged(one)

    with pytest.raises(NoticeError, match="刚刚有变动"):
        merged(other, seen=seen)
    assert copies.advice(other) == "same"
    merged(other, How.KEEP)
    assert len(sources(notice)) == 3


def test_older_notice_goes_into_the_copy_that_was_filed_first():
    first, second = came(copies.CUT), came(copies.WHOLE)
    copies.file(second)

    assert comparison(first).old == second
    merged(first, How.KEEP)

    assert (factories.fresh(first).twin_of, factories.fresh(second).twin_of) == (second, None)
    assert came(copies.WHOLE).twin_of == second


def test_corrected_number_of_a_known_notice_is_compared_before_filing():
    first = filed()
    other = came(copies.LATER.replace("国市监测〔2026〕1号", "国市监测〔2026〕7号"))
    decisions = {clause.pk: as_read(clause) for clause in other.clauses.reports()}
    by = factories.coordinator()

    with pytest.raises(NumberTaken) as taken:
        checking.file(
            other, metadata={"doc_number": first.doc_number}, decisions=decisions, now=NOW, by=by
        )
    notice_merging.link(other.pk, taken.value, now=NOW, by=by)

    linked = factories.fresh(other)
    assert (linked.state, linked.twin_of, linked.doc_number) == (
        "to_check",
        first,
        first.doc_number,
    )
    assert copies.advice(other) == "corrected"


def test_number_that_was_a_slip_is_written_anew_and_the_notice_is_no_copy_any_more():
    filed()
    other = came(copies.WHOLE.replace("〔2026〕1号", "〔2026〕9号"))
    by = factories.coordinator()
    decisions = {clause.pk: as_read(clause) for clause in other.clauses.reports()}

    def file(number: str):
        written = {"doc_number": number}
        return checking.file(fresh(other), metadata=written, decisions=decisions, now=NOW, by=by)

    with pytest.raises(NumberTaken) as taken:
        file("国市监测〔2026〕1号")
    notice_merging.link(other.pk, taken.value, now=NOW, by=by)

    file("国市监测〔2026〕9号")

    assert (fresh(other).doc_number, fresh(other).twin_of) == ("国市监测〔2026〕9号", None)
