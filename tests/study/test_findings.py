"""What is kept for the report remembers what it showed, and says when that has changed."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from verbatims.errors import StudyError
from verbatims.model import (
    Base,
    Codebook,
    Column,
    Criterion,
    Cross,
    Figure,
    Kind,
    Question,
    Questionnaire,
    Table,
    Theme,
)
from verbatims.study import Study
from verbatims.study.figures import Figures
from verbatims.study.findings import Findings, from_json, to_json
from verbatims.study.sentences import sentence

NAN = float("nan")
ATTENTES = Question("attentes", Kind.OPEN, (Column("Q12"),), text="Qu'attendez-vous ?")
FREINS = Question("freins", Kind.OPEN, (Column("Q13"),), text="Quels freins ?")
ACCORD = Question("accord", Kind.SINGLE, (Column("Accord"),), text="D'accord ?")
STRUCTURE = Question("structure", Kind.SINGLE, (Column("Structure"),), text="Vous êtes…")
CHAMPS = Question("champs", Kind.MULTI, (Column("a", "Santé"),), text="Vos champs ?")
SOUTIEN = Question("soutien", Kind.GRID, (Column("a", "L'État"),), of=Kind.ORDINAL, text="Soutien")
NOTE = Question("note", Kind.RATING, (Column("Note"),), text="Votre note ?")
ASKED = Questionnaire((ATTENTES, FREINS, ACCORD, STRUCTURE, CHAMPS, SOUTIEN, NOTE))
BOOK = Codebook((Theme("lien", "Coordination"), Theme("moyens", "Moyens")))
COORDINATION = {"theme": "lien"}


def themes(*rows: tuple[object, ...], base: int = 41) -> Table:
    """Themes, each with its count, share, and interval."""
    frame = pd.DataFrame(rows, columns=["theme", "label", "n", "share", "low", "high"])
    return Table("Qu'attendez-vous ?", frame, Base(52, base))


THEMES = themes(
    ("lien", "Coordination", 18, 18 / 41, 0.2977, 0.5895),
    ("moyens", "Moyens", 9, 9 / 41, 0.1201, 0.3675),
)


def closed(*rows: tuple[object, ...], **more: object) -> Table:
    frame = pd.DataFrame(rows, columns=["item", "answer", "n", "base", "share", "low", "high"])
    return Table("Une question", frame.assign(**more), Base(52, 41))


def crossed(sign: str = "", n: int = 12, base: int = 17, share: float = 12 / 17, p: float = 0.01):
    frame = pd.DataFrame(
        {
            **{"row": ["lien"], "row_label": ["Coordination"]},
            **{"column": ["Association"], "column_label": ["Association"]},
            **{"n": [n], "base": [base], "share": [share], "low": [0.47], "high": [0.87]},
            **{"p_adjusted": [p], "sign": [sign]},
        }
    )
    return Cross("Thèmes selon : Vous êtes…", frame, Base(52, 41))


CELL = {"row": "lien", "column": "Association"}


def said(figure: Figure, table: Table, picked: dict[str, str] | None) -> str:
    """The sentence proposed, with plain spaces."""
    text = sentence(figure, table, picked, ASKED, BOOK)
    return text.replace("\u202f", " ").replace("\xa0", " ")


def test_a_theme_is_said_with_its_share_its_counts_and_its_interval():
    assert said(Figure(), THEMES, COORDINATION) == (
        "44 % des répondants (18 sur 41) citent « Coordination » ; intervalle de 30 à 59 %."
    )


def test_the_question_is_named_where_there_are_several_open_ones():
    assert "citent « Coordination » à « Qu'attendez-vous ? » ;" in said(
        Figure("attentes"), THEMES, COORDINATION
    )
    alone = sentence(
        Figure("attentes"), THEMES, COORDINATION, Questionnaire((ATTENTES, ACCORD)), BOOK
    )
    assert "Qu'attendez-vous" not in alone


def test_a_closed_answer_is_answered_an_option_is_ticked_and_a_row_of_a_grid_is_named():
    row = ("", "Oui", 20, 40, 0.5, 0.35, 0.65)
    assert said(Figure("accord"), closed(row), {"item": "", "answer": "Oui"}) == (
        "50 % des répondants (20 sur 40) répondent « Oui » à « D'accord ? » ; "
        "intervalle de 35 à 65 %."
    )
    assert "cochent « Oui » à « Vos champs ? »" in said(
        Figure("champs"), closed(row), {"answer": "Oui"}
    )
    of_grid = closed(("L'État", *row[1:]))
    assert "répondent « Oui » à « Soutien », pour « L'État » ;" in said(
        Figure("soutien"), of_grid, {"item": "L'État", "answer": "Oui"}
    )


def test_below_ten_respondents_counts_stand_alone():
    row = ("", "Oui", 1, 8, NAN, NAN, NAN)
    assert said(Figure("accord"), closed(row), {"answer": "Oui"}) == (
        "1 répondant sur 8 répond « Oui » à « D'accord ? » ; base trop petite pour une part."
    )


def test_below_thirty_respondents_care_is_asked_for():
    row = ("", "Oui", 10, 20, 0.5, 0.3, 0.7)
    assert said(Figure("accord"), closed(row), {"answer": "Oui"}).endswith(
        "; effectif faible, à lire avec prudence."
    )


def test_a_share_is_not_said_until_everything_is_read():
    table = themes(("lien", "Coordination", 18, NAN, NAN, NAN))
    assert said(Figure(), table, COORDINATION) == (
        "18 répondants citent « Coordination » ; pas de part tant que tout n'a pas été lu."
    )


def test_a_weighted_share_stands_beside_the_plain_one():
    row = ("", "Oui", 20, 40, 0.5, 0.35, 0.65)
    table = closed(row, weighted_share=0.478)
    assert "; redressé : 48 %." in said(Figure("accord"), table, {"answer": "Oui"})


@pytest.mark.parametrize(
    ("sign", "words"),
    [("+", " (▲ plus que les autres)"), ("-", " (▼ moins que les autres)"), ("", "")],
)
def test_a_cell_is_said_among_its_group_with_what_the_test_says(sign, words):
    figure = Figure("attentes", "structure")
    assert said(figure, crossed(sign), CELL) == (
        "Parmi ceux qui ont répondu « Association » à « Vous êtes… », 71 % (12 sur 17) citent "
        f"« Coordination » à « Qu'attendez-vous ? »{words} ; intervalle de 47 à 87 % ; "
        "effectif faible, à lire avec prudence."
    )


def test_who_is_kept_is_said_first():
    among = (
        Criterion("accord", ("Non", "Ne sais pas")),
        Criterion("soutien", ("Fort",), "L'État"),
        Criterion("freins", ("moyens",)),
    )
    assert said(Figure(among=among), THEMES, COORDINATION).startswith(
        "Parmi ceux qui ont répondu « Non » ou « Ne sais pas » à « D'accord ? » et qui ont répondu "
        "« Fort » à « Soutien › L'État » et qui citent « Moyens » à « Quels freins ? », 44 % "
        "(18 sur 41) citent « Coordination »"
    )


def test_two_themes_together_are_said_by_their_count_first():
    frame = crossed("+", n=12, base=40, share=0.3).rows.assign(
        column="moyens", column_label="Moyens"
    )
    table = Cross("Ensemble", frame, Base(52, 41))
    picked = {"row": "lien", "column": "moyens"}
    assert said(Figure("attentes", "attentes"), table, picked) == (
        "12 répondants citent à la fois « Coordination » et « Moyens », soit 30 % des 40 qui "
        "citent « Moyens » (▲ plus souvent ensemble que par hasard)."
    )


def test_a_theme_with_itself_is_said_alone_and_options_are_given():
    own = crossed(n=15, base=15, share=1.0).rows.assign(column="lien", column_label="Coordination")
    figure = Figure("attentes", "attentes")
    assert said(figure, Cross("", own, Base(52, 41)), {"row": "lien", "column": "lien"}) == (
        "15 répondants citent « Coordination »."
    )
    two = crossed(n=1, base=8, share=NAN).rows
    cell = {"row": "lien", "column": "Association"}
    assert said(Figure("champs", "champs"), Cross("", two, Base(52, 41)), cell) == (
        "1 répondant donne à la fois « Coordination » et « Association » ; "
        "base trop petite pour une part."
    )


def test_a_long_question_is_cut_between_two_words():
    long = replace(
        ACCORD, text="De manière générale, pensez-vous que les niveaux soient articulés ?"
    )
    row = ("", "Oui", 20, 40, 0.5, 0.35, 0.65)
    text = sentence(Figure("accord"), closed(row), {"answer": "Oui"}, Questionnaire((long,)), BOOK)
    assert "à « De manière générale, pensez-vous que les niveaux soient… » ;" in text


def test_an_estimate_is_said_by_its_bounds_alone():
    figure = Figure(estimated=True)
    assert said(figure, THEMES, COORDINATION) == (
        "Entre 30 et 59 % des répondants citent « Coordination » : estimation sur les réponses "
        "que le hasard a choisies."
    )


def test_a_whole_table_is_said_by_its_highest_rows():
    assert said(Figure("attentes"), THEMES, None) == (
        "« Qu'attendez-vous ? » : « Coordination » 44 % (18 sur 41), « Moyens » 22 % (9 sur 41) "
        "(base : 41 répondants)."
    )


def test_a_whole_cross_is_said_by_what_its_tests_set_apart():
    figure = Figure("attentes", "structure")
    assert "« Coordination × Association » 71 % (12 sur 17) ▲ (base" in said(
        figure, crossed("+"), None
    )
    assert "aucun écart net" in said(figure, crossed(), None)
    assert "aucun écart" not in said(figure, crossed(p=NAN), None)


def test_what_comes_together_is_said_once_and_never_with_itself():
    frame = pd.concat([crossed("+").rows, crossed("+").rows, crossed("+").rows])
    frame = frame.assign(row=["lien", "moyens", "lien"], column=["moyens", "lien", "lien"])
    frame = frame.assign(row_label=frame["row"], column_label=frame["column"])
    said_ = said(Figure("attentes", "attentes"), Cross("Ensemble", frame, Base(52, 41)), None)
    assert said_ == "« Ensemble » : « lien × moyens » 12 répondants ▲ (base : 41 répondants)."


def test_a_rating_is_said_by_its_mean_and_median():
    rows = [("", "7-8", 20, 41, 0.49, 0.34, 0.64), ("", "9-10", 21, 41, 0.51, 0.36, 0.66)]
    table = closed(*rows, mean=7.449, median=8.0)
    assert "« Une question » : moyenne 7,4, médiane 8 (base : 41 répondants)." in said(
        Figure("note"), table, None
    )


# -- as JSON -----------------------------------------------------------------------------------

FULL = Figure(
    *("soutien", "structure", "L'État", ""),
    among=(Criterion("accord", ("Non", "Oui")), Criterion("soutien", ("Fort",), "L'État")),
    dont_know=False,
    holm=True,
)


@pytest.mark.parametrize("figure", [Figure(), FULL, Figure("attentes", estimated=True)])
def test_a_figure_comes_back_whole_from_json(figure):
    assert from_json(json.loads(json.dumps(to_json(figure)))) == figure


def test_what_a_later_version_asks_of_a_figure_is_left_out():
    assert from_json({"question": "accord", "shade": "blue"}) == Figure("accord")
    assert to_json(Figure("accord")) == {"question": "accord"}


# -- a study -----------------------------------------------------------------------------------

SURVEY = "id;Structure;Accord;Attentes\n" + "".join(
    f"r{n:02};{'Association' if n % 2 else 'Entreprise'};{'Oui' if n % 3 else 'Non'};"
    f"{'coordonner' if n % 2 else 'financer'} {n}\n"
    for n in range(40)
)
QUESTIONNAIRE = """title: Essai
questions:
  - {id: repondant, kind: id, column: id}
  - {id: structure, kind: single, profile: true, column: Structure, text: Vous êtes…}
  - {id: accord, kind: single, column: Accord, text: "D'accord ?", labels: [Oui, Non]}
  - {id: attentes, kind: open, column: Attentes, text: "Qu'attendez-vous ?"}
