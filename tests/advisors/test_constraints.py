from collections.abc import Sequence
from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest

from advisors.constraints import constraints_in
from advisors.models import Constraints
from tests.advisors.builders import the_tasks


def volume_of(text: str, language: str = "en", tasks: Sequence[str] = ()) -> Any:
    volume = constraints_in(text, language, [the_tasks()[task] for task in tasks]).volume
    return volume and (volume.amount, volume.unit, volume.per)


def budget_of(text: str, language: str = "en") -> Any:
    budget = constraints_in(text, language).budget
    return budget and (budget.amount, budget.currency, budget.per)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("cut out 300 photos", 300, "images"),
        ("cut out 1,500 photos", 1500, "images"),
        ("cut out 20k photos", 20000, "images"),
        ("cut out 1.2m photos", 1200000, "images"),
        ("cut out 20 thousand photos", 20000, "images"),
        ("cut out two hundred and fifty photos", 250, "images"),
        ("cut out a couple hundred photos", 200, "images"),
        ("cut out a couple of thousand photos", 2000, "images"),
        ("cut out half a million photos", 500000, "images"),
        ("cut out a dozen photos", 12, "images"),
        ("cut out two dozen photos", 24, "images"),
        ("cut out roughly 80 really old wedding photos", 80, "images"),
        ("half an hour of narration", 30, "minutes"),
        ("an hour and a half of narration", 90, "minutes"),
        ("three quarters of an hour of narration", 45, "minutes"),
        ("subtitles for 40 min of talk", 40, "minutes"),
        ("12 songs for the musical", 12, "tracks"),
        ("translate 12k words", 12000, "words"),
        ("type up 90 handwritten pages", 90, "pages"),
    ],
)
def test_an_amount_is_read_however_it_is_written(text, amount, unit):
    assert volume_of(text) == (Decimal(amount), unit, None)


@pytest.mark.parametrize(
    "text",
    ["cut out 200-300 photos", "cut out 200 to 300 photos", "cut out 200 or 300 photos", "cut out 200 – 300 photos"],
)
def test_a_range_counts_with_its_upper_end(text):
    assert volume_of(text) == (300, "images", None)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("30 photos a day", "day"),
        ("30 photos every week", "week"),
        ("30 photos monthly", "month"),
        ("30 photos/mo", "month"),
        ("30 photos per year", "year"),
        ("every month 30 photos", "month"),
    ],
)
def test_the_period_is_read_with_the_amount(text, per):
    assert volume_of(text) == (30, "images", per)


@pytest.mark.parametrize(
    ("text", "minutes", "per"),
    [
        ("narration for 20 videos of 5 minutes", 100, None),
        ("3 episodes a week, 40 min each", 120, "week"),
        ("20 clips, 30 seconds each", 10, None),
    ],
)
def test_pieces_of_a_length_are_multiplied_out(text, minutes, per):
    found = constraints_in(text, "en").volume

    assert found is not None
    assert (round(found.amount, 6), found.unit, found.per) == (minutes, "minutes", per)


@pytest.mark.parametrize(
    "text",
    [
        "is GPT-4 good at reports",
        "a 4K video of the harbour",
        "our 1931 postcards",
        "the meeting at 10:30 with videos",
        "my 12 year old draws pictures",
        "iPhone 15 photos",
        "call 0171 2345678 for documents",
        "lots of pictures",
        "a few thousand pictures",
        "a 30 second spot",
        "two clients drift apart",
        "42 customers left us",
    ],
)
def test_a_number_that_is_no_amount_of_work_is_left_alone(text):
    assert volume_of(text) is None


def test_people_are_rows_when_they_are_invented():
    assert volume_of("5,000 fake customers for staging") == (5000, "rows", None)


def test_a_bare_amount_takes_the_noun_that_was_named_before():
    assert volume_of("invoices come in on paper, about 900 a week") == (900, "documents", "week")


