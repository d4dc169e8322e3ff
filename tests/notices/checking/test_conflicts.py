import pytest

from bureaus.actions.registry import load_workdays
from notices.checking.conflicts import conflicts
from notices.checking.expansion import expand
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = factories.TEXT_APART  # three clauses: table, outline, undated


@pytest.fixture(autouse=True)
def holiday_plan():
    """The plans are loaded up to 2026."""
    load_workdays()


def titles(notice):
    found = conflicts(
        notice,
        expansion=expand(notice.recipients_text, issuer=notice.bureau),
        clauses=notice.clauses.all(),
        attachments=notice.attachments.all(),
    )
    return [conflict.title for conflict in found]


def test_clean_notice_has_none():
    assert titles(factories.notice(TEXT)) == []


def test_signature_and_website_give_different_days():
    page = f"标 题：某通知\n成文日期：2026年03月09日\n\n{TEXT}"

    assert titles(factories.notice(page)) == ["落款日期与网页所列成文日期不一致"]


def test_missing_recipients():
    notice = factories.notice(TEXT)
    notice.recipients_text = ""

    assert titles(notice) == ["没有主送机关"]


def test_recipients_that_name_nobody_in_particular():
    text = TEXT.replace(f"{factories.RECIPIENTS}：", "有关省（区、市）市场监管局：")

    assert titles(factories.notice(text)) == ["主送范围需人工选择"]


def test_pages_that_were_not_read_are_named():
    line = "〔原件第 {} 页是图片，文字没有读入，请对照原件补录〕"
    text = TEXT.replace("附件1\n", f"{line.format(2)}\n{line.format(3)}\n附件1\n", 1)

    assert titles(factories.notice(text)) == ["原件第2、3页是图片，文字没有读入"]


def test_what_stands_in_a_file_unread_is_named():
    lines = [f"〔此处的{kind}没有读入，请对照原件补录〕" for kind in ("图片", "嵌入文件", "图片")]
    text = TEXT.replace("附件1\n", "\n".join([*lines, "附件1\n"]), 1)

    assert titles(factories.notice(text)) == ["原件中的图片、嵌入文件没有读入"]


def test_number_that_is_known_already():
    first = factories.notice(TEXT)

    second = factories.notice(TEXT)

    assert second.twin_of == first
    assert titles(second) == ["与已有文件文号重复"]


def test_copies_that_bear_different_days_are_said_to():
    factories.notice(TEXT)

    second = factories.notice(TEXT.replace("2026年3月2日", "2026年3月6日"))

    (conflict,) = conflicts(
        second,
        expansion=expand(second.recipients_text, issuer=second.bureau),
        clauses=second.clauses.all(),
        attachments=second.attachments.all(),
    )
    assert "本件2026年3月6日，已有的2026年3月2日" in conflict.text


def test_deadline_in_a_year_without_holiday_plan_is_to_be_confirmed():
    text = TEXT.replace("2026年12月31日前", "2036年12月31日前")

    assert titles(factories.notice(text)) == ["事项2的时限需要确认"]


def test_form_that_the_text_does_not_hold():
    text = TEXT[: TEXT.index("附件2\n")]

    assert titles(factories.notice(text)) == ["缺少附件2的正文"]


def test_notice_without_clauses():
    notice = factories.notice(TEXT)
    notice.clauses.all().delete()

    assert titles(notice) == ["没有识别出报送事项"]


def test_cut_off_text():
    text = TEXT[: TEXT.index("重要情况和工作信息")] + "重要情况\n\n预览已结束"

    assert "正文不完整" in titles(factories.notice(text))
