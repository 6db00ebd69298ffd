import csv
import io
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatims.export import FRENCH, INTERNATIONAL, WRITERS, Results, csv_files
from verbatims.frames import TAGS
from verbatims.model import (
    Base,
    Codebook,
    CodedCorpus,
    Column,
    Kind,
    Question,
    Questionnaire,
    Source,
    Table,
    Theme,
)

QUESTIONNAIRE = Questionnaire(
    (
        Question("structure", Kind.SINGLE, (Column("Structure"),), profile=True),
        Question("champs", Kind.MULTI, (Column("a", "Santé"), Column("b", "Emploi")), profile=True),
        Question("attentes", Kind.OPEN, (Column("Q12"),), text="Qu'attendez-vous ?"),
        Question("freins", Kind.OPEN, (Column("Q13"),), text="Quels freins ?"),
        Question("entretien", Kind.OPEN, (Column("propos"),), source=Source.INTERVIEW),
    )
)
CODEBOOK = Codebook((Theme("reseaux", "Réseaux"), Theme("coordination", "Coordination")))
VERBATIMS = pd.DataFrame(
    [
        ("r1:attentes", "r1", "attentes", "Coordonner ; « agir »\r\nensemble", "answered"),
        ("r2:attentes", "r2", "attentes", "=1+1", "answered"),
        ("r3:attentes", "r3", "attentes", "RAS", "empty"),
        ("r1:freins", "r1", "freins", "Le temps", "answered"),
        ("r2:freins", "r2", "freins", "", "blank"),
        ("i1:entretien:1", "i1", "entretien", "Valoriser", "answered"),
    ],
    columns=["verbatim_id", "respondent_id", "question", "text", "status"],
)
CODED = CodedCorpus(
    questionnaire=QUESTIONNAIRE,
    codebook=CODEBOOK,
    respondents=pd.DataFrame(
        {
            "respondent_id": ["r1", "r2", "r3", "i1"],
            "source": ["survey"] * 3 + ["interview"],
            "weight": 1.0,
        }
    ),
    answers=pd.DataFrame(
        [
            ("r1", "champs", "Santé", "1"),
            ("r1", "champs", "Emploi", "1"),
            ("r2", "champs", "Santé", "0"),
            ("r1", "structure", "", "Association"),
            ("r2", "structure", "", "nsp"),
        ],
        columns=["respondent_id", "question", "item", "value"],
    ),
    verbatims=VERBATIMS,
    tags=pd.DataFrame(
        [
            ("r1:attentes", "coordination", "lexicon", 0, 10, 1.0, "coordonner", "Coordonner"),
            ("r1:attentes", "coordination", "lexicon", 20, 28, 1.0, "ensemble", "ensemble"),
            ("r1:freins", "reseaux", "lexicon", 0, 2, 1.0, "x", "x"),
        ],
        columns=list(TAGS.columns),
    ),
    codings=pd.DataFrame(
        [
            ("r1:attentes", "coordination", True, "coder"),
            ("r1:attentes", "reseaux", True, "coder"),
            ("r1:attentes", "ancien", True, "coder"),
            ("r2:attentes", "reseaux", False, "coder"),
            ("r1:freins", "reseaux", True, "machine"),
        ],
        columns=["verbatim_id", "theme", "present", "source"],
    ),
    readers={"r1:attentes": ("Léa", "Tom"), "r2:attentes": ("Léa",), "i1:entretien:1": ("Tom",)},
)
PICKS = pd.DataFrame(
    [("r1:attentes", 2, "ouvrir la partie 2"), ("i1:entretien:1", 1, "")],
    columns=["verbatim_id", "rank", "note"],
)


FINDINGS = pd.DataFrame(
    [
        ("44 % citent « Réseaux ».", "44 % (18 sur 41)", "", "Attentes", "ceux qui …", ""),
        ("Parlant.", "", "son texte a changé", "Attentes", "", "Coordonner"),
    ],
    columns=["sentence", "seen", "stale", "title", "among", "text"],
).assign(rank=[0, 1], made_at="2026-03-02T08:00:00", run="")


