"""Converts volumes between units and periods by the catalogue's conversion table."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from advisors.catalogue.schema import Conversion

PERIODS_PER_YEAR = {"day": 365, "week": 52, "month": 12, "year": 1}


def per_period(amount: Decimal, given: str, wanted: str) -> Decimal:
    """Turn an amount per `given` period into one per `wanted` period; both are keys of PERIODS_PER_YEAR."""
    ratio = Fraction(PERIODS_PER_YEAR[given], PERIODS_PER_YEAR[wanted])
    return amount * ratio.numerator / ratio.denominator


def path(unit: str, wanted: str, conversions: Sequence[Conversion]) -> list[tuple[Conversion, bool]] | None:
    """The shortest way from one unit to another: conversions, each with whether it runs backwards.

    Returns None when no chain of conversions joins the two.
    """
    queue: deque[tuple[str, list[tuple[Conversion, bool]]]] = deque([(unit, [])])
    seen = {unit}
    while queue:
        here, taken = queue.popleft()
        if here == wanted:
            return taken
        for conversion in conversions:
            for start, end, backwards in ((conversion.of, conversion.to, False), (conversion.to, conversion.of, True)):
                if start == here and end not in seen:
                    seen.add(end)
                    queue.append((end, [*taken, (conversion, backwards)]))
    return None


def convert(amount: Decimal, steps: Sequence[tuple[Conversion, bool]]) -> Decimal:
    """Walk an amount along a path of conversions."""
    for conversion, backwards in steps:
        amount = amount / conversion.factor if backwards else amount * conversion.factor
    return amount
