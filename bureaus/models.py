from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from bureaus.kept import versions
from bureaus.kept.holding import Holding
from bureaus.paths import PathField
from bureaus.querysets import (
    BureauQuerySet,
    DelegationQuerySet,
    HouseChangeQuerySet,
    MarkedQuerySet,
    PostQuerySet,
    StaffManager,
)
from bureaus.roles import BUSINESS, GRANTED, Permission, Role


class MarkedModel(models.Model):
    """What processes keep of it they read again once a row has been written: bureaus/kept/."""

    kept_as = ""
    kept_columns: frozenset[str] = frozenset()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def delete(self, *words: Any, **named: Any) -> tuple[int, dict[str, int]]:
        """Through the rows, which leave the mark."""
        deleted: tuple[int, dict[str, int]] = type(self).objects.filter(pk=self.pk).delete()
        return deleted


class HouseChange(models.Model):
    """变动标记: something about units or people was written; bureaus/kept/versions.py has why."""

    kind = models.CharField("类别", max_length=8)
    mark = models.BigIntegerField("标记")

    objects = HouseChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机构人员变动标记"

    def __str__(self) -> str:
        return f"{self.kind} {self.mark}"


class Bureau(MarkedModel):
    """机构: a unit that receives or issues tasks. Its path says all that lies above it."""

    class Rank(models.TextChoices):
        CENTRAL = "central", "总局"
        PROVINCE = "province", "省级"
        PREFECTURE = "prefecture", "市级"
        COUNTY = "county", "县级"
        ZONE = "zone", "开发区等"
        INTERNAL = "internal", "内部单位"

    code = models.CharField("代码", max_length=12, unique=True)
    name = models.CharField("全称", max_length=60)
    short_name = models.CharField("简称", max_length=40)
    region = models.CharField("地区", max_length=30, blank=True)
    region_kind = models.CharField("地区类型", max_length=10, blank=True)
    rank = models.CharField("层级", max_length=12, choices=Rank)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    path = PathField("路径", unique=True)
    aliases = models.TextField("别名", blank=True, help_text="一行一个")
    is_sub_provincial = models.BooleanField("副省级市", default=False)
    is_planned_city = models.BooleanField("计划单列市", default=False)
    is_active = models.BooleanField("在用", default=True)
    is_two_person = models.BooleanField(
        "两人制", default=False, help_text="填报人不能审核自己填报的材料"
    )
    counties_take_part = models.BooleanField(
        "任务可分解到县级", default=False, help_text="默认不开启：填表报数一般不延伸到县级"
    )

    objects = BureauQuerySet.as_manager()
    kept_as = versions.UNITS

    class Meta(MarkedModel.Meta):
        verbose_name = verbose_name_plural = "机构"
        ordering = ("path",)
        indexes = [models.Index(fields=["rank", "path"], name="bureau_rank_path_idx")]

    def __str__(self) -> str:
        return self.short_name


