"""The editor's page as a browser without scripts uses it."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import AuditEvent
from reports.actions import schemas
from reports.editing.draft import fields
from reports.editing.from_definition import draft_of
from reports.filling.asked_forms import definition_of, proposed
from reports.models import FormSchema
from reports.workbooks.reading.raw import MAX_BYTES
from tests import factories
from tests.reports.editing.test_form_sheet import official
from tests.reports.tables import CASES, by_name
from tests.reports.written import NOW, filler, reported, save, table

pytestmark = pytest.mark.django_db
QUERIES = 12


@pytest.fixture
def notice():
    return factories.filed_notice(factories.TEXT_APART)


@pytest.fixture
def desk(client):
    client.force_login(factories.coordinator())
    return client


def address(notice, number=1):
    return reverse("reports:schema", args=[notice.pk, number])


def sent(definition, do="confirm", **changes):
    changes = {name.replace("__", "."): value for name, value in changes.items()}
    return dict(fields(draft_of(definition))) | {"do": do, "base": "0"} | changes


def names_of(response) -> dict[str, str]:
    """What the page would post again."""
    return dict(fields(response.context["draft"]))


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_every_real_table_is_confirmed_shown_and_confirmed_again(desk, notice, case):
    done = desk.post(address(notice), sent(case.definition))

    assert done.status_code == 302
    assert definition_of(notice, 1) == case.definition
    shown = desk.get(address(notice))
    for leaf in case.definition.leaf_columns():
        assert f'value="{leaf.id}"' in shown.content.decode()
    again = desk.post(address(notice), names_of(shown) | {"do": "confirm", "base": "1"})
    assert again.status_code == 302
    assert FormSchema.objects.get().version == 1  # equal: not stored again


def test_every_control_of_the_page_is_read_back(desk, notice):
    """What stands in the page's own controls makes the form that was shown."""
    schemas.confirm(notice, 1, CASES[2].definition, now=NOW, by=factories.coordinator())

    html = desk.get(address(notice)).content.decode()

    missing = [
        name
        for name, value in fields(draft_of(CASES[2].definition))
        if value and f'name="{name}"' not in html
    ]
    assert missing == []


def test_button_changes_the_page_and_stores_nothing(desk, notice):
    form = sent(proposed(notice, 1), do="columns.add", columns__0__label="改了名")

    answer = desk.post(address(notice), form)

    entries = answer.context["draft"].part("columns")
    assert answer.status_code == 200
    assert (entries[0]["label"], entries[-1].get("label", "")) == ("改了名", "")
    assert answer.content.decode().count(" autofocus") == 1
    assert not FormSchema.objects.exists()


def test_nothing_is_lost_where_something_is_wrong(desk, notice):
    form = sent(CASES[2].definition, columns__3__formula="错", title="")

    answer = desk.post(address(notice), form)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "没有确认，请先改正（2 处）" in html
    assert '<a href="#at-title">表名</a>：请填写报表名称。' in html
    assert '<a href="#at-columns-3">栏目sum</a>：公式“错”只能由编号' in html
    kept = {name: value for name, value in form.items() if name not in ("do", "base")}
    assert kept.items() <= names_of(answer).items()
    assert not FormSchema.objects.exists()


def test_sheet_is_drawn_anew_for_the_script(desk, notice):
    form = sent(proposed(notice, 1), do="preview", columns__0__label="编号栏")
    answer = desk.post(address(notice), form, headers={"HX-Request": "true"})

    html = answer.content.decode()
    assert html.lstrip().startswith('<section class="specimen" id="specimen"')
    assert "编号栏" in html
    assert "HX-Retarget" not in answer


def test_fault_leaves_the_last_sheet_standing(desk, notice):
    form = sent(proposed(notice, 1), do="preview", title="")

    answer = desk.post(address(notice), form, headers={"HX-Request": "true"})

    assert answer["HX-Retarget"] == "#specimen-faults"
    assert answer["HX-Reselect"] == "#specimen-faults"  # else the sheet would stand in its list


def test_sample_is_the_blank_form_on_the_page(desk, notice):
    form = sent(CASES[2].definition, do="sample", title="改后的表名")

    answer = desk.post(address(notice), form)

    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet["A1"].value == "改后的表名"
    assert not FormSchema.objects.exists()


def test_sample_of_a_form_with_faults_tells_them(desk, notice):
    answer = desk.post(address(notice), sent(CASES[2].definition, do="sample", title=""))

    assert answer.status_code == 422
    assert "没有生成表样，请先改正" in answer.content.decode()


def test_plain_text_becomes_a_table_by_hand_and_is_asked_for(desk):
    notice = factories.filed_notice(factories.TEXT_APART)
    begun = desk.post(address(notice, 0), sent(proposed(notice, 0), do="start.table"))

    done = desk.post(address(notice, 0), names_of(begun) | {"do": "confirm", "base": "0"})

    assert done.status_code == 302
    assert [column.label for column in definition_of(notice, 0).columns] == ["序号", "项目"]


