from django.urls import path, re_path

from kpo.inbox import views

app_name = "inbox"
urlpatterns = [
    path("mijn/bewaard/", views.saved, name="saved"),
    re_path(
        r"^mijn/pagina/(?P<uuid>[0-9a-f-]{36})/(?P<verb>volg|ontvolg|bewaar|vergeet)/$",
        views.mark,
        name="mark",
    ),
]
