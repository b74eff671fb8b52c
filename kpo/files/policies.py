"""The CMS follows both Wagtail's collection permissions and the audience of a file."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from kpo.files.models import Document, Image, StoredFile
from kpo.files.permissions import can_work_on_file
from kpo.people.models import User
from kpo.people.reader import cms_reader


class StoredFilePolicy(CollectionOwnershipPermissionPolicy):
    """Narrows lists, choosers and screens to the files whose audience the user holds."""

    def user_has_any_permission_for_instance(
        self, user: User, actions: Any, instance: StoredFile
    ) -> bool:
        allowed: bool = super().user_has_any_permission_for_instance(user, actions, instance)
        # A file that is still being made has no row yet, and so nothing to keep from anyone.
        return allowed and (instance.pk is None or can_work_on_file(cms_reader(user), instance))

    def instances_user_has_any_permission_for(
        self, user: User, actions: Any
    ) -> QuerySet[StoredFile]:
        files = super().instances_user_has_any_permission_for(user, actions)
        return files.workable_by(cms_reader(user))


def register() -> None:
    """For exactly our classes, since Wagtail registers its own for them after us."""
    for model, named in ((Document, "wagtaildocs.Document"), (Image, "wagtailimages.Image")):
        policy = StoredFilePolicy(model, auth_model=named, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy, exact_class=True)
