"""除…外, 不含…, 含…: who is taken out of a range and who is taken in."""

import pytest

from tests.notices.text.recipients.country import codes, gaps, meant, parts

CENTRE, HEBEI, ZHEJIANG, FUJIAN = "100000", "130000", "330000", "350000"
ALL = "各省、自治区、直辖市和新疆生产建设兵团市场监管局（厅、委）"

TAKEN_OUT = [
    (CENTRE, f"{ALL}（西藏除外）", "@省级 -西藏自治区"),
    (CENTRE, f"{ALL}（除西藏外）", "@省级 -西藏自治区"),
    (CENTRE, f"{ALL}（不含西藏）", "@省级 -西藏自治区"),
    (CENTRE, f"{ALL}（不包括西藏自治区）", "@省级 -西藏自治区"),
    (CENTRE, f"{ALL}（不发西藏）", "@省级 -西藏自治区"),
    (CENTRE, f"{ALL}(西藏、新疆除外)", "@省级 -西藏自治区 -新疆维吾尔自治区"),
    (CENTRE, f"{ALL}（西藏自治区市场监管局除外）", "@省级 -西藏自治区"),
    (CENTRE, f"{ALL}，西藏、新疆除外", "@省级 -西藏自治区 -新疆维吾尔自治区"),
    (CENTRE, f"{ALL}（除直辖市外）", "@省级 -北京市 -天津市 -上海市 -重庆市"),
    (CENTRE, f"除海南外，{ALL}", "@省级 -海南省"),
    (CENTRE, f"除西藏、新疆外，{ALL}", "@省级 -西藏自治区 -新疆维吾尔自治区"),
    (CENTRE, "除海南外各省、自治区、直辖市市场监管局", "@31 -海南省"),
    (CENTRE, "各省、自治区、直辖市（除西藏外）市场监管局", "@31 -西藏自治区"),
    (CENTRE, "各省（区、市）市场监管局（不含上海、重庆）", "@31 -上海市 -重庆市"),
    (CENTRE, "各省、自治区、直辖市（除海南以外）市场监管局", "@31 -海南省"),
    (ZHEJIANG, "各设区市市场监管局（不含宁波）", "@地级 -宁波市"),
    (ZHEJIANG, "各设区市（不含宁波市）市场监管局", "@地级 -宁波市"),
    (ZHEJIANG, "各设区市（除宁波）市场监管局", "@地级 -宁波市"),
    (ZHEJIANG, "各市市场监管局（宁波市局不发）", "@地级 -宁波市"),
    (ZHEJIANG, "除宁波市外的各设区市市场监管局", "@地级 -宁波市"),
    (ZHEJIANG, "除宁波外的其他设区市市场监管局", "@地级 -宁波市"),
    (FUJIAN, "除厦门外各设区市市场监督管理局", "@地级 -厦门市"),
    (FUJIAN, "各设区市市场监管局，厦门除外", "@地级 -厦门市"),
    (ZHEJIANG, "各设区市市场监管局（不含计划单列市）", "@地级 -宁波市"),
    ("330100", "各区、县（市）市场监管局（不含上城区、西湖区）", "@县级 -上城区 -西湖区"),
    ("510000", "各市（州）市场监管局（除甘孜州、阿坝州、凉山州外）", "@地级市"),
]
TAKEN_IN = [
    (HEBEI, "各市（含定州、辛集市）市场监督管理局", "@地级 定州市 辛集市"),
    (HEBEI, "各市市场监督管理局（含定州市、辛集市）", "@地级 定州市 辛集市"),
    (CENTRE, "各省、自治区、直辖市（含新疆生产建设兵团）市场监管局", "@省级"),
    (CENTRE, "各省、自治区、直辖市市场监管局（包括计划单列市）", "@31 @计划单列市"),
    ("410000", "各省辖市（含济源示范区）市场监管局", "@地级 济源市"),
    ("410000", "各省辖市市场监管局（含省直管县（市））", "@地级 济源市"),
]


@pytest.mark.parametrize(("issuer", "text", "said"), [*TAKEN_OUT, *TAKEN_IN])
def test_exceptions_and_inclusions(issuer: str, text: str, said: str) -> None:
    found = parts(text, issuer)

    assert codes(found) == meant(said, issuer)
    assert gaps(found) == []


@pytest.mark.parametrize(
    ("issuer", "text", "said", "words"),
    [
        (CENTRE, f"{ALL}（南极除外）", "@省级", "南极"),
        (CENTRE, f"{ALL}（名单见附件）", "@省级", "名单见附件"),
        (ZHEJIANG, "各设区市市场监管局（试点单位）", "@地级", "试点单位"),
        (ZHEJIANG, "各设区市市场监管局（抽查涉及的部门）", "@地级", "抽查涉及的部门"),
        ("510000", "各市（州）市场监管局（鼓楼区除外）", "@地级", "鼓楼区"),
        ("420100", "各区市场监管局（含开发区）", "@县级", "开发区"),
        ("320000", "苏州、无锡市（含所辖县级市）市场监管局", "苏州市 无锡市", "所辖县级市"),
    ],
)
def test_exception_that_nobody_knows_is_left_to_a_person(issuer, text, said, words) -> None:
    found = parts(text, issuer)

    assert codes(found) == meant(said, issuer)
    assert gaps(found) == [words]


def test_exception_of_all_leaves_nobody_and_says_so() -> None:
    found = parts("杭州市市场监管局（杭州除外）", ZHEJIANG)

    assert (codes(found), found[0].says, found[0].note) == (set(), "outside", "除去之后没有单位")


def test_exception_behind_ones_own_offices_is_asked_about() -> None:
    found = parts("各市市场监管局，省局各处室，宁波除外", ZHEJIANG)

    assert codes(found) == meant("@地级", ZHEJIANG)
    assert gaps(found) == ["宁波除外"]


def test_exceptions_among_the_offices_of_the_centre() -> None:
    (part,) = parts("总局各司局（除办公厅、人事司外）")
    (unsure,) = parts("总局各司局（不含南极司）")

    assert (len(part.units), part.gaps) == (24, ())
    assert (len(unsure.units), [gap.words for gap in unsure.gaps]) == (26, ["南极司"])


def test_excepted_are_not_said_to_be_forgotten() -> None:
    (part,) = parts("各设区市市场监管局（不含宁波）", ZHEJIANG)

    assert part.note == ""
