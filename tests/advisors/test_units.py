"""Volumes turn from one unit and period into another."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Conversion
from advisors.catalogue.units import PERIODS_PER_YEAR, convert, path, per_period

HOURS = Conversion(of="hours", to="minutes", factor=Decimal(60), exact=True)
MINUTES = Conversion(of="minutes", to="seconds", factor=Decimal(60), exact=True)
WORDS = Conversion(of="minutes", to="words", factor=Decimal(150))
CHARACTERS = Conversion(of="words", to="characters", factor=Decimal(6))
TABLE = (HOURS, MINUTES, WORDS, CHARACTERS)


@pytest.mark.parametrize(
    ("amount", "unit", "wanted", "result"),
    [
        (2, "hours", "hours", "2"),
        (2, "hours", "minutes", "120"),
        (2, "hours", "seconds", "7200"),
        (90, "seconds", "minutes", "1.5"),
        (5400, "seconds", "hours", "1.5"),
        (60, "minutes", "characters", "54000"),
        (900, "characters", "minutes", "1"),
        (900, "characters", "seconds", "60"),
    ],
)
def test_an_amount_walks_the_shortest_path_of_conversions(amount: int, unit: str, wanted: str, result: str) -> None:
    steps = path(unit, wanted, TABLE)

    assert steps is not None
    assert convert(Decimal(amount), steps) == Decimal(result)


def test_the_shortest_path_is_taken_where_there_are_two() -> None:
    detour = (Conversion(of="hours", to="words", factor=Decimal(9000)), *TABLE)

    steps = path("hours", "characters", detour)

    assert steps is not None
    assert [conversion.of for conversion, _ in steps] == ["hours", "words"]


def test_units_that_nothing_joins_do_not_convert() -> None:
    assert path("images", "seconds", TABLE) is None
    assert path("nonsense", "seconds", TABLE) is None
    assert path("hours", "minutes", ()) is None


def test_no_path_is_needed_where_the_unit_is_right() -> None:
    assert path("images", "images", TABLE) == []


@pytest.mark.parametrize(
    ("amount", "given_per", "wanted_per", "result"),
    [
        ("12", "month", "month", "12"),
        ("12", "month", "year", "144"),
        ("52", "year", "week", "1"),
        ("3", "week", "month", "13"),  # 3 × 52 / 12
        ("13", "month", "week", "3"),
        ("12", "day", "month", "365"),  # 12 × 365 / 12
        ("1", "day", "year", "365"),
    ],
)
def test_a_rate_turns_from_one_period_into_another(amount: str, given_per: str, wanted_per: str, result: str) -> None:
    assert per_period(Decimal(amount), given_per, wanted_per) == Decimal(result)


@given(
    amount=st.decimals(min_value=0, max_value=10**9, places=2),
    there=st.sampled_from(sorted(PERIODS_PER_YEAR)),
    back=st.sampled_from(sorted(PERIODS_PER_YEAR)),
)
def test_a_rate_comes_back_as_it_went(amount: Decimal, there: str, back: str) -> None:
    again = per_period(per_period(amount, there, back), back, there)

    assert abs(again - amount) < Decimal("0.000001")


def test_every_conversion_of_the_catalogue_can_be_walked_both_ways(catalogue: Catalogue) -> None:
    for conversion in catalogue.conversions:
        there = path(conversion.of, conversion.to, catalogue.conversions)
        back = path(conversion.to, conversion.of, catalogue.conversions)

        assert there is not None
        assert back is not None
        assert abs(convert(convert(Decimal(7), there), back) - 7) < Decimal("0.000001")
