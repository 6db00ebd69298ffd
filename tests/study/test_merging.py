"""Two copies of a study come together: nothing is lost, the later word stands, once is enough."""

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatims import frames, review
from verbatims.errors import StudyError
from verbatims.model import Corpus, Gesture, Raw, Source
from verbatims.review.votes import rulings
from verbatims.store import Store
from verbatims.study import Study, merging
from verbatims.study.merging import Conflict

pytestmark = pytest.mark.usefixtures("on_sqlite")

BOOK = "themes:\n- id: lien\n  label: Lien social\n- id: moyens\n  label: Moyens\n"
TEXTS = {"r1": "un", "r2": "deux", "r3": "trois"}
FINDING_LINES = ["number", "uid", "part", "value", "author", "made_at"]


def fill(store: Store, texts: dict[str, str]) -> None:
    names = list(texts)
    respondents = pd.DataFrame({"respondent_id": names, "source": "survey", "weight": 1.0})
    answers = pd.DataFrame({"respondent_id": names, "question": "a", "item": "", "value": "1"})
    verbatims = pd.DataFrame(
        {
            "verbatim_id": [f"{name}:q" for name in names],
            "respondent_id": names,
            "question": "q",
            "text": list(texts.values()),
            "status": "answered",
        }
    )
    raw = Raw(pd.DataFrame({"q": names}), (2,) * len(names), "f.csv", "UTF-8")
    store.save_corpus(Corpus(respondents, answers, verbatims), raw, Source.SURVEY)


def at(hour: float) -> str:
    return f"2026-03-02T{int(hour):02d}:{round(hour % 1 * 60):02d}:00.000Z"


def read(
    study: Study, uid: str, hour: float, *themes: str, coder: str = "Anne", of: str = "r1"
) -> None:
    """A reading of a verbatim, as the board sends it; its passage is for each theme its own."""
    name = f"{of}:q"
    before = found(study.store.decisions(), coder, name)
    rows = review.validation(before, coder, name, present=themes, absent=())
    spans = tuple({"verbatim_id": name, "theme": own, "start": 0, "end": 2} for own in themes)
    study.store.add_gestures([Gesture(uid, coder, name, tuple(rows), spans, made_at=at(hour))])


def found(decisions: pd.DataFrame, coder: str, name: str) -> list[str]:
    return [theme for theme, value in values(decisions, coder, name).items() if value == "present"]


def values(decisions: pd.DataFrame, coder: str, name: str) -> dict[str, str]:
    own = decisions[(decisions["coder"] == coder) & (decisions["verbatim_id"] == name)]
    standing = review.latest(own)
    return dict(zip(standing["theme"], standing["value"], strict=True))


def undo(study: Study, uid: str, hour: float) -> None:
    rows = review.taking_back(study.store.gesture_rows(uid.replace("undo:", "")))
    own = rows[0]
    made = Gesture(uid, own["coder"], own["verbatim_id"], tuple(rows), made_at=at(hour))
    study.store.add_gestures([made])


def reading(study: Study, of: str = "r1", coder: str = "Anne") -> set[str] | None:
    """The themes that a coder's standing reading holds; None when it is not read."""
    decisions = study.store.decisions(coder=coder, verbatim_id=f"{of}:q")
    standing = review.latest(decisions)
    if frames.READ not in set(standing["value"]):
        return None
    return set(standing.loc[standing["value"] == frames.PRESENT, "theme"])


