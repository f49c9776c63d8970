"""The JSON contract: what `ask --json`, `batch`, the API and the log say of a decision.

Keys that do not apply are null or empty, never missing. Amounts are strings, so that no reader makes floats of money.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from advisors.models import (
    Alternative,
    AskBack,
    Budget,
    Constraints,
    CostNote,
    Decision,
    Explanation,
    Pick,
    Step,
    Volume,
    Warning,
)
from advisors.money import sum_of


def to_contract(decision: Decision) -> dict[str, Any]:
    """One decision as JSON-ready values, in the order of the contract."""
    read, answer = decision.classification, decision.recommendation
    return {
        "id": decision.question.id or decision.id,
        "question": decision.question.text,
        "intent": read.intent.value,
        "outputs": list(read.outputs),
        "tasks": [reading.task for reading in read.readings],
        "confidence": round(read.confidence, 3),
        "constraints": _constraints(read.constraints),
        "named_tools": [named.tool for named in read.named_tools],
        "language": read.language,
        "picks": [_pick(pick) for pick in answer.picks],
        "steps": [_step(step) for step in answer.steps],
        "warnings": [_warning(warning) for warning in answer.warnings],
        "ask_back": _ask_back(answer.ask_back),
        "explanation": _explanation(answer.explanation),
        "remark": answer.remark,
        "engine": decision.engine,
        "catalogue": decision.catalogue,
        "prompt": decision.prompt,
        "policy": decision.policy,
        "decision": decision.id,
        "follows": decision.follows,
        "decided_at": decision.decided_at.isoformat(),
        "took_ms": decision.took_ms,
    }


def number(amount: Decimal) -> int | float:
    """A count as a JSON number: whole where it is whole."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def sum_in_words(cost: Mapping[str, Any]) -> str:
    """The sum of a contract's cost note, as `advisors.money.sum_of` writes it."""
    amount, high = (None if cost[key] is None else Decimal(cost[key]) for key in ("amount", "high"))
    return sum_of(amount, high, cost["currency"], cost["per"])


def _constraints(constraints: Constraints) -> dict[str, Any]:
    flags = {flag: True if getattr(constraints, flag) else None for flag in Constraints.FLAGS}
    return {
        "volume": _volume(constraints.volume),
        "budget": _budget(constraints.budget),
        **flags,
        "language": list(constraints.language) or None,
    }


def _volume(volume: Volume | None) -> dict[str, Any] | None:
    return None if volume is None else {"amount": number(volume.amount), "unit": volume.unit, "per": volume.per}


def _budget(budget: Budget | None) -> dict[str, Any] | None:
    return None if budget is None else {"amount": number(budget.amount), "currency": budget.currency, "per": budget.per}


def _pick(pick: Pick) -> dict[str, Any]:
    return {
        "output": pick.output,
        "task": pick.task,
        "tool": pick.tool,
        "name": pick.name,
        "because": pick.because,
        "alternatives": [_alternative(other) for other in pick.alternatives],
        "cost": _cost(pick.cost),
        "complexity": pick.complexity,
        "licence": pick.licence,
        "notes": list(pick.notes),
    }


def _alternative(other: Alternative) -> dict[str, Any]:
    return {"tool": other.tool, "name": other.name, "when": other.when}


def _cost(cost: CostNote) -> dict[str, Any]:
    return {
        "amount": _amount(cost.amount),
        "high": _amount(cost.high),
        "currency": cost.currency,
        "per": cost.per,
        "basis": cost.basis,
        "as_of": cost.as_of and cost.as_of.isoformat(),
        "source": cost.source,
        "stale": cost.stale,
    }


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _step(step: Step) -> dict[str, Any]:
    return {"n": step.n, "output": step.output, "tool": step.tool, "name": step.name, "does": step.does}


def _warning(warning: Warning) -> dict[str, Any]:
    return {"rule": warning.rule, "tool": warning.tool, "text": warning.text, "source": warning.source}


def _ask_back(ask: AskBack | None) -> dict[str, Any] | None:
    return None if ask is None else {"text": ask.text, "choices": list(ask.choices)}


def _explanation(explanation: Explanation | None) -> dict[str, Any] | None:
    if explanation is None:
        return None
    return {"concept": explanation.concept, "text": explanation.text, "source": explanation.source}