class Staff(MarkedModel, AbstractBaseUser, PermissionsMixin):
    """工作人员: one account a person, never shared and never re-used."""

    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=30)
    bureau = models.ForeignKey(
        Bureau,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="staff",
        verbose_name="所在单位",
    )
    phone = models.CharField("办公电话", max_length=30, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    is_staff = models.BooleanField("可进入修复后台", default=False)
    expires_on = models.DateField("账号有效期至", null=True, blank=True)
    must_change_password = models.BooleanField("须修改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    last_address = models.CharField("上次登录地址", max_length=45, blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    hints_off = models.CharField(
        "不再显示提示的岗位", max_length=120, blank=True, help_text="以逗号分隔"
    )

    objects = StaffManager()
    kept_as = versions.PEOPLE
    kept_columns = frozenset({"username", "name", "bureau", "is_active", "expires_on"})

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    class Meta(MarkedModel.Meta):
        verbose_name = verbose_name_plural = "工作人员"
        ordering = ("bureau__path", "username")

    def __str__(self) -> str:
        return self.name

    def is_valid_on(self, day: date) -> bool:
        """May this account be used on that day? ``expires_on`` is the last one."""
        return self.is_active and (self.expires_on is None or day <= self.expires_on)

    @cached_property
    def held_posts(self) -> list["Post"]:
        """The posts this person acts in today, with their bureaus; read once a request.

        Own effective ones, and the business posts of whoever has handed theirs over for today:
        those say for whom in ``acting_for``. A post held twice is there once, as one's own.
        """
        # The one model that reads the clock: to ask what a person may do is to ask it of now.
        today = timezone.localdate()
        if not self.is_valid_on(today):
            return []
        return _POSTS.get((self.pk, today), lambda: self._posts_on(today))

    def _posts_on(self, today: date) -> list["Post"]:
        found: dict[tuple[int, str], Post] = {}
        for post in Post.objects.in_hands_of(self, on=today):
            if not post.staff.is_valid_on(today):
                continue
            post.acting_for = "" if post.staff_id == self.pk else post.staff.name
            key = (post.bureau_id, post.role)
            if key not in found or not post.acting_for:
                found[key] = post
        return list(found.values())

    def may(self, permission: Permission, *, at: Bureau) -> bool:
        """Does a post of this person at exactly this bureau carry the permission?"""
        return self.may_at(permission, at.pk)

    def may_at(self, permission: Permission, bureau_key: int) -> bool:
        """The same, for a bureau that need not be read."""
        return any(
            post.bureau_id == bureau_key and permission in GRANTED[Role(post.role)]
            for post in self.held_posts
        )

    def bureaus_where(self, permission: Permission) -> list[Bureau]:
        """The bureaus at which this person holds the permission, in administrative order."""
        found = {
            post.bureau_id: post.bureau
            for post in self.held_posts
            if permission in GRANTED[Role(post.role)]
        }
        return list(found.values())

    def acting_for(self, permission: Permission, *, at: Bureau) -> str:
        """In whose place this person holds the permission there; "" where it is their own."""
        posts = [
            post
            for post in self.held_posts
            if post.bureau_id == at.pk and permission in GRANTED[Role(post.role)]
        ]
        if not posts or any(not post.acting_for for post in posts):
            return ""
        return posts[0].acting_for


_POSTS: Holding[list["Post"]] = Holding(versions.UNITS, versions.PEOPLE)


class Post(MarkedModel):
    """岗位: what a person may do at which bureau.

    Not effective: asked for by ``asked_by`` and waiting for the security administrator.
    """

    acting_for = ""  # the absentee's name, in the hands of a deputy; set by Staff.held_posts

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="posts", verbose_name="人员")
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.CharField("岗位", max_length=16, choices=Role)
    is_effective = models.BooleanField(
        "已生效", default=True, help_text="三员分立时，授予的岗位经安全管理员确认后生效"
    )
    asked_at = models.DateTimeField("提出时间", null=True, blank=True)
    asked_by = models.ForeignKey(
        Staff,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="提出人",
        db_index=False,
    )

    objects = PostQuerySet.as_manager()
    kept_as = versions.PEOPLE

    class Meta(MarkedModel.Meta):
        verbose_name = verbose_name_plural = "岗位"
        constraints = [
            models.UniqueConstraint(fields=["staff", "bureau", "role"], name="post_once_uniq"),
        ]
        indexes = [models.Index(fields=["bureau", "role"], name="post_bureau_role_idx")]

    def __str__(self) -> str:
        return f"{self.bureau} {self.get_role_display()}"

    @property
    def is_business(self) -> bool:
        """A post of work; all others administer and are never handed over."""
        return self.role in BUSINESS


class Delegation(MarkedModel):
    """委托代办: for some days another person of the same bureau acts in one's posts.

    Posts of administration are never handed over. ``starts_on`` and ``ends_on`` are both included.
    """

    absentee = models.ForeignKey(
        Staff, models.PROTECT, related_name="delegations_given", verbose_name="委托人"
    )
    deputy = models.ForeignKey(
        Staff, models.PROTECT, related_name="delegations_held", verbose_name="代办人"
    )
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    reason = models.CharField("原因", max_length=100, blank=True)
    made_at = models.DateTimeField("设立时间")
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="设立人")
    ended_at = models.DateTimeField("提前收回时间", null=True, blank=True)

    objects = DelegationQuerySet.as_manager()
    kept_as = versions.PEOPLE

    class Meta(MarkedModel.Meta):
        verbose_name = verbose_name_plural = "委托代办"
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="delegation_days_order"
            ),
            models.CheckConstraint(
                condition=~models.Q(absentee=models.F("deputy")), name="delegation_two_people"
            ),
        ]
        indexes = [models.Index(fields=["deputy", "ends_on"], name="delegation_deputy_idx")]

    def __str__(self) -> str:
        return f"{self.absentee} → {self.deputy}"

    def state_on(self, day: date) -> str:
        """Where it stands on a day, in the office's words."""
        if self.ended_at:
            return "已收回"
        if day < self.starts_on:
            return "未开始"
        return "代办中" if day <= self.ends_on else "已到期"


class PastPassword(models.Model):
    """A password as it is stored, kept so that it is not taken again too soon."""

    staff = models.ForeignKey(
        Staff, models.CASCADE, related_name="past_passwords", verbose_name="人员"
    )
    password = models.CharField("密码", max_length=128)

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.staff_id}"


class LoginAddress(models.Model):
    """来源地址: how many logins failed from an address since the first of its present minute."""

    address = models.CharField("地址", max_length=45, unique=True)
    since = models.DateTimeField("起点")
    failures = models.PositiveIntegerField("失败次数")

    class Meta:
        verbose_name = verbose_name_plural = "登录来源地址"

    def __str__(self) -> str:
        return self.address


class CalendarDay(MarkedModel):
    """A day on which the usual week does not hold: a public holiday or a make-up working day."""

    class Kind(models.TextChoices):
        REST = "H", "放假"
        WORK = "W", "调休上班"

    day = models.DateField("日期", unique=True)
    kind = models.CharField("类型", max_length=1, choices=Kind)
    name = models.CharField("名称", max_length=20, blank=True)

    objects = MarkedQuerySet.as_manager()
    kept_as = versions.UNITS

    class Meta(MarkedModel.Meta):
        verbose_name = verbose_name_plural = "放假与调休"
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"
