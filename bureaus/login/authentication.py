"""Who may log in and go on with a session: accounts in use that have not expired."""

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from bureaus.models import Staff


class StaffBackend(ModelBackend):
    """An account switched off or past its day is refused like a wrong password, and at once."""

    def get_user(self, user_id):
        """With the number of unread messages, which every page shows, by the same query."""
        user = Staff.objects.with_unread().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user):
        return user.is_valid_on(timezone.localdate())
