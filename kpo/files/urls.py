"""Addresses of files and images. The name at the end is for people; the id decides."""

from django.urls import path

from kpo.files.views import serving

app_name = "files"
urlpatterns = [
    path("bestanden/<uuid:uuid>/", serving.find, name="find"),
    path("bestanden/<uuid:uuid>/voorbeeld.png", serving.preview, name="preview"),
    path("bestanden/<uuid:uuid>/<str:name>", serving.serve, name="serve"),
    path("beelden/<uuid:uuid>/<str:spec>/<str:name>", serving.image, name="image"),
]
