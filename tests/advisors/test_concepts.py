"""Questions about terms and comparisons find their entry, and every entry is short and true to the catalogue's form."""

from __future__ import annotations

import pytest

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Concept
from advisors.concepts import concept_named_in, explain, fold

WORDINGS = {
    "So is an LLM just another word for generative AI?": "llm-vs-generative-ai",
    "Ist ein Sprachmodell dasselbe wie generative KI?": "llm-vs-generative-ai",
    "Is Midjourney a large language model as well?": "are-all-generative-tools-llms",
    "Could a language model write us a song, I mean the audio?": "can-an-llm-make-images-or-music",
    "We are a small business and new to AI. Where to start?": "where-should-a-business-start",
    "Can you put LLM vs generative AI in a table for my slides?": "generative-ai-vs-llm-table",
    "How do we choose between all these tools without a consultant?": "how-to-choose",
    "LLM?? everyone says it, nobody explains it": "llm",
    "Was bitte ist ein Sprachmodell": "llm",
    "what's genai, my boss wants it": "generative-ai",
    "What does the discriminator do in a GAN?": "gan",
    "拡散モデルって何ですか": "diffusion",
    "what's a variational autoencoder for": "vae",
    "Qu’est-ce qu’un transformeur, au juste ?": "transformer",
    "Which came first, GANs or diffusion models, and why does it matter?": "gan-vs-diffusion",
    "VAE or GAN, what would a textbook say is the difference": "gan-vs-vae",
    "How many tokens is a page?": "token",
    "does it really only predict the next word": "next-token-prediction",
    "Was bringt mir ein größeres Kontextfenster?": "context-window",
    "what is an embedding in a large language model": "embedding",
    "Do we need a vector DB, and what would be in it?": "vector-database",
    "Explain retrieval-augmented generation to a paralegal": "rag",
    "what does it mean to fine-tune something": "fine-tuning",
    "Do I fine-tune or is a better prompt enough?": "fine-tuning-vs-prompting",
    "RAGとファインチューニングはどう違う？": "fine-tuning-vs-rag",
    "How is a LoRA different from fine-tuning the whole thing?": "lora",
    "who gives the feedback in RLHF": "rlhf",
    "¿Por qué se dice que la IA alucina?": "hallucination",
    "what does temperature do in a language model": "temperature",
    "is prompt engineering a real job": "prompt",
    "Can users see our system prompt?": "system-prompt",
    "Qu'est-ce qu'un agent IA ?": "agent",
    "Is the chatbot on our site an LLM?": "chatbot-vs-llm",
    "ChatGPT and GPT-5, are those two names for one thing?": "chatgpt-vs-gpt",
    "O que quer dizer multimodal?": "multimodal-model",
    "what makes something a foundation model": "foundation-model",
    "Llama is open weight but not open source, they say. Huh?": "open-weights-vs-open-source",
    "Why is inference so expensive?": "inference",
    "70B, is that good?": "parameters",
    "Was sind Milliarden Parameter?": "parameters",
    "混合专家是什么意思": "mixture-of-experts",
    "what do I lose with a 4-bit quantized model": "quantisation",
    "Is distilling a model legal and what is it": "distillation",
    "few-shot means what exactly": "zero-shot",
    "Why does a reasoning model take so long?": "reasoning-model",
    "How does attention work in a transformer?": "attention",
    "latent space please, for a poet": "latent-space",
    "encoder and decoder, who does what": "encoder-vs-decoder",
    "Text encoders: why do image models need one?": "text-encoder",
    "Does anyone still use GANs today?": "gans-still-used",
    "Is forecasting sales generative AI or predictive AI?": "generative-vs-predictive-ai",
    "Differenza tra sintesi vocale e riconoscimento vocale?": "speech-recognition-vs-synthesis",
    "How much audio does a voice clone need and why so little?": "voice-cloning",
    "Why does the AI give people six fingers?": "how-image-models-work",
    "Is synthetic data just made-up data?": "synthetic-data",
    "somebody hid an instruction in a PDF, is that a prompt injection": "prompt-injection",
    "how come i get a different answer than my colleague": "why-answers-differ",
    "does chatgpt learn from what we paste into it": "learning-from-what-i-type",
    "App or API, what's the difference for a team of five?": "api-vs-app",
    "What's C2PA and do we have to use it?": "watermark",
    "Hat ein KI-Bild ein Urheberrecht?": "copyright",
    "I know nothing: what is MCP in generative AI?": "mcp",
}

