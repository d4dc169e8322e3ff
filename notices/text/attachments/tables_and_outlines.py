"""Bodies of the attachments that a notice carries: tables flattened to tabs, outlines, prose."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttachmentTable:
    """A table to be filled in. Rows are cells as found; all header rows have the same length.

    `number` is the place in the notice's own list of attachments, from 1. `start`/`end` are
    character offsets of the whole body in the decoded text. A further table of an attachment has a
    number of its own, after all attachments, and is `part_of` it. `notes` are the lines around the
    table that say how it is filled in. With `lost_grid` the text holds only the words of the cells.
    """

    number: int
    title: str
    unit_line: str | None
    header_rows: tuple[tuple[str, ...], ...]
    body_rows: tuple[tuple[str, ...], ...]
    foot_line: str | None
    start: int
    end: int
    notes: tuple[str, ...] = ()
    part_of: int = 0
    lost_grid: bool = False


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """One heading of an outline and what the notice says belongs under it (may be empty)."""

    heading: str
    hint: str


@dataclass(frozen=True, slots=True)
class AttachmentOutline:
    """A report outline (提纲): sections to be written, and a limit in characters where given."""

    number: int
    title: str
    sections: tuple[OutlineSection, ...]
    closing_note: str
    max_chars: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """Any other attachment body: rules, slogans, a list. Only its place is recorded."""

    number: int
    title: str
    start: int
    end: int


AttachmentBody = AttachmentTable | AttachmentOutline | AttachmentText
