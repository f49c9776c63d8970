"""Writes an encoder as ONNX, node by node, and quantises it to int8.

Matrices are int8 per output channel, activations are quantised as they come. Weights use 7 bits (`reduce_range`):
on processors without VNNI the 16-bit sums of the int8 kernels would overflow with 8. Word vectors are int8 with
one scale for each token, or 4 bits where they came in 4 bits. Some channels of
the activations are a hundred times larger than the rest and would leave them no steps; each channel is divided by a
factor measured on questions, and the matrix multiplied by it (Xiao et al. 2023, SmoothQuant), which changes nothing
before quantisation. For the same reason the input of each layer's last matrix is scaled token by token.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from .base_weights import BLOCK, Floats, Layer, TorchEncoder

OPSET = 20
CONTRIB = "com.microsoft"
"""The operator set of onnxruntime that has attention as one node."""


class _Graph:
    """Collects nodes and constants; every method returns the name of what it made."""

    def __init__(self, factors: Factors) -> None:
        self.factors = factors
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: Tensor | NDArray[np.generic] | list[int]) -> str:
        array = value.detach().float().numpy() if isinstance(value, Tensor) else np.array(value)
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, operator: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: Any) -> list[str]:
        names = [f"{operator}_{len(self.nodes)}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, names[0], domain=domain, **attributes))
        return names

    def one(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        return self.add(operator, *inputs, domain=domain, **attributes)[0]


Factors = Mapping[nn.Module, Tensor]
"""For each linear module, what each channel of its input is divided by."""


def save_int8(encoder: TorchEncoder, path: Path, questions: Sequence[tuple[Tensor, Tensor]]) -> None:
    """Write the encoder to `path`, quantised; `questions` are token ids and masks of some typical ones."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "float32.onnx"
        save_float32(encoder, whole, channel_factors(encoder, questions))
        quantize_dynamic(
            whole,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


def save_float32(encoder: TorchEncoder, path: Path, factors: Factors) -> None:
    """Write the encoder to `path`; only its word vectors are quantised."""
    graph = _Graph(factors)
    embedding = _nodes(graph, encoder)
    graph.nodes.append(helper.make_node("Identity", [embedding], ["embedding"]))
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in INPUTS],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", encoder.shape.width])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)],
        ir_version=10,
    )
    onnx.save(model, path)


@torch.no_grad()  # type: ignore[untyped-decorator]
def channel_factors(encoder: TorchEncoder, questions: Sequence[tuple[Tensor, Tensor]]) -> Factors:
    """Factors that share the largest values evenly between activations and weights."""
    largest: dict[nn.Module, Tensor] = {}

    def watch(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        seen = inputs[0].abs().flatten(0, -2).amax(0)
        largest[module] = torch.maximum(largest.get(module, seen), seen)

    linear = [module for module in encoder.modules() if isinstance(module, nn.Linear)]
    hooks = [module.register_forward_pre_hook(watch) for module in linear]
    for ids, mask in questions:
        encoder(ids, mask)
    for hook in hooks:
        hook.remove()
    return {
        module: (largest[module].clamp(min=1e-4) / module.weight.abs().amax(0).clamp(min=1e-4)).sqrt()
        for module in linear
    }


INPUTS = ("input_ids", "attention_mask")


def _nodes(graph: _Graph, encoder: TorchEncoder) -> str:
    ids, mask = INPUTS
    zero, axes = graph.constant([0]), graph.constant([0])
    length = graph.one("Shape", ids, start=1, end=2)
    position = graph.one("Slice", graph.constant(encoder.position.weight), zero, length, axes)
    hidden = _normalised(graph, graph.one("Add", _word_vectors(graph, encoder, ids), position), encoder.norm)
    padding = graph.one("Cast", mask, to=TensorProto.INT32)
    bias = _relative(graph, encoder, length)
    for layer in encoder.layers:
        hidden = _layer(graph, layer, hidden, padding, bias)
    kept = graph.one("Unsqueeze", graph.one("Cast", mask, to=TensorProto.FLOAT), graph.constant([2]))
    total = graph.one("ReduceSum", graph.one("Mul", hidden, kept), graph.constant([1]), keepdims=0)
    return graph.one("LpNormalization", total, axis=-1, p=2)


def _word_vectors(graph: _Graph, encoder: TorchEncoder, ids: str) -> str:
    weights: Floats = encoder.word.weight.detach().numpy()
    blocks, scales = _four_bits(weights)
    if np.allclose(((blocks.astype(np.float32) - 8) * scales).reshape(weights.shape), weights, atol=1e-6):
        return _unpacked(graph, blocks.reshape(weights.shape), scales[:, :, 0], ids)
    scales = np.maximum(np.abs(weights).max(axis=1, keepdims=True), 1e-8) / np.float32(127)
    rows = graph.one("Gather", graph.constant(np.round(weights / scales).astype(np.int8)), ids)
    scale = graph.one("Gather", graph.constant(scales), ids)
    return graph.one("Mul", graph.one("Cast", rows, to=TensorProto.FLOAT), scale)


def _four_bits(weights: Floats) -> tuple[NDArray[np.uint8], Floats]:
    """Blocks of 16 steps, the eighth below zero being the block's largest value; exact for what was so before."""
    blocks = weights.reshape(len(weights), -1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2)[:, :, None], axis=2)
    scales = np.where(largest == 0, 1, largest / -8).astype(np.float16).astype(np.float32)
    return np.clip(np.round(blocks / scales) + 8, 0, 15).astype(np.uint8), scales


