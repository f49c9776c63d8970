"""Which lines each encoder is tuned on and how, from base weights to the int8 file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from .base_weights import load_base
from .export import save_int8
from .finetune import Recipe, finetune, typical_batches
from .questions import Labels, Line

ENCODERS = ("english", "multilingual")
LANGUAGES = ("de", "es", "fr", "it", "ja", "pt", "zh")
"""Read by the multilingual encoder; every other language goes to the English one."""
RECIPES = {
    "english": Recipe(layers=8, epochs=3, rate=6e-5, frozen_layers=2),
    "multilingual": Recipe(layers=12, epochs=3, rate=1e-4, frozen_layers=2),
}
HELD_OUT = ("communities", "direct")
"""The files whose questions no encoder sees while it is tuned."""
EVERY = 6
"""Of each author's questions in other languages, one in so many is kept from the encoder."""


def encoder_for(language: str) -> str:
    """Which encoder reads a question in this language."""
    return "multilingual" if language in LANGUAGES else "english"


def readable(encoder: str, lines: Sequence[Line]) -> list[bool]:
    """On which lines the heads of an encoder are fitted: the multilingual one reads English too."""
    return [encoder in ("multilingual", encoder_for(line.language)) for line in lines]


def unseen(lines: Sequence[Line]) -> list[bool]:
    """Which lines are kept from the encoders: those of some files, and some of the other languages."""
    places: Counter[str] = Counter()
    kept = []
    for line in lines:
        other = line.language != "en"
        kept.append(places[line.author] % EVERY == EVERY // 2 if other else line.author in HELD_OUT)
        places[line.author] += other
    return kept


def shown_to(encoder: str, lines: Sequence[Line]) -> list[Line]:
    """The lines an encoder is tuned on: English for one; for the other half of these, and the others twice."""
    seen = [line for line, hidden in zip(lines, unseen(lines), strict=True) if not hidden]
    english = [line for line in seen if line.language == "en"]
    others = [line for line in seen if line.language != "en"]
    return english if encoder == "english" else [*english[::2], *others, *others]


def train_encoder(folder: Path, encoder: str, lines: Sequence[Line], labels: Labels) -> None:
    """Fine-tune one encoder and write it into a folder, with its tokenizer."""
    recipe = RECIPES[encoder]
    base, tokenizer = load_base(encoder, recipe.layers, [line.text for line in lines])
    shown = shown_to(encoder, lines)
    tuned = finetune(base, tokenizer, shown, labels, recipe)
    save_int8(tuned, folder / f"{encoder}.onnx", typical_batches(shown, tokenizer))
    tokenizer.no_truncation()
    tokenizer.save(str(folder / f"{encoder}.tokenizer.json"), pretty=False)
