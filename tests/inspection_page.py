"""The page of the tables for people: each with its columns, as their YAML has them.

What a table is and what its columns mean is written down there alone; the page has a
question for each besides, by hand. `make tables` writes the rest anew.
"""

import re
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).parents[1]
PAGE = PROJECT / "docs" / "inspection.md"
_HEAD = "| column | type | meaning |\n| --- | --- | --- |\n"


def tables() -> list[dict[str, Any]]:
    """Give the published tables, as their YAML describes them."""
    path = PROJECT / "models/inspection/_inspection__models.yml"
    models = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    return [model for model in models if not model["name"].startswith("inspect_")]


def written_anew(page: str) -> str:
    """Give the page with what the YAML says now. KeyError: a table has no section."""
    head, *parts = re.split(r"^(?=## `inspection\.)", page, flags=re.M)
    sections = {re.findall(r"`inspection\.(\w+)`", part)[0]: part for part in parts}
    described = {table["name"]: _section(table, sections) for table in tables()}
    others = [part for name, part in sections.items() if name not in described]
    return head + "".join([*described.values(), *others])


def _section(table: dict[str, Any], sections: dict[str, str]) -> str:
    name = table["name"]
    if name not in sections:
        raise KeyError(
            f"{PAGE.name} has no section for {name}: write its heading, ## "
            f"`inspection.{name}`, and a question with its query below."
        )
    asked = re.findall(r"^[^\n|]+\n```sql\n.*?```\n", sections[name], flags=re.S | re.M)
    rows = "".join(
        f"| `{column['name']}` | {column['data_type']} | "
        f"{' '.join(column['description'].split()).replace('|', chr(92) + '|')} |\n"
        for column in table["columns"]
    )
    words = " ".join(table["description"].split())
    question = "".join(asked)
    return f"## `inspection.{name}`\n\n{words}\n\n{question}\n{_HEAD}{rows}\n"


if __name__ == "__main__":
    PAGE.write_text(written_anew(PAGE.read_text("utf-8")), encoding="utf-8")
