"""No word of 主送 is dropped: each sign stands in one part, or between two and says nothing."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.text.recipients.cutting import JOINS
from tests.folders import ROOT
from tests.notices.text.recipients.country import codes, gaps, parts

BETWEEN = set("，,、；;。：:｜|. \n\t\u3000") | set("".join(JOINS))
ISSUERS = ("100000", "330000", "420000", "500000", "330100", "660000", "330102")
_WORDS = (
    "各省、自治区、直辖市_各市（州）_各县（市、区）_各区_各设区市_"
    "市场监管局（厅、委）_市场监督管理局_民政局_杭州_宁波市_温州市_吉林_海南州_鼓楼区_"
    "和平区_呼和浩特市_新疆生产建设兵团_和_及_以及_、_，_；_（_）_（西藏除外）_"
    "除宁波外_不含_等3个市_有关_部分_其他_各有关单位_总局各司局_机关各处室_高新区_"
    "雄安新区_分局_所_抄送：_：_\n_长三角_沪苏_计划单列市_15个_外_的_省_市_局_委_"
    "第八师（石河子市）"
)
WORDS = [word for word in _WORDS.split("_") if word]
SHARED = ROOT.parent / "shared" / "notices"


def unsaid(text: str, issuer: str) -> str:
    """What stands in no part; parts are in order and do not overlap."""
    found = parts(text, issuer)
    left, at = "", 0
    for part in found:
        assert at <= part.start < part.end <= len(text)
        assert part.text == text[part.start : part.end]
        left += text[at : part.start]
        at = part.end
    return left + text[at:]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join), st.sampled_from(ISSUERS))
def test_every_sign_stands_in_one_part(text: str, issuer: str) -> None:
    assert set(unsaid(text, issuer)) <= BETWEEN


@settings(max_examples=500, deadline=None)
@given(
    st.text(
        alphabet="各省市县区州局厅委、，（）除外和及等有关不含杭州宁波 \n：市场监管", max_size=40
    )
)
def test_no_text_breaks_the_reading(text: str) -> None:
    assert set(unsaid(text, "330000")) <= BETWEEN


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=10).map("".join), st.sampled_from(ISSUERS))
def test_every_part_says_what_becomes_of_it(text: str, issuer: str) -> None:
    """Units, a gap that a person settles, or a word why it gets nothing; only below the issuer."""
    for part in parts(text, issuer):
        assert part.units or part.gaps or part.note
        assert all(gap.words and gap.problem for gap in part.gaps)
        assert all(unit.code != issuer for unit in part.units)


@pytest.mark.skipif(not SHARED.exists(), reason="真实文件集不在这台机器上")
def test_real_lines_lose_nothing_and_mean_nobody_else() -> None:
    """Of 140 real notices few are of market regulation: the others address none of its bureaus."""
    found = {}
    for path in sorted(SHARED.glob("*/*.json")):
        text = json.loads(path.read_text("utf-8")).get("recipients_text")
        if text:
            issuer = "370000" if path.parent.name == "local" else "100000"
            assert set(unsaid(text, issuer)) <= BETWEEN, path.name
            found[path.stem[:4]] = len(codes(parts(text, issuer)))

    ours = {"062": 32, "064": 47, "G001": 16, "000_": 32, "001_": 32, "002_": 32, "003_": 32}
    assert {name: count for name, count in found.items() if count} == ours


@pytest.mark.parametrize(
    "text",
    [
        "杭州市" * 900,
        "各省、" * 900,
        "地区" * 90 + "市场监管局",
        "杭州（" + "局" * 180 + "号）市场监管局",
        "各市（" + "地区" * 90 + "号）市场监管局",
        "杭州等" + "地区" * 90 + "号",
        "和" * 2900,
        "（" * 1400 + "）" * 1400,
        "京津冀" * 60 + "号市场监管局",
        "市场监管局" * 500,
        "各" * 2900,
    ],
)
def test_long_nonsense_takes_no_time(text: str) -> None:
    began = time.process_time()

    assert set(unsaid(text, "330000")) <= BETWEEN
    assert time.process_time() - began < 5


def test_text_that_is_no_list_of_addressees_any_more_is_one_question() -> None:
    (part,) = parts("杭州市、" * 2000, "330000")

    assert (part.start, part.end, part.units) == (0, 8000, ())
    assert "主送太长" in part.gaps[0].problem


def test_blank_text_has_no_parts() -> None:
    assert parts("") == parts("  \n　") == parts("，、：") == []


def test_bracket_that_is_never_closed_hides_nothing() -> None:
    found = parts("杭州市市场监管局（含宁波，温州市市场监管局", "330000")

    assert len(codes(found)) == 2
    assert gaps(found) == ["(含宁波"]
