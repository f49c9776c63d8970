"""Labelled questions, read from JSON lines and checked once, so that no typing error passes for a wrong reading."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from advisors.errors import AdvisorError
from advisors.models import Budget, Constraints, Intent, Volume

EXAMPLE = '{"question": "…", "intent": "recommend", "outputs": ["image"], "tasks": ["logo"]}'

Period = Literal["day", "week", "month", "year"]


class LabelError(AdvisorError):
    """A labelled line is wrong; the text names its number and the repair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledQuestion:
    """What somebody asked, with what a careful reader would understand (docs/data.md is the guide)."""

    number: int
    """The line's number in its file, from 1."""
    question: str
    intent: Intent
    outputs: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    """One task for each output, in the same order; empty when nobody labelled them."""
    constraints: Constraints = field(default_factory=Constraints)
    named_tools: tuple[str, ...] = ()
    language: str = "en"
    author: str = ""


def read_labelled(rows: Iterable[bytes], tasks: Mapping[str, str], outputs: Iterable[str]) -> list[LabelledQuestion]:
    """Read JSON lines; empty ones are skipped. `tasks` maps each known task to its output.

    Raises:
        LabelError: a line is wrong, or there is none.
    """
    known = tuple(outputs)
    lines = []
    for number, row in enumerate(rows, start=1):
        if row.strip():
            line = _labelled(number, row)
            for fault in _faults(line, tasks, known):
                raise LabelError(f"Line {number}: {fault}")
            lines.append(line)
    if not lines:
        raise LabelError(f"There is no labelled line. Write one a line, like {EXAMPLE}.")
    return lines


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class _Volume(_Row):
    amount: Decimal
    unit: str
    per: Period | None = None


class _Budget(_Row):
    amount: Decimal
    currency: str
    per: Period | None = None


class _Constraints(_Row):
    volume: _Volume | None = None
    budget: _Budget | None = None
    self_host: bool | None = None
    free: bool | None = None
    commercial: bool | None = None
    open_source: bool | None = None
    confidential: bool | None = None
    no_code: bool | None = None
    language: tuple[str, ...] | None = None

    @field_validator("language", mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value


class _Line(_Row):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    question: str
    intent: Intent
    outputs: tuple[str, ...] = ()
    tasks: tuple[str, ...] | None = None
    constraints: _Constraints | None = None
    named_tools: tuple[str, ...] | None = None
    language: str | None = None
    author: str | None = None


def _labelled(number: int, row: bytes) -> LabelledQuestion:
    try:
        line = _Line.model_validate(json.loads(row.decode("utf-8-sig")))
    except ValidationError as error:
        wrong = "; ".join(f"`{'.'.join(map(str, e['loc'])) or 'line'}`: {e['msg']}" for e in error.errors())
        raise LabelError(f"Line {number}: {wrong}. Mend it; a good line is {EXAMPLE}.") from error
    except ValueError as error:  # not JSON, or not UTF-8
        detail = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)
        raise LabelError(f"Line {number} is not JSON ({detail}). Write it like {EXAMPLE}.") from error
    return LabelledQuestion(
        number=number,
        question=line.question,
        intent=line.intent,
        outputs=line.outputs,
        tasks=line.tasks or (),
        constraints=_constraints(line.constraints or _Constraints()),
        named_tools=line.named_tools or (),
        language=(line.language or "en").lower(),
        author=line.author or "",
    )


def _constraints(row: _Constraints) -> Constraints:
    flags = {flag: bool(getattr(row, flag)) for flag in Constraints.FLAGS}
    volume, budget = row.volume, row.budget
    return Constraints(
        volume=Volume(amount=volume.amount, unit=volume.unit, per=volume.per) if volume else None,
        budget=Budget(amount=budget.amount, currency=budget.currency, per=budget.per) if budget else None,
        language=tuple(code.lower() for code in row.language or ()),
        **flags,
    )


def _faults(line: LabelledQuestion, tasks: Mapping[str, str], outputs: tuple[str, ...]) -> Iterator[str]:
    for output in line.outputs:
        if output not in outputs:
            yield f"`outputs` names {output!r}, which is no output. Take one of {', '.join(outputs)}."
    if line.tasks and len(line.tasks) != len(line.outputs):
        yield f"{len(line.tasks)} tasks for {len(line.outputs)} outputs. Give each output one task, in the same order."
    for output, task in zip(line.outputs, line.tasks, strict=False):
        if task not in tasks:
            yield f"`tasks` names {task!r}, which is not in advisors/catalogue/tasks.yml. Take one that is."
        elif tasks[task] != output:
            yield f"the task {task!r} makes {tasks[task]}, not {output}. Change one of the two."