"""
CODEBOOK = """themes:
  - {id: lien, label: Coordination, terms: [coordonner]}
  - {id: moyens, label: Moyens, terms: [financer]}
"""
OUI = {"item": "", "answer": "Oui"}
ACCORDS = Figure("accord")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, without_model_here: None) -> Path:  # noqa: ARG001
    made = Study.create(tmp_path_factory.mktemp("kept") / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    made.save_codebook(CODEBOOK)
    importing(made, SURVEY)
    made.run(tagger="lexicon", k=3)
    for n in range(40):
        made.decide("Anne", f"r{n:02}:attentes", present=["lien" if n % 2 else "moyens"])
    return made.path


@pytest.fixture
def study(template: Path, copied: Callable[[Path, Path], Path], tmp_path: Path) -> Study:
    return Study.open(copied(template, tmp_path / "essai"))


class Tables(dict[Figure, Table]):
    """What each figure shows, to change at will, and those that were asked for."""

    def __init__(self) -> None:
        super().__init__({ACCORDS: answers(26), Figure("attentes"): THEMES})
        self.made: list[Figure] = []

    def table(self, figure: Figure) -> Table:
        self.made.append(figure)
        return self[figure]


def answers(oui: int, base: int = 40, low: float = 0.4951) -> Table:
    said = [("Oui", oui), ("Non", base - oui)]
    return closed(*(("", answer, n, base, n / base, low, 0.7787) for answer, n in said))


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Tables:
    tables = Tables()
    monkeypatch.setattr(Figures, "table", lambda _figures, figure: tables.table(figure))
    return tables


def importing(study: Study, survey: str) -> None:
    file = study.path / "enquete.csv"
    file.write_text(survey, "utf-8")
    study.import_file(file)


def stale(study: Study) -> list[str]:
    """What has changed in each of those kept, with plain spaces."""
    return [kept.stale.replace("\u202f", " ") for kept in Findings(study).all()]


def read_more(study: Study) -> None:
    """Something that changes the study's data."""
    study.decide("Paul", "r00:attentes", present=["moyens"])


