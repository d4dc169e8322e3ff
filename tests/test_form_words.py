"""A sweep over every form: whatever comes in, nobody is told in the words of the framework."""

import re

import django_filters
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils.datastructures import MultiValueDict

from bureaus.filters import SpanForm, StrictFilter
from bureaus.forms.delegations import DelegationForm
from bureaus.forms.login import LoginForm, PasswordForm
from bureaus.forms.people import NewPersonForm, PostForm
from bureaus.forms.units import UnitSettingsForm
from bureaus.forms.wording import Form, Worded
from bureaus.models import Bureau, Staff
from bureaus.roles import Role
from notices.checking import evidence_asked
from notices.checking.expansion import expand
from notices.forms import checking as notices
from notices.forms.clause import ClauseForm
from notices.forms.deadline import DeadlineForm
from notices.models import Clause, ClauseChange, Notice, Source
from reports.filters import StatisticsFilter
from tasks.filters import AssignmentFilter, LedgerForm, SeenFilter
from tasks.forms import changes, handovers, issuing, recipients
from tasks.forms import channels as channel_forms
from tasks.forms import verbs as verb_forms
from tasks.forms.calendar import CalendarForm
from tasks.forms.saved_views import SavedViewForm
from tasks.models import Assignment
from tasks.pages.bulk_verbs import BULK_VERBS
from tests import factories

APPS = ("bureaus", "notices", "tasks", "reports", "config")
# What Django and django-filter say where nothing else is said.
DJANGOS = re.compile(
    "必填项|此字段不能为空|这个值不能为|选择一个有效的选项|输入一个有效的|请输入有效|输入整数|输入一个数字"
    "|输入一系列值|不是一个有效的值|不是有效选项|确保该|确认总共|不允许是用空字符串|没有提交文件|未提交文件"
    "|所提交的是空文件|请提交文件或勾选|密码跟|这个密码太常见了|This|Enter|Ensure|Select"
)
WRONG = ("", "错", "坏\0字", "-1", "99999", "9999-12-31", "2026-02-30", "25:00", "a@b")
# Two only put days in order that other fields hold; a switch is on or off.
NEVER_WRONG = {SpanForm, LedgerForm, UnitSettingsForm}


def user() -> Staff:
    return Staff.objects.first()


def colleagues() -> dict:
    return {"person": user(), "today": factories.NOW.date()}


def request():
    made = RequestFactory().post("/")
    made.user = user()
    return {"request": made}


def a_clause():
    clause = Clause.objects.first()
    attachments = clause.notice.attachments.all()
    return {"clause": clause, "attachments": attachments, "wanted": evidence_asked.by(clause)}


def _change() -> ClauseChange:
    clause = Clause.objects.first()
    source = Source(notice=clause.notice, came_at=factories.NOW)
    return ClauseChange(clause=clause, source=source, kind=ClauseChange.Kind.MOVED)


