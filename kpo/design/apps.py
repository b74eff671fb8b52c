from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "kpo.design"
    label = "design"
    verbose_name = "Vormgeving"
