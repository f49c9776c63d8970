"""Fits and calibrates the shipped heads on the vectors of the shipped int8 encoder, so that quantisation is in them.

The encoder was tuned on most of the questions, whose vectors therefore lie further apart than those of a question
it has never seen. One author's questions, and a sixth of those in other languages, were kept from it (`encoders.py`).
Everything that says how sure to be is fitted on these *unseen* lines by cross-fitting: five times the heads are fitted
on all other lines and four fifths of the unseen ones, and read the last fifth. From these readings come a slope for
each kind of head, an offset for each label, the threshold of each output, and the confidence. The heads that ship
are then fitted on all lines. Unseen lines count more in them, being more like what people will ask.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from advisors.engines.local.head import KINDS, WANTING, choose, confidence_evidence, sigmoid, softmax

from .questions import FLAGS, INTENTS, Labels, Line

Floats = NDArray[np.float64]
PENALTY = 0.003
"""Weight of the squared weights beside the mean loss."""
GRID = np.arange(0.15, 0.8, 0.025)
"""Thresholds tried."""
FOLDS = 5
UNSEEN_WEIGHT = 3.0
"""How much more a line counts that the encoder has not seen."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What the heads should say, by row: -1 in `tasks` means no such output; masks tell which rows count."""

    outputs: Floats
    intents: NDArray[np.int64]
    tasks: NDArray[np.int64]
    flags: Floats
    wants: NDArray[np.bool_]
    whole: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights and offsets of the heads by kind."""

    weight: dict[str, Floats]
    bias: dict[str, Floats]

    def logits(self, vectors: Floats) -> dict[str, Floats]:
        """What the heads say of vectors, before calibration or after, as the weights are."""
        return {kind: vectors @ self.weight[kind].T + self.bias[kind] for kind in KINDS}

    def scaled(self, slope: dict[str, float], offset: dict[str, Floats]) -> Linear:
        """The same heads with a calibration folded in."""
        return Linear(
            {kind: self.weight[kind] * slope[kind] for kind in KINDS},
            {kind: self.bias[kind] * slope[kind] + offset[kind] for kind in KINDS},
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A line as read by heads that have not seen it."""

    line: Line
    intent: str
    evidence: Floats
    right: bool
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """The arrays of one encoder for `heads.npz`, without prefix, and how the unseen lines were read on the way."""

    arrays: dict[str, Floats]
    held: list[Held]


def targets_of(lines: Sequence[Line], labels: Labels) -> Targets:
    """Write labels as arrays."""
    tasks = np.full((len(lines), len(labels.outputs)), -1)
    for row, line in enumerate(lines):
        for output, task in zip(line.outputs, line.tasks, strict=False):
            tasks[row, labels.outputs.index(output)] = labels.tasks.index(task)
    return Targets(
        outputs=np.array([[float(output in line.outputs) for output in labels.outputs] for line in lines]),
        intents=np.array([INTENTS.index(line.intent) for line in lines]),
        tasks=tasks,
        flags=np.array([[float(flag in line.flags) for flag in FLAGS] for line in lines]),
        wants=np.array([line.intent in WANTING for line in lines]),
        whole=np.array([line.whole for line in lines]),
    )


def fit_heads(vectors: Floats, unseen: NDArray[np.bool_], lines: Sequence[Line], labels: Labels) -> Fitted:
    """Fit the heads of one encoder on all lines, and their calibration on the unseen ones."""
    counts = np.where(unseen, UNSEEN_WEIGHT, 1.0)
    read = _cross_fitted(vectors, unseen, counts, lines, labels)
    held = [line for line, hidden in zip(lines, unseen, strict=True) if hidden]
    targets = targets_of(held, labels)
    slope, offset = _calibration(read, targets, labels)
    read = {kind: read[kind] * slope[kind] + offset[kind] for kind in KINDS}
    thresholds = fit_thresholds(sigmoid(read["outputs"]), targets)
    judged, confidence = _confidence(_judged(read, thresholds, held, labels.outputs))
    heads = fit_linear(vectors, counts, lines, labels).scaled(slope, offset)
    arrays = {f"{kind}.weight": heads.weight[kind] for kind in KINDS} | {
        f"{kind}.bias": heads.bias[kind] for kind in KINDS
    }
    return Fitted(arrays | {"thresholds": thresholds, "confidence": confidence}, judged)


