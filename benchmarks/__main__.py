"""Runs every benchmark and prints one table: what, measured, target.

Each figure is taken in a fresh process pinned to one core, so that none warms up another's caches.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.questions import questions

BATCH = 10_000


def main() -> None:
    """Measure and print."""
    print(f"# {platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"# {_cpu()}\n")
    print(f"{'what':<52} {'measured':>12} {'target':>12}")
    for bench in (warm_advice, cold_ask, second_advisor, batch_rate):
        for what, measured, target in bench():
            print(f"{what:<52} {measured:>12} {target:>12}", flush=True)


def warm_advice() -> Iterator[tuple[str, str, str]]:
    """Advice on 1,000 questions after 50 to warm up, against the bare encoder on the same texts."""
    found = _in_fresh_process("benchmarks.warm")
    yield "warm advice, median", f"{found['median_ms']:.1f} ms", "≤ 12 ms"
    yield "warm advice, 99th percentile", f"{found['p99_ms']:.1f} ms", "≤ 40 ms"
    yield "bare encoder, median, same texts", f"{found['encoder_median_ms']:.1f} ms", ""
    yield "advice / bare encoder, total time", f"{found['ratio']:.2f}", "≤ 1.5"
    yield "peak memory of that process", f"{found['peak_mb']:.0f} MB", "≤ 350 MB"


def second_advisor() -> Iterator[tuple[str, str, str]]:
    """What a second advisor in the same process adds to its memory."""
    found = _in_fresh_process("benchmarks.second_advisor")
    yield "a second advisor in the process", f"{found['added_mb']:.1f} MB", "< 20 MB"


def cold_ask() -> Iterator[tuple[str, str, str]]:
    """`which-ai ask` from a cold process to its exit; the median of seven, after one that warms the disk cache."""
    command = [_script(), "ask", "300 product pictures a month, under $50"]
    times = sorted(_seconds(lambda: _run(command)) for _ in range(8))[:-1]
    yield "which-ai ask, whole process, median of 7", f"{times[3]:.2f} s", "≤ 1.5 s"


def batch_rate() -> Iterator[tuple[str, str, str]]:
    """`which-ai batch` over 10,000 questions, logging included."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "questions.jsonl"
        file.write_text(
            "".join(json.dumps({"id": str(i), "question": q}) + "\n" for i, q in enumerate(questions(BATCH)))
        )
        seconds = _seconds(lambda: _run([_script(), "batch", str(file)]))
    yield f"which-ai batch of {BATCH:,} questions", f"{BATCH / seconds:.0f}/s", "≥ 100/s"


def _in_fresh_process(module: str) -> dict[str, float]:
    done = subprocess.run([*_one_core(), sys.executable, "-m", module], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _run(command: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/bench.db"}
        subprocess.run(
            [*_one_core(), *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        )


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _one_core() -> list[str]:
    return ["taskset", "-c", "0"] if Path("/usr/bin/taskset").exists() else []


def _script() -> str:
    return str(Path(sys.executable).with_name("which-ai"))


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    names = [line for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    return names[0].partition(": ")[2] if names else platform.platform()


if __name__ == "__main__":
    main()
