"""Accounts: who may come in, in which role, by which key; and tokens that a new key undoes."""

import shutil
from pathlib import Path

import pytest

from verbatims import tokens
from verbatims.errors import StudyError
from verbatims.model import Coder, Role
from verbatims.study import Study
from verbatims.study.patience import Patience
from verbatims.study.team import Team, reaches


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Study.create(tmp_path / "etude").team


def test_without_any_account_whoever_gives_a_name_leads(team: Team) -> None:
    assert team.open
    assert team.find("Claire") == Coder("Claire", Role.LEAD)
    assert team.find("") is None


def test_the_first_account_is_a_lead_s(team: Team) -> None:
    with pytest.raises(StudyError, match="Le premier compte doit être celui d'un responsable"):
        team.add("Hélène", Role.CODER)
    assert team.open


def test_once_there_is_an_account_a_name_alone_is_nobody(team: Team) -> None:
    team.add("Claire", Role.LEAD)
    assert not team.open
    assert team.find("Claire") == Coder("Claire", Role.LEAD)
    assert team.find("Hélène") is None


def test_a_key_has_80_bits_in_groups_without_signs_that_look_alike(team: Team) -> None:
    key = team.add("Claire", Role.LEAD)
    assert [len(group) for group in key.split("-")] == [4, 4, 4, 4]
    assert not set("01IO") & set(key)
    assert key != team.new_key("Claire")


def test_a_key_opens_for_its_name_only_however_both_are_typed(team: Team) -> None:
    key = team.add("Hélène", Role.LEAD)
    other = team.add("Marc", Role.CODER)
    assert team.check("helene", key.lower().replace("-", " ")) == Coder("Hélène", Role.LEAD)
    assert team.check("Marc", other) == Coder("Marc", Role.CODER)
    assert team.check("Hélène", other) is None
    assert team.check("Personne", key) is None
    assert team.check("Hélène", "") is None


def test_the_key_itself_is_not_kept(team: Team) -> None:
    key = team.add("Claire", Role.LEAD)
    kept = team.coders()["key_hash"].iloc[0]
    assert key not in kept
    assert key.replace("-", "") not in kept


def test_who_has_no_key_does_not_come_in_with_an_empty_one(team: Team) -> None:
    team.add("Claire", Role.LEAD)
    team.store.add_coder("Paul", role=Role.CODER, email="paul@exemple.fr")
    assert team.check("Paul", "") is None


def test_who_fails_again_and_again_waits_longer_and_longer() -> None:
    now = [0.0]
    patience = Patience(lambda: now[0])
    for _ in range(5):
        patience.ask("Claire")
        patience.heard("Claire", right=False)
    with pytest.raises(StudyError, match="attendez 1 s"):
        patience.ask("Claire")
    patience.ask("Hélène")
    now[0] = 1.5
    patience.ask("Claire")
    patience.heard("Claire", right=False)
    with pytest.raises(StudyError, match="attendez 2 s"):
        patience.ask("Claire")
    now[0] = 4.0
    patience.heard("Claire", right=True)
    patience.ask("Claire")


def test_nobody_keeps_someone_out_for_long_by_trying_in_their_name() -> None:
    now = [0.0]
    patience = Patience(lambda: now[0])
    for _ in range(1000):
        patience.heard("Claire", right=False)
    now[0] = 5.0
    patience.ask("Claire")


@pytest.mark.parametrize("seen", ["Zo\u200bé", " Zoé\u202e ", "Zo\x00é", "\ufeffZoé"])
def test_what_cannot_be_seen_in_a_name_is_not_in_it(team: Team, seen: str) -> None:
    team.add(seen, Role.LEAD)
    assert list(team.coders()["name"]) == ["Zoé"]


@pytest.mark.parametrize("empty", ["", " ", "\u200b"])
def test_a_name_is_asked_for(team: Team, empty: str) -> None:
    with pytest.raises(StudyError, match="Écrivez un nom"):
        team.add(empty, Role.LEAD)


def test_a_name_of_several_lines_of_text_is_refused(team: Team) -> None:
    with pytest.raises(StudyError, match="au plus 80 signes"):
        team.add("é" * 81, Role.LEAD)
    team.add("é" * 80, Role.LEAD)


def test_a_token_is_for_one_copy_of_a_study(tmp_path: Path) -> None:
    first = Study.create(tmp_path / "a")
    shutil.copytree(first.path, tmp_path / "b")
    second = Study.open(tmp_path / "b")
    assert second.team.id == first.team.id
    assert second.team.holder(first.team.token("Claire")) is None


