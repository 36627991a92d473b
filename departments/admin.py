"""People, departments and areas."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as StockUserChangeForm
from django.contrib.auth.models import Group
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from departments.access import Role
from departments.addressing import AddressedAdmin
from departments.editing import RecordAdmin, RowsInline, VersionedAdmin
from departments.models import (
    Area,
    Department,
    DepartmentName,
    Membership,
    Succession,
    User,
)
from departments.refusals import RefusingAdmin


class EmailField(forms.EmailField):
    """Addresses are kept in small letters, however they are typed."""

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").lower()


class RolesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # for the type checker only
    """Groups by the name of their role in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        names = dict(Role.choices)
        return str(names.get(obj.name, _(obj.name)))


class UserForm(StockUserChangeForm):  # type: ignore[type-arg] # generic for the type checker only
    class Meta:
        model = User
        fields = "__all__"
        field_classes: ClassVar = {"email": EmailField, "groups": RolesField}


class NewUserForm(AdminUserCreationForm):  # type: ignore[type-arg] # generic for the type checker only
    class Meta:
        model = User
        fields = ("email", "name")
        field_classes: ClassVar = {"email": EmailField}


class MembershipInline(RowsInline):
    model = Membership
    fields = ["department", "role", "starts_on", "ends_on"]
    autocomplete_fields = ["department"]


@admin.register(User)
class UserAdmin(RefusingAdmin, AddressedAdmin, StockUserAdmin):  # type: ignore[type-arg] # generic for the type checker only
    form = UserForm
    add_form = NewUserForm
    list_display = ["email", "name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "groups", "memberships__department"]
    search_fields = ["email", "name__folded"]
    ordering = ["email"]
    filter_horizontal = ["groups", "user_permissions"]
    readonly_fields = ["last_login", "joined_at"]
    inlines: ClassVar = [MembershipInline]
    fieldsets = (
        (None, {"fields": ["email", "name", "language", "password"]}),
        (_("Roles"), {"fields": ["is_active", "is_staff", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "joined_at"]}),
    )
    add_fieldsets = (
        (
            None,
            {"fields": ["email", "name", "language", "is_staff", "usable_password", "password1",
                        "password2"]},
        ),
    )  # fmt: skip

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        everything = {"fields": ["is_superuser", "user_permissions"], "classes": ["collapse"]}
        return [*fieldsets, (_("Beyond the roles"), everything)]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Only a superuser changes a superuser."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """What people did stays on record with their name."""
        return False

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[Any]:
        return list(self.inlines) if obj else []

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(AddressedAdmin, StockGroupAdmin):
    """To look at: what a role may do is said by `portal.roles`."""


class NameInline(RowsInline):
    model = DepartmentName


class SuccessionInline(RowsInline):
    model = Succession
    fk_name = "predecessor"
    autocomplete_fields = ["successor"]
    verbose_name_plural = _("handed over to")


class InheritanceInline(RowsInline):
    model = Succession
    fk_name = "successor"
    autocomplete_fields = ["predecessor"]
    verbose_name_plural = _("taken over from")


class OfficerInline(RowsInline):
    model = Membership
    fields = ["user", "role", "starts_on", "ends_on"]
    autocomplete_fields = ["user"]


@admin.register(Department)
class DepartmentAdmin(RefusingAdmin, VersionedAdmin):
    list_display = ["code", "name_vi", "name_en", "kind", "parent", "opened_on", "closed_on"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    ordering = [F("closed_on").desc(nulls_first=True), "sort_key"]  # who is there comes first
    search_fields = ["code", "name_vi__folded", "name_en__folded"]
    autocomplete_fields = ["parent", "area"]
    prepopulated_fields: ClassVar = {"slug": ["name_en"]}
    inlines: ClassVar = [NameInline, SuccessionInline, InheritanceInline, OfficerInline]
    fieldsets = [
        (None, {"fields": ["code", "name_vi", "name_en", "slug", "kind"]}),
        (_("Place"), {"fields": ["parent", "area"]}),
        (_("Days"), {"fields": ["opened_on", "closed_on"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Department | None = None) -> list[Any]:
        """The code and the address outlive a renaming."""
        return ["code", "slug"] if obj else []

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Department | None = None
    ) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    list_display = ["user", "department", "role", "starts_on", "ends_on"]
    list_filter = ["role", "department"]
    list_select_related = ["user", "department"]
    date_hierarchy = "starts_on"
    search_fields = ["user__email", "user__name__folded", "department__name_vi__folded",
                     "department__name_en__folded"]  # fmt: skip
    autocomplete_fields = ["user", "department"]


@admin.register(Succession)
class SuccessionAdmin(RecordAdmin):
    list_display = ["predecessor", "successor", "field_vi", "field_en", "effective_on"]
    list_select_related = ["predecessor", "successor"]
    date_hierarchy = "effective_on"
    search_fields = ["predecessor__name_vi__folded", "successor__name_vi__folded",
                     "field_vi__folded", "field_en__folded"]  # fmt: skip
    autocomplete_fields = ["predecessor", "successor"]


@admin.register(Area)
class AreaAdmin(RecordAdmin):
    list_display = ["name_vi", "name_en", "code", "kind", "starts_on", "ends_on"]
    list_filter = ["kind"]
    search_fields = ["code", "name_vi__folded", "name_en__folded"]
    autocomplete_fields = ["parent", "predecessors"]
