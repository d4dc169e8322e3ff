"""我的文件 and the buttons that fill it."""

from datetime import timedelta
from urllib.parse import unquote

import pytest

from bureaus.models import Post
from bureaus.roles import Role
from config.celery import app
from notices.files import store
from reports import jobs
from reports.exports import ledger_sheet as ledgers
from reports.models import Production
from reports.states import ProductionState
from tests import factories
from tests.factories import owed_by
from tests.reports.made import NOW, ask_originals, ask_package, data_of, make
from tests.reports.written import reported, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def sent(monkeypatch) -> list[int]:
    """The messages to the worker, instead of a broker."""
    found: list[int] = []
    monkeypatch.setattr(
        jobs.produce, "apply_async", lambda args, *rest, **more: found.append(*args)
    )
    return found


@pytest.fixture
def issued():
    codes = {"330000": "浙江省", "320000": "江苏省"}
    made = factories.obligation(*(factories.province(*each) for each in codes.items()))
    reported(owed_by(made, "330000"), table())
    return made


# --- asking ---


def test_originals_are_asked_for_on_the_page_of_the_roll_up(
    office, issued, sent, django_capture_on_commit_callbacks
):
    url = f"/obligations/{issued.pk}/roll-up/1/originals/"
    assert url in office.get(f"/obligations/{issued.pk}/roll-up/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post(url)

    production = Production.objects.get()
    assert answer["Location"] == f"/files/{production.pk}/"
    assert sent == [production.pk]
    assert (production.title, production.bureau) == (
        "质量工作进展情况 附件1 各单位原表",
        factories.central(),
    )


def test_package_is_asked_for_on_the_page_of_the_task(office, issued, sent):
    task = owed_by(issued, "330000")
    url = f"/assignments/{task.pk}/package/"
    assert url in office.get(f"/assignments/{task.pk}/").content.decode()

    office.post(url)

    production = Production.objects.get()
    assert production.file_name == "浙江省市场监管局 质量工作进展情况 报送包.zip"
    assert production.bureau == task.bureau


def test_package_of_nothing_says_so_on_the_page(office, issued):
    task = owed_by(issued, "320000")

    answer = office.post(f"/assignments/{task.pk}/package/", follow=True)

    assert answer.redirect_chain == [(f"/assignments/{task.pk}/", 302)]
    assert "还没有可以打包的内容：报表还没有填写或报送，也没有随报材料" in answer.content.decode()
    assert not Production.objects.exists()


def test_asking_twice_leads_to_the_same_file(office, issued, sent):
    url = f"/obligations/{issued.pk}/roll-up/1/originals/"

    assert office.post(url)["Location"] == office.post(url)["Location"]
    assert Production.objects.count() == 1


def test_too_many_at_once_are_refused_on_the_page(office, issued, sent, monkeypatch):
    monkeypatch.setattr("reports.actions.productions.MOST_AT_ONCE", 0)

    answer = office.post(f"/obligations/{issued.pk}/roll-up/1/originals/", follow=True)

    assert answer.redirect_chain == [(f"/obligations/{issued.pk}/roll-up/1/", 302)]
    assert "个文件在生成，请等其中的完成" in answer.content.decode()


@pytest.mark.parametrize("number", [0, 2])
def test_originals_of_another_number_are_not_found(office, issued, number):
    url = f"/obligations/{issued.pk}/roll-up/{number}/originals/"

    assert office.post(url).status_code == 404


def test_originals_are_for_those_who_roll_up(client, issued):
    client.force_login(factories.staff(Role.FILLER, factories.central()))

    assert client.post(f"/obligations/{issued.pk}/roll-up/1/originals/").status_code == 403


def test_long_ledger_is_made_by_a_worker(office, issued, sent, monkeypatch):
    monkeypatch.setattr(ledgers, "MOST", 1)

    answer = office.get("/ledger/export.xlsx?light=&sort=due&page=2", follow=True)

    assert answer.redirect_chain == [("/ledger/export/?light=&sort=due", 302)]
    assert "符合条件的任务 2 项" in answer.content.decode()
    office.post("/ledger/export/?light=&sort=due")
    production = Production.objects.get()
    assert production.file_name == "任务台账 市场监管总局 2026-03-02.xlsx"
    assert data_of(make(production))[:2] == b"PK"


def test_long_ledger_with_a_wrong_filter_goes_back(office, issued):
    answer = office.post("/ledger/export/?light=&due_to=x", follow=True)

    assert answer.redirect_chain == [("/ledger/?light=&due_to=x", 302)]
    assert "筛选条件有误，没有导出" in answer.content.decode()


def test_long_ledger_is_not_for_administrators(client, issued):
    client.force_login(factories.staff(Role.AUDITOR, factories.central()))

    assert client.get("/ledger/export/").status_code == 403


# --- the list ---


def test_list_shows_each_file_with_what_can_be_done(office, issued):
    done = make(ask_originals(issued, title="已完成的"))
    running = ask_originals(issued, title="在做的")
    Production.objects.filter(pk=running.pk).update(state="running", done=12, total=34)
    page = office.get("/files/").content.decode()

    assert page.index("在做的") < page.index("已完成的")
    assert f'href="/files/{done.pk}/download/"' in page
    assert f'action="/files/{running.pk}/cancel/"' in page
    assert "12 / 34" in page
    assert '<td class="col-date" data-label="保留至">2026-03-09</td>' in page


def test_list_is_empty_in_words(office):
    assert "这里放您打包下载、导出的大文件" in office.get("/files/").content.decode()


def test_list_is_in_the_menu_of_those_who_work_on_tasks(office, client):
    assert 'href="/files/"' in office.get("/").content.decode()

    client.force_login(factories.staff(Role.SYSTEM_ADMIN, factories.central()))
    assert 'href="/files/"' not in client.get("/").content.decode()


@pytest.mark.parametrize("count", [1, 50])
def test_list_takes_the_same_queries_for_one_and_for_fifty(
    office, issued, django_assert_num_queries, count
):
    first = ask_originals(issued)
    Production.objects.bulk_create(
        Production(
            kind="originals",
            title=f"示例{number}",
            bureau=first.bureau,
            asked_at=NOW,
            asked_by=first.asked_by,
            not_before=NOW,
        )
        for number in range(count - 1)
    )

    with django_assert_num_queries(9):
        answer = office.get("/files/")

    assert len(answer.context["productions"]) == count


# --- one file ---


def test_page_of_one_asks_again_by_itself_only_while_it_is_made(office, issued):
    production = ask_originals(issued)
    url = f"/files/{production.pk}/"

    waiting = office.get(url).content.decode()
    make(production)
    done = office.get(url).content.decode()

    assert f'hx-get="{url}" hx-trigger="every 2s"' in waiting
    assert "hx-get" not in done
    assert "排队中" in waiting
    assert "已完成" in done
    assert f'href="{url}download/"' in done


def test_fragment_is_the_panel_alone(office, issued):
    production = ask_originals(issued)

    answer = office.get(f"/files/{production.pk}/", headers={"HX-Request": "true"})

    assert "<html" not in answer.content.decode()
    assert '<section class="panel" id="production"' in answer.content.decode()


def test_failed_one_says_why_and_when_it_is_tried_again(office, issued):
    production = ask_originals(issued)
    fields = {"problem": "服务器存储空间不足", "not_before": NOW + timedelta(minutes=5)}
    Production.objects.filter(pk=production.pk).update(**fields)

    assert (
        "服务器存储空间不足；14:35 自动重试"
        in office.get(f"/files/{production.pk}/").content.decode()
    )

    Production.objects.filter(pk=production.pk).update(state=ProductionState.FAILED)
    page = office.get(f"/files/{production.pk}/").content.decode()
    assert "未完成" in page
    assert "自动重试" not in page


def test_one_that_nobody_begins_says_whom_to_ask(office, issued, clock):
    production = ask_originals(issued)
    said = "排队已超过10分钟；如一直没有开始，请联系系统管理员检查后台服务"

    clock.move_to(NOW + timedelta(minutes=10), tick=False)
    assert said not in office.get(f"/files/{production.pk}/").content.decode()
    clock.move_to(NOW + timedelta(minutes=11), tick=False)
    assert said in office.get(f"/files/{production.pk}/").content.decode()
    assert said in office.get("/files/").content.decode()


def test_file_past_its_days_says_so(office, issued, clock):
    made = make(ask_originals(issued))
    clock.move_to(NOW + timedelta(days=8), tick=False)
    office.force_login(factories.coordinator())

    page = office.get(f"/files/{made.pk}/").content.decode()

    assert "已过保留期" in page
    assert "download" not in page


@pytest.mark.parametrize("page", ["", "download/"])
def test_others_files_are_not_found(client, issued, page):
    made = make(ask_originals(issued))
    client.force_login(factories.staff(Role.COORDINATOR, factories.central(), username="zweite"))

    assert client.get(f"/files/{made.pk}/{page}").status_code == 404
    assert client.post(f"/files/{made.pk}/cancel/").status_code == 404
    assert "示例文件" not in client.get("/files/").content.decode()


# --- download and cancel ---


def test_download_is_the_file_under_its_name(office, issued):
    made = make(ask_originals(issued, title="质量工作 附件1 各单位原表"))

    answer = office.get(f"/files/{made.pk}/download/")

    assert b"".join(answer) == data_of(made)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Length"] == str(made.size)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert unquote(answer["Content-Disposition"]).endswith("质量工作 附件1 各单位原表.zip")
    assert answer["Cache-Control"] == "no-store"


def test_download_of_what_is_not_made_leads_to_its_page(office, issued):
    production = ask_originals(issued)

    answer = office.get(f"/files/{production.pk}/download/", follow=True)

    assert answer.redirect_chain == [(f"/files/{production.pk}/", 302)]
    assert "该文件还没有生成，不能下载" in answer.content.decode()


def test_download_after_the_post_is_lost_is_refused(client, issued):
    person = factories.staff(Role.FILLER, owed_by(issued, "330000").bureau)
    made = make(ask_package(owed_by(issued, "330000"), by=person))
    Post.objects.filter(staff=person).delete()
    client.force_login(person)

    answer = client.get(f"/files/{made.pk}/download/", follow=True)

    assert "您已不能查看该任务，不能下载它的报送包" in answer.content.decode()


def test_download_of_a_file_that_is_gone_says_so(office, issued):
    made = make(ask_originals(issued))
    store.remove(made.stored_name)

    answer = office.get(f"/files/{made.pk}/download/", follow=True)

    assert "该文件已不在服务器上，请重新生成" in answer.content.decode()


def test_cancelling_is_said_and_too_late_is_said_too(office, issued):
    production = ask_originals(issued)
    url = f"/files/{production.pk}/cancel/"

    first = office.post(url, follow=True).content.decode()
    second = office.post(url, follow=True).content.decode()

    assert "已取消生成" in first
    assert "该文件已不在生成中，不需要取消" in second


def test_verbs_only_answer_to_post(office, issued):
    production = ask_originals(issued)
    task = owed_by(issued, "330000")

    for url in (
        f"/files/{production.pk}/cancel/",
        f"/assignments/{task.pk}/package/",
        f"/obligations/{issued.pk}/roll-up/1/originals/",
    ):
        assert office.get(url).status_code == 405


# --- jobs ---


def test_minutely_job_sends_what_waits_and_what_nobody_fetches_is_dropped(issued, monkeypatch):
    production = ask_originals(issued)
    calls = []
    monkeypatch.setattr(
        jobs.produce, "apply_async", lambda *args, **more: calls.append((args, more))
    )

    jobs.produce_waiting()

    assert calls == [((((production.pk),),), {"expires": 55})]


def test_job_makes_the_file(issued):
    production = ask_originals(issued)

    jobs.produce(production.pk)
    jobs.produce(production.pk + 1)

    assert factories.fresh(production).state == ProductionState.DONE


@pytest.mark.once
def test_jobs_go_to_a_queue_of_their_own():
    for name in ("reports.jobs.produce", "reports.jobs.produce_waiting"):
        assert app.amqp.router.route({}, name)["queue"].name == "files"


def test_draft_is_packed_by_its_own_people_only(client, issued, sent):
    task = owed_by(issued, "320000")
    save(factories.accept(task), table())
    client.force_login(factories.staff(Role.FILLER, task.bureau))

    client.post(f"/assignments/{task.pk}/package/")

    assert Production.objects.get().bureau == task.bureau
