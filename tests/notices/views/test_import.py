import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.models import Post
from bureaus.roles import Role
from notices.models import Notice
from notices.readers.base import MAX_BYTES
from tests import factories
from tests.notices import uploads

pytestmark = pytest.mark.django_db
URL = reverse("notices:import")
TITLE = "市场监管总局关于报送质量工作情况的通知"


@pytest.fixture
def coordinator(client):
    person = factories.coordinator()
    client.force_login(person)
    return person


def refused(answer):
    """The messages by field of an import that stored nothing and was told as an error."""
    assert answer.status_code == 422
    assert not Notice.objects.exists()
    assert not AuditEvent.objects.filter(verb="导入文件").exists()
    errors = answer.context["form"].errors
    page = answer.content.decode()
    assert all(message in page for messages in errors.values() for message in messages)
    return errors


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("gb18030", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_file_in_any_usual_encoding_is_stored_as_the_same_text(client, coordinator, encoding, mark):
    answer = uploads.send(client, mark + factories.TEXT.encode(encoding))

    notice = Notice.objects.get()
    assert answer["location"] == reverse("notices:check", args=[notice.pk])
    assert (notice.body, notice.title) == (factories.TEXT, TITLE)
    assert (notice.source_name, notice.imported_by) == ("通知.txt", coordinator)


def test_line_ends_of_windows_become_line_feeds(client, coordinator):
    uploads.send(client, factories.TEXT.replace("\n", "\r\n").encode())

    assert Notice.objects.get().body == factories.TEXT


def test_pasted_text_is_stored_without_the_browsers_line_ends(client, coordinator):
    answer = client.post(URL, {"pasted": factories.TEXT.replace("\n", "\r\n")})

    notice = Notice.objects.get()
    assert answer["location"] == reverse("notices:check", args=[notice.pk])
    assert notice.body == factories.TEXT.strip()
    assert notice.source_name == "粘贴的正文"


def test_path_in_a_file_name_is_dropped(client, coordinator):
    uploads.send(client, factories.TEXT.encode(), name="../../etc/通知.txt")

    assert Notice.objects.get().source_name == "通知.txt"


def test_empty_file_is_refused(client, coordinator):
    assert refused(uploads.send(client, b"")) == {"file": ["文件是空的，请检查后重新上传"]}


def test_file_of_blanks_is_refused(client, coordinator):
    errors = refused(uploads.send(client, b" \n\n"))

    assert errors == {"file": ["文件里没有文字。请检查原文件后重新上传。"]}


def test_file_over_the_limit_is_refused(client, coordinator):
    errors = refused(uploads.send_large(client, MAX_BYTES + 1))

    assert errors == {"file": ["文件超过 20 MB。请拆分或去掉图片后重新上传。"]}


def test_file_of_100_mb_is_refused(client, coordinator):
    errors = refused(uploads.send_large(client, 100 * 1024**2))

    assert errors == {"file": ["文件超过 20 MB。请拆分或去掉图片后重新上传。"]}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "PNG 图片"),
        (b"PK\x03\x04" + bytes(64), "docx、xlsx 或压缩包"),
        (b"%PDF-1.7\n" + bytes(64), "PDF"),
        (b"MZ" + bytes(64), "可执行程序"),
    ],
)
def test_binary_file_renamed_to_txt_is_refused(client, coordinator, content, kind):
    (message,) = refused(uploads.send(client, content))["file"]

    assert message.startswith(f"文件内容是{kind}，不是纯文本，只是扩展名改成了 .txt。")
    assert message.endswith("请在原程序中另存为 UTF-8 编码的纯文本（.txt）后重新上传。")


def test_random_bytes_are_refused(client, coordinator):
    (message,) = refused(uploads.send(client, bytes(range(256)) * 40))["file"]

    assert "二进制文件" in message


@pytest.mark.parametrize(
    ("name", "said"), [("通知.exe", "“.exe”格式"), ("通知", "没有扩展名的文件")]
)
def test_other_formats_are_refused_with_what_to_do(client, coordinator, name, said):
    (message,) = refused(uploads.send(client, factories.TEXT.encode(), name=name))["file"]

    assert message.startswith(f"暂不支持{said}。请另存为 .txt、")
    assert message.endswith("后重新上传。")


