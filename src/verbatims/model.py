"""The few named things of the field, as frozen dataclasses; rows travel as frames instead."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from verbatims.errors import Problem

Progress = Callable[[int, int], None]  # called with (done, total)


def silent(done: int, total: int) -> None:
    """The progress of those who do not look."""


class Kind(StrEnum):
    """What a column of the survey file is."""

    ID = "id"
    SINGLE = "single"
    ORDINAL = "ordinal"
    MULTI = "multi"
    RATING = "rating"
    GRID = "grid"
    OPEN = "open"
    WEIGHT = "weight"
    IGNORE = "ignore"


CLOSED = (Kind.SINGLE, Kind.ORDINAL, Kind.MULTI, Kind.RATING, Kind.GRID)


class Source(StrEnum):
    """Where respondents come from; each source has its own bases."""

    SURVEY = "survey"
    INTERVIEW = "interview"


@dataclass(frozen=True)
class Raw:
    """A survey file as it is: every cell a string, "" where empty, headers made unique."""

    frame: pd.DataFrame
    lines: tuple[int, ...]  # where each row begins in the file, from 1
    file: str
    origin: str  # what was detected: encoding, separator, sheet
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of the file by its header, and the item it stands for in a grid or a multi."""

    header: str
    item: str = ""


@dataclass(frozen=True)
class Band:
    """Ratings from `low` to `high`, both included, counted together."""

    label: str
    low: float
    high: float


@dataclass(frozen=True)
class AskedIf:
    """The base filter: asked only of those who gave one of `answers` to `question`."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question of the survey: one column, or the columns of a multi or a grid."""

    id: str
    kind: Kind
    columns: tuple[Column, ...]
    text: str = ""
    of: Kind | None = None  # what each row of a grid is
    labels: tuple[str, ...] = ()  # the answers, in order
    codes: Mapping[str, str] = field(default_factory=dict)  # value in the file -> label
    separator: str = ""  # between the answers of a multi held in one column
    bounds: tuple[float, float] | None = None
    bands: tuple[Band, ...] = ()
    dont_know: tuple[str, ...] = ()  # values in the file that mean "ne sais pas"
    missing: tuple[str, ...] = ()  # values in the file that mean "no answer"
    profile: bool = False
    source: Source = Source.SURVEY
    asked_if: AskedIf | None = None

    @property
    def title(self) -> str:
        return self.text or self.id

    @property
    def answer_kind(self) -> Kind:
        """The kind of one answer: that of the rows for a grid."""
        return self.of or self.kind


@dataclass(frozen=True)
class Questionnaire:
    """Every question of a study, in the order of the file."""

    questions: tuple[Question, ...]
    title: str = ""
    notice: str = ""  # shown on every page, for example "données simulées"

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    def __getitem__(self, question_id: str) -> Question:
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def of_kind(self, *kinds: Kind) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.kind in kinds)

    @property
    def open(self) -> tuple[Question, ...]:
        return self.of_kind(Kind.OPEN)

    @property
    def closed(self) -> tuple[Question, ...]:
        return self.of_kind(*CLOSED)

    @property
    def profile(self) -> tuple[Question, ...]:
        return tuple(question for question in self.closed if question.profile)


class TermKind(StrEnum):
    LEMMA = "lemma"  # one word, matched on lemmas
    EXPRESSION = "expression"  # several words in a row, matched on lemmas
    PREFIX = "prefix"  # préfixe*
    EXACT = "exact"  # "exact form", matched on the words as written
    NEAR = "near"  # a … b: the terms of `sides`, with at most `window` words between


@dataclass(frozen=True)
class Term:
    """A line of a theme's `terms`; `written` is what the analyst typed, `line` its place.

    Where one of `unless` overlaps or touches it, a passage does not count.
    """

    written: str
    kind: TermKind
    words: tuple[str, ...]
    line: int = 0
    sides: tuple["Term", ...] = ()
    window: int = 0
    ordered: bool = True
    unless: tuple["Term", ...] = ()


class ThemeStatus(StrEnum):
    CANDIDATE = "candidate"  # proposed, not yet agreed on; suggested and coded like the others
    ACTIVE = "active"
    RETIRED = "retired"  # no longer suggested nor coded; what was decided stays readable


# What becomes of a negated mention (« pas de moyens »); else the id of the theme it speaks for.
KEEP, DROP = "keep", "drop"