def test_notice_with_an_item_of_plain_text_leads_to_its_form(desk):
    notice = factories.filed_notice(factories.TEXT_APART)
    page = reverse("tasks:notice_detail", args=[notice.pk])
    notice.clauses.update(attachment_numbers="1")
    assert address(notice, 0) not in desk.get(page).content.decode()

    for asked in ("", "9"):  # none, and one that is named but not there to be filled in
        notice.clauses.update(attachment_numbers=asked)
        assert address(notice, 0) in desk.get(page).content.decode()


def test_workbook_takes_the_place_of_the_page_and_is_not_stored(desk, notice):
    file = SimpleUploadedFile("表样.xlsx", official(CASES[2].definition))

    answer = desk.post(address(notice), sent(proposed(notice, 1), do="read") | {"file": file})

    draft = answer.context["draft"]
    assert answer.status_code == 200
    assert draft.text("title") == CASES[2].definition.title
    assert not {one["id"] for one in draft.part("columns")} & draft_of(proposed(notice, 1)).ids()
    assert "从“表样.xlsx”读出的表" in answer.content.decode()
    assert not FormSchema.objects.exists()


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (None, "没有读取：请先选择表样文件"),
        (SimpleUploadedFile("a.xlsx", b"%PDF-1.4"), "请上传表样的 .xlsx 文件"),
        (
            SimpleUploadedFile("a.xlsx", b"0" * (MAX_BYTES + 1)),
            "没有读取：文件超过10 MB",
        ),
    ],
    ids=["none", "pdf", "large"],
)
def test_refused_workbook_leaves_the_page_as_it_was(desk, notice, file, message):
    form = sent(proposed(notice, 1), do="read", columns__0__label="改了名")

    answer = desk.post(address(notice), form | ({"file": file} if file else {}))

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert answer.context["draft"].part("columns")[0]["label"] == "改了名"


def test_who_edits_beside_another_is_told_and_loses_nothing(desk, notice):
    schemas.confirm(notice, 1, CASES[2].definition, base=0, now=NOW, by=factories.coordinator())

    told = desk.post(address(notice), sent(CASES[4].definition, title="我的表"))

    html = told.content.decode()
    assert told.status_code == 422
    assert "刚刚确认了本表的第1版" in html
    assert told.context["draft"].text("title") == "我的表"
    assert definition_of(notice, 1) == CASES[2].definition
    over = desk.post(address(notice), names_of(told) | {"do": "confirm", "base": "0", "over": "1"})
    assert over.status_code == 302
    assert definition_of(notice, 1).title == "我的表"
    assert FormSchema.objects.count() == 2


def test_first_writer_is_no_other_editor(desk):
    task = factories.accept(factories.assignment(text=factories.TEXT_APART))
    save(task, {"foot": {"f1": "示例"}})

    notice = task.obligation.notice
    done = desk.post(address(notice), sent(CASES[2].definition))

    assert done.status_code == 302
    assert definition_of(notice, 1) == CASES[2].definition


def test_base_that_is_no_number_is_somebody_elses(desk, notice):
    schemas.confirm(notice, 1, CASES[2].definition, now=NOW, by=factories.coordinator())

    told = desk.post(address(notice), sent(CASES[4].definition, base="x"))

    assert told.status_code == 422


def test_page_counts_whom_a_new_version_concerns(desk):
    issued = factories.obligation(
        factories.province(),
        factories.province("320000", "江苏省"),
        factories.province("310000", "上海市"),
        text=factories.TEXT_APART,
    )
    one, two, _ = issued.assignments.for_detail()
    reported(one, table())
    save(factories.accept(two), {"foot": {"f1": "示例"}})

    html = desk.get(address(issued.notice)).content.decode()

    assert "已下发 3 个任务：1 个已报送的保持原表；1 个已开始填的" in html
    assert "1 个未开始的按新表填报" in html


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_bureaus(desk, number, django_assert_num_queries):
    codes = [("330000", "浙江省"), ("320000", "江苏省"), ("310000", "上海市")][:number]
    issued = factories.obligation(
        *(factories.province(*code) for code in codes), text=factories.TEXT_APART
    )
    url = address(issued.notice)
    desk.get(url)

    with django_assert_num_queries(QUERIES):
        desk.get(url)


@pytest.fixture
def reader(client):
    """Whoever fills in at a bureau that was asked sees the form."""
    client.force_login(filler(factories.assignment(text=factories.TEXT_APART).bureau))
    return client


def test_reader_sees_the_sheet_and_no_editor(notice, reader):
    html = reader.get(address(notice)).content.decode()

    assert 'id="specimen"' in html
    assert "确认报表" not in html
    assert 'name="columns.' not in html


@pytest.mark.parametrize("do", ["confirm", "preview", "sample", "read", "columns.add"])
def test_reader_does_nothing_in_the_editor(notice, reader, do):
    answer = reader.post(address(notice), sent(proposed(notice, 1), do=do))

    assert answer.status_code == 403
    assert not FormSchema.objects.exists()


def test_confirming_is_audited_with_its_version(desk, notice):
    desk.post(address(notice), sent(CASES[2].definition))

    event = AuditEvent.objects.about(FormSchema.objects.get()).get()
    assert (event.verb, event.detail["version"]) == ("确认报表", 1)
