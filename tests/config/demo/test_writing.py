"""What the demo's bureaus write fits the columns it stands in."""

import re

import pytest

from bureaus.models import Bureau
from config.demo import sentences, writing
from config.demo.sentences import BY_SUBJECT
from reports.schemas.checking.validation import check
from reports.schemas.content.content import normalise
from tests.reports.forms import annex_1, annex_2

pytestmark = pytest.mark.once

HERE = [
    Bureau(code=f"{code}0000", region=f"示例{code}省", name=f"示例{code}省局")
    for code in (11, 12, 13, 14, 15, 21, 31, 32, 33, 43, 44, 50, 62, 65, 66)
]
CITIES = [
    Bureau(code=f"33{city:02}00", region=f"示例{city}市", name=f"示例{city}市局")
    for city in range(1, 12)
]


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("领导同志批示情况", "批示"),
        ("组织开展学习情况", "学习"),
        ("开展的重点和特色宣传贯彻工作", "活动"),
        ("好的经验和做法", "建立"),
        ("出台《纲要》贯彻落实文件情况", "印发"),
        ("涌现出的先进典型和示范案例", "企业"),
    ],
)
def test_sentences_are_about_what_the_column_asks(label, word):
    assert word in "".join(sentences.about(label))


def test_no_sentence_stands_in_two_columns():
    said = [one for _, known in BY_SUBJECT for one in known]

    assert len(said) == len(set(said))
    columns = [one for one in annex_1().leaf_columns() if one.is_entered]
    unit = [
        one.label for one in columns if one.id.startswith("c") and one in annex_1().unit_columns()
    ]
    pools = [sentences.about(label) for label in unit]
    assert len(set(pools)) == len(pools) == 4


@pytest.mark.parametrize("bureau", HERE, ids=lambda one: one.code)
def test_figures_of_one_row_are_not_all_the_same(bureau):
    said = writing.write(annex_1(), bureau)["unit"].values()

    figures = [re.findall(r"\d+", one.replace(bureau.region, "")) for one in said]
    assert all(len(own) == len(set(own)) for own in figures)
    assert len({own[0] for own in figures}) > 2


def test_another_turn_is_written_otherwise():
    first, second = (writing.write(annex_1(), HERE[0], turn) for turn in (1, 2))

    assert all(first["unit"][column] != second["unit"][column] for column in first["unit"])


@pytest.mark.parametrize(
    ("region", "code", "strong", "office"),
    [
        ("河北省", "130000", "质量强省", "河北省人民政府办公厅"),
        ("北京市", "110000", "质量强市", "北京市人民政府办公厅"),
        ("杭州市", "330100", "质量强市", "杭州市人民政府办公室"),
        ("宁夏回族自治区", "640000", "质量强区", "宁夏回族自治区人民政府办公厅"),
        ("新疆生产建设兵团", "660000", "质量工作", "新疆生产建设兵团办公厅"),
    ],
)
def test_a_place_is_called_what_it_is(region, code, strong, office):
    named = {text for turn in range(15) for row in _rows(region, code, turn) for text in row}

    assert f"{region}{strong}建设年度行动计划" in named
    assert office in named
    assert not [text for text in named if "强省" in text and strong != "质量强省"]


def _rows(region: str, code: str, turn: int) -> list[list[str]]:
    bureau = Bureau(region=region, code=code, name="某局")
    return [[*row.values()] for row in writing.write(annex_1(), bureau, turn)["rows"]]


def test_what_asks_for_no_subject_speaks_of_none_other():
    """报送内容 of a 质量月 knows nothing of the 《纲要》 of another notice."""
    assert not [one for one in sentences.about("报送内容") if "《纲要》" in one]


@pytest.mark.parametrize("bureaus", [HERE, CITIES])
def test_contents_are_whole_and_differ_from_bureau_to_bureau(bureaus):
    contents = [normalise(annex_1(), writing.write(annex_1(), one)) for one in bureaus]

    for one in contents:
        assert [fault for fault in check(annex_1(), one) if fault.level == "error"] == []
        assert [row["c5"] == "" for row in one["rows"]] == [False] * len(one["rows"])
    for column in ("c2", "c3", "c7", "c8"):
        assert len({one["unit"][column] for one in contents}) == len(bureaus)


def test_summaries_have_their_sections_filled_and_within_the_limit():
    for bureau in HERE:
        content = normalise(annex_2(), writing.write(annex_2(), bureau))
        assert all(content["sections"].values())
        assert len(set(content["sections"].values())) == len(content["sections"])
