"""Orders the catalogue's tools for one task under the asker's constraints. Pure, and the same every time.

No tool has a mark for quality: none has a source. What counts is how near the top of a tool's own list the task
stands, what it asks of the team, what it costs at the volume, and how certain its terms are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Task, Tool
from advisors.catalogue.units import per_period
from advisors.costs import cost_note
from advisors.models import Budget, Constraints, CostNote
from advisors.policy import Policy


def runs_on_own_machines(tool: Tool) -> bool:
    """Whether the asker can run the tool without sending anything out."""
    return "self-host" in tool.access


def keeps_secrets(tool: Tool) -> bool:
    """Whether confidential material may go in, as far as a source says so."""
    return runs_on_own_machines(tool) or (tool.privacy is not None and tool.privacy.confidential_ok is True)


def stays_in_house(tool: Tool, constraints: Constraints) -> bool:
    """Whether the asker would run it on own machines: because it must stay there, or because that is what is free."""
    wanted = constraints.self_host or constraints.confidential or (constraints.free and tool.licence.free_to_run)
    return bool(wanted) and runs_on_own_machines(tool)


def costs_nothing(tool: Tool) -> bool:
    """Whether it can be used without paying: no licence fee, or a plan or tier at zero."""
    zero_price = any(price.amount == 0 or any(tier.amount == 0 for tier in price.tiers) for price in tool.prices)
    return tool.licence.free_to_run or zero_price


REQUIREMENTS: Mapping[str, tuple[Callable[[Tool], bool], str]] = {
    "self_host": (runs_on_own_machines, "runs on your own machines"),
    "confidential": (keeps_secrets, "can keep confidential material in house"),
    "commercial": (lambda tool: tool.licence.commercial != "no", "may be used commercially"),
    "open_source": (lambda tool: tool.licence.open_source, "is open source"),
    "free": (costs_nothing, "can be used without a fee"),
    "no_code": (lambda tool: tool.no_code, "needs no programming"),
}
"""For each constraint flag: which tools meet it, and the words for it. Unknown terms do not rule a tool out for
commercial use: they weigh against it, and the answer says that they are unknown."""

EFFORT = {"app": 0.0, "api": 1.4, "self-host": 2.0, "fine-tune": 3.0}
LIBRARY_EFFORT = 0.8
"""A library is installed with one line by somebody who programs; a model on one's own machine is a project."""
MUCH = 5
"""From this many times the typical volume on, working by hand in an app is more effort than an API."""

