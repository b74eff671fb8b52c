from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "kpo.people"
    label = "people"
    verbose_name = "Mensen"

    def ready(self) -> None:
        from kpo.people import receivers

        receivers.connect()
