from django.apps import AppConfig


class CaseDataConfig(AppConfig):
    name = "kpo.casedata"
    label = "casedata"
    verbose_name = "Zaakgegevens"
