"""The texts follow what they stand beside: by the actions, and by the command."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from notices.actions import checking, merging
from notices.checking.decisions import as_read
from notices.errors import NumberTaken
from notices.models import Notice, NoticeText
from reports.models import EvidenceText, SubmissionText
from reports.search.indexes import INDEXES
from tasks.actions import merging as told
from tasks.models import ObligationText
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TEXTS = (NoticeText, ObligationText, SubmissionText, EvidenceText)


def wrong() -> dict[str, list[int]]:
    return {index.label: found for index in INDEXES if (found := list(index.wrong()))}


def said(**options) -> str:
    out = StringIO()
    call_command("rebuild_search", stdout=out, **options)
    return out.getvalue()


def test_everything_in_the_office_has_its_text(furniture):
    assert wrong() == {}
    assert [texts.objects.count() for texts in TEXTS] == [3, 1, 1, 1]


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


def test_texts_that_are_missing_or_old_are_named_and_made_anew(furniture):
    NoticeText.objects.filter(pk=furniture.plain.pk).delete()
    NoticeText.objects.filter(pk=furniture.other.pk).update(whole="旧")
    SubmissionText.objects.all().delete()

    with pytest.raises(CommandError, match="请运行"):
        said(verify=True)
    assert wrong()["文件"] == [furniture.plain.pk, furniture.other.pk]

    assert said() == (
        "文件：已重建3条\n任务事项：已重建1条\n报送内容：已重建1条\n随报材料：已重建1条\n"
    )
    assert said(verify=True) == "文件：一致\n任务事项：一致\n报送内容：一致\n随报材料：一致\n"


def test_rebuilding_goes_in_batches(furniture, monkeypatch):
    monkeypatch.setattr("bureaus.search.keeping.BATCH", 2)
    NoticeText.objects.all().delete()

    assert said().startswith("文件：已重建3条")
    assert wrong() == {}
