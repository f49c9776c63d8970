"""The `which-ai` command as its user runs it: a real process, the shipped model, a real database file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(sys.executable).with_name("which-ai")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def which_ai(*arguments: str, stdin: bytes = b"", **environment: str) -> Done:
    done = subprocess.run(
        [SCRIPT, *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )
    result = Done(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in result.out + result.err
    return result


def test_an_answer_is_printed_plain_in_a_pipe_and_found_again_by_its_id() -> None:
    asked = which_ai("ask", "can I get a simple logo from the OpenAI chat API from our company description?")
    decision = asked.out.split()[-1]

    shown = which_ai("show", decision)
    listed = which_ai("history", "logo")

    assert asked.code == 0
    assert "\x1b" not in asked.out
    assert "→ " in asked.out
    assert "can I get a simple logo" in shown.out
    assert decision in listed.out


def test_the_json_answer_is_the_one_that_is_logged() -> None:
    asked = which_ai("ask", "--json", "voiceover for 20 training videos of 5 minutes, German and French, under $100")

    answer = asked.json()
    shown = which_ai("show", "--json", answer["decision"])

    assert answer["outputs"] == ["speech"]
    assert answer["constraints"]["volume"] == {"amount": 100, "unit": "minutes", "per": None}
    assert answer["constraints"]["budget"] == {"amount": 100, "currency": "USD", "per": None}
    assert answer["constraints"]["language"] == ["de", "fr"]
    assert shown.json() == answer


def test_piped_chat_answers_line_by_line_remembers_the_thread_and_ends_by_itself() -> None:
    done = which_ai("chat", stdin=b"300 product pictures a month\n\nmake it 2,000 a month\n")

    assert done.code == 0
    assert done.out.count("→ ") == 2
    assert "300 images" in done.out
    assert "2,000 images" in done.out


def test_batch_keeps_the_order_and_a_bad_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(
        b'{"id": "a", "question": "a logo for our bakery"}\n'
        b"not json\n"
        b'{"id": "b"}\n'
        b'["a", "list"]\n'
        b'{"id": "c", "question": ""}\n'
        b'{"id": {"deep": 1}, "question": "a logo"}\n'
        b'{"id": "d", "question": "\xff\xfe broken"}\n'
        b"\n"
        b'{"id": 7, "question": "which of our customers will cancel next quarter?"}\n'
    )

    done = which_ai("batch", str(file))

    answers = done.lines()
    assert done.code == 0
    assert [answer["id"] for answer in answers] == ["a", None, "b", None, "c", None, None, 7]
    assert ["error" in answer for answer in answers] == [False, True, True, True, True, True, True, False]
    assert answers[-1]["outputs"] == ["none"]
    assert "8 lines, 6 with errors" in done.err
    assert len(which_ai("history", "--json").lines()) == 2


def test_batch_reads_standard_input() -> None:
    done = which_ai("batch", "-", stdin=b'{"id": "x", "question": "background music for our hotel lift"}\n')

    assert [answer["id"] for answer in done.lines()] == ["x"]


def test_a_batch_file_that_is_not_there_is_named() -> None:
    done = which_ai("batch", "nowhere.jsonl")

    assert done.code == 1
    assert "nowhere.jsonl cannot be read" in done.err


BAD_QUESTIONS = {
    "empty": "",
    "blank": "   ",
    "emoji only": "🎉🎉🎉",
    "emoji names only": ":tada: :wave:",
    "punctuation only": "?!",
    "control characters only": "\x01\x02\x1b",
    "40,000 characters": "a logo please " * 2_858,
}


@pytest.mark.parametrize("text", BAD_QUESTIONS.values(), ids=BAD_QUESTIONS.keys())
def test_what_cannot_be_read_gets_a_clear_message_and_a_failing_exit_code(text: str) -> None:
    done = which_ai("ask", "--", text)

    assert done.code == 1
    assert done.out == ""
    assert done.err.startswith("which-ai: ")
    assert "Say in" in done.err


@pytest.mark.parametrize("text", ["أحتاج إلى شعار لمخبزي", "\u202ea logo for us\u202c", "lo\x07go for a bakery"])
def test_odd_but_readable_text_is_answered(text: str) -> None:
    assert which_ai("ask", "--", text).code == 0


def test_broken_utf8_on_standard_input_is_answered_as_well_as_it_can_be() -> None:
    done = which_ai("chat", stdin=b"a logo for our caf\xe9\n")

    assert done.code == 0
    assert "→ " in done.out


def test_a_question_that_cannot_be_answered_fails_piped_chat_but_not_the_rest_of_it() -> None:
    done = which_ai("chat", stdin="🎉\na logo for our bakery\n".encode())

    assert done.code == 1
    assert "There are no words to read" in done.err
    assert "→ " in done.out


@pytest.mark.parametrize("address", ["mysql://host/name", "nonsense", "sqlite:////proc/nowhere/decisions.db"])
def test_a_log_that_cannot_be_opened_loses_the_record_but_not_the_answer(address: str) -> None:
    done = which_ai("ask", "a logo for our bakery", DATABASE_URL=address)

    assert done.code == 1
    assert "→ " in done.out
    assert "could not be logged" in done.err
    assert "DATABASE_URL" in done.err


def test_a_damaged_log_says_what_to_do_and_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "decisions.db"
    file.write_bytes(b"no database" * 100)

    done = which_ai("history", DATABASE_URL=f"sqlite:///{file}")

    assert done.code == 1
    assert "cannot be opened" in done.err
    assert file.read_bytes() == b"no database" * 100


def test_an_unknown_id_fails_with_the_way_to_find_one() -> None:
    done = which_ai("show", "000000000000")

    assert done.code == 1
    assert "`which-ai history` lists the newest ones" in done.err


def test_an_empty_log_says_how_to_fill_it() -> None:
    done = which_ai("history")

    assert done.code == 0
    assert "No decisions yet" in done.out


def test_a_wrong_setting_is_named() -> None:
    done = which_ai("ask", "a logo", WHICH_AI_ENGINE="oracle")

    assert done.code == 1
    assert "WHICH_AI_ENGINE" in done.err


def test_the_catalogue_can_be_checked_and_listed() -> None:
    checked = which_ai("catalogue", "check")
    listed = which_ai("catalogue", "list", "--output", "sound")
    unknown = which_ai("catalogue", "list", "--output", "smell")

    assert checked.code == 0
    assert "The catalogue is in order" in checked.out
    assert all("sound" in line for line in listed.out.splitlines())
    assert unknown.code == 1
    assert "There is no output 'smell'" in unknown.err


@pytest.mark.parametrize(
    "command", [[], ["ask"], ["chat"], ["batch"], ["history"], ["show"], ["evaluate"], ["catalogue"]]
)
def test_every_command_explains_itself(command: list[str]) -> None:
    done = which_ai(*command, "--help")

    assert done.code == 0
    assert "Usage" in done.out


def test_shell_completion_can_be_installed() -> None:
    assert "--install-completion" in which_ai("--help").out


def test_nothing_is_left_behind_but_the_log(tmp_path: Path) -> None:
    which_ai("ask", "a logo for our bakery")

    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left <= {f"data/which-ai/decisions.db{suffix}" for suffix in ("", "-wal", "-shm")}