@dataclass(frozen=True)
class Theme:
    """An entry of the codebook."""

    id: str
    label: str
    parent: str = ""
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    colour: str = ""  # "#rrggbb", or the tool's choice
    status: ThemeStatus = ThemeStatus.ACTIVE
    negation: str = KEEP
    replaces: tuple[str, ...] = ()  # ids that this theme takes over, in a merge, split or new id
    terms: tuple[Term, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Codebook:
    """The themes in the order of the file, and a hash of what they say.

    `themes` are all of them; going through a codebook leaves the retired ones out.
    """

    themes: tuple[Theme, ...]
    title: str = ""
    hash: str = ""

    def __iter__(self) -> Iterator[Theme]:
        return (theme for theme in self.themes if theme.status is not ThemeStatus.RETIRED)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, theme_id: str) -> Theme:
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        raise KeyError(theme_id)

    def label(self, theme_id: str) -> str:
        """The label of a theme, or its id once it has left the codebook."""
        return next((theme.label for theme in self.themes if theme.id == theme_id), theme_id)


@dataclass(frozen=True)
class Base:
    """How many respondents stand behind a figure."""

    asked: int
    answered: int
    empty: int = 0  # "RAS", "nsp", … : an answer without content
    blank: int = 0
    coded: int = 0  # answered and read to the end by a coder


@dataclass(frozen=True)
class Table:
    """Rows to print, with what they rest on; shares are between 0 and 1."""

    title: str
    rows: pd.DataFrame
    base: Base
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cross(Table):
    """Two variables crossed: `rows` holds a cell per line, `tests` a test per line.

    See analysis.cross for their columns.
    """

    tests: pd.DataFrame = field(default_factory=pd.DataFrame)


@dataclass(frozen=True)
class Criterion:
    """Who is kept: those who gave one of `answers` to a question, or to an item of it.

    To an open question the answers are themes that the codings find in what they wrote.
    """

    question: str
    answers: tuple[str, ...]
    item: str = ""


@dataclass(frozen=True)
class Figure:
    """A table that a report may show, by what was asked for: enough to make it again.

    `question` is a closed one; or an open one, whose themes are counted, "" being all open ones of
    the survey. `by` crosses it with another; a question by itself says which of its answers or
    themes come together. `item` and `by_item` choose a row of a grid that is crossed.
    """

    question: str = ""
    by: str = ""
    item: str = ""
    by_item: str = ""
    among: tuple[Criterion, ...] = ()
    dont_know: bool = True  # whether « ne sais pas » counts in the base of shares
    bands: bool = True  # ratings by the bands of the questionnaire, rather than mark by mark
    finite: bool = False  # whether intervals know the size of the population
    holm: bool = False  # p-values corrected after Holm, rather than Benjamini and Hochberg
    estimated: bool = False  # shares of themes estimated from the answers that chance chose


@dataclass(frozen=True)
class Corpus:
    """What an import gives: the three frames of `frames.py`, and what was doubtful."""

    respondents: pd.DataFrame
    answers: pd.DataFrame
    verbatims: pd.DataFrame
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class CodedCorpus:
    """A corpus with its suggestions and codings: what tables and exports rest on."""

    questionnaire: Questionnaire
    codebook: Codebook
    respondents: pd.DataFrame
    answers: pd.DataFrame
    verbatims: pd.DataFrame
    tags: pd.DataFrame
    codings: pd.DataFrame
    readers: Mapping[str, tuple[str, ...]]  # verbatim_id -> the coders who read it to the end
    # verbatim_id -> the themes that its readers could find; one that is not there, all of them
    sought: Mapping[str, frozenset[str]] = field(default_factory=dict)
    among: tuple[Criterion, ...] = ()  # who was kept in these frames; () being everyone
    population: int | None = None  # how many people the respondents come from, when it counts


@dataclass(frozen=True)
class Clustering:
    """Groups of verbatims, their words, and three typical verbatims each.

    `typical` has cluster, rank, verbatim_id; then start and end of what is shown, -1 for all.
    """

    method: str
    clusters: pd.DataFrame
    words: pd.DataFrame
    typical: pd.DataFrame
    note: str  # how k was chosen and what it is worth


@dataclass(frozen=True)
class Quote:
    """A verbatim proposed for the report, and why."""

    verbatim_id: str
    respondent_id: str
    text: str
    themes: tuple[str, ...]
    score: float
    reason: str


class Role(StrEnum):
    LEAD = "lead"  # does everything: imports, codebook, plans, adjudication
    CODER = "coder"  # reads and codes
    READER = "reader"  # sees the results


@dataclass(frozen=True)
class Coder:
    """Someone who works in a study."""

    name: str
    role: Role


@dataclass(frozen=True)
class Gesture:
    """What one action of a coder decided; `uid` is given by who makes it, and heard once.

    `rows` say verbatim_id, theme, coder and value as DECISIONS; `spans` as SPANS, but for the
    gesture. `made_at` is when it was made, which may be long before it is heard.
    """

    uid: str
    coder: str
    verbatim_id: str
    rows: tuple[Mapping[str, str], ...]
    spans: tuple[Mapping[str, str | int], ...] = ()
    codebook: str = ""
    queue: str = ""
    made_at: str = ""