def test_a_figure_is_kept_with_what_it_showed_who_kept_it_and_the_last_run(study, shown):
    uid = study.findings.keep_figure(ACCORDS, picked=OUI, author="Anne")
    (kept,) = study.findings.all()
    assert (kept.uid, kept.rank, kept.figure, kept.picked) == (uid, 0, ACCORDS, OUI)
    assert kept.seen.replace("\u202f", " ") == "65 % (26 sur 40)"
    assert kept.sentence.replace("\u202f", " ").startswith("65 % des répondants (26 sur 40)")
    assert (kept.author, kept.own, kept.stale) == ("Anne", False, "")
    assert kept.run == study.store.runs()["made_at"].iloc[-1]
    assert kept.line is not None
    assert kept.line.share == 0.65
    assert shown.made


def test_the_same_thing_kept_twice_is_there_once_and_a_row_is_not_its_table(study, shown):
    findings = study.findings
    first = findings.keep_figure(ACCORDS, picked=OUI, author="Anne")
    shown[ACCORDS] = answers(30)
    assert findings.keep_figure(Figure("accord"), picked={**OUI, "n": "26"}, author="Paul") == first
    assert "65" in findings.all()[0].seen  # what Anne kept is as she saw it
    findings.keep_figure(ACCORDS)
    findings.keep_figure(replace(ACCORDS, holm=False), picked={"answer": "Non", "item": ""})
    assert len(findings.all()) == 3
    assert findings.holds(ACCORDS, OUI) == first
    assert findings.holds(Figure("attentes"), COORDINATION) == ""


