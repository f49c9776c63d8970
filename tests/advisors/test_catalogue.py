"""The shipped catalogue keeps its promises, and a wrong file is refused with its name, its field and the repair."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisors.catalogue import Catalogue, load_catalogue
from advisors.catalogue.catalogue import FOLDER, names_of
from advisors.catalogue.schema import Licence, NotFor, Price, Tool
from advisors.costs import token_price
from advisors.errors import CatalogueError
from tests.advisors.builders import PAGE, TODAY, a_price, a_tool

# ---- the shipped catalogue


def test_the_catalogue_knows_at_least_120_tools(catalogue: Catalogue) -> None:
    assert len(catalogue.tools) >= 120


def test_every_output_has_at_least_six_active_tools(catalogue: Catalogue) -> None:
    for output in catalogue.modalities:
        tools = {tool.id for task in catalogue.tasks_of(output) for tool in catalogue.tools_by_task[task.id]}

        assert len(tools) >= 6, output


def test_every_task_has_at_least_two_active_tools(catalogue: Catalogue) -> None:
    few = {task: len(tools) for task, tools in catalogue.tools_by_task.items() if len(tools) < 2}

    assert few == {}


def test_there_are_eleven_outputs_and_about_45_tasks(catalogue: Catalogue) -> None:
    assert list(catalogue.modalities) == [
        "text", "code", "image", "video", "speech", "music", "sound", "3d", "molecule", "data", "none",
    ]  # fmt: skip
    assert 40 <= len(catalogue.tasks) <= 60


def test_every_price_has_a_source_and_a_day_that_is_not_ahead(catalogue: Catalogue) -> None:
    for tool in catalogue.tools.values():
        for price in tool.prices:
            assert price.source, tool.id
            assert date(2024, 1, 1) < price.as_of <= TODAY, tool.id


def test_every_claim_about_a_licence_or_an_end_has_a_source(catalogue: Catalogue) -> None:
    for tool in catalogue.tools.values():
        assert tool.licence.commercial is None or tool.licence.source, tool.id
        assert tool.retired_on is None or tool.status_source, tool.id
        assert all(caveat.source for caveat in tool.caveats), tool.id


def test_no_tool_is_recommended_on_or_after_its_last_day(catalogue: Catalogue) -> None:
    closing = [
        tool.id for tool in catalogue.tools.values() if tool.retired_on and tool.retired_on <= TODAY and tool.tasks
    ]

    assert closing == []


def test_what_is_gone_names_what_replaces_it(catalogue: Catalogue) -> None:
    for tool in catalogue.tools.values():
        for other in tool.replaced_by:
            assert catalogue.tools[other].status == "active", f"{tool.id} is replaced by {other}"


def test_sentences_about_a_tool_fit_into_an_answer(catalogue: Catalogue) -> None:
    for tool in catalogue.tools.values():
        for part in (tool.good_for, tool.choose_when):
            assert "  " not in part, tool.id
            assert "\n" not in part, tool.id
            assert not re.search(r"\b(amazing|stunning|leading|cutting-edge|revolutionary)\b", part), (
                f"{tool.id}: {part}"
            )
        assert not tool.good_for.lower().startswith("it "), tool.id  # completes "because it …"
        assert not tool.choose_when.lower().startswith("when "), tool.id  # completes "take it when …"


def test_every_name_belongs_to_one_tool(catalogue: Catalogue) -> None:
    names = [name for tool in catalogue.tools.values() for name in names_of(tool)]

    assert len(names) == len(set(names)) == len(catalogue.tools_by_name)


@pytest.mark.parametrize(
    ("names", "facts"),
    [
        pytest.param(
            ["gpt-4", "gpt4", "gpt 4"],
            {
                "status": "retired",
                "retired_on": date(2026, 10, 23),
                "makes": {"text", "code"},
                "technology": "transformer",
            },
            id="GPT-4",
        ),
        pytest.param(
            ["chatgpt", "chat gpt"],
            {"status": "active", "kind": "app", "makes": {"text", "code", "image"}},
            id="ChatGPT",
        ),
        pytest.param(["claude"], {"status": "active"}, id="Claude"),
        pytest.param(["llama"], {"status": "active", "kind": "family"}, id="LLaMA"),
        pytest.param(["gemini"], {"status": "active"}, id="Gemini"),
        pytest.param(["dall-e", "dalle"], {"status": "retired", "kind": "family", "makes": {"image"}}, id="DALL-E"),
        pytest.param(
            ["dall-e 3", "dalle 3", "dall-e-3", "dalle3"],
            {"status": "retired", "retired_on": date(2026, 5, 12), "makes": {"image"}, "technology": "diffusion"},
            id="DALL-E 3",
        ),
        pytest.param(["midjourney", "mj"], {"status": "active"}, id="Midjourney"),
        pytest.param(
            ["stable diffusion", "sd", "stable-diffusion"],
            {"status": "active", "technology": "diffusion", "makes": {"image"}},
            id="Stable Diffusion",
        ),
        pytest.param(["github copilot"], {"status": "active"}, id="GitHub Copilot"),
        pytest.param(
            ["jukebox", "openai jukebox"], {"status": "archived", "makes": {"music"}, "commercial": "no"}, id="Jukebox"
        ),
    ],
)
def test_the_systems_of_the_article_are_known_in_their_true_state(
    catalogue: Catalogue, names: list[str], facts: dict[str, Any]
) -> None:
    found = {catalogue.tools_by_name[name] for name in names}

    [tool] = [catalogue.tools[one] for one in found]
    known = {**tool.model_dump(), "makes": set(tool.makes), "commercial": tool.licence.commercial}
    assert {key: known[key] for key in facts} == facts


@pytest.mark.parametrize("app", ["chatgpt", "gemini"])
def test_chat_apps_draw_where_the_model_named_alike_does_not(catalogue: Catalogue, app: str) -> None:
    assert "image" in catalogue.tools[catalogue.tools_by_name[app]].makes
    assert "image" not in catalogue.tools["gpt-4"].makes


@pytest.mark.parametrize("technology", ["transformer", "gan", "diffusion", "vae"])
def test_the_technologies_of_the_article_are_explained(catalogue: Catalogue, technology: str) -> None:
    assert technology in catalogue.concepts


def test_at_least_thirty_terms_and_comparisons_are_explained(catalogue: Catalogue) -> None:
    assert len(catalogue.concepts) >= 30
    assert all(len(concept.text.split()) <= 100 for concept in catalogue.concepts.values())


def test_token_prices_are_those_of_the_installed_data_set(catalogue: Catalogue) -> None:
    assert catalogue.token_prices_source == f"genai-prices {version('genai-prices')}"


def test_every_token_price_is_found_there(catalogue: Catalogue) -> None:
    priced = [tool for tool in catalogue.tools.values() if tool.token_price is not None]

    for tool in priced:
        assert tool.token_price is not None
        cost_in, cost_out, source = token_price(
            tool.token_price, a_price().amount or 1, 1_000_000 * a_price().quantity, TODAY
        )
        assert cost_in + cost_out >= 0, tool.id
        assert source, tool.id

    assert priced


# ---- a catalogue in a folder of its own

TOOL = {
    "id": "sketchpad",
    "name": "Sketchpad",
    "vendor": "Example",
    "url": "https://example.com",
    "kind": "model",
    "summary": "An ordinary tool.",
    "status": "active",
    "technology": "diffusion",
    "makes": ["image"],
    "accepts": ["text"],
    "tasks": ["text-to-image"],
    "good_for": "does the ordinary thing",
    "choose_when": "the ordinary will do",
    "access": ["api"],
    "effort": "api",
    "no_code": False,
    "licence": {"name": "vendor terms"},
    "prices": [{"amount": "0.04", "unit": "images", "as_of": date(2026, 11, 1), "source": PAGE}],
    "review_by": date(2027, 6, 1),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped vocabulary with two tools."""
    place = tmp_path / "catalogue"
    (place / "tools").mkdir(parents=True)
    for file in FOLDER.glob("*.yml"):
        shutil.copy(file, place)
    write(place, {})
    write(place, {"id": "easel", "name": "Easel"}, "easel")
    return place