def test_neither_file_nor_text_is_refused(client, coordinator):
    errors = refused(client.post(URL, {"pasted": " \r\n "}))

    assert errors == {"__all__": ["请选择一个文件，或粘贴公文正文"]}


def test_post_without_any_field_is_refused(client, coordinator):
    assert refused(client.post(URL)) == {"__all__": ["请选择一个文件，或粘贴公文正文"]}


def test_pasted_text_over_the_limit_is_refused(client, coordinator):
    errors = refused(client.post(URL, {"pasted": "字" * 500_001}))

    assert errors == {"pasted": ["粘贴的文字超过50万字，请只粘贴这一份公文"]}


def test_pasted_null_character_is_refused(client, coordinator):
    errors = refused(client.post(URL, {"pasted": f"{factories.TEXT}\0"}))

    assert list(errors) == ["pasted"]


@pytest.mark.parametrize("text", ["今天天气很好。", "各单位：\n请报送。"])
def test_text_that_is_no_notice_is_refused(client, coordinator, text):
    errors = refused(client.post(URL, {"pasted": text}))

    assert errors == {"title": ["没有识别出公文标题，请在“公文标题”一栏填写后再导入"]}


def test_pasted_text_that_was_refused_is_still_there(client, coordinator):
    answer = client.post(URL, {"pasted": "今天天气很好。"})

    assert answer.context["form"]["pasted"].value() == "今天天气很好。"


SECRET = f"机密★5年\n{factories.TEXT}".replace("质量工作", "不得外泄")


@pytest.mark.parametrize("way", ["file", "pasted"])
def test_classified_document_is_refused_and_only_the_fact_kept(client, coordinator, way):
    answer = (
        uploads.send(client, SECRET.encode())
        if way == "file"
        else client.post(URL, {"pasted": SECRET})
    )

    assert refused(answer) == {}
    page = answer.content.decode()
    assert "文件首部标有“机密”" in page
    assert "改走涉密渠道" in page
    assert "不得外泄" not in page
    event = AuditEvent.objects.get()
    assert (event.verb, event.detail, event.subject_name) == ("拒收疑似涉密文件", {}, "")
    assert (event.chain, event.actor_name) == ("100000", "测试收文管理")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
@pytest.mark.parametrize("method", ["get", "post"])
def test_page_is_closed_to_other_posts(client, role, method):
    client.force_login(factories.staff(role, factories.central()))

    answer = getattr(client, method)(URL, {"pasted": factories.TEXT})

    assert answer.status_code == 403
    assert not Notice.objects.exists()


def test_page_asks_for_a_file_or_text(client, coordinator):
    answer = client.get(URL)

    assert (answer.status_code, answer.context["form"].errors) == (200, {})
    accepted = answer.context["form"].fields["file"].widget.attrs["accept"].split(",")
    assert {".txt", ".docx", ".pdf"} <= set(accepted)


def test_province_imports_for_itself(client):
    zhejiang = factories.province()
    person = factories.staff(Role.COORDINATOR, zhejiang)
    Post.objects.create(staff=person, bureau=factories.central(), role=Role.FILLER)
    client.force_login(person)

    client.post(URL, {"pasted": factories.TEXT})

    assert Notice.objects.get().bureau == zhejiang


UNTITLED = (
    "各市市场监管局：\n请于2026年4月10日前将统计表报送省局。\n示例省市场监管局\n2026年3月2日\n"
)


def test_title_that_cannot_be_read_is_asked_for_and_holds(client, coordinator):
    upload = SimpleUploadedFile("通知.txt", UNTITLED.encode())
    asked = client.post(URL, {"file": upload})
    form = asked.context["form"]
    box = {"pasted": form["pasted"].value(), "named": form["named"].value()}

    answer = client.post(URL, box | {"title": "关于报送统计表的通知"})

    notice = Notice.objects.get()
    assert asked.status_code == 422
    assert "公文标题" in asked.content.decode()
    assert answer.url == f"/notices/{notice.pk}/check/"
    assert (notice.title, notice.source_name) == ("关于报送统计表的通知", "通知.txt")
    assert notice.body == UNTITLED.strip()
    assert len(notice.clauses.reports()) == 1


def test_title_that_was_read_goes_before_one_that_was_typed(client, coordinator):
    client.post(URL, {"pasted": factories.TEXT, "title": "另一个标题"})

    assert Notice.objects.get().title == "市场监管总局关于报送质量工作情况的通知"
