"""allauth under Dutch paths. The names are allauth's own; pages we do not offer are not here."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions import views as sessions
from django.urls import path, register_converter
from django.views.generic import RedirectView

from kpo.people.converters import SealedIdConverter, SealedUidConverter

register_converter(SealedIdConverter, "sealed")
register_converter(SealedUidConverter, "sealed_uid")

SAFETY = "mijn/beveiliging/"
FORGOTTEN = "wachtwoord-vergeten/"

urlpatterns = [
    path("inloggen/", account.login, name="account_login"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("inloggen/uitgezet/", account.account_inactive, name="account_inactive"),
    # Accounts come by invitation: who looks for a form to sign up may ask for one.
    path(
        "aanmelden/",
        RedirectView.as_view(pattern_name="people:request_access"),
        name="account_signup",
    ),
    path(
        "inloggen/adres-bevestigen/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path(
        "inloggen/adres-bevestigen/<str:key>/", account.confirm_email, name="account_confirm_email"
    ),
    path(FORGOTTEN, account.password_reset, name="account_reset_password"),
    path(f"{FORGOTTEN}verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path(
        f"{FORGOTTEN}klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        f"{FORGOTTEN}nieuw/<sealed_uid:uidb36>/<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    # An address changes together with the employer, or is confirmed by the same one.
    path("mijn/adres/", RedirectView.as_view(pattern_name="people:employer"), name="account_email"),
    path("mijn/wachtwoord/", account.password_change, name="account_change_password"),
    path("mijn/wachtwoord/instellen/", account.password_set, name="account_set_password"),
    path(f"{SAFETY}bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    # --- Second factor ---
    path("inloggen/tweede-stap/", mfa.authenticate, name="mfa_authenticate"),
    path("inloggen/sleutel/", keys.login_webauthn, name="mfa_login_webauthn"),
    path(SAFETY, mfa.index, name="mfa_index"),
    path(f"{SAFETY}bevestigen/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        f"{SAFETY}bevestigen/sleutel/",
        keys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(f"{SAFETY}app/", totp.activate_totp, name="mfa_activate_totp"),
    path(f"{SAFETY}app/weg/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(f"{SAFETY}herstelcodes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        f"{SAFETY}herstelcodes/nieuw/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{SAFETY}herstelcodes/download/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path(f"{SAFETY}sleutels/", keys.list_webauthn, name="mfa_list_webauthn"),
    path(f"{SAFETY}sleutels/nieuw/", keys.add_webauthn, name="mfa_add_webauthn"),
    path(f"{SAFETY}sleutels/<sealed:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path(f"{SAFETY}sleutels/<sealed:pk>/weg/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    # --- Sessions ---
    path("mijn/sessies/", sessions.list_usersessions, name="usersessions_list"),
    # --- Signing in with an account of elsewhere, where one is set up ---
    path(
        "inloggen/elders/afgebroken/", social.login_cancelled, name="socialaccount_login_cancelled"
    ),
    path("inloggen/elders/mislukt/", social.login_error, name="socialaccount_login_error"),
    path(
        "inloggen/elders/aanmelden/",
        RedirectView.as_view(pattern_name="people:request_access"),
        name="socialaccount_signup",
    ),
    path("mijn/koppelingen/", social.connections, name="socialaccount_connections"),
    path("inloggen/elders/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path(
        "inloggen/elders/<slug:provider_id>/terug/", oidc.callback, name="openid_connect_callback"
    ),
]
