"""Reads what is wanted out of a question's vector: linear heads, calibrated, with nothing but numpy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
WANTING = ("recommend", "misuse")
"""The intents behind which somebody wants outputs."""
KINDS = ("outputs", "intents", "tasks", "flags")
"""The kinds of heads, by the names of their arrays."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say of one question. All numbers are probabilities."""

    outputs: dict[str, float]
    intent: dict[str, float]
    chosen: tuple[str, ...]
    """The outputs that are wanted, in order of work, if the intent is one that wants outputs: never empty."""
    tasks: dict[str, tuple[str, float]]
    """The likeliest task under each output, and its share among that output's tasks."""
    flags: dict[str, float]
    confidence: float
    """How likely it is that the intent and the exact set of outputs are both right."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the rows of the heads stand for; `output_of` gives the output of each task."""

    outputs: tuple[str, ...]
    intents: tuple[str, ...]
    tasks: tuple[str, ...]
    flags: tuple[str, ...]
    output_of: NDArray[np.int64]


class Heads:
    """The heads of one encoder. Calibration is folded into their weights."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], encoder: str) -> None:
        """Take the arrays of `heads.npz` that belong to an encoder (`english` or `multilingual`)."""
        outputs, intents, tasks, flags = (tuple(str(name) for name in arrays[kind]) for kind in KINDS)
        self.names = Names(outputs, intents, tasks, flags, arrays["output_of"])
        self._order: Floats = arrays["order"].astype(np.float64)
        self._weights = {
            kind: (arrays[f"{encoder}.{kind}.weight"].astype(np.float64), arrays[f"{encoder}.{kind}.bias"])
            for kind in KINDS
        }
        self._thresholds: Floats = arrays[f"{encoder}.thresholds"]
        self._confidence: Floats = arrays[f"{encoder}.confidence"]

    @classmethod
    def load(cls, path: Path, encoder: str) -> Self:
        """Read the heads of an encoder from `heads.npz`."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(arrays, encoder)

    def read(self, vector: NDArray[np.floating[Any]]) -> Scores:
        """Read one vector."""
        outputs = sigmoid(self._logits("outputs", vector))
        intent = softmax(self._logits("intents", vector))
        picked = choose(outputs, self._thresholds)
        wants = self.names.intents[int(intent.argmax())] in WANTING
        evidence = confidence_evidence(outputs, intent, picked, wants=wants)
        return Scores(
            outputs=_named(self.names.outputs, outputs),
            intent=_named(self.names.intents, intent),
            chosen=tuple(self.names.outputs[index] for index in in_order(picked, self._order)),
            tasks=self._tasks(self._logits("tasks", vector)),
            flags=_named(self.names.flags, sigmoid(self._logits("flags", vector))),
            confidence=float(sigmoid(evidence @ self._confidence)),
        )

    def _logits(self, kind: str, vector: NDArray[np.floating[Any]]) -> Floats:
        weight, bias = self._weights[kind]
        logits: Floats = weight @ vector.astype(np.float64) + bias
        return logits

    def _tasks(self, logits: Floats) -> dict[str, tuple[str, float]]:
        likeliest = {}
        for index, output in enumerate(self.names.outputs):
            own = np.flatnonzero(self.names.output_of == index)
            shares = softmax(logits[own])
            best = int(shares.argmax())
            likeliest[output] = (self.names.tasks[int(own[best])], float(shares[best]))
        return likeliest


def choose(outputs: Floats, thresholds: Floats) -> list[int]:
    """The outputs whose probability reaches their threshold; the likeliest one if none does."""
    return [int(index) for index in np.flatnonzero(outputs >= thresholds)] or [int(outputs.argmax())]


def in_order(picked: list[int], order: Floats) -> list[int]:
    """Sort outputs by work: `order[i, j]` is the log-odds that i is made before j."""
    return sorted(picked, key=lambda index: (-sum(order[index, other] for other in picked), index))


def confidence_evidence(outputs: Floats, intent: Floats, picked: list[int], *, wants: bool) -> Floats:
    """What the confidence is judged by: how likely intent and picked set are if each output is independent."""
    inside = np.isin(np.arange(len(outputs)), picked)
    of_set = np.where(inside, outputs, 1 - outputs).prod() if wants else 1.0
    return np.array([1.0, logit(np.array([intent.max() * of_set]))[0], wants], dtype=np.float64)


def sigmoid(x: Any) -> Any:
    """The logistic function."""
    return 1 / (1 + np.exp(-np.clip(x, -40, 40)))


def softmax(x: Floats) -> Floats:
    """Shares that sum to 1 along the last axis."""
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def logit(p: Floats) -> Floats:
    """The inverse of `sigmoid`, kept finite."""
    p = np.clip(p, 1e-6, 1 - 1e-6)
    odds: Floats = np.log(p / (1 - p))
    return odds


def _named(names: tuple[str, ...], values: Floats) -> dict[str, float]:
    return {name: float(value) for name, value in zip(names, values, strict=True)}
