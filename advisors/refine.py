"""Carries a reading on: to the volume of each step, and through follow-ups such as "and cheaper?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Task
from advisors.catalogue.units import path
from advisors.models import Budget, Classification, Constraints, CostNote, Intent, Reading, Volume

SPOKEN = frozenset({"speech"})
LONGEST_FOLLOW_UP = 14
"""Words. What is longer stands on its own."""
OPENERS = re.compile(
    r"^\W*(?:and\b|but\b|or\b|ok\b|okay\b|what about|how about|what if|make (?:it|that)|can (?:it|that|this) be|"
    r"same\b|also\b|instead\b|no,|only\b|just\b|for\b|in\b|under\b|with\b|without\b|it (?:must|has to|should)|"
    r"actually\b)",
    re.IGNORECASE,
)
CHEAPER = re.compile(
    r"\b(?:cheap(?:er|est)?|less expensive|lower price|too (?:expensive|dear|much)|costs? less)\b", re.IGNORECASE
)
INSTEAD = re.compile(r"\binstead\b|\brather\b|^\W*(?:for|as|what about|how about|make it|or)\b", re.IGNORECASE)
NO_LONGER = re.compile(r"\b(?:instead of|rather than|not)\b(?:(?!\bbut\b)[^,;.])*", re.IGNORECASE)
ADDED = re.compile(r"\b(?:too|also|as well|additionally|plus)\b", re.IGNORECASE)


def volume_for(task: Task, constraints: Constraints, readings: Sequence[Reading], catalogue: Catalogue) -> Constraints:
    """The constraints as they hold for one step of several.

    A volume that was meant for another step is left out, and a spoken result in several languages is made once for
    each of them.
    """
    volume = constraints.volume
    if volume is None:
        return constraints
    if len(readings) > 1 and task.typical is not None and not _counts_for(volume, task, catalogue):
        return replace(constraints, volume=None)
    if len(constraints.language) > 1 and (task.output in SPOKEN or task.id == "translation"):
        times = Decimal(len(constraints.language))
        return replace(constraints, volume=replace(volume, amount=volume.amount * times))
    return constraints


def _counts_for(volume: Volume, task: Task, catalogue: Catalogue) -> bool:
    assert task.typical is not None
    return volume.unit in ("items", "users") or path(volume.unit, task.typical.unit, catalogue.conversions) is not None


def follow_up(
    text: str, fresh: Classification, previous: Classification, cost: CostNote | None, catalogue: Catalogue
) -> Classification | None:
    """Refine the previous reading by a short message that only makes sense after it; None when it stands on its own.

    Args:
        text: the message, cleaned.
        fresh: the message read by itself.
        previous: the reading that it may refine.
        cost: the cost of the previous deliverable's pick, which "cheaper" must beat.
        catalogue: gives the words for each output.
    """
    if len(text.split()) > LONGEST_FOLLOW_UP or not (previous.readings or previous.intent is Intent.UNCLEAR):
        return None
    outputs = _outputs_named(text, catalogue)
    if previous.intent is Intent.UNCLEAR:
        return _chosen(outputs, fresh, previous, catalogue)
    changed = _merged(fresh.constraints, previous.constraints)
    if ADDED.search(text):
        languages = dict.fromkeys((*previous.constraints.language, *fresh.constraints.language))
        changed = replace(changed, language=tuple(languages))
    if CHEAPER.search(text):
        budget = fresh.constraints.budget or _below(cost, changed)
        return _with(previous, replace(changed, budget=budget), fresh)
    same_work = set(outputs) <= set(previous.outputs) and changed != previous.constraints
    if outputs and not same_work and INSTEAD.search(text) and fresh.intent is not Intent.CONCEPT:
        return replace(_with(previous, changed, fresh), readings=_as_readings(outputs, fresh, catalogue))
    stands_alone = fresh.readings and fresh.intent in (Intent.RECOMMEND, Intent.MISUSE) and not OPENERS.search(text)
    if changed != previous.constraints and not stands_alone and fresh.intent is not Intent.CONCEPT:
        return _with(previous, changed, fresh)
    return None


def chosen_output(output: str, previous: Classification, catalogue: Catalogue) -> Classification:
    """The previous reading after the asker picked one of the choices of a question back."""
    return replace(
        previous, intent=Intent.RECOMMEND, readings=(_first_task(output, catalogue),), rivals=(), confidence=1.0
    )


def _chosen(
    outputs: Sequence[str], fresh: Classification, previous: Classification, catalogue: Catalogue
) -> Classification | None:
    if not outputs or len(fresh.readings) > 1:
        return None
    constraints = _merged(fresh.constraints, previous.constraints)
    return replace(
        previous,
        intent=Intent.RECOMMEND,
        readings=_as_readings(outputs, fresh, catalogue),
        constraints=constraints,
        named_tools=fresh.named_tools or previous.named_tools,
        rivals=(),
        confidence=1.0,
    )


def _with(previous: Classification, constraints: Constraints, fresh: Classification) -> Classification:
    return replace(previous, constraints=constraints, named_tools=fresh.named_tools or previous.named_tools, rivals=())


def _merged(fresh: Constraints, previous: Constraints) -> Constraints:
    changed = replace(
        previous,
        budget=fresh.budget or previous.budget,
        language=fresh.language or previous.language,
        self_host=fresh.self_host or previous.self_host,
        free=fresh.free or previous.free,
        commercial=fresh.commercial or previous.commercial,
        open_source=fresh.open_source or previous.open_source,
        confidential=fresh.confidential or previous.confidential,
        no_code=fresh.no_code or previous.no_code,
    )
    if fresh.volume is None:
        return changed
    unit = fresh.volume.unit
    if unit == "items" and previous.volume is not None:
        unit = previous.volume.unit
    per = fresh.volume.per or (previous.volume.per if previous.volume else None)
    return replace(changed, volume=replace(fresh.volume, unit=unit, per=per))


def _below(cost: CostNote | None, constraints: Constraints) -> Budget | None:
    """A budget that the previous pick does not meet; "cheaper" without a known price keeps the budget as it was."""
    if cost is None or cost.amount is None:
        return constraints.budget
    return Budget(amount=max(Decimal(0), cost.amount - Decimal("0.01")), currency=cost.currency, per=cost.per)


def _outputs_named(text: str, catalogue: Catalogue) -> tuple[str, ...]:
    words = set(re.findall(r"\w+", NO_LONGER.sub(" ", text.lower())))
    return tuple(modality.id for modality in catalogue.modalities.values() if words & {modality.id, *modality.words})


def _as_readings(outputs: Sequence[str], fresh: Classification, catalogue: Catalogue) -> tuple[Reading, ...]:
    read = {reading.output: reading for reading in fresh.readings}
    return tuple(read.get(output) or _first_task(output, catalogue) for output in outputs)


def _first_task(output: str, catalogue: Catalogue) -> Reading:
    return Reading(output=output, task=catalogue.tasks_of(output)[0].id, confidence=1.0)
