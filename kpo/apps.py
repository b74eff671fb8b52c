from django.apps import AppConfig


class KpoConfig(AppConfig):
    """Stands after every other app of ours, so that discovery finds their models loaded."""

    name = "kpo"
    verbose_name = "KPO"

    def ready(self) -> None:
        from kpo import discovery

        discovery.autodiscover()
