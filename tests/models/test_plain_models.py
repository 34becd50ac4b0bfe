"""A model is plain to the engine too: reading and planning its SQL takes time each run.

A macro that is given an expression writes it wherever it looks at it. One that is given
another one's expression multiplies: it gets a column of an earlier CTE instead.
"""

from tests.compiled import models

LONGEST_SQL = 22_000


def test_no_model_multiplies_what_its_macros_write() -> None:
    long = {
        node.name: len(node.sql.encode())
        for node in models().nodes
        if len(node.sql.encode()) > LONGEST_SQL
    }

    assert not long, f"name the inner expressions as columns of an earlier CTE: {long}"
