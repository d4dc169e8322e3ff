import secrets
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import BigIntegerField, Count, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from bureaus import paths, visibility
from bureaus.kept import versions
from bureaus.kept.holding import Holding
from bureaus.roles import BUSINESS, Permission, Role, roles_with

# Each of these sees the people and the posts at and below its bureau.
OF_PEOPLE = (Permission.STAFF, Permission.SYSTEM, Permission.GRANT)
_BUREAUS: Holding[models.Model] = Holding(versions.UNITS)
_NAMES: Holding[str] = Holding(versions.PEOPLE)


class MarkedQuerySet(models.QuerySet):
    """Of rows that processes keep: whatever is written leaves a mark, in the same transaction.

    The model says ``kept_as`` what, and in ``kept_columns`` what of it is kept, all where it
    says nothing. Its base manager has to be this one, so that rows saved by themselves are seen.
    """

    def _insert(self, *words, **named):
        made = super()._insert(*words, **named)
        self._mark()
        return made

    def _update(self, values):
        changed = super()._update(values)
        if changed:
            self._mark(field.name for field, _, _ in values)
        return changed

    def update(self, **named: Any) -> int:
        changed: int = super().update(**named)
        if changed:
            self._mark(named)
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        deleted: tuple[int, dict[str, int]] = super().delete()
        if deleted[0]:
            self._mark()
        return deleted

    def _mark(self, columns: Iterable[str] | None = None) -> None:
        kept = self.model.kept_columns
        if columns is None or not kept or not kept.isdisjoint(columns):
            apps.get_model("bureaus", "HouseChange").objects.mark(self.model.kept_as)

    update.alters_data = delete.alters_data = True
    delete.queryset_only = True
    _insert.queryset_only = _update.queryset_only = False  # of managers too, as Django's own


class HouseChangeQuerySet(models.QuerySet):
    """Marks of changes. The version of a kind is the sum of its marks: each commit makes another
    one, and nobody waits for anybody, as he would for one row that all write."""

    MARK = 2**44  # below it; a bigint holds the sum of half a million

    def mark(self, kind: str) -> None:
        versions.forget(kind)
        self.bulk_create([self.model(kind=kind, mark=secrets.randbelow(self.MARK) + 1)])

    def version(self, kind: str) -> Coalesce:
        """As a column of another query."""
        marks = self.filter(kind=kind).order_by().values("kind").annotate(sum=Sum("mark"))
        return Coalesce(Subquery(marks.values("sum")), Value(0), output_field=BigIntegerField())


class BureauQuerySet(MarkedQuerySet):
    def active(self) -> "BureauQuerySet":
        return self.filter(is_active=True)

    def kept(self, keys: Collection[int]) -> dict[int, models.Model]:
        """Whole units by their keys, each read once a process."""
        return _BUREAUS.get_many(keys, self.in_bulk)

    def territorial(self) -> "BureauQuerySet":
        """The tree of bureaus without the internal units of an office."""
        return self.exclude(rank=self.model.Rank.INTERNAL)

    def under(self, bureau) -> "BureauQuerySet":
        """The bureau and all below it."""
        return self.filter(paths.subtree("path", bureau.path))

    def visible_to(self, user) -> "BureauQuerySet":
        """At or below the bureaus whose tasks the person may see."""
        return self.filter(visibility.visible(user, path="path"))

    def matching(self, words: str) -> "BureauQuerySet":
        """Those whose code begins so, or one of whose names holds these words."""
        return self.filter(
            Q(code__istartswith=words)
            | Q(name__icontains=words)
            | Q(short_name__icontains=words)
            | Q(aliases__icontains=words)
        )

    def administered_by(self, user, *permissions: Permission) -> "BureauQuerySet":
        """At or below the bureaus where the person holds one of the permissions."""
        return self.filter(visibility.any_of(user, *permissions, path="path"))

    def that_report(self) -> "BureauQuerySet":
        """Those that tasks are given to: counties only where the unit above them takes them in."""
        ranks = (self.model.Rank.PROVINCE, self.model.Rank.PREFECTURE, self.model.Rank.INTERNAL)
        return self.active().filter(Q(rank__in=ranks) | Q(parent__counties_take_part=True))

    def without(self, role: Role) -> "BureauQuerySet":
        """Where nobody with an account in use holds this post."""
        posts = self.model._meta.get_field("posts").related_model.objects.effective()
        held = posts.filter(role=role, staff__is_active=True)
        return self.exclude(pk__in=held.order_by().values("bureau"))

    def provinces(self) -> "BureauQuerySet":
        return self.filter(rank=self.model.Rank.PROVINCE)

    def internal_units(self) -> "BureauQuerySet":
        return self.filter(rank=self.model.Rank.INTERNAL)


