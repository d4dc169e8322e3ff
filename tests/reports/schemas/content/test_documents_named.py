import pytest

from reports.schemas.content.documents_named import NamedDocument, documents


@pytest.mark.parametrize(
    ("text", "title", "number", "date"),
    [
        (
            "《关于示例的通知》（示监发〔2026〕9号，2026年3月31日）",
            "《关于示例的通知》",
            "示监发〔2026〕9号",
            "2026年3月31日",
        ),
        (
            "《转发〈示例〉和《纲要》的通知》 示办发[2025]12号 2025-06-01",
            "《转发〈示例〉和《纲要》的通知》",
            "示办发[2025]12号",
            "2025-06-01",
        ),
        ("《示例方案》（2026年3月）", "《示例方案》", "", "2026年3月"),
        ("实施意见", "", "", ""),
    ],
)
def test_document_is_named_by_title_number_and_date(text, title, number, date):
    assert documents(text) == [NamedDocument(text, title, number, date)]


def test_every_line_is_a_document():
    assert [one.title for one in documents("《甲》\n\n 《乙》 ")] == ["《甲》", "《乙》"]
