"""The pages of a copy: what differs, what to do, what is waiting, where each source is."""

import pytest
from django.urls import reverse

from bureaus.roles import Role
from notices.models import ClauseChange, Notice
from tasks.actions.merging import How
from tests import factories
from tests.factories import fresh
from tests.pages import told
from tests.tasks.merging import copies
from tests.tasks.merging.copies import came, comparison, filed, issued, merged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workdays")]


def check_url(notice):
    return reverse("notices:check", args=[notice.pk])


def merge(office, upload, how, **changes):
    data = {"how": how, "seen": comparison(upload).old.digest} | changes
    return office.post(reverse("tasks:notice_merge", args=[upload.pk]), data)


def advised(answer):
    return [choice.value for choice in answer.context["twin"].choices if choice.is_advised]


# --- the panel ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "headline", "value"),
    [
        (copies.CUT, copies.WHOLE, "本件比已有文件更全", "take"),
        (copies.WHOLE, copies.CUT_EARLY, "本件不如已有文件全", "keep"),
        (copies.WHOLE, copies.CORRECTED, "本件与已有文件的要求不同", "take"),
        (copies.WHOLE, copies.WHOLE, "两份内容相同", "keep"),
    ],
)
def test_panel_says_how_the_copies_compare_and_what_to_do(office, first, second, headline, value):
    filed(first)

    answer = office.get(check_url(came(second)))

    assert answer.context["twin"].headline == headline
    assert advised(answer) == [value]
    page = answer.content.decode()
    assert ("也可以在页面底部作废本件" in page) == (first == second)


def test_changed_day_and_column_are_named(office):
    filed()

    page = office.get(
        check_url(came(copies.WIDER.replace("2026年3月31日前", "2026年4月10日前")))
    ).content.decode()

    assert "时限有变：质量工作进展情况" in page
    assert "<del>2026年3月31日</del> → <ins>2026年4月10日</ins>" in page
    assert "增加1栏（投入金额）" in page


def test_notice_without_a_copy_has_no_panel(office):
    assert 'id="twin"' not in office.get(check_url(came(copies.WHOLE))).content.decode()


# --- what is done -------------------------------------------------------------------------------


def test_taking_over_what_is_filed_leads_to_what_is_to_be_decided(office):
    notice = filed(copies.CUT)
    upload = came(copies.WHOLE)

    answer = merge(office, upload, "take")

    assert answer.url == reverse("tasks:notice_changes", args=[notice.pk])
    assert told(answer) == ["已并入，两份来源都可以在文件页查看"]


def test_taking_over_what_waits_leads_to_its_check_page(office):
    notice = came(copies.CUT)

    answer = merge(office, came(copies.WHOLE), "take")

    assert answer.url == check_url(notice)


def test_keeping_leads_to_the_notice(office):
    notice = filed()

    answer = merge(office, came(copies.CUT_EARLY), "keep")

    assert answer.url == reverse("tasks:notice_detail", args=[notice.pk])


