"""The outline as its writer sees it."""

import json
from datetime import timedelta

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from reports.actions import handing_in
from reports.models import Submission
from reports.schemas.checking.cautions import INTERNAL, PEOPLE
from reports.schemas.content import sources
from tests import factories
from tests.factories import NOW
from tests.reports.written import accepted, filler, outline, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]

TEXT = factories.TEXT_APART.replace("字数控制", "总结材料要有数据支撑，字数控制")


@pytest.fixture
def task():
    return accepted(number="2", text=TEXT)


def url(task, number=2) -> str:
    return f"/assignments/{task.pk}/forms/{number}/"


def test_delicate_sections_say_what_must_not_be_written(writer, task):
    text = writer.get(url(task)).content.decode()

    assert text.count(PEOPLE) == 1
    assert INTERNAL not in text


def test_delicate_columns_say_what_must_not_be_written(client):
    task = accepted()
    client.force_login(filler(task.bureau))

    assert f"“领导同志批示情况”：{INTERNAL}" in client.get(url(task, 1)).content.decode()


def test_sections_without_data_are_named_and_do_not_keep_from_handing_in(writer, task):
    save(task, outline("认真学习", "《示例方案》", "活动3场", "无", "典型2个"), number=2)

    answer = writer.get(url(task))

    (warning,) = answer.context["warnings"]
    assert warning.href == "sections-s1"
    assert "没有数字、文件或日期，总结要求有数据支撑" in answer.content.decode()
    given = {"revision": "1", "sections.s1": "认真学习", "hand_in": "1"}
    assert writer.post(url(task), given).status_code == 302


def test_total_is_counted_with_marks_and_without(writer, task):
    save(task, outline("学习3.5天，共50人。——A b"), number=2)

    text = writer.get(url(task)).content.decode()

    assert "字数 13 / 3000（不计标点 9）" in text


# --- drafted from attachment 1 of the same notice ---

ROWS = [
    {"c4": "《甲》（示政发〔2026〕3号）", "c5": "省政府", "c6": "已印发"},
    {"c4": "乙", "c5": "省局", "c6": "起草中"},
]


@pytest.fixture
def annex_1(task):
    """The other task of the same notice, which the same bureau is filling in."""
    other = factories.accept(factories.assignment(task.bureau, number="1"))
    save(other, table(rows=ROWS))
    return other


def offers(answer, section: str) -> dict[str, object]:
    (part,) = [one for one in answer.context["outline"] if one.section.id == section]
    return {offer.text: offer for offer in part.offers}


def test_sections_offer_what_another_task_of_the_notice_holds(writer, task, annex_1):
    answer = writer.get(url(task))

    assert [*offers(answer, "s1")] == ["省领导作出批示", "专题学习2次"]
    assert [*offers(answer, "s2")] == [
        "共填报有关文件2件，其中已印发1件、起草中1件。",
        "省政府印发《甲》（示政发〔2026〕3号）。",
        "《乙》（发文主体：省局），当前进展：起草中。",
    ]
    assert [*offers(answer, "s3")] == ["开展活动5场"]
    assert offers(answer, "s4") == offers(answer, "s5") == {}  # 无, and nothing asks for it
    text = answer.content.decode()
    assert f'href="{url(annex_1, 1)}#rows-1-c4">第2行</a>' in text
    assert f'href="{url(annex_1, 1)}#unit-c3">“组织开展学习情况”</a>' in text
    assert "文中提到 2次：从文字中找出，未经统计，请核对" in text
    assert not Submission.objects.filter(assignment=task).exists()  # nothing goes in by itself


def test_links_lead_to_cells_of_a_form_that_is_written_and_of_one_that_is_read(
    writer, task, annex_1
):
    assert 'id="rows-1-c4"' in writer.get(url(annex_1, 1)).content.decode()

    handing_in.hand_in(annex_1, now=NOW + timedelta(hours=3), by=filler(task.bureau))

    page = writer.get(url(annex_1, 1))
    assert page.context["may_write"] is False
    assert 'id="rows-1-c4"' in page.content.decode()


def test_sentence_follows_the_row_it_was_made_from(writer, task, annex_1):
    changed = [ROWS[0], {**ROWS[1], "c6": "已印发"}]
    save(annex_1, table(rows=changed), revision=1)

    assert [*offers(writer.get(url(task)), "s2")] == [
        "共填报有关文件2件，当前进展均为已印发。",
        "省政府印发《甲》（示政发〔2026〕3号）。",
        "省局印发《乙》。",
    ]


def test_rows_merged_from_below_are_sources_by_the_name_of_their_bureau(writer, task, annex_1):
    city = factories.prefecture(task.bureau)
    stored = annex_1.submissions.get()
    merged = {**stored.content, "rows": [ROWS[0], sources.marked(ROWS[1], city.code)]}
    annex_1.submissions.update(content_json=json.dumps(merged))

    (count, own, theirs) = offers(writer.get(url(task)), "s2").values()

    assert [spot.label for spot in own.spots] == ["第1行"]
    assert [spot.label for spot in theirs.spots] == ["第2行（杭州市）"]
    assert [spot.label for spot in count.spots] == ["第1行", "第2行（杭州市）"]


