from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "kpo.inbox"
    label = "inbox"
    verbose_name = "Volgen en bewaren"
