"""The CMS follows both Wagtail's page permissions and the audience: a role alone opens nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from kpo.people.reader import cms_reader

if TYPE_CHECKING:
    from kpo.pages.models import ReadablePage
    from kpo.people.models import User


def can_work_on(user: User, page: Page) -> bool:
    """Whether the audience lets this user meet the page in the CMS; permissions come beside it."""
    audience = getattr(page.specific_deferred, "working_audience", None)
    return audience is None or cms_reader(user).holds(audience)


def workable_pages(pages: QuerySet[Page], user: User) -> QuerySet[Page]:
    """The twin of `can_work_on`, for a queryset of any page class."""
    prefix = "" if hasattr(pages.model, "working_audience") else "readablepage__"
    held = Q(**{f"{prefix}working_audience__in": cms_reader(user).audiences})
    if prefix:
        held |= Q(readablepage__isnull=True)
    return pages.filter(held)


class ReadablePermissionTester(PagePermissionTester):
    """Wagtail's tester, without any permission on a page whose audience the user does not hold."""

    user: User
    page: ReadablePage

    def __init__(self, user: User, page: ReadablePage) -> None:
        super().__init__(user, page)
        self.is_held = user.is_active and can_work_on(user, page)
        if not self.is_held:
            self.permissions: set[str] = set()

    def can_edit(self) -> bool:
        # Wagtail also lets the current reviewer of a workflow edit; that needs the audience too.
        return self.is_held and super().can_edit()

    def can_unpublish(self) -> bool:
        return self.is_held and super().can_unpublish()

    def can_view_revisions(self) -> bool:
        return self.is_held and super().can_view_revisions()

    def can_set_view_restrictions(self) -> bool:
        # The audience says who reads; search and lists would not know of Wagtail's own lock.
        return False


class ReadablePagePolicy(PagePermissionPolicy):
    """Narrows explorer, choosers, history and reports to what the user holds."""

    def user_has_any_permission_for_instance(
        self, user: User, actions: Any, instance: Page
    ) -> bool:
        allowed: bool = super().user_has_any_permission_for_instance(user, actions, instance)
        return allowed and can_work_on(user, instance)

    def instances_user_has_any_permission_for(self, user: User, actions: Any) -> QuerySet[Page]:
        pages = super().instances_user_has_any_permission_for(user, actions)
        return workable_pages(pages, user)

    def explorable_instances(self, user: User) -> QuerySet[Page]:
        return workable_pages(super().explorable_instances(user), user)
