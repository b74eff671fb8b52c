"""Where allauth asks what we want: no sign-up, our mails, our links, sealed secrets."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from kpo.audit.origin import client_address
from kpo.people import mail
from kpo.people.addresses import absolute, link
from kpo.people.sealing import seal, unseal


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only; see `kpo.people.actions.invitations`."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar.",
        "too_many_login_attempts": "Dit ging te vaak mis. Probeer het over vijf minuten opnieuw.",
        "rate_limited": "Dit ging te vaak achter elkaar. Probeer het zo nog een keer.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "enter_current_password": "Dit is niet je wachtwoord van nu.",
        "incorrect_code": "Deze code klopt niet. Kijk of de app al een nieuwe toont.",
        "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe aan.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Known address or not: one mail is rendered and queued, so both take as long."""
        known = ("password_reset_url", "activate_url", "timestamp")
        words = {key: context[key] for key in known if key in context}
        mail.post(template_prefix, email, words)

    def get_reset_password_from_key_url(self, key: str) -> str:
        uidb36, _, secret = key.partition("-")
        return link("account_reset_password_from_key", uidb36=uidb36, key=secret)

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: EmailConfirmation
    ) -> str:
        return link("account_confirm_email", key=emailconfirmation.key)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are stored sealed; passkeys belong to the site's own host."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet. Kijk of de app al een nieuwe toont.",
        "unverified_email": "Bevestig eerst je e-mailadres. Daarna stel je een tweede stap in.",
    }

    def encrypt(self, text: str) -> str:
        return seal("factor", text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal("factor", encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(absolute("/")).hostname or "", "name": "KPO"}


class OidcAdapter(DefaultSocialAccountAdapter):
    """An outside account signs in an existing person; it never makes a new one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
