"""What a model reads right on labelled lines, and the confidence below which the engine should ask back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisors.engines.local.encoder import Encoder
from advisors.engines.local.head import WANTING, Heads, Scores

from .base_weights import MOST_TOKENS
from .encoders import ENCODERS, encoder_for
from .heads import Held
from .questions import Line

MOST_WRONG_AND_SURE = 0.04
"""The target. Asking less would break it, asking more would tire people."""
CERTAIN = ("concept", "other")
"""Intents after which the engine never asks back."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A line with what was read."""

    line: Line
    scores: Scores

    @property
    def intent(self) -> str:
        """The likeliest intent."""
        return max(self.scores.intent, key=lambda name: self.scores.intent[name])

    @property
    def found(self) -> frozenset[str]:
        """The outputs read."""
        return frozenset(self.scores.chosen if self.intent in WANTING else ())

    @property
    def exact(self) -> bool:
        """Whether the set of outputs is right."""
        return self.found == frozenset(self.line.outputs)

    @property
    def right(self) -> bool:
        """Whether intent and outputs are right."""
        return self.exact and self.intent == self.line.intent


def vectors_of(folder: Path, encoder: str, lines: Sequence[Line]) -> NDArray[np.float32]:
    """Encode lines as at run time, one by one: int8 vectors depend a little on what else is in a batch."""
    loaded = Encoder(folder / f"{encoder}.onnx", folder / f"{encoder}.tokenizer.json", MOST_TOKENS)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return np.concatenate(list(threads.map(lambda line: loaded.encode([line.text]), lines)))


def read_all(folder: Path, lines: Sequence[Line]) -> list[Reading]:
    """Read lines with the model in a folder."""
    readings = []
    for encoder in ENCODERS:
        own = [line for line in lines if encoder_for(line.language) == encoder]
        if own:
            heads = Heads.load(folder / "heads.npz", encoder)
            vectors = vectors_of(folder, encoder, own)
            readings += [Reading(line, heads.read(vector)) for line, vector in zip(own, vectors, strict=True)]
    return readings


def figures(readings: Sequence[Reading], ask_below: float) -> dict[str, float]:
    """The figures by which models are compared, as shares."""
    wants = [reading for reading in readings if reading.line.intent in WANTING]
    misuse = [reading for reading in readings if reading.line.intent == "misuse"]
    called = [reading for reading in readings if reading.intent == "misuse"]
    return {
        "exact_set": _share(reading.exact for reading in wants),
        "top_output": _share(_top(reading) in reading.line.outputs for reading in wants),
        "several_exact": _share(reading.exact for reading in wants if len(reading.line.outputs) > 1),
        "intent": _share(reading.intent == reading.line.intent for reading in readings),
        "misuse_recall": _share(reading.intent == "misuse" for reading in misuse),
        "misuse_precision": _share(reading.line.intent == "misuse" for reading in called),
        "unclear_recall": _share(
            reading.intent == "unclear" for reading in readings if reading.line.intent == "unclear"
        ),
        "task": _share(
            reading.scores.tasks[output][0] == task
            for reading in wants
            for output, task in zip(reading.line.outputs, reading.line.tasks, strict=False)
        ),
        "calibration_error": calibration_error(readings),
        "wrong_and_sure": wrong_and_sure(readings, ask_below),
    }


def calibration_error(readings: Sequence[Reading], bins: int = 10) -> float:
    """The distance between confidence and share read right, averaged over bins by their size."""
    said = np.array([reading.scores.confidence for reading in readings])
    off = np.array([reading.scores.confidence - reading.right for reading in readings])
    bin_of = np.minimum((said * bins).astype(int), bins - 1)
    return float(sum(abs(off[bin_of == index].sum()) for index in range(bins)) / len(readings))


def wrong_and_sure(readings: Sequence[Reading], ask_below: float) -> float:
    """The share of lines answered wrongly without asking back."""
    return _share(
        is_sure(reading.intent, reading.scores.confidence, ask_below) and not reading.right for reading in readings
    )


def ask_below_for(held: Sequence[Held]) -> float:
    """The lowest threshold at which few enough of the lines read by cross-fitting are wrong and sure."""
    for level in np.arange(0.3, 1.0, 0.01):
        wrong = _share(is_sure(line.intent, line.confidence, level) and not line.right for line in held)
        if wrong <= MOST_WRONG_AND_SURE:
            break
    return round(float(level), 2)


def is_sure(intent: str, confidence: float, ask_below: float) -> bool:
    """Whether the engine answers without asking back."""
    return intent in CERTAIN or (intent != "unclear" and confidence >= ask_below)


def _top(reading: Reading) -> str:
    if not reading.found:
        return ""
    return max(reading.found, key=lambda output: reading.scores.outputs[output])


def _share(hits: Any) -> float:
    held = [float(hit) for hit in hits]
    return sum(held) / len(held) if held else float("nan")
