"""原件 opened and taken away by those who may see the notice, and by nobody else."""

import io
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from PIL import Image

from bureaus.roles import Role
from notices.actions import addressees, checking, ingest, intake, merging
from notices.actions.originals import HandedIn
from notices.files import store
from notices.models import Notice
from tests import factories
from tests.notices import uploads
from tests.notices.print_pdf import pdf
from tests.notices.printed import Sheet, directive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
PRINTED = pdf(directive())
PAGES = 4


def imported(office, data: bytes = PRINTED, name: str = "关于报送的通知（定稿）.pdf") -> Notice:
    uploads.send(office, data, name=name)
    return Notice.objects.get()


def filed(notice: Notice, *bureaus) -> Notice:
    Notice.objects.filter(pk=notice.pk).update(state="filed", filed_at=factories.NOW)
    addressees.add(notice, bureaus)
    return factories.fresh(notice)


def address(name: str, notice: Notice, *more: int) -> str:
    return reverse(f"notices:original_{name}", args=[notice.pk, 1, *more])


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_file_is_taken_away_as_it_came(office):
    notice = imported(office)

    answer = office.get(address("download", notice))

    assert content(answer) == PRINTED
    assert answer["Content-Type"] == "application/pdf"
    kind, _, name = answer["Content-Disposition"].partition("; filename*=utf-8''")
    assert (kind, unquote(name)) == ("attachment", "关于报送的通知（定稿）.pdf")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"


SCRIPT = f"<html><body><script>alert(1)</script>{factories.TEXT}</body></html>".encode()
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.mark.parametrize(
    ("name", "data", "sent_as"),
    [
        ("通知.html", SCRIPT, "text/html"),
        ("通知.txt", factories.TEXT.encode() + DRAWING, "text/plain"),
    ],
)
def test_what_a_browser_would_run_is_only_ever_saved(office, name, data, sent_as):
    notice = imported(office, data, name)

    answer = office.get(address("download", notice))

    assert content(answer) == data
    assert answer["Content-Type"] == sent_as
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert office.get(address("page", notice, 1)).status_code == 404
    assert office.get(address("picture", notice, 1)).status_code == 404
    page = office.get(reverse("notices:check", args=[notice.pk])).content.decode()
    assert "alert(1)</script>" not in page


def test_name_that_turns_its_direction_is_mended(office):
    notice = imported(office, name="a\u202efdp; x=.txt.pdf")

    answer = office.get(address("download", notice))

    assert content(answer) == PRINTED
    assert answer["Content-Disposition"] == 'attachment; filename="afdp; x=.txt.pdf"'


def test_pages_are_pictures_drawn_here(office):
    notice = imported(office)

    answer = office.get(address("picture", notice, 3))

    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    with Image.open(io.BytesIO(answer.content)) as drawn:
        assert max(drawn.size) == 1600
        assert drawn.convert("L").getextrema() == (0, 255)


def test_page_says_which_of_how_many_and_leads_to_the_others(office):
    notice = imported(office)

    second = office.get(address("page", notice, 2)).content.decode()
    last = office.get(address("page", notice, PAGES)).content.decode()

    assert f"第 2 页，共 {PAGES} 页" in second
    for number in (1, 3, PAGES):
        assert f'href="{address("page", notice, number)}"' in second
    assert "<span>下一页</span>" in last


@pytest.mark.parametrize("number", [0, PAGES + 1, 9999])
def test_page_that_is_not_there_is_not_found(office, number):
    notice = imported(office)
    before = office.get(address("page", notice, 1)).status_code

    assert before == 200
    for name in ("page", "picture"):
        assert office.get(address(name, notice, number)).status_code == 404


def test_file_that_is_gone_from_the_disk_is_told(office):
    notice = imported(office)
    store.remove(notice.originals.get().stored_name)

    answer = office.get(address("download", notice), follow=True)

    assert "已不在服务器上，请联系系统管理员" in answer.content.decode()
    assert answer.redirect_chain == [(reverse("notices:check", args=[notice.pk]), 302)]
    assert office.get(address("picture", notice, 1)).status_code == 404


def test_check_page_names_the_file_its_size_and_its_pages(office):
    notice = imported(office)

    answer = office.get(reverse("notices:check", args=[notice.pk]))

    page = answer.content.decode()
    assert "关于报送的通知（定稿）.pdf" in page
    assert f"{PAGES} 页" in page
    assert f'href="{address("download", notice)}"' in page
    assert page.count('loading="lazy"') == PAGES
    assert not answer.context["originals"].is_beside


def test_bureau_that_was_sent_the_notice_opens_its_original(office, client):
    notice = filed(imported(office), factories.province())
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    shown = client.get(reverse("tasks:notice_detail", args=[notice.pk])).content.decode()
    library = client.get(reverse("notices:library")).content.decode()

    assert f'href="{address("download", notice)}"' in shown
    assert content(client.get(address("download", notice))) == PRINTED
    assert client.get(address("picture", notice, 1)).status_code == 200
    assert f'href="{reverse("tasks:notice_detail", args=[notice.pk])}#originals"' in library


