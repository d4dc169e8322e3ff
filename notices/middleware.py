"""Stops what is marked as a state secret before any page takes it: every field, every file."""

from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from notices.actions import ingest
from notices.readers.bundle.marked import is_looked_into, refuse_marked_file
from notices.text.page.secrecy import ClassifiedDocument, refuse_marked

_OWN_WAY = {"notices:import", "notices:import_each"}
"""Read their files themselves, and refuse them in their own words on their own pages."""
_HEAD = 1024
_PLACE = "填写的内容中"


class SecrecyMiddleware:
    """Form cells, sections, notes, reasons, marks, workbooks, evidence: all that is posted.

    Only the fact is kept. The page in answer repeats nothing of what was sent.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        if request.method != "POST" or not request.user.is_authenticated or name in _OWN_WAY:
            return None
        try:
            _refuse_marked(request)
        except ClassifiedDocument as found:
            ingest.refuse_classified(
                bureau=request.user.bureau, now=timezone.now(), by=request.user
            )
            return _answer(request, name, found.message_zh)
        return None


def _refuse_marked(request: HttpRequest) -> None:
    """Raises ClassifiedDocument for a 密级 in a field or a file. Passwords are nobody's text."""
    for name, values in request.POST.lists():
        for value in values if "password" not in name else ():
            refuse_marked(value, _PLACE)
    for _, files in request.FILES.lists():
        for file in files:
            _refuse_marked_upload(file)


def _refuse_marked_upload(file: UploadedFile) -> None:
    head = file.read(_HEAD)
    rest = file.read() if is_looked_into(head) else b""  # a video is not taken into memory
    file.seek(0)
    refuse_marked_file(file.name or "", head + rest)


def _answer(request: HttpRequest, name: str, said: str) -> HttpResponse:
    if name == "reports:autosave":
        return JsonResponse({"state": "closed", "said": said}, status=422)
    shown = {"said": said, "back": _back(request)}
    answer = render(request, "notices/classified.html", shown, status=422)
    answer["X-Said"] = quote(said)  # for a page that posts a part of itself and stays
    return answer


def _back(request: HttpRequest) -> str:
    """The page it was posted from, where that is one of ours."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours else "/"
