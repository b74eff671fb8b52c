from django.urls import path

from search import thing_views, views, voice_views

app_name = "search"
urlpatterns = [
    path("zoeken/", views.search_page, name="page"),
    path("zoeken/suggesties/", views.suggestions, name="suggestions"),
    path("zoeken/in/<uuid:uuid>/", thing_views.inside, name="inside"),
    path("zoeken/verwant/<uuid:uuid>/", thing_views.alike, name="alike"),
    path("zoeken/klik/", voice_views.click, name="click"),
    path("mijn/zoekoordeel/", voice_views.useful, name="useful"),
    path("mijn/gemist/", voice_views.missing, name="missing"),
]
