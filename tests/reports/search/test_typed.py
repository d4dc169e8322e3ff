import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def typing(client, furniture):
    client.force_login(factories.coordinator())
    return lambda words: client.get("/search/typed/", {"q": words})


def test_first_hits_are_offered_with_where_they_lead(typing, furniture):
    text = typing("电梯").content.decode()

    assert f'data-href="/notices/{furniture.plain.pk}/"' in text
    assert "<mark>电梯</mark>" in text
    assert text.count('role="option"') == 2  # and the one for all of them


def test_nothing_to_offer_leads_to_the_whole_search(typing):
    text = typing("区块链").content.decode()

    assert text.count('role="option"') == 1
    assert 'data-href="/search/?q=%E5%8C%BA%E5%9D%97%E9%93%BE"' in text


def test_no_more_than_ten_are_offered(typing, furniture):
    issued = factories.owed_by(furniture.task.obligation, "320000").obligation
    factories.copies(issued, 12)
    for number in range(3, 9):
        factories.filed_notice(factories.TEXT.replace("〔2026〕1号", f"〔2026〕{number}号"))

    assert len(typing("示例 市监测").context["found"]) <= 10
    assert len(typing("国市监测").context["found"]) == 10


@pytest.mark.parametrize("words", ["", "质", "\0", "电梯" * 200])
def test_odd_words_are_answered(typing, words):
    assert typing(words).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_as_many_queries_for_one_hit_as_for_thirty(
    typing, client, furniture, django_assert_num_queries, count
):
    issued = furniture.task.obligation
    if count > 1:
        factories.copies(issued, count)

    typing("国市监测")  # what a process keeps is read once
    with django_assert_num_queries(13):
        typing("国市监测")
    with django_assert_num_queries(21):
        client.get("/search/", {"q": "国市监测"})
