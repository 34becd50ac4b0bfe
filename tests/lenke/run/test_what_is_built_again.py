"""A quiet run builds what is no view: no model may be a table of another kind."""

import re

from lenke.home.places import PROJECT

_MATERIALIZED = re.compile(r"materialized\s*[:=]\s*[\"']?(\w+)")


def test_every_model_is_a_view_or_replaced_at_once() -> None:
    places = [PROJECT / "dbt_project.yml"]
    places += [
        path
        for path in (PROJECT / "models").rglob("*")
        if path.suffix in (".sql", ".yml")
    ]

    found = [
        (path.relative_to(PROJECT).as_posix(), kind)
        for path in places
        for kind in _MATERIALIZED.findall(path.read_text(encoding="utf-8"))
    ]
    others = [
        f"{path}: `{kind}` would not be built in a quiet run; say replaced_at_once"
        for path, kind in found
        if kind not in ("view", "replaced_at_once")
    ]

    assert ("dbt_project.yml", "replaced_at_once") in found
    assert not others
