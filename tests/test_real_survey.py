"""Real files: what they hold is what is read, guessed and built."""

import re
from pathlib import Path

import pytest

from verbatims import bases, corpus, importers, questionnaire
from verbatims.errors import FileError
from verbatims.model import Kind, Raw

FILES = {
    "survey/fub_velo2025_rouen.csv": (4253, 91),
    "survey/decidim_lille_commentaires.csv": (693, 11),
    "survey/decidim_lille_debats_questions.csv": (29, 4),
    "import/fub_rouen_excelfr_cp1252.csv": (800, 90),
    "import/fub_rouen_deux_entetes.xlsx": (801, 105),  # its second row of headers is a row
    "import/ga_te11_fin_de_ligne_CR_bom.csv": (1518, 3),
    "import/redistribution_fr_classeur_dessins_manquants.xlsx": (4, 201),
    "import/redistribution_fr_matrice_transposee.xlsx": (27, 471),
    "labelled/ga_fi8_dev.csv": (1245, 8),
    "labelled/ga_te11_dev.csv": (1103, 5),
    "labelled/ga_idees_marquees_dev.csv": (594, 8),
    "labelled/redistribution_fr_dev.csv": (470, 4),
    "labelled/sib200_fra_train.tsv": (701, 3),
    "labelled/sib200_fra_dev.tsv": (99, 3),
    "corpus/gdn_eco_q161_dev.csv.gz": (100_256, 2),
}

# The kinds of the columns of the Rouen file, by hand.
TWINS = {f"q{n}_texte" for n in (3, 6, 34, 36, *range(38, 52), *range(53, 58), 62)} - {"q52_texte"}
KINDS = {
    Kind.ID: {"uid"},
    Kind.IGNORE: {"commentaires", "q5"} | TWINS,
    Kind.ORDINAL: {f"q{n}" for n in (6, *range(7, 34), 37, 48, 52, 57)},
    Kind.MULTI: {"q34", "q36", "q38", "q40", "q49", "q51"},
    Kind.OPEN: {"q35"},
    Kind.RATING: {"ressenti", "securite", "confort", "efforts", "services", "score"},
    Kind.SINGLE: {"insee", "q2", "q3", "q4", "q65", "q39", "q41", "q50", "q62"}
    | {f"q{n}" for n in (*range(42, 48), *range(53, 57))},
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_real_files_have_their_rows_and_columns(name: str, shared: Path) -> None:
    raw = importers.read(shared / "data" / name)

    assert raw.frame.shape == FILES[name]
    assert len(raw.lines) == len(raw.frame)
    assert {problem.severity for problem in raw.problems} <= {"warning"}


def test_bare_returns_and_quotes_of_the_real_survey_are_kept(rouen: tuple[Raw, Path]) -> None:
    frame = rouen[0].frame

    assert (frame["q35"] != "").sum() == 1355
    assert frame["q34_texte"].str.contains("\r", regex=False).any()
    assert frame["uid"].is_unique


def test_the_draft_of_the_real_survey_guesses_every_kind(rouen: tuple[Raw, Path]) -> None:
    raw = rouen[0]
    blocks = re.findall(r"- id: \w+\n    kind: (\w+)\n(?:.*\n)*?    column: (\S+)", _draft(raw))

    guessed = {kind: {column for k, column in blocks if k == kind} for kind in KINDS}

    assert guessed == KINDS
    assert len(blocks) == len(raw.frame.columns)


def test_what_the_draft_cannot_know_is_flagged(rouen: tuple[Raw, Path]) -> None:
    flagged = set(re.findall(r"À VÉRIFIER.*\n(?:  #.*\n)*  - id: (\w+)", _draft(rouen[0])))

    scales = {"q7", "q8", "q37", "q52"}  # numbers without a word; q9 to q33 go with q8
    assert flagged == scales | KINDS[Kind.RATING] | {"commentaires", "insee", "q2", "q65", "q57"}


def test_the_corrected_questionnaire_builds_the_real_corpus(rouen: tuple[Raw, Path]) -> None:
    raw, path = rouen
    read = questionnaire.load(path)

    built = corpus.build(raw, read)

    assert len(built.respondents) == 4253
    assert {problem.severity for problem in built.problems} <= {"warning"}
    riders = bases.asked(read["q35"], built.respondents, built.answers)
    assert len(riders) == 3508
    # One person says « Jamais » and comments all the same: kept, and told.
    assert len(built.verbatims) == 3509
    assert any("q35 (1)" in problem.message for problem in built.problems)
    assert built.verbatims["status"].value_counts().to_dict() == {
        **{"blank": 2157, "answered": 1323, "empty": 29}
    }
    frequency = built.answers[built.answers["question"] == "q6"]["value"].value_counts()
    assert frequency["Tous les jours ou presque"] == 1288
    ticked = built.answers[(built.answers["question"] == "q34") & (built.answers["value"] == "1")]
    assert len(ticked) == raw.frame["q34"].str.split(",").str.len()[raw.frame["q34"] != ""].sum()


def test_what_is_odd_in_real_files_is_told_at_the_head_of_their_drafts(shared: Path) -> None:
    told = {
        "fub_rouen_deux_entetes.xlsx": "deux lignes d'en-têtes",
        "redistribution_fr_matrice_transposee.xlsx": "matrice transposée ?",
        "redistribution_fr_classeur_dessins_manquants.xlsx": "seule la feuille « wish1 » est lue",
        "fub_rouen_excelfr_cp1252.csv": "30 en-têtes répétés",
    }
    for name, clue in told.items():
        head = _draft(importers.read(shared / "data" / "import" / name)).split("title:")[0]

        assert clue in _unwrapped(head)


def test_codes_keep_their_labels_when_their_headers_are_repeated(shared: Path) -> None:
    raw = importers.read(shared / "data" / "import" / "fub_rouen_excelfr_cp1252.csv")

    reasons = re.findall(r"codes, dont les libellés|libellés des codes", _unwrapped(_draft(raw)))

    assert len(reasons) == 2 * len(TWINS)


def test_a_real_iramuteq_corpus_is_refused(shared: Path) -> None:
    for path in sorted((shared / "data" / "import").glob("iramuteq_*.txt")):
        with pytest.raises(FileError, match="IRaMuTeQ"):
            importers.read(path)


def test_other_real_files_draft_load_and_build(shared: Path, tmp_path: Path) -> None:
    for name in ("survey/decidim_lille_commentaires.csv", "import/fub_rouen_excelfr_cp1252.csv"):
        raw = importers.read(shared / "data" / name)
        path = tmp_path / "questionnaire.yaml"
        path.write_text(questionnaire.draft(raw), encoding="utf-8")

        built = corpus.build(raw, questionnaire.load(path))

        assert len(built.respondents) == len(raw.frame)


def _unwrapped(text: str) -> str:
    return re.sub(r"\n *# ", " ", text)


def _draft(raw: Raw) -> str:
    return questionnaire.draft(raw)
