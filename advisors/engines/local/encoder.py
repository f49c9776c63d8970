"""Turns text into vectors with an ONNX sentence encoder, on one core, offline and without telemetry."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from advisors.errors import ModelMissing

os.environ.setdefault(
    "ORT_DISABLE_TELEMETRY", "1"
)  # read when onnxruntime is imported; it would write files under home
import onnxruntime as ort

Floats = NDArray[np.float32]


class Encoder:
    """One encoder with its tokenizer. Sessions are safe to share between threads."""

    def __init__(self, model: Path, tokenizer: Path, max_tokens: int) -> None:
        """Load both files.

        Raises:
            ModelMissing: a file is missing or damaged.
        """
        try:
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
            self._session = ort.InferenceSession(str(model), _options(), providers=["CPUExecutionProvider"])
        except Exception as error:  # both libraries raise bare exceptions of their own
            raise ModelMissing(
                f"The embedded engine's model cannot be loaded from {model.parent.name}/ ({type(error).__name__}). "
                "Restore that folder from the repository, or reinstall which-ai."
            ) from error
        self._tokenizer.enable_truncation(max_length=max_tokens)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Encode texts; returns an array of shape (len(texts), dimensions), rows of length 1."""
        encodings = self._tokenizer.encode_batch(list(texts))
        ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
        (vectors,) = self._session.run(["embedding"], {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, dtype=np.float32)


def _options() -> ort.SessionOptions:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # saves memory for good; costs nothing measurable at these sizes
    return options


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
