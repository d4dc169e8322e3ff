"""主送机关 taken apart."""

import pytest

from notices.text.recipients.recipients import Selector, parse

BINGTUAN = Selector("provinces", with_bingtuan=True)


@pytest.mark.parametrize(
    ("text", "selectors"),
    [
        ("各省、自治区、直辖市和新疆生产建设兵团市场监管局（厅、委）：", (BINGTUAN,)),
        ("各省、自治区、直辖市市场监管局（厅、委）", (Selector("provinces"),)),
        (
            "各省、自治区、直辖市及计划单列市、新疆生产建设兵团市场监管局（厅、委）",
            (Selector("provinces", with_bingtuan=True, with_plan_cities=True),),
        ),
        (
            "各省、自治区、直辖市和副省级市市场监管局",
            (Selector("provinces", with_sub_provincial=True),),
        ),
        ("各设区市市场监管局", (Selector("prefectures"),)),
        ("各市（州）市场监督管理局", (Selector("prefectures"),)),
        ("各县（市、区）市场监管局", (Selector("counties"),)),
        (
            "北京、天津、河北省（市）市场监管局",
            (Selector("named", names=("北京", "天津", "河北")),),
        ),
        (
            "浙江省市场监管局、江苏省市场监管局",
            (Selector("named", names=("浙江省", "江苏省")),),
        ),
        ("各市（州）局", (Selector("prefectures"),)),
        ("新疆生产建设兵团市场监管局", (Selector("named", names=("新疆生产建设兵团",)),)),
        (
            "各省、自治区、直辖市市场监管局（西藏除外）",
            (Selector("provinces", exceptions=("西藏",)),),
        ),
        (
            "各设区市市场监管局（不含厦门、福州）",
            (Selector("prefectures", exceptions=("厦门", "福州")),),
        ),
    ],
)
def test_selectors(text: str, selectors: tuple[Selector, ...]) -> None:
    assert parse(text).selectors == selectors


def test_inner_units_make_no_selector() -> None:
    found = parse(
        "各省、自治区、直辖市和新疆生产建设兵团市场监管局(厅、委),总局各司局、各直属单位:"
    )

    assert found.selectors == (BINGTUAN,)
    assert found.internal == ("总局各司局、各直属单位",)
    assert found.others == ()


def test_range_holds_for_its_own_segment_only() -> None:
    found = parse(
        "各省、自治区、直辖市和新疆生产建设兵团市场监管局（厅、委）、教育厅（教委、局），国资委，供销合作社："
    )

    assert found.selectors == (BINGTUAN,)
    assert found.others == ("教育厅(教委、局)", "国资委", "供销合作社")


@pytest.mark.parametrize(
    "text", ["有关省（区、市）市场监管局", "各有关单位", "各成员单位", "部分省市场监管局"]
)
def test_unnamed_addressees_need_a_choice(text: str) -> None:
    found = parse(text)

    assert found.selectors == ()
    assert found.needs_choice == (text.replace("（", "(").replace("）", ")"),)


def test_other_systems_are_others() -> None:
    found = parse("各省、自治区、直辖市民政厅（局），新疆生产建设兵团民政局：")

    assert found.selectors == ()
    assert len(found.others) == 2
