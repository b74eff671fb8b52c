from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "kpo.files"
    label = "files"
    verbose_name = "Bestanden"
