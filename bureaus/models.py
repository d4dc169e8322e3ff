from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.utils.functional import cached_property

from bureaus.paths import PathField
from bureaus.querysets import BureauQuerySet, StaffManager
from bureaus.roles import GRANTED, Permission, Role


class Bureau(models.Model):
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

    objects = BureauQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机构"
        ordering = ("path",)
        indexes = [models.Index(fields=["rank", "path"], name="bureau_rank_path_idx")]

    def __str__(self) -> str:
        return self.short_name


class Staff(AbstractBaseUser, PermissionsMixin):
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
    last_address = models.CharField("上次登录地址", max_length=45, blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects = StaffManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    class Meta:
        verbose_name = verbose_name_plural = "工作人员"
        ordering = ("bureau__path", "username")

    def __str__(self) -> str:
        return self.name

    @cached_property
    def held_posts(self) -> list["Post"]:
        """The posts this person holds, with their bureaus; read once a request."""
        if not self.is_active:
            return []
        return list(self.posts.select_related("bureau").order_by("bureau__path", "pk"))

    def may(self, permission: Permission, *, at: Bureau) -> bool:
        """Does a post of this person at exactly this bureau carry the permission?"""
        return any(
            post.bureau_id == at.pk and permission in GRANTED[Role(post.role)]
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


class Post(models.Model):
    """岗位: what a person may do at which bureau."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="posts", verbose_name="人员")
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.CharField("岗位", max_length=16, choices=Role)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints = [
            models.UniqueConstraint(fields=["staff", "bureau", "role"], name="post_once_uniq"),
        ]
        indexes = [models.Index(fields=["bureau", "role"], name="post_bureau_role_idx")]

    def __str__(self) -> str:
        return f"{self.bureau} {self.get_role_display()}"


class CalendarDay(models.Model):
    """A day on which the usual week does not hold: a public holiday or a make-up working day."""

    class Kind(models.TextChoices):
        REST = "H", "放假"
        WORK = "W", "调休上班"

    day = models.DateField("日期", unique=True)
    kind = models.CharField("类型", max_length=1, choices=Kind)
    name = models.CharField("名称", max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "放假与调休"
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"
