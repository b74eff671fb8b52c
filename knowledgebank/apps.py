from django.apps import AppConfig


class KnowledgebankConfig(AppConfig):
    name = "knowledgebank"
    verbose_name = "Kennisbank"