def write(folder: Path, changes: dict[str, Any], file: str = "sketchpad", drop: str | None = None) -> None:
    entry = {key: value for key, value in {**TOOL, **changes}.items() if key != drop}
    (folder / "tools" / f"{file}.yml").write_text(yaml.safe_dump(entry), encoding="utf-8")


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def complaint(folder: Path) -> str:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    return str(caught.value)


def test_a_catalogue_in_another_folder_is_read(folder: Path) -> None:
    assert set(load_catalogue(folder).tools) == {"sketchpad", "easel"}


def test_the_digest_changes_with_every_word(folder: Path) -> None:
    before = load_catalogue(folder).digest

    again = load_catalogue(folder).digest
    write(folder, {"good_for": "does the ordinary thing well"})
    after = load_catalogue(folder).digest

    assert before == again
    assert before != after
    assert re.fullmatch(r"[0-9a-f]{12}", after)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(
            {"colour": "red"},
            "tools/sketchpad.yml: colour: unknown key; remove it, or use one of id,",
            id="unknown key",
        ),
        pytest.param(
            {"review_by": "soon"}, "tools/sketchpad.yml: review_by: Input should be a valid date", id="no date"
        ),
        pytest.param(
            {"status": "resting"}, "tools/sketchpad.yml: status: Input should be 'active',", id="unknown status"
        ),
        pytest.param(
            {"tasks": ["text-to-gold"]},
            "tools/sketchpad.yml: tasks / not_for: no such task 'text-to-gold'; see tasks.yml",
            id="unknown task",
        ),
        pytest.param(
            {"makes": ["gold"], "tasks": []},
            "tools/sketchpad.yml: makes / not_for: no such output 'gold'; use one of text, code, image,",
            id="unknown output",
        ),
        pytest.param(
            {"tasks": ["text-to-video"]},
            "tools/sketchpad.yml: tasks: 'text-to-video' makes video: add that to `makes` or drop the task",
            id="a task it does not make",
        ),
        pytest.param(
            {"not_for": [{"task": "text-to-gold", "because": "there is none"}]},
            "tools/sketchpad.yml: tasks / not_for: no such task 'text-to-gold'",
            id="unknown task to keep off",
        ),
        pytest.param(
            {"id": "drawing-pad"},
            "tools/sketchpad.yml: id: it is 'drawing-pad'; make it equal to the file's name",
            id="id and file differ",
        ),
        pytest.param({"id": "easel"}, "tools: the id 'easel' is used twice: rename one", id="an id of another file"),
        pytest.param(
            {"aliases": ["easel"]},
            "aliases: 'easel' is also a name of easel: keep it in one",
            id="a name of another tool",
        ),
        pytest.param(
            {"replaced_by": ["nothing"]},
            "tools/sketchpad.yml: replaced_by: no such tool 'nothing'; add its file or name another",
            id="replaced by nothing",
        ),
        pytest.param(
            {"status": "retired", "tasks": []},
            "tools/sketchpad.yml: the entry: `status: retired` needs `retired_on`",
            id="retired, but when",
        ),
        pytest.param(
            {"status": "archived"},
            "tools/sketchpad.yml: tasks: a tool whose status is 'archived' is not recommended; empty the list",
            id="archived, but recommended",
        ),
        pytest.param(
            {"retired_on": date(2027, 1, 1)},
            "tools/sketchpad.yml: the entry: `retired_on` is a claim: give its `status_source`",
            id="an end without a source",
        ),
        pytest.param(
            {"licence": {"name": "MIT", "commercial": "yes"}},
            "tools/sketchpad.yml: licence: `commercial` is a claim: give the licence's `source`",
            id="a licence without a source",
        ),
        pytest.param(
            {"licence": {"name": "MIT", "free_to_run": True}},
            "tools/sketchpad.yml: the entry: `free_to_run` needs `self-host` in `access`",
            id="free, but not to run",
        ),
        pytest.param(
            {"prices": [{"amount": 1, "unit": "images", "source": PAGE}]},
            "tools/sketchpad.yml: prices.0.as_of: missing; add it",
            id="a price without a day",
        ),
        pytest.param(
            {"prices": [{"amount": 1, "unit": "images", "as_of": TODAY}]},
            "tools/sketchpad.yml: prices.0.source: missing; add it",
            id="a price without a source",
        ),
        pytest.param(
            {"prices": [{"amount": -1, "unit": "images", "as_of": TODAY, "source": PAGE}]},
            "tools/sketchpad.yml: prices.0.amount: Input should be greater than or equal to 0",
            id="a price below zero",
        ),
        pytest.param(
            {"prices": [{"amount": 1, "unit": "pounds", "as_of": TODAY, "source": PAGE}]},
            "tools/sketchpad.yml: prices.0.unit: Input should be 'images',",
            id="an unknown unit",
        ),
    ],
)
def test_a_wrong_tool_is_refused_with_file_field_and_repair(folder: Path, change: dict[str, Any], says: str) -> None:
    write(folder, change)

    text = complaint(folder)

    assert text.startswith("The catalogue has mistakes. Mend them and run `which-ai catalogue check`:\n")
    assert says in text