# What a form is made with besides what was posted.
MADE_WITH = {
    DelegationForm: lambda: {"absentee": user(), "today": factories.NOW.date()},
    LoginForm: request,
    PasswordForm: lambda: {"user": user()},
    NewPersonForm: lambda: {"user": user()},
    PostForm: lambda: {"user": user(), "roles": list(Role)},
    UnitSettingsForm: lambda: {"instance": user().bureau, "allowed": ["is_two_person"]},
    notices.MetadataForm: lambda: {"instance": Notice.objects.get()},
    DeadlineForm: lambda: {"clause": Clause.objects.first()},
    ClauseForm: a_clause,
    notices.DecisionForm: a_clause,
    changes.ChangeForm: lambda: {"change": _change()},
    notices.MissedClauseForm: lambda: {"notice": Notice.objects.get()},
    channel_forms.RobotForm: lambda: {"user": user()},
    SavedViewForm: lambda: {"bureaus": []},
    verb_forms.HandlerForm: lambda: {"people": Staff.objects.all()},
    verb_forms.BulkForm: lambda: {"verb": BULK_VERBS["return_"], "people": Staff.objects.all()},
    issuing.IssueForm: lambda: {
        "clauses": Clause.objects.all(),
        "bureaus": Bureau.objects.all(),
        "must_be_needed": True,
    },
    recipients.RecipientsForm: lambda: {
        "expansion": expand("各有关单位，南极市场监管局", issuer=user().bureau)
    },
    CalendarForm: lambda: {"user": user()},
    handovers.TransferForm: colleagues,
    handovers.LeavingForm: colleagues,
    issuing.SplitForm: lambda: {
        "assignment": Assignment.objects.get(),
        "bureaus": Bureau.objects.all(),
    },
    issuing.AddUnitsForm: lambda: {"bureaus": Bureau.objects.all()},
    issuing.LateUnitsForm: lambda: {"bureaus": Bureau.objects.all()},
    AssignmentFilter: request,
    StatisticsFilter: request,
}


def ours(base: type) -> set[type]:
    """The classes below a base that stand in modules of ours."""
    below = {kind for each in base.__subclasses__() for kind in {each} | ours(each)}
    return {kind for kind in below if kind.__module__.partition(".")[0] in APPS}


assert get_resolver().url_patterns  # imports all that a page can be made with
FORMS = ours(forms.BaseForm) - {Worded, Form}
FILTERS = ours(django_filters.FilterSet) - {StrictFilter, SeenFilter}  # bases, of no list


def by_name(kinds: set[type]) -> list[type]:
    return sorted(kinds, key=lambda kind: f"{kind.__module__}.{kind.__name__}")


def inputs(blank: forms.BaseForm):
    """Posts and files that are wrong in every field at once, each in another way."""
    names = {blank.add_prefix(name): field for name, field in blank.fields.items()}
    for value in WRONG:
        yield posted(dict.fromkeys(names, value)), MultiValueDict()
    too_long = {name: "长" * ((field_length(field) or 400) + 1) for name, field in names.items()}
    yield posted(too_long), MultiValueDict()
    for name in ("空.csv", "长" * 600 + ".csv"):
        file = SimpleUploadedFile("x", b"")
        file._name = name  # as a request of our own making has it: Django cuts what a browser sent
        yield posted({}), MultiValueDict({name: [file] for name in names})


def field_length(field: forms.Field) -> int | None:
    return getattr(field, "max_length", None)


def posted(values: dict[str, str]) -> QueryDict:
    given = QueryDict(mutable=True)
    given.update(values)
    return given


def messages(kind: type, make) -> set[str]:
    return {
        error
        for data, files in inputs(make(None, None))
        for errors in make(data, files).errors.values()
        for error in errors
    }


@pytest.fixture
def office(db):
    """A notice, a task out of it, and somebody to make the forms for."""
    factories.assignment()


@pytest.mark.parametrize(
    "kind", by_name(FORMS), ids=lambda kind: f"{kind.__module__}.{kind.__name__}"
)
def test_no_form_speaks_the_words_of_the_framework(kind, office):
    made_with = MADE_WITH.get(kind, dict)

    said = messages(kind, lambda data, files: kind(data=data, files=files, **made_with()))

    assert issubclass(kind, Worded)
    assert bool(said) != (kind in NEVER_WRONG)
    assert [each for each in said if DJANGOS.search(each)] == []


@pytest.mark.parametrize("kind", by_name(FILTERS), ids=lambda kind: kind.__name__)
def test_no_filter_speaks_the_words_of_the_framework(kind, office):
    made_with = MADE_WITH.get(kind, dict)

    said = messages(
        kind, lambda data, files: kind(data, kind._meta.model.objects.all(), **made_with()).form
    )

    assert issubclass(kind._meta.form, Worded)
    assert said
    assert [each for each in said if DJANGOS.search(each)] == []
