"""Role × address × own bureau or the receiving one × method: one table for each side, read whole.

The task is 填报中 at a province; the 总局 has asked for it and receives it. Each cell is what GET
and POST answer: 403 for what one has no post for, 404 for what one may not know of, 405 for a
method that an address does not take, 302 for done or told on the page, 422 for a form sent back.
A verdict is given where the content stands (reports:review), never by tasks:assignment_move.
Other provinces, cities and administrators: tests/test_access.py.
"""

from copy import deepcopy

import pytest
from django.db import transaction

from tests import factories
from tests.world import POSTED, READERS, World, loaded, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with loaded(django_db_blocker, tmp_path_factory.mktemp("files")) as world:
        yield world


@pytest.fixture
def world(made, db) -> World:
    return deepcopy(made)


# address, then each of READERS: 收文管理, 填报人, 审核人, 签发人
OWN = """
tasks:notice_detail                 200/200  200/200  200/200  200/200
tasks:issue                         403/403  403/403  403/403  403/403
tasks:notice_soon                   405/403  405/403  405/403  405/403
tasks:obligation_detail             200/200  200/200  200/200  200/200
tasks:obligation_amend              403/403  403/403  403/403  403/403
tasks:obligation_withdraw           403/403  403/403  403/403  403/403
tasks:obligation_add                403/403  403/403  403/403  403/403
tasks:obligation_take_back          405/403  405/403  405/403  405/403
tasks:obligation_happened           405/403  405/403  405/403  405/403
tasks:obligation_who_enters         405/403  405/403  405/403  405/403
tasks:assignment_happened           405/403  405/302  405/403  405/403
tasks:assignment_detail             200/200  200/200  200/200  200/200
tasks:assignment_move accept        405/302  405/302  405/403  405/403
tasks:assignment_move decline       405/302  405/302  405/403  405/403
tasks:assignment_move start         405/403  405/302  405/403  405/403
tasks:assignment_move hand_in       405/404  405/404  405/404  405/404
tasks:assignment_move report_nil    405/404  405/404  405/404  405/404
tasks:assignment_move pass_review   405/404  405/404  405/404  405/404
tasks:assignment_move review_back   405/404  405/404  405/404  405/404
tasks:assignment_move submit        405/404  405/404  405/404  405/404
tasks:assignment_move approval_back 405/404  405/404  405/404  405/404
tasks:assignment_move recall        405/403  405/403  405/403  405/302
tasks:assignment_move take_up       405/403  405/403  405/403  405/403
tasks:assignment_move close         405/404  405/404  405/404  405/404
tasks:assignment_move return_       405/404  405/404  405/404  405/404
tasks:assignment_move correct       405/403  405/302  405/403  405/403
tasks:assignment_move strike_off    405/403  405/403  405/403  405/403
tasks:assignment_move insist        405/403  405/403  405/403  405/403
tasks:assignment_move pass_on       405/404  405/404  405/404  405/404
tasks:assignment_move withdraw      405/403  405/403  405/403  405/403
tasks:assignment_trail              200/200  200/200  200/200  200/200
tasks:assignment_assign             405/302  405/302  405/403  405/403
tasks:assignment_urge               405/403  405/403  405/403  405/403
tasks:assignment_pass_on            403/403  403/403  403/403  403/403
tasks:extension_request             405/403  405/302  405/403  405/403
tasks:extension_decide              405/403  405/403  405/403  405/403
tasks:extension_take_back           405/403  405/302  405/403  405/403
tasks:feed_revoke                   405/404  405/302  405/404  405/404
tasks:split                         200/422  403/403  403/403  403/403
reports:form                        200/403  200/422  200/403  200/403
reports:nil                         405/403  405/302  405/403  405/403
reports:merge                       403/403  302/302  403/403  403/403
reports:form_download               200/200  200/200  200/200  200/200
reports:template                    403/403  200/200  403/403  403/403
reports:upload                      403/403  200/422  403/403  403/403
reports:version                     200/200  200/200  200/200  200/200
reports:review                      403/403  403/403  302/302  302/302
reports:step                        302/405  302/405  302/405  302/405
reports:sign_sheet                  200/405  200/405  200/405  200/405
reports:package                     405/302  405/302  405/302  405/302
reports:originals                   405/403  405/403  405/403  405/403
reports:production                  404/405  200/405  404/405  404/405
reports:production_download         404/405  302/405  404/405  404/405
reports:production_cancel           405/404  405/302  405/404  405/404
reports:roll_up                     403/403  403/403  403/403  403/403
reports:schema                      200/403  200/403  200/403  200/403
reports:notice_forms                200/405  200/405  200/405  200/405
reports:form_confirm                302/403  302/403  302/403  302/403
reports:forms_issue                 302/403  302/403  302/403  302/403
reports:roll_up_number              403/403  403/403  403/403  403/403
reports:roll_up_download            403/403  403/403  403/403  403/403
notices:check unchecked             200/422  404/404  404/404  404/404
notices:check filed                 403/403  403/403  403/403  403/403
notices:clause_add unchecked        405/422  405/404  405/404  405/404
notices:clause_add filed            405/403  405/403  405/403  405/403
notices:expansion unchecked         200/405  404/405  404/405  404/405
notices:expansion filed             403/405  403/405  403/405  403/405
notices:dates unchecked             200/405  404/405  404/405  404/405
notices:dates filed                 403/405  403/405  403/405  403/405
notices:discard unchecked           405/302  405/404  405/404  405/404
notices:discard filed               405/403  405/403  405/403  405/403
"""
RECEIVING = """
tasks:notice_detail                 200/200  200/200  200/200  200/200
tasks:issue                         200/422  403/403  403/403  403/403
tasks:notice_soon                   405/422  405/403  405/403  405/403
tasks:obligation_detail             200/200  200/200  200/200  200/200
tasks:obligation_amend              200/422  403/403  403/403  403/403
tasks:obligation_withdraw           200/302  403/403  403/403  403/403
tasks:obligation_add                200/422  403/403  403/403  403/403
tasks:obligation_take_back          405/302  405/403  405/403  405/403
tasks:obligation_happened           405/302  405/403  405/403  405/403
tasks:obligation_who_enters         405/302  405/403  405/403  405/403
tasks:assignment_happened           405/403  405/403  405/403  405/403
tasks:assignment_detail             200/200  200/200  200/200  200/200
tasks:assignment_move accept        405/403  405/403  405/403  405/403
tasks:assignment_move decline       405/403  405/403  405/403  405/403
tasks:assignment_move start         405/403  405/403  405/403  405/403
tasks:assignment_move hand_in       405/404  405/404  405/404  405/404
tasks:assignment_move report_nil    405/404  405/404  405/404  405/404
tasks:assignment_move pass_review   405/404  405/404  405/404  405/404
tasks:assignment_move review_back   405/404  405/404  405/404  405/404
tasks:assignment_move submit        405/404  405/404  405/404  405/404
tasks:assignment_move approval_back 405/404  405/404  405/404  405/404
tasks:assignment_move recall        405/403  405/403  405/403  405/403
tasks:assignment_move take_up       405/302  405/403  405/403  405/403
tasks:assignment_move close         405/404  405/404  405/404  405/404
tasks:assignment_move return_       405/404  405/404  405/404  405/404
tasks:assignment_move correct       405/403  405/403  405/403  405/403
tasks:assignment_move strike_off    405/302  405/403  405/403  405/403
tasks:assignment_move insist        405/302  405/403  405/403  405/403
tasks:assignment_move pass_on       405/404  405/404  405/404  405/404
tasks:assignment_move withdraw      405/302  405/403  405/403  405/403
tasks:assignment_trail              200/200  200/200  200/200  200/200
tasks:assignment_assign             405/403  405/403  405/403  405/403
tasks:assignment_urge               405/302  405/403  405/403  405/403
tasks:assignment_pass_on            302/302  403/403  403/403  403/403
tasks:extension_request             405/403  405/403  405/403  405/403
tasks:extension_decide              405/422  405/403  405/403  405/403
tasks:extension_take_back           405/403  405/403  405/403  405/403
tasks:feed_revoke                   405/404  405/404  405/404  405/404
tasks:split                         403/403  403/403  403/403  403/403
reports:form                        200/403  200/403  200/403  200/403
reports:nil                         405/403  405/403  405/403  405/403
reports:merge                       403/403  403/403  403/403  403/403
reports:form_download               200/200  200/200  200/200  200/200
reports:template                    403/403  403/403  403/403  403/403
reports:upload                      403/403  403/403  403/403  403/403
reports:version                     404/404  404/404  404/404  404/404
reports:review                      302/302  403/403  403/403  403/403
reports:step                        302/405  302/405  302/405  302/405
reports:sign_sheet                  403/405  403/405  403/405  403/405
reports:package                     405/302  405/302  405/302  405/302
reports:originals                   405/302  405/403  405/403  405/403
reports:production                  404/405  404/405  404/405  404/405
reports:production_download         404/405  404/405  404/405  404/405
reports:production_cancel           405/404  405/404  405/404  405/404
reports:roll_up                     200/200  403/403  403/403  403/403
reports:schema                      200/200  200/403  200/403  200/403
reports:notice_forms                200/405  200/405  200/405  200/405
reports:form_confirm                302/302  302/403  302/403  302/403
reports:forms_issue                 302/422  302/403  302/403  302/403
reports:roll_up_number              200/200  403/403  403/403  403/403
reports:roll_up_download            200/200  403/403  403/403  403/403
notices:check unchecked             404/404  404/404  404/404  404/404
notices:check filed                 302/302  403/403  403/403  403/403
notices:clause_add unchecked        405/404  405/404  405/404  405/404
notices:clause_add filed            405/422  405/403  405/403  405/403
notices:expansion unchecked         404/405  404/405  404/405  404/405
notices:expansion filed             200/405  403/405  403/405  403/405
notices:dates unchecked             404/405  404/405  404/405  404/405
notices:dates filed                 200/405  403/405  403/405  403/405
notices:discard unchecked           405/404  405/404  405/404  405/404
notices:discard filed               405/302  405/403  405/403  405/403
"""


