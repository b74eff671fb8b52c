from django.urls import path, re_path

from kpo.inbox.views import choices, inbox, marks, messages, unsubscribing

app_name = "inbox"
urlpatterns = [
    path("mijn/postvak/", inbox.index, name="index"),
    path("mijn/postvak/alles-gelezen/", inbox.read_all, name="read_all"),
    path("mijn/postvak/toch-nieuw/", inbox.unread_all, name="unread_all"),
    path("mijn/postvak/voorkeuren/", choices.preferences, name="preferences"),
    path("mijn/postvak/mail-opnieuw/", choices.mail_again, name="mail_again"),
    path("mijn/postvak/gedempt/<uuid:uuid>/aan/", choices.unmute, name="unmute"),
    path("mijn/postvak/afwezig/", choices.absence, name="absence"),
    path("mijn/postvak/afwezig/terug/", choices.be_back, name="be_back"),
    path("mijn/postvak/<uuid:uuid>/", inbox.open_line, name="open"),
    path("mijn/postvak/<uuid:uuid>/gelezen/", inbox.read, name="read"),
    path("mijn/postvak/<uuid:uuid>/dempen/", inbox.mute, name="mute"),
    path("mijn/berichten/", messages.index, name="messages"),
    path("mijn/berichten/<uuid:uuid>/", messages.read, name="message"),
    path("mijn/berichten/<uuid:uuid>/blokkeren/", messages.block, name="block"),
    path("mijn/berichten/<uuid:uuid>/melden/", messages.report, name="report_message"),
    path("mijn/berichten/<uuid:uuid>/afhandelen/", messages.handle, name="handle_report"),
    path("mijn/berichten/toelaten/<uuid:uuid>/", messages.unblock, name="unblock"),
    path("mensen/<uuid:uuid>/bericht/", messages.write, name="write_message"),
    path("afmelden/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("mijn/bewaard/", marks.saved, name="saved"),
    re_path(
        r"^mijn/mens/(?P<uuid>[0-9a-f-]{36})/(?P<verb>volg|ontvolg)/$",
        marks.mark_person,
        name="mark_person",
    ),
    re_path(
        r"^mijn/pagina/(?P<uuid>[0-9a-f-]{36})/(?P<verb>volg|ontvolg|bewaar|vergeet)/$",
        marks.mark,
        name="mark",
    ),
]
