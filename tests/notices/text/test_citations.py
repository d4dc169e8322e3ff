"""Numbers of other notices in a text, and how they are named."""

from time import perf_counter

import pytest

from notices.text.citations import MOST, citations

OWN = "浙市监质〔2026〕5号"
A, B = "国市监质发〔2021〕60号", "国市监质发〔2021〕61号"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"现将《市场监管总局关于X的通知》（{A}）转发给你们，请贯彻落实。", {A: "forwards"}),
        (f"现将{A}文件印发给你们。", {A: "forwards"}),
        ("根据《总局关于X的通知》(国市监质发[2021]60号)要求，请于3月底前报送。", {A: "rests_on"}),
        ("按照国市监质发【2021】60号要求", {A: "rests_on"}),
        ("为贯彻落实国市监质发（2021）60 号文件精神", {A: "carries_out"}),
        ("依据国市监质发〔2021〕第060号", {A: "rests_on"}),
        ("根据国市监质发〔２０２１〕６０号", {A: "rests_on"}),
        ("根据国市监质发〔2021〕60号、61号文件", {A: "rests_on", B: "rests_on"}),
        ("根据国市监质发〔2021〕60、61号文件", {A: "rests_on", B: "rests_on"}),
        (f"根据{A}和国市监稽〔2020〕28号", {A: "rests_on", "国市监稽〔2020〕28号": "rests_on"}),
        (f"见{A}附件2。", {A: "names"}),
        (f"见{A}。现将{A}转发你们。", {A: "forwards"}),
        (f"{OWN}\n各市局：请按{OWN}执行。", {}),
        ("参照《办法》（和政办发〔2020〕1号）执行", {"和政办发〔2020〕1号": "names"}),
        ("市场监管总局令第12号，2021年第3号公告", {}),
        ("国市监质发\n〔2021〕60号", {A: "names"}),
        ("", {}),
    ],
)
def test_numbers_and_how_they_are_named(text, found):
    assert {one.number: one.kind.value for one in citations(text, OWN)} == found


def test_own_number_is_none_of_them_however_it_is_written():
    assert citations("根据浙市监质[2026] 5号", "浙市监质（2026）5号") == []


def test_catalogue_of_documents_is_cut_and_takes_no_time():
    text = "、".join(f"国市监质发〔2021〕{n}号" for n in range(1, 20_000))
    began = perf_counter()

    assert len(citations(text, None)) == MOST
    assert perf_counter() - began < 10