def test_the_right_key_after_five_wrong_ones_has_to_wait_too(team: Team) -> None:
    key = team.add("Claire", Role.LEAD)
    for _ in range(5):
        assert team.check("claire", "AAAA") is None
    with pytest.raises(StudyError, match="Trop d'essais"):
        team.check("Claire", key)


def test_names_that_differ_only_by_case_or_accents_are_one(team: Team) -> None:
    team.add("Hélène", Role.LEAD)
    with pytest.raises(StudyError, match="« Hélène » a déjà un compte"):
        team.add("HELENE", Role.CODER)


def test_a_name_that_has_already_coded_keeps_its_spelling(tmp_path: Path) -> None:
    study = Study.create(tmp_path / "etude")
    (tmp_path / "a.csv").write_text("id;Idées\nr1;du vélo\n", "utf-8")
    study.save_questionnaire(QUESTIONNAIRE)
    study.import_file(tmp_path / "a.csv")
    study.decide("Hélène", "r1:idees", present=[])
    study.team.add(" helene ", Role.LEAD)
    assert list(study.team.coders()["name"]) == ["Hélène"]


QUESTIONNAIRE = """title: Essai
questions:
  - {id: repondant, kind: id, column: id}
  - {id: idees, kind: open, column: Idées, text: "Vos idées ?"}
"""


def test_the_last_lead_can_neither_leave_nor_become_another_thing(team: Team) -> None:
    team.add("Claire", Role.LEAD)
    team.add("Marc", Role.CODER)
    with pytest.raises(StudyError, match="dernier responsable"):
        team.close("Claire")
    with pytest.raises(StudyError, match="dernier responsable"):
        team.change_role("Claire", Role.CODER)
    team.change_role("marc", Role.LEAD)
    team.close("Claire")
    assert team.find("Claire") is None
    assert team.find("Marc") == Coder("Marc", Role.LEAD)


def test_an_account_that_was_closed_comes_back_with_another_key(team: Team) -> None:
    team.add("Claire", Role.LEAD)
    key = team.add("Marc", Role.CODER)
    team.close("Marc")
    assert team.check("Marc", key) is None
    again = team.add("Marc", Role.READER)
    assert team.check("Marc", key) is None
    assert team.check("Marc", again) == Coder("Marc", Role.READER)


def test_an_e_mail_address_is_one_coder_s(team: Team) -> None:
    team.add("Claire", Role.LEAD, email="Claire@Exemple.fr")
    assert team.with_email("claire@exemple.fr") == Coder("Claire", Role.LEAD)
    assert team.with_email("autre@exemple.fr") is None
    assert team.with_email("") is None
    with pytest.raises(StudyError, match="déjà celle d'un autre compte"):
        team.add("Marc", Role.CODER, email="CLAIRE@exemple.fr")
    team.change_email("Claire", "c@exemple.fr")
    assert team.with_email("c@exemple.fr") == Coder("Claire", Role.LEAD)


def test_who_has_no_account_is_named_in_the_refusal(team: Team) -> None:
    with pytest.raises(StudyError, match="« Marc » n'a pas de compte"):
        team.new_key("Marc")


def test_a_token_says_who_bears_it_for_this_study_only(team: Team, tmp_path: Path) -> None:
    other = Study.create(tmp_path / "autre").team
    token = team.token("Claire")
    assert team.holder(token) == Coder("Claire", Role.LEAD)
    assert other.holder(token) is None
    assert team.holder(token[:-2] + "AA") is None
    assert team.holder("") is None


def test_a_token_is_undone_by_the_first_account_a_new_key_and_the_end_of_the_account(
    team: Team,
) -> None:
    free = team.token("Marc")
    team.add("Claire", Role.LEAD)
    team.add("Marc", Role.CODER)
    assert team.holder(free) is None
    before = team.token("Marc")
    assert team.holder(before) == Coder("Marc", Role.CODER)
    team.new_key("Marc")
    assert team.holder(before) is None
    after = team.token("Marc")
    team.change_role("Marc", Role.READER)
    assert team.holder(after) == Coder("Marc", Role.READER)
    team.close("Marc")
    assert team.holder(after) is None


def test_a_token_signed_for_nobody_is_nobody_s(team: Team) -> None:
    secret = team.store.setting("secret")
    assert team.holder(tokens.sign(secret, "", team.place)) is None


@pytest.mark.parametrize(
    ("role", "asked", "may"),
    [
        (Role.LEAD, Role.READER, True),
        (Role.CODER, Role.CODER, True),
        (Role.CODER, Role.LEAD, False),
        (Role.READER, Role.CODER, False),
        (None, Role.READER, False),
    ],
)
def test_a_role_may_do_what_lower_ones_do(role: Role | None, asked: Role, may: bool) -> None:
    assert reaches(role, asked) is may
