"""The shipped model: two encoders with their heads, and the manifest that says what they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from advisors.engines.local.encoder import Encoder, Floats
from advisors.engines.local.head import Heads, Scores
from advisors.errors import ModelMissing

FOLDER = Path(__file__).parent / "model"
ENGLISH, MULTILINGUAL = "english", "multilingual"


class Artifact:
    """Encoders and heads of one folder. Each encoder is loaded when the first question in its languages comes."""

    def __init__(self, folder: Path) -> None:
        """Read the manifest.

        Raises:
            ModelMissing: it is missing or damaged.
        """
        self._folder = folder
        self._manifest = _read_manifest(folder)
        self.version: str = self._manifest["version"]
        self.ask_below: float = self._manifest["ask_below"]
        """Below this confidence the engine is unsure, and the asker should be asked."""

    def score(self, text: str, language: str) -> Scores:
        """Read a cleaned text in a language (ISO 639-1)."""
        heads = self._english_heads if self._encoder_of(language) == ENGLISH else self._multilingual_heads
        return heads.read(self.encode(text, language))

    def encode(self, text: str, language: str) -> Floats:
        """The text's vector, of length 1, from the encoder of its language."""
        encoder = self._english if self._encoder_of(language) == ENGLISH else self._multilingual
        vector: Floats = encoder.encode([text])[0]
        return vector

    def _encoder_of(self, language: str) -> str:
        return MULTILINGUAL if language in self._manifest["languages"] else ENGLISH

    @cached_property
    def _english(self) -> Encoder:
        return self._encoder(ENGLISH)

    @cached_property
    def _multilingual(self) -> Encoder:
        return self._encoder(MULTILINGUAL)

    @cached_property
    def _english_heads(self) -> Heads:
        return Heads.load(self._folder / "heads.npz", ENGLISH)

    @cached_property
    def _multilingual_heads(self) -> Heads:
        return Heads.load(self._folder / "heads.npz", MULTILINGUAL)

    def _encoder(self, name: str) -> Encoder:
        return Encoder(
            self._folder / f"{name}.onnx", self._folder / f"{name}.tokenizer.json", self._manifest["max_tokens"]
        )


@lru_cache(maxsize=2)
def shared_artifact(folder: Path = FOLDER) -> Artifact:
    """The artifact of a folder, loaded once a process: further engines share its sessions."""
    return Artifact(folder)


def _read_manifest(folder: Path) -> Mapping[str, Any]:
    try:
        manifest: Mapping[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return {key: manifest[key] for key in ("version", "ask_below", "languages", "max_tokens")}
    except (OSError, ValueError, KeyError) as error:
        raise ModelMissing(
            f"The embedded engine's model in {folder.name}/ is missing or damaged ({type(error).__name__}). "
            "Restore that folder from the repository, or reinstall which-ai."
        ) from error
