"""What the reader has learnt: from which texts, the same each time, and how sure it says it is."""

import json

import pytest

from notices.text.clauses import model
from notices.text.clauses.logistic import Example, Logistic, trained
from notices.text.learning import weights
from notices.text.learning.examples import (
    BadExample,
    LabelledNotice,
    LabelledSentence,
    of_folder,
)
from notices.text.learning.training import taught
from notices.text.reading import read
from tests.folders import LESSONS, ROOT

SHARED = ROOT.parent / "shared" / "notices"
FOLDERS = [SHARED / name for name in ("seeds", "dev", "local", "sentences")] + [LESSONS]


def test_weights_tell_apart_what_holds_only_in_one_kind() -> None:
    seen = [Example(frozenset({"any", "please"}), True)] * 9
    seen += [Example(frozenset({"any", "done"}), False)] * 9

    found = trained(seen, penalty=0.5)

    assert found.probability({"any", "please"}) > 0.8
    assert found.probability({"any", "done"}) < 0.2
    assert trained(list(seen), penalty=0.5) == found


def test_unknown_features_weigh_nothing() -> None:
    assert Logistic({"please": 1.0}).probability({"never seen"}) == 0.5


def test_lessons_are_of_both_kinds() -> None:
    texts = list(of_folder(LESSONS))

    sentences = [text for text in texts if isinstance(text, LabelledSentence)]
    assert len(sentences) > 600
    assert sum(not text.deadlines for text in sentences) >= 400
    assert sum(isinstance(text, LabelledNotice) for text in texts) > 500


def test_only_the_act_of_handing_in_is_taught_as_a_duty() -> None:
    text = "请各市局于2026年4月10日前将自查报告报省局，省局将汇总后报总局。"
    answer = {"kind": "fixed", "date": "2026-04-10"}

    found = taught(LabelledSentence("one", text, None, (answer,)))

    assert [(one.candidate.readings[0].report_to, one.is_duty) for one in found] == [
        ("省局", True),
        ("总局", None),
    ]


@pytest.mark.parametrize("line", ["no json", '{"kind": "x"}', '{"text": "一句话", "deadline": 1}'])
def test_file_that_cannot_be_learnt_from_is_named(tmp_path, line) -> None:
    (tmp_path / "obligations.jsonl").write_text(line + "\n", encoding="utf-8")

    with pytest.raises(BadExample, match=r"obligations\.jsonl"):
        [taught(text) for text in of_folder(tmp_path)]


def test_too_few_duties_teach_nothing() -> None:
    assert weights.made([LabelledSentence("one", "请报送总结。", None, ())]) is None


@pytest.mark.skipif(not SHARED.exists(), reason="the shared notices are not beside this checkout")
def test_weights_are_those_of_the_texts_byte_by_byte() -> None:
    made = weights.made([text for folder in FOLDERS for text in of_folder(folder)])

    assert made is not None
    assert made.as_json() == model.FILE.read_text("utf-8")


def test_no_text_stands_in_the_weights() -> None:
    loaded = json.loads(model.FILE.read_text("utf-8"))

    assert all(name.isascii() for part in ("duty", "days") for name in loaded[part])


def test_weights_that_are_none_are_named(tmp_path) -> None:
    path = tmp_path / "weights.json"
    path.write_text("{}", encoding="utf-8")
    model.use(path)
    try:
        with pytest.raises(model.BadWeights, match="请重新训练"):
            read("请各市局于2026年4月10日前将总结报省局。")
    finally:
        model.use(None)


def test_reading_that_is_likely_wrong_is_below_the_mark() -> None:
    head, tail = "各市局：\n", "\n示例省局\n2026年3月2日\n"
    (sure,) = read(f"{head}请于2026年4月10日前将自查总结报送我局。{tail}").obligations
    unsure = read(f"{head}6月9日会商，各县情况报一报。{tail}").obligations

    assert sure.confidence >= model.model().doubtful
    assert all(one.confidence < model.model().doubtful for one in unsure)