class StaffQuerySet(MarkedQuerySet):
    def visible_to(self, user) -> "StaffQuerySet":
        """Whom this person administers in one way or another; nobody for the posts of work."""
        return self.filter(visibility.any_of(user, *OF_PEOPLE, path="bureau__path"))

    def kept_names(self, keys: Collection[int]) -> dict[int, models.Model]:
        """People of whom only the name is known, by their keys; each read once a process."""
        found = _NAMES.get_many(
            keys, lambda missing: dict(self.filter(pk__in=missing).values_list("pk", "name"))
        )
        known = ((key, name) for key, name in found.items())
        return {one[0]: self.model.from_db(self.db, ("id", "name"), one) for one in known}

    def for_list(self) -> "StaffQuerySet":
        return self.select_related("bureau").prefetch_related("posts__bureau")

    def never_used(self, *, until: datetime) -> "StaffQuerySet":
        """Accounts in use whose one-time password was given by then and has never been used."""
        given = Q(password_changed_at=None) | Q(password_changed_at__lte=until)
        return self.filter(given, is_active=True, last_login=None, created_at__lte=until)

    def without_post(self) -> "StaffQuerySet":
        """Accounts in use for which no post was given or asked for."""
        held = _posts(self.model).order_by().values("staff")
        return self.filter(is_active=True).exclude(pk__in=held)

    def unreachable(self, *, since: datetime) -> "StaffQuerySet":
        """Whom no mail reaches: no address for the work, or mails given up at the one of now."""
        working = _posts(self.model).effective().of_business().order_by().values("staff")
        failed = (
            _messages(self.model)
            .by_mail()
            .filter(state="failed", not_before__gt=since, address=F("recipient__email"))
        )
        unknown = Q(email="") & Q(pk__in=working)
        return self.filter(
            unknown | Q(pk__in=failed.order_by().values("recipient")), is_active=True
        )

    def with_versions(self) -> "StaffQuerySet":
        """With what bureaus/kept/ has to know at the beginning of a request."""
        changes = apps.get_model("bureaus", "HouseChange").objects
        return self.annotate(
            units_version=changes.version(versions.UNITS),
            people_version=changes.version(versions.PEOPLE),
        )

    def with_unread(self) -> "StaffQuerySet":
        """With ``unread``: how many messages of theirs are not read."""
        theirs = _messages(self.model).unread().filter(recipient=OuterRef("pk")).order_by()
        counted = theirs.values("recipient").annotate(count=Count("pk")).values("count")
        return self.annotate(unread=Coalesce(Subquery(counted), 0))

    def valid_on(self, day: date) -> "StaffQuerySet":
        """Whose account may be used on that day; see Staff.is_valid_on."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=day), is_active=True)

    def who_may(self, permission: Permission, *, at, on: date | None = None) -> "StaffQuerySet":
        """Active staff holding an effective post with this permission at exactly this bureau.

        With a day: whoever acts there on that day. Expired accounts are left out, and a person
        whose business posts are handed over is replaced by the deputy.
        """
        roles = roles_with(permission)
        holding = _posts(self.model).effective().filter(bureau=at, role__in=roles)
        holders = holding.order_by().values("staff")
        if on is None:
            return self.filter(is_active=True, pk__in=holders)
        if not BUSINESS.issuperset(roles):
            return self.valid_on(on).filter(pk__in=holders)
        handed = _delegations(self.model).in_force(on).filter(absentee__in=holders).order_by()
        present = holders.exclude(staff__in=handed.values("absentee"))
        # a union inside IN stays one search by index; an OR of two subqueries reads all staff
        return self.valid_on(on).filter(pk__in=present.union(handed.values("deputy")))

    def in_place_of(self, person, *, on: date) -> "StaffQuerySet":
        """The deputy of that day, or the person where the work is not handed over."""
        handed = _delegations(self.model).in_force(on).filter(absentee=person)
        instead = self.valid_on(on).filter(delegations_held__in=handed)
        return instead if handed.exists() else self.valid_on(on).filter(pk=person.pk)


class StaffManager(BaseUserManager.from_queryset(StaffQuerySet)):
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


class PostQuerySet(MarkedQuerySet):
    def effective(self) -> "PostQuerySet":
        return self.filter(is_effective=True)

    def asked_for(self) -> "PostQuerySet":
        """Waiting for the security administrator's word."""
        return self.filter(is_effective=False)

    def of_business(self) -> "PostQuerySet":
        return self.filter(role__in=BUSINESS)

    def in_bureaus(self, keys) -> "PostQuerySet":
        """Those at exactly these bureaus, with who holds them."""
        return self.filter(bureau__in=keys).select_related("staff")

    def administered_by(self, user, *permissions: Permission) -> "PostQuerySet":
        """At or below the bureaus where the person holds one of the permissions."""
        return self.filter(visibility.any_of(user, *permissions, path="bureau__path"))

    def visible_to(self, user) -> "PostQuerySet":
        return self.administered_by(user, *OF_PEOPLE)

    def in_hands_of(self, person, *, on: date) -> "PostQuerySet":
        """The person's own effective posts and the business posts handed over for this day.

        Never the posts that an absentee holds for somebody else in turn.
        """
        staff = type(person)
        own = staff.objects.filter(pk=person.pk).order_by().values("pk")
        handed = _delegations(staff).in_force(on).filter(deputy=person)
        return (
            self.effective()
            .filter(staff__in=own.union(handed.order_by().values("absentee")))
            .filter(Q(staff=person) | Q(role__in=BUSINESS))
            .select_related("bureau", "staff")
            .order_by("bureau__path", "pk")
        )


