"""Turns several wanted outputs into ordered steps, each handing on to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Tool
from advisors.models import Pick, Reading, Step

HANDS_OVER: Mapping[str, str] = {
    "text": "text", "code": "code", "image": "image", "video": "video", "speech": "audio", "music": "audio",
    "sound": "audio", "3d": "3d", "molecule": "molecule", "data": "data",
}  # fmt: skip
"""What a step of each output gives to the next one, as an input kind of the catalogue. `none` hands over nothing."""

AUDIO = frozenset({"speech", "music", "sound"})


def with_preparation(readings: Sequence[Reading], catalogue: Catalogue) -> tuple[Reading, ...]:
    """Put first what the wanted outputs start from, unless the asker wants that anyway.

    A presenter film starts from a script, so a text step comes first.
    """
    wanted = {reading.output for reading in readings}
    needed = dict.fromkeys(task for reading in readings for task in catalogue.tasks[reading.task].starts_from)
    prepared = [
        Reading(output=catalogue.tasks[task].output, task=task, confidence=1.0)
        for task in needed
        if catalogue.tasks[task].output not in wanted
    ]
    return (*prepared, *readings)


def chain(picks: Sequence[Pick], catalogue: Catalogue, joiner: Callable[[], Tool | None]) -> tuple[Step, ...]:
    """Number the picks as steps, say what each takes over, and end with the joining of a film with loose sound.

    Args:
        picks: one for each step, in order.
        catalogue: gives what the tools accept and the tasks do.
        joiner: finds the tool that joins picture and sound; called only when there is something to join.

    Returns:
        The steps; none when a single pick does it all.
    """
    if len(picks) < 2:
        return ()
    taken = [_takes_over(picks[:n], pick, catalogue) for n, pick in enumerate(picks)]
    steps = [
        Step(n=n, output=pick.output, tool=pick.tool, name=pick.name, does=_does(pick, before, catalogue))
        for n, (pick, before) in enumerate(zip(picks, taken, strict=True), start=1)
    ]
    in_films = {before for pick, before in zip(picks, taken, strict=True) if pick.output == "video"}
    loose_sound = any(step.output in AUDIO and step.n not in in_films for step in steps)
    editor = joiner() if loose_sound and any(pick.output == "video" for pick in picks) else None
    if editor is not None:
        does = "puts picture and sound together"
        if editor.id == steps[-1].tool:
            return tuple(steps)
        steps.append(Step(n=len(steps) + 1, output="video", tool=editor.id, name=editor.name, does=does))
    return tuple(steps)


def _takes_over(before: Sequence[Pick], pick: Pick, catalogue: Catalogue) -> int | None:
    """The number of the last earlier step whose result the pick's tool accepts for its task."""
    accepts = set(catalogue.tools[pick.tool].accepts)
    takes = catalogue.tasks[pick.task].takes
    if takes is not None:
        accepts &= set(takes)
    fitting = [n for n, earlier in enumerate(before, start=1) if HANDS_OVER.get(earlier.output) in accepts]
    return fitting[-1] if fitting else None


def _does(pick: Pick, before: int | None, catalogue: Catalogue) -> str:
    does = catalogue.tasks[pick.task].step
    return f"{does}, starting from step {before}" if before else does
