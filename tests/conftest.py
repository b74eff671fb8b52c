"""What every test shares: the embedded PostgreSQL, a private data folder, one user per role."""

from pathlib import Path

import pytest
from pytest_django.fixtures import SettingsWrapper

from kpo.startup import start_database


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the server before the first test database is made; each worker has its own."""
    start_database()


@pytest.fixture(autouse=True)
def private_data_folder(settings: SettingsWrapper, tmp_path: Path) -> Path:
    """Files, mail and search indexes of a test stay with that test."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path
