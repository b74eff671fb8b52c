"""Signing in: allauth by e-mail address, second factors, sessions, and OIDC where it is set up."""

from urllib.parse import urlsplit

import environ

env = environ.Env()

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["kpo.people.backends.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 2
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# How many proxies of our own stand in front; only their part of X-Forwarded-For is believed.
KPO_TRUSTED_PROXIES = env.int("KPO_TRUSTED_PROXIES", default=0)

ACCOUNT_ADAPTER = "kpo.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/15m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_FORMS = {
    "login": "kpo.people.account_forms.LoginForm",
    "change_password": "kpo.people.account_forms.ChangePasswordForm",
    "set_password": "kpo.people.account_forms.SetPasswordForm",
    "reset_password": "kpo.people.account_forms.ResetPasswordForm",
    "reset_password_from_key": "kpo.people.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "kpo.people.account_forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "kpo.people.account_forms.CodeForm",
    "reauthenticate": "kpo.people.account_forms.CodeAgainForm",
    "activate_totp": "kpo.people.account_forms.ActivateCodeForm",
    "add_webauthn": "kpo.people.account_forms.AddPasskeyForm",
    "edit_webauthn": "kpo.people.account_forms.EditPasskeyForm",
}
# The limits of our own forms, in the same notation and the same cache.
KPO_RATE_LIMITS = {
    "request_access": "5/h/ip,2/d/key",
    "accept_invitation": "20/m/ip",
    "invite": "60/h/user",
    "hand_in_invitations": "10/h/user",
    "change_employer": "5/h/user",
    "export_own_data": "10/h/user",
    "contact": "10/h/ip",
    # By link, and by network: a whole office may look at its agendas from one address.
    "agenda_feed": "60/h/key,1200/h/ip",
    "write_message": "10/h/user,30/d/user",
    "make_agenda_feed": "10/h/user",
    "report_missing": "20/h/user",
    "raise_concern": "20/h/user",
    "name_colleague": "30/h/user",
    "talk_of_offer": "30/h/user",
    "send_offer": "20/d/user",
}

MFA_ADAPTER = "kpo.people.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "KPO"
# One step of half a minute either way: phones and servers do not agree on the second.
MFA_TOTP_TOLERANCE = 1

SOCIALACCOUNT_ADAPTER = "kpo.people.adapters.OidcAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
# Only where the provider is known to verify addresses; otherwise people connect it themselves.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = env.bool("KPO_OIDC_LINK_BY_EMAIL", default=False)
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = SOCIALACCOUNT_EMAIL_AUTHENTICATION

OIDC_SERVER_URL = env.str("KPO_OIDC_SERVER_URL", default="")
OIDC_APPS = (
    [
        {
            "provider_id": "werkplek",
            "name": env.str("KPO_OIDC_NAME", default="je werkaccount"),
            "client_id": env.str("KPO_OIDC_CLIENT_ID", default=""),
            "secret": env.str("KPO_OIDC_SECRET", default=""),
            "settings": {"server_url": OIDC_SERVER_URL, "oauth_pkce_enabled": True},
        }
    ]
    if OIDC_SERVER_URL
    else []
)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_APPS}}
# A browser checks form targets after redirects too, so the sign-in form may end up here.
OIDC_ORIGINS = [
    f"{part.scheme}://{part.netloc}" for part in [urlsplit(OIDC_SERVER_URL)] if part.netloc
]

# The CMS has no door of its own: people, passwords and addresses are kept here only.
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/inloggen/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