@pytest.mark.usefixtures("shown")
def test_a_sentence_of_one_s_own_stands_and_an_emptied_one_is_proposed_again(study):
    findings = study.findings
    uid = findings.keep_figure(ACCORDS, picked=OUI, sentence="Les deux tiers approuvent.")
    assert [(kept.sentence, kept.own) for kept in findings.all()] == [
        ("Les deux tiers approuvent.", True)
    ]
    findings.say(uid, "  ")
    (kept,) = findings.all()
    assert not kept.own
    findings.say(uid, kept.sentence.replace("\u202f", " "))  # as a browser may send it back
    assert not findings.all()[0].own


@pytest.mark.usefixtures("shown")
def test_findings_are_put_in_order_removed_and_brought_back_to_their_place(study):
    findings = study.findings
    uids = [findings.keep_figure(ACCORDS, picked={"item": "", "answer": one}) for one in ANSWERS]
    quote = findings.keep_quote("r01:attentes", sentence="Parlant.")
    findings.rank([quote, uids[1]])
    assert [kept.uid for kept in findings.all()] == [quote, uids[1], uids[0]]
    findings.remove(uids[1])
    assert [(kept.uid, kept.rank) for kept in findings.all()] == [(quote, 0), (uids[0], 1)]
    findings.restore(uids[1])
    assert [kept.uid for kept in findings.all()] == [quote, uids[1], uids[0]]


