import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_POST, require_safe

from bureaus import permissions
from bureaus.roles import Permission
from notices.calendar import work_calendar
from tasks.actions import feeds
from tasks.calendar import feed_events, icalendar
from tasks.errors import FeedRefused
from tasks.models import Feed
from tasks.models.feed import digest_of


@login_not_required  # calendar programs cannot log in; the secret in the address stands for it
@require_safe
def feed(request, secret):
    """One feed as text/calendar. Who reads it when is written down nowhere.

    Programs ask every few hours; while nothing changed they are answered 304 without a body.
    """
    found = Feed.objects.live().filter(digest=digest_of(secret)).for_reading().first()
    if found is None or not found.is_readable:
        raise Http404
    events, note = feed_events.events(found, now=timezone.now(), calendar=work_calendar())
    written = icalendar.written(f"报送任务 {found.scope}", events, note=note)
    answer = HttpResponse(
        written,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, no-cache",  # its reader asks each time whether it changed
            "Content-Disposition": 'attachment; filename="tasks.ics"',
        },
    )
    etag = quote_etag(hashlib.sha256(written).hexdigest())
    answer.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer)


@require_POST
def open_feed(request):
    """Open a feed and show its address, this once: it is kept nowhere."""
    user = request.user
    permissions.check_any(user, Permission.READ)
    here = {bureau.code: bureau for bureau in user.bureaus_where(Permission.READ)}
    code = request.POST.get("bureau", "")
    if code and code not in here:
        raise Http404
    opened, secret = feeds.open_feed(user, bureau=here.get(code), now=timezone.now(), by=user)
    address = settings.SITE_URL + reverse("tasks:feed", args=[secret])
    return render(request, "tasks/feed_opened.html", {"feed": opened, "address": address})


@require_POST
def revoke(request, pk):
    found = get_object_or_404(Feed.objects.visible_to(request.user), pk=pk)
    try:
        feeds.revoke(found, now=timezone.now(), by=request.user)
    except FeedRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已停用日历订阅：{found.scope}。原地址不再有效")
    return redirect(f"{reverse('tasks:calendar')}#feeds")
