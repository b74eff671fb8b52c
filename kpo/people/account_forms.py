"""allauth's forms in our words: labels above the fields, hints below, nothing inside them."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as keys
from django import forms

from kpo.people.names import validate_name

NEW_HINT = "Minstens 12 tekens. Een zin van vier woorden is goed te onthouden."
CODE = ("Code", "Zes cijfers, of een herstelcode.")


class Worded:
    """Gives fields their label and hint, and takes away the placeholders."""

    words: ClassVar[dict[str, tuple[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]  # A mixin for forms.
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = self.words.get(name, (field.label, field.help_text))
            if "code" in name:
                field.widget.attrs |= {"class": "kpo-code", "inputmode": "text"}


class LoginForm(Worded, account.LoginForm):
    words = {"login": ("E-mailadres", ""), "password": ("Wachtwoord", "")}


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    words = {
        "oldpassword": ("Je wachtwoord van nu", ""),
        "password1": ("Nieuw wachtwoord", NEW_HINT),
        "password2": ("Nieuw wachtwoord, nog een keer", ""),
    }


class SetPasswordForm(Worded, account.SetPasswordForm):
    words = {
        "password1": ("Wachtwoord", NEW_HINT),
        "password2": ("Wachtwoord, nog een keer", ""),
    }


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    words = {"email": ("E-mailadres", "")}


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    words = {
        "password1": ("Nieuw wachtwoord", NEW_HINT),
        "password2": ("Nieuw wachtwoord, nog een keer", ""),
    }


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    words = {"password": ("Wachtwoord", "")}


class CodeForm(Worded, mfa.AuthenticateForm):
    words = {"code": CODE}


class CodeAgainForm(Worded, mfa.ReauthenticateForm):
    words = {"code": CODE}


class ActivateCodeForm(Worded, totp.ActivateTOTPForm):
    words = {"code": ("Code uit de app", "Zes cijfers.")}


class PasskeyNameField(forms.CharField):
    """What a person calls a passkey; the library would take a name without end."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, validators=[validate_name], **kwargs)


class AddPasskeyForm(Worded, keys.AddWebAuthnForm):
    name = PasskeyNameField(required=False)
    words = {
        "name": ("Naam", "Zoals: telefoon, of laptop werk."),
        "passwordless": (
            "Ook zonder wachtwoord inloggen",
            "Je bevestigt dan altijd met je vinger, gezicht of pincode.",
        ),
    }


class EditPasskeyForm(Worded, keys.EditWebAuthnForm):
    name = PasskeyNameField()
    words = {"name": ("Naam", "")}
