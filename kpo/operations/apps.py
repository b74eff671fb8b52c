from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "kpo.operations"
    label = "operations"
    verbose_name = "Stand van het platform"
