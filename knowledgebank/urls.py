from django.urls import path

from knowledgebank import first_visit, views
from knowledgebank.agenda import views as agenda
from knowledgebank.insight import views as insight
from knowledgebank.offering.views import drafting, following, handling
from knowledgebank.review import board_views as board
from knowledgebank.review import views as review
from knowledgebank.upkeep import concern_views as upkeep
from knowledgebank.upkeep import date_views, law_views, work_views

app_name = "knowledgebank"
urlpatterns = [
    path("mijn/oordeel/<uuid:uuid>/", views.vote, name="vote"),
    path("mijn/meldingen/", upkeep.own_concerns, name="own_concerns"),
    path("mijn/melding/<uuid:uuid>/", upkeep.raise_concern, name="raise_concern"),
    path("mijn/welkom/", first_visit.themes, name="first_visit"),
    path("mijn/welkom/aanbod/", first_visit.look, name="first_look"),
    path("mijn/welkom/mail/", first_visit.mail, name="first_mail"),
    path("mijn/welkom/overslaan/", first_visit.skip, name="skip_first_visit"),
    path("agenda/<uuid:uuid>/bijeenkomst.ics", agenda.event_file, name="event_file"),
    path("agenda/<str:token>.ics", agenda.feed, name="agenda_feed"),
    path("mijn/agenda/", agenda.own_feed, name="own_agenda_feed"),
    path("mijn/agenda/maken/", agenda.make_feed, name="make_agenda_feed"),
    path("mijn/agenda/intrekken/", agenda.withdraw_feed, name="withdraw_agenda_feed"),
    path("contact/bericht/", views.contact, name="contact"),
    path("praktijk-aanbieden/", drafting.start, name="offer_practice"),
    path("praktijk-aanbieden/<uuid:uuid>/", drafting.draft, name="offer_draft"),
    path("praktijk-aanbieden/<uuid:uuid>/weg/", drafting.delete, name="offer_delete"),
    path("praktijk-aanbieden/<uuid:uuid>/bestand/<uuid:file>/", following.file, name="offer_file"),
    path(
        "praktijk-aanbieden/<uuid:uuid>/bestand/<uuid:file>/weg/",
        drafting.remove_file,
        name="offer_remove_file",
    ),
    path("mijn/praktijkvoorbeelden/", following.own_list, name="offers"),
    path("mijn/praktijkvoorbeelden/<uuid:uuid>/", following.status, name="offer"),
    path("mijn/praktijkvoorbeelden/<uuid:uuid>/akkoord/", following.consent, name="offer_consent"),
    path("mijn/praktijkvoorbeelden/<uuid:uuid>/tekst/", following.preview, name="offer_preview"),
    *(
        path(
            f"mijn/praktijkvoorbeelden/<uuid:uuid>/{verb}/",
            following.act,
            {"verb": verb},
            name=f"offer_{verb}",
        )
        for verb in following.VERBS
    ),
    path("redactieraad/aangeboden/", handling.offered, name="offered"),
    path("redactieraad/aangeboden/<uuid:uuid>/", handling.item, name="offered_item"),
    *(
        path(
            f"redactieraad/aangeboden/<uuid:uuid>/{verb}/",
            handling.act,
            {"verb": verb},
            name=f"offered_{verb}",
        )
        for verb in handling.VERBS
    ),
    path("redactieraad/", review.work_list, name="work_list"),
    path("redactieraad/nakijken/", date_views.due, name="due"),
    path("redactieraad/themas/", work_views.themes, name="theme_list"),
    path("redactieraad/themas/<uuid:uuid>/", work_views.theme, name="theme_work"),
    path("redactieraad/themas/<uuid:uuid>/csv/", work_views.sheet, name="theme_sheet"),
    path("redactieraad/wetten/", law_views.laws, name="laws"),
    path("redactieraad/meldingen/", upkeep.queue, name="concerns"),
    path("redactieraad/meldingen/<uuid:uuid>/", upkeep.concern, name="concern"),
    *(
        path(
            f"redactieraad/meldingen/<uuid:uuid>/{verb}/",
            upkeep.act,
            {"verb": verb},
            name=f"concern_{verb}",
        )
        for verb in upkeep.VERBS
    ),
    path("redactieraad/inzicht/", insight.overview, name="insight"),
    path("redactieraad/inzicht/stukken/", insight.pages, name="insight_pages"),
    path("redactieraad/inzicht/csv/", insight.sheet, name="insight_sheet"),
    path("redactieraad/inzicht/doel/<uuid:uuid>/", insight.goal, name="insight_goal"),
    path("redactieraad/methode/", board.method, name="method"),
    path("redactieraad/methode/<uuid:uuid>/", board.version, name="method_version"),
    path("redactieraad/methode/<uuid:uuid>/nieuw/", board.begin, name="method_begin"),
    path("redactieraad/methode/<uuid:uuid>/concept/", board.draft, name="method_draft"),
    path("redactieraad/ambassadeurs/", board.ambassadors, name="ambassadors"),
    path(
        "redactieraad/ambassadeurs/<uuid:uuid>/einde/",
        board.end_ambassador,
        name="ambassador_end",
    ),
    path("redactieraad/onderdeel/<uuid:uuid>/", board.withdraw_part, name="withdraw_part"),
    path("redactieraad/agenda/", review.agenda, name="board_agenda"),
    path("redactieraad/<uuid:uuid>/", review.item, name="review_item"),
    path("redactieraad/<uuid:uuid>/tekst/", review.preview, name="review_preview"),
    path("redactieraad/<uuid:uuid>/verloop/", review.history, name="review_history"),
    path("redactieraad/<uuid:uuid>/verloop.json", review.history_data, name="review_history_data"),
    *(
        path(f"redactieraad/<uuid:uuid>/{verb}/", review.act, {"verb": verb}, name=f"review_{verb}")
        for verb in review.VERBS
    ),
]
