"""What those who issue see of deadlines in doubt, and how they decide."""

from datetime import date

import pytest

from bureaus.actions.registry import load_workdays
from bureaus.roles import Role
from tasks.actions.recounting import recount
from tasks.models import DeadlineDoubt, Recount
from tests import factories
from tests.factories import NOW, fresh, owed_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

WORDS_ON = date(2026, 4, 2)  # a Thursday
PAGE = "/calendar/moves/"
NOTE = "工作日历更新后，1个事项按原文推算的截止时间与现在的不同，需要核定"


@pytest.fixture
def doubted(issued):
    """By the new calendar the words come to two days later."""
    load_workdays()
    recount(NOW)
    made = Recount.objects.get()
    DeadlineDoubt.objects.create(
        obligation=issued, recount=made, due_at=issued.due_at, words_on=WORDS_ON
    )
    return issued


@pytest.fixture
def office(enter):
    return enter(factories.coordinator())


def told(client) -> list[str]:
    return [note.words for note in client.get("/").context["notes"]]


def amend_page(issued) -> str:
    return f"/obligations/{issued.pk}/amend/"


def test_who_issued_is_told_and_led_to_the_change(office, doubted):
    assert told(office) == [NOTE]

    page = office.get(PAGE).content.decode()

    assert "2026-04-02（周四）" in page
    assert f'href="{amend_page(doubted)}"' in page
    assert "不改的，维持现在的截止时间" in page


def test_page_of_the_obligation_says_it_beside_the_explanation(office, doubted):
    page = office.get(f"/obligations/{doubted.pk}/").content.decode()

    assert "时限待核定" in page
    assert "2026-04-02（周四）" in page


def test_change_is_proposed_and_ends_the_doubt(office, doubted):
    form = office.get(amend_page(doubted)).context["form"]
    assert form.initial == {"until": WORDS_ON, "reason": "工作日历更新，按原文重新推算"}
    posted = {"until": f"{WORDS_ON}", "reason": form.initial["reason"], "seen": f"{WORDS_ON}"}

    office.post(amend_page(doubted), posted)

    assert fresh(doubted).due_at.date() == WORDS_ON
    assert told(office) == []
    assert "时限待核定" not in office.get(PAGE).content.decode()
    assert office.get(amend_page(doubted)).context["form"].initial == {}


def test_who_only_owes_it_sees_it_and_cannot_change_it(enter, doubted):
    bureau = enter(factories.staff(Role.FILLER, owed_by(doubted, "330000").bureau))

    assert told(bureau) == []
    page = bureau.get(PAGE).content.decode()

    assert "2026-04-02（周四）" in page
    assert amend_page(doubted) not in page


def test_what_one_may_not_see_is_not_listed(enter, doubted):
    stranger = enter(factories.staff(Role.COORDINATOR, factories.province("440000", "广东省")))

    assert "2026-04-02（周四）" not in stranger.get(PAGE).content.decode()
    assert told(stranger) == []
