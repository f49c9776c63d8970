"""What `which-ai evaluate` prints and writes."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from advisors.advisor import Advisor
from advisors.catalogue import Catalogue
from advisors.evaluation import LabelError
from advisors.models import Classification, Constraints, Intent, Question, Reading
from bot.bootstrap import Bootstrap
from bot.errors import BotError
from bot.platforms.terminal.evaluate import evaluate_file
from bot.platforms.terminal.evaluation_text import decimal

LOGO = Classification(
    intent=Intent.RECOMMEND,
    readings=(Reading(output="image", confidence=0.9, task="logo"),),
    confidence=0.9,
    constraints=Constraints(free=True),
)
NASTY = '<script>alert("x")</script> & \x1b[31mred'


class ScriptedEngine:
    """Reads what it was told to, and keeps what it was asked."""

    version = "scripted@1"

    def __init__(self, **script: Classification) -> None:
        self.script = script
        self.asked: list[str] = []

    async def classify(self, question: Question) -> Classification:
        self.asked.append(question.text)
        return self.script.get(question.text, LOGO)


class OneAdvisor(Bootstrap):
    """The real parts, but for the advisor."""

    def __init__(self, advisor: Advisor) -> None:
        self._advisor = advisor

    def catalogue(self) -> Catalogue:
        return self._advisor.catalogue

    def advisor(self) -> Advisor:
        return self._advisor


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine(hello=Classification(intent=Intent.OTHER, confidence=0.8))


@pytest.fixture
def parts(engine: ScriptedEngine, catalogue: Catalogue) -> OneAdvisor:
    return OneAdvisor(Advisor(engine=engine, catalogue=catalogue))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    lines = [
        {
            "question": "a *logo*",
            "intent": "recommend",
            "outputs": ["image"],
            "tasks": ["logo"],
            "constraints": {"free": True},
        },
        {"question": "hello", "intent": "other", "outputs": []},
        {"question": "ein Lied", "intent": "recommend", "outputs": ["music"], "language": "de"},
        {"question": NASTY, "intent": "unclear", "outputs": []},
        {"question": "🎉", "intent": "other", "outputs": []},
    ]
    path = tmp_path / "labelled.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


async def test_the_report_prints_figures_with_intervals_and_targets(
    file: Path, parts: OneAdvisor, capsys: pytest.CaptureFixture[str]
) -> None:
    code = await evaluate_file(parts, file, None, as_json=False)

    printed = capsys.readouterr()
    assert code == 0
    assert "5 labelled questions · labelled.jsonl · scripted@1" in printed.out
    exact = next(line for line in printed.out.splitlines() if line.startswith("Exact set"))
    assert exact.split() == ["Exact", "set", "of", "outputs", ".500", ".000", "to", "1.000", "≥", ".80", "missed", "2"]
    assert "music → image" in printed.out
    assert "\x1b" not in printed.out
    assert printed.err == ""  # progress is for people at a terminal


async def test_questions_are_cleaned_before_the_engine_reads_them(
    file: Path, parts: OneAdvisor, engine: ScriptedEngine
) -> None:
    await evaluate_file(parts, file, None, as_json=False)

    assert engine.asked[0] == "a logo"


async def test_a_text_that_the_bot_refuses_counts_as_other(
    file: Path, parts: OneAdvisor, engine: ScriptedEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    await evaluate_file(parts, file, None, as_json=True)

    figures = json.loads(capsys.readouterr().out)
    other = next(score for score in figures["intents"] if score["label"] == "other")
    assert len(engine.asked) == 4
    assert (other["labelled"], other["read"], other["recall"]) == (2, 2, 1)


async def test_json_holds_every_figure_on_one_line(
    file: Path, parts: OneAdvisor, capsys: pytest.CaptureFixture[str]
) -> None:
    await evaluate_file(parts, file, None, as_json=True)

    printed = capsys.readouterr().out
    figures = json.loads(printed)
    assert printed.count("\n") == 1
    assert figures["engine"] == "scripted@1"
    assert figures["headline"]["exact_set"]["value"] == 0.5
    assert figures["headline"]["task"]["value"] == 1
    assert figures["headline"]["warned"]["counted"] == 2
    assert figures["headline"]["constraints_f1"]["value"] == 0.5  # free once rightly of one stated and three heard


async def test_the_page_stands_alone_and_escapes_what_people_wrote(
    file: Path, parts: OneAdvisor, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"

    await evaluate_file(parts, file, page, as_json=False)

    html = page.read_text(encoding="utf-8")
    elements = _Elements()
    elements.feed(html)
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp;" in html
    assert not elements.names & {"script", "link", "img", "iframe", "form"}
    assert elements.names >= {"svg", "table", "style"}
    assert elements.open == []
    assert "http" not in html
    assert "\x1b" not in html


async def test_the_page_of_flawless_reading_has_no_worst_lines(tmp_path: Path, parts: OneAdvisor) -> None:
    file, page = tmp_path / "one.jsonl", tmp_path / "report.html"
    file.write_text('{"question": "a logo", "intent": "recommend", "outputs": ["image"]}', encoding="utf-8")

    await evaluate_file(parts, file, page, as_json=False)

    assert "Worst lines" not in page.read_text(encoding="utf-8")


async def test_a_missing_file_is_named(tmp_path: Path, parts: OneAdvisor) -> None:
    with pytest.raises(BotError, match=r"nowhere\.jsonl cannot be read"):
        await evaluate_file(parts, tmp_path / "nowhere.jsonl", None, as_json=False)


async def test_a_wrong_label_stops_before_anything_is_asked(
    tmp_path: Path, parts: OneAdvisor, engine: ScriptedEngine
) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_text('{"question": "a", "intent": "recommend", "outputs": ["picture"]}', encoding="utf-8")

    with pytest.raises(LabelError, match="Line 1: `outputs` names 'picture'"):
        await evaluate_file(parts, file, None, as_json=False)

    assert engine.asked == []


async def test_a_page_that_cannot_be_written_loses_no_figures(
    file: Path, parts: OneAdvisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(BotError, match="could not be written"):
        await evaluate_file(parts, file, tmp_path / "no" / "folder.html", as_json=False)

    assert "Exact set of outputs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        (0.8124, ".812"),
        (1.0, "1.000"),
        (0.9999, "1.000"),
        (-0.03, "−.030"),
        (-0.0001, ".000"),
        (0.0, ".000"),
    ],
)
def test_figures_are_written_as_papers_write_them(value: float | None, said: str) -> None:
    assert decimal(value) == said


class _Elements(HTMLParser):
    """The elements of a page, and those left open at its end."""

    VOID = frozenset({"meta", "br", "line", "rect", "circle"})

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag
