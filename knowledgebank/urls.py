from django.urls import path

from knowledgebank import views

app_name = "knowledgebank"
urlpatterns = [
    path("mijn/oordeel/<uuid:uuid>/", views.vote, name="vote"),
    path("contact/bericht/", views.contact, name="contact"),
]
