import pytest
from django.core import mail

from bureaus.roles import Role
from notices.models import Notice
from tasks.channels import encryption
from tasks.models import RobotAddress
from tasks.reminders.actions import deliveries, firing, ticking, urging
from tasks.reminders.mail import letters
from tests import factories
from tests.factories import RUNGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def task():
    made = factories.assignment()
    factories.staff(Role.FILLER, made.bureau, phone="010-11111111")
    return made


def sent(rung="T-3"):
    ticking.tick(RUNGS[rung])
    return mail.outbox[-1]


def test_mail_says_title_deadline_state_and_link(task, settings):
    settings.SITE_URL = "https://tasks.example.test"

    message = sent()

    assert message.subject == "【报送提醒】3月31日前报送质量工作进展情况"
    assert message.from_email == settings.MAIL_FROM
    assert message.body.strip().splitlines() == [
        "测试填报人：",
        "",
        "浙江省市场监管局有一项报送任务需要办理（提前3个工作日）。",
        "",
        "事项：质量工作进展情况",
        "依据：国市监测〔2026〕1号",
        "截止时间：2026年3月31日（周二）24时",
        "目标日（截止前最后一个工作日）：2026年3月30日（周一）17:30",
        "目前状态：待签收",
        "",
        "办理链接：",
        f"https://tasks.example.test/assignments/{task.pk}/step/",
        "",
        "本邮件由系统自动发出。办理后不再提醒。",
    ]


def test_overdue_mail_says_so_in_its_subject(task):
    assert sent("O1").subject == "【逾期提醒】3月31日前报送质量工作进展情况"


@pytest.mark.parametrize(("rung", "said"), [("S", "逾期未报，请督促办理。"), ("C", "逾期未报。")])
def test_those_who_only_have_to_know_are_not_told_to_do_it(task, rung, said):
    factories.staff(Role.REVIEWER, task.bureau)
    factories.coordinator()
    sent(rung)

    bodies = [message.body for message in mail.outbox]
    [body] = [body for body in bodies if f"浙江省市场监管局有一项报送任务{said}" in body]
    assert "目标日" not in body


def test_subject_names_the_period_and_does_not_say_report_twice(task):
    type(task.obligation).objects.update(title="报送质量工作进展", period="2026年3月")

    assert sent().subject == "【报送提醒】3月31日前报送质量工作进展（2026年3月）"
    assert "事项：报送质量工作进展（2026年3月）" in mail.outbox[-1].body


def test_mail_says_that_a_machine_has_sent_it(task):
    assert sent().extra_headers["Auto-Submitted"] == "auto-generated"


def test_mail_carries_no_text_of_the_notice_no_phone_and_no_attachment(task):
    message = sent()

    everything = message.message().as_string() + message.body
    parts = [message.body, *[content for content, _ in message.alternatives]]
    notice = Notice.objects.get()
    assert "010-00000000" in notice.body
    for part in [everything, *parts]:
        assert "010-00000000" not in part
        assert "010-11111111" not in part
        assert task.obligation.quote not in part
        assert "示例联系人" not in part
    assert message.attachments == []


def test_html_part_escapes_what_a_title_contains(task):
    type(task.obligation).objects.update(title="<b>报表</b>&情况")

    html = sent().alternatives[0][0]

    assert "&lt;b&gt;报表&lt;/b&gt;&amp;情况" in html
    assert "事项：<b>报表</b>&情况" in mail.outbox[0].body


def test_message_id_is_made_of_the_rows_key_and_the_host(task, settings):
    settings.SITE_URL = "https://tasks.example.test:8443/sub"
    person = factories.staff(Role.FILLER, task.bureau)
    milestone = task.milestones.get(kind="T-3")

    key = letters.message_key(milestone, person, "email")

    assert key == f"<reminder-{task.pk}-1-T-3-{person.pk}-email@tasks.example.test>"
    assert sent().extra_headers["Message-ID"] == key


def test_message_ids_differ_by_rung_person_and_deadline_version(task):
    ask = letters.message_key
    filler = factories.staff(Role.FILLER, task.bureau)
    reviewer = factories.staff(Role.REVIEWER, task.bureau)
    first, second = task.milestones.get(kind="T-3"), task.milestones.get(kind="T-1")
    newer = task.milestones.get(kind="T-3")
    newer.deadline_version = 2

    keys = {
        ask(first, filler, "email"),
        ask(first, reviewer, "email"),
        ask(second, filler, "email"),
        ask(newer, filler, "email"),
    }

    assert len(keys) == 4


def test_long_title_is_cut_to_what_the_column_holds(task):
    type(task.obligation).objects.update(title="很" * 300)

    assert len(sent().subject) == 200


def test_claimed_letter_holds_all_that_is_said_of_it(task, django_assert_num_queries):
    """Nothing is read row by row after a batch was claimed: of timetable, urge and robot."""
    person = factories.staff(Role.FILLER, task.bureau)
    robot = RobotAddress.objects.create(
        person=person,
        channel="wecom",
        sealed_address=encryption.seal("https://robot.example.test/"),
        made_at=RUNGS["T-3"],
        made_by=person,
    )
    urging.urge(task, note="", now=RUNGS["T-3"], by=factories.coordinator())
    firing.fire([task.pk], now=RUNGS["T-3"])
    claims = [
        letter
        for channel in ("email", "email", "wecom")
        for letter in deliveries.claim(RUNGS["T-3"], channel=channel)
    ]

    with django_assert_num_queries(0):
        composed = [letters.compose(letter, mail.get_connection()) for letter in claims]
        shorts = [letters.short(letter) for letter in claims]
        robots = {letter[0].robot and letter[0].robot.address for letter in claims}

    assert {message.subject[:4] for message in composed} == {"【催办】", "【报送提"}
    assert all("质量工作进展情况" in words for words in shorts)
    assert robots == {None, robot.address}
