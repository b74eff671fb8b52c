"""Addresses of this app, with those of allauth in front and no second door behind them."""

from django.urls import include, path

from kpo.people import account_urls, second_login_urls
from kpo.people.cms.own_account import own_account
from kpo.people.views import directory, entrance, invitation_lists, mine, organisation

own_patterns = [
    path("uitnodiging/<str:token>/", entrance.accept_invitation, name="accept_invitation"),
    path("account-aanvragen/", entrance.ask_access, name="request_access"),
    path("account-aanvragen/verstuurd/", entrance.access_requested, name="access_requested"),
    path("mijn/", mine.overview, name="mine"),
    path("mijn/beveiliging/instellen/", entrance.set_up_factor, name="set_up_factor"),
    path("mijn/profiel/", mine.edit_profile, name="profile"),
    path("mijn/werkgever/", mine.change_employer, name="employer"),
    path("mijn/werkgever/stoppen/", mine.cancel_employer, name="cancel_employer"),
    path("mijn/werkgever/bevestigen/<str:token>/", mine.prove_address, name="prove_address"),
    path("mijn/gegevens/", mine.own_data, name="own_data"),
    path("mijn/gegevens/download/", mine.download_own_data, name="download_own_data"),
    path("mensen/", directory.people, name="directory"),
    path("mensen/<uuid:uuid>/", directory.person_page, name="person"),
    path("organisatie/", organisation.people, name="organisation"),
    path("organisatie/uitnodigen/", organisation.invite, name="invite"),
    path("organisatie/lijsten/", invitation_lists.hand_in, name="hand_in_invitations"),
    path("organisatie/lijsten/<uuid:uuid>/", invitation_lists.show, name="invitation_list"),
    path(
        "organisatie/lijsten/<uuid:uuid>/csv/", invitation_lists.sheet, name="invitation_list_csv"
    ),
    path(
        "organisatie/lijsten/<uuid:uuid>/versturen/",
        invitation_lists.send,
        name="send_invitation_list",
    ),
    path(
        "organisatie/lijsten/<uuid:uuid>/weggooien/",
        invitation_lists.discard,
        name="discard_invitation_list",
    ),
    path(
        "organisatie/uitnodigingen/<uuid:uuid>/intrekken/",
        organisation.withdraw,
        name="withdraw_invitation",
    ),
    path(
        "organisatie/uitnodigingen/<uuid:uuid>/opnieuw/",
        organisation.invite_again,
        name="invite_again",
    ),
    path("organisatie/mensen/<uuid:uuid>/uitzetten/", organisation.deactivate, name="deactivate"),
    path("organisatie/mensen/<uuid:uuid>/aanzetten/", organisation.reactivate, name="reactivate"),
    path(
        "organisatie/wisselingen/<uuid:uuid>/bevestigen/",
        organisation.confirm_arrival,
        name="confirm_arrival",
    ),
    path(
        "organisatie/wisselingen/<uuid:uuid>/weigeren/",
        organisation.refuse_arrival,
        name="refuse_arrival",
    ),
]

urlpatterns = [
    *second_login_urls.urlpatterns,
    *account_urls.urlpatterns,
    # In front of Wagtail's, which changes people without a verb.
    path("cms/account/", own_account),
    path("", include((own_patterns, "people"))),
]
