"""Trains the embedded engine: `python -m advisors.engines.local.train [--encoder NAME] [--heads-only] [--force]`.

First the encoders are fine-tuned and written as int8 (long); then heads are fitted on what the int8 encoders make of
the questions (some minutes). `--heads-only` does the second stage on the shipped encoders. The result replaces the
shipped model unless it reads the locked questions worse.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from .encoders import ENCODERS, encoder_for, readable, train_encoder, unseen
from .heads import Fitted, fit_heads, order_of
from .manifest import figures_of, manifest_of, read_manifest
from .measure import ask_below_for, figures, read_all, vectors_of
from .notice import notice
from .questions import FLAGS, INTENTS, LOCAL, Labels, Line, labels, locked_lines, training_lines

MODEL = LOCAL / "model"


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as asked; returns 1 when the result is worse than what is shipped."""
    asked = _parser().parse_args(arguments)
    torch.set_num_threads(asked.threads)
    lines, names = training_lines(), labels()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _copy(MODEL, folder)
        trained = read_manifest(MODEL).get("encoders", {})
        for encoder in () if asked.heads_only else ENCODERS if asked.encoder == "all" else (asked.encoder,):
            started = time.monotonic()
            train_encoder(folder, encoder, lines, names)
            trained[encoder] = figures_of(encoder, (time.monotonic() - started) / 60, lines)
        manifest = finish(folder, trained, lines, names)
        return _ship(folder, manifest, force=asked.force)


def finish(folder: Path, trained: dict[str, Any], lines: Sequence[Line], names: Labels) -> dict[str, Any]:
    """Fit the heads on the encoders in a folder, add the papers and measure; returns the manifest."""
    torch.set_num_threads(1)  # sums are then made in the same order whatever the machine
    fitted = {encoder: fit(folder, encoder, lines, names) for encoder in ENCODERS}
    write_heads(folder, fitted, lines, names)
    (folder / "NOTICE.md").write_text(notice(), encoding="utf-8")
    ask_below = ask_below_for(
        [held for encoder in ENCODERS for held in fitted[encoder].held if encoder_for(held.line.language) == encoder]
    )
    locked = figures(read_all(folder, locked_lines()), ask_below)
    return manifest_of(folder, trained, len(lines), ask_below, locked)


def fit(folder: Path, encoder: str, lines: Sequence[Line], names: Labels) -> Fitted:
    """Fit the heads of an encoder on the lines that it can read."""
    mine = np.array(readable(encoder, lines))
    own = [line for line, kept in zip(lines, mine, strict=True) if kept]
    return fit_heads(vectors_of(folder, encoder, own).astype(np.float64), np.array(unseen(lines))[mine], own, names)


def write_heads(folder: Path, fitted: dict[str, Fitted], lines: Sequence[Line], names: Labels) -> None:
    """Write `heads.npz`."""
    arrays: dict[str, NDArray[Any]] = {
        "outputs": np.array(names.outputs),
        "intents": np.array(INTENTS),
        "tasks": np.array(names.tasks),
        "flags": np.array(FLAGS),
        "output_of": np.array(names.output_of),
        "order": order_of(lines, names),
    }
    for encoder, result in fitted.items():
        for kind, array in result.arrays.items():
            arrays[f"{encoder}.{kind}"] = array.astype(np.float32) if kind.endswith(".weight") else array
    np.savez_compressed(folder / "heads.npz", **arrays)  # type: ignore[arg-type]


def _ship(folder: Path, manifest: dict[str, Any], *, force: bool) -> int:
    before = read_manifest(MODEL).get("locked", {}).get("exact_set", 0.0)
    now = manifest["locked"]["exact_set"]
    print(json.dumps(manifest["locked"], indent=1))
    if now < before and not force:
        print(f"Not shipped: exact set {now:.3f} is below {before:.3f}. Use --force to ship it all the same.")
        return 1
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    _copy(folder, MODEL)
    print(f"Shipped version {manifest['version']}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="train", description="Train the embedded engine's model.")
    parser.add_argument("--encoder", choices=(*ENCODERS, "all"), default="all", help="which encoder to fine-tune")
    parser.add_argument("--heads-only", action="store_true", help="keep the shipped encoders, fit the heads anew")
    parser.add_argument("--force", action="store_true", help="ship even if the locked score is worse")
    parser.add_argument("--threads", type=int, default=2, help="cores to use; changes encoders slightly")
    return parser


def _copy(source: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for path in source.iterdir():
        shutil.copy2(path, target / path.name)


if __name__ == "__main__":
    sys.exit(main())
