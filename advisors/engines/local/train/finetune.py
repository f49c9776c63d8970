"""Fine-tunes a base encoder on the labelled questions, with one head for each kind of label.

Loss of a question: binary cross-entropy over the outputs, cross-entropy over the intent, cross-entropy over the tasks
of each labelled output (none where nobody labelled tasks), half the binary cross-entropy over the flags. Word vectors
stay as they are: most tokens are too rare here to be moved with profit. The weights kept are the mean over the
steps. The heads made here only steer the encoder; those shipped are fitted by `heads.py` on the int8 encoder.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from .base_weights import TorchEncoder
from .questions import FLAGS, INTENTS, Labels, Line

MOST_TRAINING_TOKENS = 96
WARM_UP = 0.1
AVERAGED_EVERY = 4
BASE_STEPS = 200
"""The mean is taken over every fourth step, and starts as if the base weights had stood for so many steps."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one encoder is trained."""

    layers: int
    epochs: int
    rate: float
    frozen_layers: int = 0
    batch: int = 16
    head_rate: float = 1e-3
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Batch:
    """Token ids with the targets. `tasks` has one row (line, output, task) for each labelled task."""

    ids: Tensor
    mask: Tensor
    outputs: Tensor
    intents: Tensor
    flags: Tensor
    tasks: Tensor


class Reader(nn.Module):  # type: ignore[misc]  # torch is not there where types are checked
    """The encoder with its linear heads."""

    task_mask: Tensor

    def __init__(self, encoder: TorchEncoder, labels: Labels) -> None:
        super().__init__()
        width = encoder.shape.width
        self.encoder = encoder
        self.outputs = nn.Linear(width, len(labels.outputs))
        self.intent = nn.Linear(width, len(INTENTS))
        self.task = nn.Linear(width, len(labels.tasks))
        self.flags = nn.Linear(width, len(FLAGS))
        self.drop = nn.Dropout(0.1)
        within = torch.tensor([[of == output for of in labels.output_of] for output in range(len(labels.outputs))])
        self.register_buffer("task_mask", torch.where(within, 0.0, -1e4))

    def loss(self, batch: Batch) -> Tensor:
        """The mean loss of a batch."""
        vector = self.drop(self.encoder(batch.ids, batch.mask) * math.sqrt(self.encoder.shape.width))
        count = len(batch.ids)
        loss = functional.binary_cross_entropy_with_logits(self.outputs(vector), batch.outputs, reduction="sum") / count
        loss = loss + functional.cross_entropy(self.intent(vector), batch.intents)
        flags = functional.binary_cross_entropy_with_logits(self.flags(vector), batch.flags, reduction="sum") / count
        if len(batch.tasks):
            line, output, task = batch.tasks.unbind(1)
            within = self.task(vector)[line] + self.task_mask[output]
            loss = loss + functional.cross_entropy(within, task, reduction="sum") / count
        return loss + 0.5 * flags


def finetune(
    encoder: TorchEncoder, tokenizer: Tokenizer, lines: Sequence[Line], labels: Labels, recipe: Recipe
) -> TorchEncoder:
    """Train and return the encoder; the same seed, lines and machine give the same result."""
    torch.manual_seed(recipe.seed)
    order = random.Random(recipe.seed)
    reader = Reader(encoder, labels).train()
    _freeze(encoder, recipe.frozen_layers)
    steps = recipe.epochs * math.ceil(len(lines) / recipe.batch)
    optimiser, schedule = _optimiser(reader, recipe, steps)
    average = {name: weight.detach().clone() for name, weight in encoder.named_parameters() if weight.requires_grad}
    started, step = time.monotonic(), 0
    for epoch in range(recipe.epochs):
        losses = []
        for batch in batches(lines, tokenizer, labels, recipe.batch, order):
            losses.append(_step(reader, batch, optimiser, schedule))
            step += 1
            if step % AVERAGED_EVERY == 0:
                _follow(average, encoder, AVERAGED_EVERY / max(step, BASE_STEPS))
        print(
            f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f}, {time.monotonic() - started:.0f} s", flush=True
        )
    encoder.load_state_dict(average, strict=False)
    encoder.eval()
    return encoder


def batches(
    lines: Sequence[Line], tokenizer: Tokenizer, labels: Labels, size: int, order: random.Random
) -> Iterator[Batch]:
    """Batches of lines of like length, in random order."""
    tokenizer.enable_truncation(MOST_TRAINING_TOKENS)
    lengths = [len(encoding.ids) for encoding in tokenizer.encode_batch([line.text for line in lines])]
    ranked = sorted(range(len(lines)), key=lambda index: lengths[index] * order.uniform(0.85, 1.15))
    chunks = [ranked[at : at + size] for at in range(0, len(ranked), size)]
    order.shuffle(chunks)
    for chunk in chunks:
        yield collate([lines[index] for index in chunk], tokenizer, labels)


def typical_batches(lines: Sequence[Line], tokenizer: Tokenizer, count: int = 64) -> list[tuple[Tensor, Tensor]]:
    """Some lines, spread over all, one by one: token ids and masks."""
    tokenizer.enable_truncation(MOST_TRAINING_TOKENS)
    encodings = tokenizer.encode_batch([line.text for line in lines[:: max(1, len(lines) // count)]])
    return [(torch.tensor([encoding.ids]), torch.tensor([encoding.attention_mask])) for encoding in encodings]


def collate(lines: Sequence[Line], tokenizer: Tokenizer, labels: Labels) -> Batch:
    """Tokenize lines and write down their targets."""
    encodings = tokenizer.encode_batch([line.text for line in lines])
    longest = max(len(encoding.ids) for encoding in encodings)
    pad: int = tokenizer.token_to_id("<pad>") or 0
    tasks = [
        (row, labels.outputs.index(output), labels.tasks.index(task))
        for row, line in enumerate(lines)
        for output, task in zip(line.outputs, line.tasks, strict=False)
    ]
    return Batch(
        ids=torch.tensor([encoding.ids + [pad] * (longest - len(encoding.ids)) for encoding in encodings]),
        mask=torch.tensor([[1] * len(encoding.ids) + [0] * (longest - len(encoding.ids)) for encoding in encodings]),
        outputs=_hot([line.outputs for line in lines], labels.outputs),
        intents=torch.tensor([INTENTS.index(line.intent) for line in lines]),
        flags=_hot([line.flags for line in lines], FLAGS),
        tasks=torch.tensor(tasks).reshape(-1, 3),
    )


def _hot(chosen: Sequence[Sequence[str]], names: Sequence[str]) -> Tensor:
    return torch.tensor([[float(name in row) for name in names] for row in chosen])


def _freeze(encoder: TorchEncoder, layers: int) -> None:
    for module in (encoder.word, encoder.position, encoder.norm, *list(encoder.layers)[:layers]):
        module.requires_grad_(False)


def _optimiser(
    reader: Reader, recipe: Recipe, steps: int
) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
    inner = [weight for weight in reader.encoder.parameters() if weight.requires_grad]
    heads = [weight for name, weight in reader.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": inner, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    warm = max(1, int(steps * WARM_UP))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / (steps - warm)))
    )
    return optimiser, schedule


def _step(
    reader: Reader, batch: Batch, optimiser: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR
) -> float:
    with torch.autocast("cpu", torch.bfloat16):
        loss = reader.loss(batch)
    loss.backward()
    nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
    optimiser.step()
    schedule.step()
    optimiser.zero_grad()
    return float(loss.detach())


@torch.no_grad()  # type: ignore[untyped-decorator]
def _follow(average: dict[str, Tensor], encoder: TorchEncoder, share: float) -> None:
    """Move the averaged weights a share of the way to the present ones."""
    for name, weight in encoder.named_parameters():
        if name in average:
            average[name].lerp_(weight.detach(), share)
