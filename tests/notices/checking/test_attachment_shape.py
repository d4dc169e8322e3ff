import pytest

from notices.checking.attachment_shape import shape
from notices.models import Attachment
from tests import factories


@pytest.mark.django_db
def test_table_and_outline_are_told_by_their_size():
    table, outline = factories.notice().attachments.all()

    assert shape(table) == "表格，8列"
    assert shape(outline) == "提纲，5节，3000字以内"


@pytest.mark.django_db
def test_outline_without_a_limit_names_none():
    text = factories.TEXT.replace("字数控制在3000字以内。\n", "")

    assert shape(factories.notice(text).attachments.get(position=2)) == "提纲，5节"


@pytest.mark.parametrize(("kind", "said"), [("prose", "文字，不用填报"), ("missing", "缺正文")])
def test_other_attachments_are_nothing_to_fill_in(kind, said):
    assert shape(Attachment(kind=kind)) == said
