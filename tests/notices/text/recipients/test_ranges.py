"""各…: whom a range means, which depends on who says it."""

import pytest

from tests.notices.text.recipients.country import codes, gaps, meant, parts

CENTRE, ZHEJIANG, HUBEI, SICHUAN = "100000", "330000", "420000", "510000"
HAINAN, HENAN, CHONGQING, HANGZHOU = "460000", "410000", "500000", "330100"

NATIONAL = [
    ("各省、自治区、直辖市和新疆生产建设兵团市场监管局（厅、委）", "@省级"),
    ("各省、自治区、直辖市及新疆生产建设兵团市场监管局（厅、委）：", "@省级"),
    ("各省、自治区、直辖市，新疆生产建设兵团市场监管局（厅、委）", "@省级"),
    ("各省、自治区、直辖市、新疆生产建设兵团市场监督管理局(厅、委员会)", "@省级"),
    ("各省、自治区、直辖市市场监管局（厅、委）", "@31"),
    ("各省（自治区、直辖市）市场监管局（厅、委）", "@31"),
    ("各省（区、市）市场监管局（厅、委）", "@31"),
    ("各省(区、市)及新疆生产建设兵团市场监管局", "@省级"),
    ("各省区市市场监管局", "@31"),
    ("各省级市场监管部门", "@省级"),
    ("各省、自治区、直辖市及计划单列市、新疆生产建设兵团市场监管局（厅、委）", "@省级 @计划单列市"),
    ("各省、自治区、直辖市和副省级市市场监管局", "@31 @副省级市"),
    ("各省、自治区、直辖市及计划单列市、副省级城市、新疆生产建设兵团市场监管局", "@省级 @副省级市"),
    ("各副省级城市市场监管局", "@副省级市"),
    ("15个副省级城市市场监管局", "@副省级市"),
    ("各计划单列市市场监管局", "@计划单列市"),
    ("各省会城市市场监管局", "@省会"),
    ("各省会（首府）城市、计划单列市市场监管局", "@省会 @计划单列市"),
    ("各直辖市市场监管局（委）", "北京市 天津市 上海市 重庆市"),
    (
        "各省、自治区市场监管局（厅），直辖市市场监管局（委），新疆生产建设兵团市场监管局",
        "@省级",
    ),
    ("各省、自治区、直辖市工商局、质监局、食药监局", "@31"),
    ("各省、自治区、直辖市质量技术监督局（市场监督管理部门）", "@31"),
    ("各省、自治区、直辖市市场监督管理委员会", "@31"),
    ("各省、自治区、直辖市市监局", "@31"),
    ("各省、自治区、直辖市\n和新疆生产建设兵团\n市场监管局（厅、委）", "@省级"),
    ("各 省、自 治 区、直 辖 市市场监管局", "@31"),
]
LOWER = [
    (ZHEJIANG, "各市市场监管局", "@地级"),
    (ZHEJIANG, "各设区市市场监管局", "@地级"),
    (ZHEJIANG, "各设区的市市场监督管理局", "@地级"),
    (ZHEJIANG, "全省各市市场监管局", "@地级"),
    (ZHEJIANG, "浙江省各设区市市场监管局", "@地级"),
    (ZHEJIANG, "各市局", "@地级"),
    (ZHEJIANG, "各市质监局", "@地级"),
    (ZHEJIANG, "各市、县（市、区）市场监管局", "@地级 @县级"),
    (ZHEJIANG, "各市、县（市、区）局", "@地级 @县级"),
    (ZHEJIANG, "各县（市、区）市场监管局", "@县级"),
    (ZHEJIANG, "各市场监管局", "@地级"),  # the bureaus right below
    (SICHUAN, "各市（州）市场监管局", "@地级"),
    (SICHUAN, "各市（州）局", "@地级"),
    (SICHUAN, "各市、州市场监督管理局", "@地级"),
    (SICHUAN, "各市州市场监督管理局", "@地级"),
    (SICHUAN, "各市、自治州市场监督管理局", "@地级"),
    (SICHUAN, "各市州、县（市、区）市场监管局", "@地级 @县级"),
    (SICHUAN, "各设区市市场监管局", "@地级市"),  # a 州 is no 设区市
    ("440000", "各地级以上市市场监管局", "@地级"),
    ("440000", "各地级市市场监督管理局", "@地级"),
    ("150000", "各盟市市场监督管理局", "@地级"),
    ("150000", "各盟（市）市场监督管理局", "@地级"),
    ("150000", "各旗县市区市场监督管理局", "@县级"),
    ("650000", "各地（州、市）市场监督管理局", "@地级"),
    ("650000", "各地、州、市市场监督管理局", "@地级"),
    ("650000", "伊犁哈萨克自治州市场监督管理局，各地、州、市市场监督管理局", "@地级"),
    ("230000", "各市（地）市场监督管理局", "@地级"),
    ("530000", "各州（市）市场监督管理局", "@地级"),
    ("530000", "各州、市市场监督管理局", "@地级"),
    ("660000", "各师市市场监督管理局", "@地级"),
    ("660000", "各师（市）市场监管局", "@地级"),
    (HUBEI, "各市、州、直管市、神农架林区市场监管局", "@地级 @直属县级"),
    (HUBEI, "各市（州）、直管市及神农架林区市场监督管理局", "@地级 @直属县级"),
    (HUBEI, "各市、州、省直管市市场监督管理局", "@地级 仙桃市 潜江市 天门市"),  # 林区 is not said
    (HENAN, "各省辖市、省直管县（市）市场监管局", "@地级 济源市"),
    (HENAN, "各省辖市、济源示范区市场监管局", "@地级 济源市"),
    (HAINAN, "各市、县、自治县市场监督管理局", "@地级 @直属县级"),
    (HAINAN, "各市县市场监管局", "@地级 @直属县级"),  # not the districts of 海口
    (HAINAN, "各市市场监管局", "@地级"),
    ("640000", "各市、县（区）市场监管局", "@地级 @县级"),
    ("450000", "各市、县（市、区）市场监督管理局", "@地级 @县级"),
    (CHONGQING, "各区县（自治县）市场监管局", "@县级"),
    (CHONGQING, "各区（县）市场监管局", "@县级"),
    ("310000", "各区市场监督管理局", "@县级"),
    ("110000", "各区局", "@县级"),
    (HANGZHOU, "各区、县（市）市场监管局", "@县级"),
    (HANGZHOU, "各县（市、区）市场监管局", "@县级"),
    (HANGZHOU, "各区县市市场监管局", "@县级"),
    (HANGZHOU, "各县区市场监管局", "@县级"),
    (HANGZHOU, "各区市场监管局", "@市辖区"),
    (HANGZHOU, "各县（市）市场监管局，各区分局", "@县级"),
    (HANGZHOU, "各县（市）市场监管局", "@县 @县级市"),
    (HANGZHOU, "各市、县（市、区）市场监管局", "@县级"),
    ("320400", "各辖市、区市场监督管理局", "@县级"),
    ("320500", "各县级市（区）市场监管局", "@县级"),
    ("210200", "各区市县市场监管局", "@县级"),
    ("370200", "各区（市）市场监管局", "@县级"),
    ("440300", "各辖区监管局", "@县级"),
    ("440300", "各区分局", "@县级"),
    ("152500", "各旗县市（区）市场监管局", "@县级"),
    ("152500", "各旗县市场监管局", "@县 @旗"),  # 二连浩特市 and 锡林浩特市 are not said
    ("222400", "各县市市场监督管理局", "@县级"),
]


