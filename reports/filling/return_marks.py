"""The marks of a return: what they ask, in words, and what has become of their places since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.filling.asked_forms import Form
from reports.models import ReturnMark, SubmissionVersion
from reports.schemas.comparing.changes import follow, pairs, text_at
from reports.schemas.content.content import Content
from reports.schemas.content.places import WHOLE, Place, anchor, cell_path, places


@dataclass(frozen=True)
class Followed:
    """A mark with its place in words; ``path`` is where that stands now, None where it is gone.

    ``cell`` is the path of the cell that a link to it leads to.
    """

    mark: ReturnMark
    tab: str
    label: str
    quoted: str
    path: str | None
    cell: str
    is_changed: bool

    @property
    def number(self) -> int:
        return self.mark.attachment_number

    @property
    def href(self) -> str:
        """The id of its place on a page of several forms."""
        return anchor(self.cell, form=self.number)

    @property
    def field(self) -> str:
        """The id of its place where the form is filled in."""
        return anchor(self.cell) or "form"

    @property
    def became(self) -> str:
        """What the bureau has done at this place since it was marked."""
        if self.path is None:
            return "该行已删除"
        return "已修改" if self.is_changed else "未修改"


def asked(tab: str, quoted: str, note: str) -> str:
    """One mark as a sentence: 附件1 第2行“文件名称”：请写明印发日期"""
    return f"{tab}{' ' if quoted[:1] not in '“' else ''}{quoted}：{note}"


def follow_marks(
    marks: Iterable[ReturnMark],
    forms: Sequence[Form],
    versions: Iterable[SubmissionVersion],
    *,
    contents: Mapping[int, Content] | None = None,
) -> list[Followed]:
    """Each mark followed from the version it was made on to what the forms hold now.

    ``versions`` with their contents, oldest first; a mark older than all of them is taken as made
    on what stands there now. ``contents``: what a writer has before him, by attachment, where it
    is not saved.
    """
    by_number = {form.number: form for form in forms}
    known = list(versions)
    trails: dict[tuple[int, int | None], _Trail] = {}
    found = []
    for mark in marks:
        form = by_number.get(mark.attachment_number)
        if form is None:
            continue
        version = _marked_version(mark, known)
        key = (form.number, version.pk if version else None)
        if key not in trails:
            now = (contents or {}).get(form.number, form.content)
            trails[key] = _Trail(form, version.content if version else now, now)
        found.append(trails[key].follow(mark))
    return found


def _marked_version(
    mark: ReturnMark, versions: Sequence[SubmissionVersion]
) -> SubmissionVersion | None:
    seen = [
        version
        for version in versions
        if version.submission.attachment_number == mark.attachment_number
        and version.handed_in_at <= mark.made_at
    ]
    return seen[-1] if seen else None


class _Trail:
    """The way from one version of a form to what stands there now."""

    def __init__(self, form: Form, before: Content, now: Content):
        self.form, self.before, self.now = form, before, now
        self.places = {place.path: place for place in places(form.definition, before)}
        self.pairs = pairs(form.definition, before, now)

    def follow(self, mark: ReturnMark) -> Followed:
        path = follow(mark.path, self.pairs)
        is_changed = path is not None and self._text(self.before, mark.path) != self._text(
            self.now, path
        )
        place = self.places.get(mark.path, Place(mark.path, ""))
        cell = cell_path(self.form.definition, path or WHOLE)
        return Followed(mark, self.form.tab, place.label, place.quoted, path, cell, is_changed)

    def _text(self, content: Content, path: str) -> str:
        return text_at(self.form.definition, content, path)
