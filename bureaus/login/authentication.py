"""Who may log in and go on with a session: accounts in use that have not expired."""

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from bureaus.kept import versions
from bureaus.models import Staff


class StaffBackend(ModelBackend):
    """An account switched off or past its day is refused like a wrong password, and at once."""

    def get_user(self, user_id):
        """With the number of unread messages, which every page shows, the unit, and which versions
        of units and people hold now: all by one query."""
        known = Staff.objects.with_unread().with_versions().select_related("bureau")
        user = known.filter(pk=user_id).order_by().first()
        if user:
            versions.see(units=user.units_version, people=user.people_version)
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user):
        return user.is_valid_on(timezone.localdate())
