"""Notices that name one another are linked both ways, for those who may see them."""

import pytest
from django.urls import reverse

from bureaus.roles import Role
from notices.actions import checking
from notices.checking.citations import cited_by, cites
from notices.checking.decisions import as_read
from tests import factories
from tests.factories import NOW
from tests.tasks.merging import copies, passed_on

pytestmark = pytest.mark.django_db


def shown(found):
    return [(one.kind, one.number, one.notices) for one in found]


@pytest.fixture
def zhejiang():
    return factories.province()


@pytest.fixture
def person(zhejiang):
    return factories.staff(Role.COORDINATOR, zhejiang)


def test_both_are_linked_for_who_sees_both(zhejiang, person):
    passed_on.asked_of(zhejiang)
    ours = passed_on.filed(zhejiang)
    theirs = factories.coordinator().bureau.notices.get()

    assert shown(cites(ours, person)) == [("落实", "国市监测〔2026〕1号", [theirs])]
    assert shown(cited_by(theirs, person)) == [("落实", "浙市监质〔2026〕5号", [ours])]


def test_notice_that_comes_later_is_found(zhejiang, person):
    ours = passed_on.filed(zhejiang)
    assert shown(cites(ours, person)) == [("落实", "国市监测〔2026〕1号", [])]

    passed_on.asked_of(zhejiang)

    assert len(cites(ours, person)[0].notices) == 1


def test_notice_of_another_s_library_is_not_shown(zhejiang, person):
    other = factories.province("320000", "江苏省")
    theirs = factories.filed_notice(passed_on.CENTRAL, bureau=other)
    ours = passed_on.filed(zhejiang)

    assert shown(cites(ours, person)) == [("落实", "国市监测〔2026〕1号", [])]
    assert cited_by(theirs, factories.staff(Role.COORDINATOR, other)) == []


def test_copies_and_discarded_ones_are_not_linked(zhejiang, person):
    by = factories.staff(Role.COORDINATOR, zhejiang)
    ours = factories.notice(passed_on.text(), bureau=zhejiang)
    theirs = factories.filed_notice(passed_on.CENTRAL, bureau=zhejiang)
    assert len(cited_by(theirs, person)) == 1

    checking.discard(ours, reason="导错", now=NOW, by=by)

    assert cited_by(theirs, person) == []


def test_taking_over_a_fuller_copy_takes_over_what_it_names(zhejiang, person):
    cut = passed_on.OPENING + "现就有关事项通知\n" + copies.CUT_MARK
    first = factories.notice(cut, bureau=zhejiang)
    assert cites(first, person) == []

    copies.merged(factories.notice(passed_on.text(), bureau=zhejiang), by=person)

    assert shown(cites(first, person)) == [("落实", "国市监测〔2026〕1号", [])]


def test_own_number_that_a_person_corrects_is_no_citation(zhejiang, person):
    text = passed_on.text(cites="根据浙市监质〔2026〕8号要求，通知如下。\n\n")
    notice = factories.notice(text, bureau=zhejiang)
    decisions = {clause.pk: as_read(clause) for clause in notice.clauses.reports()}

    checking.file(
        notice,
        metadata={"doc_number": "浙市监质〔2026〕8号"},
        decisions=decisions,
        now=NOW,
        by=person,
    )

    assert [one.number for one in cites(notice, person)] == ["浙市监质〔2026〕5号"]


def test_both_pages_show_the_links(client, zhejiang, person):
    passed_on.asked_of(zhejiang)
    waiting = factories.notice(passed_on.text(), bureau=zhejiang)
    theirs = factories.coordinator().bureau.notices.get()
    client.force_login(person)

    check = client.get(reverse("notices:check", args=[waiting.pk])).content.decode()
    detail = client.get(reverse("tasks:notice_detail", args=[theirs.pk])).content.decode()

    assert reverse("tasks:notice_detail", args=[theirs.pk]) in check
    assert reverse("notices:check", args=[waiting.pk]) in detail
    assert "被落实" in detail
