from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "kpo.inbox"
    label = "inbox"
    verbose_name = "Postvak, volgen en bewaren"

    def ready(self) -> None:
        from kpo.inbox import receivers

        receivers.connect()
