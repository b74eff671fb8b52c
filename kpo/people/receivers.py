"""Writes in the log what allauth does: signing in, passwords and second factors."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_login_failed

from kpo.audit.log import record


def connect() -> None:
    account.user_logged_in.connect(signed_in, dispatch_uid="people.signed_in")
    account.password_changed.connect(password_changed, dispatch_uid="people.password_changed")
    account.password_set.connect(password_changed, dispatch_uid="people.password_set")
    account.password_reset.connect(password_reset, dispatch_uid="people.password_reset")
    mfa.authenticator_added.connect(factor_added, dispatch_uid="people.factor_added")
    mfa.authenticator_removed.connect(factor_removed, dispatch_uid="people.factor_removed")
    user_login_failed.connect(sign_in_failed, dispatch_uid="people.sign_in_failed")


def signed_in(user: Any, **kwargs: Any) -> None:
    record("people.sign_in", actor=user, obj=user)


def sign_in_failed(**kwargs: Any) -> None:
    # No address: someone may have typed a password where the address belongs.
    record("people.sign_in", actor=None, outcome="refused")


def password_changed(user: Any, **kwargs: Any) -> None:
    record("people.change_password", actor=user, obj=user)


def password_reset(user: Any, **kwargs: Any) -> None:
    record("people.reset_password", actor=user, obj=user)


def factor_added(user: Any, authenticator: Any, **kwargs: Any) -> None:
    record("people.add_factor", actor=user, obj=user, details={"type": authenticator.type})


def factor_removed(user: Any, authenticator: Any, **kwargs: Any) -> None:
    record("people.remove_factor", actor=user, obj=user, details={"type": authenticator.type})
