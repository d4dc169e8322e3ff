"""Every URL the resolver knows asks for a login; what is public stands here by name."""

import uuid

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import URLResolver, get_resolver
from django.urls.converters import get_converters

# What is public, and what it answers to the sample address. A calendar program cannot log in: the
# secret in a feed's address stands for that, and an unknown one is not found.
PUBLIC = {"bureaus:login": 200, "tasks:feed": 404}
SAMPLES = {
    "int": 1,
    "str": "x",
    "slug": "x",
    "path": "x",
    "uuid": uuid.UUID(int=1),
}


def addresses(resolver=None, prefix="/", namespace=""):
    """(qualified name, example path) of every pattern below ``resolver``."""
    for each in (resolver or get_resolver()).url_patterns:
        path = prefix + example(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from addresses(each, path, inner)
        else:
            yield f"{namespace}{each.name}", path


def example(pattern) -> str:
    """A path that ``pattern`` matches."""
    known = {type(converter): name for name, converter in get_converters().items()}
    route = str(pattern)
    for name, converter in pattern.converters.items():
        kind = known[type(converter)]
        written = f"<{name}>" if f"<{name}>" in route else f"<{kind}:{name}>"
        route = route.replace(written, converter.to_url(SAMPLES[kind]))
    return route


def test_walk_finds_the_pages():
    names = [name for name, path in addresses()]

    assert {"bureaus:login", "bureaus:administration"} <= set(names)
    assert len(names) == len(set(names)) > 10


@pytest.mark.django_db
def test_every_address_asks_for_a_login(client):
    asked = {}
    for name, path in addresses():
        if name not in PUBLIC:
            answer = client.get(path)
            asked[name] = (answer.status_code, answer.get("location", "").partition("?")[0])

    assert asked == dict.fromkeys(asked, (302, resolve_url(settings.LOGIN_URL)))


@pytest.mark.django_db
def test_public_addresses_answer(client):
    paths = {name: path for name, path in addresses() if name in PUBLIC}

    assert {name: client.get(path).status_code for name, path in paths.items()} == PUBLIC


@pytest.mark.django_db
def test_unknown_address_is_404_and_says_nothing_more(client):
    assert client.get("/no-such-page/").status_code == 404
