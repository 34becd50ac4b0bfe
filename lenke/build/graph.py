"""What dbt knows of the project once it is compiled, as a build needs it."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from connections.machine.database import quoted
from lenke.build.compiled import Check, Node
from lenke.build.emptiness import aggregate_functions, empty_when

# What is asked before anything else is built (lenke.run.confirm).
_DOUBTS = {"merge_to_confirm", "merge_confirm_guards"}


def in_order(nodes: Mapping[str, Any]) -> Iterator[Node]:
    """Give each model after all that it reads."""
    done: set[str] = set()
    aggregates = aggregate_functions()
    telling = _all_that_tell(_DOUBTS, nodes)

    def visit(unique_id: str) -> Iterator[Node]:
        if unique_id in done or unique_id not in nodes:
            return
        done.add(unique_id)
        node = nodes[unique_id]
        for parent in sorted(node.depends_on.nodes):
            yield from visit(parent)
        if node.resource_type == "model":
            kind: Any = "view" if node.config.materialized == "view" else "table"
            yield Node(
                name=node.name,
                schema=node.schema,
                relation=node.relation_name,
                kind=kind,
                sql=_sql(node),
                descriptions=descriptions(node, kind),
                empty_when=empty_when(_sql(node), aggregates),
                tells_doubts=unique_id in telling,
            )

    for unique_id in sorted(nodes):
        yield from visit(unique_id)


def _all_that_tell(names: Set[str], nodes: Mapping[str, Any]) -> Set[str]:
    """Give the ids of models and of all models that they are made of."""
    found: set[str] = set()
    left = [key for key, node in nodes.items() if node.name in names]
    while left:
        if (unique_id := left.pop()) in nodes and unique_id not in found:
            found.add(unique_id)
            left += nodes[unique_id].depends_on.nodes
    return found


def checks_in(nodes: Mapping[str, Any]) -> list[Check]:
    """Give the tests among dbt's nodes."""
    return [
        Check(
            name=node.name,
            sql=_sql(node),
            stops=node.config.severity.lower() == "error",
            about=_about(node),
        )
        for node in nodes.values()
        if node.resource_type == "test"
    ]


def _sql(node: Any) -> str:
    text: str = node.compiled_code
    return text.strip().rstrip(";")


def _about(node: Any) -> str | None:
    """Give the entity whose `out_` model a test compares with what is sent."""
    of = [name.rpartition(".out_")[2] for name in node.depends_on.nodes]
    return next((each for each in of if "__" in each), None)


def descriptions(node: Any, kind: str) -> str:
    """Give the statements that describe a relation in the database."""
    told = [f"comment on {kind} {node.relation_name} is {quoted(node.description)};\n"]
    told += [
        f'comment on column {node.relation_name}."{column.name}" is '
        f"{quoted(column.description)};\n"
        for column in node.columns.values()
        if column.description
    ]
    return "".join(told)
