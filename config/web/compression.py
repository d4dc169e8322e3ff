"""Pages travel compressed; files do not."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PAGES = ("text/html", "application/json")


class CompressedPagesMiddleware(GZipMiddleware):
    """gzip for pages and what scripts ask for.

    Workbooks and pictures are compressed already, and a video of 500 MB keeps its length and the
    worker its time. Against BREACH the token of a form is masked anew in every answer, and Django
    makes the length of every answer vary by up to 100 bytes.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase):
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in PAGES:
            return response
        return super().process_response(request, response)
