"""An evaluation as one HTML page that needs nothing else: no script, no font, no request. Pure."""

from __future__ import annotations

from html import escape

from advisors.evaluation import Report
from advisors.evaluation.report import Cell, Figure, Miss
from bot.platforms.terminal.evaluation_plots import heat_map, reliability, score_bars
from bot.platforms.terminal.evaluation_text import decimal, interval_of, target_of, verdict_of
from bot.platforms.terminal.render import printable

CONFUSIONS = 15
KEY = 'Ticks: <span class="key precision"></span>precision, <span class="key recall"></span>recall.'

STYLE = """
:root { color-scheme: light dark; --ink: #1d2129; --soft: #5b6472; --paper: #fff; --line: #dfe3e8; --bar: #9dbcf0;
  --strong: #1f5fbf; --hit: #8db4f2; --slip: #f0a982; --good: #17693a; --bad: #a33a09; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #9aa4b2; --paper: #14171c; --line: #333a44;
  --bar: #34568f; --strong: #8ab4f8; --hit: #2f5fae; --slip: #96481f; --good: #6fd195; --bad: #f5a173; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: .5rem 0; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .4rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
p { margin: .3rem 0 .8rem; color: var(--soft); max-width: 44rem; overflow-wrap: anywhere; }
.wide { overflow-x: auto; } .side { display: flex; flex-wrap: wrap; gap: 0 3rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; } th { font-weight: 600; }
.met { color: var(--good); } .missed { color: var(--bad); font-weight: 600; }
svg { width: 100%; height: auto; display: block; font: 13px system-ui, sans-serif; }
svg text { fill: var(--ink); } svg .small { font-size: 12px; fill: var(--soft); }
.grid { stroke: var(--line); } .ideal { stroke: var(--soft); stroke-dasharray: 5 4; }
.bar { fill: var(--bar); } .dot { fill: var(--strong); } .target { stroke: var(--bad); stroke-dasharray: 4 3; }
.precision { stroke: var(--strong); stroke-width: 2; } .recall { stroke: var(--ink); stroke-width: 2; }
.key { display: inline-block; width: 1.1em; height: .8em; border-left: 3px solid; }
.key.precision { border-color: var(--strong); } .key.recall { border-color: var(--ink); }
.heat th, .heat td { text-align: center; border: 1px solid var(--line); padding: .3rem .45rem; min-width: 2.6rem; }
.heat th[scope=row] { text-align: right; position: sticky; left: 0; background: var(--paper); }
.hit { background: color-mix(in srgb, var(--hit) var(--share), var(--paper)); }
.slip { background: color-mix(in srgb, var(--slip) var(--share), var(--paper)); }
.worst td { white-space: normal; text-align: left; vertical-align: top; }
.worst td:last-child { overflow-wrap: anywhere; }
.worst th { text-align: left; } .worst td:nth-child(-n+2) { white-space: nowrap; }
@media (max-width: 40rem) { .worst thead { display: none; } .worst tr { display: block; padding: .5rem 0;
  border-bottom: 1px solid var(--line); } .worst td { border: 0; display: inline; padding: 0 .6rem 0 0; }
  .worst td:last-child { display: block; } .worst td:nth-child(4)::before { content: "→ "; }
  body { padding: .7rem; } table { font-size: .8rem; } th, td { padding: .25rem .2rem; }
  td:first-child { white-space: normal; }
  .headline :is(th, td):last-child, .languages :is(th, td):nth-child(2n+3) { display: none; } }
"""


def to_page(report: Report, measured: str) -> str:
    """The page of a report; `measured` says which file was read by which engine."""
    sections = (
        _headline(report),
        _by_language(report),
        _confidence(report),
        _outputs(report),
        _intents(report),
        _constraints(report),
        _worst(report),
    )
    title = "How well which-ai reads questions"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>"
        f"<h1>{title}</h1><p>{report.lines:,} labelled questions · {_safe(measured)}</p>"
        f"{''.join(sections)}</main></body></html>\n"
    )


def _safe(text: str) -> str:
    """What people wrote, as text that no browser takes for more."""
    return escape(" ".join(printable(text).split()))


def _section(title: str, said: str, *parts: str) -> str:
    return f"<section><h2>{title}</h2><p>{said}</p>{''.join(parts)}</section>"


