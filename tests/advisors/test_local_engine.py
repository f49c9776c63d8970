"""The embedded engine with the shipped model: what it hears, and that it keeps its promises."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisors.catalogue import Catalogue
from advisors.engines.local import LocalEngine
from advisors.engines.local.artifact import FOLDER
from advisors.errors import ModelMissing
from advisors.models import Question

SPEC = yaml.safe_load((Path(__file__).parents[1] / "spec" / "questions.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def engine(catalogue: Catalogue) -> LocalEngine:
    return LocalEngine(catalogue)


@pytest.mark.parametrize("case", SPEC, ids=lambda case: case["ask"])
async def test_it_hears_what_kind_of_output_is_wanted(case: dict[str, Any], engine: LocalEngine) -> None:
    read = await engine.classify(Question(id="", text=case["ask"]))

    assert read.intent.value == case["intent"]
    assert list(read.outputs) == case["outputs"]


async def test_the_same_text_gives_the_same_reading(engine: LocalEngine, catalogue: Catalogue) -> None:
    question = Question(id="", text="script, voice and film about our bakery, 20 a month")

    assert await engine.classify(question) == await LocalEngine(catalogue).classify(question)


def test_its_version_names_the_model(engine: LocalEngine) -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))

    assert engine.version == f"local@{manifest['version']}"


def test_every_file_of_the_model_is_the_one_that_the_manifest_names() -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))

    found = {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in manifest["files"]}
    assert found == manifest["files"]


def test_the_model_stays_within_its_weight() -> None:
    sizes = [path.stat().st_size for path in FOLDER.iterdir()]

    assert sum(sizes) <= 120_000_000
    assert max(sizes) <= 95_000_000


def test_a_missing_model_says_how_to_restore_it(catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="Restore that folder"):
        LocalEngine(catalogue, tmp_path / "nowhere")


def test_a_damaged_model_says_how_to_restore_it(catalogue: Catalogue, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.onnx"))
    (folder / "english.onnx").write_bytes(b"no model")

    with pytest.raises(ModelMissing, match="Restore that folder"):
        LocalEngine(catalogue, folder).read("a logo for our bakery")
