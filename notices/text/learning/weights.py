"""The file of weights: what was learnt, from how much, and how good it is on texts left out."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from notices.text.clauses.logistic import Logistic
from notices.text.learning.examples import Labelled, LabelledNotice
from notices.text.learning.training import judge_of, taught
from notices.text.learning.validation import Marks, marks

_FEWEST = 30
"""Duties without which nothing can be learnt."""


@dataclass(frozen=True, slots=True)
class Weights:
    """No text stands in them: only names of features and numbers."""

    duty: Logistic
    days: Logistic
    marks: Marks
    notices: int
    sentences: int
    duties: int

    def as_json(self) -> str:
        """The same bytes for the same weights; the version is a digest of them."""
        learnt = {
            "least": self.marks.least,
            "doubtful": self.marks.doubtful,
            "duty": dict(sorted(self.duty.weights.items())),
            "days": dict(sorted(self.days.weights.items())),
        }
        said = json.dumps(learnt, ensure_ascii=False, indent=0)
        version = hashlib.sha256(said.encode()).hexdigest()[:12]
        return json.dumps({"version": version, **learnt}, ensure_ascii=False, indent=0) + "\n"

    def report(self) -> str:
        return (
            f"学习了{self.notices}份通知、{self.sentences}个单独的句子，其中报送事项{self.duties}个；"
            f"{len(self.duty.weights)}项特征。\n"
            f"按通知交叉验证：找到的报送事项 F1 {self.marks.found_f1:.3f}；"
            f"认定线 {self.marks.least}，把握低于 {self.marks.doubtful} 的提示“请核对”。"
        )


def made(texts: Sequence[Labelled]) -> Weights | None:
    """None where there are too few duties to learn from."""
    lessons = [(isinstance(text, LabelledNotice), taught(text)) for text in texts]
    duties = sum(one.is_duty is True for _, lesson in lessons for one in lesson)
    if duties < _FEWEST:
        return None
    notices = [lesson for is_notice, lesson in lessons if is_notice]
    sentences = [lesson for is_notice, lesson in lessons if not is_notice]
    duty, days = judge_of([*notices, *sentences])
    return Weights(duty, days, marks(notices, sentences), len(notices), len(sentences), duties)