@pytest.mark.parametrize(("text", "said"), NATIONAL)
def test_range_of_the_central_office(text: str, said: str) -> None:
    found = parts(text)

    assert codes(found) == meant(said)
    assert gaps(found) == []


@pytest.mark.parametrize(("issuer", "text", "said"), LOWER)
def test_range_below_a_province_or_a_city(issuer: str, text: str, said: str) -> None:
    found = parts(text, issuer)

    assert codes(found) == meant(said, issuer)
    assert gaps(found) == []


@pytest.mark.parametrize(
    ("issuer", "text", "said", "note"),
    [
        (CENTRE, "各省、自治区、直辖市市场监管局", "@31", "新疆生产建设兵团市场监管局"),
        (CENTRE, "各省、直辖市市场监管局", None, "内蒙古市场监管局"),
        (HUBEI, "各市市场监管局", "@地级市", "恩施土家族苗族自治州市场监管局"),
        (HUBEI, "各市（州）市场监管局", "@地级", "神农架林区市场监管局"),
        (HANGZHOU, "各区市场监管局", "@市辖区", "桐庐县市场监管局、淳安县市场监管局、建德市"),
        (ZHEJIANG, "各市、县市场监管局", None, "等37个"),  # 37 districts of Zhejiang are not said
    ],
)
def test_whom_a_range_leaves_out_of_its_level_is_said(issuer, text, said, note) -> None:
    found = parts(text, issuer)

    assert said is None or codes(found) == meant(said, issuer)
    assert "下级单位中没有写到的：" in found[-1].note
    assert note in found[-1].note


