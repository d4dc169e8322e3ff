"""Who gets nothing from this system: other authorities, one's own offices, those below all."""

import pytest

from notices.text.recipients.recipients import BELOW_ALL, COPIED, OTHER_SYSTEM, OWN_OFFICES
from tests.notices.text.recipients.country import codes, gaps, meant, outside, parts

CENTRE, SHANDONG, ZHEJIANG = "100000", "370000", "330000"


@pytest.mark.parametrize(
    "text",
    [
        "各省、自治区、直辖市民政厅（局），新疆生产建设兵团民政局",
        "各省、自治区、直辖市人民政府，国务院各部委、各直属机构",
        "各省、自治区、直辖市药品监督管理局，新疆生产建设兵团药品监督管理局",
        "各省、自治区、直辖市及新疆生产建设兵团知识产权局（知识产权管理部门）",
        "湖北、安徽、江西、重庆商务主管部门",
        "沈阳、北京、兰州、济南、南京、广州军区",
        "北京市、天津市、河北省人民政府",
        "国家税务总局各省、自治区、直辖市和计划单列市税务局",
        "中国银行各一级分行、直属分行",
        "各认证机构，各强制性产品认证指定实验室",
        "有关行业协会，有关中央企业",
        "各有关企业、各有关行业协会",
        "各相关检验检测机构",
        "各高等学校，各有关科研院所",
        "财政部各地监管局",
        "党中央有关部门，最高人民法院，各民主党派中央，有关人民团体",
        "中国消费者协会，中国质量检验协会",
        "省直各有关部门、单位",
        "省地方金融监管局、山东银保监局、国家能源局山东监管办",
        "工会、团委、妇联、工商联",
    ],
)
def test_other_authorities_get_nothing_and_ask_nothing(text: str) -> None:
    found = parts(text)

    assert (codes(found), gaps(found)) == (set(), [])
    assert {part.note for part in found} == {OTHER_SYSTEM}


@pytest.mark.parametrize(
    "text",
    [
        "省局机关各处室",
        "省局各处（室、局）",
        "局机关各处室、直属各单位",
        "局属各单位",
        "机关各处室，局属各事业单位",
        "各直属事业单位",
        "省局各处室、执法稽查局",
        "本局各科室、局属各单位",
        "省局直属各单位",
    ],
)
def test_own_offices_of_a_province_are_no_units_of_the_tree(text: str) -> None:
    found = parts(f"各市市场监督管理局，{text}", SHANDONG)

    assert codes(found) == meant("@地级", SHANDONG)
    assert gaps(found) == []
    assert {part.note for part in found[1:]} == {OWN_OFFICES}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("总局各司局、各直属单位", {"司局": 26, "直属单位": 6}),
        ("总局各司局", {"司局": 26}),
        ("国家市场监督管理总局各司局", {"司局": 26}),
        ("局内各单位", {"司局": 26, "直属单位": 6}),
        ("总局信息中心", {"直属单位": 1}),
        ("总局机关各司局，各直属单位", {"司局": 26, "直属单位": 6}),
    ],
)
def test_offices_of_the_centre_are_its_inner_units(text: str, counts: dict[str, int]) -> None:
    found = parts(text)

    kinds = [unit.unit_kind for part in found if part.says == "inner" for unit in part.units]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == counts
    assert (codes(found), gaps(found)) == (set(), [])


@pytest.mark.parametrize(
    "text", ["各市场监管所", "各乡镇市场监管所", "各市、县（市、区）市场监管所", "各乡镇（街道）"]
)
def test_what_lies_below_all_units_is_said_to(text: str) -> None:
    found = parts(text, ZHEJIANG)

    assert (codes(found), gaps(found)) == (set(), [])
    assert found[0].note == BELOW_ALL


def test_range_holds_for_all_organs_of_its_segment_and_for_no_other() -> None:
    found = parts(
        "各省、自治区、直辖市和新疆生产建设兵团市场监管局（厅、委）、教育厅（教委、局），国资委，供销合作社："
    )

    assert codes(found) == meant("@省级")
    assert outside(found) == ["教育厅（教委、局）", "国资委", "供销合作社"]


@pytest.mark.parametrize(
    ("issuer", "text", "said"),
    [
        ("440100", "各区民政局、财政局、市场监督管理局", "@县级"),
        ("421200", "各县(市、区)统计局、市场监督管理局、商务局，咸宁高新区科经局", "@县级"),
        (ZHEJIANG, "各市发展改革委、市场监管局、财政局", "@地级"),
        (ZHEJIANG, "杭州市、宁波市人民政府，杭州市市场监管局、民政局", "杭州市"),
        (ZHEJIANG, "省发展改革委、省财政厅，各市市场监管局", "@地级"),
    ],
)
def test_our_organ_among_others(issuer: str, text: str, said: str) -> None:
    found = parts(text, issuer)

    assert codes(found) == meant(said, issuer)
    assert gaps(found) == []


@pytest.mark.parametrize(
    "text",
    [
        "各设区市、省直各单位",
        "各设区市，省直各单位",
        "各设区市，财政厅",
        "各市、有关行业协会",
        "各市、省财政厅",
        "各市、省局机关各处室",
        "各设区市、市局各处室",
        "各市，中国消费者协会",
        "各设区市、各高等学校",
    ],
)
def test_places_are_not_swallowed_by_the_addressee_behind_them(text: str) -> None:
    found = parts(text, ZHEJIANG)

    assert codes(found) == meant("@地级", ZHEJIANG)
    assert len(outside(found)) == 1


def test_bureau_of_its_own_level_among_departments_gets_nothing() -> None:
    found = parts("省公安厅、省市场监管局、省地震局", SHANDONG)

    assert (codes(found), gaps(found)) == (set(), [])


def test_segments_may_have_different_organs() -> None:
    """福建 of the years of change: some cities had other organs than the rest."""
    found = parts("各设区市食品药品监督管理局，福州市、厦门市、平潭综合实验区市场监管局", "350000")

    assert codes(found) == meant("@地级", "350000")
    assert gaps(found) == ["平潭综合实验区"]


def test_copies_make_no_task() -> None:
    found = parts("杭州市市场监管局，抄送：宁波市市场监管局", ZHEJIANG)

    assert codes(found) == meant("杭州市", ZHEJIANG)
    assert (found[-1].text, found[-1].note) == ("抄送：宁波市市场监管局", COPIED)
