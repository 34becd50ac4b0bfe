"""What `lenke columns` writes from the seeds, and what it leaves alone."""

from pathlib import Path

import pytest
import yaml

from connections.http.errors import ConfigurationError
from lenke.home.places import PROJECT
from lenke.seeds import blocks
from lenke.seeds.check import check_seeds, checked_seeds
from lenke.seeds.columns import not_current
from lenke.seeds.files import Rows
from tests import INSTALLED, SHIPPED

Tables = dict[str, Rows]

ANSATT = PROJECT / "models/staging/tidsbanken/stg_tidsbanken__ansatt.sql"
CONTACTS = PROJECT / "models/outbound/crmoffice/out_crmoffice__contacts.sql"
DESCRIBED = ANSATT.with_name("_tidsbanken__models.yml")


@pytest.fixture
def tables() -> Tables:
    """Give the shipped seeds, to be changed by a test."""
    return {name: list(rows) for name, rows in checked_seeds(SHIPPED).items()}


def added(tables: Tables, file: str, like: dict[str, str], **values: str) -> None:
    """Add a row that is like another one but for some values."""
    (found,) = (row for _, row in tables[file] if like.items() <= row.items())
    tables[file].append((len(tables[file]) + 2, {**found, **values}))


@pytest.mark.parametrize("seeds", [SHIPPED, INSTALLED])
def test_the_models_are_what_the_seeds_say(seeds: Path) -> None:
    assert not_current(checked_seeds(seeds)) == {}


def test_a_known_property_becomes_a_column_behind_the_others(tables: Tables) -> None:
    mobil = {"entity": "ansatt", "property": "Mobil"}
    added(
        tables,
        "entity_properties.csv",
        mobil,
        property="Ansatt.Fra",
        json_path="$.Ansatt.Fra",
        kind="date",
        why="When they began.",
    )

    texts = not_current(tables)

    assert set(texts) == {ANSATT, DESCRIBED}
    assert (
        '            as "Personnummer",\n'
        "        {{ property_column('record', '$.Ansatt.Fra', 'date') }}"
        ' as "Ansatt.Fra"\n'
        f"    {blocks.END}\n"
    ) in texts[ANSATT]
    assert texts[DESCRIBED].replace(
        "      - name: Ansatt.Fra\n        quote: true\n        data_type: date\n"
        "        description: >-\n          When they began.\n",
        "",
    ) == DESCRIBED.read_text(encoding="utf-8")


def test_a_property_that_is_read_otherwise_keeps_its_place_and_its_words(
    tables: Tables,
) -> None:
    changed = [
        (
            number,
            {**row, "json_path": "$.Fodt", "kind": "date"}
            if (row["entity"], row["property"]) == ("ansatt", "Mobil")
            else row,
        )
        for number, row in tables["entity_properties.csv"]
    ]

    texts = not_current({**tables, "entity_properties.csv": changed})

    old = "{{ property_column('record', '$.Mobil', 'phone') }}"
    new = "{{ property_column('record', '$.Fodt', 'date') }}"
    assert texts[ANSATT] == ANSATT.read_text(encoding="utf-8").replace(old, new)
    assert (
        "      - name: Mobil\n        quote: true\n        data_type: date\n"
        "        description: Mobile phone, as it is written there.\n"
    ) in texts[DESCRIBED]


@pytest.mark.parametrize("name", ["No", "null", "1", "on", "~", "a: b", "# a"])
def test_a_name_that_yaml_takes_for_something_else_is_quoted(
    tables: Tables, name: str
) -> None:
    mobil = {"entity": "ansatt", "property": "Mobil"}
    added(tables, "entity_properties.csv", mobil, property=name)

    [text] = [each for path, each in not_current(tables).items() if path == DESCRIBED]
    [ansatt] = [
        each
        for each in yaml.safe_load(text)["models"]
        if each["name"] == "stg_tidsbanken__ansatt"
    ]

    assert ansatt["columns"][-1]["name"] == name
    columns = {name: [f'      - name: "{name}"', "        data_type: varchar"]}
    assert (
        blocks.with_descriptions(text, "stg_tidsbanken__ansatt", columns, DESCRIBED)
        == text
    )


def test_a_row_that_is_taken_away_leaves_its_column(tables: Tables) -> None:
    kept = [
        each for each in tables["property_mappings.csv"] if "Mobil" not in str(each)
    ]

    assert not_current({**tables, "property_mappings.csv": kept}) == {}


def test_another_entity_goes_into_the_union_of_its_system(tables: Tables) -> None:
    added(tables, "entities.csv", {"entity": "avdeling"}, entity="timer")

    with pytest.raises(ConfigurationError, match=r"stg_tidsbanken__timer.sql is not"):
        not_current(tables)


def test_a_union_gets_what_it_lacks() -> None:
    union = f"records as (\n    {blocks.BEGIN}\n    {blocks.END}\n)"
    first, second = (
        ["    select a", "    from {{ ref('a') }}"],
        ["    b {{ ref('b') }}"],
    )

    one = blocks.with_union(union, {"a": first}, Path("folder/file"))
    both = blocks.with_union(one, {"b": second}, Path("folder/file"))

    assert both.split("\n")[2:-2] == [*first, "", "    union all", "", *second]


def test_a_model_without_the_two_lines_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"tidsbanken/stg_x.sql has lost"):
        blocks.with_columns("select 1", {}, Path("tidsbanken/stg_x.sql"))


def test_a_run_says_which_model_is_not_of_the_seeds(tmp_path: Path) -> None:
    for path in SHIPPED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "property_mappings.csv").open("a", encoding="utf-8") as file:
        file.write(
            "tidsbanken_ansatt__crmoffice_contacts,Epost,mobilePhone2,string,both,,,"
            "newest,default,true,Wanted.\n"
        )
    with (tmp_path / "entity_properties.csv").open("a", encoding="utf-8") as file:
        file.write(
            "crmoffice,contacts,mobilePhone2,$.mobilePhone,email,string,json_null,,as_is,"
            ",,false,true,true,true,false,Wanted.\n"
        )

    with pytest.raises(ConfigurationError) as refused:
        check_seeds(tmp_path)

    assert (
        "models/outbound/crmoffice/out_crmoffice__contacts.sql is not of these seeds. "
        "Run `lenke columns`."
    ) in str(refused.value)
