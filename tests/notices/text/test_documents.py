"""Which deliverables are documents of their own, and what the place for them is called."""

import pytest

from notices.text.clauses.documents import as_file, documents


@pytest.mark.parametrize(
    ("deliverable", "named"),
    [
        ("工作方案", ["工作方案"]),
        ("有关支持方案", ["支持方案"]),
        ("活动总结、有关图片及视频", ["活动总结"]),
        ("有关活动情况、典型案例、图片及视频等", ["典型案例"]),
        ("实施方案和联络员名单", ["实施方案", "联络员名单"]),
        ("工作方案及2026年工作要点", ["工作方案", "2026年工作要点"]),
        ("年度工作总结（含图片等材料）", ["年度工作总结"]),
        ("工作总结电子版", ["工作总结"]),
        ("本地区质量强市典型案例2篇", ["质量强市典型案例"]),
        ("民营企业“法治体检”报告", ["民营企业“法治体检”报告"]),
        ("自查报告、自查报告", ["自查报告"]),
        ("重点产品目录等", ["重点产品目录"]),
        ("申报材料（一式三份）", ["申报材料"]),
    ],
)
def test_documents_are_named(deliverable, named):
    assert documents(deliverable) == named


@pytest.mark.parametrize(
    "deliverable",
    [
        "有关学习宣传贯彻情况",
        "重要情况和工作信息",
        "方案报告制度落实情况",
        "《推进质量强国实施方案》落实情况",
        "佐证材料",
        "图片资料",
        "意见建议",
        "",
    ],
)
def test_what_is_written_in_place_is_no_document(deliverable):
    assert documents(deliverable) == []


def test_place_says_which_files_it_takes_and_fits_its_column():
    assert as_file(["工作方案"], 60) == "工作方案（Word 或 PDF）"
    assert as_file(["方案", "联络员名单"], 60) == "方案、联络员名单（Word、Excel 或 PDF）"
    assert len(as_file(["很长的工作方案" * 9], 60)) == 60