def test_sentence_is_taken_behind_what_was_written_and_never_twice(writer, task, annex_1):
    offer = offers(writer.get(url(task)), "s1")["专题学习2次"]
    given = {"revision": "0", "sections.s1": "本局高度重视。", "sections.s3": "未存"}

    answer = writer.post(url(task), given | {"take": offer.key})

    assert (answer.status_code, answer.url) == (302, url(task))
    sections = Submission.objects.get(assignment=task).content["sections"]
    assert sections["s1"] == "本局高度重视。\n专题学习2次"
    assert sections["s3"] == "未存"  # what was written meanwhile is kept
    page = writer.get(url(task))
    assert offers(page, "s1")["专题学习2次"].is_taken
    assert not offers(page, "s1")["省领导作出批示"].is_taken

    again = {"revision": "1", "sections.s1": sections["s1"]}
    writer.post(url(task), again | {"take": offer.key})
    assert Submission.objects.get(assignment=task).content["sections"]["s1"] == sections["s1"]


def test_number_that_was_taken_and_has_changed_since_is_told_until_it_is_mended(
    writer, task, annex_1
):
    count = "共填报有关文件2件，其中已印发1件、起草中1件。"
    save(task, outline("", f"总体看，{count}"), number=2)
    assert "与来源现在的数字不一致" not in writer.get(url(task)).content.decode()

    save(annex_1, table(rows=[*ROWS, {**ROWS[1], "c4": "丙"}]), revision=1)

    text = writer.get(url(task)).content.decode()
    assert "本部分写的是“共填报有关文件2件”，与来源现在的数字不一致，请改正" in text
    save(task, outline("", "共填报有关文件3件。"), number=2, revision=1)
    assert "与来源现在的数字不一致" not in writer.get(url(task)).content.decode()


def test_all_of_a_section_are_taken_at_once(writer, task, annex_1):
    found = offers(writer.get(url(task)), "s2")
    keys = ",".join(offer.key for offer in found.values())

    writer.post(url(task), {"revision": "0", "sections.s2": "", "take": keys})

    written = Submission.objects.get(assignment=task).content["sections"]["s2"]
    assert written.split("\n") == [*found]
    (event,) = AuditEvent.objects.about(task).filter(verb="保存填报")
    assert "共填报有关文件2件" in event.detail_json


def test_sentence_that_the_rows_no_longer_give_is_not_taken(writer, task, annex_1):
    offer = offers(writer.get(url(task)), "s2")["《乙》（发文主体：省局），当前进展：起草中。"]
    save(annex_1, table(rows=ROWS[:1]), revision=1)

    answer = writer.post(
        url(task), {"revision": "0", "sections.s2": "甲", "take": offer.key}, follow=True
    )

    assert "来源数据刚刚有变化，有的句子没有采用" in answer.content.decode()
    assert Submission.objects.get(assignment=task).content["sections"]["s2"] == "甲"


def test_taking_more_than_the_limit_is_kept_and_told(writer, task, annex_1):
    offer = offers(writer.get(url(task)), "s1")["专题学习2次"]
    given = {"revision": "0", "sections.s1": "字" * 2998, "take": offer.key}

    answer = writer.post(url(task), given, follow=True)

    assert "总字数为3004字，超过3000字的上限，请删减4字。" in answer.content.decode()
    kept = Submission.objects.get(assignment=task).content["sections"]["s1"]
    assert kept.startswith("字" * 2998)


def test_what_other_bureaus_wrote_and_nil_reports_are_no_source(writer, task):
    issued = factories.obligation(task.bureau, factories.province("310000", "上海市"), number="1")
    own, others = (factories.owed_by(issued, code) for code in ("330000", "310000"))
    for one in (own, others):
        factories.accept(one)
    save(others, table())
    handing_in.hand_in_nil(own, now=NOW + timedelta(hours=3), by=filler(task.bureau))

    assert all(part.offers == [] for part in writer.get(url(task)).context["outline"])


def test_reader_above_sees_no_draft_sentences(client, task, annex_1):
    client.force_login(factories.staff(Role.COORDINATOR, factories.central()))

    text = client.get(url(task)).content.decode()

    assert "示政发〔2026〕3号" not in text
    assert "可采用的数据" not in text


@pytest.mark.parametrize("documents", [1, 30])
def test_offers_take_the_same_queries_for_one_row_and_for_thirty(
    writer, task, annex_1, django_assert_num_queries, documents
):
    save(annex_1, table(documents=documents), revision=1)

    with django_assert_num_queries(19):
        answer = writer.get(url(task))

    assert len(offers(answer, "s2")) == documents + 1
