"""The columns, types and key of every frame that passes between stages."""

from dataclasses import dataclass

import pandas as pd

from verbatims.errors import VerbatimsError
from verbatims.language import _


@dataclass(frozen=True)
class Frame:
    """A declared frame: `columns` maps names to pandas types, `key` identifies a row."""

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]

    def empty(self) -> pd.DataFrame:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in self.columns.items()})

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The declared columns, with their types; raise if one is missing or a key repeats."""
        absent = [name for name in self.columns if name not in frame.columns]
        if absent:
            raise VerbatimsError(
                _(
                    "Table « {table} » : colonnes absentes : {columns}.",
                    table=self.name,
                    columns=", ".join(absent),
                )
            )
        checked = frame[list(self.columns)].astype(self.columns)
        if checked.duplicated(list(self.key)).any():
            raise VerbatimsError(
                _(
                    "Table « {table} » : clé répétée ({columns}).",
                    table=self.name,
                    columns=", ".join(self.key),
                )
            )
        return checked


RESPONDENTS = Frame(
    "respondents",
    {"respondent_id": "object", "source": "object", "weight": "float64"},
    key=("respondent_id",),
)

# One row per answer given; `item` is the row of a grid or the label of a multi (value "0"/"1"),
# "" elsewhere. A rating's value is its number, or "nsp" for "ne sais pas".
ANSWERS = Frame(
    "answers",
    {"respondent_id": "object", "question": "object", "item": "object", "value": "object"},
    key=("respondent_id", "question", "item"),
)

DONT_KNOW = "nsp"

# One row per respondent asked an open question, blank or not; `status` is one of STATUSES.
VERBATIMS = Frame(
    "verbatims",
    {
        "verbatim_id": "object",
        "respondent_id": "object",
        "question": "object",
        "text": "object",
        "status": "object",
    },
    key=("verbatim_id",),
)

ANSWERED, EMPTY, BLANK = "answered", "empty", "blank"
STATUSES = (ANSWERED, EMPTY, BLANK)

# `start` and `end` index the original text in Unicode code points: text[start:end] == form. Line
# breaks are rows too (pos SPACE, as in `form`); no other white space is. `repaired` is the word
# read in place of the form, where more than its case differs; "" elsewhere.
# Categories, because there are millions of rows: group them with `observed=True`.
LEMMAS = Frame(
    "lemmas",
    {
        "verbatim_id": "category",
        "position": "int32",
        "form": "category",
        "lemma": "category",
        "pos": "category",
        "start": "int32",
        "end": "int32",
        "repaired": "category",
    },
    key=("verbatim_id", "position"),
)

# The idea units of verbatims, in order and apart; the signs that separate them are in none.
IDEAS = Frame(
    "ideas",
    {"verbatim_id": "object", "start": "int32", "end": "int32"},
    key=("verbatim_id", "start"),
)

# `rule` is the term as the analyst wrote it, `evidence` the matched words of the text.
TAGS = Frame(
    "tags",
    {
        "verbatim_id": "object",
        "theme": "object",
        "tagger": "object",
        "start": "int32",
        "end": "int32",
        "score": "float64",
        "rule": "object",
        "evidence": "object",
    },
    key=("verbatim_id", "theme", "tagger", "start", "end", "rule"),
)

UNCLUSTERED = -1

CLUSTERS = Frame("clusters", {"verbatim_id": "object", "cluster": "int32"}, key=("verbatim_id",))

CLUSTER_WORDS = Frame(
    "words",
    {"cluster": "int32", "lemma": "object", "chi2": "float64"},
    key=("cluster", "lemma"),
)

# Append-only: the highest `number` per coder, verbatim and theme counts. `value` is one of
# DECISION_VALUES; READ has no theme and says that the whole verbatim has been read. `codebook`
# is the hash of the one in force. `queue` is the order in which the verbatim came to the coder,
# "" when not known; RANDOM says that chance chose it.
DECISIONS = Frame(
    "decisions",
    {
        "number": "int64",
        "verbatim_id": "object",
        "theme": "object",
        "coder": "object",
        "value": "object",
        "gesture": "object",
        "codebook": "object",
        "queue": "object",
        "made_at": "object",
    },
    key=("number",),
)

RANDOM = "random"

# Not places in a queue: decided in number from the grid, or with another that says the same,
# without having been on the desk.
BULK, ALIKE = "bulk", "alike"

PRESENT, ABSENT, READ, WITHDRAWN = "present", "absent", "read", "withdrawn"
DECISION_VALUES = (PRESENT, ABSENT, READ, WITHDRAWN)

# UNDO + gesture takes that gesture back, UNDO + UNDO + gesture brings it back, and so on: the
# longest that is there says. TEXT_CHANGED is an import's.
UNDO, TEXT_CHANGED = "undo:", "text changed"

# The passages that a coder marked, by the gesture that retained their theme: they stand as long as
# the coder's last reading is that gesture. An empty one (0, 0) says that no passage of the text
# speaks for the theme in particular, and does away with those that the machine found.
SPANS = Frame(
    "spans",
    {
        "gesture": "object",
        "verbatim_id": "object",
        "theme": "object",
        "start": "int32",
        "end": "int32",
    },
    key=("gesture", "verbatim_id", "theme", "start", "end"),
)

# What a lead decides where coders disagree, append-only: the last per verbatim and theme counts.
# `value` is PRESENT, ABSENT, or WITHDRAWN under a gesture that undoes.
ADJUDICATIONS = Frame(
    "adjudications",
    {
        "number": "int64",
        "verbatim_id": "object",
        "theme": "object",
        "value": "object",
        "reason": "object",
        "author": "object",
        "gesture": "object",
        "made_at": "object",
    },
    key=("number",),
)

# Who is to read what, as the last plan that names the verbatim has it. Until all those who are to
# read a `blind` verbatim have, none of them sees what others found, nor, where it `hides_machine`,
# what is suggested.
ASSIGNMENTS = Frame(
    "assignments",
    {
        "plan": "int64",
        "verbatim_id": "object",
        "coder": "object",
        "blind": "bool",
        "hides_machine": "bool",
    },
    key=("verbatim_id", "coder"),
)

# What each coder wants to talk over with the others.
FLAGS = Frame(
    "flags",
    {"verbatim_id": "object", "coder": "object", "made_at": "object"},
    key=("verbatim_id", "coder"),
)

# `source` is HUMAN once a coder has read the verbatim, ACCEPTED where the analyst accepted a
# theme's sure suggestions unread, MACHINE while only suggestions stand.
CODINGS = Frame(
    "codings",
    {"verbatim_id": "object", "theme": "object", "present": "bool", "source": "object"},
    key=("verbatim_id", "theme"),
)

HUMAN, ACCEPTED, MACHINE = "coder", "accepted", "machine"

# The suggestions of a theme accepted together, unread, because the measured precision allowed it;
# `batch` names that gesture. Taking a batch back removes nothing: see store.
ACCEPTANCES = Frame(
    "acceptances",
    {"batch": "int64", "verbatim_id": "object", "theme": "object", "score": "float64"},
    key=("verbatim_id", "theme"),
)

# What the analyst rules about words, append-only: the last per kind, form and part of speech
# counts, and TAKEN_BACK undoes. What `value` says hangs on the kind, one of CORRECTION_KINDS.
CORRECTIONS = Frame(
    "corrections",
    {
        "number": "int64",
        "kind": "object",
        "form": "object",
        "pos": "object",
        "value": "object",
        "reason": "object",
        "author": "object",
        "made_at": "object",
    },
    key=("number",),
)

REPAIR = "repair"  # value: the word to read; the form itself leaves it as written
LEMMA = "lemma"  # value: the lemma of the form, as any part of speech if `pos` is ""
EXPRESSION = "expression"  # value: HELD together as one word, or REFUSED when proposed
STOP_WORD = "stop word"  # value: STOP, or KEPT when the tool takes it for empty
EMPTY_ANSWER = "empty answer"  # value: EMPTY or ANSWERED, whatever the tool says
CORRECTION_KINDS = (REPAIR, LEMMA, EXPRESSION, STOP_WORD, EMPTY_ANSWER)

HELD, REFUSED = "held", "refused"
STOP, KEPT = "stop", "kept"
TAKEN_BACK = ""

PICKS = Frame(
    "picks",
    {"verbatim_id": "object", "rank": "int64", "note": "object"},
    key=("verbatim_id",),
)

# What is kept for the report, in order: `about` is JSON that says which figure or which verbatim,
# `seen` what it showed when it was kept; `sentence` is the analyst's own, "" while there is none.
FINDINGS = Frame(
    "findings",
    {
        "uid": "object",
        "rank": "int64",
        "about": "object",
        "sentence": "object",
        "seen": "object",
        "author": "object",
        "made_at": "object",
        "removed": "bool",
    },
    key=("uid",),
)

# Kept line by line, append-only: the last per uid and part counts. ORDER has no uid, and lists
# them as JSON; REMOVED says "1", or "" once it is back.
ABOUT, SENTENCE, SEEN, REMOVED, ORDER = "about", "sentence", "seen", "removed", "order"
FINDING_PARTS = (ABOUT, SENTENCE, SEEN, REMOVED, ORDER)