class DelegationQuerySet(MarkedQuerySet):
    def visible_to(self, user) -> "DelegationQuerySet":
        """Those one has given or holds, and those of the staff one administers."""
        own = Q(absentee=user) | Q(deputy=user)
        administered = visibility.visible(
            user, path="absentee__bureau__path", permission=Permission.STAFF
        )
        return self.filter(own | administered)

    def about(self, person, *, since: date) -> "DelegationQuerySet":
        """Given or held by the person and not over before that day."""
        return self.open().filter(Q(absentee=person) | Q(deputy=person), ends_on__gte=since)

    def open(self) -> "DelegationQuerySet":
        """Not taken back; it may be over all the same."""
        return self.filter(ended_at=None)

    def overlapping(self, start: date, end: date) -> "DelegationQuerySet":
        return self.open().filter(starts_on__lte=end, ends_on__gte=start)

    def in_force(self, on: date) -> "DelegationQuerySet":
        """Of that day. Actions see to it that both accounts may be used to its last day."""
        return self.overlapping(on, on)

    def for_list(self) -> "DelegationQuerySet":
        return self.select_related("absentee__bureau", "deputy", "made_by")


def _delegations(staff: type[models.Model]) -> DelegationQuerySet:
    return staff._meta.get_field("delegations_given").related_model.objects


def _messages(staff: type[models.Model]) -> models.QuerySet:
    return staff._meta.get_field("deliveries").related_model.objects


def _posts(staff: type[models.Model]) -> PostQuerySet:
    return staff._meta.get_field("posts").related_model.objects
