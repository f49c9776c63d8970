"""Checks and lists the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Tool
from bot.errors import BotError
from bot.platforms.terminal.output import print_lines
from bot.platforms.terminal.render import Line
from bot.ports import Parts


async def check_catalogue(parts: Parts) -> int:
    """Load and check every file; the loader's error names what is wrong."""
    catalogue = parts.catalogue()
    active = sum(tool.status == "active" for tool in catalogue.tools.values())
    tools = f"{len(catalogue.tools)} tools ({active} active)"
    counts = f"{tools}, {len(catalogue.tasks)} tasks, {len(catalogue.concepts)} concepts"
    print_lines([Line(f"The catalogue is in order: {counts}; digest {catalogue.digest}.", "green")])
    return 0


async def list_catalogue(parts: Parts, output: str | None, *, every: bool) -> int:
    """Print the tools that make an output, or all."""
    catalogue = parts.catalogue()
    if output is not None and output not in catalogue.modalities:
        raise BotError(f"There is no output {output!r}. Choose one of {', '.join(catalogue.modalities)}.")
    print_lines(_rows(catalogue, output, every))
    return 0


def _rows(catalogue: Catalogue, output: str | None, every: bool) -> Iterator[Line]:
    tools = [
        tool
        for tool in catalogue.tools.values()
        if (every or tool.status == "active") and (output is None or output in tool.makes)
    ]
    width = max((len(tool.id) for tool in tools), default=0)
    for tool in tools:
        yield Line(f"{tool.id:<{width}}  {_status(tool)}{', '.join(tool.makes)}: {tool.summary}")
    counts = Counter(made for tool in tools for made in tool.makes)
    yield Line(f"{len(tools)} tools; " + ", ".join(f"{made} {n}" for made, n in sorted(counts.items())), "dim")


def _status(tool: Tool) -> str:
    if tool.status == "active":
        return ""
    return f"[{tool.status}{f' {tool.retired_on}' if tool.retired_on else ''}] "
