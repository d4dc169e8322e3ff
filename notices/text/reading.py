"""The one entry: raw text in, a structured reading out."""

import re
from dataclasses import dataclass
from datetime import date

from notices.text.attachments import bodies as attachment_bodies
from notices.text.attachments import listed as attachment_list
from notices.text.attachments.tables_and_outlines import AttachmentBody, AttachmentTable
from notices.text.characters.normalize import fold, squeeze
from notices.text.characters.sentences import Paragraph, paragraph
from notices.text.clauses import clauses, lone_clause, model, requirements, timetables
from notices.text.clauses.model import Judge
from notices.text.clauses.obligations import ASKS_PUBLIC, ObligationReading, Setting
from notices.text.clauses.requirements import RequirementReading
from notices.text.deadlines.dates import WRITTEN_DATE, BaseDay, date_of, read_date
from notices.text.deadlines.office_time import day_in_words
from notices.text.metadata import contacts
from notices.text.metadata.contacts import Contact
from notices.text.metadata.issuers import issuers_of
from notices.text.page import head, tail
from notices.text.page.closing import mended
from notices.text.page.lines import Line, lines, paragraphs


@dataclass(frozen=True, slots=True)
class Reading:
    """What a notice says. What it does not say is None or empty, never a guess.

    `signed_date` is the one under the signature, `listed_date` the website's 成文日期; where they
    differ `written_date` is the signature's.
    """

    title: str | None
    doc_number: str | None
    issuers: tuple[str, ...]
    recipients_text: str | None
    index_number: str | None
    subject: str | None
    department: str | None
    written_date: date | None
    signed_date: date | None
    listed_date: date | None
    published_date: date | None
    printed_date: date | None
    printed_by: str | None
    urgency: str | None
    disclosure: str | None
    cc: str | None
    attachments: tuple[str, ...]
    attachment_bodies: tuple[AttachmentBody, ...]
    contacts: tuple[Contact, ...]
    truncated: bool
    obligations: tuple[ObligationReading, ...]
    requirements: tuple[RequirementReading, ...] = ()

    @property
    def further_tables(self) -> tuple[AttachmentTable, ...]:
        """The second table of an attachment, and so on; whoever asks for it asks for these."""
        tables = (one for one in self.attachment_bodies if isinstance(one, AttachmentTable))
        return tuple(table for table in tables if table.part_of)

    def with_further_tables(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """The numbers of attachments, and of all the tables they hold."""
        return (*numbers, *(one.number for one in self.further_tables if one.part_of in numbers))

    def as_json(self) -> dict[str, object]:
        """What `read_notice --json` prints: dates as ISO text, what is not said as None or []."""
        return {name: _plain(getattr(self, name)) for name in _SHOWN}


_SHOWN = (
    *("title", "doc_number", "issuers", "recipients_text", "index_number", "subject"),
    *("department", "written_date", "published_date", "printed_date", "printed_by", "urgency"),
    *("disclosure", "cc", "attachments", "contacts", "truncated", "obligations", "requirements"),
)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.as_json() if hasattr(value, "as_json") else value


def read(text: str, *, today: date | None = None, judge: Judge = model.sure) -> Reading:
    """Reads one notice. Never raises on text; an empty text gives an empty reading.

    `today` is the day of import: its year is taken for days without one where the notice has no
    date and no number either. `judge` says of each act of handing in how sure it is that it is a
    duty.
    """
    folded = mended(fold(text))
    found = lines(folded)
    top = head.read(found, text)
    end = tail.read(found, top.body)
    listed = attachment_list.read(found, top.body, end.chrome)
    bodies = attachment_bodies.read(found, text, listed, top.body, end)
    titles = listed.titles if listed else _titles(bodies)
    people, contact_lines = contacts.read(found[top.body : end.chrome])
    table = top.table
    listed_date = read_date(table.get("written_date", ""))
    written = end.written_date or listed_date or end.printed_date
    issuers = issuers_of(top, end)
    skipped = set(end.furniture) | {i + top.body for i in contact_lines}
    if listed:
        skipped |= set(range(listed.first, listed.after))
    published = read_date(table.get("published_date", ""))
    setting = Setting(
        text,
        _counts_from(folded, end, listed_date, published, top.doc_number, today),
        issuers,
        top.recipients_text or "",
        titles,
        bool(ASKS_PUBLIC.search(folded)),
        top.title or "",
    )
    obligations, work = _clauses(folded, found, top.body, end, skipped, bodies, setting, judge)
    alone = _clause_alone(text, top, end, setting.issued_on, judge)
    return Reading(
        title=None if alone else top.title,
        doc_number=top.doc_number,
        issuers=issuers,
        recipients_text=top.recipients_text,
        index_number=table.get("index_number"),
        subject=table.get("subject"),
        department=table.get("department"),
        written_date=written,
        signed_date=end.written_date,
        listed_date=listed_date,
        published_date=published,
        printed_date=end.printed_date,
        printed_by=end.printed_by,
        urgency=top.urgency,
        disclosure=end.disclosure,
        cc=end.cc,
        attachments=titles,
        attachment_bodies=bodies,
        contacts=people,
        truncated=end.truncated,
        obligations=tuple(alone or obligations),
        requirements=tuple(work),
    )


def _titles(bodies: tuple[AttachmentBody, ...]) -> tuple[str, ...]:
    """What a notice without a list of its attachments holds; each once, whatever tables it has."""
    further = [one for one in bodies if isinstance(one, AttachmentTable) and one.part_of]
    return tuple(body.title for body in bodies if body.title and body not in further)


_LONGEST_CLAUSE = 600
"""Characters; a notice without line breaks is longer."""


def _counts_from(
    folded: str,
    end: tail.Tail,
    listed: date | None,
    published: date | None,
    number: str | None,
    today: date | None,
) -> BaseDay | None:
    """The day that words without a year count from: the first of these that is known."""
    for day, source in (
        (end.written_date, "落款日期"),
        (listed, "成文日期"),
        (end.printed_date, "印发日期"),
        (published, "发布日期"),
    ):
        if day:
            return BaseDay(day, f"{source}{day_in_words(day)}")
    named = _YEAR.search(number or "")
    if named:
        return BaseDay(date(int(named.group()), 1, 1), "文号的年份", only_year=True)
    signed = [day for match in _SIGNED.finditer(folded) if (day := date_of(match))]
    if signed:
        return BaseDay(
            signed[-1].replace(month=1, day=1), "文中机关名称后日期的年份", only_year=True
        )
    return BaseDay(date(today.year, 1, 1), "导入的年份", only_year=True) if today else None


_SIGNED = re.compile(
    rf"[局厅委办会部室组院司处站队心府]\s?(?:{WRITTEN_DATE.pattern})(?!\s?[前以之起至])"
)
"""A signature's date, also where nothing shows that it is one."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _clause_alone(
    text: str, top: head.Head, end: tail.Tail, issued_on: BaseDay | date | None, judge: Judge
) -> list[ObligationReading]:
    """What one line asks for that is no notice but a clause cut out of one."""
    whole = top.doc_number or top.recipients_text or end.written_date or end.printed_date
    if whole or "\n" in text.strip() or len(text) > _LONGEST_CLAUSE:
        return []
    return lone_clause.obligations(text, issued_on, judge=judge)


def _clauses(
    folded: str,
    found: list[Line],
    body: int,
    end: tail.Tail,
    skipped: set[int],
    bodies: tuple[AttachmentBody, ...],
    setting: Setting,
    judge: Judge,
) -> tuple[list[ObligationReading], list[RequirementReading]]:
    """The reporting duties, from sentences and from tables, and the dated work beside them."""
    days = timetables.read(found, body, min(end.sign, end.chrome), setting)
    runs = _runs(folded, found, body, end, skipped | days.used, bodies)
    obligations = [*clauses.read(runs, setting, judge), *days.obligations]
    obligations.sort(key=lambda item: item.start)
    return obligations, requirements.read(runs, setting, obligations)


def _runs(
    folded: str,
    found: list[Line],
    body: int,
    end: tail.Tail,
    skipped: set[int],
    bodies: tuple[AttachmentBody, ...],
) -> list[Paragraph]:
    """The paragraphs that may hold clauses: no head, signature, imprint, list, form or chrome."""
    forms = [(b.start, b.end) for b in bodies if attachment_bodies.is_form(b)]
    kept = [
        line
        for i, line in enumerate(found[: end.chrome])
        if i >= body
        and i not in skipped
        and not (end.sign <= i < end.after)
        and not any(a <= line.start < b for a, b in forms)
    ]
    return [paragraph(squeeze(folded, a, b)) for a, b in paragraphs(kept)]
