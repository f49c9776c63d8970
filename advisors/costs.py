"""What a tool costs at the asker's volume. Money is `Decimal`; unknown is None, never zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Conversion, Price, Task, TokenPrice, TokenUse, Tool
from advisors.catalogue.units import convert, path, per_period
from advisors.models import CostNote, Volume
from advisors.money import money, plain, rounded

COUNTS = frozenset(
    {"images", "videos", "documents", "tracks", "sounds", "models", "molecules", "rows", "messages", "pages"}
)
"""Units that "items" may stand for: the asker said how many, the task says of what."""

UNKNOWN = "price unknown"
BEYOND = Decimal(10) ** 15
"""A volume above this is a slip of the keyboard, and its sum would not fit a Decimal's 28 figures."""
SHORT_NOTE = 60
"""Characters of a price's note that fit into the line with the sum."""


def cost_note(
    tool: Tool,
    task: Task,
    asked: Volume | None,
    catalogue: Catalogue,
    today: date,
    *,
    own_machines: bool = False,
    free: bool = False,
) -> CostNote:
    """Work out what a tool costs for a task at the asked volume, or at the task's typical one.

    Prices are tried in this order: metered ones that the volume converts to, plans, token prices, and last the
    absence of a licence fee. That comes first when it must run on the asker's `own_machines`: a hosted copy's price
    would be another thing's. Who wants it `free` is told of the plan at zero, if there is one. A note always says its
    basis.
    """
    volume, assumed = _volume(asked, task)
    if volume is not None and volume.amount > BEYOND:
        return CostNote(amount=None, per=volume.per, basis="price unknown at such a volume")
    prices = [price for price in tool.prices if _holds(price, today) and task.id in (price.tasks or (task.id,))]
    if free:
        prices = [price for price in prices if price.amount == 0] or prices
    notes = [
        *(_fee_free_notes(tool, volume) if own_machines else ()),
        *_metered_notes(prices, volume, catalogue),
        *_plan_notes(prices, volume, catalogue, assumed=assumed),
        *_token_notes(tool, task, volume, catalogue, today),
        *_fee_free_notes(tool, volume),
    ]
    note = notes[0] if notes else CostNote(amount=None, per=volume.per if volume else None, basis=UNKNOWN)
    return _finished(note, tool, today, assumed=assumed and note.amount is not None)


def _volume(asked: Volume | None, task: Task) -> tuple[Volume | None, bool]:
    """The volume to reckon with, and whether it is assumed."""
    if asked is None:
        typical = task.typical
        if typical is None:
            return None, True
        return Volume(amount=typical.amount, unit=typical.unit, per=typical.per), True
    if asked.unit == "items" and task.typical is not None and task.typical.unit in COUNTS:
        return replace(asked, unit=task.typical.unit), False
    return asked, False


def _holds(price: Price, today: date) -> bool:
    return (price.valid_from or date.min) <= today <= (price.valid_until or date.max)


def _metered_notes(prices: Iterable[Price], volume: Volume | None, catalogue: Catalogue) -> Iterable[CostNote]:
    """The sums at metered prices; one in the volume's own unit comes before one that it must be converted to."""
    if volume is None:
        return
    ways = [(price, path(volume.unit, price.unit, catalogue.conversions)) for price in prices if price.unit is not None]
    for price, steps in sorted(ways, key=lambda way: bool(way[1])):
        if steps is None:
            continue
        units = convert(volume.amount, steps)
        low, high = _metered_sum(price, units, volume.per)
        basis = f"{_chain(volume, price, steps)} × {_unit_price(price)}"
        yield _note(price, low, high, volume.per, f"{basis}{_short_note(price.plan, price.note)}")


def _short_note(*notes: str | None) -> str:
    short = [note for note in notes if note and len(note) <= SHORT_NOTE]
    return f" ({'; '.join(short)})" if short else ""


