from django.contrib.auth.models import BaseUserManager
from django.db import models

from bureaus import paths
from bureaus.roles import Permission, roles_with


class BureauQuerySet(models.QuerySet):
    def active(self) -> "BureauQuerySet":
        return self.filter(is_active=True)

    def territorial(self) -> "BureauQuerySet":
        """The tree of bureaus without the internal units of an office."""
        return self.exclude(rank=self.model.Rank.INTERNAL)

    def under(self, bureau) -> "BureauQuerySet":
        """The bureau and all below it."""
        return self.filter(paths.subtree("path", bureau.path))

    def provinces(self) -> "BureauQuerySet":
        return self.filter(rank=self.model.Rank.PROVINCE)

    def internal_units(self) -> "BureauQuerySet":
        return self.filter(rank=self.model.Rank.INTERNAL)


class StaffManager(BaseUserManager):
    use_in_migrations = False

    def create_user(self, username: str, password: str | None = None, **fields):
        staff = self.model(username=username, **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff

    def create_superuser(self, username: str, password: str | None = None, **fields):
        """For repairs only; a superuser holds no post and so sees no task."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str):
        return self.get(username=username)

    def who_may(self, permission: Permission, *, at) -> models.QuerySet:
        """Active staff holding a post with this permission at exactly this bureau."""
        return self.filter(
            is_active=True, posts__bureau=at, posts__role__in=roles_with(permission)
        ).distinct()
