"""Whatever a coder asks for, nothing shows of what others found where they may not see it yet."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatims.model import Coder, Role
from verbatims.study import Study

SURVEY = "id;Attentes;Autre\n" + "".join(
    f"r{n};Coordonner les acteurs numéro {n};Rien de plus {n}\n" for n in range(8)
)
QUESTIONNAIRE = """title: Essai
questions:
  - {id: repondant, kind: id, column: id}
  - {id: attentes, kind: open, column: Attentes}
  - {id: autre, kind: open, column: Autre}
"""
# Anne's marker is a theme that no machine suggests and that nobody else finds
CODEBOOK = """themes:
  - {id: suggested, label: Coordination, terms: [coordonner]}
  - {id: found-by-anne, label: Indicible, terms: [introuvable]}
"""
IDS = [f"r{n}:attentes" for n in range(8)]
CLOSED = IDS[:4]
ANNE, PAUL, LEA = (Coder(name, Role.CODER) for name in ("Anne", "Paul", "Léa"))
ZOE = Coder("Zoé", Role.LEAD)
MEMO = "un secret d'Anne"
TEXT = "Coordonner les acteurs numéro 0"


@pytest.fixture(scope="module")
def study(
    tmp_path_factory: pytest.TempPathFactory,
    without_model_here: None,  # noqa: ARG001  (it replaces the model)
) -> Study:
    """Anne and Paul are to read four answers blind, machine hidden; Anne has, and two others."""
    folder = tmp_path_factory.mktemp("blind")
    files = {"s.csv": SURVEY, "q.yaml": QUESTIONNAIRE, "c.yaml": CODEBOOK}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    made = Study.create(
        folder / "etude", questionnaire=folder / "q.yaml", codebook=folder / "c.yaml"
    )
    made.import_file(folder / "s.csv")
    made.run()
    pairs = [(name, coder) for name in CLOSED for coder in ("Anne", "Paul")]
    made.store.add_plan(
        pd.DataFrame(pairs, columns=["verbatim_id", "coder"]),
        about={},
        blind=True,
        hides_machine=True,
        author="Zoé",
    )
    for name in [*CLOSED, IDS[4]]:
        made.desk(ANNE).write(
            [
                {
                    **{"uid": f"anne {name}", "what": "decide", "verbatim": name},
                    **{"present": ["found-by-anne"], "spans": [["found-by-anne", 3, 17]]},
                },
                {"uid": f"memo {name}", "what": "memo", "verbatim": name, "text": MEMO},
                {"uid": f"flag {name}", "what": "flag", "verbatim": name, "raised": True},
            ]
        )
    return made


@pytest.fixture
def own(study: Study, copied: Callable[[Path, Path], Path], tmp_path: Path) -> Study:
    return Study.open(copied(study.path, tmp_path / "etude"))


filters = st.fixed_dictionaries(
    {
        "theme": st.sampled_from(["", "suggested", "found-by-anne"]),
        "state": st.sampled_from(["", "unread", "done"]),
        "order": st.sampled_from(["file", "random", "uncertain", "rare", "theme", "cluster"]),
        "search": st.sampled_from(["", "acteurs"]),
        "mine": st.sampled_from([True, False, None]),
    }
)
asked = st.one_of(
    st.tuples(st.just("batch"), filters),
    st.tuples(st.sampled_from(["sheet", "near"]), st.sampled_from(IDS)),
    st.tuples(st.sampled_from(["memo", "undo"]), st.sampled_from(IDS)),
)


@settings(max_examples=30)
@given(st.sampled_from([PAUL, LEA, ZOE]), st.lists(asked, max_size=6))
def test_whatever_is_asked_nothing_of_what_anne_found_is_answered(study, coder, made):
    desk = study.desk(coder)
    for what, about in made:
        if what == "batch":
            for sheet in desk.batch(desk.filters(about))["sheets"]:
                _says_nothing(sheet, coder)
        elif what == "sheet":
            _says_nothing(desk.sheet(about), coder)
        else:
            _ANSWERS_NOTHING[what](desk, about)


def _no_themes_near(desk, name):
    answer = desk.near(name)
    for one in answer["similar"] + answer["others"]:
        if one["id"] in CLOSED:
            assert (one["themes"], one.get("coder", "")) == ([], "")


def _no_undoing(desk, name):
    acked, refused = desk.write([{"uid": f"undo:anne {name}", "what": "undo"}])
    assert acked == []
    assert "anne" not in refused[0]["says"]


def _no_memo(desk, name):
    entry = {"uid": "m", "what": "memo", "verbatim": name, "text": "à moi"}
    assert desk.write([entry]) == (["m"], [])


_ANSWERS_NOTHING = {"near": _no_themes_near, "undo": _no_undoing, "memo": _no_memo}


def _says_nothing(sheet, coder):
    told = json.dumps(sheet)
    assert MEMO not in told
    assert not sheet["flagged"]
    if sheet["id"] in CLOSED:
        assert "found-by-anne" not in told
        assert "Anne" not in told
        assert sheet["closed_to"] == ("machine" if coder == PAUL else "others")
        if coder == PAUL:
            machine = ("tags", "suggested", "accepted", "why", "scores")
            assert not any(sheet[name] for name in machine)
            assert "Coordination" not in sheet["reason"]


def test_a_filter_by_theme_shows_a_closed_verbatim_as_if_nobody_had_read_it(study):
    def found(coder: Coder, theme: str) -> list[str]:
        desk = study.desk(coder)
        wanted = {"theme": theme, "state": "", "mine": False, "question": "attentes"}
        return [sheet["id"] for sheet in desk.batch(desk.filters(wanted))["sheets"]]

    assert found(PAUL, "found-by-anne") == [IDS[4]]
    assert found(LEA, "found-by-anne") == [IDS[4]]
    assert found(ANNE, "found-by-anne") == IDS[:5]
    assert found(PAUL, "suggested") == IDS[5:]  # hidden from him where he is to read
    assert found(LEA, "suggested") == [*CLOSED, *IDS[5:]]


def test_orders_count_a_hidden_verbatim_as_having_no_score_and_give_it_no_reason(study):
    desk = study.desk(PAUL)
    wanted = {"order": "theme", "theme": "suggested", "mine": False, "question": "attentes"}
    sheets = desk.batch(desk.filters(wanted))["sheets"]
    chosen = [sheet for sheet in sheets if sheet["queue"] == "theme"]
    assert {sheet["reason"] for sheet in chosen if sheet["id"] in CLOSED} == {""}
    assert not any(sheet["id"] in CLOSED for sheet in chosen[:2])


def test_once_both_have_read_it_is_open_and_closed_again_when_one_takes_it_back(own):
    paul, name = own.desk(PAUL), CLOSED[0]
    assert paul.sheet(name)["closed_to"] == "machine"
    paul.write([{"uid": "p", "what": "decide", "verbatim": name, "present": []}])
    sheet = paul.sheet(name)
    assert (sheet["closed_to"], sheet["suggested"]) == ("", ["suggested"])
    seen = own.desk(LEA).near("r0:autre")["others"][0]
    assert seen["themes"] == ["found-by-anne"]
    paul.write([{"uid": "undo:p", "what": "undo"}])
    assert paul.sheet(name)["closed_to"] == "machine"


def test_a_coder_whom_the_plan_names_is_shown_what_is_theirs_until_they_have_read_it(own):
    paul = own.desk(PAUL)
    assert paul.about()["mine"]
    batch = paul.batch(paul.filters({}))
    assert [sheet["id"] for sheet in batch["sheets"]] == CLOSED
    assert batch["progress"] == {"read": 0, "scope": 4}
    paul.write([{"uid": name, "what": "decide", "verbatim": name} for name in CLOSED])
    assert not paul.about()["mine"]
    assert not paul.filters({}).mine
    assert not own.desk(LEA).about()["mine"]


def test_what_is_read_blind_counts_in_no_table_quote_or_file_before_all_have_read_it(own):
    found = own.codings().query("theme == 'found-by-anne'")
    assert set(found["verbatim_id"]) == {IDS[4]}
    assert not {*own.memos()["verbatim_id"], *own.coded().readers} & set(CLOSED)
    assert {quote.verbatim_id for quote in own.quotes("found-by-anne")} == {IDS[4]}
    for file in own.export():
        for line in file.read_text("utf-8-sig").splitlines():
            found = MEMO in line or "Anne" in line
            assert not (found and any(name in line for name in CLOSED))
    for name in CLOSED:
        own.desk(PAUL).write([{"uid": name, "what": "decide", "verbatim": name, "present": []}])
    assert {*own.memos()["verbatim_id"], *own.coded().readers} >= set(CLOSED)
    passages = _passages(own)
    assert [line.split(";")[0] for line in passages] == IDS[:5]
    assert passages[0].endswith(";attentes;found-by-anne;Indicible;Anne;3;17;" + TEXT[3:17])


def test_a_passage_stands_as_long_as_the_reading_that_marked_it(own):
    names = {row.split(";")[0] for row in _passages(own)}
    assert names == {IDS[4]}
    own.desk(ANNE).write([{"uid": f"undo:anne {IDS[4]}", "what": "undo"}])
    assert not _passages(own)


def _passages(study: Study) -> list[str]:
    study.export()
    lines = (study.path / "exports" / "passages.csv").read_text("utf-8-sig").splitlines()
    return lines[1:]


def test_a_plan_taken_back_opens_what_it_closed(own):
    own.store.take_back_plan(int(own.store.plans()["number"].iloc[0]), author="Zoé")
    assert own.desk(PAUL).sheet(CLOSED[0])["closed_to"] == ""


def test_answers_that_say_the_same_are_not_offered_when_they_are_someone_else_s(own):
    lea = own.desk(LEA)
    assert all(sheet["alike"] == [] for sheet in lea.batch(lea.filters({}))["sheets"])
