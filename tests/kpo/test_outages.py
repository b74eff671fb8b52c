"""Which page a visitor gets when a part of the machine fails."""

import errno
from collections.abc import Callable

import pytest
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from psycopg import errors

from kpo import web

FULL = OperationalError("disk full")
FULL.__cause__ = errors.DiskFull("no space left on device")
READ_ONLY = OperationalError("read only")
READ_ONLY.__cause__ = errors.ReadOnlySqlTransaction("cannot execute INSERT")


@pytest.fixture
def fail_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], HttpResponse]:
    """The answer of the whole site when an inner part raises this."""

    def answer(error: Exception) -> HttpResponse:
        def broken(self: object, request: HttpRequest) -> HttpResponse:
            raise error

        monkeypatch.setattr(web.ContentSecurityPolicyMiddleware, "__call__", broken)
        return Client(raise_request_exception=False).get("/robots.txt")

    return answer


def test_database_that_is_away_gives_503_and_a_moment_to_return(
    fail_with: Callable[[Exception], HttpResponse],
) -> None:
    response = fail_with(OperationalError("connection refused"))
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "We zijn even bezig" in response.content.decode()


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "full"),
        OSError(errno.EROFS, "ro"),
        PermissionError(errno.EACCES, "no"),
        FULL,
        READ_ONLY,
    ],
    ids=["disk full", "read-only", "not ours", "database full", "database read-only"],
)
def test_nowhere_to_write_is_a_clear_refusal(
    fail_with: Callable[[Exception], HttpResponse], error: Exception
) -> None:
    response = fail_with(error)
    assert response.status_code == 507
    assert "Er is niets veranderd" in response.content.decode()


@pytest.mark.parametrize("error", [ValueError("x"), DataError("x"), FileNotFoundError(2, "x")])
def test_any_other_error_stays_a_500(
    fail_with: Callable[[Exception], HttpResponse], error: Exception
) -> None:
    response = fail_with(error)
    assert response.status_code == 500
    assert "Er ging bij ons iets mis" in response.content.decode()


def test_error_page_is_not_kept_by_a_shared_cache(
    fail_with: Callable[[Exception], HttpResponse],
) -> None:
    assert "no-store" in fail_with(ValueError("x"))["Cache-Control"]