GENERATED = frozenset({"text", "code", "image", "video", "speech", "music", "sound", "3d"})
BY_HAND = frozenset({"rules", "statistics", "solver", "database"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A tool weighed for one task; lower scores come first."""

    tool: Tool
    cost: CostNote
    unmet: tuple[str, ...]
    """The constraint flags that it does not meet."""
    within_budget: bool | None
    """None when there is no budget, or whether it is kept cannot be told."""
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of a tool for one task, beside the task itself."""

    constraints: Constraints
    proposed: frozenset[str] = frozenset()
    """Tools that the asker has in mind; one that fits is taken."""
    after: str | None = None
    """The input kind that the step before hands over, if any."""


def ranked(task: Task, wish: Wish, catalogue: Catalogue, policy: Policy, today: date) -> tuple[Candidate, ...]:
    """All tools for a task that policy allows, best first; those that meet more constraints before the others."""
    tools = catalogue.tools_by_task[task.id] or tuple(
        tool
        for tool in catalogue.tools.values()
        if tool.status == "active" and task.output in tool.makes and tool.tasks
    )
    allowed = [tool for tool in tools if tool.id not in policy.banned]
    weighed = [_weigh(tool, task, wish, catalogue, policy, today) for tool in allowed]
    return tuple(sorted(weighed, key=lambda candidate: (len(candidate.unmet), candidate.score, candidate.tool.id)))


def _weigh(tool: Tool, task: Task, wish: Wish, catalogue: Catalogue, policy: Policy, today: date) -> Candidate:
    constraints = wish.constraints
    cost = cost_note(
        tool,
        task,
        constraints.volume,
        catalogue,
        today,
        own_machines=stays_in_house(tool, constraints),
        free=constraints.free,
    )
    within = is_within(cost, constraints.budget or policy.budget)
    score = (
        _fit(tool, task)
        + _effort(tool, task, constraints)
        + _price(cost, tool, constraints)
        + _terms(tool)
        + (0.8 if constraints.commercial and tool.licence.commercial is None else 0.0)
        + _craft(tool, task)
        + (4.0 if within is False else 0.0)
        + (1.0 if cost.stale else 0.0)
        - (4.0 if {tool.id, tool.family} & wish.proposed else 0.0)
        - (1.0 if wish.after in tool.accepts else 0.0)
        - (3.0 if tool.id in policy.approved else 0.0)
        + (5.0 if tool.id in policy.discouraged else 0.0)
        + (3.0 if tool.languages is not None and set(constraints.language) - set(tool.languages) else 0.0)
    )
    unmet = tuple(flag for flag in constraints.flags() if not REQUIREMENTS[flag][0](tool))
    return Candidate(tool=tool, cost=cost, unmet=unmet, within_budget=within, score=score)


def _fit(tool: Tool, task: Task) -> float:
    """Nought when the task heads the tool's list, and up to four further down."""
    position = tool.tasks.index(task.id) if task.id in tool.tasks else 4
    return 0.9 * min(position, 4) + (0.4 if tool.kind == "family" else 0.0)


def _effort(tool: Tool, task: Task, constraints: Constraints) -> float:
    if (constraints.self_host or constraints.confidential) and runs_on_own_machines(tool):
        return 0.0 if tool.effort == "app" else 0.2 if tool.kind == "library" else 0.4
    if tool.kind == "library":
        return LIBRARY_EFFORT
    if _much(task, constraints) and tool.effort in ("app", "api"):
        return EFFORT["api"] - EFFORT[tool.effort]
    return EFFORT[tool.effort]


def _much(task: Task, constraints: Constraints) -> bool:
    """Whether the asker has so much of it that an API is less work than clicking."""
    volume, typical = constraints.volume, task.typical
    if volume is None or typical is None or volume.per is None or volume.unit not in ("items", typical.unit):
        return False
    return per_period(volume.amount, volume.per, typical.per or "month") >= MUCH * typical.amount


def _price(cost: CostNote, tool: Tool, constraints: Constraints) -> float:
    """Known sums by their order of magnitude; an unknown one, or one's own computer unasked, like 250 a month."""
    unasked = tool.licence.free_to_run and cost.amount == 0 and not stays_in_house(tool, constraints)
    if cost.amount is None or unasked:
        return 1.2
    monthly = per_period(cost.amount, cost.per, "month") if cost.per else cost.amount
    return 0.5 * math.log10(1 + float(monthly)) + (0.0 if cost.covers_volume else 0.3)


def _craft(tool: Tool, task: Task) -> float:
    """People ask for an AI tool: where one can make the thing, a program worked by hand comes later."""
    return 1.5 if task.output in GENERATED and tool.technology in BY_HAND else 0.0


def _terms(tool: Tool) -> float:
    unknown_licence = 0.4 if tool.licence.commercial is None else 0.0
    limited = {"yes": 0.0, "limited": 0.4, "no": 1.5}.get(tool.licence.commercial or "yes", 0.0)
    return unknown_licence + limited + 0.2 * len(tool.caveats)


def is_within(cost: CostNote, budget: Budget | None) -> bool | None:
    """Whether a cost stays within a budget, both brought to the same period.

    A cost without a period counts once; None when that cannot be told: the price is unknown, in another currency, a
    range that reaches above the budget, or a plan's that may not cover the volume.
    """
    if budget is None or cost.amount is None or (cost.currency != budget.currency and cost.amount != 0):
        return None
    low, high = (
        per_period(amount, cost.per, budget.per) if cost.per and budget.per else amount
        for amount in (cost.amount, cost.amount if cost.high is None else cost.high)
    )
    if low > budget.amount:
        return False
    return True if cost.covers_volume and high <= budget.amount else None
