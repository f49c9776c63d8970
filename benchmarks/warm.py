"""Times warm advice against the bare encoder on the same texts; prints JSON."""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import time

from advisors.advisor import Advisor
from advisors.catalogue import load_catalogue
from advisors.cleaning import clean
from advisors.engines.local import LocalEngine
from advisors.engines.local.artifact import shared_artifact
from advisors.language import language_of
from advisors.models import Question
from benchmarks.questions import questions

WARM_UP = 50
MEASURED = 1_000


async def main() -> None:
    """Advise and encode each text in turn, so that both see the same machine."""
    catalogue = load_catalogue()
    advisor = Advisor(LocalEngine(catalogue), catalogue)
    artifact = shared_artifact()
    advice: list[float] = []
    bare: list[float] = []
    for text in questions(WARM_UP + MEASURED):
        cleaned, language = clean(text), language_of(clean(text))
        started = time.perf_counter()
        await advisor.advise(Question(id="", text=text))
        advised = time.perf_counter()
        artifact.encode(cleaned, language)
        advice.append(advised - started)
        bare.append(time.perf_counter() - advised)
    _report(advice[WARM_UP:], bare[WARM_UP:])


def _report(advice: list[float], bare: list[float]) -> None:
    figures = {
        "median_ms": statistics.median(advice) * 1000,
        "p99_ms": statistics.quantiles(advice, n=100)[98] * 1000,
        "encoder_median_ms": statistics.median(bare) * 1000,
        "ratio": sum(advice) / sum(bare),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    asyncio.run(main())