@pytest.mark.parametrize(
    ("text", "task", "expected"),
    [
        ("7 hedgehogs in ink for our cookbook", "text-to-image", (7, "images", None)),
        ("90 gym lockers off the background", "background-removal", (90, "images", None)),
        ("300 SKUs, every one on white", "product-photo", (300, "images", None)),
        ("12 garden gnomes for the game", "text-to-3d", (12, "models", None)),
        ("40,000 stays for the load test", "test-data", (40000, "rows", None)),
        ("40,000 customers for the load test", "test-data", (40000, "rows", None)),
        ("8 owls and creaks, all different ones", "sound-effects", (8, "sounds", None)),
        ("six people typing Kotlin all day", "code-completion", (6, "users", None)),
        ("which of 1,200 boilers fails next", "tabular-classification", (1200, "items", None)),
        ("type up claims forms, 2,400, all by hand", "document-extraction", (2400, "documents", None)),
        ("we need 8,000 with sane dates", "test-data", (8000, "rows", None)),
    ],
)
def test_what_a_figure_counts_follows_from_what_is_wanted(text, task, expected):
    assert volume_of(text, tasks=[task]) == expected


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("I took 300 photos all around the chair", "image-to-3d"),
        ("9 founding members of a brass band", "voice-agent"),
        ("fine-tune it on 200 drawings", "text-to-image"),
        ("hooks 40 wide and 30 mm thick", "cad-design"),
        ("should hang 3m tall in the hall", "image-upscaling"),
        ("thousands of cats", "text-to-image"),
        ("it costs us 40 minutes", "summarization"),
        ("read out every 10 minutes", "text-to-speech"),
        ("3 minutes of her voice are on tape", "voice-cloning"),
    ],
)
def test_a_figure_about_something_else_is_no_volume(text, task):
    assert volume_of(text, tasks=[task]) is None


def test_the_recording_counts_and_not_what_it_is_cut_down_to():
    assert volume_of("cut the 3 hours down to 5 minutes", tasks=["video-editing"]) == (3, "hours", None)


def test_what_is_invented_counts_and_not_the_few_real_ones():
    assert volume_of("we have 60 messages, want 3,000", tasks=["synthetic-training-data"]) == (3000, "rows", None)


def test_a_figure_counts_the_first_of_several_tasks_that_it_fits():
    assert volume_of("write the blurbs and cut out 40 photos", tasks=["text-generation", "background-removal"]) == (
        (40, "images", None)
    )


def test_a_longer_text_that_wants_nothing_made_counts_nothing():
    assert (
        volume_of("somebody told me that last summer they had made 300 photos a day with one of these things") is None
    )


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("zweihundert Bilder pro Monat freistellen", "de", (200, "images", "month")),
        ("1.500 Fotos freistellen", "de", (1500, "images", None)),
        ("eine halbe Stunde Hörspiel vertonen", "de", (30, "minutes", None)),
        ("eine zwanzigminütige Klangfläche", "de", (20, "minutes", None)),
        ("trois cents photos par mois", "fr", (300, "images", "month")),
        ("une trentaine de photos", "fr", (30, "images", None)),
        ("trescientas fotos al mes", "es", (300, "images", "month")),
        ("media hora de audio", "es", (30, "minutes", None)),
        ("duzentas fotos por mês", "pt", (200, "images", "month")),
        ("duecento foto al mese", "it", (200, "images", "month")),
        ("写真が700枚あります", "ja", (700, "images", None)),
        ("每月三百张图", "zh", (300, "images", "month")),
        ("三千张照片", "zh", (3000, "images", None)),
    ],
)
def test_amounts_are_read_in_other_languages(text, language, expected):
    assert volume_of(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("up to $50/month", (50, "USD", "month")),
        ("fifty bucks a month", (50, "USD", "month")),
        ("max 2k EUR", (2000, "EUR", None)),
        ("under 100 dollars", (100, "USD", None)),
        ("we have CHF 1'200", (1200, "CHF", None)),
        ("€1.500 all in", (1500, "EUR", None)),
        ("thirty quid monthly", (30, "GBP", "month")),
        ("600 zł in total", (600, "PLN", None)),
        ("between 20 and 40 euros, so 40 euros", (40, "EUR", None)),
    ],
)
def test_what_may_be_spent_is_read_with_currency_and_period(text, expected):
    assert budget_of(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("höchstens zwanzig Euro im Monat", "de", (20, "EUR", "month")),
        ("80 euros tout compris", "fr", (80, "EUR", None)),
        ("tenho quatrocentos reais", "pt", (400, "BRL", None)),
        ("月10万円まで", "ja", (100000, "JPY", "month")),
        ("预算五百块", "zh", (500, "CNY", None)),
    ],
)
def test_budgets_are_read_in_other_languages(text, language, expected):
    assert budget_of(text, language) == expected


@pytest.mark.parametrize(
    "text",
    ["the agency charges 900 euros", "it cost us $4,000", "they quoted 3k EUR for it", "I have 500", "a $0 plan"],
)
def test_a_price_that_is_only_mentioned_is_no_budget(text):
    assert budget_of(text) is None


def test_money_is_not_taken_for_an_amount_of_work():
    assert volume_of("500 dollars for pictures") is None


