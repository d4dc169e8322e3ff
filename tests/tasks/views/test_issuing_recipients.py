"""下发 of a notice whose 主送 names somebody not for sure: each such word is settled first."""

import pytest

from audit.models import AuditEvent
from bureaus.models import Bureau
from tasks.models import Assignment
from tests import factories, real_tree
from tests.pages import told
from tests.tasks.issue_page import filled_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEED = {"is_needed": "on", "need": "本级没有分市数据"}


@pytest.fixture(scope="module", autouse=True)
def tree(django_db_setup, django_db_blocker):
    with real_tree.loaded(django_db_blocker):
        yield


@pytest.fixture
def notice():
    """Of 浙江: three cities are sure, 各有关单位 are not."""
    return filed("杭州、宁波、温州市市场监管局，各有关单位，省财政厅")


@pytest.fixture
def office(client):
    client.force_login(factories.staff(factories.Role.COORDINATOR, zhejiang()))
    return client


def zhejiang():
    return Bureau.objects.get(code="330000")


def filed(recipients):
    text = factories.TEXT_TOGETHER.replace(factories.RECIPIENTS, recipients)
    return factories.filed_notice(text, bureau=zhejiang())


def keys(*codes):
    return list(Bureau.objects.filter(code__in=codes).values_list("pk", flat=True))


def answers(response, said):
    """The same answer to each question of the page."""
    return {field.html_name: said for _, field in response.context["recipients"].form.questions()}


def owed():
    return set(Assignment.objects.values_list("bureau__code", flat=True))


def test_sure_units_are_ticked_and_each_other_word_is_asked_about(office, notice):
    response = office.get(url(notice))

    (tier,) = response.context["tiers"]
    assert tier.chosen == set(keys("330100", "330200", "330300"))
    (question,) = response.context["recipients"].form.questions()
    assert question[0].words == "各有关单位"
    page = response.content.decode()
    assert "主送中有 1 处未确定，请逐处说明" in page
    assert "省财政厅" in page


def test_nothing_goes_out_before_the_word_is_settled(office, notice):
    response = office.post(url(notice), filled_in(office.get(url(notice)), **NEED))

    assert response.status_code == 422
    assert "不发的，选“不在本系统下发”" in response.content.decode()
    assert owed() == set()


def test_word_that_gets_nothing_here_is_said_and_recorded(office, notice):
    shown = office.get(url(notice))

    office.post(url(notice), filled_in(shown, **NEED, **answers(shown, "not_here")))

    assert owed() == {"330100", "330200", "330300"}
    event = AuditEvent.objects.filter(verb="下发").latest("pk")
    assert event.detail["recipients"] == {"各有关单位": "不在本系统下发"}


def test_added_is_taken_at_its_word_only_with_a_unit_added(office, notice):
    shown = office.get(url(notice))
    said = NEED | answers(shown, "added")

    refused = office.post(url(notice), filled_in(shown, **said))

    assert refused.status_code == 422
    assert "还没有加选单位" in refused.content.decode()
    more = keys("330100", "330200", "330300", "330400")
    office.post(url(notice), filled_in(shown, **(said | {"bureaus": more})))
    assert owed() == {"330100", "330200", "330300", "330400"}


def test_units_further_below_are_added_by_their_names(office, notice):
    shown = office.get(url(notice))
    typed = {"more_units": "义乌市、慈溪市局、燕京市", "find_units": "1"}

    found = office.post(url(notice), filled_in(shown, **answers(shown, "added"), **typed))

    page = found.content.decode()
    assert found.status_code == 200
    assert "已加入名单并勾选：慈溪市市场监管局、义乌市市场监管局" in page
    assert "“燕京市”：名单中没有这个单位" in page
    assert owed() == set()
    recipients = found.context["recipients"]
    assert [field.value() for _, field in recipients.form.questions()] == ["added"]
    assert recipients.form["more_units"].value() == "燕京市"
    sent = filled_in(found, **NEED, **answers(found, "added"), also=recipients.also)
    office.post(url(notice), sent)
    assert owed() == {"330100", "330200", "330300", "330282", "330782"}


def test_name_of_a_unit_that_is_not_below_is_not_added(office, notice):
    typed = {"more_units": "上海市、浙江省", "find_units": "1"}

    found = office.post(url(notice), filled_in(office.get(url(notice)), **typed))

    page = found.content.decode()
    assert "不是浙江省市场监管局的下级单位" in page
    assert "就是本单位" in page
    assert found.context["recipients"].also == []


def test_names_that_were_typed_and_not_looked_up_stop_the_issue(office, notice):
    shown = office.get(url(notice))
    said = NEED | answers(shown, "not_here") | {"more_units": "义乌市"}

    refused = office.post(url(notice), filled_in(shown, **said))

    assert refused.status_code == 422
    assert "“义乌市”还没有加入，请先按“加入名单”" in refused.content.decode()
    assert owed() == set()


def test_units_that_may_be_meant_are_offered_and_not_ticked(office):
    notice = filed("杭州市、萧山市市场监管局")

    tiers = {tier.rank: tier for tier in office.get(url(notice)).context["tiers"]}

    (xiaoshan,) = tiers["county"].bureaus
    assert (xiaoshan.code, tiers["county"].chosen_count) == ("330109", 0)


def test_answer_to_other_words_is_none(office, notice):
    """主送 was changed in another window after the page was shown."""
    shown = office.get(url(notice))
    notice.recipients_text = "杭州市市场监管局，各成员单位"
    notice.save()

    refused = office.post(url(notice), filled_in(shown, **NEED, **answers(shown, "not_here")))

    assert refused.status_code == 422
    assert owed() == set()


def test_page_keeps_the_answers_while_a_list_is_changed(office, notice):
    shown = office.get(url(notice))
    clause = notice.clauses.confirmed().first()

    again = office.post(
        url(notice), filled_in(shown, **answers(shown, "not_here"), add_date=clause.pk)
    )

    questions = again.context["recipients"].form.questions()
    assert [field.value() for _, field in questions] == ["not_here"]


def test_settled_notice_says_how_many_went_out(office):
    notice = filed("各设区市市场监管局（不含宁波），省局机关各处室")
    shown = office.get(url(notice))

    response = office.post(url(notice), filled_in(shown, **NEED), follow=True)

    assert len(owed()) == 10
    assert any("10个单位" in said for said in told(response))


@pytest.mark.parametrize(
    "recipients", ["杭州市市场监管局", "各市、县（市、区）局，各有关单位，南极、北极、吴越市局"]
)
def test_page_asks_as_often_for_one_unit_as_for_all(office, recipients, django_assert_num_queries):
    notice = filed(recipients)
    office.get(url(notice))

    with django_assert_num_queries(16):
        office.get(url(notice))
