"""How codings came about and how far coders agree, as files."""

import csv
import io

import numpy as np
import pandas as pd

from verbatims.analysis.agreement import agreement
from verbatims.export import FRENCH, Results, write_agreement
from verbatims.export.agreement import coding_details
from verbatims.model import Base, Codebook, CodedCorpus, Table, Theme

BOOK = Codebook((Theme("lien", "Lien social"), Theme("temps", "Temps")))


def read(path):
    text = path.read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_each_final_coding_names_who_said_what_and_who_adjudicated_why(tmp_path):
    traces = pd.DataFrame(
        [("v1", "lien", True, "arbitrage", "Anne : présent | Paul : absent", "Léa", "=relu")],
        columns=["verbatim_id", "theme", "present", "how", "votes", "author", "reason"],
    )
    nothing = pd.DataFrame()
    coded = CodedCorpus(None, BOOK, *[nothing] * 5, readers={})
    coding_details(Results(coded, nothing, {}, traces=traces), tmp_path / "d.csv", FRENCH)
    assert read(tmp_path / "d.csv") == [
        {
            "verbatim": "v1",
            "thème": "lien",
            "libellé": "Lien social",
            "présent": "1",
            "établi par": "arbitrage",
            "votes": "Anne : présent | Paul : absent",
            "arbitré par": "Léa",
            "motif": "'=relu",
        }
    ]


def test_agreement_has_a_row_per_theme_and_one_per_measure_on_whole_answers(tmp_path):
    held = {"Anne": [1] * 12 + [0] * 8, "Paul": [1] * 11 + [0] * 9}
    votes = pd.DataFrame(
        [
            (f"v{n}", theme, coder, bool(said) and theme == "lien")
            for coder, values in held.items()
            for n, said in enumerate(values)
            for theme in ("lien", "temps")
        ],
        columns=["verbatim_id", "theme", "coder", "present"],
    )
    people = {f"v{n}": f"r{n}" for n in range(20)}
    tables = agreement(votes, people, BOOK, ["Anne", "Paul"], title="Accord")
    write_agreement([("Anne – Paul", *tables)], tmp_path / "a.csv", FRENCH)
    lien, temps, masi, *others = read(tmp_path / "a.csv")
    assert (lien["présent pour tous"], lien["présent pour le premier seul"]) == ("11", "1")
    assert (lien["accord"], lien["κ de Cohen"]) == ("0,95", "0,897959")
    assert float(lien["κ de Cohen, borne basse"].replace(",", ".")) < 0.897959
    assert (temps["κ de Cohen"], temps["remarque"]) == (
        "",
        "Moins de 10 présences : effectifs seulement.",
    )
    assert (masi["thème"], masi["remarque"]) == ("Ensemble", "solide")
    assert len(others) == 2


def test_a_figure_that_is_not_defined_is_an_empty_cell(tmp_path):
    row = {"theme": "lien", "label": "Lien", "note": "", "prevalence": np.nan}
    counts = dict.fromkeys(("n", "both", "first", "second", "split", "neither"), np.nan)
    names = ("agreement", "kappa", "ac1", "pabak", "alpha")
    figures = {f"{name}{bound}": np.nan for name in names for bound in ("", "_low", "_high")}
    themes = Table("", pd.DataFrame([{**row, **counts, **figures}]), Base(0, 0))
    columns = ["measure", "label", "n", "value", "low", "high", "verdict"]
    sets = Table("", pd.DataFrame(columns=columns), Base(0, 0))
    write_agreement([("Anne – Paul", themes, sets)], tmp_path / "a.csv", FRENCH)
    (only,) = read(tmp_path / "a.csv")
    assert set(only.values()) == {"Anne – Paul", "lien", "Lien", ""}
