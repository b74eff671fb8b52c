"""The gallery; included in development only."""

from django.urls import path

from kpo.design import views

urlpatterns = [path("", views.gallery, name="gallery")]
