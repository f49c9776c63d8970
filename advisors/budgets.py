"""Says whether a budget is kept: by one pick, or by several together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from advisors.catalogue.units import per_period
from advisors.models import Budget, Constraints, CostNote, Pick
from advisors.money import money, rounded, sum_of
from advisors.policy import Policy
from advisors.ranking import Candidate


def judged_together(picks: Sequence[Pick], budget: Budget | None) -> str | None:
    """What several picks cost together, against the budget that is for all of them."""
    if budget is None or len(picks) < 2:
        return None
    per = budget.per or "month"
    limit = _limit(budget)
    if all(pick.cost.amount is None for pick in picks):
        return f"I could not check your budget of {limit}: no price is known."
    known = [c for c in (pick.cost for pick in picks) if c.amount is not None and budget.currency == c.currency]
    low = sum((_in_period(cost, cost.amount, per) for cost in known), Decimal(0))
    high = sum((_in_period(cost, cost.high or cost.amount, per) for cost in known), Decimal(0))
    total = sum_of(rounded(low), rounded(high), budget.currency, per if any(cost.per for cost in known) else None)
    if low > budget.amount:
        return f"Together that is {total}, above your budget of {limit}."
    if len(known) < len(picks):
        others = ", ".join(dict.fromkeys(pick.name for pick in picks if pick.cost not in known))
        return f"The known prices come to {total}; without that of {others} I could not check your budget of {limit}."
    if high > budget.amount:
        return f"Together that is {total}: it may go above your budget of {limit}."
    if not all(cost.covers_volume for cost in known):
        return f"Together that is {total}, under your budget of {limit} if the plans cover your volume."
    return f"Together that is {total}, within your budget of {limit}."


def _in_period(cost: CostNote, amount: Decimal | None, per: str) -> Decimal:
    return per_period(amount or Decimal(0), cost.per, per) if cost.per else amount or Decimal(0)


def judged_alone(
    best: Candidate, candidates: Sequence[Candidate], constraints: Constraints, policy: Policy
) -> list[str]:
    """What is to be said of one pick's cost against the budget; nothing while it is kept."""
    budget = constraints.budget or policy.budget
    if budget is None:
        return []
    limit = _limit(budget)
    if best.within_budget is None:
        why = _why_unchecked(best.cost, budget)
        return [f"I could not check your budget of {limit}: {why}."]
    if best.within_budget:
        return []
    fitting = [c for c in candidates if len(c.unmet) == len(best.unmet)]
    within = [c for c in fitting if c.within_budget]
    if within:
        return [f"It does not stay under {limit}; {within[0].tool.name} does, at {_sum(within[0].cost)}."]
    cheapest = min(
        (c for c in fitting if c.within_budget is False),
        key=lambda c: (_in_period(c.cost, c.cost.amount, "month"), c.tool.id),
    )
    return [
        f"Nothing that fits is known to stay under {limit}; "
        f"the cheapest known price is {cheapest.tool.name} at {_sum(cheapest.cost)}."
    ]


def _limit(budget: Budget) -> str:
    return money(budget.amount, budget.currency) + (f" a {budget.per}" if budget.per else "")


def _why_unchecked(cost: CostNote, budget: Budget) -> str:
    if cost.amount is None:
        return "its price is not known"
    if cost.currency != budget.currency:
        return f"its price is in {cost.currency}"
    if cost.covers_volume:
        return f"its price is {_sum(cost)}"
    return "whether the plan covers your volume is not stated"


def _sum(cost: CostNote) -> str:
    return sum_of(cost.amount, cost.high, cost.currency, cost.per)