@pytest.mark.parametrize(
    ("issuer", "text"),
    [
        (CENTRE, "各省、自治区、直辖市和新疆生产建设兵团市场监管局（厅、委）"),
        (CENTRE, "各副省级城市市场监管局"),
        (HUBEI, "各市、州、直管市、神农架林区市场监管局"),
        (HANGZHOU, "各区、县（市）市场监管局"),
        (HAINAN, "各市县市场监管局"),
    ],
)
def test_range_that_leaves_nobody_out_says_nothing(issuer, text) -> None:
    assert [part.note for part in parts(text, issuer)] == [""]


@pytest.mark.parametrize(
    ("issuer", "text", "named", "gap"),
    [
        (CENTRE, "各设区市市场监管局", "", "各设区市"),  # of which province?
        (CENTRE, "各区市场监管局", "", "各区"),
        ("340000", "各市、省直管县（市）市场监管局", "@地级", "各市、省直管县(市)"),
        ("360000", "各设区市、省直管试点县（市）市场监管局", "@地级", "省直管试点县(市)"),
        (SICHUAN, "各市（州）及扩权县（市）市场监管局", "@地级", "及扩权县(市)"),
        ("440100", "各直属分局", "", "各直属分局"),
        (HANGZHOU, "各分局", "", "各分局"),
        ("330102", "各县市场监管局", "", "各县"),  # nothing lies below a county
        ("120000", "各功能区市场监管局", "", "各功能区"),
    ],
)
def test_range_that_the_tree_cannot_fill_is_left_to_a_person(issuer, text, named, gap) -> None:
    found = parts(text, issuer)

    assert codes(found) == meant(named, issuer)
    assert gaps(found) == [gap]


@pytest.mark.parametrize(
    "text",
    [
        "有关省市场监管局",
        "有关省、自治区、直辖市市场监管局（厅、委）",
        "有关省（区、市）市场监管局",
        "各有关省、自治区、直辖市市场监管局",
        "部分省（区、市）市场监管局（厅、委）",
        "试点省份市场监管局",
        "沿海省份市场监管局",
        "相关省、自治区、直辖市及新疆生产建设兵团市场监管局",
        "承担试点任务的各省、自治区、直辖市市场监管局",
        "各级市场监管部门",
        "各地市场监管部门",
        "各有关单位",
        "各成员单位",
        "联席会议各成员单位",
        "市场监管局",
    ],
)
def test_range_that_names_nobody_in_particular_is_never_everybody(text: str) -> None:
    found = parts(text)

    assert codes(found) == set()
    assert len(gaps(found)) == 1


@pytest.mark.parametrize(
    ("issuer", "text"),
    [
        (ZHEJIANG, "各省、自治区、直辖市和新疆生产建设兵团市场监管局（厅、委）"),
        (HANGZHOU, "各省（区、市）市场监管局（厅、委）"),
        (HANGZHOU, "各设区市市场监管局"),
        (HANGZHOU, "各市市场监管局"),
        ("510100", "各市（州）市场监管局"),
    ],
)
def test_range_of_a_notice_from_above_is_not_sent_on_by_itself(issuer, text) -> None:
    found = parts(text, issuer)

    assert (codes(found), gaps(found)) == (set(), [])
    assert found[0].says == "outside"
    assert "由本单位转发的，请在下级单位中选择" in found[0].note


def test_other_cities_are_those_that_are_not_named() -> None:
    found = parts("杭州、宁波市市场监管局，其他各市市场监管局", ZHEJIANG)

    assert codes(found) == meant("@地级", ZHEJIANG)
    assert [len(part.units) for part in found] == [2, 9]
