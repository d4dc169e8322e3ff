from django.urls import path

from bureaus.views import (
    administration,
    delegations,
    help,
    login,
    people,
    posts,
    suggestions,
    units,
    workdays,
)

app_name = "bureaus"

urlpatterns = [
    path("login/", login.LoginView.as_view(), name="login"),
    path("logout/", login.LogoutView.as_view(), name="logout"),
    path("password/", login.PasswordView.as_view(), name="password"),
    path("bureaus/suggest/", suggestions.bureaus, name="bureau_suggest"),
    path("help/", help.page, name="help"),
    path("help/hints/hide/", help.hints_hide, name="hints_hide"),
    path("help/hints/show/", help.hints_show, name="hints_show"),
    path("administration/", administration.administration, name="administration"),
    path("administration/units/", administration.units, name="units"),
    path("administration/units/add/", units.add, name="unit_add"),
    path("administration/units/<int:pk>/", units.unit, name="unit"),
    path("administration/staff/", people.staff, name="staff"),
    path("administration/staff/add/", people.add, name="person_add"),
    path("administration/staff/<int:pk>/", people.person, name="person"),
    path("administration/staff/<int:pk>/edit/", people.edit, name="person_edit"),
    path("administration/staff/<int:pk>/password/", people.reset_password, name="person_password"),
    path("administration/staff/<int:pk>/unlock/", people.unlock, name="person_unlock"),
    path("administration/staff/<int:pk>/reactivate/", people.reactivate, name="person_reactivate"),
    path("administration/staff/<int:pk>/posts/", posts.give, name="post_give"),
    path("administration/staff/<int:pk>/delegate/", delegations.make, name="person_delegate"),
    path("administration/posts/", posts.asked, name="posts_asked"),
    path("administration/posts/<int:pk>/confirm/", posts.confirm, name="post_confirm"),
    path("administration/posts/<int:pk>/refuse/", posts.refuse, name="post_refuse"),
    path("administration/posts/<int:pk>/remove/", posts.remove, name="post_remove"),
    path("delegations/", delegations.own, name="delegations"),
    path("delegations/<int:pk>/end/", delegations.end, name="delegation_end"),
    path("administration/workdays/", workdays.calendar, name="workdays"),
    path("administration/workdays/put/", workdays.put, name="workday_put"),
    path("administration/workdays/import/", workdays.import_days, name="workday_import"),
    path("administration/workdays/<int:pk>/remove/", workdays.remove, name="workday_remove"),
    path("administration/audit/", administration.audit, name="audit"),
]