def order_of(lines: Sequence[Line], labels: Labels) -> Floats:
    """The log-odds that one output is listed before another, each way counted once more than seen."""
    count = len(labels.outputs)
    before = np.ones((count, count))
    for line in lines:
        places = [labels.outputs.index(output) for output in line.outputs]
        for at, first in enumerate(places):
            before[first, places[at + 1 :]] += 1
    return np.asarray(np.log(before / before.T))


def fit_linear(vectors: Floats, counts: Floats, lines: Sequence[Line], labels: Labels) -> Linear:
    """All heads of an encoder at once: convex, so the result hangs on nothing but its input."""
    width, scale = vectors.shape[1], np.sqrt(vectors.shape[1])
    sizes = [len(labels.outputs), len(INTENTS), len(labels.tasks), len(FLAGS)]
    weight = torch.zeros(sum(sizes), width, dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(sum(sizes), dtype=torch.float64, requires_grad=True)
    x = torch.from_numpy(vectors * scale)
    loss_of = _loss_of(targets_of(lines, labels), torch.from_numpy(counts / counts.sum()), labels)
    optimiser = torch.optim.LBFGS([weight, bias], max_iter=80, history_size=10, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = loss_of(torch.split(x @ weight.T + bias, sizes, dim=1)) + PENALTY * weight.square().sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    weights = torch.split(weight.detach() * scale, sizes)
    biases = torch.split(bias.detach(), sizes)
    return Linear(
        *({kind: part.numpy() for kind, part in zip(KINDS, parts, strict=True)} for parts in (weights, biases))
    )


def _loss_of(targets: Targets, counts: Tensor, labels: Labels) -> Callable[[Sequence[Tensor]], Tensor]:
    """The weighted mean loss as a function of the logits; outputs count only where something is wanted."""
    outputs, flags = torch.from_numpy(targets.outputs), torch.from_numpy(targets.flags)
    intents = torch.from_numpy(targets.intents)
    wants, whole = (torch.from_numpy(mask) * counts for mask in (targets.wants, targets.whole))
    rows, columns = (torch.from_numpy(index) for index in np.nonzero(targets.tasks >= 0))
    task = torch.from_numpy(targets.tasks)[rows, columns]
    shut = torch.where(torch.tensor(labels.output_of)[None] == torch.arange(len(labels.outputs))[:, None], 0.0, -1e9)
    binary = functional.binary_cross_entropy_with_logits

    def loss(logits: Sequence[Tensor]) -> Tensor:
        of_outputs = binary(logits[0], outputs, reduction="none").sum(1) @ wants
        of_intent = functional.cross_entropy(logits[1], intents, reduction="none") @ counts
        of_tasks = functional.cross_entropy(logits[2][rows] + shut[columns], task, reduction="none") @ counts[rows]
        of_flags = binary(logits[3], flags, reduction="none").sum(1) @ whole
        return of_outputs + of_intent + of_tasks + of_flags

    return loss


def _cross_fitted(
    vectors: Floats, unseen: NDArray[np.bool_], counts: Floats, lines: Sequence[Line], labels: Labels
) -> dict[str, Floats]:
    """Logits of the unseen lines, each from heads fitted without it."""
    held = np.flatnonzero(unseen)
    folds = np.random.default_rng(FOLDS).permutation(len(held)) % FOLDS
    parts: dict[str, Floats] = {}
    for fold in range(FOLDS):
        left_out = held[folds == fold]
        kept = np.setdiff1d(np.arange(len(vectors)), left_out)
        heads = fit_linear(vectors[kept], counts[kept], [lines[int(row)] for row in kept], labels)
        for kind, logits in heads.logits(vectors[left_out]).items():
            parts.setdefault(kind, np.zeros((len(held), logits.shape[1])))[folds == fold] = logits
    return parts


def _calibration(
    read: dict[str, Floats], targets: Targets, labels: Labels
) -> tuple[dict[str, float], dict[str, Floats]]:
    """One slope for each kind of head and an offset for each of its rows (none for tasks) that make the loss least."""
    sizes = [read[kind].shape[1] for kind in KINDS]
    slope = torch.ones(len(KINDS), dtype=torch.float64, requires_grad=True)
    offset = torch.zeros(sum(sizes), dtype=torch.float64, requires_grad=True)
    moves = torch.cat([torch.full((size,), float(kind != "tasks")) for kind, size in zip(KINDS, sizes, strict=True)])
    loss_of = _loss_of(targets, torch.full((len(targets.wants),), 1 / len(targets.wants), dtype=torch.float64), labels)
    logits = [torch.from_numpy(read[kind]) for kind in KINDS]
    optimiser = torch.optim.LBFGS([slope, offset], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        moved = torch.split(offset * moves, sizes)
        loss = loss_of([x * s + o for x, s, o in zip(logits, slope, moved, strict=True)]) + 1e-3 * offset.square().sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    offsets = torch.split((offset * moves).detach(), sizes)
    slopes = dict(zip(KINDS, slope.detach().tolist(), strict=True))
    return slopes, {kind: part.numpy() for kind, part in zip(KINDS, offsets, strict=True)}


def fit_thresholds(outputs: Floats, targets: Targets) -> Floats:
    """A threshold for each output that makes most sets exact: one for all first, then each by itself if it helps."""
    outputs, wanted = outputs[targets.wants], targets.outputs[targets.wants] > 0

    def exact(thresholds: Floats) -> int:
        picked = outputs >= thresholds
        picked[np.arange(len(picked)), outputs.argmax(axis=1)] |= ~picked.any(axis=1)
        return int((picked == wanted).all(axis=1).sum())

    best = np.full(outputs.shape[1], max(GRID, key=lambda level: exact(np.full(outputs.shape[1], level))))
    for index in range(len(best)):
        for level in GRID:
            tried = best.copy()
            tried[index] = level
            if exact(tried) > exact(best) + 1:
                best = tried
    return best


def _judged(read: dict[str, Floats], thresholds: Floats, lines: Sequence[Line], names: Sequence[str]) -> list[Held]:
    """Decide on each line as the engine does, and compare with its labels."""
    held = []
    outputs, intents = sigmoid(read["outputs"]), softmax(read["intents"])
    for row, line in enumerate(lines):
        intent = INTENTS[int(intents[row].argmax())]
        wants = intent in WANTING
        picked = choose(outputs[row], thresholds)
        evidence = confidence_evidence(outputs[row], intents[row], picked, wants=wants)
        found = set(picked) if wants else set()
        right = intent == line.intent and found == {names.index(output) for output in line.outputs}
        held.append(Held(line, intent, evidence, right))
    return held


def _confidence(held: Sequence[Held]) -> tuple[list[Held], Floats]:
    """Fit the confidence on lines, and say it of each."""
    evidence = np.array([line.evidence for line in held])
    weights = _logistic(evidence, np.array([float(line.right) for line in held]))
    said = sigmoid(evidence @ weights)
    return [replace(line, confidence=float(sure)) for line, sure in zip(held, said, strict=True)], weights


def _logistic(evidence: Floats, right: Floats) -> Floats:
    """Newton's method with a slight penalty."""
    weights = np.zeros(evidence.shape[1])
    for _ in range(50):
        said = sigmoid(evidence @ weights)
        slope = evidence.T @ (right - said) - 0.5 * weights
        curve = (evidence * (said * (1 - said))[:, None]).T @ evidence + 0.5 * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return weights
