"""What was read + the rulings that stand → the list of each tab, with its decisions in French.

Each list has `form` (what a ruling names), `decision` ("" when there is none) and `search`.
Decisions, natures and the like stay in French in the lists; `shown` says them to who reads.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from verbatims.corrections import key
from verbatims.folding import fold, fold_word
from verbatims.frames import (
    ANSWERED,
    EMPTY,
    EMPTY_ANSWER,
    EXPRESSION,
    HELD,
    KEPT,
    LEMMA,
    REFUSED,
    REPAIR,
    STOP,
    STOP_WORD,
)
from verbatims.language import N_, _
from verbatims.ui.parts.words.read import NATURES, searched

KINDS = {
    REPAIR: N_("Réparation"),
    LEMMA: N_("Lemme"),
    EXPRESSION: N_("Expression"),
    STOP_WORD: N_("Mot vide"),
    EMPTY_ANSWER: N_("Réponse vide"),
}
_SAID = {
    (EXPRESSION, HELD): N_("tenue ensemble"),
    (EXPRESSION, REFUSED): N_("refusée"),
    (STOP_WORD, STOP): N_("mot vide"),
    (STOP_WORD, KEPT): N_("gardé"),
    (EMPTY_ANSWER, EMPTY): N_("vide"),
    (EMPTY_ANSWER, ANSWERED): N_("une réponse"),
}
AS_WRITTEN = N_("tel quel")
OURS = ("title", "nature", "scope", "taken", "decision")  # the columns that hold words of ours
_EVERY, _VERBS, _ANSWER = N_("toutes"), N_("verbe seulement"), N_("réponse")


Fold = Callable[[str], str]


def shown(told: str) -> str:
    """A word of ours in the reader's language; « → lien » stays as it is."""
    return _(told) if told else ""


def said(kind: str, form: str, value: str) -> str:
    """What a ruling decides, in French: « tel quel », « → lien », « refusée »."""
    if kind == REPAIR and key(kind, value) == key(kind, form):
        return AS_WRITTEN
    return _SAID.get((kind, value), f"→ {value}")