ANSWERS = ("Oui", "Non")


def test_a_figure_that_changes_says_what_it_was_and_what_it_is(study, shown):
    uid = study.findings.keep_figure(ACCORDS, picked=OUI)
    shown[ACCORDS] = answers(27)
    assert stale(study) == ["65 % (26 sur 40) quand retenu, 68 % (27 sur 40) maintenant"]
    study.findings.refresh(uid)
    assert stale(study) == [""]
    assert "68" in study.findings.all()[0].sentence


def test_a_sentence_of_one_s_own_is_to_read_again_once_its_figure_is_another(study, shown):
    findings = study.findings
    uid = findings.keep_figure(ACCORDS, picked=OUI, sentence="Les deux tiers approuvent.")
    for oui in (27, 28):
        shown[ACCORDS] = answers(oui)
        findings.refresh(uid)
        assert written_on(study) == ["65 % (26 sur 40)"]
    (told,) = findings.frame()["stale"]
    assert told.replace("\u202f", " ") == "phrase écrite devant 65 % (26 sur 40), à relire"
    findings.confirm(uid)
    assert written_on(study) == [""]
    shown[ACCORDS] = answers(20)
    findings.refresh(uid)
    findings.say(uid, "La moitié approuve.")
    assert written_on(study) == [""]


def written_on(study: Study) -> list[str]:
    return [kept.written_on.replace("\u202f", " ") for kept in Findings(study).all()]


def test_what_changes_elsewhere_in_the_table_says_nothing_of_the_row_that_is_kept(study, shown):
    study.findings.keep_figure(ACCORDS, picked=OUI)
    study.findings.keep_figure(ACCORDS)
    shown[ACCORDS] = closed(*answers(26).rows.iloc[:1].itertuples(index=False, name=None))
    assert stale(study) == ["", "1 ligne n'y est plus"]
    shown[ACCORDS] = answers(27)
    assert stale(study)[1] == (
        "2 lignes ont changé ; « Oui » : 65 % (26 sur 40) quand retenu, 68 % (27 sur 40) maintenant"
    )


def test_an_interval_that_moves_alone_is_told_and_dust_is_not(study, shown):
    study.findings.keep_figure(ACCORDS, picked=OUI)
    shown[ACCORDS] = answers(26, low=0.4951 + 1e-12)
    assert stale(study) == [""]
    shown[ACCORDS] = answers(26, low=0.52)
    assert stale(study) == [
        "65 % (26 sur 40), intervalle de 50 à 78 % quand retenu, "
        "65 % (26 sur 40), intervalle de 52 à 78 % maintenant"
    ]
    shown[ACCORDS] = answers(26, low=0.4952)
    assert stale(study) == ["les données ont changé, mais rien de ce qui s'imprime"]


def test_an_arrow_that_goes_is_told(study, shown):
    figure = Figure("attentes", "structure")
    shown[figure] = crossed("+")
    study.findings.keep_figure(figure, picked=CELL)
    shown[figure] = crossed("")
    assert stale(study) == ["71 % (12 sur 17) ▲ quand retenu, 71 % (12 sur 17) maintenant"]


def test_a_share_that_becomes_due_is_told(study, shown):
    figure = Figure("attentes")
    shown[figure] = themes(("lien", "Coordination", 18, NAN, NAN, NAN))
    study.findings.keep_figure(figure, picked=COORDINATION)
    shown[figure] = THEMES
    assert stale(study) == ["18 répondants quand retenu, 44 % (18 sur 41) maintenant"]


