"""Number, title and addressees of texts without reliable lines: where they are, and where not."""

import pytest

from notices.text.reading import read

BODY = "为做好相关工作，请于5月10日前将情况报送我局。联系人：某某，电话：0500-1000000。"
SIGNED = "安平市林业局2024年4月2日"


def opening(text: str) -> tuple[str | None, str | None, str | None]:
    found = read(text)
    return found.title, found.doc_number, found.recipients_text


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("安平省林业和草原局安林草发〔2024〕5号", "安林草发〔2024〕5号"),
        ("安平市城市管理局文件安城管〔2024〕15号", "安城管〔2024〕15号"),
        ("河东省教育厅特急冀教基〔2024〕8号", "冀教基〔2024〕8号"),
        ("中共安平市委宣传部安平市教育局安宣(办)函〔2024〕2号", "安宣(办)函〔2024〕2号"),
        ("安平市人民政府办公室安政办字[2024] 31号", "安政办字〔2024〕31号"),
        ("安平省药品监督管理局安药监局函（2024）9号", "安药监局函〔2024〕9号"),
        ("安平市公安局安平市司法局安平市民政局文件安公发﹝2024﹞6号", "安公发〔2024〕6号"),
        ("安教职成〔2024〕11号", "安教职成〔2024〕11号"),
    ],
)
def test_number_is_cut_from_the_body_before_it(head: str, number: str) -> None:
    text = f"{head}关于报送造林情况的通知各县（区）林业局：{BODY}{SIGNED}"

    assert opening(text) == ("关于报送造林情况的通知", number, "各县（区）林业局")


@pytest.mark.parametrize(
    "title",
    [
        "关于转发安林发〔2023〕9号文件的通知",
        "关于贯彻落实安政发〔2023〕1号文件精神的通知",
        "关于做好《森林法》（主席令第39号）宣传的通知",
        "关于废止安林规〔2011〕3号文件的公告",
        "关于印发《造林办法》（安林规〔2022〕7号）解读的通知",
    ],
)
def test_number_that_a_title_quotes_is_not_its_own(title: str) -> None:
    assert opening(f"{title}各县（区）林业局：{BODY}{SIGNED}")[:2] == (title, None)


@pytest.mark.parametrize(
    ("run", "title"),
    [
        ("安平市林业局安平市林业局关于造林的通知", "安平市林业局关于造林的通知"),
        (
            "安平市林业局安平市林业局安平市财政局关于造林的通知",
            "安平市林业局安平市财政局关于造林的通知",
        ),
        (
            "安平市林业局安平市财政局安平市林业局安平市财政局印发造林办法的通知",
            "安平市林业局安平市财政局印发造林办法的通知",
        ),
        (
            "安平市林业局安平市财政局安平市林业局关于造林的函",
            "安平市林业局关于造林的函",
        ),
        ("安平市林业局发文稿纸安平市林业局关于造林的函", "安平市林业局关于造林的函"),
        (
            "安平市林业局公文稿纸造林处0500-1000001关于造林的意见各县政府，有关企业"
            "安平市林业局关于商请会签《造林意见》的函",
            "安平市林业局关于商请会签《造林意见》的函",
        ),
        (
            "安平市林业局发文稿纸拟稿：某某核稿：某某电话：0500-1000001关于造林的通知",
            "关于造林的通知",
        ),
    ],
)
def test_head_printed_once_more_is_no_part_of_the_title(run: str, title: str) -> None:
    assert opening(f"{run}各县（区）林业局：{BODY}{SIGNED}")[0] == title


@pytest.mark.parametrize(
    "title",
    [
        "安平市林业局安平市财政局关于造林的通知",
        "中共安平市委办公室安平市人民政府办公室关于造林的通知",
        "安平市林业局办公室关于安平市林业局档案移交的通知",
        "国家税务总局安平市税务局安平市财政局关于造林退税的通知",
        "安平市文件管理办公室关于清退文件的通知",
        "安平市林业局转发安平省林业局关于造林的通知的通知",
    ],
)
def test_names_that_only_look_doubled_stay(title: str) -> None:
    assert opening(f"{title}各县（区）林业局：{BODY}{SIGNED}")[0] == title


