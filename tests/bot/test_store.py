"""The decision log, on every database that it runs on."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from advisors.models import Budget, Classification, Constraints, Intent, NamedTool, Reading, Volume
from bot.errors import DecisionNotFound, StoreUnavailable
from bot.store import DecisionStore, open_database
from tests.bot.conftest import Decider


async def test_a_recorded_decision_is_found_by_its_id_as_it_was_answered(
    store: DecisionStore, decider: Decider
) -> None:
    decision = await decider.decide("a logo for our bakery")

    await store.record([decision], "terminal")

    found = await store.get(decision.id)
    assert found.question == "a logo for our bakery"
    assert found.platform == "terminal"
    assert found.decided_at == decision.decided_at
    assert found.answer["decision"] == decision.id
    assert found.answer["picks"][0]["output"] == "image"


async def test_the_reading_comes_back_whole_so_that_a_decision_can_be_replayed(
    store: DecisionStore, decider: Decider
) -> None:
    read = Classification(
        intent=Intent.MISUSE,
        readings=(Reading(output="image", task="product-photo", confidence=0.8, task_confidence=0.7),),
        confidence=0.75,
        constraints=Constraints(
            volume=Volume(amount=Decimal("300"), unit="images", per="month"),
            budget=Budget(amount=Decimal("49.90"), currency="EUR", per="month"),
            self_host=True,
            language=("de", "fr"),
        ),
        named_tools=(NamedTool(tool="gpt-4", as_written="GPT4"),),
    )
    decision = await decider.decide("300 pictures with GPT4", read=read)

    await store.record([decision], "terminal")

    assert (await store.get(decision.id)).classification == read


async def test_the_callers_own_id_finds_the_newest_answer_to_it(store: DecisionStore, decider: Decider) -> None:
    older, newer = [await decider.decide("a logo", question_id="42") for _ in range(2)]

    await store.record([older, newer], "batch")

    assert (await store.get("42")).id == newer.id


async def test_history_lists_the_newest_first_and_only_those_with_all_the_words(
    store: DecisionStore, decider: Decider
) -> None:
    texts = ["a logo for the bakery", "posters for the bakery", "a LOGO for the gym"]
    await store.record([await decider.decide(text) for text in texts], "terminal")

    everything = await store.history()
    bakery_logos = await store.history(["logo", "Bakery"])

    assert [decision.question for decision in everything] == texts[::-1]
    assert [decision.question for decision in bakery_logos] == ["a logo for the bakery"]


@pytest.mark.parametrize("word", ["%", "_", "'; DROP TABLE decisions; --", "\\"])
async def test_history_takes_words_literally(store: DecisionStore, decider: Decider, word: str) -> None:
    await store.record([await decider.decide("a logo"), await decider.decide(f"a logo {word} bakery")], "terminal")

    found = await store.history([word])

    assert [decision.question for decision in found] == [f"a logo {word} bakery"]


@pytest.mark.parametrize("text", ["a logo \x00 with a hole", "a logo \ud800 broken", "شعار لمخبزنا", "logo 🎉"])
async def test_odd_characters_do_not_stop_a_decision_from_being_logged(
    store: DecisionStore, decider: Decider, text: str
) -> None:
    decision = await decider.decide(text)

    await store.record([decision], "terminal")

    assert (await store.get(decision.id)).question


async def test_an_unknown_id_says_where_to_find_one(store: DecisionStore) -> None:
    with pytest.raises(DecisionNotFound, match="which-ai history"):
        await store.get("000000000000")


async def test_decisions_are_written_all_or_none(store: DecisionStore, decider: Decider) -> None:
    first, second = await decider.decide("a logo"), await decider.decide("a poster")
    await store.record([first], "terminal")

    with pytest.raises(StoreUnavailable):
        await store.record([second, first], "terminal")

    assert [decision.id for decision in await store.history()] == [first.id]


async def test_opening_twice_keeps_what_was_logged(database_url: str, decider: Decider) -> None:
    decision = await decider.decide("a logo")
    for _ in range(2):
        store = DecisionStore(await open_database(database_url))
        if not await store.history():
            await store.record([decision], "terminal")
        await store.close()

    reopened = DecisionStore(await open_database(database_url))

    assert [logged.id for logged in await reopened.history()] == [decision.id]
    await reopened.close()


async def test_sqlite_writes_ahead_so_that_readers_do_not_wait(tmp_path: Path, decider: Decider) -> None:
    store = DecisionStore(await open_database(f"sqlite:///{tmp_path}/decisions.db"))
    await store.record([await decider.decide("a logo")], "terminal")

    assert (tmp_path / "decisions.db-wal").exists()
    await store.close()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://host/name", "'mysql' is not a database known here"),
        ("not an address", "is not a database address"),
        ("postgresql://which:secret@127.0.0.1:1/none", "cannot be opened"),
    ],
)
async def test_an_address_that_cannot_be_used_is_named_without_its_password(address: str, said: str) -> None:
    with pytest.raises(StoreUnavailable, match=said) as refused:
        await open_database(address)

    assert "DATABASE_URL" in str(refused.value)
    assert "secret" not in str(refused.value)


async def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "decisions.db"
    file.write_bytes(b"this is not a database, but a diary" * 40)

    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        await open_database(f"sqlite:///{file}")

    assert file.read_bytes().startswith(b"this is not a database, but a diary")


async def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")

    with pytest.raises(StoreUnavailable, match="folder"):
        await open_database(f"sqlite:///{tmp_path}/taken/decisions.db")
