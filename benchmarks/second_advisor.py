"""Measures what a second advisor adds to the memory of a process that has one; prints JSON."""

from __future__ import annotations

import asyncio
import gc
import json
from pathlib import Path

from advisors.advisor import Advisor
from advisors.catalogue import load_catalogue
from advisors.engines.local import LocalEngine
from advisors.models import Question


def resident_mb() -> float:
    """The process's resident memory in MB, from /proc."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def main() -> None:
    """Build one advisor, use it, then build and use another."""
    advisors: list[Advisor] = []
    sizes: list[float] = []
    for _ in range(2):
        catalogue = load_catalogue()
        advisors.append(Advisor(LocalEngine(catalogue), catalogue))
        for text in ("300 product pictures a month", "was macht eine GAN aus", "a voiceover in German"):
            await advisors[-1].advise(Question(id="", text=text))
        gc.collect()
        sizes.append(resident_mb())
    print(json.dumps({"added_mb": sizes[1] - sizes[0]}))


if __name__ == "__main__":
    asyncio.run(main())
