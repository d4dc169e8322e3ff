import pytest

from notices.pages import highlight
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = factories.TEXT_APART  # three clauses: table, outline, undated


def blocks(text=TEXT):
    notice = factories.notice(text)
    return highlight.blocks(notice, notice.clauses.all())


def text_of(runs):
    return "".join(run.text for run in runs)


def marked(found, kind):
    """The words marked as one kind, in order, those inside clauses too."""
    runs = [
        run
        for block in found
        for run in (*block.runs, *(r for c in sum(block.rows, ()) for r in c))
    ]
    every = [each for run in runs for each in (run, *run.runs)]
    return [run.text for run in every if run.kind == kind]


def test_head_is_marked_by_kind_and_set_as_in_the_document():
    found = blocks()

    assert [(block.kind, text_of(block.runs)) for block in found[:3]] == [
        ("number", "国市监测〔2026〕1号"),
        ("title", "市场监管总局关于报送质量工作情况的通知"),
        ("flush", f"{factories.RECIPIENTS}："),
    ]
    assert marked(found, "recipients") == [factories.RECIPIENTS]


def test_clause_holds_its_deadline_deliverable_and_attachment():
    found = blocks()

    first = next(run for block in found for run in block.runs if run.clauses)
    assert [clause.position for clause in first.clauses] == [1]
    assert first.text.startswith("各单位请于2026年3月31日前")
    assert marked(found, "due") == ["于2026年3月31日前", "于2026年12月31日前", "及时"]
    assert "质量工作年度总结" in marked(found, "deliverable")
    assert marked(found, "attachment")[:2] == ["附件1", "附件2"]


def test_text_comes_out_whole():
    found = blocks()

    shown = "".join(
        text_of(block.runs) + "".join(text_of(cell) for row in block.rows for cell in row)
        for block in found
    )
    assert "".join(shown.split()) == "".join(TEXT.split())


def test_flattened_table_keeps_its_empty_cells():
    table = next(block for block in blocks() if block.kind == "table")

    assert [[text_of(cell) for cell in row] for row in table.rows] == [
        [
            "序号",
            "领导同志批示情况",
            "组织开展学习情况",
            "出台贯彻落实文件情况",
            "",
            "",
            "开展的重点工作",
            "好的经验和做法",
        ],
        ["", "", "", "文件名称", "发文主体", "当前进展", "", ""],
    ]


def test_sentence_broken_by_a_page_end_is_one_paragraph():
    broken = TEXT.replace("将质量工作进展情况", "将质量工作\n\n进展情况")

    found = blocks(broken)

    body = next(block for block in found if "请于2026年3月31日前" in text_of(block.runs))
    assert "将质量工作进展情况（附件1）报送总局" in text_of(body.runs)


def test_title_in_the_table_of_a_website_is_not_taken_for_the_title():
    title = "市场监管总局关于报送质量工作情况的通知"
    page = f"标 题：{title}\n文 号：国市监测〔2026〕1号\n成文日期：2026年03月02日\n\n{TEXT}"

    found = blocks(page)

    titles = [text_of(block.runs) for block in found if block.kind == "title"]
    assert titles == [title]
    assert marked(found, "date") == ["2026年03月02日", "2026年3月2日"]


def test_signature_stands_on_the_right():
    found = blocks()

    closing = [text_of(block.runs) for block in found if block.kind == "closing"]
    assert closing == ["市场监管总局", "2026年3月2日"]


def test_clauses_with_the_same_words_share_one_mark():
    notice = factories.notice(TEXT)
    first = notice.clauses.first()
    notice.clauses.create(
        position=9,
        quote=first.quote,
        start_at=first.start_at,
        end_at=first.end_at,
        deliverable="另一份材料",
    )

    found = highlight.blocks(notice, notice.clauses.all())

    shared = next(run for block in found for run in block.runs if run.clauses)
    assert [clause.position for clause in shared.clauses] == [1, 9]
