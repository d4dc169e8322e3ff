"""Pages travel compressed, files as they are; what is compressed tells nothing by its length."""

import gzip
import re

import pytest

from bureaus.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}
TOKEN = re.compile(rb'name="csrf-token" content="(\w+)"')


def test_a_page_is_compressed_for_who_takes_it(client):
    client.force_login(factories.coordinator())

    packed, plain = client.get("/help/", **GZIP), client.get("/help/")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert TOKEN.sub(b"", gzip.decompress(packed.content)).count(b"<h1>") == 1
    assert len(packed.content) < len(plain.content) / 2
    assert "Content-Encoding" not in plain.headers


def test_a_workbook_stays_as_it_is(client):
    client.force_login(factories.coordinator())

    answer = client.get("/ledger/export.xlsx", **GZIP)

    assert "Content-Encoding" not in answer.headers
    assert b"".join(answer)[:2] == b"PK"


def test_a_file_that_is_streamed_keeps_its_length(client):
    task = factories.accept(factories.assignment(number="1"))
    client.force_login(factories.staff(Role.FILLER, task.bureau))

    answer = client.get(f"/assignments/{task.pk}/forms/1/template/", **GZIP)

    assert "Content-Encoding" not in answer.headers
    assert int(answer.headers["Content-Length"]) == len(b"".join(answer))


def test_neither_token_nor_length_is_the_same_twice(client):
    client.force_login(factories.coordinator())

    answers = [client.get("/help/", **GZIP).content for _ in range(12)]

    assert len({TOKEN.search(gzip.decompress(answer))[1] for answer in answers}) == 12
    assert len({len(answer) for answer in answers}) > 1
