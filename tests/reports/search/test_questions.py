"""Thirty questions that people ask, and what is to be found; the same on both databases."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

QUALITY = "市场监管总局关于报送质量工作情况的通知"
LIFTS = "市场监管总局关于开展电梯安全筑底行动的通知"
FOOD = "市场监管总局关于开展校园食品安全守护行动的通知"
MATTER = "质量工作进展情况"
TASK_Z, TASK_J = f"浙江省市场监管局　{MATTER}", f"江苏省市场监管局　{MATTER}"
FORM = "浙江省市场监管局　质量工作进展情况表"
BOTH = [TASK_Z, TASK_J]
QUESTIONS = [
    # a word of two characters, of more, in the middle of a title
    ("电梯", {"notices": [LIFTS]}),
    ("筑底", {"notices": [LIFTS]}),
    ("安全", {"notices": [FOOD, LIFTS]}),
    ("电梯安全", {"notices": [LIFTS]}),
    ("质量", {"notices": [QUALITY], "obligations": [MATTER], "assignments": BOTH}),
    ("质量工作", {"notices": [QUALITY], "obligations": [MATTER], "assignments": BOTH}),
    ("工作质量", {}),
    # several words, each of which must be there, in any order
    ("安全 电梯", {"notices": [LIFTS]}),
    ("电梯 食品", {}),
    ("守护　校园", {"notices": [FOOD]}),
    ("质 量 工 作", {"notices": [QUALITY], "obligations": [MATTER], "assignments": BOTH}),
    # of a unit
    ("质量 浙江", {"assignments": [TASK_Z]}),
    ("浙江 江苏", {"text": [FOOD, LIFTS]}),
    # in the text: blanks within words, widths, quotes, brackets, figures
    ("深入推进", {"text": [FOOD, LIFTS]}),
    ("隐患", {"text": [FOOD, LIFTS]}),
    ("老旧住宅电梯", {"text": [LIFTS]}),
    ("iso 9001", {"text": [FOOD, LIFTS]}),
    ("ｉｓｏ９００１", {}),
    ("gb/t", {"text": [FOOD, LIFTS]}),
    ("「回头看」", {"text": [FOOD, LIFTS]}),
    ("二〇二三年", {"text": [FOOD, LIFTS]}),
    ("市监质发〔2022〕112号", {"text": [FOOD, LIFTS]}),
    ("市监质发2022 112号", {"text": [FOOD, LIFTS]}),
    ("电梯 隐患", {"text": [LIFTS]}),
    # what was handed in, and the files beside it
    ("示例文件2", {"submissions": [FORM]}),
    ("专题学习", {"submissions": [FORM]}),
    ("年度培训", {"evidence": ["现场.png"]}),
    ("现场.PNG", {"evidence": ["现场.png"]}),
    # nothing, and what a database would take for a sign of its own
    ("区块链", {}),
    ("100%", {}),
    ("电_", {}),
    ("'; --", {}),
]


def titles(answer) -> dict[str, list[str]]:
    """By kind, the hits as they are shown; units are asked for below."""
    groups = answer.context["groups"]
    return {
        group.kind.code: ["".join(run.text for run in hit.title) for hit in group.hits]
        for group in groups
        if group.kind.code != "bureaus"
    }


@pytest.mark.parametrize(("words", "found"), QUESTIONS)
def test_question(asking, words, found):
    assert titles(asking(words)) == found


@pytest.mark.parametrize(
    "typed",
    [
        "市监特设发〔2023〕12号",
        "市监特设发2023 12号",
        "市监特设发(2023)12号",
        "市监特设发[2023]第12号",
        "特设发２０２３年12号",
        "2023年12号",
        "〔2023〕12",
    ],
)
def test_number_opens_its_notice(asking, furniture, typed):
    answer = asking(typed)

    assert (answer.status_code, answer.url) == (302, f"/notices/{furniture.plain.pk}/")


def test_number_of_two_notices_lists_both(asking, furniture):
    factories.filed_notice(factories.TEXT.replace("国市监测〔2026〕1号", "浙监发〔2023〕12号"))

    found = titles(asking("2023年12号"))["notices"]

    assert found == [LIFTS, QUALITY]


def test_number_that_was_asked_for_by_kind_opens_nothing(asking):
    answer = asking("市监特设发〔2023〕12号", kind="notices")

    assert answer.status_code == 200
    assert len(answer.context["hits"]) == 1


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("浙江", ["浙江省市场监督管理局"]),
        ("330100", ["杭州市市场监督管理局"]),
        ("杭州 监督", ["杭州市市场监督管理局"]),
        ("杭", ["杭州市市场监督管理局"]),
        ("州", []),
    ],
)
def test_units_are_found_by_name_and_code_and_by_the_first_character(asking, words, units):
    groups = {group.kind.code: group.hits for group in asking(words).context["groups"]}

    found = ["".join(run.text for run in hit.title) for hit in groups.get("bureaus", [])]
    assert found == units


def test_one_character_is_refused_kindly(asking):
    answer = asking("质")

    assert titles(answer) == {}
    assert "请至少输入两个字" in answer.content.decode()


def test_words_are_marked_where_they_stand_in_the_text(asking):
    text = asking("深入推进").content.decode()

    assert "为<mark>深入 推 进</mark>食堂安全工作" in text


def test_what_is_found_is_escaped(asking):
    body = factories.TEXT.replace("〔2026〕1号", "〔2026〕7号").replace("重要情况", "<b>甲乙丙</b>")
    factories.filed_notice(body)

    assert "&lt;b&gt;<mark>甲乙丙</mark>&lt;/b&gt;" in asking("甲乙丙").content.decode()


def test_words_stay_in_the_box_and_an_empty_search_says_what_to_do(asking):
    assert 'name="q" value="电梯"' in asking("电梯").content.decode()
    assert "在上面写要找的词" in asking("").content.decode()
    assert "没有找到含有这些词的内容" in asking("区块链").content.decode()


def test_unknown_kind_is_not_there(asking):
    assert asking("电梯", kind="none").status_code == 404