def repairs(found: pd.DataFrame, rulings: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """form, repaired, read, n, verbatims, decision; `counts` are of the forms ruled on, by key."""
    ruled = _decisions(rulings, REPAIR)
    new = [form for form in ruled if form not in {key(REPAIR, form) for form in found["form"]}]
    met = counts.reindex(new, fill_value=0).rename_axis("form").reset_index()
    rows = pd.concat([met.assign(repaired=""), found], ignore_index=True)
    rows["read"] = rows["repaired"].where(rows["repaired"] != "", rows["form"])
    return _decided(rows[["form", "repaired", "read", "n", "verbatims"]], REPAIR, ruled, "read")


def lemmas(words: pd.DataFrame, rulings: pd.DataFrame) -> pd.DataFrame:
    """form, pos, nature, lemma, n, verbatims, decision, reason."""
    own = rulings[rulings["kind"] == LEMMA]
    columns = (own[name] for name in ("form", "pos", "value", "reason"))
    ruled = {
        (key(LEMMA, form), pos): (said(LEMMA, form, value), reason)
        for form, pos, value, reason in zip(*columns, strict=True)
    }
    rows = words.assign(decision="", reason="")
    touched = rows[rows["key"].isin({form for form, _pos in ruled})]
    for place, form, pos in zip(touched.index, touched["key"], touched["pos"], strict=True):
        decision = ruled.get((form, pos)) or ruled.get((form, ""), ("", ""))
        rows.loc[place, ["decision", "reason"]] = decision
    return rows


def expressions(held: pd.DataFrame, proposals: pd.DataFrame, rulings: pd.DataFrame) -> pd.DataFrame:
    """form, n, verbatims, score, decision: those held, then those proposed, then those refused."""
    known = pd.concat([held, proposals], ignore_index=True).rename(columns={"expression": "form"})
    known = known[~known["form"].map(fold).duplicated()]
    rows = _with_new(known, EXPRESSION, rulings)
    rows = rows[["form", "n", "verbatims", "score"]].astype({"n": "Int64", "verbatims": "Int64"})
    rows["score"] = rows["score"].round().astype("Int64")
    rows = _decided(rows, EXPRESSION, _decisions(rulings, EXPRESSION))
    refused_before = rows["n"].isna() & (rows["decision"] == _SAID[EXPRESSION, REFUSED])
    return pd.concat([rows[~refused_before], rows[refused_before]], ignore_index=True)


def stop_words(own: pd.DataFrame, rulings: pd.DataFrame, counts: Mapping[str, int]) -> pd.DataFrame:
    """form, scope, n, decision: the analyst's, then the tool's in the order of their counts.

    `counts` says how often each lemma is met, by its key.
    """
    scope = own["verbs_only"].map({True: _VERBS, False: ""})
    tool = own.assign(form=own["word"], scope=scope).sort_values(
        ["n", "form"], ascending=[False, True]
    )
    rows = _with_new(tool, STOP_WORD, rulings, fold=fold_word).fillna({"scope": ""})
    met = pd.Series([counts.get(fold_word(form), 0) for form in rows["form"]], index=rows.index)
    rows = rows.assign(n=rows["n"].fillna(met).astype("int64"))[["form", "scope", "n"]]
    return _decided(rows, STOP_WORD, _decisions(rulings, STOP_WORD))


def answers(empties: pd.DataFrame, repeated: pd.DataFrame, rulings: pd.DataFrame) -> pd.DataFrame:
    """form, n, taken ("vide", "réponse"), decision: the empty ones, then those often given."""
    known = pd.concat(
        [empties.assign(taken=_SAID[EMPTY_ANSWER, EMPTY]), repeated.assign(taken=_ANSWER)],
        ignore_index=True,
    ).rename(columns={"answer": "form"})
    known["form"] = [" ".join(answer.split()) for answer in known["form"]]
    known = known[~known["form"].map(fold).duplicated()]
    rows = _with_new(known, EMPTY_ANSWER, rulings).fillna({"taken": ""})
    rows = rows[["form", "n", "taken"]].astype({"n": "Int64"})
    return _decided(rows, EMPTY_ANSWER, _decisions(rulings, EMPTY_ANSWER))


def decisions(rulings: pd.DataFrame) -> pd.DataFrame:
    """kind, title, form, nature, decision, reason, author, made_at, pos: the last first."""
    rows = rulings.iloc[::-1].reset_index(drop=True)
    told = [said(kind, form, value) for kind, form, value in _triples(rows)]
    natures = [
        NATURES.get(pos, pos) if kind != LEMMA or pos else _EVERY
        for kind, pos in zip(rows["kind"], rows["pos"], strict=True)
    ]
    rows = rows.assign(title=rows["kind"].map(KINDS), nature=natures, decision=told)
    titles, decided = (rows[name].map(shown) for name in ("title", "decision"))
    search = searched(titles, rows["form"], decided, rows["reason"])
    return rows.assign(search=search)


def matching(rows: pd.DataFrame, words: str) -> pd.DataFrame:
    """The rows that hold what is searched for, blind to case and accents."""
    wanted = fold(" ".join(words.split()))
    if not wanted:
        return rows
    return rows[rows["search"].str.contains(wanted, regex=False)]


def _decisions(rulings: pd.DataFrame, kind: str) -> dict[str, str]:
    """What was decided of each thing, by its key."""
    own = rulings[rulings["kind"] == kind]
    return {key(kind, form): said(kind, form, value) for _kind, form, value in _triples(own)}


def _decided(
    rows: pd.DataFrame, kind: str, ruled: dict[str, str], *searchable: str
) -> pd.DataFrame:
    decision = [ruled.get(key(kind, form), "") for form in rows["form"]]
    search = searched(rows["form"], *(rows[name] for name in searchable))
    return rows.assign(decision=decision, search=search).reset_index(drop=True)


def _with_new(
    known: pd.DataFrame, kind: str, rulings: pd.DataFrame, *, fold: Fold = fold
) -> pd.DataFrame:
    """What was ruled on without being in the list stands before it, the last first."""
    seen = {fold(form) for form in known["form"]}
    own = rulings.loc[rulings["kind"] == kind, "form"].iloc[::-1]
    new = pd.DataFrame({"form": [form for form in own if fold(form) not in seen]}, dtype="object")
    return pd.concat([new, known], ignore_index=True) if len(new) else known


def _triples(rows: pd.DataFrame) -> Iterable[Sequence[str]]:
    return zip(rows["kind"], rows["form"], rows["value"], strict=True)