def frequencies(*rows, **more):
    """A table of (theme, n, share)."""
    frame = pd.DataFrame(rows, columns=["theme", "n", "share"])
    frame = frame.assign(label=frame["theme"].str.upper(), parent="", mentions=frame["n"])
    frame = frame.assign(low=frame["share"] / 2, high=frame["share"] * 2)
    frame = frame.assign(suggested=9, accepted=4)
    return Table("Qu'attendez-vous ?", frame.assign(**more), Base(52, 41, 5, 6, 41))


GROUPS = frequencies(
    ("reseaux", 2, float("nan")),
    ("reseaux", 5, 0.125),
    group=["Association", "Entreprise"],
    **{"asked": [9, 43], "answered": [8, 40], "empty": 0, "blank": [1, 3], "coded": [8, 40]},
)
RESULTS = Results(
    CODED,
    PICKS,
    {
        ("attentes", "structure"): GROUPS,
        ("attentes", ""): frequencies(("reseaux", 7, 7 / 41), ("coordination", 0, 0.0)),
    },
    findings=FINDINGS,
    passages=pd.DataFrame(
        [
            ("r1:attentes", "reseaux", "Léa", 13, 31),
            ("i1:entretien:1", "coordination", "Tom", 0, 9),
        ],
        columns=["verbatim_id", "theme", "coder", "start", "end"],
    ),
    traces=pd.DataFrame(
        [
            ("r1:attentes", "reseaux", True, "arbitrage", "Léa : présent | Tom : absent")
            + ("Ana", "=vu ensemble"),
            ("r2:attentes", "reseaux", False, "un seul lecteur", "Léa : absent", "", ""),
        ],
        columns=["verbatim_id", "theme", "present", "how", "votes", "author", "reason"],
    ),
)


def written(writer, folder, dialect=FRENCH, results=RESULTS):
    """The rows of the file that `writer` makes, as a spreadsheet would read them."""
    path = folder / "file.csv"
    writer(results, path, dialect)
    text = path.read_bytes().decode(dialect.encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=dialect.separator))


def test_frequencies_begin_with_everyone_then_give_each_group_and_its_base(tmp_path):
    rows = written(csv_files.theme_frequencies, tmp_path)
    assert [(row["profil"], row["modalité"], row["thème"]) for row in rows] == [
        ("Ensemble", "", "reseaux"),
        ("Ensemble", "", "coordination"),
        ("structure", "Association", "reseaux"),
        ("structure", "Entreprise", "reseaux"),
    ]
    assert rows[0] == {
        "question": "attentes",
        "profil": "Ensemble",
        "modalité": "",
        "thème": "reseaux",
        "libellé": "RESEAUX",
        "parent": "",
        "n répondants": "7",
        "n mentions": "7",
        "suggestions": "9",
        "acceptées par la machine": "4",
        "% des répondants": "17,1",
        "borne basse 95 %": "8,5",
        "borne haute 95 %": "34,1",
        "base sollicités": "52",
        "base répondu": "41",
        "base sans contenu": "5",
        "base blanc": "6",
        "base codés": "41",
    }
    assert [row["base répondu"] for row in rows] == ["41", "41", "8", "40"]


def test_a_withheld_share_is_an_empty_cell_and_never_a_zero(tmp_path):
    shares = [row["% des répondants"] for row in written(csv_files.theme_frequencies, tmp_path)]
    assert shares == ["17,1", "0,0", "", "12,5"]


def test_weighted_shares_have_their_column_when_there_are_any(tmp_path):
    weighted = frequencies(("reseaux", 7, 0.2), weighted_share=0.25)
    results = Results(CODED, PICKS, {("attentes", ""): weighted})
    rows = written(csv_files.theme_frequencies, tmp_path, results=results)
    assert rows[0]["% redressé"] == "25,0"


def test_codings_tell_absent_from_not_read(tmp_path):
    rows = written(csv_files.codings, tmp_path)
    assert rows == [
        # one of the two answers of r1 is unread: what was not found may still be there
        {
            **{"répondant": "r1", "source": "enquête", "réponses": "2", "réponses lues": "1"},
            **{"reseaux": "1", "coordination": "1", "ancien": "1"},
        },
        {
            **{"répondant": "r2", "source": "enquête", "réponses": "1", "réponses lues": "1"},
            **{"reseaux": "0", "coordination": "0", "ancien": "0"},
        },
        # r3 has written nothing, and stays so that the file can stand beside the survey's
        {
            **{"répondant": "r3", "source": "enquête", "réponses": "0", "réponses lues": "0"},
            **{"reseaux": "", "coordination": "", "ancien": ""},
        },
        {
            **{"répondant": "i1", "source": "entretien", "réponses": "1", "réponses lues": "1"},
            **{"reseaux": "0", "coordination": "0", "ancien": "0"},
        },
    ]


