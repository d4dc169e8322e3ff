"""All that was written into a form, as so many texts."""

from collections.abc import Iterator

from reports.schemas.content import sources

_NO_TEXT = frozenset({sources.MARK, "code"})  # marks of rows and codes of regions


def texts(content: object) -> Iterator[str]:
    """Cell by cell, in the order of the content; marks and codes are none."""
    match content:
        case str():
            yield content
        case dict():
            for name, below in content.items():
                if name not in _NO_TEXT:
                    yield from texts(below)
        case list():
            for below in content:
                yield from texts(below)
