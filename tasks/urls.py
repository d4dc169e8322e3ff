from django.urls import path

from tasks.views import assignments, desk, ledger, notices, obligations, reminders

app_name = "tasks"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("notices/<int:pk>/", notices.detail, name="notice_detail"),
    path("notices/<int:pk>/issue/", notices.issue, name="issue"),
    path("obligations/<int:pk>/", obligations.detail, name="obligation_detail"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("assignments/<int:pk>/", assignments.detail, name="assignment_detail"),
    path("assignments/<int:pk>/<slug:verb>/", assignments.move, name="assignment_move"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("mailbox/", reminders.mailbox_page, name="mailbox"),
]
