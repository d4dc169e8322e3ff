"""Where the request at hand comes from: provenance for the audit, never a ground for a decision."""

from contextvars import ContextVar

_address: ContextVar[str] = ContextVar("audit_origin", default="")


def address() -> str:
    """The client address of the request being served; empty in jobs and commands."""
    return _address.get()


class OriginMiddleware:
    """Remembers REMOTE_ADDR while a request is served.

    A proxy in front has to rewrite REMOTE_ADDR itself (nginx realip, gunicorn's
    ``forwarded_allow_ips``): a header anybody can send is not believed here.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _address.set(request.META.get("REMOTE_ADDR", "")[:45])
        try:
            return self.get_response(request)
        finally:
            _address.reset(token)
