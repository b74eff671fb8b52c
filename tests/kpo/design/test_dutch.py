from datetime import UTC, date, datetime

import pytest

from kpo.design import dutch

TODAY = date(2026, 11, 22)


def test_a_date_is_written_in_full() -> None:
    assert dutch.day(date(2026, 11, 12)) == "12 november 2026"


def test_a_moment_counts_as_the_day_it_is_in_the_netherlands() -> None:
    assert dutch.day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 juli 2026"


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 11, 22), "vandaag"),
        (date(2026, 11, 21), "gisteren"),
        (date(2026, 11, 17), "dinsdag"),
        (date(2026, 11, 16), "maandag"),
        (date(2026, 11, 15), "15 nov."),
        (date(2025, 11, 22), "22 nov. 2025"),
        (date(2026, 12, 3), "3 dec."),
    ],
)
def test_a_list_says_the_day_as_briefly_as_is_clear(on: date, words: str) -> None:
    assert dutch.short_day(on, TODAY) == words


@pytest.mark.parametrize(
    ("value", "words"), [(71240, "71.240"), (5.1, "5,1"), (1234.5, "1.234,5"), (0, "0")]
)
def test_numbers_have_a_point_for_thousands_and_a_comma_for_fractions(
    value: float, words: str
) -> None:
    assert dutch.number(value) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (81_200, "81 kB"),
        (2_412_000, "2,4 MB"),
        (64_000_000, "64 MB"),
        (3_000_000_000, "3,0 GB"),
        (5_000_000_000_000, "5.000 GB"),
    ],
)
def test_sizes_stand_in_the_unit_a_reader_would_use(count: int, words: str) -> None:
    assert dutch.file_size(count) == words
