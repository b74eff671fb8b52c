from django.apps import AppConfig


class KnowledgebankConfig(AppConfig):
    name = "knowledgebank"
    verbose_name = "Kennisbank"

    def ready(self) -> None:
        from knowledgebank.offering import following as offering
        from knowledgebank.review import following, gate
        from knowledgebank.upkeep import following as upkeep

        gate.connect()
        following.connect()
        upkeep.connect()
        offering.connect()
