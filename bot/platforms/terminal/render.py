"""A decision's answer as lines of text for a terminal: pure.

It works on the JSON contract, so that old answers from the log read like new ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advisors.contract import sum_in_words
from advisors.costs import UNKNOWN

ALTERNATIVES = 2
NOTES = 2
"""How many of each a short answer shows; `which-ai show` shows them all."""

EFFORTS = {
    "app": "an app to open or install",
    "api": "an API, so somebody who programs",
    "fine-tune": "fine-tuning, so data and an expert",
    "self-host": "your own machine and somebody technical to run it",
}
SAMPLE = "Try it on one real sample before paying."


@dataclass(frozen=True, slots=True)
class Line:
    """One line with the rich style that it has on a colour terminal; plain elsewhere."""

    text: str
    style: str = ""


def to_lines(answer: Mapping[str, Any], *, full: bool = False) -> list[Line]:
    """The lines of an answer, the warning first; `full` leaves nothing out."""
    lines = [Line(f"! {warning['text']}{_source(warning)}", "bold red") for warning in answer["warnings"]]
    if answer["explanation"]:
        lines.append(Line(answer["explanation"]["text"] + _source(answer["explanation"])))
    if answer["remark"]:
        lines.append(Line(answer["remark"]))
    lines += _steps(answer["steps"])
    several = len(answer["picks"]) > 1
    for pick in answer["picks"]:
        lines += _several_pick(pick) if several and not full else _pick(pick, several=several, full=full)
    if answer["picks"]:
        lines.append(Line(SAMPLE, "dim"))
    if answer["ask_back"]:
        lines.append(Line(f"? {answer['ask_back']['text']}", "bold cyan"))
    lines.append(Line(_foot(answer, full=full), "dim"))
    return [Line(printable(line.text), line.style) for line in lines]


def printable(text: str) -> str:
    """Text without characters that could steer a terminal."""
    return "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in text)


def _steps(steps: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    if steps:
        yield Line(f"In {len(steps)} steps:", "bold")
    for step in steps:
        yield Line(f"  {step['n']}. {step['name']} {step['does']}.")


def _pick(pick: Mapping[str, Any], *, several: bool, full: bool) -> Iterator[Line]:
    head = f"{pick['output']}: " if several else ""
    yield Line(f"→ {head}{pick['name']}, because {pick['because']}", "bold green")
    yield Line(f"  Cost: {_cost(pick['cost'])}")
    yield Line(f"  Takes: {EFFORTS[pick['complexity']]} · Licence: {pick['licence']}")
    others = pick["alternatives"] if full else pick["alternatives"][:ALTERNATIVES]
    if others:
        yield Line("  Or: " + "; ".join(f"{other['name']} when {other['when']}" for other in others) + ".")
    for note in pick["notes"] if full else pick["notes"][:NOTES]:
        yield Line(f"  Note: {note}", "yellow")


def _several_pick(pick: Mapping[str, Any]) -> Iterator[Line]:
    yield Line(f"→ {pick['output']}: {pick['name']}, because {pick['because']}", "bold green")
    yield Line(f"  Cost: {_cost(pick['cost'])}")
    for note in pick["notes"][:1]:
        yield Line(f"  Note: {note}", "yellow")


def _foot(answer: Mapping[str, Any], *, full: bool) -> str:
    if full:
        return f"{answer['decision']} · {answer['engine']} · catalogue {answer['catalogue']} · {answer['took_ms']} ms"
    return f"More: which-ai show {answer['decision']}"


def _cost(cost: Mapping[str, Any]) -> str:
    total = sum_in_words(cost)
    if cost["amount"] is None:
        said = "unknown" if cost["basis"] == UNKNOWN else f"unknown; {cost['basis']}"
    else:
        said = f"{total} ({cost['basis']})"
    dated = f", as of {cost['as_of']}" if cost["as_of"] else ""
    stale = " (past its review date)" if cost["stale"] else ""
    return f"{said}{dated}{stale}{_source(cost)}"


def _source(entry: Mapping[str, Any]) -> str:
    return f" [{entry['source']}]" if entry["source"] else ""
