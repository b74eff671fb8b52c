from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "kpo.files"
    label = "files"
    verbose_name = "Bestanden"

    def ready(self) -> None:
        from kpo.files import policies, receivers  # noqa: F401  receivers connect themselves

        policies.register()