def test_a_row_that_is_gone_a_question_and_a_theme_that_left_are_told(study, shown):
    study.findings.keep_figure(ACCORDS, picked=OUI)
    study.findings.keep_figure(Figure("attentes"), picked=COORDINATION)
    shown[ACCORDS] = closed(("", "Non", 14, 40, 0.35, 0.2, 0.5))
    study.save_codebook(CODEBOOK.replace("id: lien", "id: reseaux, replaces: [lien]"))
    assert stale(study) == [
        "ces lignes ne sont plus dans le tableau",
        "le thème « lien » est devenu « Coordination » dans la grille",
    ]
    study.save_codebook(CODEBOOK.replace("id: lien", "id: autre"))
    kept = QUESTIONNAIRE.splitlines(keepends=True)
    study.save_questionnaire("".join(line for line in kept if "id: accord" not in line))
    assert stale(study) == [
        "la question « accord » n'est plus dans le questionnaire",
        "le thème « lien » n'est plus dans la grille",
    ]
    assert study.findings.all()[0].sentence.startswith("65")
    with pytest.raises(StudyError, match="n'est plus dans le questionnaire"):
        study.findings.refresh(study.findings.all()[0].uid)


def test_a_filter_on_what_left_is_told_and_the_filter_is_said_in_words(study, shown):
    figure = Figure("accord", among=(Criterion("attentes", ("lien",)),))
    shown[figure] = answers(26)
    study.findings.keep_figure(figure, picked=OUI)
    assert study.findings.all()[0].among == "ceux qui citent « Coordination »"
    study.save_codebook(CODEBOOK.replace("id: lien", "id: autre"))
    assert stale(study) == ["le thème « lien » n'est plus dans la grille"]


def test_a_quote_says_when_its_text_changes_or_leaves(study):
    for name in ("r38:attentes", "r39:attentes"):
        study.findings.keep_quote(name, author="Anne")
    assert stale(study) == ["", ""]
    assert study.findings.all()[1].text == "coordonner 39"
    changed = SURVEY.replace("coordonner 39", "coordonner mieux")
    importing(study, changed)
    assert stale(study) == ["", "son texte a changé"]
    study.findings.refresh(study.findings.all()[1].uid)
    assert stale(study) == ["", ""]
    assert study.findings.all()[1].text == "coordonner mieux"


def test_a_quote_that_only_the_list_holds_may_leave_and_is_told(study):
    importing(study, SURVEY + "r40;Association;Oui;relier 40\n")
    study.findings.keep_quote("r40:attentes")
    importing(study, SURVEY)
    assert stale(study) == ["ce verbatim n'est plus dans l'étude"]
    with pytest.raises(StudyError, match="n'est plus dans l'étude"):
        study.findings.keep_quote("gone")


@pytest.mark.usefixtures("shown")
def test_what_is_not_in_the_table_cannot_be_kept(study):
    with pytest.raises(StudyError, match="Rien à retenir"):
        study.findings.keep_figure(ACCORDS, picked={"item": "", "answer": "Peut-être"})
    assert study.findings.all() == []


def test_figures_are_made_again_when_the_data_change_and_only_then(study, shown):
    findings = Findings(study)
    for answer in ANSWERS:
        findings.keep_figure(ACCORDS, picked={"item": "", "answer": answer})
    findings.all()
    shown.made.clear()
    findings.say(findings.all()[0].uid, "À dire.")
    findings.rank([kept.uid for kept in reversed(findings.all())])
    assert [kept.own for kept in findings.all()] == [False, True]
    assert shown.made == []
    read_more(study)
    findings.all()
    assert shown.made == [ACCORDS]


@pytest.mark.usefixtures("shown")
def test_the_list_is_there_for_files_in_order(study):
    study.findings.keep_figure(ACCORDS, picked=OUI, author="Anne")
    study.findings.keep_quote("r01:attentes", sentence="Parlant.", author="Paul")
    frame = study.findings.frame()
    assert list(frame["rank"]) == [0, 1]
    assert list(frame["sentence"])[1] == "Parlant."
    assert list(frame["text"]) == ["", "coordonner 1"]


def test_a_real_table_is_kept_and_goes_stale_with_a_new_decision(study):
    figure = Figure("attentes")
    study.findings.keep_figure(figure, picked=COORDINATION)
    study.findings.keep_figure(ACCORDS)
    assert stale(study) == ["", ""]
    study.decide("Anne", "r00:attentes", present=["lien", "moyens"])
    assert stale(study) == ["50 % (20 sur 40) quand retenu, 53 % (21 sur 40) maintenant", ""]
