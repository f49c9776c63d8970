import pytest

from advisors.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("which tool makes a poster for our fair?", "en"),
        ("Womit machen wir ein Plakat für den Stammtisch?", "de"),
        ("avec quoi on fait une affiche pour la kermesse ?", "fr"),
        ("¿con qué hacemos un cartel para la feria?", "es"),
        ("o que a gente usa para fazer um cartaz da feira?", "pt"),
        ("con cosa facciamo una locandina per la sagra?", "it"),
        ("夏祭りのポスターを作りたいです", "ja"),
        ("帮我们做一张海报，周五要用", "zh"),
    ],
)
def test_each_of_the_eight_languages_is_told(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [("brauche etwas fuer poster", "de"), ("necesito algo para carteles", "es"), ("preciso de um logo", "pt")],
)
def test_a_language_is_told_without_its_accents(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text", ["DALL-E", "die cut labels", "logo", "", "42", "ok", "👍", "SDXL vs Flux?", "Ümit wants a song"]
)
def test_what_tells_no_language_is_english(text):
    assert language_of(text) == "en"


def test_a_name_in_chinese_characters_does_not_make_a_question_chinese():
    assert language_of("names like O'Brien and 李 must survive the import") == "en"


def test_a_chinese_question_may_name_tools_in_latin_letters():
    assert language_of("用Midjourney还是DALL-E做海报好") == "zh"