def _unpacked(graph: _Graph, steps: NDArray[np.uint8], scales: Floats, ids: str) -> str:
    """Word vectors from bytes that hold a step of a row's first half below and one of its second half above."""
    half = steps.shape[1] // 2
    rows = graph.one("Gather", graph.constant(steps[:, :half] | steps[:, half:] << 4), ids)
    low = graph.one("BitwiseAnd", rows, graph.constant(np.array(15, dtype=np.uint8)))
    high = graph.one("BitShift", rows, graph.constant(np.array(4, dtype=np.uint8)), direction="RIGHT")
    both = graph.one("Cast", graph.one("Concat", low, high, axis=-1), to=TensorProto.FLOAT)
    centred = graph.one("Sub", both, graph.constant(np.array(8, dtype=np.float32)))
    blocks = graph.one("Reshape", centred, graph.constant([0, 0, -1, BLOCK]))
    scale = graph.one("Gather", graph.constant(scales.astype(np.float16)), ids)
    factor = graph.one("Unsqueeze", graph.one("Cast", scale, to=TensorProto.FLOAT), graph.constant([3]))
    return graph.one("Reshape", graph.one("Mul", blocks, factor), graph.constant([0, 0, 2 * half]))


def _relative(graph: _Graph, encoder: TorchEncoder, length: str) -> str:
    """The relative position bias for this length, or no input where the encoder has none."""
    if not encoder.relative.any():
        return ""
    both = graph.one("Concat", length, length, axis=0)
    starts, axes = graph.constant([0, 0]), graph.constant([2, 3])
    return graph.one("Slice", graph.constant(encoder.relative[None]), starts, both, axes)


def _layer(graph: _Graph, layer: Layer, x: str, padding: str, bias: str) -> str:
    product = _product(graph, x, layer.qkv)
    query, key, value = graph.add("Split", product, outputs=3, axis=-1, num_outputs=3)
    mixed = graph.one(
        "MultiHeadAttention",
        *(query, key, value, graph.constant(layer.qkv.bias), padding, bias),
        domain=CONTRIB,
        num_heads=layer.heads,
    )
    out = _linear(graph, mixed, layer.out)
    x = _normalised(graph, graph.one("Add", out, x), layer.norm)
    inner = graph.one("Gelu", _linear(graph, x, layer.up))
    out = _linear_by_token(graph, inner, layer.down)
    return _normalised(graph, graph.one("Add", out, x), layer.final_norm)


def _product(graph: _Graph, x: str, linear: nn.Linear) -> str:
    weight = linear.weight.detach()
    if linear in graph.factors:
        factors = graph.factors[linear]
        x, weight = graph.one("Mul", x, graph.constant(1 / factors)), weight * factors
    return graph.one("MatMul", x, graph.constant(weight.T))


def _linear(graph: _Graph, x: str, linear: nn.Linear) -> str:
    return graph.one("Add", _product(graph, x, linear), graph.constant(linear.bias))


def _linear_by_token(graph: _Graph, x: str, linear: nn.Linear) -> str:
    """A linear module whose input is scaled token by token: the first token's values dwarf those of all others."""
    largest = graph.one("ReduceMax", graph.one("Abs", x), graph.constant([-1]), keepdims=1)
    scale = graph.one("Add", largest, graph.constant(np.array([1e-6], dtype=np.float32)))
    product = graph.one("Mul", _product(graph, graph.one("Div", x, scale), linear), scale)
    return graph.one("Add", product, graph.constant(linear.bias))


def _normalised(graph: _Graph, x: str, norm: nn.LayerNorm) -> str:
    scale, bias = graph.constant(norm.weight), graph.constant(norm.bias)
    return graph.one("LayerNormalization", x, scale, bias, axis=-1, epsilon=float(norm.eps))
