"""The command that makes the texts anew, and says which are wrong."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from notices.models import NoticeText
from reports.models import EvidenceText, SubmissionText
from reports.search.indexes import INDEXES
from tasks.models import ObligationText

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
