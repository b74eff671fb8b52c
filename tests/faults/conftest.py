"""One site for all faults: making it takes seconds, and breaking it is what it is for."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from kpo.embedded_postgres import database_url
from tests.faults.site import Site
from tests.template_database import template_database


def template_url() -> str:
    url = settings.DATABASE_URL or database_url(settings.DATA_DIR)
    return urlsplit(url)._replace(path=f"/{template_database()}").geturl()


@pytest.fixture(scope="session")
def site(django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="kpo-faults-") as name:
        Path(name).chmod(0o755)
        site = Site(Path(name))
        try:
            with django_db_blocker.unblock():
                site.plant(template_url())
            yield site
        finally:
            site.end()
