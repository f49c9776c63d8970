"""From a classification to a recommendation: catalogue, policy and constraints, and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from advisors.budgets import judged_alone, judged_together
from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Task, Tool
from advisors.chains import HANDS_OVER, chain, with_preparation
from advisors.concepts import explain
from advisors.misuse import warnings
from advisors.models import (
    Alternative,
    Approach,
    AskBack,
    Classification,
    Constraints,
    Intent,
    Pick,
    Reading,
    Recommendation,
)
from advisors.policy import NO_POLICY, Policy
from advisors.ranking import REQUIREMENTS, Candidate, Wish, costs_nothing, ranked, runs_on_own_machines, stays_in_house
from advisors.refine import volume_for

ALTERNATIVES = 3
NEAR = 2.5
"""How much worse an alternative may score that is named for a quality the pick lacks; else it is far-fetched."""
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
        remark=_nothing_left(readings, picks, policy, catalogue)
        or judged_together(picks, classification.constraints.budget or policy.budget),
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
            proposed=_usable(classification, catalogue),
            after=before if task.takes is None or before in task.takes else None,
        )
        candidates = ranked(task, wish, catalogue, policy, today)
        if candidates:
            picks.append(_pick(task, candidates, constraints, policy, catalogue, alone=len(readings) == 1))
        before = HANDS_OVER.get(task.output)
    return tuple(picks)


def _usable(classification: Classification, catalogue: Catalogue) -> frozenset[str]:
    """The tools the asker has in mind, but for one without an API where an API is wanted."""
    proposed = [named.tool for named in classification.named_tools if named.proposed]
    if Approach.API not in classification.approaches:
        return frozenset(proposed)
    shut = {tool.id for tool in catalogue.tools.values() if any(caveat.kind == "no-api" for caveat in tool.caveats)}
    return frozenset(proposed) - shut


def _pick(
    task: Task,
    candidates: Sequence[Candidate],
    constraints: Constraints,
    policy: Policy,
    catalogue: Catalogue,
    *,
    alone: bool,
) -> Pick:
    """The best candidate, dressed; beside other picks the budget is for all of them together (`judged_together`)."""
    best = candidates[0]
    tool = best.tool
    budget = judged_alone(best, candidates, constraints, policy) if alone else []
    notes = [*_notes(best, constraints, policy, budget), *_banned_notes(task, policy, catalogue)]
    return Pick(
        output=task.output,
        task=task.id,
        tool=tool.id,
        name=tool.name,
        because=_because(best, constraints, alone=alone),
        alternatives=_alternatives(candidates),
        cost=best.cost,
        complexity="self-host" if tool.effort == "api" and stays_in_house(tool, constraints) else tool.effort,
        licence=_licence(tool),
        notes=tuple(notes),
    )


def _because(best: Candidate, constraints: Constraints, *, alone: bool) -> str:
    unsaid = {"commercial"} if best.tool.licence.commercial is None else set()
    met = [REQUIREMENTS[flag][1] for flag in constraints.flags() if flag not in {*best.unmet, *unsaid}]
    if best.within_budget and alone:
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
        if not quality(best.tool) and not any(quality(c.tool) for c in chosen):
            chosen += [c for c in others if quality(c.tool) and c not in chosen and c.score <= best.score + NEAR][:1]
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


def _notes(best: Candidate, constraints: Constraints, policy: Policy, budget: Sequence[str]) -> list[str]:
    tool = best.tool
    notes = [f"No tool known here {REQUIREMENTS[flag][1]} for this; this one does not." for flag in best.unmet]
    if constraints.commercial and tool.licence.commercial is None:
        notes.append("I have no source on commercial use: read the vendor's terms first.")
    notes += budget
    notes += [_sentence(caveat.text) for caveat in tool.caveats]
    if tool.licence.note and tool.licence.commercial != "yes":
        notes.append(_sentence(tool.licence.note))
    if tool.privacy is not None:
        notes.append(_sentence(tool.privacy.note))
    if tool.languages is not None and (missing := sorted(set(constraints.language) - set(tool.languages))):
        notes.append(f"It is not documented for {', '.join(missing)}: try one sample first.")
    if best.cost.stale:
        notes.append("This entry is past its review date: check price and terms on the vendor's page.")
    if tool.id in policy.approved:
        notes.append(f"Approved here: {policy.approved[tool.id]}")
    if tool.id in policy.discouraged:
        notes.append(f"Discouraged here: {policy.discouraged[tool.id]}")
    return notes


def _sentence(note: str) -> str:
    return f"{note[:1].upper()}{note[1:].rstrip('.')}."


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
