"""What the search answers, read as its pages and suggestions show it."""

from reports.search.kinds import KINDS
from tests.world import logged_in


def links(client, words) -> list[str]:
    """Every address that the search, its lists of a kind and its suggestions lead to."""
    found = []
    for kind in ("", *(kind.code for kind in KINDS)):
        answer = client.get("/search/", {"q": words, "kind": kind})
        if answer.status_code == 302:
            found.append(answer.url)
            continue
        groups = answer.context.get("groups") or []
        found += [hit.url for group in groups for hit in group.hits]
        found += [hit.url for hit in answer.context.get("hits") or []]
    typed = client.get("/search/typed/", {"q": words}).context["found"]
    return found + [hit.url for _, hit in typed]


def kinds_found(person, words) -> list[str]:
    groups = logged_in(person).get("/search/", {"q": words}).context["groups"]
    return [group.kind.code for group in groups]
