"""Sure readings fold to a line each and are confirmed at once; each can be taken back."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from notices.actions import checking, confirming
from notices.checking.sure import is_sure
from notices.errors import NoticeError
from notices.models import Clause
from tests import factories
from tests.notices.views.test_check import as_shown, errors, url
from tests.tasks.merging import copies

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def notice(office):
    """Three readings: high 把握, low 把握, high with an ambiguous day."""
    made = factories.notice(factories.TEXT_APART)
    first, second, third = made.clauses.reports()
    made.clauses.update(needs_confirming=False, confidence=Decimal("0.99"))
    Clause.objects.filter(pk=second.pk).update(confidence=Decimal("0.10"))
    Clause.objects.filter(pk=third.pk).update(needs_confirming=True, explanation="日期不明")
    assert first.state == "proposed"
    return made


def states(notice):
    return list(notice.clauses.reports().values_list("state", flat=True))


def undecided(page, **typed):
    """What a browser posts where nothing but ``typed`` is chosen: radios unset are not sent."""
    posted = as_shown(page, decision="", **typed)
    return {name: value for name, value in posted.items() if name in typed or value != ""}


def cards(answer):
    """Of each card whether it lies open, and its markup."""
    found = re.findall(
        r'<article class="card-reading.*?</article>', answer.content.decode(), re.DOTALL
    )
    return [('<details class="card-fold" open>' in card, card) for card in found]


def test_sure_readings_are_one_line_and_doubtful_ones_open(office, notice):
    (first, card), (second, low), (third, ambiguous) = cards(office.get(url(notice)))

    assert (first, second, third) == (False, True, True)
    line = re.search(r"<summary>.*?</summary>", card, re.DOTALL)[0]
    assert all(word in line for word in ("填表", "2026-03-31", "各单位", "把握高"))
    assert "系统把握不高，请对照原文" in low
    assert "日期不明" in ambiguous


def test_a_reading_whose_form_is_missing_is_open_and_says_so(office, notice):
    notice.attachments.filter(position=1).update(kind="missing")

    is_open, card = cards(office.get(url(notice)))[0]

    assert is_open
    assert "原文没有附件1的内容，各单位只能以文字报送。" in card


def test_all_sure_readings_are_confirmed_with_one_press(office, notice):
    page = office.get(url(notice))
    assert page.context["sure_waiting"] == 1

    answer = office.post(url(notice, "confirm_sure"), undecided(page))

    assert answer.status_code == 200
    assert states(notice) == ["confirmed", "proposed", "proposed"]
    assert "已确认把握高的1项，可以逐项撤销" in answer.content.decode()
    assert answer.context["sure_waiting"] == 0
    event = AuditEvent.objects.get(verb="确认把握高的事项")
    assert (event.detail, event.actor_key) == ({"clauses": [1]}, str(factories.coordinator().pk))
    shown = office.get(url(notice)).context["decisions"]
    assert [form["decision"].value() for form in shown] == ["yes", None, None]


def test_what_is_typed_and_refused_stays_when_the_others_are_confirmed(office, notice):
    first = notice.clauses.reports()[0]
    Clause.objects.update(needs_confirming=False, confidence=Decimal("0.99"))
    typed = {f"clause-{first.pk}-decision": "no", "title": "改正的标题"}
    data = undecided(office.get(url(notice)), **typed)

    answer = office.post(url(notice, "confirm_sure"), data)

    assert states(notice) == ["proposed", "confirmed", "confirmed"]
    forms = answer.context["decisions"]
    assert [form["decision"].value() for form in forms] == ["no", "yes", "yes"]
    assert answer.context["metadata"]["title"].value() == "改正的标题"


def test_each_confirmation_can_be_taken_back(office, notice):
    first = notice.clauses.reports()[0]
    page = office.post(url(notice, "confirm_sure"))
    undo = reverse("notices:take_back", args=[notice.pk, first.pk])
    assert f'formaction="{undo}#card-{first.pk}"' in cards(page)[0][1]

    answer = office.post(undo, as_shown(page))

    assert states(notice)[0] == "proposed"
    decided = [form["decision"].value() for form in answer.context["decisions"]]
    assert decided == [None, "yes", "yes"]  # the others as they were posted
    assert undo not in answer.content.decode()
    assert AuditEvent.objects.get(verb="撤销确认事项").detail == {"clauses": [1]}


def test_what_was_confirmed_is_filed_by_its_own_press_only(office, notice):
    office.post(url(notice, "confirm_sure"))

    assert factories.fresh(notice).state == "to_check"
    office.post(url(notice), as_shown(office.get(url(notice))))
    assert factories.fresh(notice).state == "filed"
    assert AuditEvent.objects.get(verb="核对入库").detail["confirmed"] == [1, 2, 3]


def test_a_sure_reading_opens_where_something_typed_is_wrong(office, notice):
    first = notice.clauses.reports()[0]
    data = as_shown(office.get(url(notice)), **{f"clause-{first.pk}-due_on": "2026-02-30"})

    is_open, card = cards(office.post(url(notice), data))[0]

    assert is_open
    assert "“2026-02-30”不是日期" in card


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("confirm_sure", "把握高的事项都已核对，其余请逐项核对"),
        ("take_back", "该事项没有确认，不用撤销"),
    ],
)
def test_nothing_left_to_be_done_is_told(office, notice, page, message):
    Clause.objects.update(confidence=Decimal("0.10"))
    number = [notice.clauses.reports()[0].pk] if page == "take_back" else []

    answer = office.post(reverse(f"notices:{page}", args=[notice.pk, *number]))

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert states(notice) == ["proposed"] * 3


def test_after_filing_nothing_is_confirmed_or_taken_back(notice):
    given = {"now": factories.NOW, "by": factories.coordinator()}
    copies.file(notice)

    with pytest.raises(NoticeError, match="已经核对过"):
        confirming.confirm_sure(notice, **given)
    with pytest.raises(NoticeError, match="已经核对过"):
        confirming.take_back(notice, notice.clauses.reports()[0].pk, **given)
    assert states(notice) == ["confirmed"] * 3


def test_only_those_who_check_confirm(office, notice):
    office.force_login(factories.staff(Role.COORDINATOR, factories.province()))

    assert office.post(url(notice, "confirm_sure")).status_code == 404
    assert office.get(url(notice, "confirm_sure")).status_code in (404, 405)
    with pytest.raises(NoticeError, match="没有“核对入库”权限"):
        confirming.confirm_sure(
            notice, now=factories.NOW, by=factories.staff(Role.FILLER, factories.province())
        )


def test_what_a_person_added_is_theirs_to_decide(notice):
    added = checking.add_clause(
        notice,
        quote="质量工作",
        deliverable="材料",
        due_on=None,
        now=factories.NOW,
        by=factories.coordinator(),
    )

    assert not is_sure(added, notice.attachments.all())


def test_confirming_takes_the_same_queries_for_any_number(notice, django_assert_num_queries):
    by = factories.coordinator()
    first = notice.clauses.reports()[0]
    for position in range(10, 30):
        Clause.objects.create(
            notice=notice, position=position, quote=first.quote, confidence=Decimal("0.99")
        )
    by.may("check", at=notice.bureau)  # what the login reads once

    with django_assert_num_queries(10):
        confirmed = confirming.confirm_sure(notice, now=factories.NOW, by=by)

    assert len(confirmed) == 21


def test_a_copy_merged_before_filing_is_checked_anew():
    old = factories.notice(copies.WHOLE)
    given = {"now": factories.NOW, "by": factories.coordinator()}
    old.clauses.update(needs_confirming=False, confidence=Decimal("0.99"))
    confirming.confirm_sure(old, **given)

    copies.merged(copies.came(copies.CORRECTED))

    assert set(states(old)) == {"proposed"}
    assert not any(clause.changes.exists() for clause in old.clauses.all())


def test_filing_confirms_what_is_sure_where_the_page_says_so(office, notice):
    Clause.objects.filter(notice=notice).update(
        needs_confirming=False, confidence=Decimal("0.99"), explanation=""
    )
    page = office.get(url(notice))
    assert '<input type="hidden" name="with_sure" value="1">' in page.content.decode()
    refused = page.context["decisions"][1].add_prefix("decision")

    answer = office.post(url(notice), undecided(page, with_sure="1", **{refused: "no"}))

    assert answer.status_code == 302
    assert states(notice) == ["confirmed", "rejected", "confirmed"]


def test_filing_so_still_asks_about_what_is_doubtful(office, notice):
    page = office.get(url(notice))

    answer = office.post(url(notice), undecided(page, with_sure="1"))

    assert answer.status_code == 422
    assert errors(answer).keys() == {"2-decision", "3-decision"}
    assert states(notice) == ["proposed", "proposed", "proposed"]
