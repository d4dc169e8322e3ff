"""What has to be in order before a person who is logged in may go on (GB/T 22239-2019, 8.1.4.1)."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils import timezone

from bureaus.actions import sessions
from bureaus.login import passwords

OPENED_AT, SEEN_AT = "opened_at", "seen_at"
NOTED = 60  # seconds within which a further request need not be written down
ALWAYS_OPEN = {"bureaus:password", "bureaus:logout", "bureaus:login"}


class AdmissionMiddleware:
    """Ends sessions that are too old; leads whoever owes a new password to the page for it.

    The age counts from the first request of the session, busy or not.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            opened_at = request.session.setdefault(OPENED_AT, now)
            if not 0 <= now - request.session.get(SEEN_AT, 0) < NOTED:
                request.session[SEEN_AT] = now  # written, it lasts anew, and so does its cookie
            if now - opened_at >= settings.SESSION_MAX_HOURS * 3600:
                sessions.timed_out(request.user)
                logout(request)
                said = f"本次登录已满{settings.SESSION_MAX_HOURS}小时，请重新登录"
                messages.info(request, said)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or request.resolver_match.view_name in ALWAYS_OPEN:
            return None
        if passwords.reason_to_change(request.user, timezone.localdate()):
            return redirect("bureaus:password")
        return None
