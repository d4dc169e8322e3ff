"""各单位原表, opened as an office would open them."""

import hashlib

import pytest

from reports.errors import ReportError
from reports.makers import originals
from tests import factories
from tests.factories import owed_by, walk
from tests.reports.made import MADE_AT, ask_originals, listed, make, manifest, unzipped, words
from tests.reports.written import outline, reported, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]

CODES = {"110000": "北京市", "320000": "江苏省", "330000": "浙江省", "440000": "广东省"}


@pytest.fixture
def issued():
    return factories.obligation(*(factories.province(*each) for each in CODES.items()))


def test_originals_are_numbered_by_their_place_among_all_that_were_asked(issued):
    reported(owed_by(issued, "330000"), table(documents=2))
    reported(owed_by(issued, "110000"), table())

    files = unzipped(make(ask_originals(issued)))

    assert list(files) == [
        "01 北京市市场监管局 附件1.xlsx",
        "03 浙江省市场监管局 附件1.xlsx",
        "未报名单.txt",
        "清单.csv",
        "manifest.json",
    ]
    assert "示例文件2" in words(files["03 浙江省市场监管局 附件1.xlsx"])


def test_originals_are_the_same_as_one_downloads_one_by_one(issued, client):
    task = reported(owed_by(issued, "330000"), table(documents=3))
    client.force_login(factories.coordinator())

    single = client.get(f"/assignments/{task.pk}/forms/1/download/").content

    files = unzipped(make(ask_originals(issued)))
    assert files["03 浙江省市场监管局 附件1.xlsx"] == single


def test_who_is_missing_and_who_has_nothing_are_told_apart(issued):
    reported(owed_by(issued, "330000"), table())
    walk(owed_by(issued, "110000"), "accept", "report_nil", "pass_review", "submit")

    files = unzipped(make(ask_originals(issued)))

    assert files["未报名单.txt"].decode("utf-8-sig").split("\r\n") == [
        "应报4个单位，已报2个，未报2个。",
        "",
        "未报单位：",
        "02 江苏省市场监管局",
        "04 广东省市场监管局",
        "",
        "零报告（无此情况）：",
        "01 北京市市场监管局",
        "",
    ]


def test_draft_is_no_original(issued):
    save(factories.accept(owed_by(issued, "330000")), table(rows=[{"c4": "还是草稿"}]))

    files = unzipped(make(ask_originals(issued)))

    assert list(files) == ["未报名单.txt", "清单.csv", "manifest.json"]


def test_returned_report_is_missing_and_a_corrected_one_stands(issued):
    returned = reported(owed_by(issued, "330000"), table())
    walk(returned, "return_")
    corrected = reported(owed_by(issued, "320000"), table())
    walk(corrected, "close", "correct")
    save(corrected, table(rows=[{"c4": "更正中的草稿"}]), revision=1)

    files = unzipped(make(ask_originals(issued)))

    (name,) = [name for name in files if name.endswith(".xlsx")]
    assert name == "02 江苏省市场监管局 附件1.xlsx"
    assert "更正中的草稿" not in words(files[name])
    assert listed(files)[0][3].endswith("正在更正，此为更正前报送的内容")


def test_released_units_are_not_counted(issued):
    reported(owed_by(issued, "330000"), table())
    walk(owed_by(issued, "110000"), "withdraw")

    files = unzipped(make(ask_originals(issued)))

    assert next(iter(files)) == "02 浙江省市场监管局 附件1.xlsx"
    assert manifest(files)["expected"] == 3


def test_manifest_says_what_is_in_the_zip(issued):
    reported(owed_by(issued, "330000"), table())

    files = unzipped(make(ask_originals(issued)))

    whole = manifest(files)
    (original, missing) = whole.pop("files")
    assert whole == {
        "kind": "originals",
        "notice": "国市监测〔2026〕1号",
        "obligation": issued.title,
        "attachment": 1,
        "expected": 4,
        "made_by": "测试收文管理",
        "made_at": MADE_AT,
    }
    data = files["03 浙江省市场监管局 附件1.xlsx"]
    assert original == {
        "path": "03 浙江省市场监管局 附件1.xlsx",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "bureau": "330000",
        "version": 1,
        "reported_at": "2026-03-02T12:30:00+08:00",
    }
    assert missing["path"] == "未报名单.txt"
    assert listed(files)[0] == [
        "03 浙江省市场监管局 附件1.xlsx",
        str(len(data)),
        original["sha256"],
        "第1版，2026-03-02 12:30报送",
    ]


def test_originals_of_an_outline_are_word_documents():
    bureau = factories.province()
    issued = factories.obligation(bureau, number="2", text=factories.TEXT_APART)
    reported(owed_by(issued, "330000"), outline("学习两次"), number=2)

    files = unzipped(make(ask_originals(issued, number=2)))

    text = words(files["01 浙江省市场监管局 附件2.docx"])
    assert "学习两次" in text
    assert "2026年3月2日" in text


def test_originals_of_another_number_are_none(issued):
    with pytest.raises(ReportError, match="该事项没有附件2的报表"):
        ask_originals(issued, number=2)


@pytest.mark.parametrize(("count", "at_once", "queries"), [(1, 50, 12), (4, 50, 12), (4, 2, 13)])
def test_originals_are_read_some_units_at_a_time(
    monkeypatch, django_assert_num_queries, count, at_once, queries
):
    monkeypatch.setattr(originals, "_AT_ONCE", at_once)
    some = list(CODES.items())[:count]
    made = factories.obligation(*(factories.province(*each) for each in some))
    for code, _ in some:
        reported(owed_by(made, code), table())
    production = ask_originals(made)

    with django_assert_num_queries(queries):
        make(production)