OUT_OF_SCOPE = (
    "What is federated learning good for?",
    "Why is the sky blue?",
    "What does it mean, exactly, to run a marathon?",
    "fragment of a clipboard, organ of a ragged gang",
)


@pytest.mark.parametrize(("question", "concept"), WORDINGS.items())
def test_a_question_finds_the_entry_it_is_about(question: str, concept: str, catalogue: Catalogue) -> None:
    found = concept_named_in(question, catalogue.concepts)

    assert found == concept


@pytest.mark.parametrize(
    ("question", "concept"),
    [
        (
            "What is the main difference between a Large Language Model (LLM) and Generative AI?",
            "llm-vs-generative-ai",
        ),
        ("Are all Generative AI tools built on Large Language Models?", "are-all-generative-tools-llms"),
        ("Can an LLM generate non-text content like images or music?", "can-an-llm-make-images-or-music"),
        (
            "For a business starting with AI, should we focus on LLMs or explore other Generative AI?",
            "where-should-a-business-start",
        ),
        ("Generative AI vs LLM as a table", "generative-ai-vs-llm-table"),
        ("How to choose the right tool for your job", "how-to-choose"),
    ],
)
def test_the_article_s_questions_find_their_entries(question: str, concept: str, catalogue: Catalogue) -> None:
    found = concept_named_in(question, catalogue.concepts)

    assert found == concept


def test_every_typical_wording_finds_its_own_entry(catalogue: Catalogue) -> None:
    found = {ask: concept_named_in(ask, catalogue.concepts) for one in catalogue.concepts.values() for ask in one.asks}

    assert found == {ask: one.id for one in catalogue.concepts.values() for ask in one.asks}


@pytest.mark.parametrize("question", OUT_OF_SCOPE)
def test_what_no_entry_is_about_finds_none(question: str, catalogue: Catalogue) -> None:
    assert concept_named_in(question, catalogue.concepts) is None


@pytest.mark.parametrize(
    "written", ["fine-tuning", "Fine tuning", "FINE‑TUNING", "“fine-tuning”", "what’s fine-tuning’s point"]
)
def test_capitals_hyphens_and_quotes_make_no_difference(written: str, catalogue: Catalogue) -> None:
    assert concept_named_in(written, catalogue.concepts) == "fine-tuning"


def test_a_word_that_names_one_side_does_not_name_the_other_too() -> None:
    concepts = {one.id: one for one in (_concept("apps", compares=(("chat gpt",), ("gpt",))),)}

    assert concept_named_in("what is chat gpt?", concepts) is None
    assert concept_named_in("chat gpt or gpt?", concepts) == "apps"


def test_a_narrower_term_wins_over_its_setting_however_long_that_is() -> None:
    concepts = {
        "llm": _concept("llm", terms=("large language model",), setting=True),
        "rag": _concept("rag", terms=("rag",)),
    }

    assert concept_named_in("what is RAG in a large language model?", concepts) == "rag"
    assert concept_named_in("what is a large language model?", concepts) == "llm"


def test_no_term_belongs_to_two_entries(catalogue: Catalogue) -> None:
    owners: dict[str, set[str]] = {}
    for concept in catalogue.concepts.values():
        for term in concept.terms:
            owners.setdefault(fold(term), set()).add(concept.id)

    assert {term: ids for term, ids in owners.items() if len(ids) > 1} == {}


def test_every_entry_is_short_and_can_be_found(catalogue: Catalogue) -> None:
    for concept in catalogue.concepts.values():
        assert len(concept.text.split()) <= 100, concept.id
        assert concept.terms or concept.compares, concept.id
        assert concept.id not in concept.see, concept.id


def test_an_explanation_points_to_related_entries_by_name_and_gives_its_source(catalogue: Catalogue) -> None:
    explanation = explain("lora", catalogue)

    assert explanation is not None
    assert explanation.text.endswith("See also: Fine-tuning, Parameters (7B, 70B).")
    assert explanation.source == "https://arxiv.org/abs/2106.09685"


def test_an_unknown_concept_has_no_explanation(catalogue: Catalogue) -> None:
    assert explain("phlogiston", catalogue) is None
    assert explain(None, catalogue) is None


def _concept(
    name: str,
    *,
    terms: tuple[str, ...] = (),
    compares: tuple[tuple[str, ...], tuple[str, ...]] | None = None,
    setting: bool = False,
) -> Concept:
    return Concept(
        id=name,
        name=name,
        terms=terms,
        compares=compares,
        setting=setting,
        text="A text that is long enough to pass for one.",
    )