def _metered_sum(price: Price, units: Decimal, per: str | None) -> tuple[Decimal, Decimal | None]:
    if price.tiers:
        monthly = per_period(units, per, "month") if per else units
        total = sum((_tier_sum(price, i, monthly) for i in range(len(price.tiers))), Decimal(0))
        return (per_period(total, "month", per) if per else total), None
    bought = units / price.quantity
    if price.amount is not None:
        return bought * price.amount, None
    assert price.low is not None and price.high is not None  # the schema allows no fourth kind
    return bought * price.low, bought * price.high


def _tier_sum(price: Price, i: int, units: Decimal) -> Decimal:
    tier = price.tiers[i]
    end = price.tiers[i + 1].above if i + 1 < len(price.tiers) else units
    return max(Decimal(0), min(units, end) - tier.above) / price.quantity * tier.amount


def _chain(volume: Volume, price: Price, steps: Sequence[tuple[Conversion, bool]]) -> str:
    """The volume as asked and, where it had to be converted, what it comes to: "60 minutes ≈ 54,000 characters"."""
    start = f"{plain(volume.amount)} {volume.unit}"
    if not steps:
        return start
    sign = "=" if all(conversion.exact for conversion, _ in steps) else "≈"
    return f"{start} {sign} {plain(convert(volume.amount, steps))} {price.unit}"


def _unit_price(price: Price) -> str:
    if price.tiers:
        return (
            "tiers of " + ", ".join(money(tier.amount, price.currency) for tier in price.tiers) + _per_quantity(price)
        )
    if price.amount is not None:
        return money(price.amount, price.currency) + _per_quantity(price)
    assert price.low is not None and price.high is not None
    return f"{money(price.low, price.currency)}–{money(price.high, price.currency)}{_per_quantity(price)}"


def _per_quantity(price: Price) -> str:
    if price.quantity == 1:
        return ""
    return f" per {plain(price.quantity)}"


def _plan_notes(
    prices: Iterable[Price], volume: Volume | None, catalogue: Catalogue, *, assumed: bool
) -> Iterable[CostNote]:
    """The cheapest plan that is said to cover the volume, else the first whose cover is unsaid, else the largest."""
    plans = [price for price in prices if price.per is not None]
    covered = [(plan, _covers(plan, volume, catalogue)) for plan in plans]
    covering = sorted((plan for plan, covers in covered if covers), key=lambda plan: _yearly(plan) or Decimal(0))
    unsaid = [plan for plan, covers in covered if covers is None]
    for plan in [*covering, *unsaid, *reversed(plans)][:1]:
        yield _plan_note(plan, volume, _covers(plan, volume, catalogue), assumed=assumed)


def _covers(plan: Price, volume: Volume | None, catalogue: Catalogue) -> bool | None:
    """Whether a plan covers the volume; None when that is not said. Work that comes once must fit into one period."""
    if plan.includes is None or volume is None:
        return None
    steps = path(volume.unit, plan.includes.unit, catalogue.conversions)
    if steps is None:
        return None
    needed = convert(volume.amount, steps)
    if volume.per is not None:
        needed = per_period(needed, volume.per, plan.includes.per or plan.per or "month")
    return needed <= plan.includes.amount


def _yearly(plan: Price) -> Decimal | None:
    amount = plan.amount if plan.amount is not None else plan.low
    return None if amount is None or plan.per is None else per_period(amount, plan.per, "year")


def _plan_note(plan: Price, volume: Volume | None, covers: bool | None, *, assumed: bool) -> CostNote:
    by_users = volume is not None and volume.unit == "users"
    users = volume.amount if plan.per_user and volume is not None and by_users else Decimal(1)
    seats = f"{plain(users)} {'user' if users == 1 else 'users'} × " if plan.per_user else ""
    basis = f"{seats}{_unit_price(plan)} a {plan.per}, {_plan_name(plan)}{_short_note(plan.note)}"
    if plan.includes is not None:
        basis += f", covers {plain(plan.includes.amount)} {plan.includes.unit} a {plan.includes.per or plan.per}"
        if volume is not None and covers is False:
            basis += f": less than {_said(volume, assumed=assumed)}"
    elif volume is not None and not by_users:
        basis += f"; whether it covers {_said(volume, assumed=assumed)} is not stated"
    low = (plan.amount if plan.amount is not None else plan.low or Decimal(0)) * users
    high = plan.high * users if plan.high is not None else None
    note = _note(plan, low, high, plan.per, basis)
    return replace(note, covers_volume=volume is None or by_users or covers is True)


