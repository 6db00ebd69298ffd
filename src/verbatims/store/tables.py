"""The tables of a study: only what cannot be computed again."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from verbatims.frames import (
    ABSENT,
    CORRECTION_KINDS,
    DECISION_VALUES,
    FINDING_PARTS,
    PRESENT,
    STATUSES,
    WITHDRAWN,
)
from verbatims.model import Role

metadata = MetaData()

# Compared code point by code point on both engines, whatever language the server was set up in.
NAME = String().with_variant(String(collation="C"), "postgresql")
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


respondents = Table(
    "respondents",
    metadata,
    Column("respondent_id", NAME, primary_key=True),
    Column("source", NAME, nullable=False),
    Column("weight", Float, nullable=False),
    Column("position", Integer, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("respondent_id", ForeignKey("respondents.respondent_id"), primary_key=True),
    Column("question", NAME, primary_key=True),
    Column("item", NAME, primary_key=True),
    Column("value", TEXT, nullable=False),
)

verbatims = Table(
    "verbatims",
    metadata,
    Column("verbatim_id", NAME, primary_key=True),
    Column("respondent_id", ForeignKey("respondents.respondent_id"), nullable=False),
    Column("question", NAME, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("status", NAME, nullable=False),
    Column("position", Integer, nullable=False),
    _one_of("status", STATUSES),
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("verbatim_id", ForeignKey("verbatims.verbatim_id"), nullable=False),
    Column("theme", NAME, nullable=False),
    Column("coder", NAME, nullable=False),
    Column("value", NAME, nullable=False),
    Column("gesture", NAME, nullable=False),
    Column("codebook", NAME, nullable=False),
    Column("queue", NAME, nullable=False, server_default=""),
    Column("made_at", NAME, nullable=False),
    _one_of("value", DECISION_VALUES),
    CheckConstraint("coder <> ''", name="coder_named"),
    sqlite_autoincrement=True,
)
Index("decisions_by_coder", decisions.c.coder, decisions.c.number)
Index("decisions_by_verbatim", decisions.c.verbatim_id, decisions.c.number)

# Every gesture heard, in order: what one may undo, and a gesture sent twice is heard once.
gestures = Table(
    "gestures",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("uid", NAME, nullable=False, unique=True),
    Column("coder", NAME, nullable=False),
    Column("verbatim_id", NAME, nullable=False),  # that on the desk; no key: it may leave
    Column("made_at", NAME, nullable=False),
    sqlite_autoincrement=True,
)
Index("gestures_by_coder", gestures.c.coder, gestures.c.number)

spans = Table(
    "spans",
    metadata,
    Column("gesture", NAME, primary_key=True),
    Column("verbatim_id", ForeignKey("verbatims.verbatim_id"), primary_key=True),
    Column("theme", NAME, primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, primary_key=True, autoincrement=False),
    CheckConstraint('0 <= start AND start <= "end"', name="span_in_order"),
)

adjudications = Table(
    "adjudications",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("verbatim_id", ForeignKey("verbatims.verbatim_id"), nullable=False),
    Column("theme", NAME, nullable=False),
    Column("value", NAME, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("author", NAME, nullable=False),
    Column("gesture", NAME, nullable=False),
    Column("made_at", NAME, nullable=False),
    _one_of("value", (PRESENT, ABSENT, WITHDRAWN)),
    sqlite_autoincrement=True,
)
Index("adjudications_by_verbatim", adjudications.c.verbatim_id, adjudications.c.number)

# "À discuter", raised or lowered: the last per verbatim and coder counts.
flags = Table(
    "flags",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("verbatim_id", ForeignKey("verbatims.verbatim_id"), nullable=False),
    Column("coder", NAME, nullable=False),
    Column("raised", Boolean, nullable=False),
    Column("made_at", NAME, nullable=False),
    sqlite_autoincrement=True,
)

coders = Table(
    "coders",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("role", NAME, nullable=False),
    Column("key_hash", NAME, nullable=False),  # "" for one who signs in with an e-mail address
    Column("email", NAME, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("made_at", NAME, nullable=False),
    _one_of("role", tuple(Role)),
)

plans = Table(
    "plans",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("about", TEXT, nullable=False),  # JSON: question, shares, part coded twice, seed
    Column("blind", Boolean, nullable=False),
    Column("hides_machine", Boolean, nullable=False),
    Column("author", NAME, nullable=False),
    Column("takes_back", ForeignKey("plans.number")),  # the plan that this one undoes
    Column("made_at", NAME, nullable=False),
    sqlite_autoincrement=True,
)

assignments = Table(
    "assignments",
    metadata,
    Column("plan", ForeignKey("plans.number"), primary_key=True),
    Column("verbatim_id", ForeignKey("verbatims.verbatim_id"), primary_key=True),
    Column("coder", NAME, primary_key=True),
)
Index("assignments_by_verbatim", assignments.c.verbatim_id, assignments.c.plan)

# A value by name: the study's id, the secret that signs who is who, what the analyst prefers.
settings = Table(
    "settings",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("value", TEXT, nullable=False),
)

batches = Table(
    "batches",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("theme", NAME, nullable=False),
    Column("about", TEXT, nullable=False),  # JSON: what was measured when it was accepted
    Column("author", NAME, nullable=False),
    Column("takes_back", ForeignKey("batches.number")),  # the batch that this one undoes
    Column("made_at", NAME, nullable=False),
    sqlite_autoincrement=True,
)

acceptances = Table(
    "acceptances",
    metadata,
    Column("batch", ForeignKey("batches.number"), primary_key=True),
    Column("verbatim_id", ForeignKey("verbatims.verbatim_id"), primary_key=True),
    Column("theme", NAME, primary_key=True),
    Column("score", Float, nullable=False),
)

memos = Table(
    "memos",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("verbatim_id", ForeignKey("verbatims.verbatim_id"), nullable=False),
    Column("coder", NAME, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("made_at", NAME, nullable=False),
    sqlite_autoincrement=True,
)

picks = Table(
    "picks",
    metadata,
    Column("verbatim_id", ForeignKey("verbatims.verbatim_id"), primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("note", TEXT, nullable=False),
)

# What is kept for the report, as frames.FINDINGS says.
findings = Table(
    "findings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("uid", NAME, nullable=False),
    Column("part", NAME, nullable=False),
    Column("value", TEXT, nullable=False),
    Column("author", NAME, nullable=False),
    Column("made_at", NAME, nullable=False),
    _one_of("part", FINDING_PARTS),
    sqlite_autoincrement=True,
)

corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", NAME, nullable=False),
    Column("form", TEXT, nullable=False),
    Column("pos", NAME, nullable=False),
    Column("value", TEXT, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("author", NAME, nullable=False),
    Column("made_at", NAME, nullable=False),
    _one_of("kind", CORRECTION_KINDS),
    CheckConstraint("form <> ''", name="form_given"),
    sqlite_autoincrement=True,
)

imports = Table(
    "imports",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("file", NAME, nullable=False),
    Column("source", NAME, nullable=False),
    Column("origin", TEXT, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("questionnaire", NAME, nullable=False),  # its fingerprint when the file was read
    Column("problems", TEXT, nullable=False),  # one per line, as they were shown
    Column("made_at", NAME, nullable=False),
    sqlite_autoincrement=True,
)

codebooks = Table(
    "codebooks",
    metadata,
    Column("hash", NAME, primary_key=True),
    Column("themes", TEXT, nullable=False),  # JSON: their ids
    Column("text", TEXT, nullable=False),  # the file as it was
    Column("seen_at", NAME, nullable=False),
)

edits = Table(
    "edits",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("before", TEXT, nullable=False),  # codebook.yaml as it was, "" if it was not there
    Column("after", TEXT, nullable=False),
    Column("said", TEXT, nullable=False),  # what was done
    Column("taught", Boolean, nullable=False),  # whether validated answers proposed it
    Column("author", NAME, nullable=False),
    Column("made_at", NAME, nullable=False),
    sqlite_autoincrement=True,
)

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("stage", NAME, nullable=False),
    Column("parameters", TEXT, nullable=False),  # JSON
    Column("codebook_hash", NAME, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("made_at", NAME, nullable=False),
    sqlite_autoincrement=True,
)
