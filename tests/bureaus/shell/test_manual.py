"""docs/manual: one page a post, nothing that leads nowhere, shown under 帮助 as it stands."""

import re

import pytest
from django.urls import reverse

from bureaus.manual import markup, pages
from bureaus.roles import Role
from scripts import manual_pictures
from tasks.states import Status
from tests import factories

NAMED = sorted(pages.NAMES)
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)]+)\)")
KB = 1024


def source(name: str) -> str:
    return (pages.FOLDER / f"{name}.md").read_text(encoding="utf-8")


def targets(name: str, mark: str) -> list[str]:
    """Where links (""), or pictures ("!"), of a page point."""
    return [target for kind, target in LINK.findall(source(name)) if kind == mark]


def test_every_file_of_the_manual_is_a_page_and_every_page_a_file():
    assert sorted(file.stem for file in pages.FOLDER.glob("*.md")) == NAMED


@pytest.mark.parametrize("role", Role)
def test_every_post_has_a_page_that_says_what_waits_and_what_to_do_when_it_goes_wrong(role):
    text = pages.page(pages.OF_POSTS[role])

    assert text.title == role.label
    said = [one.text for one in text.headings]
    assert said[0] == "等我办的"
    assert said[-1] == "出了问题怎么办"
    assert len(said) > 3
    assert f"({pages.OF_POSTS[role]}.md)" in source(pages.FRONT)


@pytest.mark.parametrize("name", pages.TOPICS)
def test_topics_are_called_what_the_list_calls_them(name):
    assert pages.page(name).title == pages.TOPICS[name]


@pytest.mark.parametrize("name", NAMED)
def test_links_lead_to_a_page_and_a_heading_that_are_there(name):
    for target in targets(name, ""):
        page, _, heading = target.partition("#")
        found = pages.page(page.removesuffix(".md") or name)
        assert found, target
        assert not heading or heading in {one.anchor for one in found.headings}, target


@pytest.mark.parametrize("name", NAMED)
def test_headings_of_a_page_are_called_differently(name):
    anchors = [one.anchor for one in pages.page(name).headings]

    assert len(anchors) == len(set(anchors)) > 0


@pytest.mark.parametrize("name", NAMED)
def test_nothing_of_the_markup_is_left_on_a_page(name):
    shown = re.sub(r"<code>.*?</code>", "", pages.page(name).html)

    assert not re.search(r"\*\*|\]\(|^#|\.md\b|\|---", shown, re.MULTILINE)


def test_pictures_are_all_shown_all_there_and_all_taken_by_the_command():
    shown = [target for name in NAMED for target in targets(name, "!")]
    there = sorted(f"images/{file.name}" for file in pages.PICTURES.iterdir())

    assert sorted(shown) == there
    assert there == sorted(f"images/{name}.png" for name in manual_pictures.TAKEN)


def test_pictures_are_small():
    sizes = {file.name: file.stat().st_size for file in pages.PICTURES.iterdir()}

    assert {name: size for name, size in sizes.items() if size > 90 * KB} == {}
    assert sum(sizes.values()) < 1536 * KB


def test_every_status_is_explained():
    for status in Status:
        assert f"| {status.label} |" in source(pages.FRONT)


def test_text_is_shown_as_text():
    text = markup.rendered(
        "# 标题\n\n<script>alert(1)</script>[x](javascript:alert(1))", link=str, picture=dict
    )

    assert text.title == "标题"
    assert "<script" not in text.html
    assert "href" not in text.html


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [("提交审核", "提交审核"), ("工作台“现在要办”", "工作台现在要办"), ("A b", "a-b")],
)
def test_anchors_are_those_of_github(heading, anchor):
    assert markup.anchor(heading) == anchor


def test_lines_that_were_only_broken_are_joined():
    text = markup.rendered("一件\n公文 a\nb", link=str, picture=dict)

    assert "一件公文 a\nb" in text.html


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMED)
def test_every_page_is_shown(client, filler, name):
    client.force_login(filler)

    answer = client.get(pages.address(name))

    assert answer.status_code == 200
    assert pages.page(name).html in answer.content.decode()
    assert 'aria-current="page"' in answer.content.decode()


@pytest.mark.django_db
def test_picture_is_sent_as_one(client, filler):
    client.force_login(filler)

    answer = client.get(reverse("bureaus:manual_picture", args=["form"]))

    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, max-age=86400"
    assert b"".join(answer.streaming_content) == (pages.PICTURES / "form.png").read_bytes()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/help/nothing/",
        "/help/forms.md/",
        "/help/..%2Fglossary/",
        "/help/pictures/nothing.png",
        "/help/pictures/..%2F..%2Fimages%2Fcheck.png",
        "/help/pictures/../../images/check.png",
        "/help/pictures/*.png",
        "/help/pictures/form.md",
    ],
)
def test_nothing_else_of_the_disk_is_reached(client, filler, path):
    client.force_login(filler)

    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_hints_stand_on_the_first_page_alone(client):
    client.force_login(factories.staff(Role.AUDITOR, factories.central()))

    assert 'id="hints"' in client.get("/help/").content.decode()
    assert 'id="hints"' not in client.get("/help/auditor/").content.decode()