def test_a_theme_not_found_while_an_answer_is_unread_is_left_empty(tmp_path):
    unread = CODED.codings[CODED.codings["theme"] != "reseaux"]
    results = Results(CodedCorpus(**{**vars(CODED), "codings": unread}), PICKS, RESULTS.themes)
    first = written(csv_files.codings, tmp_path, results=results)[0]
    assert (first["répondant"], first["reseaux"], first["coordination"]) == ("r1", "", "1")


def test_a_theme_that_readers_could_not_find_is_left_empty(tmp_path):
    sought = {"r2:attentes": frozenset({"reseaux", "ancien"})}
    results = Results(CodedCorpus(**{**vars(CODED), "sought": sought}), PICKS, RESULTS.themes)
    second = written(csv_files.codings, tmp_path, results=results)[1]
    assert (second["répondant"], second["reseaux"], second["coordination"]) == ("r2", "0", "")


def test_memos_stand_beside_their_verbatim(tmp_path):
    columns = ["verbatim_id", "coder", "text"]
    memos = pd.DataFrame([("r1:attentes", "Léa", "ironique ?")], columns=columns)
    results = Results(CODED, PICKS, RESULTS.themes, memos)
    rows = written(csv_files.coded_verbatims, tmp_path, results=results)
    assert [row["mémos"] for row in rows[:2]] == ["Léa : ironique ?", ""]


def test_who_wants_to_talk_a_verbatim_over_stands_beside_it(tmp_path):
    raised = [("r1:attentes", name, "2026-01-01") for name in ("Tom", "Léa")]
    flags = pd.DataFrame(raised, columns=["verbatim_id", "coder", "made_at"])
    rows = written(csv_files.coded_verbatims, tmp_path, results=replace(RESULTS, flags=flags))
    assert [row["à discuter"] for row in rows[:2]] == ["Léa | Tom", ""]


def test_each_passage_comes_with_its_words_its_theme_and_who_marked_it(tmp_path):
    assert written(csv_files.passages, tmp_path)[0] == {
        "verbatim": "r1:attentes",
        "répondant": "r1",
        "question": "attentes",
        "thème": "reseaux",
        "libellé": "Réseaux",
        "codeur": "Léa",
        "début": "13",
        "fin": "31",
        "passage": "« agir »\r\nensemble",
    }


def test_every_verbatim_is_listed_with_its_codings_apart_from_the_suggestions(tmp_path):
    rows = written(csv_files.coded_verbatims, tmp_path)
    assert [row["verbatim"] for row in rows] == VERBATIMS["verbatim_id"].tolist()
    assert rows[0] == {
        "verbatim": "r1:attentes",
        "répondant": "r1",
        "question": "attentes",
        "texte": "Coordonner ; « agir »\r\nensemble",
        "statut": "répondu",
        "thèmes": "reseaux | coordination | ancien",
        "acceptées par la machine": "",
        "suggestions": "coordination",
        "lu par": "Léa | Tom",
        "mémos": "",
        "à discuter": "",
    }
    assert [row["statut"] for row in rows[1:5]] == ["répondu", "sans contenu", "répondu", "blanc"]
    assert (rows[3]["thèmes"], rows[3]["suggestions"], rows[3]["lu par"]) == ("", "reseaux", "")


ACCEPTED = replace(
    CODED, codings=CODED.codings.replace({"source": {"machine": "accepted"}})
)  # what the machine suggests for r1:freins, which nobody read


def test_what_is_accepted_unread_is_marked_as_the_machine_s_and_never_as_read(tmp_path):
    results = Results(ACCEPTED, PICKS, RESULTS.themes)
    row = written(csv_files.coded_verbatims, tmp_path, results=results)[3]
    assert row["acceptées par la machine"] == "reseaux"
    assert (row["thèmes"], row["lu par"]) == ("", "")
    assert written(csv_files.codings, tmp_path, results=results) == written(
        csv_files.codings, tmp_path
    )


