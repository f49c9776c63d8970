"""What a question proposes to do is heard in everyday words and in eight languages."""

from __future__ import annotations

import time

import pytest

from advisors.approaches import approaches_in
from advisors.models import Approach

MENTIONED = {
    Approach.FINE_TUNE: (
        "Let's fine-tune it on our tone",
        "we want to train our own model on the handbook",
        "they'd retrain the bot every Sunday",
        "Wir wollen ein Modell auf unsere Akten trainieren",
        "on va entraîner un modèle sur nos notices",
        "queremos entrenar una IA con nuestros correos",
        "社内文書でファインチューニングしたい",
        "想微调一个模型",
    ),
    Approach.TRAINING_TECHNIQUE: (
        "could a GAN draw our posters",
        "somebody sold us a VAE for the rota",
        "we would like to order one transformer",
        "does a diffusion model fit for invoices",
        "扩散模型能排班吗",
    ),
    Approach.CHATBOT: (
        "a chatbot that describes the sofa",
        "the bot keeps the stock list",
        "Wir stellen einen Chat-Assistenten auf die Seite",
        "un asistente virtual para la tienda",
        "チャットボットを置きたい",
        "上线一个聊天机器人",
    ),
    Approach.AI_DETECTOR: (
        "GPTZero says 90 percent, so she fails",
        "an AI detector for our essays",
        "Der KI-Detektor sagt 80 %",
        "el detector marcó 92 % de IA",
        "AI判定ツールで85%だった",
    ),
    Approach.LIKENESS: (
        "clone the voice of our late chairman",
        "make Obama say he loves our pizza",
        "a deepfake of the manager",
        "put her face on the poster",
        "mit seiner Stimme vorlesen lassen",
        "avec la voix de notre ancien directeur",
        "con la voz de mi abuelo",
        "con la sua voce",
        "社長の声を使いたい",
        "用他的声音念",
    ),
    Approach.CONSENT_GIVEN: (
        "our narrator signed a paper for it",
        "she agreed to have her voice copied",
        "clone MY voice, I narrate our reviews",
        "Sie ist einverstanden",
        "il a donné son accord par écrit",
        "本人签了授权",
    ),
    Approach.PERSONAL_DATA: (
        "paste the patient letters",
        "upload all CVs of the applicants",
        "die Gehälter aller Kollegen",
        "historias clínicas completas",
        "患者のカルテを要約",
    ),
    Approach.PUBLIC_APP: (
        "drop it into the free public chat site",
        "the nurse uses her private phone",
        "in die kostenlose Version von ChatGPT",
        "dans la version gratuite de ChatGPT",
        "無料版に貼る",
        "用免费版",
    ),
    Approach.STYLE_COPY: (
        "prints in the style of that famous painter",
        "a badge like the swoosh",
        "im Stil von einer lebenden Malerin",
        "dans le style de cette illustratrice",
        "al estilo de un pintor vivo",
    ),
    Approach.REGULATED_ADVICE: (
        "answers about dosage",
        "legal help for tenants",
        "Fragen zur Dosierung",
        "conseils juridiques",
        "薬の飲み合わせ",
    ),
    Approach.UNREVIEWED: (
        "nobody checks the answers",
        "without a doctor in between",
        "niemand prüft das",
        "sans relecture",
        "sin que nadie lo lea",
        "senza farmacista",
        "薬剤師の確認は挟まず",
    ),
    Approach.EXACT_LETTERING: (
        "a bar chart with the right heights",
        "a floor plan to scale",
        "a poster with eleven cities spelled correctly",
        "ein Diagramm mit Beschriftung",
        "con cotas y tolerancias",
        "図面が必要",
    ),
    Approach.DECEPTION: (
        "sixty five-star reviews before launch",
        "a fake photo for the insurance",
        "an app that undresses people",
        "heimlich aufnehmen und klonen",
        "de faux avis pour notre page",
        "opiniones inventadas de pacientes",
        "刷两百条好评",
    ),
    Approach.PERSONNEL_DECISION: (
        "the model decides which applicants we invite",
        "it rejects the CVs by itself",
        "Bewerber automatisch aussortieren",
        "que decida a qué empleados no se renueva, los candidatos los filtra",
        "応募者の合否を決める",
    ),
    Approach.LLM: (
        "an LLM for the accounts",
        "could a language model plan the tour",
        "ein Sprachmodell für die Kasse",
        "un modèle de langage",
        "大模型算账",
    ),
    Approach.API: ("does it have an API", "which endpoint do we call", "über eine Schnittstelle"),
}


@pytest.mark.parametrize(
    ("text", "approach"), [(text, approach) for approach, texts in MENTIONED.items() for text in texts]
)
def test_an_approach_is_heard_where_it_is_mentioned(text: str, approach: Approach) -> None:
    assert approach in approaches_in(text)


@pytest.mark.parametrize(
    ("text", "approach"),
    [
        ("voiceover for 20 training videos", Approach.FINE_TUNE),
        ("posters for the train station", Approach.FINE_TUNE),
        ("we use Stable Diffusion for the moods", Approach.TRAINING_TECHNIQUE),
        ("both ends of the robot arm", Approach.CHATBOT),
        ("a camera that detects scratches", Approach.AI_DETECTOR),
        ("a calm ready-made voice for the lift", Approach.LIKENESS),
        ("she never agreed to that", Approach.CONSENT_GIVEN),
        ("without consent of the family", Approach.CONSENT_GIVEN),
        ("er spricht besser als ich", Approach.CONSENT_GIVEN),
        ("royalty free music", Approach.PUBLIC_APP),
        ("in the style of our house", Approach.STYLE_COPY),
        ("made-up customers for a load test", Approach.DECEPTION),
        ("invented rows to test the app", Approach.DECEPTION),
        ("a rapid sketch", Approach.API),
    ],
)
def test_what_only_sounds_alike_is_no_mention(text: str, approach: Approach) -> None:
    assert approach not in approaches_in(text)


def test_an_ordinary_wish_mentions_no_approach() -> None:
    assert approaches_in("something calm to play under the film about our bakery") == frozenset()


def test_every_approach_has_cues() -> None:
    assert MENTIONED.keys() == set(Approach)


def test_capitals_make_no_difference() -> None:
    assert approaches_in("FINE-TUNE A CHATBOT") == approaches_in("fine-tune a chatbot")


def test_a_long_text_is_read_in_no_time() -> None:
    text = "the applicants and the voice of the staff and their essays " * 130

    started = time.perf_counter()
    approaches_in(text)

    assert time.perf_counter() - started < 1
