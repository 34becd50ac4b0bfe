"""`lenke sql` answers one query about what is published, and can do nothing else."""

import ast
from pathlib import Path

import pytest
import yaml

from connections.http.errors import ConfigurationError
from connections.machine.database import CONFIGURATION, connect
from lenke.home.places import PROJECT, Home
from lenke.showing import look, show

PRODUCT = ("connections", "ledger", "lenke", "loaders", "reverse_etl", "simulators")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with one published table, and beside it what nobody may touch."""
    made = Home(tmp_path)
    with connect(made.inspection) as published:
        published.execute("create table links as select 1 as a, null as b")
    with connect(made.ledger) as ledger:
        ledger.execute("create table t as select 1 as a")
    (tmp_path / "secret.txt").write_text("secret")
    return made


@pytest.mark.parametrize(
    "query",
    [
        "select a from links",
        "from links select a",
        "with x as (select a from links) select * from x;",
        "table links",
        "show tables",
        "describe links",
        "summarize links",
        "values (1)",
        "pivot links on a using count(*)",
        "explain select 1 -- ; select 2",
        "select ';' as semicolon",
    ],
)
def test_whatever_reads_is_answered(home: Home, query: str) -> None:
    assert look.ask_in_sql(home, query).rows


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_text('{}/secret.txt')",
        "select * from read_csv('{}/secret.txt')",
        "select * from '{}/secret.txt'",
        "select * from glob('{}/*')",
        "select * from read_text('https://example.com/x')",
        "copy links to '{}/out.csv'",
        "copy (select 1) to '{}/out.parquet'",
        "export database '{}/out'",
        "attach '{}/ledger.duckdb' as l",
        "attach '{}/new.duckdb'",
        "set enable_external_access = true",
        "reset lock_configuration",
        "pragma enable_profiling",
        "install httpfs",
        "load httpfs",
        "create table x as select 1",
        "create temp table x as select 1",
        "delete from links",
        "drop table links",
        "explain analyze delete from links",
        "call pragma_version()",
        "checkpoint",
        "prepare x as select 1",
        "begin",
        "vacuum",
        "use memory",
        "selct 1",
    ],
)
def test_whatever_does_more_than_read_is_refused(home: Home, query: str) -> None:
    before = {path: path.read_bytes() for path in home.folder.iterdir()}

    with pytest.raises(ConfigurationError):
        look.ask_in_sql(home, query.format(home.folder))

    assert {path: path.read_bytes() for path in home.folder.iterdir()} == before


def test_what_is_typed_reaches_no_other_file_even_as_a_plain_query(home: Home) -> None:
    with pytest.raises(ConfigurationError, match="disabled by configuration"):
        look.ask(home, f"select * from read_text('{home.folder}/secret.txt')")
    with pytest.raises(ConfigurationError, match="has been locked"):
        look.ask(home, "set enable_external_access = true")


@pytest.mark.parametrize("typed", ["", "  ", ";", "-- nothing\n", "/* nothing */ ;"])
def test_no_query_says_what_to_type(home: Home, typed: str) -> None:
    with pytest.raises(ConfigurationError, match="lenke sql"):
        look.ask_in_sql(home, typed)


@pytest.mark.parametrize(
    "typed", ["select 1; select 2", "select 1; drop table links", ";select 1;;select 2"]
)
def test_of_two_statements_none_is_carried_out(home: Home, typed: str) -> None:
    with pytest.raises(ConfigurationError, match="2 statements"):
        look.ask_in_sql(home, typed)


def test_a_query_that_is_no_text_is_told(home: Home) -> None:
    with pytest.raises(ConfigurationError, match="no text"):
        look.ask_in_sql(home, "select '\udcff'")


def test_every_column_is_shown_also_an_empty_one(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    show.rows("", look.ask_in_sql(home, "select * from links"))

    assert "b" in capsys.readouterr().out.splitlines()[0].split("\t")


def test_only_one_function_opens_a_database() -> None:
    found = {
        f"{path.relative_to(PROJECT)}: {ast.unparse(node)}"
        for package in PRODUCT
        for path in (PROJECT / package).glob("**/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node.value) == "duckdb"
        and node.attr in ("connect", "sql", "query", "execute", "default_connection")
    }

    assert found == {"connections/machine/database.py: duckdb.connect"}


def test_no_connection_fetches_an_extension() -> None:
    with connect() as connection:
        found = connection.execute(
            "select current_setting('autoinstall_known_extensions'), "
            "current_setting('autoload_known_extensions')"
        ).fetchall()

    assert found == [(False, False)]


def test_dbt_opens_the_warehouse_in_the_same_way() -> None:
    profile = yaml.safe_load((PROJECT / "profiles.yml").read_text(encoding="utf-8"))

    outputs = profile["lenke"]["outputs"]
    assert all(each["config_options"] == CONFIGURATION for each in outputs.values())
