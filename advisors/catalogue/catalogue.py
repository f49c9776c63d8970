"""Reads the catalogue's files, checks that they fit together, and answers look-ups."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from advisors.catalogue.schema import Concept, Conversion, DataSet, MisuseRule, Modality, Task, Tool
from advisors.errors import CatalogueError

FOLDER = Path(__file__).parent

Entry = TypeVar("Entry", bound=BaseModel)
Keyed = TypeVar("Keyed", Modality, Task, Tool, MisuseRule, Concept)


@dataclass(frozen=True)
class Catalogue:
    """Everything which-ai knows about outputs, tasks and tools, as of one digest."""

    modalities: Mapping[str, Modality]
    tasks: Mapping[str, Task]
    tools: Mapping[str, Tool]
    conversions: tuple[Conversion, ...]
    token_prices_source: str
    token_prices_as_of: date
    misuse: Mapping[str, MisuseRule]
    concepts: Mapping[str, Concept]
    digest: str
    """The first 12 hexadecimal digits of the SHA-256 of all files; stored with each decision."""

    @cached_property
    def tools_by_name(self) -> Mapping[str, str]:
        """Every name a tool goes by, in lower case, with the tool's id."""
        return {name: tool.id for tool in self.tools.values() for name in names_of(tool)}

    @cached_property
    def tools_by_task(self) -> Mapping[str, tuple[Tool, ...]]:
        """The active tools that are good for each task."""
        return {
            task: tuple(tool for tool in self.tools.values() if tool.status == "active" and task in tool.tasks)
            for task in self.tasks
        }

    def tasks_of(self, output: str) -> tuple[Task, ...]:
        """The tasks under an output, in file order."""
        return tuple(task for task in self.tasks.values() if task.output == output)


