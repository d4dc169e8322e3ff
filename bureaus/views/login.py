from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.forms.utils import ErrorDict
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone

from audit import origin
from bureaus.actions import sessions, throttle
from bureaus.forms.login import LoginForm, PasswordForm
from bureaus.login import passwords

WAIT = (
    "本机所在网络地址登录失败次数过多，已暂停登录"
    f"{int(settings.LOGIN_ADDRESS_WAIT.total_seconds()) // 60}分钟。请稍后再试，或联系系统管理员"
)
LOCK = {
    "lock_attempts": settings.AXES_FAILURE_LIMIT,
    "lock_minutes": int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60,
}


class LoginView(auth.LoginView):
    template_name = "bureaus/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True
    extra_context = LOCK

    def post(self, request, *args, **kwargs):
        if throttle.has_to_wait(origin.address(), now=timezone.now()):
            sessions.refused(request.POST.get("username", ""), verb="登录被限制")
            return _refusal(request, WAIT)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        staff = form.get_user()
        before = {
            "last_login_at": staff.last_login.isoformat() if staff.last_login else "",
            "last_login_address": staff.last_address,
        }
        response = super().form_valid(form)
        self.request.session.update(before)
        sessions.opened(staff)
        return response

    def form_invalid(self, form):
        if not getattr(self.request, "axes_locked_out", False):  # else locked_out records it
            throttle.failed(origin.address(), now=timezone.now())
            sessions.refused(form.data.get("username", ""))
        return render(
            self.request, self.template_name, self.get_context_data(form=form), status=422
        )


def locked_out(request, original_response=None, credentials=None):
    """What axes shows from the failure that locks an account until the lock ends."""
    throttle.failed(origin.address(), now=timezone.now())
    sessions.refused((credentials or {}).get("username", ""), verb="登录被锁定")
    minutes = LOCK["lock_minutes"]
    said = f"该账号连续输错密码，已锁定{minutes}分钟。请稍后再试，或联系本单位管理员"
    return _refusal(request, said)


def _refusal(request, said: str):
    form = LoginForm(request)  # unbound: validating it would try the password again
    form._errors = ErrorDict({NON_FIELD_ERRORS: form.error_class([said])})
    return render(request, "bureaus/login.html", {"form": form, **LOCK}, status=429)


class LogoutView(auth.LogoutView):
    def post(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            sessions.closed(request.user)
        return super().post(request, *args, **kwargs)


class PasswordView(auth.PasswordChangeView):
    template_name = "bureaus/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("tasks:desk")

    def get_context_data(self, **kwargs):
        owed = passwords.reason_to_change(self.request.user, timezone.localdate())
        return super().get_context_data(owed=owed, **kwargs)

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        sessions.password_changed(self.request.user, now=timezone.now())
        messages.success(self.request, "密码已修改，下次登录请用新密码")
        return response

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
