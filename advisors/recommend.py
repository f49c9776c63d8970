"""From a classification to a recommendation: catalogue, policy and constraints, and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Task, Tool
from advisors.catalogue.units import per_period
from advisors.chains import HANDS_OVER, chain, with_preparation
from advisors.concepts import explain
from advisors.costs import money, sum_of
from advisors.misuse import warnings
from advisors.models import (
    Alternative,
    AskBack,
    Budget,
    Classification,
    Constraints,
    CostNote,
    Intent,
    Pick,
    Reading,
    Recommendation,
)
from advisors.policy import NO_POLICY, Policy
from advisors.ranking import REQUIREMENTS, Candidate, Wish, costs_nothing, ranked, runs_on_own_machines
from advisors.refine import volume_for

ALTERNATIVES = 3
CHOICES = 4
USUAL = ("text", "image", "video", "code")
"""Outputs offered when nothing points to others."""
HELLO = (
    "I find the AI tool that fits a need. Tell me what you want to hold at the end, for example "
    "“300 product pictures a month, under $50”."
)


def recommend(
    classification: Classification, catalogue: Catalogue, policy: Policy = NO_POLICY, *, today: date
) -> Recommendation:
    """Answer a question that has been read. The same arguments give the same answer, to the byte."""
    if classification.intent is Intent.CONCEPT:
        return _explained(classification, catalogue)
    if classification.intent is Intent.UNCLEAR:
        return Recommendation(
            warnings=warnings(classification, (), catalogue, today), ask_back=_ask_for_output(classification, catalogue)
        )
    if not classification.readings:
        return Recommendation(warnings=warnings(classification, (), catalogue, today), remark=HELLO)
    readings = with_preparation(classification.readings, catalogue)
    picks = _picks(readings, classification, catalogue, policy, today)
    return Recommendation(
        picks=picks,
        steps=chain(picks, catalogue, lambda: _joiner(catalogue, policy, today)),
        warnings=warnings(classification, picks, catalogue, today),
        ask_back=_ask_between(classification, picks, catalogue),
        remark=_nothing_left(readings, picks, policy, catalogue),
    )


def _explained(classification: Classification, catalogue: Catalogue) -> Recommendation:
    explanation = explain(classification.concept, catalogue)
    if explanation is not None:
        return Recommendation(explanation=explanation)
    known = ", ".join(concept.name for concept in list(catalogue.concepts.values())[:5])
    return Recommendation(remark=f"I have no page on that term. I can explain, among others: {known}.")


def _picks(
    readings: Sequence[Reading], classification: Classification, catalogue: Catalogue, policy: Policy, today: date
) -> tuple[Pick, ...]:
    picks: list[Pick] = []
    before: str | None = None
    for reading in readings:
        task = catalogue.tasks[reading.task]
        constraints = volume_for(task, classification.constraints, readings, catalogue)
        wish = Wish(
            constraints=constraints,
            proposed=frozenset(named.tool for named in classification.named_tools if named.proposed),
            after=before,
        )
        candidates = ranked(task, wish, catalogue, policy, today)
        if candidates:
            picks.append(_pick(task, candidates, constraints, policy, catalogue))
        before = HANDS_OVER.get(task.output)
    return tuple(picks)


def _pick(
    task: Task, candidates: Sequence[Candidate], constraints: Constraints, policy: Policy, catalogue: Catalogue
) -> Pick:
    best = candidates[0]
    tool = best.tool
    notes = [*_notes(best, candidates, constraints, policy), *_banned_notes(task, policy, catalogue)]
    return Pick(
        output=task.output,
        task=task.id,
        tool=tool.id,
        name=tool.name,
        because=_because(best, constraints),
        alternatives=_alternatives(candidates),
        cost=best.cost,
        complexity=tool.effort,
        licence=_licence(tool),
        notes=tuple(notes),
    )


def _because(best: Candidate, constraints: Constraints) -> str:
    met = [REQUIREMENTS[flag][1] for flag in constraints.flags() if flag not in best.unmet]
    if best.within_budget:
        met.append("stays within your budget")
    reasons = [best.tool.good_for.rstrip("."), *met]
    return f"it {_listed(reasons)}."


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{'; it '.join(parts[:-1])}; and it {parts[-1]}"


def _alternatives(candidates: Sequence[Candidate]) -> tuple[Alternative, ...]:
    """Up to three others that differ: the runner-up, one to self-host, one without a fee, one for non-programmers."""
    best, others = candidates[0], [c for c in candidates[1:] if len(c.unmet) <= len(candidates[0].unmet)]
    chosen: list[Candidate] = others[:1]
    for quality in (runs_on_own_machines, costs_nothing, lambda tool: tool.no_code):
        if not quality(best.tool):
            chosen += [c for c in others if quality(c.tool) and c not in chosen][:1]
    chosen += [c for c in others if c not in chosen]
    return tuple(
        Alternative(tool=c.tool.id, name=c.tool.name, when=c.tool.choose_when.rstrip("."))
        for c in chosen[:ALTERNATIVES]
    )


def _licence(tool: Tool) -> str:
    commercial = {
        "yes": "commercial use allowed",
        "no": "no commercial use",
        "limited": "commercial use with limits",
        None: "commercial use: unknown",
    }[tool.licence.commercial]
    return f"{tool.licence.name}; {commercial}"


def _notes(best: Candidate, candidates: Sequence[Candidate], constraints: Constraints, policy: Policy) -> list[str]:
    tool = best.tool
    notes = [f"No tool known here {REQUIREMENTS[flag][1]} for this; this one does not." for flag in best.unmet]
    notes += _budget_notes(best, candidates, constraints, policy)
    notes += [caveat.text for caveat in tool.caveats]
    if tool.licence.note and tool.licence.commercial != "yes":
        notes.append(tool.licence.note)
    if tool.privacy is not None:
        notes.append(tool.privacy.note)
    if tool.languages is not None and (missing := sorted(set(constraints.language) - set(tool.languages))):
        notes.append(f"It is not documented for {', '.join(missing)}: try one sample first.")
    if best.cost.stale:
        notes.append("This entry is past its review date: check price and terms on the vendor's page.")
    if tool.id in policy.approved:
        notes.append(f"Approved here: {policy.approved[tool.id]}")
    if tool.id in policy.discouraged:
        notes.append(f"Discouraged here: {policy.discouraged[tool.id]}")
    return notes


def _nothing_left(
    readings: Sequence[Reading], picks: Sequence[Pick], policy: Policy, catalogue: Catalogue
) -> str | None:
    """A sentence about the tasks that policy leaves no tool for."""
    picked = {pick.task for pick in picks}
    for task in (catalogue.tasks[reading.task] for reading in readings if reading.task not in picked):
        banned = _banned_notes(task, policy, catalogue)[:ALTERNATIVES]
        return " ".join([f"No tool is left for “{task.name}”.", *(f"{note.rstrip('.')}." for note in banned)])
    return None


def _banned_notes(task: Task, policy: Policy, catalogue: Catalogue) -> list[str]:
    return [
        f"{tool.name} is not approved here: {policy.banned[tool.id]}"
        for tool in catalogue.tools_by_task[task.id]
        if tool.id in policy.banned
    ]


def _budget_notes(
    best: Candidate, candidates: Sequence[Candidate], constraints: Constraints, policy: Policy
) -> list[str]:
    budget = constraints.budget or policy.budget
    if budget is None:
        return []
    limit = money(budget.amount, budget.currency) + (f" a {budget.per}" if budget.per else "")
    if best.within_budget is None:
        why = _why_unchecked(best.cost, budget)
        return [f"I could not check your budget of {limit}: {why}."]
    if best.within_budget:
        return []
    fitting = [c for c in candidates if len(c.unmet) == len(best.unmet)]
    within = [c for c in fitting if c.within_budget]
    if within:
        return [f"It does not stay under {limit}; {within[0].tool.name} does, at {_sum(within[0].cost)}."]
    cheapest = min((c for c in fitting if c.within_budget is False), key=lambda c: (_monthly(c.cost), c.tool.id))
    return [
        f"Nothing that fits is known to stay under {limit}; "
        f"the cheapest known price is {cheapest.tool.name} at {_sum(cheapest.cost)}."
    ]


def _monthly(cost: CostNote) -> Decimal:
    amount = cost.amount or Decimal(0)
    return per_period(amount, cost.per, "month") if cost.per else amount


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


def _joiner(catalogue: Catalogue, policy: Policy, today: date) -> Tool | None:
    candidates = ranked(catalogue.tasks["video-editing"], Wish(constraints=Constraints()), catalogue, policy, today)
    return candidates[0].tool if candidates else None


def _ask_for_output(classification: Classification, catalogue: Catalogue) -> AskBack:
    likely = [reading.output for reading in classification.rivals]
    choices = tuple(dict.fromkeys([*likely, *USUAL]))[:CHOICES]
    named = ", ".join(catalogue.modalities[choice].plural for choice in choices)
    return AskBack(text=f"What do you want to hold at the end: {named}, or something else?", choices=choices)


def _ask_between(classification: Classification, picks: Sequence[Pick], catalogue: Catalogue) -> AskBack | None:
    """Ask only when the engine was unsure and another reading would change the pick."""
    picked = {pick.output for pick in picks}
    choices = tuple(dict.fromkeys([*classification.outputs, *(rival.output for rival in classification.rivals)]))
    if not classification.rivals or set(choices) <= picked:
        return None
    named = " or ".join(catalogue.modalities[choice].plural for choice in choices[:3])
    return AskBack(text=f"I am not sure that I read you right. Do you want {named}?", choices=choices[:3])
