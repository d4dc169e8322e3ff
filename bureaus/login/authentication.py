"""Who may log in and go on with a session: accounts in use that have not expired."""

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from bureaus.kept import versions
from bureaus.kept.statements import Statement
from bureaus.models import Bureau, Staff

_PERSON = Statement(
    Staff, lambda key: Staff.objects.with_unread().with_versions().filter(pk=key).order_by()
)


class StaffBackend(ModelBackend):
    """An account switched off or past its day is refused like a wrong password, and at once."""

    def get_user(self, user_id):
        """With the number of unread messages, which every page shows, and which versions of units
        and people hold now, by one query; the unit out of the process, where it is kept."""
        user = _PERSON.row(user_id)
        if user is None:
            return None
        versions.see(units=user.units_version, people=user.people_version)
        if user.bureau_id:
            user.bureau = Bureau.objects.kept([user.bureau_id])[user.bureau_id]
        return user if self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user):
        return user.is_valid_on(timezone.localdate())
