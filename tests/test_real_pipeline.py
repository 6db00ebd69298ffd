"""The whole way on real files: a survey of 4,253 people, and 10,000 long answers."""

import csv
import gzip
import time
from itertools import islice
from pathlib import Path

import pytest

from verbatims import frames
from verbatims.model import Raw
from verbatims.study import LEMMAS, TAGS, Study

pytestmark = pytest.mark.model

CYCLING = """themes:
  - {id: securite, label: Sécurité, terms: [sécurité, danger, dangereux, accident]}
  - {id: pistes, label: Pistes, terms: [piste cyclable, bande cyclable, aménagement]}
"""
ECOLOGY = """themes:
  - {id: transports, label: Transports, terms: [transport, train, transport en commun, vélo]}
  - {id: energie, label: Énergie, terms: [énergie, nucléaire, "renouvel*", isolation]}
"""
LONG = (
    "questions:\n  - {id: rang, kind: id, column: id}\n  - {id: avis, kind: open, column: avis}\n"
)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def assert_tags_index_the_text(study: Study) -> None:
    texts = study.verbatims().set_index("verbatim_id")["text"]
    tags = study.tags()
    assert len(tags) > 100
    for tag in tags.itertuples():
        assert texts[tag.verbatim_id][tag.start : tag.end].split() == tag.evidence.split()


def test_a_real_survey_goes_from_its_file_to_the_csv(
    rouen: tuple[Raw, Path], shared: Path, tmp_path: Path
) -> None:
    codebook = written(tmp_path, "codebook.yaml", CYCLING)
    study = Study.create(tmp_path / "velo", questionnaire=rouen[1], codebook=codebook)
    study.import_file(shared / "data" / "survey" / "fub_velo2025_rouen.csv")
    stages = study.run()

    assert all(stage.done for stage in stages)
    base = study.status().bases["q35"]
    assert (base.asked, base.answered) == (3508, 1322)  # one more comments without being asked
    assert_tags_index_the_text(study)
    clusters = study.clustering().clusters
    assert set(clusters["verbatim_id"]) >= set(study.lemmas()["verbatim_id"])
    for verbatim_id in study.verbatims().query("status == 'answered'")["verbatim_id"][:5]:
        study.decide("Anne", verbatim_id, present=["securite"])
    paths = {path.name: path for path in study.export()}
    with paths["verbatims_codes.csv"].open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    assert len(rows) == 3509
    assert sum(row["lu par"] == "Anne" for row in rows) == 5


@pytest.fixture(scope="module")
def debate(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """10,000 answers of 62 words on average."""
    folder = tmp_path_factory.mktemp("debat")
    corpus = shared / "data" / "corpus" / "gdn_eco_q161_dev.csv.gz"
    survey = folder / "avis.csv"
    with (
        gzip.open(corpus, "rt", encoding="utf-8", newline="") as read,
        survey.open("w", encoding="utf-8", newline="") as write,
    ):
        rows = csv.writer(write)
        rows.writerow(["id", "avis"])
        rows.writerows((row["id"], row["reponse"]) for row in islice(csv.DictReader(read), 10_000))
    study = Study.create(
        folder / "etude",
        questionnaire=written(folder, "questionnaire.yaml", LONG),
        codebook=written(folder, "codebook.yaml", ECOLOGY),
    )
    study.import_file(survey)
    study.run()
    return study


def test_ten_thousand_long_answers_are_tagged_where_they_say_it(debate: Study) -> None:
    assert len(debate.verbatims()) == 10_000
    assert_tags_index_the_text(debate)
    lemmas = debate.lemmas()
    texts = debate.verbatims().set_index("verbatim_id")["text"]
    sample = lemmas.iloc[:: max(len(lemmas) // 20_000, 1)]
    for word in sample.itertuples():
        assert texts[word.verbatim_id][word.start : word.end] == word.form


def test_a_second_run_does_nothing_and_costs_nothing(debate: Study) -> None:
    study = Study.open(debate.path)
    started = time.process_time()
    assert [stage.name for stage in study.run() if stage.done] == []
    assert time.process_time() - started < 1


def test_after_a_codebook_edit_only_tagging_runs(debate: Study) -> None:
    study = Study.open(debate.path)
    study.save_codebook(ECOLOGY + "  - {id: eau, label: Eau, terms: [eau, rivière]}\n")
    assert [stage.name for stage in study.run() if stage.done] == [TAGS]
    assert "eau" in set(study.tags()["theme"])


def test_lemmas_come_back_from_the_cache_as_they_were(debate: Study) -> None:
    again = Study.open(debate.path).lemmas()
    assert list(again.columns) == list(frames.LEMMAS.columns)
    assert again.equals(debate.lemmas())
    assert LEMMAS in set(debate.store.runs()["stage"])
