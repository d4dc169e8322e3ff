from django.urls import path

from bureaus.views import administration, login, units, workdays

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
    path("administration/workdays/", workdays.calendar, name="workdays"),
    path("administration/workdays/put/", workdays.put, name="workday_put"),
    path("administration/workdays/import/", workdays.import_days, name="workday_import"),
    path("administration/workdays/<int:pk>/remove/", workdays.remove, name="workday_remove"),
    path("administration/audit/", administration.audit, name="audit"),
]
