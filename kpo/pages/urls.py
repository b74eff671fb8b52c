from django.urls import path

from kpo.pages import addresses

app_name = "pages"
urlpatterns = [path("pagina/<uuid:uuid>/", addresses.find, name="find")]
