"""The models as plain SQL: what dbt made of each, in an order to build them in."""

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from lenke.build.emptiness import When

_PLAN = "plan.json"
_WAREHOUSE = "warehouse.duckdb"


@dataclass(frozen=True)
class Node:
    """A model: its name, the relation that it becomes, its SQL and its descriptions.

    `descriptions` are statements that comment the relation and its columns;
    `empty_when` says of what else's emptiness its own follows (emptiness.py);
    `tells_doubts`, that those who tell what has to be confirmed read it, or it is one.
    """

    name: str
    schema: str
    relation: str
    kind: Literal["table", "view"]
    sql: str
    descriptions: str
    empty_when: When
    tells_doubts: bool

    @property
    def name_in_schema(self) -> str:
        """The relation's own name: `plan_stamp` of the model `outbound_plan_stamp`."""
        return self.relation.rsplit(".", 1)[-1].strip('"')


@dataclass(frozen=True)
class Check:
    """A test of what is sent: its SQL gives the rows that are wrong.

    One that does not stop the run only warns of them. One that is `about` an entity, as
    `system__entity`, has nothing to say where nothing is sent to it.
    """

    name: str
    sql: str
    stops: bool
    about: str | None = None


@dataclass(frozen=True)
class Compiled:
    """All models in an order in which they can be built, and what else a build needs.

    `key` names what they were compiled from; `warehouse` is a file in which they were
    built before anything was read (fresh.py), with the seeds; `seed_descriptions` are
    the statements that comment these.
    """

    key: str
    nodes: tuple[Node, ...]
    checks: tuple[Check, ...]
    warehouse: Path
    seed_descriptions: str

    @property
    def views(self) -> tuple[Node, ...]:
        """The models that are the same after each build."""
        return tuple(node for node in self.nodes if node.kind == "view")

    def leading_to(self, names: Collection[str]) -> tuple[Node, ...]:
        """Give the models of these names and all that they are made of, in order."""
        wanted = {node.relation for node in self.nodes if node.name in names}
        found = []
        for node in reversed(self.nodes):
            if node.relation in wanted:
                found.append(node)
                wanted |= {
                    each.relation for each in self.nodes if each.relation in node.sql
                }
        return tuple(reversed(found))

    def only(self, name: str) -> tuple[Node, ...]:
        """Give one model, as a build of it alone takes it."""
        return tuple(node for node in self.nodes if node.name == name)


def write(
    folder: Path,
    nodes: Sequence[Node],
    checks: Sequence[Check],
    seed_descriptions: str,
) -> None:
    """Write a plan into a folder; its warehouse is another's (`warehouse_in`)."""
    content = {
        "nodes": [asdict(node) for node in nodes],
        "checks": [asdict(check) for check in checks],
        "seed_descriptions": seed_descriptions,
    }
    (folder / _PLAN).write_text(json.dumps(content), encoding="utf-8")


def warehouse_in(folder: Path) -> Path:
    """Give the file of the warehouse in a folder of what was compiled."""
    return folder / _WAREHOUSE


def can_be_read(folder: Path) -> bool:
    """Tell whether a folder has all that was compiled, for us to read."""
    files = (folder / _PLAN, folder / _WAREHOUSE)
    return all(file.is_file() and os.access(file, os.R_OK) for file in files)


def read(folder: Path) -> Compiled:
    """Read what `write` has written; the folder's name is its key."""
    content = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
    return Compiled(
        key=folder.name,
        nodes=tuple(Node(**node) for node in content["nodes"]),
        checks=tuple(Check(**check) for check in content["checks"]),
        warehouse=warehouse_in(folder),
        seed_descriptions=content["seed_descriptions"],
    )
