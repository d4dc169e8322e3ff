"""Workbooks saved as “Strict Open XML”: the same parts under other names of namespaces."""

import re
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

_STRICT = b"http://purl.oclc.org/ooxml/"
_FAMILY = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/([\w/]+)")
_SPELLED = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
    b"sharedTypes": b"sharedTypes",
}


def transitional(data: bytes) -> bytes:
    """The workbook with the names that every reader knows; what is not strict stays as it is."""
    with ZipFile(BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    if not any(_STRICT in parts[name] for name in parts if _is_markup(name)):
        return data
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as target:
        for name, part in parts.items():
            target.writestr(name, _FAMILY.sub(_renamed, part) if _is_markup(name) else part)
    return out.getvalue()


def _is_markup(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _renamed(found: re.Match[bytes]) -> bytes:
    family, rest = found[1], found[2]
    path = b"/".join(_SPELLED.get(step, step) for step in rest.split(b"/"))
    return b"http://schemas.openxmlformats.org/" + family + b"/2006/" + path
