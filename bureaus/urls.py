from django.urls import path

from bureaus.views import administration, login, units

app_name = "bureaus"

urlpatterns = [
    path("login/", login.LoginView.as_view(), name="login"),
    path("logout/", login.LogoutView.as_view(), name="logout"),
    path("password/", login.PasswordView.as_view(), name="password"),
    path("help/", administration.help_page, name="help"),
    path("administration/", administration.administration, name="administration"),
    path("administration/units/", administration.units, name="units"),
    path("administration/units/add/", units.add, name="unit_add"),
    path("administration/staff/", administration.staff, name="staff"),
    path("administration/workdays/", administration.workdays, name="workdays"),
    path("administration/audit/", administration.audit, name="audit"),
]
