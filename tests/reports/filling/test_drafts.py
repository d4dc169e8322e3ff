"""Putting drafted sentences into sections."""

import pytest

from reports.filling.offered_sentences import Offer, put_in
from reports.schemas.drafting.sentence import Given, Made, Sentence
from tests.reports.forms import annex_1, annex_1_content

GIVEN = Given("附件1", annex_1(), annex_1_content())


def offer(key: str, text: str, section: str = "") -> Offer:
    sentence = Sentence(GIVEN, section, text, ("unit.c2",), Made.CELLS)
    return Offer(key, sentence, None, [], False)


OFFERS = [offer("a", "检查企业12家。", "s1"), offer("b", "出动人员300人次。")]


def sections(**texts: str) -> dict:
    return {"sections": {"s1": "", "s2": ""} | texts}


@pytest.mark.parametrize(
    ("wanted", "before", "after", "is_whole"),
    [
        ("a", {}, {"s1": "检查企业12家。"}, True),
        ("a", {"s1": "甲。\r\n"}, {"s1": "甲。\n检查企业12家。"}, True),
        ("a", {"s1": "检查 企业\n12家。乙"}, {"s1": "检查 企业\n12家。乙"}, True),
        ("a,a", {}, {"s1": "检查企业12家。"}, True),
        ("b@s2", {}, {"s2": "出动人员300人次。"}, True),
        ("a,b@s1", {}, {"s1": "检查企业12家。\n出动人员300人次。"}, True),
        ("a@s2", {}, {"s1": "检查企业12家。"}, True),  # it has a section of its own
        ("b", {}, {}, False),
        ("b@s9", {}, {}, False),
        ("c", {"s1": "甲"}, {"s1": "甲"}, False),
        ("a,c", {}, {"s1": "检查企业12家。"}, False),
        ("", {}, {}, False),
    ],
)
def test_sentences_are_put_where_they_belong_once(wanted, before, after, is_whole):
    data = sections(**before)

    assert put_in(data, wanted, OFFERS) == (sections(**after), is_whole)
    assert data == sections(**before)
