"""Sections of a summary that say nothing a reader could check, where 要有数据支撑 is asked for."""

import re
from collections.abc import Iterator

from reports.schemas.checking.data_support import support_of, titles_in
from reports.schemas.checking.problems import Problem
from reports.schemas.content.content import OutlineContent
from reports.schemas.content.values import is_no_value_mark
from reports.schemas.definition.outlines import OutlineDefinition, Section

_ASKS = re.compile(r"数据|量化|数字说话")
# What a section is about, and what would support it; the first that fits.
_WANTED = (
    (re.compile(r"典型|案例|示范|先进"), "典型和案例的数量、名称、时间或成效数字"),
    (re.compile(r"文件|制度|印发"), "文件名称、文号和印发时间"),
    (re.compile(r"经验|做法"), "做法的时间、范围（家数、人次等）或成效数字"),
    (re.compile(r"活动|宣传|成效"), "活动的场次、人次、时间或成效数字"),
    (re.compile(r"学习|批示|培训|部署"), "会议和学习的次数、人次或时间"),
)
_ANYTHING = "次数、家数、金额等数字，文件名称、文号，或开展的时间"


def asks_for_data(definition: OutlineDefinition) -> bool:
    """Does the directive say that the summary is to be supported by data?"""
    return bool(_ASKS.search(definition.closing_note))


def lacking(definition: OutlineDefinition, content: OutlineContent) -> Iterator[Problem]:
    """A warning for each written section without any figure, document or day; 无 is an answer."""
    if not asks_for_data(definition):
        return
    headings = (definition.title, *(section.heading for section in definition.sections))
    subjects = [title for heading in headings for title in titles_in(heading)]
    for section in definition.sections:
        text = content["sections"][section.id]
        if text and not is_no_value_mark(text) and not support_of(text, subjects=subjects):
            label = section.full_heading
            message = (
                f"“{label}”中没有数字、文件或日期，总结要求有数据支撑，请补充{wanted(section)}。"
            )
            yield Problem(f"sections.{section.id}", label, "warning", message)


def wanted(section: Section) -> str:
    """What would support this section, by its heading."""
    heading = re.sub(r"《[^》]*》", "", section.heading)
    return next((words for about, words in _WANTED if about.search(heading)), _ANYTHING)
