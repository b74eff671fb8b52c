"""How a session becomes a person: in one query, with everything the Reader asks of that row."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Any:
        user = get_user_model().objects.with_standing().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