@pytest.mark.parametrize("field", ["name", "review_by", "licence", "technology"])
def test_a_missing_field_is_named(folder: Path, field: str) -> None:
    write(folder, {}, drop=field)

    assert f"tools/sketchpad.yml: {field}: missing; add it" in complaint(folder)


def test_every_wrong_file_is_named_at_once(folder: Path) -> None:
    write(folder, {"colour": "red"})
    write(folder, {"id": "easel", "name": "Easel", "status": "resting"}, "easel")

    text = complaint(folder)

    assert "tools/sketchpad.yml: colour" in text
    assert "tools/easel.yml: status" in text


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("tools/sketchpad.yml", b"id: [sketchpad\n", "tools/sketchpad.yml is not valid YAML: line 2: "),
        ("tools/sketchpad.yml", b"id: sketchpad\nname: 'x\n", "tools/sketchpad.yml is not valid YAML: line 3: "),
        ("tools/sketchpad.yml", b"name: caf\xe9\n", "sketchpad.yml cannot be read as UTF-8 text"),
        ("tools/sketchpad.yml", b"", "tools/sketchpad.yml must hold `key: value` pairs at the top"),
        ("tools/sketchpad.yml", b"- a\n- b\n", "tools/sketchpad.yml must hold `key: value` pairs at the top"),
        ("tools/sketchpad.yml", b"review_by: 2027-02-31\n", "tools/sketchpad.yml holds a date that does not exist"),
        ("tasks.yml", b"tasks:\n", "tasks.yml: tasks: missing or not a list"),
        ("modalities.yml", b"outputs: []\n", "modalities.yml: modalities: missing or not a list"),
        ("concepts.yml", b"concepts: { a: b }\n", "concepts.yml: concepts: missing or not a list"),
        ("conversions.yml", b"conversions: []\n", "conversions.yml: token_prices: "),
        ("misuse.yml", b"misuse: [{ id: x }]\n", "misuse.yml: x: says: missing; add it"),
    ],
    ids=[
        "open bracket",
        "open quote",
        "Latin-1",
        "empty",
        "a list",
        "31 February",
        "nothing under its key",
        "another key",
        "not a list",
        "no data set",
        "half an entry",
    ],
)
def test_a_file_that_is_no_catalogue_file_is_refused(folder: Path, file: str, content: bytes, says: str) -> None:
    (folder / file).write_bytes(content)

    assert says in complaint(folder)


