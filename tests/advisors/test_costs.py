"""What a tool costs at a volume: the table of sums in tests/spec/costs.yml, and what holds for all sums."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Conversion, Tool
from advisors.costs import cost_note
from advisors.models import CostNote, Volume
from advisors.money import money, plain, rounded, sum_of
from advisors.ranking import costs_nothing
from tests.advisors.builders import (
    PAGE,
    TODAY,
    a_catalogue,
    a_language_model,
    a_licence,
    a_price,
    a_task,
    a_tool,
    a_volume,
    spec,
)

TABLE = spec("costs.yml")
CONVERSIONS = tuple(Conversion.model_validate(raw) for raw in TABLE["conversions"])


def the_tool_of(case: dict[str, Any]) -> Tool:
    free = case.get("free_to_run", False)
    return a_tool(
        prices=[a_price(**price) for price in case.get("prices", [case["price"]] if "price" in case else [])],
        token_price=case.get("token_price"),
        licence=a_licence(free_to_run=free),
        access=["self-host"] if free else ["api"],
        review_by=case.get("review_by", date(2027, 6, 1)),
    )


def the_note_of(case: dict[str, Any]) -> CostNote:
    asked = case.get("asked")
    return cost_note(
        the_tool_of(case),
        a_task(typical=case.get("typical"), token_use=case.get("token_use")),
        Volume(amount=Decimal(str(asked["amount"])), unit=asked["unit"], per=asked.get("per")) if asked else None,
        a_catalogue(conversions=CONVERSIONS),
        case.get("today", TODAY),
    )


def written(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_a_sum_is_what_it_is_when_worked_out_by_hand(case: dict[str, Any]) -> None:
    note = the_note_of(case)

    assert written(note.amount) == case["sum"]
    assert written(note.high) == case.get("high")
    assert note.per == case.get("per")
    assert note.currency == case.get("currency", "USD")
    assert note.stale == case.get("stale", False)
    assert note.basis == case.get("basis", note.basis)
    assert note.covers_volume == case.get("covers", note.covers_volume)


def test_the_table_holds_more_than_forty_sums() -> None:
    worked_out = [case for case in TABLE["cases"] if case["sum"] is not None]

    assert len(worked_out) >= 44
    assert len({case["name"] for case in TABLE["cases"]}) == len(TABLE["cases"])


def test_a_note_says_when_and_where_its_price_was_seen() -> None:
    seen = a_price(amount="0.04", unit="images", as_of=date(2026, 10, 1), source="https://example.com/list")

    note = cost_note(a_tool(prices=[seen]), a_task(), a_volume(300), a_catalogue(), TODAY)

    assert (note.as_of, note.source) == (date(2026, 10, 1), "https://example.com/list")


def test_a_token_price_cites_the_vendors_page_and_the_day_of_the_data_set() -> None:
    tool = a_language_model(prices=[], token_price={"provider": "openai", "model": "gpt-4o"})

    note = cost_note(tool, a_catalogue().tasks["text-generation"], None, a_catalogue(), TODAY)

    assert note.as_of == TODAY
    assert note.source is not None
    assert note.source.startswith("https://")


def test_a_free_tool_cites_its_licence() -> None:
    tool = a_tool(prices=[], licence=a_licence(free_to_run=True), access=["self-host"])

    note = cost_note(tool, a_task(), None, a_catalogue(), TODAY)

    assert note.source == PAGE


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("12.00", "USD", "$12.00"),
        ("0.0045", "USD", "$0.0045"),
        ("0.5", "USD", "$0.50"),
        ("20", "EUR", "€20"),
        ("1234567.8", "GBP", "£1,234,567.80"),
        ("100", "JPY", "¥100"),
        ("1E+3", "USD", "$1,000"),
        ("12.00", "CHF", "12.00 CHF"),
    ],
)
def test_money_is_written_as_people_write_it(amount: str, currency: str, written: str) -> None:
    assert money(Decimal(amount), currency) == written


@pytest.mark.parametrize(
    ("amount", "high", "per", "words"),
    [
        ("12.00", None, "month", "$12.00 / month"),
        ("12.00", None, None, "$12.00"),
        ("0.08", "0.12", "month", "$0.08–$0.12 / month"),
        ("5.00", "5.00", "week", "$5.00 / week"),
        ("0.0045", None, "month", "under $0.01 / month"),
        ("0.0045", "0.02", None, "under $0.01–$0.02"),
        ("0.00", None, "month", "$0.00 / month"),
        (None, None, "month", "unknown"),
    ],
)
def test_a_sum_is_said_in_a_few_words(amount: str | None, high: str | None, per: str | None, words: str) -> None:
    said = sum_of(Decimal(amount) if amount else None, Decimal(high) if high else None, "USD", per)

    assert said == words


@pytest.mark.parametrize(
    ("amount", "written"), [("300", "300"), ("1E+6", "1,000,000"), ("2.50", "2.5"), ("433.333", "433.33"), ("0", "0")]
)
def test_a_count_is_written_without_needless_decimals(amount: str, written: str) -> None:
    assert plain(Decimal(amount)) == written


counts = st.integers(min_value=1, max_value=10_000_000)
cents = st.integers(min_value=1, max_value=100_000).map(lambda n: Decimal(n) / 100)
tiny = st.decimals(min_value=Decimal("0.000001"), max_value=10, places=6)
periods = st.sampled_from([None, "day", "week", "month", "year"])
THE_CATALOGUE = a_catalogue()


def note_for(tool: Tool, count: int, per: str | None = "month", catalogue: Catalogue = THE_CATALOGUE) -> CostNote:
    return cost_note(tool, a_task(), a_volume(count, per=per), catalogue, TODAY)


@given(count=counts, price=cents, per=periods)
def test_twice_the_volume_costs_twice_as_much(count: int, price: Decimal, per: str | None) -> None:
    tool = a_tool(prices=[a_price(amount=price, unit="images")])

    once, twice = note_for(tool, count, per), note_for(tool, 2 * count, per)

    assert once.amount is not None
    assert twice.amount == 2 * once.amount


@given(count=counts, more=counts, low=tiny, high=tiny, per=periods)
def test_tiers_never_make_more_cost_less(count: int, more: int, low: Decimal, high: Decimal, per: str | None) -> None:
    tiers = [{"above": 0, "amount": high}, {"above": 1000, "amount": low}]
    tool = a_tool(prices=[a_price(unit="images", tiers=tiers)])

    less, more_of_it = note_for(tool, count, per).amount, note_for(tool, count + more, per).amount

    assert less is not None
    assert more_of_it is not None
    assert Decimal(0) <= less <= more_of_it


@given(count=counts, price=tiny, per=periods)
def test_what_costs_something_is_never_said_to_cost_nothing(count: int, price: Decimal, per: str | None) -> None:
    tool = a_tool(prices=[a_price(amount=price, unit="images", quantity=1000)])

    amount = note_for(tool, count, per).amount

    assert amount is not None
    assert amount > 0


@given(count=counts, low=tiny, spread=tiny)
def test_a_range_is_never_upside_down(count: int, low: Decimal, spread: Decimal) -> None:
    tool = a_tool(prices=[a_price(low=low, high=low + spread, unit="images")])

    note = note_for(tool, count)

    assert note.amount is not None
    assert note.high is not None
    assert note.amount <= note.high


@given(count=counts, unit=st.sampled_from(["molecules", "rows", "users", "3d"]), per=periods)
def test_unknown_is_never_zero(count: int, unit: str, per: str | None) -> None:
    note = cost_note(a_tool(), a_task(), a_volume(count, unit, per), a_catalogue(), TODAY)

    assert note.amount is None
    assert note.basis == "price unknown"


@given(amount=st.decimals(min_value=0, max_value=10**12, places=9))
def test_rounding_moves_a_sum_by_half_a_cent_at_most(amount: Decimal) -> None:
    assert abs(rounded(amount) - amount) <= Decimal("0.005")


@pytest.mark.parametrize("amount", ["1E+15", "1E+16", "1E+40", "1E+4000"])
def test_an_absurd_volume_does_no_harm(amount: str) -> None:
    note = cost_note(a_tool(), a_task(), a_volume(amount), a_catalogue(), TODAY)

    assert (note.amount is None) is (amount != "1E+15")
    assert note.per == "month"


def test_every_tool_of_the_catalogue_has_a_sum_or_says_that_it_is_unknown(catalogue: Catalogue) -> None:
    for tool in catalogue.tools.values():
        for task in tool.tasks:
            note = cost_note(tool, catalogue.tasks[task], None, catalogue, TODAY)

            assert note.basis, tool.id
            assert note.amount is None or note.amount >= 0, tool.id
            assert note.amount != 0 or costs_nothing(tool), f"{tool.id}: {note.basis}"
            assert note.source is not None or note.amount is None, tool.id