def table(text: str) -> dict[str, list[str]]:
    """The answers of each role by address."""
    cells = [line.rsplit(maxsplit=len(READERS)) for line in text.strip().splitlines()]
    return {name.strip(): answers for name, *answers in cells}


def addresses(world: World) -> dict[str, str]:
    """The URL of every address of the tables, told apart by verb and by what the notice is."""
    found: dict[str, str] = {}
    for name, url in world.urls():
        kind = ""
        if name == "tasks:assignment_move":
            kind = " " + url.split("/")[-2]
        elif name.startswith("notices:"):
            kind = " unchecked" if f"/{world.unchecked.pk}/" in url else " filed"
        found.setdefault(name + kind, url)
    return found


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("text", [OWN, RECEIVING], ids=["own", "receiving"])
def test_every_address_answers_each_role_as_the_table_says(world, role, text):
    bureau = world.owner if text is OWN else factories.central()
    client, urls = logged_in(factories.staff(role, bureau)), addresses(world)
    expected = {name: answers[READERS.index(role)] for name, answers in table(text).items()}

    found = {}
    for name in expected:
        with transaction.atomic():  # each is asked of the same rows
            got = client.get(urls[name]).status_code
            posted = client.post(urls[name], POSTED).status_code
            transaction.set_rollback(True)
        found[name] = f"{got}/{posted}"

    assert found == expected


def test_tables_know_the_same_addresses_and_every_move(world):
    own, receiving = table(OWN), table(RECEIVING)
    moves = {name for name in addresses(world) if name.startswith("tasks:assignment_move")}

    assert list(own) == list(receiving)
    assert moves <= set(own) <= set(addresses(world))


def test_who_fills_in_is_no_receiver_and_who_receives_fills_nothing_in():
    """The tables themselves: whoever may do something on one side may not on the other."""
    deeds = {name for name in table(OWN) if name.startswith("tasks:assignment_move")}
    for name in deeds:
        own, receiving = table(OWN)[name], table(RECEIVING)[name]
        assert not ("405/302" in own and "405/302" in receiving), name
