import pytest

from tests import factories
from tests.factories import RUNGS, owed_by, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TO_SUBMIT = ("accept", "hand_in", "pass_review", "submit")


def shown(answer) -> list[str]:
    return [assignment.bureau.code for assignment in answer.context["assignments"]]


def test_ledger_is_in_administrative_order_for_one_target(office, issued):
    assert shown(office.get("/ledger/")) == ["110000", "320000", "330000", "650000"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["110000", "330000", "650000"]),
        ("light=", ["110000", "320000", "330000", "650000"]),
        ("light=done", ["320000"]),
        ("light=owed", ["110000", "330000"]),
        ("light=mine", ["650000"]),
        ("light=overdue", []),
        ("light=undated", []),
        ("light=week", []),
        ("status=accepted", ["110000"]),
        ("bureau=330000", ["330000"]),
        ("bureau=999999", []),
        ("q=浙江", ["330000"]),
        ("q=质量工作&light=", ["110000", "320000", "330000", "650000"]),
        ("q=国市监测〔2026〕1号&status=closed", ["320000"]),
        ("q=没有这样的词", []),
        ("q=%25", []),
        ("due=2026-03-31", ["110000", "320000", "330000", "650000"]),
        ("due=2026-03-30", []),
        ("due=2026-03-31&light=owed&bureau=110000", ["110000"]),
    ],
)
def test_ledger_filters(office, issued, query, codes):
    walk(owed_by(issued, "110000"), "accept")
    walk(owed_by(issued, "320000"), *TO_SUBMIT, "close")
    walk(owed_by(issued, "650000"), *TO_SUBMIT)

    assert shown(office.get(f"/ledger/?{query}")) == codes


def test_overdue_and_due_soon_follow_the_clock(office, clock, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)
    for moment, light, count in (
        (RUNGS["T-1"], "week", 3),
        (RUNGS["T-1"], "overdue", 0),
        (RUNGS["O1"], "week", 0),
        (RUNGS["O1"], "overdue", 3),
    ):
        clock.move_to(moment, tick=False)
        office.force_login(factories.coordinator())
        assert len(shown(office.get(f"/ledger/?light={light}"))) == count, (moment, light)


@pytest.mark.parametrize(
    "query",
    [
        "status=nonsense",
        "light=nonsense",
        "due=31.3.2026",
        "due=9999-12-31",
        "due=0001-01-01",
        "page=999",
        "page=x",
        "q=%00",
        "bureau=%27",
    ],
)
def test_ledger_survives_any_address(office, issued, query):
    assert office.get(f"/ledger/?{query}").status_code == 200


def test_ledger_has_fifty_rows_a_page_and_keeps_its_filters(office):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 62)]
    factories.obligation(*bureaus)

    first = office.get("/ledger/?status=pending")
    second = office.get("/ledger/?status=pending&page=2")

    assert (len(shown(first)), len(shown(second))) == (50, 1)
    assert "status=pending&amp;page=2" in first.content.decode() or (
        "page=2&amp;status=pending" in first.content.decode()
    )
