"""Production refuses to start half configured, and says which setting it misses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMPLETE = {
    "KPO_SECRET_KEY": "p" * 60,
    "KPO_HOSTS": "kpo.example",
    "KPO_MAIL_SENDER": "KPO <kpo@kpo.example>",
}
SHOW = "from django.conf import settings; print(settings.ALLOWED_HOSTS, settings.DEBUG)"


def start(tmp_path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Read the production settings in a process of its own, with only these variables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "kpo.settings.production",
        "KPO_DATA": str(tmp_path),
        **given,
    }
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        env=environment,
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_production_starts_when_everything_is_given(tmp_path: Path) -> None:
    result = start(tmp_path, **COMPLETE)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "['kpo.example'] False"


@pytest.mark.parametrize("name", sorted(COMPLETE))
@pytest.mark.parametrize("value", [None, "", "   "])
def test_production_names_the_setting_it_misses(
    tmp_path: Path, name: str, value: str | None
) -> None:
    given = {key: text for key, text in COMPLETE.items() if key != name}
    if value is not None:
        given[name] = value
    result = start(tmp_path, **given)
    assert result.returncode != 0
    assert f"{name} is leeg" in result.stderr


@pytest.mark.parametrize("hosts", ["*", "kpo.example, *", ",", " , "])
def test_production_refuses_hosts_that_mean_everyone_or_no_one(tmp_path: Path, hosts: str) -> None:
    result = start(tmp_path, **{**COMPLETE, "KPO_HOSTS": hosts})
    assert result.returncode != 0
    assert "KPO_HOSTS" in result.stderr


def test_debug_cannot_be_switched_on_in_production(tmp_path: Path) -> None:
    result = start(tmp_path, **COMPLETE, KPO_DEBUG="1", DEBUG="1")
    assert result.stdout.strip() == "['kpo.example'] False"


def test_a_folder_of_reports_asks_for_the_address_they_come_to(tmp_path: Path) -> None:
    """Without one no report is ours, and the worker would throw away whatever is in the folder."""
    folder = str(tmp_path / "Maildir")
    result = start(tmp_path, **COMPLETE, KPO_BOUNCE_FOLDER=folder)
    assert result.returncode != 0
    assert "KPO_BOUNCE_FOLDER is gezet en KPO_BOUNCE_ADDRESS is leeg" in result.stderr
    address = "bounce@mail.example"
    both = start(tmp_path, **COMPLETE, KPO_BOUNCE_FOLDER=folder, KPO_BOUNCE_ADDRESS=address)
    assert both.returncode == 0, both.stderr
