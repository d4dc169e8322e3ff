"""One style sheet and one script for every page, joined from the sources in static/.

A browser asks for two files instead of twenty. The sources stay apart; what is joined follows them:
a page of a running checkout has what was saved last, and ``collectstatic`` collects, compresses and
names the joined files as it does all others (ADR 0030).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FRAME = ("tokens", "text", "shell", "button")
PIECES = ("table", "form", "grid", "light", "panel", "picture", "search")
OF_SOME_PAGES = ("notice", "original", "schema", "manual")
SHEETS = FRAME + PIECES + OF_SOME_PAGES  # the order of the cascade
COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)


def style_sheet(static: Path) -> str:
    """Bootstrap, the sheets in their order without comments, and what is for paper alone."""
    bootstrap = (static / "vendor" / "bootstrap.min.css").read_text(encoding="utf-8")
    sheets = [_sheet(static, name) for name in SHEETS]
    return "\n".join([bootstrap, *sheets, f"@media print {{\n{_sheet(static, 'print')}\n}}\n"])


def script(static: Path) -> str:
    """What runs on every page, in its order: each source is a whole statement."""
    sources = ("js/scripted", "vendor/htmx.min", "js/app", "js/filters", "js/fields", "js/search")
    return "\n;\n".join((static / f"{one}.js").read_text(encoding="utf-8") for one in sources)


BUNDLES = {"app.css": style_sheet, "app.js": script}


class BundleFinder(BaseFinder):
    """Finds the joined files; they are written beneath VAR_DIR whenever a source has changed."""

    def __init__(self, app_names=None, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "bundles")

    def find(self, path: str, find_all: bool = False, **kwargs) -> str | list[str]:
        if path not in BUNDLES:
            return []
        found = self._written(path)
        return [found] if find_all else found

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in BUNDLES:
            self._written(path)
            yield path, self.storage

    def _written(self, name: str) -> str:
        text = BUNDLES[name](settings.BASE_DIR / "static")
        file = Path(self.storage.location) / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            # put in place whole: another process may be reading the one before
            fresh = file.with_suffix(f".{id(text)}")
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(file)
        return str(file)


def _sheet(static: Path, name: str) -> str:
    return COMMENTS.sub("", (static / "css" / f"{name}.css").read_text(encoding="utf-8")).strip()