def test_a_missing_vocabulary_is_named(folder: Path) -> None:
    (folder / "tasks.yml").unlink()

    assert "tasks.yml: tasks: missing or not a list" in complaint(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("tasks.yml", "output: text\n", "output: gold\n", "tasks.yml: text-generation: output: no such output 'gold'"),
        (
            "tasks.yml",
            "starts_from: [text-generation]",
            "starts_from: [thinking]",
            "starts_from: no such task 'thinking'; name one of this file",
        ),
        (
            "tasks.yml",
            "- id: summarization",
            "- id: text-generation",
            "tasks.yml: the id 'text-generation' is used twice",
        ),
        ("modalities.yml", "- id: sound\n", "- id: noise\n", "tasks.yml: no task makes noise; add one"),
        ("conversions.yml", "factor: 1.34", "factor: 0", "conversions.yml: factor: Input should be greater than 0"),
        (
            "conversions.yml",
            "as_of: 2026",
            "as_of: 20 26",
            "conversions.yml: token_prices: as_of: Input should be a valid date",
        ),
        ("misuse.yml", "as_of: 2026-11-23", "seen: 2026-11-23", "unknown key; remove it"),
    ],
    ids=["output", "preparation", "id", "an output without tasks", "factor", "day", "key"],
)
def test_a_wrong_vocabulary_is_refused(folder: Path, file: str, old: str, new: str, says: str) -> None:
    edit(folder, file, old, new)

    assert says in complaint(folder)


# ---- what a price, a licence and a limit may say


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"amount": 1}, "give `unit` for a metered price or `per: month|year` for a plan, not both"),
        ({"amount": 1, "unit": "images", "per": "month"}, "give `unit` for a metered price or"),
        ({"unit": "images"}, "give exactly one of `amount`, `low` with `high`, or `tiers`"),
        ({"amount": 1, "low": 1, "high": 2, "unit": "images"}, "give exactly one of"),
        ({"low": 1, "unit": "images"}, "give exactly one of"),
        ({"low": 2, "high": 1, "unit": "images"}, "`low` is above `high`: swap them"),
        ({"unit": "images", "tiers": [{"above": 5, "amount": 1}]}, "`tiers` start with `above: 0` and rise"),
        (
            {
                "unit": "images",
                "tiers": [{"above": 0, "amount": 1}, {"above": 9, "amount": 1}, {"above": 5, "amount": 1}],
            },
            "`tiers` start with `above: 0` and rise",
        ),
        ({"per": "month", "tiers": [{"above": 0, "amount": 1}]}, "`tiers` are for metered prices"),
    ],
)
def test_a_price_is_of_one_kind(facts: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        a_price(**facts)


@pytest.mark.parametrize(
    "make",
    [
        lambda: NotFor(because="for no reason"),
        lambda: NotFor(output="text", task="logo", because="for two reasons"),
        lambda: Licence(name="MIT", commercial="yes"),
        lambda: a_tool(status="deprecated"),
        lambda: a_tool(id="Not An Id"),
    ],
    ids=["a limit on nothing", "a limit on two things", "a claim without a source", "an end without a day", "a bad id"],
)
def test_half_a_fact_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"name either|is a claim|needs `retired_on`|should match pattern"):
        make()


def test_what_is_read_does_not_change() -> None:
    tool: Tool = a_tool()
    price: Price = tool.prices[0]

    with pytest.raises(ValueError, match="frozen"):
        price.amount = None