def answers(client, notice: Notice) -> set[int]:
    urls = [address("download", notice), address("page", notice, 1), address("picture", notice, 1)]
    return {client.get(url).status_code for url in urls}


def test_nobody_else_opens_it(office, client):
    notice = imported(office)
    client.force_login(factories.staff(Role.FILLER, factories.province()))
    unchecked = answers(client, notice)
    filed(notice, factories.province("320000", "江苏省"))

    assert unchecked == {404}
    assert answers(client, notice) == {404}


def test_discarded_notice_shows_its_original_to_nobody(office):
    notice = imported(office)
    checking.discard(notice, reason="重复", now=factories.NOW, by=factories.coordinator())

    assert answers(office, notice) == {404}


def test_original_of_a_shared_file_is_of_its_own_notice_alone(office, client):
    """Both notices lie in the same place of the store; who sees one does not see the other."""
    first = filed(imported(office), factories.province())
    with HandedIn([("乙.pdf", PRINTED)]) as handed_in:
        second = ingest.take_in(
            factories.TEXT.replace("1号", "2号"),
            source_name="乙.pdf",
            handed_in=handed_in,
            bureau=factories.central(),
            now=factories.NOW,
            by=factories.coordinator(),
        )
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    assert first.originals.get().stored_name == second.originals.get().stored_name
    assert content(client.get(address("download", first))) == PRINTED
    assert answers(client, second) == {404}


def test_notice_without_a_file_offers_none(office):
    office.post(reverse("notices:import"), {"pasted": factories.TEXT})
    notice = Notice.objects.get()

    page = office.get(reverse("notices:check", args=[notice.pk])).content.decode()

    assert 'id="originals"' not in page
    assert "#originals" not in office.get(reverse("notices:library")).content.decode()


def test_scan_stands_beside_its_text(office):
    """Recognised text is not to be trusted: its pages are open from the start."""
    waiting = intake.hand_in(
        [("扫描.txt", factories.TEXT.encode()), ("附件1.pdf", pdf(directive()[2:3]))],
        bureau=factories.central(),
        now=factories.NOW,
        by=factories.coordinator(),
    )
    intake.recognise(waiting, now=factories.NOW + timedelta(minutes=1))
    notice = factories.fresh(waiting).notice

    check = office.get(reverse("notices:check", args=[notice.pk]))
    detail = office.get(reverse("tasks:notice_detail", args=[filed(notice).pk]))

    for answer in (check, detail):
        assert answer.context["originals"].is_beside
        assert '<details class="fold originals-pages" open>' in answer.content.decode()


def test_long_file_shows_some_pages_and_leads_to_the_rest(office):
    sheets = [*directive(), *(Sheet(texts=[(90, 200, 16, "附页")]) for _ in range(12))]
    notice = imported(office, pdf(sheets))

    page = office.get(reverse("notices:check", args=[notice.pk])).content.decode()

    assert page.count('loading="lazy"') == 10
    assert f'href="{address("page", notice, 11)}"' in page
    assert "还有 6 页" in page


def test_files_of_a_copy_that_was_merged_belong_to_the_notice(office, client):
    """The copy whose text it has comes first; who may see the notice may open them all."""
    imported(office)
    first = filed(Notice.objects.get(), factories.province())
    longer = pdf(directive(per_page=20))
    uploads.send(office, longer, name="完整件.pdf")
    upload = Notice.objects.exclude(pk=first.pk).get()
    merging.take(upload, seen=first.digest, now=factories.NOW, by=factories.coordinator())
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    page = client.get(reverse("tasks:notice_detail", args=[first.pk])).content.decode()

    listed = page.index("完整件.pdf"), page.index("关于报送的通知（定稿）.pdf")
    assert listed == tuple(sorted(listed))
    assert content(client.get(address("download", upload))) == longer
    assert content(client.get(address("download", first))) == PRINTED
    leaf = client.get(address("page", upload, 1)).content.decode()
    assert f'href="{reverse("tasks:notice_detail", args=[first.pk])}"' in leaf
    client.force_login(factories.staff(Role.FILLER, factories.province("320000", "江苏省")))
    assert client.get(address("download", upload)).status_code == 404


def test_a_double_click_opens_the_first(office, time_machine):
    time_machine.move_to(factories.NOW, tick=False)
    first, second = (uploads.send(office, PRINTED, name="通知.pdf") for _ in range(2))
    time_machine.move_to(factories.NOW + timedelta(minutes=1), tick=False)
    later = uploads.send(office, PRINTED, name="通知.pdf")

    assert first.url == second.url != later.url
    assert Notice.objects.count() == 2
    assert [one.originals.count() for one in Notice.objects.order_by("pk")] == [1, 1]
