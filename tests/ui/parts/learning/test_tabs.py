"""Apprendre and Fiabilité, on a small study that coders have read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from verbatims import settings
from verbatims.frames import RANDOM
from verbatims.review import random_order
from verbatims.study import Study
from verbatims.ui import server, steps
from verbatims.ui.parts.themes.drafts import Draft

APP = server.SCRIPT
QUESTIONNAIRE = """title: Essai
questions:
  - {id: repondant, kind: id, column: id}
  - {id: idees, kind: open, column: Idées, text: "Vos idées ?"}
"""
CODEBOOK = """title: Grille d'essai
themes:
  # les déplacements
  - id: velo
    label: Vélo
    definition: Aller à vélo.
    terms: [vélo, chemin]
  - id: dechets
    label: Déchets
    definition: Trier, recycler.
    terms: [trier]
  - id: ecole
    label: École
    definition: Les écoliers.
    terms: [écolier]
"""
# What is said, and the themes that it holds; « piste » and « compost » are in no term.
SAID = [
    ("vélo partout", "velo"),
    ("une piste", "velo"),
    ("trier encore", "dechets"),
    ("le compost", "dechets"),
    ("chemin de fer", ""),
    ("rien de plus", ""),
]


@pytest.fixture(scope="module")
def unread(tmp_path_factory: pytest.TempPathFactory, without_model_here: None) -> Path:  # noqa: ARG001
    """240 answers suggested by their terms, none read."""
    made = Study.create(tmp_path_factory.mktemp("unread") / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    made.save_codebook(CODEBOOK)
    lines = [f"r{number:03};{SAID[number % len(SAID)][0]}" for number in range(240)]
    file = made.path / "enquete.csv"
    file.write_text("\n".join(["id;Idées", *lines]), "utf-8")
    made.import_file(file)
    made.run(tagger="lexicon", k=3)
    return made.path


@pytest.fixture(scope="module")
def half_read(
    unread: Path, copied: Callable[[Path, Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same once 120 answers drawn at random have been read."""
    path = copied(unread, tmp_path_factory.mktemp("half") / "essai")
    made = Study.open(path)
    held = dict(SAID)
    texts = made.verbatims().set_index("verbatim_id")["text"]
    for name in random_order(texts.index)[:120]:
        themes = [held[texts[name]]] if held[texts[name]] else []
        made.decide("Claire", name, present=themes, queue=RANDOM)
    return path


@pytest.fixture
def opened(
    copied: Callable[[Path, Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path], Study]:
    """What opens a copy of a study in the app."""

    def opened(made: Path) -> Study:
        path = copied(made, tmp_path / "etudes" / "essai")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv(settings.STUDY_VARIABLE, str(path))
        return Study.open(path)

    return opened


@pytest.fixture
def study(unread: Path, opened: Callable[[Path], Study]) -> Study:
    """The study that nobody has read, open in the app."""
    return opened(unread)


@pytest.fixture
def read(half_read: Path, opened: Callable[[Path], Study]) -> Study:
    """The study half of which has been read, open in the app."""
    return opened(half_read)


def on(page: str) -> AppTest:
    """A page, Claire being at work."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.session_state["coder"] = "Claire"
    return app.switch_page(str(steps.PAGES / f"{page}.py")).run()


def tab(name: str) -> AppTest:
    """A tab of the page of themes."""
    app = on("themes")
    app.button_group(key="themes_tab").set_value(name).run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label.startswith(label)).click().run()
    assert not app.exception
    return app


@pytest.mark.usefixtures("study")
def test_too_few_answers_say_how_many_are_missing() -> None:
    app = tab("apprendre")
    assert "Encore 30 réponses validées avant les premières propositions" in texts(app)


def test_terms_are_proposed_with_what_they_rest_on_and_written_in_one_click(read: Study) -> None:
    app = tab("apprendre")
    told = texts(app)
    assert "<b>piste</b>" in told
    assert "avec le thème" in told
    assert "réponses à lire" in told
    assert "jamais utilisées pour proposer" in told
    app.radio(key="learning_theme").set_value("velo").run()
    press(app, "Ajouter")
    text = read.editing.text()
    assert "piste" in text
    assert "# les déplacements" in text
    last = read.editing.last()
    assert last is not None
    assert (last["said"], last["author"]) == ("Terme « piste » ajouté à « Vélo »", "Claire")


def test_a_term_that_misleads_goes_and_comes_back(read: Study) -> None:
    app = tab("apprendre")
    app.radio(key="learning_theme").set_value("velo").run()
    assert "trompe" in texts(app)
    press(app, "Retirer")
    assert "chemin" not in read.editing.text()
    press(app, "Annuler")
    assert read.editing.text() == CODEBOOK


def test_while_a_draft_waits_nothing_is_written_beside_it(read: Study) -> None:
    app = tab("apprendre")
    app.session_state["codebook_draft"] = Draft(read.editing.text(), CODEBOOK + "\n# plus tard\n")
    app.run()
    assert all(button.disabled for button in app.button if button.label.startswith("Ajouter"))


@pytest.mark.usefixtures("read")
def test_a_theme_that_nobody_uses_is_named() -> None:
    assert "« École » n’est dans aucune réponse validée" in texts(tab("apprendre")).replace(
        "\u00a0", " "
    )


def test_nothing_is_measured_nor_accepted_before_chance_has_drawn_enough(study: Study) -> None:
    app = tab("fiabilite")
    told = texts(app)
    assert "il en faut 30" in told
    assert "il en faut 100" in told
    assert not [button for button in app.button if button.label.startswith("Accepter")]
    assert study.learning.batches().empty


def test_precision_and_recall_are_told_with_their_interval(read: Study) -> None:
    told = texts(tab("fiabilite"))
    assert "Tous les thèmes" in told
    assert "entre " in told
    assert "Jamais" in told  # suggested, or held: École
    rows = read.learning.reliability("idees").set_index("theme")
    assert rows.loc["dechets", "precision"] == 1


def test_sure_suggestions_are_accepted_in_two_steps_and_taken_back(read: Study) -> None:
    read.run(tagger="combined")
    app = tab("fiabilite")
    app.button_group(key="wanted_precision").set_value(0.9).run()
    app.button(key="accept dechets").click().run()
    assert not app.exception
    batches = read.learning.batches()
    assert batches[["theme", "author", "taken_back"]].to_numpy().tolist() == [
        ["dechets", "Claire", False]
    ]
    assert batches["about"].iloc[0]["precision"] == 0.9
    assert len(read.store.acceptances()) == batches["n"].iloc[0] > 0
    assert "accept dechets" not in [button.key for button in app.button]
    press(app, "Reprendre")
    assert read.store.acceptances().empty
    assert "reprises depuis" in texts(app)


def test_coding_at_random_opens_the_page_of_coding_on_that_order(read: Study) -> None:
    app = press(tab("fiabilite"), "Coder au hasard")
    assert app.selectbox(key="coding_order").value == RANDOM
    assert app.selectbox(key="coding_question").value == "idees"
    assert read.learning.validated == 120


def test_once_enough_was_validated_suggestions_are_made_again_from_the_page_of_coding(
    read: Study,
) -> None:
    app = on("coding")
    assert "120 réponses validées depuis l’analyse" in texts(app)
    press(app, "Mettre à jour")
    assert "depuis l’analyse" not in texts(app)
    assert read.learning.new == 0