def _plan_name(plan: Price) -> str:
    """The plan in a sentence: "Pro plan", "Team plan, billed monthly", "cheapest paid plan"."""
    if not plan.plan:
        return "plan"
    name, comma, rest = plan.plan.partition(",")
    return f"{name if name.lower().endswith('plan') else f'{name} plan'}{comma}{rest}"


def _said(volume: Volume, *, assumed: bool) -> str:
    """The volume in the middle of a sentence."""
    if not assumed:
        return "your volume"
    return f"a typical {plain(volume.amount)} {volume.unit}" + (f" a {volume.per}" if volume.per else "")


def _token_notes(
    tool: Tool, task: Task, volume: Volume | None, catalogue: Catalogue, today: date
) -> Iterable[CostNote]:
    if tool.token_price is None:
        return
    thousand = Decimal(1000)  # the rate of a short request: a million in one would meet the long-context tier
    rate_in, rate_out, source = token_price(tool.token_price, thousand, thousand, today)
    per_million = [money(rounded(rate * thousand), "USD") for rate in (rate_in, rate_out)]
    rates = f"{per_million[0]} in and {per_million[1]} out per million tokens"
    note = CostNote(amount=None, basis=f"by use: {rates}", as_of=catalogue.token_prices_as_of, source=source)
    use = task.token_use
    steps = path(volume.unit, use.unit, catalogue.conversions) if use and volume else None
    if use is None or volume is None or steps is None:
        yield note
        return
    units = convert(volume.amount, steps)
    tokens = f"{plain(units * use.input)} tokens in, {plain(units * use.output)} out"
    yield replace(
        note,
        amount=rounded(_token_sum(tool.token_price, use, units, today)),
        per=volume.per,
        basis=f"{plain(volume.amount)} {volume.unit} ≈ {tokens}, at {rates}",
    )


def _token_sum(price: TokenPrice, use: TokenUse, units: Decimal, today: date) -> Decimal:
    """Price one request and multiply, so that long-context tiers do not bite on what is many short requests."""
    request = Decimal(1000) if use.unit == "words" else Decimal(1)
    tokens_in, tokens_out, _ = token_price(price, request * use.input, request * use.output, today)
    return (tokens_in + tokens_out) * units / request


@lru_cache(maxsize=1024)
def token_price(
    price: TokenPrice, tokens_in: Decimal, tokens_out: Decimal, today: date
) -> tuple[Decimal, Decimal, str]:
    """The price in USD of one request's tokens in and out by genai-prices, and the page it cites."""
    from genai_prices import Usage, calc_price  # imported late: its table takes a quarter of a second to load

    calculation = calc_price(
        Usage(input_tokens=int(tokens_in), output_tokens=int(tokens_out)),
        price.model,
        provider_id=price.provider,
        genai_request_timestamp=datetime(today.year, today.month, today.day, tzinfo=UTC),
    )
    pages = calculation.provider.pricing_urls or ["genai-prices"]
    return calculation.input_price, calculation.output_price, pages[0]


def _fee_free_notes(tool: Tool, volume: Volume | None) -> Iterable[CostNote]:
    if tool.licence.free_to_run:
        yield CostNote(
            amount=Decimal("0.00"),
            per=volume.per if volume else None,
            basis="no licence fee; your own computer's time is not counted",
            source=tool.licence.source,
        )


def _note(price: Price, low: Decimal, high: Decimal | None, per: str | None, basis: str) -> CostNote:
    return CostNote(
        amount=rounded(low),
        high=None if high is None else rounded(high),
        currency=price.currency,
        per=per,
        basis=basis,
        as_of=price.as_of,
        source=price.source,
    )


def _finished(note: CostNote, tool: Tool, today: date, *, assumed: bool) -> CostNote:
    reckoned = assumed and any(sign in note.basis for sign in "×≈")
    basis = f"{note.basis}, a typical volume" if reckoned else note.basis
    return replace(note, basis=basis, stale=today > tool.review_by)
