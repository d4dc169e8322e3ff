"""Who is not logged in goes to the login, and from there back to a page."""

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

SEES = ("GET", "HEAD")


class LoginWallMiddleware(LoginRequiredMiddleware):
    """Buttons pressed after the session has ended lead back to the page they stood on.

    Their own address only takes what is posted: after the login nothing would be seen there.
    """

    def handle_no_permission(self, request, view_func):
        if request.method in SEES:
            return super().handle_no_permission(request, view_func)
        messages.info(request, "登录已过期，刚才的操作没有办理；登录后请重新操作")
        name = self.get_redirect_field_name(view_func)
        return redirect_to_login(_page(request), resolve_url(self.get_login_url(view_func)), name)


def _page(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return came_from if is_ours else "/"


class WrongMethodMiddleware:
    """A page in place of the empty answer where somebody opens the address of a button."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method not in SEES or response.content:
            return response
        shown = render(request, "405.html", status=405)
        shown.headers["Allow"] = response.headers["Allow"]
        return shown
