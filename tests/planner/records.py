"""Records as their systems would spell them, around the very texts that they say."""

import hashlib
import json
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from tests.planner import seeds
from tests.planner.spelling import text_of
from tests.planner.values import written
from tests.planner.world import Record

STAMPED_AS = {
    "tidsbanken:ansatt": ("SistEndretDato", "{:%Y-%m-%dT%H:%M:%S.%f}Z"),
    "tidsbanken:avdeling": ("SistEndretDato", "{:%Y-%m-%dT%H:%M:%S.%f}Z"),
    "tidsbanken:kunde": ("SistEndretDato", "{:%Y-%m-%dT%H:%M:%S.%f}+01:00"),
    "tidsbanken:prosjekt": ("SistEndretDato", "{:%Y-%m-%dT%H:%M:%S.%f}+01:00"),
    "membercare:companies": ("lastChange", "{:%Y-%m-%dT%H:%M:%S.%f}"),
    "powerofficego": ("LastChangedDateTimeOffset", "{:%Y-%m-%dT%H:%M:%S.%f}0+00:00"),
    "crmoffice": ("modifiedAt", "{:%Y-%m-%dT%H:%M:%S}Z"),
    "customwebshop": ("updatedAt", "{:%Y-%m-%dT%H:%M:%S.%f}Z"),
    "custompms": ("updatedAt", "{:%Y-%m-%dT%H:%M:%S.%f}Z"),
}
EMAIL, PHONE = 1, 3
COMPANY = 2


def text_of_record(record: Record) -> str:
    """Spell a record as its system would, around the very texts that it says."""
    tree: dict[str, Any] = {"id": written(record.key)}
    paths = seeds.paths(record.end)
    for name, native in record.says.items():
        if not paths[name].startswith("$._derived"):
            _plant(tree, paths[name].removeprefix("$.").split("."), native)
    _plant_derived(tree, record)
    if record.presence == "deleted":
        tree["deletedAt"] = written("2025-06-01T00:00:00Z")
    if record.proof == "version":
        tree["version"] = "5"
    if record.stamp is not None:
        system = record.end.split(":")[0]
        name, form = STAMPED_AS.get(record.end) or STAMPED_AS[system]
        stamp = record.stamp
        if record.end == "membercare:companies":
            stamp = stamp.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/Oslo"))
        tree[name] = written(form.format(stamp))
    return _spell(tree, "$", record.end)


def fingerprint(record: Record) -> str:
    """Give the fingerprint that staging gives: of companies, with their contacts."""
    if record.end != "membercare:companies":
        return "now"
    derived = ""
    if "email" in record.says:
        means = (f'"{name}": {record.says[name]}' for name in ("email", "phone"))
        derived = "{" + ", ".join(means) + "}"
    return hashlib.md5(("now" + derived).encode(), usedforsecurity=False).hexdigest()


def _plant(tree: dict[str, Any], path: list[str], native: str) -> None:
    for step in path[:-1]:
        tree = tree.setdefault(step, {})
    tree[path[-1]] = native


def _plant_derived(tree: dict[str, Any], record: Record) -> None:
    if record.end == "membercare:companies" and "email" in record.says:
        tree["contacts"] = json.dumps(
            [
                {"id": kind, "type": kind, "value": text_of(record.says[name])}
                for name, kind in (("email", EMAIL), ("phone", PHONE))
            ],
            ensure_ascii=False,
        )
    if "payer" in record.says:
        account = text_of(record.says["payer"])
        payer = {"memberType": COMPANY, "debtorAccountNumber": account}
        tree["payer"] = "null" if account is None else json.dumps(payer)


def _spell(tree: dict[str, Any], above: str, end: str) -> str:
    """Write a tree; what holds nothing but nulls is now and then null itself."""
    parts: list[str] = []
    for name, value in tree.items():
        if isinstance(value, dict):
            path = f"{above}.{name}"
            known = sum(one.startswith(path) for one in seeds.paths(end).values())
            says_null = [one for one in value.values() if one == "null"]
            is_null = len(says_null) == known and len(parts) % 2 == 1
            value = "null" if is_null else _spell(value, path, end)
        parts.append(f"{written(name)}:{value}")
    return "{" + ",".join(parts) + "}"
