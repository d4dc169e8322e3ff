"""Fill-in templates of the forms of an assignment: whose they are, and the key that seals them."""

from django.utils.crypto import salted_hmac

from reports.filling.asked_forms import Form, latest_schema
from reports.workbooks.forms.template import ROOM, Ask, write_template
from reports.workbooks.reading.meta import Identity, digest_of
from reports.workbooks.sheets.book import to_bytes
from tasks.models import Assignment

_SALT = "reports.fill_in"
_NO_SCHEMA = 0  # nobody has written into the form yet, so that it is not stored


def key() -> bytes:
    """Changes with SECRET_KEY; templates made before are then refused, and told why."""
    return salted_hmac(_SALT, "seal", algorithm="sha256").digest()


def identity_of(assignment: Assignment, form: Form) -> Identity:
    """What a template of this form must say of itself to be taken in."""
    notice = assignment.obligation.notice
    stored = form.submission.schema if form.submission else latest_schema(notice, form.number)
    return Identity(
        schema_id=stored.pk if stored else _NO_SCHEMA,
        schema_version=stored.version if stored else 1,
        digest=digest_of(form.definition),
        notice_id=notice.pk,
        notice_name=notice.citation,
        assignment_id=assignment.pk,
        bureau_code=assignment.bureau.code,
        bureau_name=assignment.bureau.name,
        attachment_number=form.number,
        period=assignment.obligation.period,
    )


def template_workbook(assignment: Assignment, form: Form, *, room: int = ROOM) -> bytes:
    """The .xlsx to be filled in offline, with what is written so far."""
    ask = Ask(form.definition, form.content, form.revision, identity_of(assignment, form))
    return to_bytes(write_template(ask, key=key(), room=room))