@pytest.mark.parametrize(
    "recipients",
    [
        "省有关部门、单位",
        "市公安局、市自然资源局，国网安平供电公司",
        "安平市人民政府",
        "局属各单位、机关各科室",
        "市政府各位副市长、秘书长、副秘书长",
        "省委宣传部（省政府新闻办），省委网信办，省军区，武警安平省总队",
        "各有关医疗机构、高等院校",
        "安平、河东、南丰县（市）林业局",
        "各造林联席会议成员单位",
    ],
)
@pytest.mark.parametrize("gap", ["", " ", "\n"])
def test_addressees_are_read_without_lines(recipients: str, gap: str) -> None:
    text = f"安平省林业局关于造林的通知{gap}{recipients}：{gap}{BODY}{SIGNED}"

    assert opening(text) == ("安平省林业局关于造林的通知", None, recipients)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("关于做好《造林办法》宣传\n工作的通知", "关于做好《造林办法》宣传工作的通知"),
        ("安平市林业局\n关于报送造林\n情况的函", "安平市林业局关于报送造林情况的函"),
        ("关于建立造林联席会议制度的\n通  知", "关于建立造林联席会议制度的通知"),
        ("公 告\n安平市林业局公告\n2024年第5号\n关于封山的公告", "关于封山的公告"),
        ("关于我们\n通知公告\n关于造林的通知", "关于造林的通知"),
        ("安平市林业局文件\n安林发〔2024〕3号\n关于造林的通知", "关于造林的通知"),
        ("发电单位：安平市林业局 签发：某某\n等级：特急\n关于防火的通知", "关于防火的通知"),
    ],
)
def test_title_is_put_together_from_its_lines(head: str, title: str) -> None:
    found = opening(f"{head}\n各县（区）林业局：\n{BODY}\n安平市林业局\n2024年4月2日")

    assert (found[0], found[2]) == (title, "各县（区）林业局")


@pytest.mark.parametrize(
    "recipients",
    ["各县（区）林业局", "局属各单位", "市直有关部门、单位", "各有关企业", "各市、县林业局"],
)
@pytest.mark.parametrize("gap", ["", "\n", "  "])
def test_addressees_are_read_without_a_colon(recipients: str, gap: str) -> None:
    found = opening(f"关于报送造林情况的通知{gap}{recipients}{gap}{BODY}\n{SIGNED}")

    assert found == ("关于报送造林情况的通知", None, recipients)


@pytest.mark.parametrize(
    "start",
    [
        "各地要高度重视造林工作，落实如下措施：",
        "现将有关事项通知如下：",
        "会议时间：5月10日。参会人员：各县局负责人。",
        "发布机构：安平市林业局 主题分类：林业 ",
        "填报单位：各县局。",
        "报送内容包括：造林面积。",
        "联系单位：市林业局。",
    ],
)
def test_a_colon_alone_makes_no_addressees(start: str) -> None:
    text = f"关于报送造林情况的通知\n{start}\n{BODY}\n{SIGNED}"

    assert opening(text)[2] is None


@pytest.mark.parametrize(
    "title",
    [
        "关于植树节活动的倡议书",
        "关于加强森林防火的工作提示",
        "关于举办造林论坛的邀请函",
        "关于造林补助的答复",
        "关于造林质量的提醒敦促函",
    ],
)
def test_title_ends_at_the_addressees_whatever_its_kind(title: str) -> None:
    assert opening(f"{title}各县（区）林业局：{BODY}{SIGNED}")[0] == title


@pytest.mark.parametrize(
    "text",
    [
        f"各县（区）林业局：{BODY}{SIGNED}",
        f"通知各县（区）林业局：{BODY}{SIGNED}",
        f"安平市林业局通知\n各县（区）林业局：\n{BODY}\n{SIGNED}",
        f"安平市林业局文件\n各县（区）林业局：\n{BODY}\n{SIGNED}",
        "请于5月10日前将情况报送我局。",
    ],
)
def test_a_title_that_is_not_there_stays_none(text: str) -> None:
    assert opening(text)[0] is None
