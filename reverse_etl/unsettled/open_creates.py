"""Find the records that open creates have made, all creates of a system at once.

A record that is wholly like one create must not be taken for another that is nearly
like it: first those that are equal, then those that are nearly so, among what is left.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from connections.http.client import Http
from connections.http.errors import Gone, SystemStopped
from ledger.ledger import Ledger
from reverse_etl.push.journal import Intent
from reverse_etl.unsettled.open_writes import OpenWrite
from reverse_etl.unsettled.traces import Found, as_created, in_words, is_ours
from reverse_etl.wire.system import Stored, System


@dataclass(frozen=True)
class _Looked:
    """An open create and the records, by key, that it may have made."""

    write: OpenWrite
    candidates: dict[str, Stored]


class OpenCreates:
    """The open creates of one system; looks for them when first asked."""

    def __init__(
        self,
        ledger: Ledger,
        system: System,
        http: Http,
        writes: Sequence[OpenWrite],
        settle_seconds: float,
    ) -> None:
        self._ledger = ledger
        self._system = system
        self._http = http
        self._writes = [each for each in writes if each.intent.operation == "create"]
        self._settle_seconds = settle_seconds
        self._found: dict[str, Found] = {}
        self._failed: dict[str, Exception] = {}
        self._claimed: set[str] = set()

    def found(self, write: OpenWrite) -> Found:
        """Say what became of a create; raises what kept us from looking."""
        if not self._found and not self._failed:
            looked = self._look()
            near = self._settle_equal(looked)
            self._settle_near(near)
        write_id = write.intent.write_id
        if write_id in self._failed:
            raise self._failed[write_id]
        return self._found[write_id]

    def _look(self) -> list[_Looked]:
        looked = []
        stopped: SystemStopped | None = None
        for write in self._writes:
            intent = write.intent
            try:
                if stopped is not None:
                    raise stopped
                flow, source_key = intent.flow, intent.source_key
                if self._ledger.ask(
                    "links_of_source", flow=flow, source_key=source_key
                ):
                    words = "the source record was linked meanwhile"
                    self._found[intent.write_id] = Found("not_applied", words)
                else:
                    looked.append(_Looked(write, self._candidates(write)))
            except Gone as gone:
                self._found[intent.write_id] = Found("gone", str(gone))
            except Exception as error:
                # Raised at the turn of this write; the other creates are looked for.
                self._failed[intent.write_id] = error
                stopped = error if isinstance(error, SystemStopped) else stopped
        return looked

    def _candidates(self, write: OpenWrite) -> dict[str, Stored]:
        """Give the records that a create may have made and that no link has."""
        intent = write.intent
        found = self._system.created_by(
            self._http,
            intent.entity,
            write_id=intent.write_id,
            source_key=intent.source_key,
            changes=[change.to_send() for change in intent.changes],
            sent_after=write.intended_at,
        )
        keyed = {_record_key(intent, each): each for each in found}
        if not keyed:
            return {}
        found_linked = self._ledger.ask("linked_targets", target_keys=list(keyed))
        linked = {key for (key,) in found_linked}
        return {key: each for key, each in keyed.items() if key not in linked}

    def _settle_equal(self, looked: list[_Looked]) -> list[_Looked]:
        """Settle creates by records that are what was sent; give the others.

        These are left with the records that are like no create as a whole.
        """
        equal_ones = {
            key
            for each in looked
            for key, stored in each.candidates.items()
            if not stored.differs
        }
        others = []
        for each in looked:
            equal = {
                key: stored
                for key, stored in each.candidates.items()
                if not stored.differs and key not in self._claimed
            }
            if len(equal) == 1:
                [(key, stored)] = equal.items()
                self._claim(each.write, key, stored)
            elif equal:
                self._found[each.write.intent.write_id] = _held(each.write, equal)
            else:
                left = each.candidates.items()
                candidates = {key: one for key, one in left if key not in equal_ones}
                others.append(_Looked(each.write, candidates))
        return others

    def _settle_near(self, looked: list[_Looked]) -> None:
        """Settle creates by the one record that is nearly what was sent, or by none.

        A create that could not be looked for may have made any of them.
        """
        could_be_of: Counter[str] = Counter()
        for each in looked:
            could_be_of.update(list(_near(each)))
        for each in looked:
            near = _near(each)
            if len(each.candidates) == 1 and near and not self._failed:
                [(key, stored)] = near.items()
                if could_be_of[key] == 1:
                    self._claim(each.write, key, stored)
        for each in looked:
            if each.write.intent.write_id not in self._found:
                self._found[each.write.intent.write_id] = self._unsettled(each)

    def _unsettled(self, looked: _Looked) -> Found:
        left = {
            key: stored
            for key, stored in looked.candidates.items()
            if key not in self._claimed
        }
        if not left:
            return self._absent(looked.write)
        if self._failed:
            return Found("open", "another create has to be looked for first")
        return _held(looked.write, left)

    def _claim(self, write: OpenWrite, key: str, stored: Stored) -> None:
        self._claimed.add(key)
        self._found[write.intent.write_id] = Found("done", "", as_created(stored))

    def _absent(self, write: OpenWrite) -> Found:
        traits = self._system.TRAITS
        age = (self._ledger.now() - write.sent_at).total_seconds()
        recognised = traits.reference_lookup or traits.idempotent_create
        if recognised or age >= self._settle_seconds:
            return Found("not_applied", "no such record was created")
        return Found(
            "open",
            f"no such record was created, {age:.0f} seconds after it was sent; that is "
            f"believed after {self._settle_seconds:.0f}",
        )


def _near(looked: _Looked) -> dict[str, Stored]:
    return {
        key: stored
        for key, stored in looked.candidates.items()
        if is_ours(looked.write.intent, stored)
    }


def _held(write: OpenWrite, found: dict[str, Stored]) -> Found:
    ids = ", ".join(sorted(map(in_words, found.values())))
    return Found(
        "held",
        f"{'several records' if len(found) > 1 else 'a record'} could be the one that "
        f"was created: {ids}. Remove the wrong ones there, or say `lenke link` for "
        f"{write.intent.source_key}.",
    )


def _record_key(intent: Intent, stored: Stored) -> str:
    return f"{intent.system_name}:{intent.entity}:{stored.record_id}"
