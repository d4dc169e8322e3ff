"""A summary (工作总结) as a Word document in the layout of an official one."""

from dataclasses import dataclass
from datetime import date

from reports.documents import paper
from reports.schemas.content.content import OutlineContent
from reports.schemas.definition.outlines import OutlineDefinition


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who reports and when; ``on`` is None in a draft, which then carries no date."""

    unit_name: str
    on: date | None = None


def write_summary(
    definition: OutlineDefinition, content: OutlineContent, imprint: Imprint
) -> bytes:
    """Title, unit, a heading and its paragraphs a section, 署名 and date. Empty sections say so."""
    title = heading_of(definition)
    document = paper.new_document(title)
    paper.add_title(document, f"{imprint.unit_name}\n{title}")
    for section in definition.sections:
        paper.add_heading(document, section.full_heading)
        text = content["sections"].get(section.id, "")
        paper.add_text(document, text if text.strip() else "（未填写）")
    paper.add_blank(document)
    day = imprint.on
    written = f"{day.year}年{day.month}月{day.day}日" if day else ""
    paper.add_signature(document, imprint.unit_name, written)
    return paper.to_bytes(document)


def heading_of(definition: OutlineDefinition) -> str:
    """提纲 is what the directive prints; what a bureau hands in is the summary itself."""
    return definition.title.removesuffix("提纲").rstrip() or definition.title
