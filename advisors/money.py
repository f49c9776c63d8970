"""Writes and rounds amounts the way people do. Money is `Decimal`."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
CENT = Decimal("0.01")


def money(amount: Decimal, currency: str) -> str:
    """Write an amount the way people do: `$12.00`, `$0.0045`, `12.00 CHF`."""
    tenths = amount.as_tuple().exponent == -1
    written = f"{amount.quantize(CENT) if tenths else amount:,f}"
    return f"{SIGNS[currency]}{written}" if currency in SIGNS else f"{written} {currency}"


def sum_of(amount: Decimal | None, high: Decimal | None, currency: str, per: str | None) -> str:
    """A sum in words: "$12.00 / month", "$0.08–$0.12 / month", "unknown"."""
    if amount is None:
        return "unknown"
    total = money(amount, currency) if amount == 0 or amount >= CENT else f"under {money(CENT, currency)}"
    if high is not None and high != amount:
        total += f"–{money(high, currency)}"
    return f"{total} / {per}" if per else total


def rounded(amount: Decimal) -> Decimal:
    """Round to cents; below ten cents keep two significant digits, so that a small price is not said to be zero."""
    if amount == 0 or abs(amount) >= Decimal("0.1"):
        return amount.quantize(CENT, ROUND_HALF_UP)
    small = amount.quantize(Decimal(1).scaleb(amount.adjusted() - 1), ROUND_HALF_UP)
    return small.quantize(CENT) if small == small.quantize(CENT) else small


def plain(amount: Decimal) -> str:
    """Write a count with thousands separators and no needless decimals."""
    return f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():,f}"
