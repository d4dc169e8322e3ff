"""Who signs and when, behind whatever the names are glued to, and where no name signs."""

import pytest

from notices.text.reading import Reading, read

HEAD = "关于报送造林情况的通知各县（区）林业局：请于5月10日前将情况报送我局。"
OWN_HEAD = "安平市林业局关于报送造林情况的通知各县（区）林业局：请于5月10日前将情况报送我局。"


def signed(reading: Reading) -> tuple[str, str]:
    return " ".join(reading.issuers), str(reading.written_date)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "联系人：某某，电话：0500-1000000",
        "联系人：某某，电话：0500-100XXXX",
        "联系人：某某，电话0500-100****",
        "联系电话：13500000000（微信同号）",
        "邮箱：lyj@example.gov.cn",
        "附件：造林情况统计表",
        "附件：1.造林情况统计表2.填表说明",
        "附件:1造林情况统计表2填表说明",
        "附件：造林技术要点（试行）",
        "附件：造林自评报告（参考提纲）",
        "特此通知。",
        "附件：造林任务清单    ",
    ],
)
@pytest.mark.parametrize(
    "day", ["2024年4月2日", "二〇二四年四月二日", "2024 年 4 月 2 日", "2024年4月2曰"]
)
def test_names_are_read_behind_whatever_they_are_glued_to(before: str, day: str) -> None:
    assert signed(read(f"{HEAD}{before}安平市林业局{day}")) == ("安平市林业局", "2024-04-02")


@pytest.mark.parametrize(
    "behind",
    [
        "（此件公开发布）",
        "（联系人：某某，电话：0500-1000000）",
        "附件1造林情况统计表填报单位：",
        "抄送：安平省林业局。",
        "安平市林业局办公室2024年4月3日印发",
        "造林工作方案为加快造林，制定本方案。一、工作目标完成造林。",
        "联系人：某某，电话：0500-1000000",
        "安平市林业局发文稿纸",
    ],
)
def test_what_stands_behind_the_date_is_no_part_of_it(behind: str) -> None:
    assert signed(read(f"{OWN_HEAD}安平市林业局2024年4月2日{behind}")) == (
        "安平市林业局",
        "2024-04-02",
    )


@pytest.mark.parametrize(
    ("names", "issuers"),
    [
        ("安平市林业局安平市财政局", "安平市林业局 安平市财政局"),
        (
            "中共安平市委保密委员会办公室安平市国家保密局",
            "中共安平市委保密委员会办公室 安平市国家保密局",
        ),
        ("安平市林业局 国网安平供电公司", "安平市林业局 国网安平供电公司"),
        ("安平市造林联席会议办公室（安平市林业局代章）", "安平市造林联席会议办公室"),
        ("安平市档案局安平市档案馆", "安平市档案局 安平市档案馆"),
        ("市林业局", "市林业局"),
    ],
)
def test_names_that_sign_together_are_told_apart(names: str, issuers: str) -> None:
    assert signed(read(f"{HEAD}{names}2024年4月2日")) == (issuers, "2024-04-02")


@pytest.mark.parametrize(
    "sentence",
    [
        "根据安平省林业局2024年3月1日召开的会议精神，请抓紧落实。",
        "按照市政府2024年3月1日印发的《造林方案》执行。",
        "（安平市人民政府2024年3月1日批准）请遵照执行。",
        "数据截至2024年3月1日，请核对。",
        "市财政局于2024年3月1日前拨付资金。",
        "自2024年3月1日起施行。",
        "检查时间：2024年3月1日至15日。",
        "2024年3月1日，省政府办公厅2024年3月1日通报了情况。",
    ],
)
def test_a_day_in_a_sentence_is_no_signature(sentence: str) -> None:
    text = f"{OWN_HEAD}{sentence}安平市林业局2024年4月2日"

    assert signed(read(text)) == ("安平市林业局", "2024-04-02")
    assert read(f"{OWN_HEAD}{sentence}").written_date is None


@pytest.mark.parametrize(
    ("tail", "written", "printed"),
    [
        ("安平市林业局2024年4月2日安平市林业局办公室2024年4月3日印发", "2024-04-02", "2024-04-03"),
        (
            "政府信息公开选项：依申请公开安平市林业局办公室2024年4月3日印发",
            "2024-04-03",
            "2024-04-03",
        ),
        ("抄送：省林业局。安平市林业局办公室2024年4月3日印发", "2024-04-03", "2024-04-03"),
        ("安平市林业局2024年4月2日", "2024-04-02", "None"),
        ("安平市林业局2024年4月2日根据会议2024年4月3日印发的方案修改", "2024-04-02", "None"),
    ],
)
def test_day_of_printing_is_told_from_the_day_of_signing(
    tail: str, written: str, printed: str
) -> None:
    found = read(f"{OWN_HEAD}{tail}")

    assert (str(found.written_date), str(found.printed_date)) == (written, printed)


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (
            "安平市林业局关于造林的通知各县：请报送。联系人：某某。市林业局造林科2024年4月2日",
            "安平市林业局",
        ),
        ("安平市林业局文件关于造林的通知各县局：请报送。造林科2024年4月2日", "安平市林业局"),
        ("关于造林的通知各县局：请报送。市林业局造林科2024年4月2日", "市林业局造林科"),
        (
            "安平市林业局关于造林的通知各县局：请报送。安平市林业局办公室2024年4月2日",
            "安平市林业局办公室",
        ),
        ("安平市林业局关于造林的通知各县局：请报送。市林业局2024年4月2日", "市林业局"),
    ],
)
def test_a_whole_body_issues_and_not_its_section(text: str, issuer: str) -> None:
    assert read(text).issuers == (issuer,)


@pytest.mark.parametrize(
    ("tail", "titles"),
    [
        ("附件：1.统计表2.提纲", ["统计表", "提纲"]),
        ("附件:1统计表2提纲3名单", ["统计表", "提纲", "名单"]),
        ("附件：1、统计表 2、2024年度计划表", ["统计表", "2024年度计划表"]),
        ("附件：《造林办法》政府信息公开选项：主动公开", ["《造林办法》"]),
        ("附件：统计表(附表1-6)", ["统计表(附表1-6)"]),
        ("附件：2024年造林计划表", ["2024年造林计划表"]),
        ("附件：1.第2批造林计划表2.县名单", ["第2批造林计划表", "县名单"]),
        ("附件：1家示范企业名单", ["1家示范企业名单"]),
        ("安平市林业局2024年4月2日附件造林任务表（共5个县）安平县、河东县。", ["造林任务表"]),
        ("请按附件1要求填报。", []),
        ("意见见附件：略", []),
    ],
)
def test_lists_of_attachments_on_one_line(tail: str, titles: list[str]) -> None:
    assert list(read(f"{OWN_HEAD}{tail}").attachments) == titles
