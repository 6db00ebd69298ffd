"""What is kept for the report: each gesture is a line more, and the last one counts."""

import json
from collections.abc import Mapping, Sequence

import pandas as pd
from sqlalchemy import Connection, insert, select

from verbatims.frames import ABOUT, FINDINGS, ORDER, REMOVED, SEEN, SENTENCE
from verbatims.store import tables
from verbatims.store.base import Base
from verbatims.store.sources import now

_PARTS = (ABOUT, SENTENCE, SEEN, REMOVED)


class Findings(Base):
    """Figures and quotes, each with a sentence, in order."""

    def write_finding(self, uid: str, parts: Mapping[str, str], *, author: str) -> None:
        """Say ABOUT, SENTENCE, SEEN or REMOVED of a finding; what it says already is no line."""
        with self._writing() as connection:
            said = _said(connection, uid)
            stamp = {"uid": uid, "author": author, "made_at": now()}
            rows = [
                {**stamp, "part": part, "value": value}
                for part, value in parts.items()
                if said.get(part, "") != value
            ]
            if rows:
                connection.execute(insert(tables.findings), rows)

    def order_findings(self, uids: Sequence[str], *, author: str) -> None:
        """Put them in this order; those kept by others meanwhile come after."""
        order = json.dumps(list(dict.fromkeys(uids)))
        self.write_finding("", {ORDER: order}, author=author)

    def finding(self, uid: str) -> dict[str, str]:
        """The ABOUT, SENTENCE, SEEN and REMOVED of one finding; nothing when it was never kept."""
        with self.engine.connect() as connection:
            said = _said(connection, uid)
        return {part: said.get(part, "") for part in _PARTS} if ABOUT in said else {}

    def findings(self) -> pd.DataFrame:
        """FINDINGS in order, those that were removed included; by who kept each first, and when."""
        log = self._frame(select(tables.findings).order_by(tables.findings.c.number))
        kept = log[log["part"] == ABOUT].drop_duplicates("uid").set_index("uid")
        last = log.drop_duplicates(["uid", "part"], keep="last")
        said = {str(part): own.set_index("uid")["value"] for part, own in last.groupby("part")}
        order = json.loads(said[ORDER].iloc[0]) if ORDER in said else []
        names = [uid for uid in order if uid in kept.index]
        names += [uid for uid in kept.index if uid not in set(names)]
        parts = {part: _of(said, part, names) for part in _PARTS}
        found = kept.loc[names, ["author", "made_at"]].reset_index().assign(**parts)
        found = found.assign(rank=range(len(found)), removed=found[REMOVED] != "")
        return FINDINGS.check(found)


def _said(connection: Connection, uid: str) -> dict[str, str]:
    """The value of each part of a finding."""
    columns = tables.findings.c
    own = select(columns.part, columns.value).where(columns.uid == uid).order_by(columns.number)
    return {row.part: row.value for row in connection.execute(own)}


def _of(said: "Mapping[str, pd.Series[str]]", part: str, names: list[str]) -> list[str]:
    return said[part].reindex(names, fill_value="").tolist() if part in said else [""] * len(names)