def _table(head: str, rows: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<div class="wide"><table{named}><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _heads(*names: str) -> str:
    return "".join(f'<th scope="col">{name}</th>' for name in names)


def _headline(report: Report) -> str:
    said = "Each figure with its 95 % interval (lines drawn again 1,000 times) and the target where one was set."
    heads = _heads("", "figure", "95 % interval", "target", "", "cases")
    return _section("Headline figures", said, _table(heads, "".join(map(_figure_row, report.headline)), "headline"))


def _figure_row(figure: Figure) -> str:
    verdict = verdict_of(figure)
    return (
        f"<tr><td>{escape(figure.name)}</td><td>{decimal(figure.value)}</td><td>{interval_of(figure)}</td>"
        f'<td>{target_of(figure)}</td><td class="{verdict}">{verdict}</td><td>{figure.counted:,}</td></tr>'
    )


def _by_language(report: Report) -> str:
    if len(report.groups) < 2:
        return ""
    names = list(report.groups)
    rows = "".join(
        f"<tr><td>{escape(same[0].name)}</td>"
        + "".join(f"<td>{decimal(f.value)}</td><td>{interval_of(f)}</td>" for f in same)
        + "</tr>"
        for same in zip(*report.groups.values(), strict=True)
        if any(figure.value is not None for figure in same)
    )
    heads = _heads("", *(part for name in names for part in (name, "95 % interval")))
    sizes = ", ".join(f"{report.group_lines[name]:,} in {name}" for name in names)
    return _section("English and other languages", f"{sizes}.", _table(heads, rows, "languages"))


def _confidence(report: Report) -> str:
    said = (
        "Bars: the share of lines read right (intent and set of outputs), by confidence. A dot above the dashed line "
        "is modest, one below it is too sure; the bigger, the more lines."
    )
    return _section("Does it know what it knows?", said, reliability(report.bins))


def _outputs(report: Report) -> str:
    order = [*(score.label for score in report.outputs), "nothing"]
    said = f"Bars: F1 and how often the output is labelled. {KEY}"
    confused = (
        "Confusions: rows are labelled, columns are read, shaded by share of the row. "
        "<em>nothing</em> stands where one side has no counterpart."
    )
    return _section(
        "Outputs",
        said,
        score_bars("F1 of each output", report.outputs),
        f"<p>{confused}</p>",
        f'<div class="wide">{heat_map(report.output_cells, order)}</div>',
    )


def _intents(report: Report) -> str:
    order = [score.label for score in report.intents]
    pairs = f'<div class="side">{_pairs("Outputs confused most", report.output_confusions)}'
    pairs += f"{_pairs('Intents confused most', report.intent_confusions)}</div>"
    return _section(
        "Intents",
        f"Bars: F1 and how often the intent is labelled. {KEY}",
        score_bars("F1 of each intent", report.intents),
        f'<div class="wide">{heat_map(report.intent_cells, order)}</div>',
        pairs,
    )


def _pairs(title: str, cells: tuple[Cell, ...]) -> str:
    rows = "".join(
        f"<tr><td>{escape(cell.labelled)} → {escape(cell.read)}</td><td>{cell.lines:,}</td></tr>"
        for cell in cells[:CONFUSIONS]
    )
    return f"<div><h3>{title}</h3>{_table(_heads('labelled → read', 'lines'), rows)}</div>" if rows else ""


def _constraints(report: Report) -> str:
    if not any(score.labelled for score in report.constraints):
        return ""
    target = report.figure("constraints_f1").target
    said = f"A volume or budget counts only when amount, unit and period all agree. Dashed: the target. {KEY}"
    return _section("Constraints", said, score_bars("F1 of each constraint", report.constraints, target))


def _worst(report: Report) -> str:
    if not report.worst:
        return ""
    said = "Lines read wrong with the highest confidence."
    heads = _heads("line", "sure", "labelled", "read", "question")
    return _section("Worst lines", said, _table(heads, "".join(map(_miss_row, report.worst)), "worst"))


def _miss_row(miss: Miss) -> str:
    asked = "<br>asked back" if miss.asked_back else ""
    cells = (
        str(miss.number),
        decimal(miss.confidence, 2),
        _safe(miss.labelled),
        f"{_safe(miss.read)}{asked}",
        f'<span lang="{escape(miss.language)}">{_safe(miss.question)}</span>',
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