FLAGS = [
    ("it must run on our own servers", "self_host"),
    ("nothing may leave the building", "self_host"),
    ("something on-prem please", "self_host"),
    ("no cloud", "self_host"),
    ("zero dollars", "free"),
    ("we have no budget", "free"),
    ("free tools only", "free"),
    ("for a paid ad on Instagram, a radio spot", "commercial"),
    ("prints we sell online", "commercial"),
    ("open source only", "open_source"),
    ("it is under NDA", "confidential"),
    ("patient data in it", "confidential"),
    ("the patients' discharge letters", "confidential"),
    ("our personnel files", "confidential"),
    ("the kids' names are in there", "confidential"),
    ("nobody outside may see it", "confidential"),
    ("the model is unreleased", "confidential"),
    ("a table with not one real person in it", "confidential"),
    ("names, addresses, diagnoses", "confidential"),
    ("nobody here codes", "no_code"),
    ("I'm not a programmer", "no_code"),
    ("no-code please", "no_code"),
]


@pytest.mark.parametrize(("text", "flag"), FLAGS)
def test_a_flag_is_set_by_what_the_text_says(text, flag):
    assert constraints_in(text, "en").flags() == (flag,)


@pytest.mark.parametrize(
    ("text", "language", "flag"),
    [
        ("es muss auf eigenen Servern laufen", "de", "self_host"),
        ("kostenlos bitte", "de", "free"),
        ("niemand kann programmieren", "de", "no_code"),
        ("gratuit de préférence", "fr", "free"),
        ("no hay presupuesto", "es", "free"),
        ("ninguém aqui sabe programar", "pt", "no_code"),
        ("deve girare in locale", "it", "self_host"),
        ("無料でお願いします", "ja", "free"),
        ("必须本地部署", "zh", "self_host"),
        ("代码一窍不通", "zh", "no_code"),
    ],
)
def test_flags_are_read_in_other_languages(text, language, flag):
    assert constraints_in(text, language).flags() == (flag,)


@pytest.mark.parametrize(
    "text",
    [
        "feel free to say more",
        "royalty-free pictures",
        "a gluten free menu",
        "a freelancer did it",
        "it doesn't have to be self-hosted",
        "no need to be on-prem",
        "it needn't be open source",
        "a quiz on GDPR",
        "fictitious patients with odd diagnoses",
        "passport photos",
        "job ads",
        "no budget for a narrator",
        "the free ChatGPT did it",
        "not for sale, just for us",
        "open weights vs open source",
    ],
)
def test_what_only_looks_like_a_flag_sets_none(text):
    assert constraints_in(text, "en").flags() == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a flyer in German and French", ("de", "fr")),
        ("translate it into Japanese", ("ja",)),
        ("a Spanish voiceover", ("es",)),
        ("menu cards EN/DE/FR", ("en", "de", "fr")),
        ("poster for the corridor, English and German", ("en", "de")),
        ("bitte auf Deutsch", ("de",)),
        ("en inglés, por favor", ("en",)),
        ("translate from Dutch to English", ("en",)),
    ],
)
def test_the_languages_of_the_result_are_read_in_order(text, codes):
    assert constraints_in(text, "en").language == codes


@pytest.mark.parametrize(
    ("text", "task", "codes"),
    [
        ("the leaflet, now Somali", "translation", ("so",)),
        ("Our Danish film should be heard in Swedish", "dubbing", ("sv",)),
        ("the German text, please also in Czech and Greek", "translation", ("cs", "el")),
        ("queries from questions in plain English", "text-to-sql", ()),
    ],
)
def test_the_languages_of_the_result_follow_from_what_is_wanted(text, task, codes):
    assert constraints_in(text, "en", [the_tasks()[task]]).language == codes


@pytest.mark.parametrize(
    "text",
    ["summarise a recording in Dutch", "the text exists in German", "only needs a polish", "our Spanish team", "EN"],
)
def test_the_language_of_a_source_or_of_people_is_not_the_result_s(text):
    assert constraints_in(text, "en").language == ()


@pytest.mark.parametrize(
    "text", ["", "hi", "?!", "１２３", "$", "€€€ 5.5.5", "0 photos", "9" * 400 + " photos", "万万万", "a" * 8000]
)
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "it", "ja", "zh"])
def test_odd_texts_are_read_without_failing(text, language):
    assert isinstance(constraints_in(text, language), Constraints)


@pytest.mark.parametrize("piece", ["1 a day ", "free", "1,", "$5 ", "9", "\n", "nobody a "])
def test_a_long_text_is_read_in_a_blink(piece):
    started = perf_counter()
    constraints_in((piece * 8000)[:8000], "de")

    assert perf_counter() - started < 1
