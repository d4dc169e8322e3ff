"""The pages of a task that may be split."""

from django.urls import reverse


def url(task) -> str:
    return reverse("tasks:split", args=[task.pk])


def page_of(task) -> str:
    return reverse("tasks:assignment_detail", args=[task.pk])
