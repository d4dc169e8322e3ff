import pytest

from bureaus.search.asked import MOST_WORDS, read

NUMBER = "市监稽发〔2023〕12号"


@pytest.mark.parametrize(
    "typed",
    [
        "市监稽发〔2023〕12号",
        "市监稽发[2023]12号",
        "市监稽发(2023)12号",
        "市监稽发（2023）12号",
        "市监稽发【2023】12号",
        "市监稽发﹝2023﹞12号",
        "市监稽发２０２３ １２号",
        "市监稽发2023 12号",
        "市监稽发202312号",
        "市监稽发2023年12号",
        "市监稽发〔2023〕第12号",
        " 市监稽发 〔 2023 〕 012 号 ",
        "市监稽发2023-12",
        "市监稽发〔2023〕12",
        "市监稽发\u200b〔2023〕12号",
    ],
)
def test_number_is_known_however_it_is_typed(typed):
    assert read(typed).number == NUMBER
    assert read(typed).words == ("市监稽发(2023)12号",)


@pytest.mark.parametrize("typed", ["2023年12号", "2023 12号", "〔2023〕12号", "202312号"])
def test_number_without_its_office_is_the_end_of_one(typed):
    assert read(typed).number == "〔2023〕12号"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("质量", ("质量",)),
        ("质量 工作", ("质量", "工作")),
        ("质量　工作\t质量", ("质量", "工作")),
        ("质 量", ("质量",)),
        ("质", ("质",)),
        ("2023年12月", ("2023年12月",)),
        ("2023年 12", ("2023年", "12")),
        ("计划2023 12", ("计划2023", "12")),
        ("2023", ("2023",)),
        ("ISO 9001", ("iso", "9001")),
        ("ＩＳＯ9001", ("iso9001",)),
        ("「电梯」", ('"电梯"',)),
        ("", ()),
        (" \u200b ", ()),
        ("质\0量", ("质量",)),
    ],
)
def test_words_are_parted_by_blanks_in_one_spelling(typed, words):
    asked = read(typed)

    assert (asked.words, asked.number) == (words, "")


@pytest.mark.parametrize(("typed", "short"), [("质", True), ("质量", False), ("质 量工", False)])
def test_one_character_is_too_short(typed, short):
    assert read(typed).is_too_short is short


def test_more_than_anybody_types_is_left_out():
    assert len(read(" ".join(f"词{number}" for number in range(30))).words) == MOST_WORDS
    assert len("".join(read("字" * 5000).words)) == 100