def test_parting_leads_back(office):
    filed()
    upload = came(copies.LATER)

    answer = merge(office, upload, "part")

    assert (answer.url, fresh(upload).twin_of) == (check_url(upload), None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"how": ""}, "请先选择怎样处理"),
        ({"how": "other"}, "请先选择怎样处理"),
        ({"seen": "0" * 64}, "已有文件刚刚有变动，请看过新的比对结果后再选择"),
        ({"seen": ""}, "已有文件刚刚有变动，请看过新的比对结果后再选择"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_stored(office, changes, said):
    filed(copies.CUT)
    upload = came(copies.WHOLE)

    answer = merge(office, upload, **{"how": "take"} | changes)

    assert told(answer) == [said]
    assert fresh(upload).state == "to_check"


def test_merged_copy_leads_to_the_notice_that_is_left(office):
    notice = filed(copies.CUT)
    upload = came(copies.WHOLE)
    merged(upload)

    first = office.get(check_url(upload))

    assert (first.url, told(first)) == (check_url(notice), ["该文件已并入下面这份文件"])
    assert list(office.get(reverse("notices:library")).context["page_obj"]) == [notice]


def test_who_may_not_check_gets_no_further(enter, clock):
    province = factories.province()
    notice = filed()
    issued(notice)
    upload = came(copies.LATER)
    client = enter(factories.staff(Role.FILLER, province))

    assert merge(client, upload, "take").status_code == 404
    assert client.get(reverse("tasks:notice_changes", args=[notice.pk])).status_code == 403


# --- both files on both pages -------------------------------------------------------------------


def test_every_source_is_linked_and_opens_with_what_differs(office):
    notice = filed(copies.CUT)
    merged(came(copies.WHOLE))
    first, second = notice.sources.order_by("pk")

    detail = office.get(reverse("tasks:notice_detail", args=[notice.pk])).content.decode()
    page = office.get(reverse("notices:source", args=[first.pk]))

    for source in (first, second):
        assert reverse("notices:source", args=[source.pk]) in detail
    assert page.context["lines"][-1] == copies.CUT_MARK
    assert page.context["passages"].added > 0
    assert (
        "文件现在用的就是这一份的正文"
        in office.get(reverse("notices:source", args=[second.pk])).content.decode()
    )


def test_addressed_bureau_sees_the_sources_and_may_not_take_them_back(enter, clock):
    notice = filed()
    issued(notice)
    source = merged(came(copies.CUT_EARLY), How.KEEP).merged.source
    client = enter(factories.staff(Role.COORDINATOR, factories.province()))

    page = client.get(reverse("notices:source", args=[source.pk]))
    refused = client.post(reverse("notices:source_release", args=[source.pk]))

    assert (page.status_code, page.context["may_release"]) == (200, False)
    assert told(refused) == [f"您在{notice.bureau}没有“核对入库”权限"]
    assert notice.sources.count() == 2


def test_source_of_another_s_notice_is_not_there(enter, clock):
    filed()
    source = merged(came(copies.CUT_EARLY), How.KEEP).merged.source
    client = enter(factories.staff(Role.COORDINATOR, factories.province()))

    assert client.get(reverse("notices:source", args=[source.pk])).status_code == 404


def test_taking_back_leads_to_the_copy(office):
    filed()
    upload = came(copies.CUT_EARLY)
    source = merged(upload, How.KEEP).merged.source

    answer = office.post(reverse("notices:source_release", args=[source.pk]))

    assert (answer.url, fresh(upload).state) == (check_url(upload), "to_check")


def test_copy_that_waits_is_linked_with_what_is_there_both_ways(office):
    waiting = came(copies.CUT)
    upload = came(copies.WHOLE)
    assert check_url(upload) in office.get(check_url(waiting)).content.decode()
    assert check_url(waiting) in office.get(check_url(upload)).content.decode()

    notice = copies.file(fresh(waiting))
    detail = reverse("tasks:notice_detail", args=[notice.pk])

    assert check_url(upload) in office.get(detail).content.decode()
    assert detail in office.get(check_url(upload)).content.decode()


def test_library_shows_what_waits_until_it_is_decided(office):
    notice = filed()
    library, link = reverse("notices:library"), reverse("tasks:notice_changes", args=[notice.pk])
    assert link not in office.get(library).content.decode()

    merged(came(copies.LATER))
    assert link in office.get(library).content.decode()

    office.post(changes_url(notice), decided(notice, "kept"))
    assert link not in office.get(library).content.decode()


# --- what waits ---------------------------------------------------------------------------------


def changes_url(notice):
    return reverse("tasks:notice_changes", args=[notice.pk])


def test_changes_wait_on_the_notice_s_page_until_they_are_decided(office):
    notice = filed(copies.CUT)
    issued(notice)
    merged(came(copies.LATER))

    detail = office.get(reverse("tasks:notice_detail", args=[notice.pk])).content.decode()
    page = office.get(changes_url(notice))

    assert "并入的文本有 3 处变动待核对" in detail
    assert len(page.context["page"].decisions) == 2
    (line,) = page.context["page"].lines
    assert line.effects[0].amendment.moving == 1


def decided(notice, decision="adopted", **more):
    data = {}
    for change in ClauseChange.objects.filter(clause__notice=notice, decision=""):
        data[f"change-{change.pk}-decision"] = decision
        data[f"change-{change.pk}-reason"] = "来文更正"
    for clause in notice.clauses.reports().filter(state="proposed"):
        data[f"clause-{clause.pk}-decision"] = "yes"
        data[f"clause-{clause.pk}-deliverable"] = clause.deliverable
    return data | more


def test_all_of_it_is_decided_at_once(office):
    notice = filed(copies.CUT)
    obligation = issued(notice)
    merged(came(copies.LATER))

    answer = office.post(changes_url(notice), decided(notice))

    assert answer.url == reverse("tasks:notice_detail", args=[notice.pk])
    assert told(answer) == ["已核对变动，已更改1个已下发的事项，有关单位可以看到"]
    assert copies.day(fresh(obligation).due_at) == "04-10"
    assert [state for state, _, _ in copies.duties(notice)] == ["confirmed"] * 3
    assert office.get(changes_url(notice)).context["page"].is_empty


@pytest.mark.parametrize("missing", ["decision", "reason"])
def test_what_is_left_open_is_asked_for_at_its_place(office, missing):
    notice = filed()
    obligation = issued(notice)
    merged(came(copies.LATER))
    (change,) = ClauseChange.objects.all()

    answer = office.post(
        changes_url(notice), decided(notice) | {f"change-{change.pk}-{missing}": ""}
    )

    said = {"decision": "请选择按新件还是仍按原件", "reason": "请填写理由，有关单位看得到"}
    assert answer.status_code == 422
    assert said[missing] in answer.content.decode()
    assert copies.day(fresh(obligation).due_at) == "03-31"


def test_who_was_slower_is_told(office):
    notice = filed()
    merged(came(copies.LATER))
    data = decided(notice)
    merged(came(copies.WITHOUT_SECOND.replace("3月31日", "4月12日")))

    answer = office.post(changes_url(notice), data)

    assert answer.status_code == 422
    assert ClauseChange.objects.filter(decision="").count() == 2


@pytest.mark.parametrize("more", [0, 10])
def test_pages_ask_as_often_for_many_sources(office, django_assert_num_queries, more):
    notice = filed()
    merged(came(copies.CUT_EARLY), How.KEEP)
    for _ in range(more):
        merged(came(copies.CUT_EARLY), How.KEEP)

    with django_assert_num_queries(22):
        office.get(reverse("tasks:notice_detail", args=[notice.pk]))
    assert Notice.objects.filter(state="merged").count() == more + 1
