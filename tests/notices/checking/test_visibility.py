import pytest

from bureaus.models import Bureau
from bureaus.roles import Role
from notices.actions import addressees
from notices.models import Addressee, Notice
from tests import factories

pytestmark = pytest.mark.django_db
READERS = [Role.COORDINATOR, Role.FILLER, Role.REVIEWER, Role.APPROVER]
ADMINISTRATORS = [Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR]


@pytest.fixture
def sent():
    """Filed by the 总局 and sent to 浙江."""
    notice = factories.filed_notice()
    addressees.add(notice, [factories.province()])
    return notice


def seen(user):
    return list(Notice.objects.visible_to(user))


@pytest.mark.parametrize("role", READERS)
def test_addressed_bureau_reads_the_notice(sent, role):
    assert seen(factories.staff(role, factories.province())) == [sent]


@pytest.mark.parametrize("role", READERS)
def test_office_above_the_addressee_reads_the_notice(sent, role):
    assert seen(factories.staff(role, factories.central())) == [sent]


@pytest.mark.parametrize("role", READERS)
def test_neighbours_and_lower_bureaus_do_not_read_it(sent, role):
    jiangsu = factories.province("320000", "江苏省")
    hangzhou = factories.prefecture(factories.province())

    assert seen(factories.staff(role, jiangsu)) == []
    assert seen(factories.staff(role, hangzhou)) == []


@pytest.mark.parametrize("role", ADMINISTRATORS)
@pytest.mark.parametrize("at", [factories.central, factories.province])
def test_administrators_read_no_notice(sent, role, at):
    assert seen(factories.staff(role, at())) == []


def test_notice_still_being_checked_is_seen_by_those_who_check_only():
    notice = factories.notice()
    addressees.add(notice, [factories.province()])

    assert seen(factories.coordinator()) == [notice]
    for role in READERS[1:]:
        assert seen(factories.staff(role, factories.central())) == []
    for role in READERS:
        assert seen(factories.staff(role, factories.province())) == []


def test_two_addressees_of_one_subtree_show_the_notice_once(sent):
    addressees.add(sent, [factories.prefecture(factories.province())])

    assert seen(factories.staff(Role.FILLER, factories.province())) == [sent]


def test_adding_an_addressee_again_changes_nothing(sent):
    addressees.add(sent, Bureau.objects.filter(code__in=["330000"]))

    assert list(Addressee.objects.values_list("bureau__code", "path")) == [("330000", "/330000/")]


def test_list_counts_the_clauses_that_were_not_rejected(sent):
    sent.clauses.filter(position=1).update(state="rejected")

    (row,) = Notice.objects.for_list()

    assert row.clause_count == sent.clauses.count() - 1 > 0
