from django.urls import path

from knowledgebank import first_visit, views

app_name = "knowledgebank"
urlpatterns = [
    path("mijn/oordeel/<uuid:uuid>/", views.vote, name="vote"),
    path("mijn/welkom/", first_visit.themes, name="first_visit"),
    path("mijn/welkom/aanbod/", first_visit.look, name="first_look"),
    path("mijn/welkom/mail/", first_visit.mail, name="first_mail"),
    path("mijn/welkom/overslaan/", first_visit.skip, name="skip_first_visit"),
    path("contact/bericht/", views.contact, name="contact"),
]
