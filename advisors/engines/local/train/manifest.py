"""The manifest: which files make up the model, where they come from and what they read right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from advisors.engines.local.encoder import digest_of

from .base_weights import MOST_TOKENS
from .encoders import LANGUAGES, RECIPES, shown_to
from .notice import BASES
from .questions import Line

NAME = "manifest.json"


def figures_of(encoder: str, minutes: float, lines: Sequence[Line]) -> dict[str, Any]:
    """How an encoder was trained."""
    recipe = RECIPES[encoder]
    return {
        "trained": datetime.now(UTC).date().isoformat(),
        "hardware": f"{torch.get_num_threads()} cores, no GPU",
        "minutes": round(minutes),
        "questions": len(set(shown_to(encoder, lines))),
        "layers": recipe.layers,
        "epochs": recipe.epochs,
        "seed": recipe.seed,
    }


def manifest_of(
    folder: Path, trained: dict[str, Any], lines: int, ask_below: float, locked: dict[str, float]
) -> dict[str, Any]:
    """The manifest of the files in a folder. The version is the start of a hash over their names and hashes."""
    files = {path.name: digest_of(path) for path in sorted(folder.iterdir()) if path.name != NAME}
    return {
        "version": hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:8],
        "ask_below": ask_below,
        "max_tokens": MOST_TOKENS,
        "languages": list(LANGUAGES),
        "questions": lines,
        "encoders": trained,
        "bases": BASES,
        "files": files,
        "locked": {name: round(value, 4) for name, value in locked.items()},
    }


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest in a folder; empty when there is none."""
    path = folder / NAME
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return content
