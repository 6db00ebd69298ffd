"""Shares of all answers from those that chance chose: what is due, what is refused, and why."""

import numpy as np
import pandas as pd
import pytest

from verbatims import nlp
from verbatims.frames import RANDOM
from verbatims.model import Codebook, Theme
from verbatims.review import random_order
from verbatims.study import Study
from verbatims.study.prevalence import estimate
from verbatims.tagging import Features

SAID = ("des moyens pour agir", "relier les acteurs", "rien de plus à dire", "agir et relier")
N = 160
QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: avis, kind: open, column: avis, text: "Votre avis ?"}
"""
CODEBOOK = """themes:
  - {id: moyens, label: Moyens, definition: "Des moyens pour agir"}
  - {id: liens, label: Liens, definition: "Relier les acteurs"}
  - {id: vide, label: Licorne}
"""
HELD = {"moyens": "agir", "liens": "relier", "vide": "licorne"}


@pytest.fixture(scope="module")
def made(tmp_path_factory, without_model_here):  # noqa: ARG001  (it replaces the model)
    study = Study.create(tmp_path_factory.mktemp("prevalence") / "etude")
    study.save_questionnaire(QUESTIONNAIRE)
    study.save_codebook(CODEBOOK)
    file = study.path.parent / "avis.csv"
    lines = [f"r{n:03};{SAID[n % 4 if n % 7 else 2]} n{n}" for n in range(N)]
    file.write_text("id;avis\n" + "\n".join(lines), "utf-8")
    study.import_file(file)
    return study.path


@pytest.fixture
def study(made, copied, tmp_path):
    return Study.open(copied(made, tmp_path))


def read(study, n, *, queue=RANDOM, start=0):
    """Code answers in the order of chance, with the themes whose word they hold."""
    verbatims = study.verbatims().set_index("verbatim_id")["text"]
    for name in random_order(verbatims.index)[start : start + n]:
        present = [theme for theme, word in HELD.items() if word in verbatims[name]]
        study.decide("Léa", name, present=present, queue=queue)


def rows(study):
    return study.prevalence("avis").rows.set_index("theme")


def truth(study, theme):
    return study.verbatims()["text"].str.contains(HELD[theme]).mean()


def test_nothing_read_has_no_share(study):
    found = rows(study)
    assert found["share"].isna().all()
    assert set(found["method"]) == {""}
    assert "Rien n'est encore lu" in found["note"].iloc[0]


def test_answers_that_chance_did_not_choose_say_nothing_of_the_others(study):
    read(study, 60, queue="uncertain")
    found = rows(study)
    assert found[["share", "low", "high"]].isna().all(axis=None)
    assert "tirée au hasard" in found["note"].iloc[0]


def test_few_drawn_answers_speak_without_the_machine(study):
    read(study, 30)
    table = study.prevalence("avis")
    found = table.rows.set_index("theme")
    assert (found["method"] == "human").all()
    assert found.loc["moyens", "share"] == found.loc["moyens", "n"] / 30
    assert (found["worth"] == 30).all()
    assert any("à partir de 50" in note for note in table.notes)
    assert table.notes[0] == "Base : 30 réponses tirées au hasard et lues, sur 160."


def test_enough_of_them_are_helped_by_the_machine(study):
    read(study, 80)
    table = study.prevalence("avis")
    found = table.rows.set_index("theme")
    for theme in ("moyens", "liens"):
        row = found.loc[theme]
        assert row["method"] == "machine"
        assert row["low"] <= truth(study, theme) <= row["high"]
        assert row["low"] <= row["share"] <= row["high"]
        assert row["worth"] == pytest.approx(min(80 * row["gain"], N))
        assert row["gain"] > 1.1
    assert any("en valent de" in note for note in table.notes)


def test_a_theme_found_nowhere_has_a_ceiling_and_no_share(study):
    read(study, 80)
    row = rows(study).loc["vide"]
    assert np.isnan(row["share"])
    assert 0 < row["high"] < 0.1
    assert row["note"].startswith("Trouvé nulle part encore : au plus")


def test_what_was_read_for_another_reason_further_on_is_left_out(study):
    read(study, 60)
    read(study, 20, queue="uncertain", start=100)
    table = study.prevalence("avis")
    assert (table.rows["drawn"] == 60).all()
    assert any(note.startswith("20 autres réponses lues") for note in table.notes)


def test_once_all_is_read_shares_are_exact_whatever_the_order(study):
    read(study, N, queue="uncertain")
    found = rows(study)
    assert (found["method"] == "exact").all()
    assert found.loc["moyens", "share"] == pytest.approx(truth(study, "moyens"))
    assert (found["more"] == 0).all()
    assert "parts exactes" in study.prevalence("avis").notes[0]


def test_a_theme_added_since_has_none_until_they_are_read_again(study):
    read(study, 60)
    study.save_codebook(CODEBOOK + "  - {id: neuf, label: Neuf}\n")
    found = rows(study)
    assert np.isnan(found.loc["neuf", "high"])
    assert "relisez" in found.loc["neuf", "note"]
    assert found.loc["moyens", "method"] == "machine"


def test_a_parent_counts_the_answers_of_its_sub_themes(study):
    family = CODEBOOK + "  - {id: agir, label: Agir, parent: moyens}\n"
    study.save_codebook(family.replace("  - {id: vide, label: Licorne}\n", ""))
    for name in study.verbatims()["verbatim_id"]:
        study.decide("Léa", name, present=["agir"], queue=RANDOM)
    assert rows(study)["n"].to_dict() == {"moyens": N, "liens": 0, "agir": N}


def test_whatever_the_order_of_the_codebook_and_the_depth_of_its_themes(study):
    study.save_codebook(
        "themes:\n  - {id: bas, label: Bas, parent: milieu}\n"
        "  - {id: milieu, label: Milieu, parent: haut}\n  - {id: haut, label: Haut}\n"
    )
    for name in study.verbatims()["verbatim_id"]:
        study.decide("Léa", name, present=["bas"], queue=RANDOM)
    assert rows(study)["n"].to_dict() == {"bas": N, "milieu": N, "haut": N}


def test_what_is_estimated_can_be_kept_as_a_figure_of_the_report(study):
    read(study, 60)
    estimated = [figure for figure in study.figures.report() if figure.estimated]
    assert [figure.question for figure in estimated] == ["avis"]
    table = study.figures.table(estimated[0])
    assert study.figures.chart(estimated[0], table).to_dict()


# -- whether intervals hold the truth -------------------------------------------------------


THEMES = Codebook(tuple(Theme(f"t{n}", f"Sujet {n}") for n in range(4)))


@pytest.fixture(scope="module")
def noisy(without_model_here):  # noqa: ARG001
    """900 answers; each of four themes is told by two of its thirty words at least, or by chance.

    Too many words to learn from 300 answers: what a model knows of those is partly by heart.
    """
    chance = np.random.default_rng(3)
    words = np.array([f"mot{n}" for n in range(300)])
    held = [chance.choice(300, 12, replace=False) for _ in range(900)]
    names = [f"v{n}" for n in range(900)]
    texts = [" ".join(words[own]) for own in held]
    frame = pd.DataFrame({"verbatim_id": names, "text": texts, "status": "answered"})
    truth = {
        theme.id: [float((sum(own // 30 == n) >= 2) != (chance.random() < 0.1)) for own in held]
        for n, theme in enumerate(THEMES)
    }
    features = Features.of(nlp.lemmas(frame, None), lambda asked: nlp.vectors(asked, None))
    return features, pd.DataFrame(truth, index=names)


def covered(noisy, *, leaky, draws=25, n=300):
    """How often the intervals hold the shares of all the answers."""
    features, truth = noisy
    shares, found = truth.mean().to_numpy(), []
    for draw in range(draws):
        chosen = np.random.default_rng([1, draw]).permutation(len(truth))[:n]
        made = estimate(features, THEMES, truth.iloc[chosen], truth.index, leaky=leaky)
        found.append((made.low <= shares) & (shares <= made.high))
    return np.mean(found)


def test_predictions_that_never_saw_the_answer_hold_the_truth_and_the_others_do_not(noisy):
    assert covered(noisy, leaky=False) >= 0.92
    assert covered(noisy, leaky=True) < 0.85
