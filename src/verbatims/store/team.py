"""Who works in the study and who is to read what; what is remembered by name."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import insert, select, update

from verbatims.frames import ASSIGNMENTS
from verbatims.store import sources, tables
from verbatims.store.base import Base, insert_new
from verbatims.store.sources import now


class Team(Base):
    """Coders, plans, settings."""

    def coders(self) -> pd.DataFrame:
        """name, role, key_hash, email, active, made_at; by name."""
        return self._frame(select(tables.coders).order_by(tables.coders.c.name))

    def accounts(self) -> list[dict[str, Any]]:
        """The same, without a frame: they are looked at for each request."""
        query = select(tables.coders).order_by(tables.coders.c.name)
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def add_coder(self, name: str, *, role: str, key_hash: str = "", email: str = "") -> bool:
        """Whether the coder was new."""
        about = {"role": role, "key_hash": key_hash, "email": email, "active": True}
        with self._writing() as connection:
            own = {"name": name, **about, "made_at": now()}
            return bool(insert_new(connection, tables.coders.c.name, [own]))

    def change_coder(self, name: str, **values: Any) -> None:
        """Change the role, key_hash, email or active of a coder."""
        self._write(update(tables.coders).where(tables.coders.c.name == name).values(**values))

    def add_plan(
        self,
        assigned: pd.DataFrame,
        *,
        about: Mapping[str, Any],
        blind: bool,
        hides_machine: bool,
        author: str,
    ) -> int:
        """Who reads what from now on: `assigned` has verbatim_id and coder. The plan's number."""
        said = json.dumps(about, ensure_ascii=False, sort_keys=True)
        plan = {"about": said, "blind": blind, "hides_machine": hides_machine}
        with self._writing() as connection:
            made = insert(tables.plans).values(**plan, author=author, made_at=now())
            number: int = connection.execute(made.returning(tables.plans.c.number)).scalar_one()
            rows = assigned[["verbatim_id", "coder"]].assign(plan=number)
            sources.insert_frame(connection, tables.assignments, rows)
        return number

    def take_back_plan(self, plan: int, *, author: str) -> None:
        """Take a plan back, by one more line."""
        undoing = {"about": "{}", "blind": False, "hides_machine": False, "takes_back": plan}
        self._write(insert(tables.plans).values(**undoing, author=author, made_at=now()))

    def plans(self) -> pd.DataFrame:
        """number, about, blind, hides_machine, author, made_at, taken_back; the oldest first."""
        plans = self._frame(select(tables.plans).order_by(tables.plans.c.number))
        made = plans[plans["takes_back"].isna()].drop(columns="takes_back")
        return made.assign(
            about=[json.loads(said) for said in made["about"]],
            taken_back=made["number"].isin(plans["takes_back"].dropna().astype(int)),
        ).reset_index(drop=True)

    def assignments(self) -> pd.DataFrame:
        """Who is to read what: as the last plan that stands and names the verbatim has it."""
        plans, columns = tables.plans.c, tables.assignments.c
        undone = select(plans.takes_back).where(plans.takes_back.is_not(None))
        query = (
            select(tables.assignments, plans.blind, plans.hides_machine)
            .join(tables.plans)
            .where(columns.plan.not_in(undone))
            .order_by(columns.verbatim_id, columns.coder)
        )
        held = self._frame(query)
        last = held.groupby("verbatim_id")["plan"].transform("max") if len(held) else held["plan"]
        return ASSIGNMENTS.check(held[held["plan"] == last]).reset_index(drop=True)

    def setting(self, name: str) -> str:
        """A value remembered by name; "" when there is none."""
        query = select(tables.settings.c.value).where(tables.settings.c.name == name)
        with self.engine.connect() as connection:
            return str(connection.execute(query).scalar() or "")

    def set_setting(self, name: str, value: str) -> None:
        with self._writing() as connection:
            if not insert_new(connection, tables.settings.c.name, [{"name": name, "value": value}]):
                own = tables.settings.c.name == name
                connection.execute(update(tables.settings).where(own).values(value=value))
