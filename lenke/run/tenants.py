"""Another tenant behind the same ledger: its system rests until a person accepts it.

Ids of two tenants collide: with a test tenant's ledger, the records of the production
tenant would be taken for those of the test and be overwritten. So the ledger keeps
whose data each system's settings chose when it was read, and compares before anything
is asked of the system.
"""

from collections.abc import Collection
from dataclasses import replace

from connections.http.errors import StopRun
from connections.machine.database import connect
from connections.settings.tenant import Choice, Tenant, in_one, told_apart
from ledger.ledger import Ledger
from lenke.run.guards import StoppedByGuard
from lenke.run.run import Run
from lenke.run.surroundings import Sessions
from loaders.raw.tenant import holds_another

_KNOWN = """
select setting, value, key_fingerprint from ledger.tenants where system_name = ?
"""
_NOTE = "insert into ledger.tenants values (?, ?, ?, ?, ?)"


def without_others(ledger: Ledger, opened: Sessions) -> Sessions:
    """Give the sessions without those that reach another tenant than the ledger's."""
    resting = others(ledger, opened)
    return replace(
        opened,
        http={k: v for k, v in opened.http.items() if k not in resting},
        systems={k: v for k, v in opened.systems.items() if k not in resting},
        failed={k: v for k, v in opened.failed.items() if k not in resting},
        resting=resting,
    )


def others(ledger: Ledger, opened: Sessions) -> dict[str, str]:
    """Say of each system why it may be another tenant than the ledger's."""
    found = {}
    for system, tenant in opened.tenants.items():
        differs = told_apart(_known(ledger, system), tenant)
        if differs:
            found[system] = (
                f"{system}: it may be another tenant than the one that this ledger is "
                f"about: {differs}"
            )
    return found


def note_first(ledger: Ledger, opened: Sessions, read: Collection[str]) -> None:
    """Remember whose data the systems that were read hold, where nobody knew."""
    unknown = [
        (system, choice)
        for system, tenant in opened.tenants.items()
        if system in read and system not in opened.resting
        for choice in tenant
        if choice.setting not in {each.setting for each in _known(ledger, system)}
    ]
    if unknown:
        with ledger.transaction() as connection:
            connection.executemany(
                _NOTE, [_row(ledger, system, choice) for system, choice in unknown]
            )


def accept(ledger: Ledger, system: str, tenant: Tenant) -> None:
    """Let the ledger be about this tenant from now on, because a person says so."""
    with ledger.transaction() as connection:
        connection.execute("delete from ledger.tenants where system_name = ?", [system])
        connection.executemany(
            _NOTE, [_row(ledger, system, choice) for choice in tenant]
        )


def refuse_push(run: Run, ledger: Ledger) -> None:
    """Stop a push of a plan that was made for another tenant than a session reaches."""
    resting = others(ledger, run.sessions)
    if resting:
        raise StoppedByGuard(
            f"{'; '.join(resting.values())}. Nothing was sent. Run `lenke plan`: it "
            "says how to go on."
        )
    with connect(run.home.warehouse) as warehouse:
        loaded = [
            system
            for system, tenant in run.sessions.tenants.items()
            if holds_another(warehouse, system, {system: in_one(tenant)})
        ]
    if loaded:
        raise StopRun(
            f"The plan was made with other settings of {', '.join(loaded)}: it may be "
            "about another tenant. Nothing was sent. Run `lenke plan` again and look "
            "at what it says."
        )


def _known(ledger: Ledger, system: str) -> list[Choice]:
    return [Choice(*row) for row in ledger.fetch(_KNOWN, [system])]


def _row(ledger: Ledger, system: str, choice: Choice) -> list[object]:
    return [
        system,
        choice.setting,
        choice.value,
        choice.key_fingerprint,
        ledger.now(),
    ]
