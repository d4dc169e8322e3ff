import pytest

from notices.models import Attachment
from reports.filling import asked_forms
from reports.models import FormSchema
from reports.schemas.content.content import blank
from tests import factories
from tests.reports.written import accepted, outline, save, table

pytestmark = pytest.mark.django_db


def asked(number, text=factories.TEXT_APART):
    return factories.obligation(number=number, text=text)


@pytest.mark.parametrize(
    ("number", "text", "numbers"),
    [
        ("1", factories.TEXT_APART, [1]),
        ("2", factories.TEXT_APART, [2]),
        ("", factories.TEXT_APART, [0]),
        ("1,2", factories.TEXT_TOGETHER, [1, 2]),
    ],
)
def test_numbers_are_the_attachments_to_be_filled_in(number, text, numbers):
    assert asked_forms.numbers(asked(number, text)) == numbers


@pytest.mark.parametrize("kind", ["prose", "missing"])
def test_attachment_without_a_form_is_answered_in_plain_text(kind):
    obligation = asked("1")
    Attachment.objects.filter(position=1).update(kind=kind)

    assert asked_forms.numbers(obligation) == [0]


def test_unwritten_forms_are_blank_at_revision_0():
    task = factories.assignment(number="1,2", text=factories.TEXT_TOGETHER)

    forms = asked_forms.forms_of(task)

    assert [(form.number, form.tab, form.is_table) for form in forms] == [
        (1, "附件1", True),
        (2, "附件2", False),
    ]
    assert [form.revision for form in forms] == [0, 0]
    assert [form.content for form in forms] == [blank(form.definition) for form in forms]


def test_table_has_the_columns_and_lines_of_the_attachment():
    (form,) = asked_forms.forms_of(factories.assignment())

    labels = [column.label for column in form.definition.leaf_columns()]
    assert labels == [
        "序号",
        "领导同志批示情况",
        "组织开展学习情况",
        "文件名称",
        "发文主体",
        "当前进展",
        "开展的重点工作",
        "好的经验和做法",
    ]
    assert [field.label for field in form.definition.head_fields] == ["填报单位（盖章）"]
    assert [field.label for field in form.definition.foot_fields] == ["联系人及联系方式"]


def test_outline_has_five_sections_and_the_limit():
    task = factories.assignment(number="2", text=factories.TEXT_APART)

    (form,) = asked_forms.forms_of(task)

    assert [section.no for section in form.definition.sections] == list("一二三四五")
    assert form.definition.max_chars == 3000


def test_written_form_shows_what_was_written():
    task = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(task, table())
    save(task, table(documents=2), revision=1)

    first, second = asked_forms.forms_of(task)

    assert (first.revision, len(first.content["rows"])) == (2, 2)
    assert (second.revision, second.submission) == (0, None)


def test_newer_version_of_a_form_is_for_those_who_have_not_begun():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    obligation = factories.obligation(zhejiang, jiangsu)
    begun, fresh = obligation.assignments.for_detail().order_by("-bureau_path")
    save(factories.accept(begun), table())
    old = FormSchema.objects.get()
    FormSchema.objects.create(
        notice=obligation.notice,
        attachment_number=1,
        version=2,
        title="新表",
        definition_json=old.definition_json.replace("质量工作进展情况表", "新表"),
        made_at=factories.NOW,
    )

    (kept,), (newer,) = asked_forms.forms_of(begun), asked_forms.forms_of(fresh)

    assert kept.definition.title == "质量工作进展情况表"
    assert newer.definition.title == "新表"


def test_forms_take_the_same_few_queries_whoever_wrote(django_assert_num_queries):
    task = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(task, table())
    save(task, outline("学习"), number=2)

    with django_assert_num_queries(2):  # the numbers, the submissions with their forms
        assert all(form.definition for form in asked_forms.forms_of(task))


def test_unknown_number_has_no_form():
    with pytest.raises(Attachment.DoesNotExist):
        asked_forms.proposed(asked("1").notice, 9)
