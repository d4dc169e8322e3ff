"""Drafts, reports and people are found by those whom they are for."""

import pytest
from django.urls import reverse

from bureaus.roles import Role
from reports.actions import handing_in
from tests import factories
from tests.reports.search.asking import kinds_found, links
from tests.reports.written import NOW, save, table
from tests.world import logged_in

pytestmark = pytest.mark.django_db


def test_draft_is_found_by_nobody_and_a_report_by_those_above_once_it_is_in(folder):
    task = factories.accept(factories.assignment())
    filler = factories.staff(Role.FILLER, task.bureau)
    save(task, table(unit={"c2": "甲乙丙丁", "c3": "两次", "c7": "五场", "c8": "无"}))
    assert kinds_found(filler, "甲乙丙丁") == []

    handing_in.hand_in(task, now=NOW, by=filler)
    assert kinds_found(filler, "甲乙丙丁") == ["submissions"]
    assert kinds_found(factories.coordinator(), "甲乙丙丁") == []

    factories.walk(task, "pass_review", "submit", now=NOW)
    assert kinds_found(factories.coordinator(), "甲乙丙丁") == ["submissions"]

    factories.walk(task, "return_", now=NOW)
    assert kinds_found(factories.coordinator(), "甲乙丙丁") == []
    assert kinds_found(filler, "甲乙丙丁") == ["submissions"]


def test_people_are_found_by_those_who_administer_them():
    person = factories.staff(Role.FILLER, factories.province())
    admin = factories.staff(Role.UNIT_ADMIN, factories.province())
    elsewhere = factories.staff(Role.UNIT_ADMIN, factories.province("320000", "江苏省"))

    address = reverse("bureaus:person", args=[person.pk])
    assert address in links(logged_in(admin), "测试填报")
    assert links(logged_in(elsewhere), "测试填报") == []
    assert kinds_found(factories.coordinator(), "测试填报") == []
    assert kinds_found(admin, "浙江") == ["bureaus", "people"]
    assert kinds_found(elsewhere, "浙江") == []
