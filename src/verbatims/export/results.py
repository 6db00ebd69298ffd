"""What a study has found, as the writers of files take it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from verbatims.frames import FLAGS
from verbatims.model import CodedCorpus, Table


def _no_memos() -> pd.DataFrame:
    return pd.DataFrame(columns=["verbatim_id", "coder", "text"])


def _no_traces() -> pd.DataFrame:
    names = ["verbatim_id", "theme", "present", "how", "votes", "author", "reason"]
    return pd.DataFrame(columns=names)


def _no_passages() -> pd.DataFrame:
    return pd.DataFrame(columns=["verbatim_id", "theme", "coder", "start", "end"])


def _no_findings() -> pd.DataFrame:
    names = ["rank", "sentence", "seen", "stale", "title", "among", "text", "made_at", "run"]
    return pd.DataFrame(columns=names)


@dataclass(frozen=True)
class Results:
    """Everything that the files of the report rest on."""

    coded: CodedCorpus
    picks: pd.DataFrame
    themes: Mapping[tuple[str, str], Table]  # by (open question, profile question or "")
    memos: pd.DataFrame = field(default_factory=_no_memos)
    flags: pd.DataFrame = field(default_factory=FLAGS.empty)
    passages: pd.DataFrame = field(default_factory=_no_passages)  # that coders marked
    traces: pd.DataFrame = field(default_factory=_no_traces)  # how each coding came about
    findings: pd.DataFrame = field(default_factory=_no_findings)  # kept for the report


@dataclass(frozen=True)
class Dialect:
    """How a CSV is written: for which spreadsheet."""

    separator: str
    encoding: str
    decimal: str


FRENCH = Dialect(separator=";", encoding="utf-8-sig", decimal=",")
INTERNATIONAL = Dialect(separator=",", encoding="utf-8", decimal=".")
