"""The texts follow what they stand beside, by the actions that write it."""

from datetime import timedelta

import pytest

from notices.actions import checking, merging
from notices.checking.decisions import as_read
from notices.errors import NumberTaken
from notices.models import Notice, NoticeText
from reports.search.indexes import INDEXES
from tasks.actions import merging as told
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def wrong() -> dict[str, list[int]]:
    return {index.label: found for index in INDEXES if (found := list(index.wrong()))}


def test_title_and_number_that_a_person_corrects_are_found():
    taken = factories.notice()
    decisions = {clause.pk: as_read(clause) for clause in taken.clauses.all()}
    metadata = {"title": "关于更正标题的通知", "doc_number": "国市监测〔2026〕9号"}

    checking.file(
        taken, metadata=metadata, decisions=decisions, now=NOW, by=factories.coordinator()
    )

    assert NoticeText.objects.get().head == "关于更正标题的通知\n国市监测(2026)9号"
    assert wrong() == {}


def test_text_of_a_copy_that_was_taken_over_is_found():
    issued = factories.obligation()
    longer = factories.TEXT.replace("重要情况", "新补的一句话。重要情况")
    copy = factories.notice(longer, now=NOW + timedelta(minutes=5))

    told.merge(
        copy,
        told.How.TAKE,
        seen=Notice.objects.get(pk=issued.notice_id).digest,
        now=NOW + timedelta(minutes=6),
        by=factories.coordinator(),
    )

    assert "新补的一句话" in NoticeText.objects.get(pk=issued.notice_id).whole
    assert wrong() == {}


def test_number_of_a_notice_that_is_compared_is_found():
    first = factories.notice()
    other = factories.notice(factories.TEXT.replace("〔2026〕1号", "〔2026〕2号"))
    taken = NumberTaken(first.doc_number, first.pk)
    merging.link(other.pk, taken, now=NOW, by=factories.coordinator())

    assert NoticeText.objects.get(pk=other.pk).head.endswith("(2026)1号")
    assert wrong() == {}