def test_quotes_come_in_the_order_of_the_analyst_with_labels_for_the_reader(tmp_path):
    rows = written(csv_files.quotes, tmp_path)
    assert rows[0] == {
        "rang": "1",
        "citation": "Valoriser",
        "thèmes": "",
        "question": "entretien",
        "profil": "",
        "note": "",
    }
    assert rows[1] == {
        "rang": "2",
        "citation": "Coordonner ; « agir »\r\nensemble",
        "thèmes": "Réseaux | Coordination | ancien",
        "question": "Qu'attendez-vous ?",
        "profil": "Association · Santé · Emploi",
        "note": "ouvrir la partie 2",
    }


def test_what_is_kept_comes_in_order_with_what_it_rests_on_and_what_has_changed(tmp_path):
    figure, quote = written(csv_files.findings, tmp_path)
    assert list(figure.values()) == [
        *("1", "chiffre", "44 % citent « Réseaux ».", "44 % (18 sur 41)", "", "Attentes"),
        *("ceux qui …", "", "2026-03-02T08:00:00", ""),
    ]
    assert (quote["nature"], quote["citation"]) == ("citation", "Coordonner")
    assert quote["à revoir"] == "son texte a changé"


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("dialect", [FRENCH, INTERNATIONAL])
def test_every_file_reads_back_and_has_the_same_bytes_each_time(tmp_path, name, dialect):
    rows = written(WRITERS[name], tmp_path, dialect)
    first = (tmp_path / "file.csv").read_bytes()
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)
    assert written(WRITERS[name], tmp_path, dialect) == rows
    assert (tmp_path / "file.csv").read_bytes() == first
    assert first.startswith(b"\xef\xbb\xbf") == (dialect is FRENCH)
    assert first.count(dialect.separator.encode()) >= len(rows)


@pytest.mark.parametrize("name", WRITERS)
def test_both_dialects_say_the_same(tmp_path, name):
    french = written(WRITERS[name], tmp_path, FRENCH)
    international = written(WRITERS[name], tmp_path, INTERNATIONAL)
    numbers = ("%", "borne")
    for left, right in zip(french, international, strict=True):
        for column, cell in left.items():
            expected = cell.replace(",", ".") if column.startswith(numbers) else cell
            assert right[column] == expected


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("dialect", [FRENCH, INTERNATIONAL])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_any_file_runs_as_a_formula(tmp_path, name, dialect, start):
    attack = f'{start}HYPERLINK("x";A1),"'
    coded = CodedCorpus(
        **{
            **vars(CODED),
            "verbatims": VERBATIMS.assign(text=attack),
            "codebook": Codebook((Theme("reseaux", attack), Theme("coordination", attack))),
            "answers": CODED.answers.assign(value=attack),
            "readers": dict.fromkeys(CODED.readers, (attack,)),
        }
    )
    table = frequencies(("reseaux", 1, 0.5), label=attack, group=[attack])
    table = Table(attack, table.rows.assign(**vars(table.base)), table.base)
    traces = RESULTS.traces.assign(votes=attack, reason=attack)
    picks, themes = PICKS.assign(note=attack), {("attentes", "structure"): table}
    told = {"traces": traces, "findings": FINDINGS.assign(sentence=attack)}
    results = Results(coded, picks, themes, passages=RESULTS.passages, **told)
    rows = written(WRITERS[name], tmp_path, dialect, results)
    cells = [cell for row in rows for cell in [*row, *row.values()]]
    assert not any(cell.startswith(csv_files.FORMULA) for cell in cells)
    if name != "codages.csv":  # holds no free text
        assert any(cell == f"'{attack}" for cell in cells)


def test_negative_numbers_stay_numbers():
    assert csv_files._printed(-1.5, FRENCH) == "-1,5"
    assert csv_files._printed(-3, INTERNATIONAL) == "-3"


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_whole(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("export")
    coded = CodedCorpus(**{**vars(CODED), "verbatims": VERBATIMS.assign(text=text)})
    for dialect in (FRENCH, INTERNATIONAL):
        rows = written(
            csv_files.coded_verbatims, folder, dialect, Results(coded, PICKS, RESULTS.themes)
        )
        harmless = f"'{text}" if text.startswith(csv_files.FORMULA) else text
        assert [row["texte"] for row in rows] == [harmless] * len(VERBATIMS)
