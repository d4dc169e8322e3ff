import pytest

from reports.schemas.definition.choices import Choice, chosen, ticked
from reports.schemas.definition.json_fields import DefinitionError

OWNERS = (Choice("国有", "1"), Choice("非国有", "2"))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("国有", ("国有",)),
        ("2", ("非国有",)),
        ("非国有，国有", ("国有", "非国有")),
        ("☑国有 □非国有", ("国有",)),
        ("□国有　√非国有", ("非国有",)),
        ("□国有 □非国有", ()),
        ("集体", None),
        ("☑集体 □国有", None),
        ("国有、", None),
        ("国有企业", None),
    ],
)
def test_answer_is_a_label_a_code_or_a_tick(text, labels):
    assert chosen(text, OWNERS) == labels


def test_paper_shows_every_box():
    assert ticked("非国有", OWNERS) == "□国有　☑非国有"
    assert ticked("", OWNERS) == "□国有　□非国有"
    assert ticked("国有、非国有", OWNERS) == "☑国有　☑非国有"


@pytest.mark.parametrize("label", ["", " ", "甲、乙", "□甲", "甲,乙"])
def test_label_that_would_read_as_two_is_refused(label):
    with pytest.raises(DefinitionError, match="选项"):
        Choice(label)
