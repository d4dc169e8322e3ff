"""Who may log in and go on with a session: accounts in use that have not expired."""

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone


class StaffBackend(ModelBackend):
    """An account switched off or past its day is refused like a wrong password, and at once."""

    def user_can_authenticate(self, user):
        return user.is_valid_on(timezone.localdate())