def passages(study: Study, of: str = "r1", coder: str = "Anne") -> set[str]:
    """The themes with a passage in the coder's standing reading."""
    standing = review.latest(study.store.decisions(coder=coder, verbatim_id=f"{of}:q"))
    gestures = set(standing.loc[standing["value"] == frames.READ, "gesture"])
    spans = study.store.spans()
    own = spans[spans["gesture"].isin(gestures) & (spans["verbatim_id"] == f"{of}:q")]
    return set(own["theme"])


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Anne read the first answer at eight: « lien »."""
    made = Study.create(tmp_path / "bureau")
    (tmp_path / "bureau" / "codebook.yaml").write_text(BOOK, "utf-8")
    fill(made.store, TEXTS)
    read(made, "g0", 8, "lien")
    return made


@pytest.fixture
def copy(study: Study) -> Study:
    return parted(study)


def parted(study: Study, name: str = "portable") -> Study:
    """The same study, on another machine."""
    study.store.close()
    path = study.path.parent / name
    shutil.copytree(study.path, path)
    return Study.open(path)


def lines(study: Study) -> dict[str, list[list[str]]]:
    work = study.store.work()
    return {name: frame.astype(str).to_numpy().tolist() for name, frame in work.items()}


def once_is_enough(study: Study, copy: Study) -> None:
    before = lines(study)
    again = merging.merge(study, copy)
    assert lines(study) == before
    assert [again.brought(name) for name in again.joined] == [0] * len(again.joined)


def test_two_coders_apart_come_together_in_the_order_of_time(study, copy):
    read(study, "a1", 10, "moyens", of="r2")
    read(study, "a2", 12, of="r3")
    read(copy, "p1", 9, "lien", of="r1", coder="Paul")
    read(copy, "p2", 11, "lien", of="r2", coder="Paul")
    before = lines(copy)

    merged = merging.merge(study, copy)

    decisions = study.store.decisions()
    assert list(decisions["gesture"].unique()) == ["g0", "p1", "a1", "p2", "a2"]
    assert decisions["number"].is_monotonic_increasing
    assert reading(study, "r2", "Paul") == {"lien"}
    assert passages(study, "r2", "Paul") == {"lien"}
    assert merged.conflicts == ()
    assert merged.brought("gestures") == 2
    assert lines(copy) == before
    once_is_enough(study, copy)


def test_what_was_undone_elsewhere_is_undone_here_and_what_was_redone_is_redone(study, copy):
    undo(copy, "undo:g0", 9)
    merging.merge(study, copy)
    assert reading(study) is None
    undo(copy, "undo:undo:g0", 10)
    merging.merge(study, copy)
    assert reading(study) == {"lien"}
    assert passages(study) == {"lien"}
    once_is_enough(study, copy)


@pytest.mark.parametrize(
    ("here", "elsewhere", "kept"),
    [
        ({"undo:g0": 10}, {"undo:g0": 9, "undo:undo:g0": 9.5}, None),
        ({"undo:g0": 9, "undo:undo:g0": 9.5}, {"undo:g0": 10}, None),
        ({"undo:g0": 9}, {"undo:g0": 9.5, "undo:undo:g0": 10}, {"lien"}),
        ({"undo:g0": 9}, {"undo:g0": 9.5}, None),
    ],
    ids=["undone here last", "undone there last", "redone there last", "undone on both sides"],
)
def test_of_undoing_and_redoing_the_same_gesture_the_later_stands(
    study, copy, here, elsewhere, kept
):
    for side, acts in ((study, here), (copy, elsewhere)):
        for uid, hour in acts.items():
            undo(side, uid, hour)
    merging.merge(study, copy)
    assert reading(study) == kept
    once_is_enough(study, copy)


@pytest.mark.parametrize(("hour", "kept", "side"), [(11, {"moyens"}, "theirs"), (9, set(), "ours")])
def test_of_two_readings_by_one_coder_the_later_stands_whole_and_both_are_listed(
    study, copy, hour, kept, side
):
    read(study, "a1", 10)
    read(copy, "b1", hour, "moyens")
    merged = merging.merge(study, copy)
    assert reading(study) == kept
    assert passages(study) == kept
    told = Conflict("lecture", "r1:q", "Anne", "", "rien à coder", "Moyens", side)
    assert merged.conflicts == (told,)
    assert {"a1", "b1"} <= set(study.store.decisions()["gesture"])
    once_is_enough(study, copy)


def test_a_later_reading_does_not_take_over_what_the_other_had_found(study, copy):
    read(study, "a1", 9, "lien", of="r2")
    read(copy, "b1", 10, "moyens", of="r2")
    merging.merge(study, copy)
    assert reading(study, "r2") == {"moyens"}
    once_is_enough(study, copy)


def test_a_later_undoing_gives_the_passages_of_the_reading_before_it_back(study, copy):
    read(study, "a1", 9, "moyens")
    undo(study, "undo:a1", 11)
    read(copy, "b1", 10, "moyens")
    merged = merging.merge(study, copy)
    assert reading(study) == {"lien"}
    assert passages(study) == {"lien"}
    assert [told.kept for told in merged.conflicts] == ["ours"]
    once_is_enough(study, copy)


def test_a_clock_that_is_wrong_loses_nothing_where_only_one_did_something(study, copy):
    read(copy, "b1", 1, "moyens")
    merging.merge(study, copy)
    assert reading(study) == {"moyens"}


def test_work_in_turn_on_two_machines_follows(study, copy):
    read(copy, "b1", 9, "moyens")
    merging.merge(study, copy)
    read(study, "a1", 10)
    merging.merge(copy, study)
    assert reading(copy) == set()
    read(copy, "b2", 11, "lien", "moyens")
    assert merging.merge(study, copy).conflicts == ()
    assert reading(study) == reading(copy) == {"lien", "moyens"}


def test_one_gesture_on_several_answers_is_settled_answer_by_answer(study, copy):
    rows = [
        {"verbatim_id": f"{of}:q", "theme": theme, "coder": "Anne", "value": value}
        for of in ("r2", "r3")
        for theme, value in (("lien", "present"), ("", "read"))
    ]
    made = Gesture("both", "Anne", "r2:q", tuple(rows), made_at=at(9))
    copy.store.add_gestures([made])
    read(study, "a1", 10, "moyens", of="r2")
    merging.merge(study, copy)
    assert reading(study, "r2") == {"moyens"}
    assert reading(study, "r3") == {"lien"}
    once_is_enough(study, copy)


def test_what_was_done_on_another_text_is_not_brought_and_is_listed(study, copy):
    fill(copy.store, {**TEXTS, "r2": "deux bis", "r9": "neuf"})
    for of in ("r2", "r3", "r9"):
        read(copy, f"b-{of}", 9, "moyens", of=of)
    copy.store.add_memo("Anne", "r2:q", "à revoir")
    merged = merging.merge(study, copy)
    assert [(told.what, told.verbatim_id) for told in merged.conflicts] == [
        ("texte différent : rien n'est repris", "r2:q"),
        ("verbatim absent : rien n'est repris", "r9:q"),
    ]
    assert reading(study, "r2") is None
    assert reading(study, "r3") == {"moyens"}
    assert study.store.memos().empty
    fill(study.store, {**TEXTS, "r2": "deux bis", "r9": "neuf"})
    merging.merge(study, copy)
    assert reading(study, "r2") == reading(study, "r9") == {"moyens"}
    once_is_enough(study, copy)


def test_a_text_corrected_on_both_sides_and_read_again_on_one_is_read(study, copy):
    corrected = {**TEXTS, "r1": "un corrigé"}
    fill(copy.store, corrected)
    read(copy, "b1", 9, "moyens")
    fill(study.store, corrected)
    assert reading(study) is None
    merging.merge(study, copy)
    assert reading(study) == {"moyens"}
    once_is_enough(study, copy)


def test_memos_flags_quotes_adjudications_and_codebooks_come_too(study, copy):
    lien = {"verbatim_id": "r1:q", "theme": "lien"}
    study.store.add_memo("Anne", "r1:q", "ici")
    copy.store.add_memo("Anne", "r1:q", "là-bas, plus tard")
    copy.store.add_memo("Paul", "r2:q", "de Paul")
    copy.store.flag("Paul", "r2:q", raised=True)
    study.store.add_adjudications(
        [{**lien, "value": "present"}], gesture="x", reason="", author="L"
    )
    copy.store.add_adjudications([{**lien, "value": "absent"}], gesture="y", reason="", author="M")
    study.picks.add("r1:q")
    study.picks.annotate("r1:q", "belle")
    copy.picks.add("r2:q")
    copy.picks.add("r1:q")
    copy.picks.annotate("r1:q", "forte")
    copy.store.keep_codebook(copy.codebook, BOOK)

    merged = merging.merge(study, copy)

    assert list(study.store.memos()["text"]) == ["là-bas, plus tard", "de Paul"]
    assert list(study.store.flags()["coder"]) == ["Paul"]
    assert list(study.store.adjudications()["value"]) == ["present", "absent"]
    assert list(study.store.picks()["verbatim_id"]) == ["r1:q", "r2:q"]
    assert copy.codebook.hash in study.store.codebook_themes()
    assert [(told.what, told.ours, told.theirs, told.kept) for told in merged.conflicts] == [
        ("mémo", "ici", "là-bas, plus tard", "theirs"),
        ("arbitrage", "présent", "absent", "theirs"),
        ("note de citation", "belle", "forte", "ours"),
    ]
    once_is_enough(study, copy)


def keep(study: Study, uid: str, sentence: str = "", author: str = "Anne") -> None:
    parts = {frames.ABOUT: f'"{uid}"', frames.SENTENCE: sentence}
    study.store.write_finding(uid, parts, author=author)


def test_what_each_kept_for_the_report_comes_together_and_is_there_once(study, copy):
    keep(study, "both")
    keep(study, "ours")
    keep(copy, "theirs")
    keep(copy, "both", author="Paul")

    merged = merging.merge(study, copy)

    assert list(study.store.findings()["uid"]) == ["both", "ours", "theirs"]
    assert merged.conflicts == ()
    once_is_enough(study, copy)


def test_of_two_sentences_on_what_both_kept_the_later_stands_and_is_told(study):
    keep(study, "common", "avant")
    copy = parted(study)
    keep(copy, "common", "là-bas")
    keep(study, "common", "ici, plus tard")
    copy.store.order_findings(["common"], author="Paul")

    merged = merging.merge(study, copy)

    assert list(study.store.findings()["sentence"]) == ["ici, plus tard"]
    assert merged.conflicts == (
        Conflict("à retenir : phrase", ours="ici, plus tard", theirs="là-bas", kept="ours"),
    )
    once_is_enough(study, copy)


def test_a_sentence_changed_on_one_side_only_stands_without_a_word(study):
    keep(study, "common", "avant")
    copy = parted(study)
    keep(copy, "common", "là-bas")
    study.store.write_finding("common", {frames.REMOVED: "1"}, author="Anne")

    merged = merging.merge(study, copy)

    assert list(study.store.findings()["sentence"]) == ["là-bas"]
    assert list(study.store.findings()["removed"]) == [True]
    assert merged.conflicts == ()


def test_a_theme_that_the_codebook_does_not_have_is_kept_and_listed(study, copy):
    read(copy, "b1", 9, "transport", of="r2")
    merged = merging.merge(study, copy)
    assert reading(study, "r2") == {"transport"}
    assert [(told.theme, told.theirs) for told in merged.conflicts] == [("transport", "1 verbatim")]


def test_a_study_does_not_merge_with_itself_nor_with_another_survey(study, tmp_path):
    with pytest.raises(StudyError, match="deux fois la même"):
        merging.merge(study, Study.open(study.path))
    other = Study.create(tmp_path / "autre")
    with pytest.raises(StudyError, match="aucun verbatim en commun"):
        merging.merge(study, other)


def test_somebody_who_codes_during_a_merge_stops_it(study, copy, monkeypatch):
    read(copy, "b1", 9, "moyens", of="r2")
    joined = merging.join

    def while_coding(*given: object) -> merging.Merged:
        read(study, "a1", 10, of="r3")
        return joined(*given)

    monkeypatch.setattr(merging, "join", while_coding)
    with pytest.raises(StudyError, match="pendant la fusion"):
        merging.merge(study, copy)
    assert reading(study, "r2") is None


def test_a_local_copy_comes_into_a_study_on_a_server(study, copy, server, monkeypatch):
    read(study, "a1", 10, of="r2")
    read(copy, "b1", 9, "lien", of="r2", coder="Paul")
    study.store.close()
    monkeypatch.setenv("DATABASE_URL", server)
    Study.move(study.path, local=False)
    served = Study.open(study.path)
    merging.merge(served, copy)
    assert list(served.store.decisions()["gesture"].unique()) == ["g0", "b1", "a1"]
    read(served, "a2", 11, of="r3")
    assert reading(served, "r3") == set()
    once_is_enough(served, copy)


def test_the_conflicts_are_a_file_for_a_spreadsheet(tmp_path):
    told = [Conflict("lecture", "r1:q", "Anne", "", "non lu", "Moyens", "theirs")]
    merging.write(told, tmp_path / "x" / "c.csv", ours="bureau", theirs="portable")
    with (tmp_path / "x" / "c.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows == [
        ["cas", "verbatim", "codeur", "thème", "dans bureau", "dans portable", "retenu"],
        ["lecture", "r1:q", "Anne", "", "non lu", "Moyens", "portable"],
    ]


# -- whatever was done on both sides ---------------------------------------------------------

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["ours", "theirs"]),
        st.sampled_from(["Anne", "Paul"]),
        st.sampled_from(["read", "read", "undo", "redo"]),
        st.sampled_from(["r1", "r2"]),
        st.sets(st.sampled_from(["lien", "moyens"])),
    ),
    max_size=6,
)


@settings(max_examples=25)
@given(ACTS)
def test_whatever_was_done_the_later_word_stands_and_once_is_enough(acts):
    logs: dict[str, list[Gesture]] = {"ours": _common(), "theirs": _common()}
    last: dict[tuple[str, str], str] = {}
    for hour, (side, coder, act, of, themes) in enumerate(acts, start=9):
        made = _acted(logs[side], coder, act, of, themes, uid=f"{side}{hour}", hour=hour)
        if made is not None:
            logs[side].append(made)
            last[coder, made.verbatim_id] = side
    ours, theirs = (_work(log) for log in logs.values())
    texts = [{f"{name}:q": text for name, text in TEXTS.items()}] * 2

    merged = merging.join(ours, theirs, texts, merging.Codebook(()))

    joined = _numbered(merged.joined)
    for (coder, name), side in last.items():
        expected = values(_decisions(logs[side]), coder, name)
        assert values(joined["decisions"], coder, name) == expected, (coder, name, side)
    everything = {gesture.uid for log in logs.values() for gesture in log}
    assert everything <= set(joined["gestures"]["uid"])
    assert joined["gestures"]["uid"].is_unique
    again = merging.join(joined, theirs, texts, merging.Codebook(()))
    assert [again.brought(name) for name in again.joined] == [0] * len(again.joined)


def _common() -> list[Gesture]:
    start = [("g0", "r1", 7), ("g1", "r2", 8)]
    return [
        made
        for coder in ("Anne", "Paul")
        for uid, of, hour in start
        if (made := _acted([], coder, "read", of, {"lien"}, uid=f"{uid}{coder}", hour=hour))
    ]


def _acted(log, coder, act, of, themes, *, uid, hour):
    """What the coder does next in a study whose log is this one; None when there is nothing to."""
    if act == "read":
        name = f"{of}:q"
        before = found(_decisions(log), coder, name)
        rows = review.validation(before, coder, name, present=sorted(themes), absent=())
        return Gesture(uid, coder, name, tuple(rows), made_at=at(hour))
    own = [(gesture.uid, gesture.verbatim_id) for gesture in log if gesture.coder == coder]
    next_ones = getattr(review.history(own), act)
    if not next_ones:
        return None
    taken, name = next_ones[-1]
    base = next(gesture for gesture in log if gesture.uid == taken.replace("undo:", ""))
    return Gesture(taken, coder, name, tuple(review.taking_back(base.rows)), made_at=at(hour))


def _decisions(log: list[Gesture]) -> pd.DataFrame:
    rows = [
        {**row, "gesture": g.uid, "codebook": "", "queue": "", "made_at": g.made_at}
        for g in log
        for row in g.rows
    ]
    columns = list(frames.DECISIONS.columns)[1:]
    return pd.DataFrame(rows, columns=columns).assign(number=range(1, len(rows) + 1))


def _work(log: list[Gesture]) -> dict[str, pd.DataFrame]:
    gestures = [(g.uid, g.coder, g.verbatim_id, g.made_at) for g in log]
    told = {
        "gestures": pd.DataFrame(gestures, columns=["uid", "coder", "verbatim_id", "made_at"]),
        "decisions": _decisions(log),
        "adjudications": frames.ADJUDICATIONS.empty(),
        "memos": pd.DataFrame(columns=["number", "verbatim_id", "coder", "text", "made_at"]),
        "flags": pd.DataFrame(columns=["number", "verbatim_id", "coder", "raised", "made_at"]),
        "findings": pd.DataFrame(columns=FINDING_LINES),
        "spans": frames.SPANS.empty(),
        "picks": frames.PICKS.empty(),
        "codebooks": pd.DataFrame(columns=["hash", "themes", "text", "seen_at"]),
    }
    return _numbered(told)


def _numbered(work: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    logs = ("gestures", "decisions")
    return {
        name: frame.assign(number=range(1, len(frame) + 1)) if name in logs else frame
        for name, frame in work.items()
    }


def ruled(study: Study, gesture: str, value: str) -> None:
    row = {"verbatim_id": "r1:q", "theme": "lien", "value": value}
    study.store.add_adjudications([row], gesture=gesture, reason="vu", author="L")


def standing(study: Study) -> list[str]:
    return rulings(study.store.adjudications())["theme"].tolist()


def test_an_adjudication_of_an_old_text_does_not_come_back(study, copy):
    for one in (study, copy):
        ruled(one, "x", "present")
    fill(study.store, {**TEXTS, "r1": "un autre"})
    ruled(copy, "y", "absent")
    fill(copy.store, {**TEXTS, "r1": "un autre"})

    merging.merge(study, copy)

    assert standing(study) == []
    assert merging.merge(study, copy).brought("adjudications") == 0


def test_an_adjudication_put_aside_by_the_later_change_of_text_is_told(study, copy):
    for one in (copy, study):
        ruled(one, "x", "present")
    fill(copy.store, {**TEXTS, "r1": "un autre"})
    ruled(copy, "y", "absent")
    fill(study.store, {**TEXTS, "r1": "un autre"})

    (told,) = [own for own in merging.merge(study, copy).conflicts if own.what == "arbitrage"]

    assert (told.theirs, told.kept) == ("absent", "ours")
    assert "à arbitrer de nouveau" in told.ours
    assert standing(study) == []