def names_of(tool: Tool) -> set[str]:
    """Every name a tool goes by, in lower case."""
    return {tool.id, tool.name.lower(), *(alias.lower() for alias in tool.aliases)}


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Read and check the catalogue in a folder.

    Raises:
        CatalogueError: a file is wrong; the text names every wrong file, its field and the repair.
    """
    texts = {path.relative_to(folder).as_posix(): _read(path) for path in sorted(folder.rglob("*.yml"))}
    files = {name: _parse(name, text) for name, text in texts.items()}
    problems: list[str] = []

    def entries(name: str, kind: type[Entry]) -> list[Entry]:
        listed = files.get(f"{name}.yml", {}).get(name)
        if not isinstance(listed, list):
            problems.append(f"{name}.yml: {name}: missing or not a list; see the catalogue that ships with which-ai")
            return []
        return [entry for raw in listed if (entry := _entry(f"{name}.yml", raw, kind, problems)) is not None]

    tools = [tool for name, raw in files.items() if name.startswith("tools/") for tool in _tool(name, raw, problems)]
    token_prices = _entry(
        "conversions.yml: token_prices", files.get("conversions.yml", {}).get("token_prices"), DataSet, problems
    )
    catalogue = Catalogue(
        modalities=_keyed("modalities.yml", entries("modalities", Modality), problems),
        tasks=_keyed("tasks.yml", entries("tasks", Task), problems),
        tools=_keyed("tools", tools, problems),
        conversions=tuple(entries("conversions", Conversion)),
        token_prices_source=token_prices.data_set if token_prices else "unknown",
        token_prices_as_of=token_prices.as_of if token_prices else date.min,
        misuse=_keyed("misuse.yml", entries("misuse", MisuseRule), problems),
        concepts=_keyed("concepts.yml", entries("concepts", Concept), problems),
        digest=hashlib.sha256("\0".join(f"{name}\0{text}" for name, text in texts.items()).encode()).hexdigest()[:12],
    )
    problems += _unknown_references(catalogue)
    if problems:
        raise CatalogueError(
            "The catalogue has mistakes. Mend them and run `which-ai catalogue check`:\n"
            + "\n".join(f"  {p}" for p in problems)
        )
    return catalogue


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(
            f"{path.name} cannot be read as UTF-8 text ({error}). Restore it or take it away."
        ) from error


def _parse(name: str, text: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        loaded = yaml.load(text, Loader=loader)  # noqa: S506 -- a safe loader, in C where there is one
    except yaml.YAMLError as error:
        raise CatalogueError(f"{name} is not valid YAML: {_complaint(error)}. Mend that line.") from error
    except ValueError as error:  # YAML itself reads dates, and refuses the 31st of February this way
        raise CatalogueError(f"{name} holds a date that does not exist: {error}. Mend it.") from error
    if not isinstance(loaded, dict):
        raise CatalogueError(f"{name} must hold `key: value` pairs at the top. See any other file in its folder.")
    return loaded


def _complaint(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"line {mark.line + 1}: {problem}" if mark else str(problem)


def _entry(name: str, raw: Any, kind: type[Entry], problems: list[str]) -> Entry | None:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        where = f"{name}: {raw['id']}" if name.count("/") == 0 and isinstance(raw, dict) and "id" in raw else name
        for detail in error.errors():
            field = ".".join(map(str, detail["loc"])) or "the entry"
            repair = {
                "extra_forbidden": f"unknown key; remove it, or use one of {', '.join(kind.model_fields)}",
                "missing": "missing; add it",
            }.get(detail["type"], detail["msg"].removeprefix("Value error, "))
            problems.append(f"{where}: {field}: {repair}")
        return None


def _tool(name: str, raw: Any, problems: list[str]) -> Iterable[Tool]:
    tool = _entry(name, raw, Tool, problems)
    if tool is None:
        return
    if name != f"tools/{tool.id}.yml":
        problems.append(f"{name}: id: it is {tool.id!r}; make it equal to the file's name")
    yield tool


def _keyed(name: str, items: Iterable[Keyed], problems: list[str]) -> dict[str, Keyed]:
    found: dict[str, Keyed] = {}
    for item in items:
        if item.id in found:
            problems.append(f"{name}: the id {item.id!r} is used twice: rename one")
        found[item.id] = item
    return found


def _unknown_references(catalogue: Catalogue) -> list[str]:
    problems = [
        f"tasks.yml: {task.id}: output: no such output {task.output!r}; use one of {', '.join(catalogue.modalities)}"
        for task in catalogue.tasks.values()
        if task.output not in catalogue.modalities
    ]
    problems += [
        f"tasks.yml: {task.id}: starts_from: no such task {other!r}; name one of this file"
        for task in catalogue.tasks.values()
        for other in task.starts_from
        if other not in catalogue.tasks
    ]
    problems += [
        f"tasks.yml: no task makes {modality.id}; add one"
        for modality in catalogue.modalities.values()
        if not catalogue.tasks_of(modality.id)
    ]
    owners: dict[str, str] = {}
    for tool in catalogue.tools.values():
        problems += [f"tools/{tool.id}.yml: {problem}" for problem in _tool_problems(tool, catalogue)]
        for name in names_of(tool):
            if owners.setdefault(name, tool.id) != tool.id:
                problems.append(
                    f"tools/{tool.id}.yml: aliases: {name!r} is also a name of {owners[name]}: keep it in one"
                )
    for concept in catalogue.concepts.values():
        problems += [
            f"concepts.yml: {concept.id}: see: no such concept {other!r}"
            for other in concept.see
            if other not in catalogue.concepts
        ]
    return problems


def _tool_problems(tool: Tool, catalogue: Catalogue) -> Iterable[str]:
    for output in {*tool.makes, *(n.output for n in tool.not_for if n.output)} - set(catalogue.modalities):
        yield f"makes / not_for: no such output {output!r}; use one of {', '.join(catalogue.modalities)}"
    for task in {*tool.tasks, *(n.task for n in tool.not_for if n.task)} - set(catalogue.tasks):
        yield f"tasks / not_for: no such task {task!r}; see tasks.yml"
    for task in tool.tasks:
        if task in catalogue.tasks and catalogue.tasks[task].output not in tool.makes:
            yield f"tasks: {task!r} makes {catalogue.tasks[task].output}: add that to `makes` or drop the task"
    for other in tool.replaced_by:
        if other not in catalogue.tools:
            yield f"replaced_by: no such tool {other!r}; add its file or name another"
    if tool.family is not None and tool.family not in catalogue.tools:
        yield f"family: no such tool {tool.family!r}; name the entry of kind family, or drop the key"
    if tool.status != "active" and tool.tasks:
        yield f"tasks: a tool whose status is {tool.status!r} is not recommended; empty the list"
