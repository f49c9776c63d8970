"""Shows past decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.platforms.terminal.output import print_json, print_lines
from bot.platforms.terminal.render import Line, printable, to_lines
from bot.ports import LoggedDecision, Parts

QUESTION_WIDTH = 70


async def list_history(parts: Parts, words: Sequence[str], limit: int, *, as_json: bool) -> int:
    """Print the newest decisions that hold all the words."""
    async with parts.open_log() as log:
        found = await log.history(words, limit)
    if as_json:
        for decision in found:
            print_json(decision.answer)
    else:
        print_lines(_rows(found, words))
    return 0


async def show_decision(parts: Parts, decision_id: str, *, as_json: bool) -> int:
    """Print one decision with what led to it."""
    async with parts.open_log() as log:
        decision = await log.get(decision_id)
    if as_json:
        print_json(decision.answer)
    else:
        print_lines([*_heading(decision), *to_lines(decision.answer, full=True)])
    return 0


def _rows(found: Sequence[LoggedDecision], words: Sequence[str]) -> Iterator[Line]:
    if not found:
        yield Line(
            f"No decision holds {' and '.join(map(repr, words))}." if words else "No decisions yet. Ask something."
        )
    for decision in found:
        question = " ".join(printable(decision.question).split())
        short = question if len(question) <= QUESTION_WIDTH else question[: QUESTION_WIDTH - 1] + "…"
        picks = ", ".join(pick["name"] for pick in decision.answer["picks"]) or decision.answer["intent"]
        yield Line(f"{decision.id}  {decision.decided_at:%Y-%m-%d %H:%M}  {short}  → {picks}")


def _heading(decision: LoggedDecision) -> Iterator[Line]:
    read = decision.classification
    yield Line(printable(decision.question), "bold")
    yield Line(f"asked {decision.decided_at:%Y-%m-%d %H:%M} UTC, {decision.platform}", "dim")
    readings = ", ".join(f"{r.output} ({r.task}) {r.confidence:.2f}" for r in read.readings) or "no output"
    yield Line(f"read as {read.intent.value}: {readings}; sure to {read.confidence:.2f}", "dim")
    if decision.answer["follows"]:
        yield Line(f"refines {decision.answer['follows']}", "dim")
    yield Line("")
