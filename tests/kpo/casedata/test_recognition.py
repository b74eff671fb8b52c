"""What counts as case data and, as important, what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpo.casedata.findings import Severity
from kpo.casedata.recognition import (
    BSN,
    IBAN,
    PLATE,
    is_account_number,
    passes_eleven_test,
    recognize,
)


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in recognize(text)]


def citizen_numbers() -> st.SearchStrategy[str]:
    """Numbers that pass the eleven test, made by solving for the last digit."""
    return (
        st.integers(min_value=10_000_000, max_value=99_999_999)
        .map(str)
        .map(_with_last_digit)
        .filter(lambda digits: digits is not None)
        .map(str)
    )


def _with_last_digit(eight: str) -> str | None:
    return next((eight + d for d in "0123456789" if passes_eleven_test(eight + d)), None)


@given(citizen_numbers())
def test_a_citizen_number_is_found_wherever_it_stands_alone(number: str) -> None:
    for text in (number, f"verdachte {number}, wonend te", f"BSN: {number}.", f"({number})"):
        assert kinds(text) == [BSN]


@given(citizen_numbers())
def test_a_number_that_fails_the_eleven_test_is_not_found(number: str) -> None:
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    assert BSN not in kinds(f"BSN {wrong}")


@given(citizen_numbers())
def test_a_finding_points_at_the_number_exactly(number: str) -> None:
    text = f"Het gaat om {number} uit het systeem"
    (finding,) = recognize(text)

    assert text[finding.start : finding.end] == number
    assert finding.severity == Severity.BLOCK


@pytest.mark.parametrize("written", ["1234.56.782", "123 456 782", "12345672"])
def test_other_spellings_count_beside_a_word_for_it(written: str) -> None:
    assert kinds(f"burgerservicenummer {written}") == [BSN]
    assert kinds(f"het getal {written}") == []


@pytest.mark.parametrize(
    "text",
    [
        "bel 06 12345678 of 0612345678",
        "telefoon 010-1234567",
        "+31612345678",
        "€ 123456782 aan subsidie",
        "123456782 euro",
        "een omzet van 123.456.782",
        "KvK 12345672",
        "RSIN 123456782",
        "factuurnummer 123456782",
        "zaaknummer 123456782",
        "ECLI:NL:HR:2019:123456782",
        "2024-123456782",
        "https://voorbeeld.nl/123456782",
        "ISBN 978-90-123456782",
        "op 12-11-2024 en 12112024",
        "artikel 13b Opiumwet, BWBR0001941",
        "Stb. 2021, 123",
        "1.234.567 inwoners",
        "postcode 1234 AB, huisnummer 12",
        "parketnummer 10/123456-21",
        "IP-adres 192.168.12.34",
        "versie 123456782",
        "000000000",
        "111111111",
    ],
)
def test_ordinary_numbers_are_left_alone(text: str) -> None:
    assert kinds(text) == []


@given(st.dates().map(lambda day: f"{day:%d-%m-%Y} {day:%Y%m%d} {day:%d.%m.%Y} {day:%d/%m/%Y}"))
def test_dates_are_never_case_data(text: str) -> None:
    assert kinds(text) == []


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["€ ", "EUR ", "bedrag: "]))
def test_amounts_are_never_case_data(amount: int, prefix: str) -> None:
    dotted = f"{amount:,}".replace(",", ".")

    assert kinds(f"{prefix}{amount}") == []
    assert kinds(f"totaal {dotted},50") == []


@given(st.from_regex(r"\A0[1-9]\d{8}\Z").filter(str.isascii))
def test_phone_numbers_are_never_case_data(number: str) -> None:
    spaced = f"{number[:2]} {number[2:6]} {number[6:]}"

    assert kinds(f"bel {number}, {spaced}, {number[:3]}-{number[3:]} of +31{number[1:]}") == []


@pytest.mark.parametrize(
    "plate",
    [
        *("12-BB-34", "BB-12-BB", "BB-BB-12", "12-BB-BB", "12-BBB-3", "1-BBB-23"),
        *("BB-123-B", "B-123-BB", "BBB-12-B", "B-12-BBB", "1-BB-234", "123-BB-4"),
    ],
)
def test_every_side_code_is_recognized(plate: str) -> None:
    (bare,) = recognize(f"Gezien: {plate} op de hoek")
    (named,) = recognize(f"de auto met {plate}")

    assert (bare.kind, bare.severity) == (PLATE, Severity.WARN)
    assert (named.kind, named.severity) == (PLATE, Severity.BLOCK)
    assert kinds(f"kenteken {plate.replace('-', '').lower()}") == [PLATE]


@pytest.mark.parametrize(
    "text",
    [
        "bijlage AB-12-34",
        "nummer 12-34-AB",
        "van 10 km 20 tot 30",
        "paragraaf 3-A-12",
        "tussen 12 en 14",
        "COVID-19-XL",
        "model X-200-TT2",
        "kenteken onbekend",
        "2-daagse en 3-daagse",
    ],
)
def test_codes_of_another_sort_are_no_number_plates(text: str) -> None:
    assert kinds(text) == []


def test_an_old_plate_counts_beside_a_word_for_it() -> None:
    assert kinds("kenteken AB-12-34") == [PLATE]


ACCOUNTS = ["NL91ABNA0417164300", "BE68539007547034", "DE89370400440532013000"]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_an_account_number_is_found_written_whole_or_in_groups(account: str) -> None:
    grouped = " ".join(account[i : i + 4] for i in range(0, len(account), 4))

    for text in (f"naar {account}", f"naar {grouped} op naam van Jansen"):
        (finding,) = recognize(text)
        assert (finding.kind, finding.severity) == (IBAN, Severity.WARN)
    assert is_account_number(grouped)


@given(st.sampled_from(ACCOUNTS), st.integers(min_value=4, max_value=14), st.integers(1, 9))
def test_a_changed_digit_is_no_account_number(account: str, place: int, shift: int) -> None:
    character = account[place]
    if not character.isdigit():
        return
    changed = account[:place] + str((int(character) + shift) % 10) + account[place + 1 :]

    assert not is_account_number(changed)


@given(st.text(max_size=400))
def test_any_text_can_be_searched_and_findings_lie_inside_it(text: str) -> None:
    for finding in recognize(text):
        assert 0 <= finding.start < finding.end <= len(text)


def test_a_hundred_thousand_digits_are_searched_without_delay() -> None:
    for unit in ("1", "1 ", "12-", "NL91", "A1", "kenteken "):
        list(recognize(unit * 100_000))
