"""What a save changed in a form, as the audit keeps it: bounded, and without anybody's number."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, cast

from bureaus.shell.masking import masked
from reports.schemas.comparing.changes import changes
from reports.schemas.content.content import Content, TableContent
from reports.schemas.content.places import column_labels
from reports.schemas.definition.definition import Definition, FormDefinition

MOST_CELLS = 50
LONGEST = 80  # characters of a value
UNSAID = "（不记录内容）"
# A label with one of these names personal data: it is kept that it changed, not what it says.
CONTACT = ("联系", "电话", "手机", "邮箱", "传真", "身份证", "微信")
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8})(?!\d)")
_BLIND = re.compile("\0[0-9a-f]{12}")


def cells(definition: Definition, old: Content, new: Content) -> dict[str, Any]:
    """For the detail of an audit event: ``cells`` [label, old, new] and how many ``more_cells``.

    Empty where nothing changed.
    """
    found = changes(definition, _blinded(definition, old), _blinded(definition, new))
    if not found:
        return {}
    named = [[one.label, _said(one.old), _said(one.new)] for one in found[:MOST_CELLS]]
    more = len(found) - len(named)
    return {"cells": named, **({"more_cells": more} if more else {})}


def _said(text: str) -> str:
    text = _PHONE.sub(lambda found: masked(found[0]), _BLIND.sub(UNSAID, text))
    return f"{text[: LONGEST - 1]}…" if len(text) > LONGEST else text


def _blinded(definition: Definition, content: Content) -> Content:
    """The content with contacts unreadable, yet different where they differ."""
    if not isinstance(definition, FormDefinition):
        return content
    labels = column_labels(definition)
    labels |= {one.id: one.label for one in (*definition.head_fields, *definition.foot_fields)}
    hidden = {id_ for id_, label in labels.items() if any(word in label for word in CONTACT)}
    whole = cast(TableContent, content)
    blinded: TableContent = {
        **whole,
        "head": _texts(whole["head"], hidden),
        "unit": _texts(whole["unit"], hidden),
        "rows": [_texts(row, hidden) for row in whole["rows"]],
        "foot": _texts(whole["foot"], hidden),
    }
    if "items" in whole:
        blinded["items"] = {id_: _texts(row, hidden) for id_, row in whole["items"].items()}
    return blinded


def _texts(texts: Mapping[str, str], hidden: set[str]) -> dict[str, str]:
    return {id_: _blind(text) if id_ in hidden else text for id_, text in texts.items()}


def _blind(text: str) -> str:
    return f"\0{hashlib.sha256(text.encode()).hexdigest()[:12]}" if text else ""
