"""Figures that are functions of sums over lines, with 95 % intervals by resampling the lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

RESAMPLES = 1_000
SEED = 20_261
LOW, HIGH = 2.5, 97.5


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure as columns over the lines, and the way from their sums to the figure.

    `of` takes sums of shape (resamples, columns) and gives one number a resample, NaN where it is undefined.
    """

    columns: Numbers
    of: Callable[[Numbers], Numbers]
    counted: int
    """How many cases the figure is a share of."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval; None where it is undefined, as a recall of something never labelled is."""

    value: float | None
    low: float | None
    high: float | None


def share(hits: Sequence[float], cases: Sequence[float]) -> Measure:
    """The sum of hits over the sum of cases."""
    columns = np.array([hits, cases], dtype=np.float64).T
    return Measure(columns, lambda sums: divide(sums[:, 0], sums[:, 1]), int(sum(cases)))


def divide(above: Numbers, below: Numbers) -> Numbers:
    """Elementwise quotient, NaN where there is nothing to divide by."""
    quotient: Numbers = np.full(above.shape, np.nan)
    np.divide(above, below, out=quotient, where=below > 0)
    return quotient


def weights(lines: int) -> Numbers:
    """How often each line falls into each resample: the same for every figure, so that they can be compared."""
    drawn = np.random.default_rng(SEED).multinomial(lines, np.full(lines, 1 / lines), size=RESAMPLES)
    return drawn.astype(np.float64)


def estimate(measure: Measure, drawn: Numbers) -> Estimate:
    """The figure over all lines, with its percentile interval over the resamples."""
    value = float(measure.of(measure.columns.sum(axis=0, keepdims=True))[0])
    if np.isnan(value):
        return Estimate(None, None, None)
    spread = measure.of(drawn @ measure.columns)
    low, high = np.percentile(spread[~np.isnan(spread)], (LOW, HIGH))
    return Estimate(value, float(low), float(high))
