"""Plans say who reads what: drawn over what the study holds, followed, and taken back."""

from pathlib import Path

import pandas as pd
import pytest

from verbatims import frames
from verbatims.errors import StudyError, VerbatimsError
from verbatims.model import Role
from verbatims.study import Study
from verbatims.study.planning import Wish
from verbatims.study.stages import Stages

SURVEY = "id;Attentes;Craintes\n" + "".join(
    f"r{n};{'financer' if n % 4 == 0 else 'coordonner'} {n};{'' if n > 10 else f'craindre {n}'}\n"
    for n in range(1, 21)
)
MORE = SURVEY + "".join(f"r{n};coordonner {n};\n" for n in range(21, 31))
QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: attentes, kind: open, column: Attentes}
  - {id: craintes, kind: open, column: Craintes}
"""
CODEBOOK = """themes:
  - {id: coordination, label: Coordination, terms: [coordonner]}
  - {id: finance, label: Finance, terms: [financer]}
  - {id: jamais, label: Jamais, terms: [introuvable]}
"""
HALVES = {"Anne": 50, "Paul": 50}


def imported(study: Study, survey: str) -> Study:
    file = study.path / "enquete.csv"
    file.write_text(survey, "utf-8")
    study.import_file(file)
    return study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Twenty answers to a question, ten to another, where no theme is suggested."""
    made = Study.create(tmp_path / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    made.save_codebook(CODEBOOK)
    return imported(made, SURVEY)


def test_a_draft_tells_what_each_would_read_and_keeps_nothing(study):
    draft = study.planning.draft(Wish(HALVES, twice=0.2, question="attentes"))
    assert (draft.answers, draft.doubles, draft.known) == (20, 4, 0)
    assert draft.coders.values.tolist() == [["Anne", 8, 4, 12, 0], ["Paul", 8, 4, 12, 0]]
    assert draft.pairs.values.tolist() == [["Anne", "Paul", 4]]
    assert study.planning.plans() == []


def test_a_plan_over_every_question_shares_out_all_answers_with_content(study):
    assert study.planning.draft(Wish(HALVES)).answers == 30


def test_a_plan_is_followed_as_its_coders_read(study):
    planning = study.planning
    draft = planning.draft(Wish(HALVES, twice=1, question="craintes"))
    number = planning.save(draft, author="Claire")
    first, second, *_ = planning.waiting("Anne")
    for coder, verbatim in [("Anne", first), ("Paul", first), ("Anne", second)]:
        study.decide(coder, verbatim, present=[])
    (plan,) = planning.plans()
    assert (plan.number, plan.author, plan.wish) == (number, "Claire", draft.wish)
    assert (plan.answers, plan.doubles, plan.done, plan.begun) == (10, 10, 1, 1)
    assert plan.coders.values.tolist() == [["Anne", 0, 10, 10, 2], ["Paul", 0, 10, 10, 1]]
    assert len(planning.waiting("Anne")) == 8
    assert planning.waiting("Marc") == []


def test_what_is_read_twice_is_blind_unless_said_otherwise(study):
    planning = study.planning
    draft = planning.draft(Wish(HALVES, twice=0.5, question="craintes"))
    planning.save(draft, author="Claire")
    planning.save(draft, author="Claire", blind=False, hides_machine=True)
    planning.save(planning.draft(Wish(HALVES, question="craintes")), author="Claire")
    made = [(plan.blind, plan.hides_machine) for plan in planning.plans()]
    assert made == [(True, False), (False, True), (False, False)]


def test_an_answer_already_read_goes_to_its_reader(study):
    ids = study.planning.pool("craintes")
    for verbatim in ids[:4]:
        study.decide("Paul", verbatim, present=[])
    draft = study.planning.draft(Wish(HALVES, question="craintes"))
    owner = draft.assigned.set_index("verbatim_id")["coder"]
    assert [owner[verbatim] for verbatim in ids[:4]] == ["Paul"] * 4
    assert draft.coders["read"].tolist() == [0, 4]


@pytest.mark.parametrize("reader", ["Paul", "Claire"])
def test_a_draft_counts_the_doubles_that_someone_has_read_before(study, reader):
    study.decide(reader, study.planning.pool("craintes")[0], present=[])
    assert study.planning.draft(Wish(HALVES, twice=1, question="craintes")).known == 1


def test_answers_added_later_are_planned_without_moving_the_others(study):
    planning = study.planning
    planning.save(planning.draft(Wish(HALVES, twice=0.5, question="attentes")), author="Claire")
    before = study.store.assignments()
    imported(study, MORE)
    added = planning.draft(Wish({"Anne": 20, "Marc": 80}, question="attentes", only_new=True))
    assert added.coders[["coder", "assigned"]].values.tolist() == [["Anne", 2], ["Marc", 8]]
    planning.save(added, author="Claire")
    after = study.store.assignments()
    assert after[after["plan"] == 1].reset_index(drop=True).equals(before)
    assert len(after) == len(before) + 10


def test_a_later_plan_takes_answers_from_an_earlier_one_and_gives_them_back(study):
    planning = study.planning
    planning.save(planning.draft(Wish(HALVES)), author="Claire")
    planning.save(planning.draft(Wish({"Marc": 1}, question="craintes")), author="Claire")
    assert [(plan.answers, plan.taken) for plan in planning.plans()] == [(30, 10), (10, 0)]
    planning.take_back(2, author="Claire")
    assert [(plan.answers, plan.taken) for plan in planning.plans()] == [(30, 0)]
    with pytest.raises(StudyError, match="n° 2"):
        planning.take_back(2)


def test_nothing_left_to_share_out_is_said(study):
    planning = study.planning
    planning.save(planning.draft(Wish(HALVES)), author="Claire")
    with pytest.raises(StudyError, match="déjà réparties"):
        planning.draft(Wish(HALVES, only_new=True))
    with pytest.raises(StudyError, match="Aucune réponse"):
        planning.draft(Wish(HALVES, question="autre"))


def test_shares_that_nobody_could_keep_to_are_refused(study):
    with pytest.raises(VerbatimsError, match="« Anne » est trop grande"):
        study.planning.draft(Wish({"Anne": 90, "Paul": 10}, twice=1))


def test_how_many_doubles_it_takes_is_read_from_the_suggestions(study, monkeypatch):
    """A quarter of the answers hold one theme, three quarters the other: half, at the median."""
    ids = study.planning.pool("attentes")
    themes = ["finance" if n % 4 == 0 else "coordination" for n in range(1, 21)]
    passages = [
        (*pair, "lexicon", 0, 5, 1.0, "terme", "mots") for pair in zip(ids, themes, strict=True)
    ]
    tags = frames.TAGS.check(pd.DataFrame(passages, columns=list(frames.TAGS.columns)))
    monkeypatch.setattr(Stages, "tags", lambda _: tags)
    shares = study.planning.themes("attentes").set_index("theme")["share"]
    assert shares.to_dict() == {"coordination": 0.75, "finance": 0.25, "jamais": 0}
    assert study.planning.needed("attentes") == 20
    assert study.planning.needed("craintes") is None


def test_those_who_may_code_are_the_names_met_until_there_are_accounts(study):
    study.decide("Zoé", study.planning.pool()[0], present=[])
    study.planning.save(study.planning.draft(Wish({"Émile": 1})), author="Claire")
    assert study.planning.names() == ["Émile", "Zoé"]
    study.team.add("Claire", Role.LEAD)
    study.team.add("anne", Role.CODER)
    study.team.add("Louis", Role.READER)
    study.team.add("Paul", Role.CODER)
    study.team.close("Paul")
    assert study.planning.names() == ["anne", "Claire"]
